import type { Context } from "hono";
import type { Store } from "../db/open.ts";
import { makeAuth } from "./auth.ts";
import { type FailureLimits, Failures } from "./failures.ts";
import { Oidc, type OidcOptions } from "./oidc.ts";
import { Passkeys } from "./passkeys.ts";
import { Sessions } from "./sessions.ts";
import { Setup } from "./setup.ts";

export interface AccountsOptions {
  readonly store: Store;
  /** The address that people use, without a slash at its end; undefined where the server answers on loopback only. */
  readonly origin: string | undefined;
  /** The port that the server listens on, for its address on loopback. */
  readonly port?: () => number;
  /** Signs cookies and keys hashes: 32 characters of chance or more, the same in all server processes. */
  readonly secret: string;
  /** The identity provider that people may sign in by, if any. */
  readonly oidc?: OidcOptions | undefined;
  /** Failed attempts that are let through. */
  readonly limits?: FailureLimits;
  /** Milliseconds for which it is remembered whose a cookie is; by default 3000. */
  readonly remember?: number;
  /** The network address that a request comes from; by default that of its connection. */
  readonly address?: (context: Context) => string;
  readonly now?: () => Date;
}

/** Accounts of people: how they are made, and how somebody shows whose they are. */
export interface Accounts {
  readonly sessions: Sessions;
  readonly setup: Setup;
  readonly failures: Failures;
  readonly passkeys: Passkeys;
  /** Signing in by an identity provider, where one is configured. */
  readonly oidc: Oidc | undefined;
}

/**
 * The accounts of a server.
 *
 * @throws ParleyError where the identity provider is configured wrongly.
 *
 * @example
 * const own = accounts({ store, origin, secret });
 * const identity = identityOf({ sessions: own.sessions });
 * const code = await own.setup.code(); // to print, where nobody has an account yet
 */
export function accounts(options: AccountsOptions): Accounts {
  const {
    store,
    origin,
    secret,
    oidc,
    limits,
    address = connectionOf,
    port = () => 7350,
    now = () => new Date(),
  } = options;
  const auth = makeAuth({ db: store.db, origin, secret });
  return {
    sessions: new Sessions(store.db, auth, origin, now, options.remember),
    setup: new Setup(store.db, secret),
    failures: new Failures(store, secret, address, limits),
    oidc: oidc && new Oidc(oidc, { db: store.db, origin, secret, now }),
    passkeys: new Passkeys({ db: store.db, origin, port, secret, now }),
  };
}

/** The address of a request's connection, as @hono/node-server gives it. */
function connectionOf(context: Context): string {
  const { incoming } = (context.env ?? {}) as { incoming?: { socket?: { remoteAddress?: string } } };
  return incoming?.socket?.remoteAddress ?? "unknown";
}
