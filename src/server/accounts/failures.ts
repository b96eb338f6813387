import { createHmac } from "node:crypto";
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
const SECONDS = 15 * 60;

/**
 * Counts failed attempts to sign in, by account (also where there is none) and by network address.
 *
 * An attempt counts before it is looked at, so that many at once are no way around; one that succeeds is taken back.
 * On a PostgreSQL server all server processes count together; names and addresses are kept as keyed hashes only.
 */
export class Failures {
  readonly #account: RateLimiterMemory | RateLimiterPostgres;
  readonly #address: RateLimiterMemory | RateLimiterPostgres;
  readonly #secret: string;

  constructor(store: Store, secret: string, limits: FailureLimits = LIMITS) {
    this.#account = limiter(store, "account", limits.account);
    this.#address = limiter(store, "address", limits.address);
    this.#secret = secret;
  }

  /**
   * Makes an attempt.
   *
   * @param tooMany - called with the seconds to wait where it is refused.
   * @throws ParleyError `request-often` where too many failed before, and whatever the attempt throws.
   */
  async attempt<T>(
    account: string | undefined,
    address: string,
    tried: () => Promise<T>,
    tooMany: (seconds: number) => void = () => {},
  ): Promise<T> {
    const keys = [
      [this.#address, this.#key(address)],
      ...(account === undefined ? [] : [[this.#account, this.#key(account)] as const]),
    ] as const;
    for (const [counted, key] of keys) await consume(counted, key, tooMany);
    const result = await tried();
    for (const [counted, key] of keys) await counted.reward(key, 1);
    return result;
  }

  #key(text: string): string {
    return createHmac("sha256", this.#secret).update(`failures ${text}`).digest("base64url");
  }
}

async function consume(
  counted: RateLimiterMemory | RateLimiterPostgres,
  key: string,
  tooMany: (seconds: number) => void,
): Promise<void> {
  try {
    await counted.consume(key, 1);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    const seconds = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
    tooMany(seconds);
    throw ParleyError.of("request-often", { seconds });
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
