import { z } from "zod";
import type { Showing } from "./redact.ts";
import {
  cluster,
  databaseUrl,
  flag,
  foreignSecret,
  issuer,
  listenHost,
  networks,
  origin,
  SHORTEST_SECRET,
  secret,
  wholeNumber,
} from "./values.ts";

/** A setting of the team server, as the environment has it. */
export interface Setting<T> {
  readonly name: string;
  /** What it is for, as a clause. */
  readonly meaning: string;
  /** What counts where it is not set, in words. */
  readonly otherwise: string;
  /** What a value must be, as a message says it. */
  readonly expected: string;
  /** Whether it may be shown; one that is not plain may stand in a file that NAME_FILE names. */
  readonly showing: Showing;
  /** Whether NAME_FILE may name a file that holds the value. */
  readonly inFile: boolean;
  readonly schema: z.ZodType<T, string>;
}

interface Facts {
  readonly meaning: string;
  readonly otherwise: string;
  readonly expected: string;
  readonly showing?: Showing;
  readonly inFile?: boolean;
}

function setting<T>(name: string, schema: z.ZodType<T, string>, facts: Facts): Setting<T> {
  return { name, schema, showing: "plain", inFile: false, ...facts };
}

const yesOrNo = "1 or 0";
const strong = `at least ${SHORTEST_SECRET} characters, such as openssl rand -base64 32 prints`;

/**
 * Every setting, in the order in which the documents have them.
 *
 * This is the one list: what is read, `parley serve --help` and the table in docs/team-server.md come from it.
 */
export const SETTINGS = {
  host: setting("PARLEY_HOST", listenHost, {
    meaning: "address to listen on; 0.0.0.0 or :: is every address of the machine, and needs PARLEY_ORIGIN",
    otherwise: "127.0.0.1",
    expected: "an IP address or a host's name, without a port",
  }),
  port: setting("PARLEY_PORT", wholeNumber(0, 65535), {
    meaning: "port to listen on; 0 takes a free one",
    otherwise: "7350",
    expected: "a whole number from 0 to 65535",
  }),
  origin: setting("PARLEY_ORIGIN", origin, {
    meaning: "address under which people reach the server: scheme, host and port; other origins are refused",
    otherwise: "http:// with the host and port listened on",
    expected: "https://host or https://host:port, without a path",
    showing: "url",
  }),
  allowHttp: setting("PARLEY_ALLOW_HTTP", flag, {
    meaning:
      "1 allows an http:// PARLEY_ORIGIN that is not this machine: passwords and cookies then cross the network in the clear",
    otherwise: "0",
    expected: yesOrNo,
  }),
  trustProxy: setting("PARLEY_TRUST_PROXY", networks, {
    meaning: "addresses or networks of reverse proxies whose X-Forwarded-For is believed; loopback is this machine",
    otherwise: "none",
    expected: "loopback, or addresses and networks such as 10.0.0.5, 172.16.0.0/12",
  }),
  store: setting("PARLEY_STORE", z.string().max(4096), {
    meaning: "folder of the embedded database and of the secret that is made",
    otherwise: "parley/server in the system's folder for programs' data",
    expected: "the path of a folder",
  }),
  databaseUrl: setting("DATABASE_URL", databaseUrl, {
    meaning: "PostgreSQL server to keep everything in",
    otherwise: "the embedded database in PARLEY_STORE",
    expected: "postgres://user:password@host:port/database",
    showing: "url",
    inFile: true,
  }),
  databasePool: setting("PARLEY_DATABASE_POOL", wholeNumber(1, 1000), {
    meaning: "most connections to that server at a time",
    otherwise: "10",
    expected: "a whole number from 1 to 1000",
  }),
  secret: setting("PARLEY_SECRET", secret, {
    meaning: "signs cookies; all servers of one database need the same",
    otherwise: "made once, and kept in PARLEY_STORE",
    expected: strong,
    showing: "secret",
    inFile: true,
  }),
  cluster: setting("PARLEY_CLUSTER", cluster, {
    meaning: "queue that long runs go to (docs/cluster.md)",
    otherwise: "runs stay on this machine",
    expected: "redis://host:port, rediss://host:port or postgres://host:port/database",
    showing: "url",
    inFile: true,
  }),
  runLimit: setting("PARLEY_RUN_LIMIT", wholeNumber(1, 1000), {
    meaning: "most runs of one person that wait their turn, beside two that are computed",
    otherwise: "4",
    expected: "a whole number from 1 to 1000",
  }),
  runThreads: setting("PARLEY_RUN_THREADS", wholeNumber(1, 1024), {
    meaning: "threads of this machine that runs share",
    otherwise: "one less than there are cores, at least 1",
    expected: "a whole number from 1 to 1024",
  }),
  oidcIssuer: setting("PARLEY_OIDC_ISSUER", issuer, {
    meaning: "OpenID Connect provider that people may sign in with",
    otherwise: "none",
    expected: "its issuer, https://...",
    showing: "url",
  }),
  oidcClientId: setting("PARLEY_OIDC_CLIENT_ID", foreignSecret, {
    meaning: "name of this server at that provider",
    otherwise: "none",
    expected: "letters, digits and signs on one line",
  }),
  oidcClientSecret: setting("PARLEY_OIDC_CLIENT_SECRET", foreignSecret, {
    meaning: "secret of this server at that provider; none for a public client",
    otherwise: "none",
    expected: "letters, digits and signs on one line",
    showing: "secret",
    inFile: true,
  }),
  oidcName: setting("PARLEY_OIDC_NAME", z.string().trim().min(1).max(60), {
    meaning: "what the sign-in page calls that provider",
    otherwise: "its host",
    expected: "a name of at most 60 characters",
  }),
  oidcOpen: setting("PARLEY_OIDC_OPEN", flag, {
    meaning:
      "1 lets in whoever the provider knows, also without an invitation; they see no case before they get a role",
    otherwise: "0",
    expected: yesOrNo,
  }),
  metricsToken: setting("PARLEY_METRICS_TOKEN", secret, {
    meaning: "token with which /metrics answers other machines (Authorization: Bearer ...)",
    otherwise: "/metrics answers this machine alone",
    expected: strong,
    showing: "secret",
    inFile: true,
  }),
  logLevel: setting(
    "PARLEY_LOG_LEVEL",
    z
      .string()
      .toLowerCase()
      .pipe(z.enum(["error", "warn", "info", "debug", "silent"])),
    {
      meaning: "least grave events that are logged",
      otherwise: "info",
      expected: "error, warn, info, debug or silent",
    },
  ),
  logAddresses: setting("PARLEY_LOG_ADDRESSES", flag, {
    meaning: "1 logs the address of whoever asks, too, which is personal data",
    otherwise: "0",
    expected: yesOrNo,
  }),
  stopDrain: setting("PARLEY_STOP_DRAIN", wholeNumber(0, 600), {
    meaning: "seconds between /readyz saying no and no more connections, for a load balancer to notice",
    otherwise: "0",
    expected: "a whole number of seconds from 0 to 600",
  }),
  stopDeadline: setting("PARLEY_STOP_DEADLINE", wholeNumber(1, 3600), {
    meaning: "seconds that requests under way have to finish when the server stops",
    otherwise: "20",
    expected: "a whole number of seconds from 1 to 3600",
  }),
} as const satisfies Record<string, Setting<unknown>>;

export type SettingKey = keyof typeof SETTINGS;

/** The value of a setting, as read. */
export type SettingValue<K extends SettingKey> = z.output<(typeof SETTINGS)[K]["schema"]>;

/** Names that other verbs, the build and the tests read; here they are no mistakes. */
export const OTHER_NAMES: readonly string[] = [
  "PARLEY_CACHE",
  "PARLEY_CHROMIUM",
  "PARLEY_DATA",
  "PARLEY_DEBUG",
  "PARLEY_NOW",
  "PARLEY_POSTGRES",
  "PARLEY_REDIS",
  "PARLEY_SHARED",
  "PARLEY_TABLES",
  "PARLEY_WORKBENCH",
];

/** How grave an event must be to be logged. */
export type LogLevel = SettingValue<"logLevel">;
