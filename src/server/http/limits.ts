import type { Context, MiddlewareHandler } from "hono";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { refuse } from "../../api/index.ts";
import { ParleyError, problem } from "../../core/problems/index.ts";
import type { Who } from "./who.ts";

/** So many requests in so many seconds. */
export interface Rate {
  readonly requests: number;
  readonly seconds: number;
}

/** How often somebody may ask. Each process of the server counts for itself. */
export interface RateLimits {
  /** A person who is signed in. */
  readonly person: Rate;
  /** An API token. */
  readonly token: Rate;
  /** A network address, for requests of nobody who is signed in. */
  readonly address: Rate;
  /** An address: signing in, the first set-up, taking up an invitation. */
  readonly signIn: Rate;
  /** An address: opening a share or looking at an invitation by its secret. */
  readonly secret: Rate;
  /** A person: making invitations, shares, tokens and passkeys. */
  readonly handOut: Rate;
  /** A person: making workspaces and cases. */
  readonly make: Rate;
  /** A person or token: assessments, comparisons of versions, runs. */
  readonly compute: Rate;
  /** A person: their password, their export, the end of their account. */
  readonly account: Rate;
}

export const RATE_LIMITS: RateLimits = {
  person: { requests: 1200, seconds: 60 },
  token: { requests: 600, seconds: 60 },
  address: { requests: 300, seconds: 60 },
  signIn: { requests: 30, seconds: 60 },
  secret: { requests: 60, seconds: 60 },
  handOut: { requests: 60, seconds: 3600 },
  make: { requests: 120, seconds: 600 },
  compute: { requests: 60, seconds: 60 },
  account: { requests: 20, seconds: 900 },
};

/** Requests that are counted apart, beside all of somebody's. */
const APART: readonly {
  readonly limit: keyof RateLimits;
  readonly methods: readonly string[];
  readonly path: RegExp;
  readonly by: "address" | "caller";
}[] = [
  { limit: "signIn", methods: ["POST"], path: /^\/api\/(session(\/.*)?|setup|invitation)$/, by: "address" },
  { limit: "signIn", methods: ["GET", "HEAD"], path: /^\/api\/session\/.+$/, by: "address" },
  { limit: "secret", methods: ["GET", "HEAD"], path: /^\/api\/(shared(\/.*)?|invitation)$/, by: "address" },
  {
    limit: "handOut",
    methods: ["POST"],
    path: /^\/api\/(workspaces\/[^/]+\/invitations|cases\/[^/]+\/shares|me\/(tokens|passkeys)(\/.*)?)$/,
    by: "caller",
  },
  { limit: "make", methods: ["POST"], path: /^\/api\/workspaces(\/[^/]+\/cases)?$/, by: "caller" },
  { limit: "compute", methods: ["POST"], path: /^\/api\/cases\/[^/]+\/(assessments|runs)$/, by: "caller" },
  { limit: "compute", methods: ["GET", "HEAD"], path: /^\/api\/cases\/[^/]+\/diff$/, by: "caller" },
  { limit: "account", methods: ["POST"], path: /^\/api\/me\/password$/, by: "caller" },
  { limit: "account", methods: ["GET", "HEAD"], path: /^\/api\/me\/export$/, by: "caller" },
  { limit: "account", methods: ["DELETE"], path: /^\/api\/me$/, by: "caller" },
];

/** Counts requests, and refuses those that are too many. */
export class Limits {
  readonly #counters: Readonly<Record<keyof RateLimits, RateLimiterMemory>>;
  readonly #address: (context: Context) => string;

  /** @param address - the network address that a request comes from. */
  constructor(address: (context: Context) => string, limits: Partial<RateLimits> = {}) {
    this.#address = address;
    const all = Object.entries({ ...RATE_LIMITS, ...limits }) as [keyof RateLimits, Rate][];
    this.#counters = Object.fromEntries(
      all.map(([name, { requests, seconds }]) => [
        name,
        new RateLimiterMemory({ keyPrefix: name, points: requests, duration: seconds }),
      ]),
    ) as Record<keyof RateLimits, RateLimiterMemory>;
  }

  /**
   * Counts a request.
   *
   * @throws ParleyError where it is one too many; the answer then says in Retry-After when to ask again.
   */
  async demand(context: Context, who: Who): Promise<void> {
    const { method, path } = context.req;
    const caller = who.kind === "person" ? who.person.id : who.kind === "token" ? who.tokenId : this.#address(context);
    await this.#count(context, who.kind === "nobody" ? "address" : who.kind, caller);
    for (const each of APART) {
      if (!each.methods.includes(method) || !each.path.test(path)) continue;
      await this.#count(context, each.limit, each.by === "address" ? this.#address(context) : caller);
    }
  }

  /** Counts something that is no request of its own; gives the seconds to wait where it is one too many, else 0. */
  async take(limit: keyof RateLimits, key: string): Promise<number> {
    try {
      await this.#counters[limit].consume(key);
      return 0;
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      return Math.max(1, Math.ceil(error.msBeforeNext / 1000));
    }
  }

  async #count(context: Context, limit: keyof RateLimits, key: string): Promise<void> {
    const seconds = await this.take(limit, key);
    if (seconds === 0) return;
    context.header("Retry-After", String(seconds));
    throw ParleyError.of("request-often", { seconds });
  }
}

/** Longest address of a request, in characters. */
export const LONGEST_URL = 8000;

/** Refuses requests whose address is too long for any of ours. */
export const shortAddress: MiddlewareHandler = async (context, next) => {
  if (context.req.url.length > LONGEST_URL) return refuse(context, [problem("request-long", { limit: LONGEST_URL })]);
  return next();
};

/** Deepest nesting of a body in JSON. What people write nests a dozen levels. */
export const DEEPEST = 100;

/** Refuses a body that nests so deep that reading it would end the server's stack. */
export const shallowBody: MiddlewareHandler = async (context, next) => {
  const type = context.req.header("content-type") ?? "";
  if (/json/i.test(type) && depthOf(await context.req.text(), DEEPEST) > DEEPEST) {
    return refuse(context, [problem("request-deep", { limit: DEEPEST })]);
  }
  return next();
};

/** How deep brackets nest in a text of JSON, strings left out; counting ends beyond `enough`. */
export function depthOf(text: string, enough: number = Number.POSITIVE_INFINITY): number {
  let depth = 0;
  let deepest = 0;
  for (let i = 0; i < text.length && deepest <= enough; i += 1) {
    const mark = text[i];
    if (mark === '"') i = endOfString(text, i);
    else if (mark === "[" || mark === "{") {
      depth += 1;
      deepest = Math.max(deepest, depth);
    } else if (mark === "]" || mark === "}") depth -= 1;
  }
  return deepest;
}

/** Where a string that begins at a quotation mark ends. */
function endOfString(text: string, begin: number): number {
  for (let i = begin + 1; i < text.length; i += 1) {
    if (text[i] === "\\") i += 1;
    else if (text[i] === '"') return i;
  }
  return text.length;
}

/** How long node:http waits for whom: those that send or take their bytes drop by drop are cut. */
export const PATIENCE = {
  /** Largest head of a request, in bytes; 431 beyond it. */
  maxHeaderSize: 16_384,
  /** Milliseconds for a request's head; 408 after it. */
  headersTimeout: 15_000,
  /** Milliseconds for a whole request. */
  requestTimeout: 120_000,
  /** Milliseconds that a connection may do nothing between two requests. */
  keepAliveTimeout: 65_000,
  /** Milliseconds between looks for those that take too long. */
  connectionsCheckingInterval: 5_000,
  /** Milliseconds without a byte either way; events show a sign of life every 25 s. */
  timeout: 300_000,
  /** Most connections at a time. */
  maxConnections: 4000,
} as const;
