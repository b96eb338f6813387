import { join } from "node:path";
import { inspect } from "node:util";
import { oneLine } from "../../core/problems/index.ts";
import type { QueueAddress } from "../../queue/index.ts";
import { absolute, type Environment, type Given, readSettings, usualValues } from "./read.ts";
import { keptSecret } from "./secret.ts";
import type { LogLevel } from "./settings.ts";

/** How the team server is to run. It holds secrets; as JSON and in a log it shows none. */
export interface ServerConfig {
  readonly host: string;
  /** The port; 0 is a free one. */
  readonly port: number;
  /** Under which people reach it, such as https://parley.example.org; where it is not set, that of host and port. */
  readonly origin: string | undefined;
  /** Addresses and networks of proxies whose X-Forwarded-For is believed. */
  readonly trustProxy: readonly string[];
  /** The folder of the embedded database and of the secret, as an absolute path. */
  readonly store: string;
  readonly database: DatabaseConfig;
  /** Signs cookies. */
  readonly secret: string;
  /** Where long runs go. */
  readonly cluster: QueueAddress | undefined;
  readonly runs: { readonly limit: number; readonly threads: number };
  readonly oidc: OidcConfig | undefined;
  readonly metricsToken: string | undefined;
  readonly log: { readonly level: LogLevel; readonly addresses: boolean };
  /** Seconds of draining, and seconds that requests under way then have. */
  readonly stop: { readonly drain: number; readonly deadline: number };
  /** What was set, as it may be shown. */
  readonly given: readonly Given[];
}

/** The embedded database in a folder, or a PostgreSQL server with so many connections at most. */
export type DatabaseConfig =
  | { readonly kind: "embedded"; readonly folder: string }
  | { readonly kind: "postgres"; readonly url: string; readonly pool: number };

/** A provider of OpenID Connect. */
export interface OidcConfig {
  readonly issuer: string;
  readonly clientId: string;
  /** Undefined for a public client. */
  readonly clientSecret: string | undefined;
  /** What the page calls it; its host where it is undefined. */
  readonly name: string | undefined;
  /** Whether it lets in whoever it knows. */
  readonly open: boolean;
}

/**
 * The configuration of the team server from its environment; where no secret is set, the store's is read or made.
 *
 * Nothing is written where anything is wrong.
 *
 * @param needsSecret - whether anything is to be signed; where it is not, no secret is read or made, and none is given.
 *
 * @throws ParleyError with every problem at once; no message shows a secret
 */
export function loadConfig(env: Environment = process.env, needsSecret = true): ServerConfig {
  const { values, given } = readSettings(env);
  const set = { ...usualValues(env), ...values };
  const store = absolute(set.store);
  const made = set.secret === undefined && needsSecret ? keptSecret(store) : undefined;
  const kept: Given[] =
    made === undefined
      ? []
      : [
          {
            name: "PARLEY_SECRET",
            shown: `${made.made ? "made" : "kept"} (${made.secret.length} characters)`,
            file: made.path,
          },
        ];
  const { oidcIssuer: issuer, oidcClientId: clientId, oidcClientSecret: clientSecret } = set;
  return quiet({
    host: set.host,
    port: set.port,
    origin: set.origin,
    trustProxy: set.trustProxy,
    store,
    database:
      set.databaseUrl === undefined
        ? { kind: "embedded", folder: join(store, "database") }
        : { kind: "postgres", url: set.databaseUrl, pool: set.databasePool },
    secret: set.secret ?? made?.secret ?? "",
    cluster: set.cluster,
    runs: { limit: set.runLimit, threads: set.runThreads },
    oidc:
      issuer === undefined || clientId === undefined
        ? undefined
        : { issuer, clientId, clientSecret, name: set.oidcName, open: set.oidcOpen === true },
    metricsToken: set.metricsToken,
    log: { level: set.logLevel, addresses: set.logAddresses },
    stop: { drain: set.stopDrain, deadline: set.stopDeadline },
    given: [...given, ...kept],
  });
}

/** The same configuration, frozen, which gives its summary where it is printed or made JSON of. */
function quiet(config: ServerConfig): ServerConfig {
  const summary = () => redactedSummary(config);
  Object.defineProperty(config, "toJSON", { value: summary });
  Object.defineProperty(config, inspect.custom, { value: summary });
  return Object.freeze(config);
}

/**
 * What is set, a line each: secrets by their length alone, URLs without their passwords and options.
 *
 * @example
 * redactedSummary(loadConfig({ PARLEY_PORT: "8000", DATABASE_URL: "postgres://parley:x@db/cases" }));
 * // PARLEY_PORT    8000
 * // DATABASE_URL   postgres://parley@db/cases
 * // PARLEY_SECRET  made (43 characters), in /home/ann/.local/share/parley/server/secret
 */
export function redactedSummary({ given }: Pick<ServerConfig, "given">): string {
  const width = Math.max(0, ...given.map(({ name }) => name.length));
  return given
    .map(({ name, shown, file }) =>
      oneLine(`${name.padEnd(width)}  ${shown}${file === undefined ? "" : `, in ${file}`}`),
    )
    .join("\n");
}
