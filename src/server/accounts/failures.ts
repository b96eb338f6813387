import { createHmac } from "node:crypto";
import type { Context } from "hono";
import { CompiledQuery } from "kysely";
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { ParleyError } from "../../core/problems/index.ts";
import type { Store } from "../db/open.ts";

/** Failed attempts that are let through in a quarter of an hour: on one account, and from one network address. */
export interface FailureLimits {
  readonly account: number;
  readonly address: number;
}

const LIMITS: FailureLimits = { account: 10, address: 50 };
type Counter = RateLimiterMemory | RateLimiterPostgres;

const SECONDS = 15 * 60;

/**
 * Counts failed attempts to sign in, by account (also where there is none) and by network address.
 *
 * An attempt counts before it is looked at, so that many at once are no way around; one that succeeds is taken back.
 * On a PostgreSQL server all server processes count together; names and addresses are kept as keyed hashes only.
 */
export class Failures {
  readonly #account: Counter;
  readonly #address: Counter;
  readonly #secret: string;
  readonly #addressOf: (context: Context) => string;

  constructor(store: Store, secret: string, addressOf: (context: Context) => string, limits: FailureLimits = LIMITS) {
    this.#account = limiter(store, "account", limits.account);
    this.#address = limiter(store, "address", limits.address);
    this.#secret = secret;
    this.#addressOf = addressOf;
  }

  /**
   * Makes an attempt.
   *
   * @param account - the e-mail address that it is about; undefined where it is about none.
   * @throws ParleyError `request-often` where too many failed before, and whatever the attempt throws.
   */
  async attempt<T>(context: Context, account: string | undefined, tried: () => Promise<T>): Promise<T> {
    const keys = [
      [this.#address, this.#key(this.#addressOf(context))],
      ...(account === undefined ? [] : [[this.#account, this.#key(account)] as const]),
    ] as const;
    for (const [counted, key] of keys) await this.#consume(context, counted, key);
    const result = await tried();
    for (const [counted, key] of keys) await counted.reward(key, 1);
    return result;
  }

  async #consume(context: Context, counted: Counter, key: string): Promise<void> {
    try {
      await counted.consume(key, 1);
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      const seconds = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
      context.header("Retry-After", String(seconds));
      throw ParleyError.of("request-often", { seconds });
    }
  }

  #key(text: string): string {
    return createHmac("sha256", this.#secret).update(`failures ${text}`).digest("base64url");
  }
}

function limiter({ kind, db }: Store, keyPrefix: string, points: number) {
  const options = { keyPrefix, points, duration: SECONDS };
  if (kind === "embedded") return new RateLimiterMemory(options);
  const storeClient = {
    query: async ({ text, values = [] }: { text: string; values?: unknown[] }) =>
      db.executeQuery(CompiledQuery.raw(text, values)),
  };
  return new RateLimiterPostgres({
    ...options,
    storeClient,
    storeType: "client",
    tableName: "rate_limits",
    tableCreated: true,
  });
}
