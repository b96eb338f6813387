import { availableParallelism, homedir } from "node:os";
import { join, resolve } from "node:path";
import { nearest, ParleyError, type Problem, problem } from "../../core/problems/index.ts";
import { isLoopback } from "./addresses.ts";
import { lineOfFile } from "./files.ts";
import { shown, told } from "./redact.ts";
import { OTHER_NAMES, SETTINGS, type Setting, type SettingKey, type SettingValue } from "./settings.ts";

/** A setting that was set, as it may be shown. */
export interface Given {
  readonly name: string;
  /** Its value, where that is no secret; else how long it is. */
  readonly shown: string;
  /** The file that it came from, where it came from one. */
  readonly file?: string;
}

/** The settings that were set, by key, and how each may be shown. */
export interface SettingsRead {
  readonly values: { readonly [K in SettingKey]?: SettingValue<K> };
  readonly given: readonly Given[];
}

/** The environment, as process.env has it. */
export type Environment = Readonly<Record<string, string | undefined>>;

const entries = Object.entries(SETTINGS) as [SettingKey, Setting<unknown>][];

/**
 * Reads the settings of an environment and of the files that it names; writes nothing.
 *
 * A name that is set to nothing counts as not set, as compose files leave those that nobody gave.
 *
 * @throws ParleyError with every problem at once; no message shows a secret
 */
export function readSettings(env: Environment): SettingsRead {
  const problems: Problem[] = [];
  const values: Record<string, unknown> = {};
  const given: Given[] = [];
  // Names that were set, also those whose value cannot be used.
  const met = new Set<string>();
  for (const [key, each] of entries) {
    const found = textOf(each, env, met, problems);
    if (found === undefined) continue;
    const parsed = each.schema.safeParse(found.text);
    if (parsed.success) values[key] = parsed.data;
    else problems.push(invalid(each, found.text));
    const { name, showing } = each;
    given.push({ name, shown: shown(found.text, showing), ...(found.file === undefined ? {} : { file: found.file }) });
  }
  problems.push(...unknownNames(env));
  // What belongs together is looked at even where something else is wrong, but not what is wrong itself.
  problems.push(...together(values, met));
  if (problems.length > 0) throw new ParleyError(problems);
  return { values, given };
}

/** The text of a setting and where it stands, or nothing where it is not set. */
function textOf(
  { name, inFile }: Setting<unknown>,
  env: Environment,
  met: Set<string>,
  problems: Problem[],
): { readonly text: string; readonly file?: string } | undefined {
  const text = (env[name] ?? "").trim();
  const file = inFile ? (env[`${name}_FILE`] ?? "").trim() : "";
  if (text !== "" || file !== "") met.add(name);
  if (text !== "" && file !== "") {
    problems.push(problem("setting-twice", { name }));
    return undefined;
  }
  if (file === "") return text === "" ? undefined : { text };
  const read = lineOfFile(file);
  if ("text" in read) return { text: read.text, file };
  problems.push(problem("setting-file", { name, path: file, why: read.why }));
  return undefined;
}

function invalid({ name, showing, expected }: Setting<unknown>, text: string): Problem {
  if (LINK.test(text)) return problem("setting-linked", { name });
  let hint: string | undefined;
  // The commonest slip in an address is to leave out how it is spoken to.
  if (name === "PARLEY_ORIGIN" && /^[\w.-]+(:\d+)?\/?$/.test(text))
    hint = `did you mean https://${text.replace(/\/$/, "")}?`;
  if (name === "PARLEY_LOG_LEVEL") hint = near(text, ["error", "warn", "info", "debug", "silent"]);
  return problem("setting-invalid", { name, told: told(text, showing), expected, hint });
}

function near(word: string, candidates: readonly string[]): string | undefined {
  const found = nearest(word, candidates);
  return found === undefined ? undefined : `did you mean ${found}?`;
}

/** Names that Kubernetes gives every pod for the Services beside it, and what it gives them. */
const LINKED = /^PARLEY_(\w+_)?(SERVICE_HOST|SERVICE_PORT(_\w+)?|PORT_\d+_(TCP|UDP|SCTP)(_\w+)?)$/;
const LINK = /^(tcp|udp|sctp):\/\//;

/** Names that begin as ours do and are none of ours: most likely slips, which would be passed over in silence. */
function unknownNames(env: Environment): Problem[] {
  const names = entries.flatMap(([, { name, inFile }]) => (inFile ? [name, `${name}_FILE`] : [name]));
  const known = new Set([...names, ...OTHER_NAMES]);
  return Object.keys(env)
    .filter((name) => /^parley_/i.test(name) && !known.has(name) && (env[name] ?? "") !== "")
    .filter((name) => !LINKED.test(name) && !LINK.test(env[name] ?? ""))
    .toSorted()
    .map((name) => problem("setting-unknown", { name, near: nearName(name, names) }));
}

/** The setting that a name was meant to be: with a prefix or an ending too much, or a slip or two away. */
function nearName(name: string, names: readonly string[]): string | undefined {
  const bare = name.replace(/^parley_/i, "");
  const meant = [bare, name.replace(/_FILE$/i, "")].find((each) => names.includes(each));
  return meant ?? nearest(name, names) ?? nearest(bare, names);
}

type Values = { [K in SettingKey]?: SettingValue<K> };

/** What is wrong with settings beside one another. */
function together(values: Values, given: ReadonlySet<string>): Problem[] {
  const problems: Problem[] = [];
  const { host, origin, allowHttp, secret, metricsToken, oidcIssuer: issuer } = values;
  if (host !== undefined && !isLoopback(host) && !given.has("PARLEY_ORIGIN")) {
    const why = `PARLEY_HOST is ${host}, which other machines reach`;
    const hint = "give the address that people type, such as PARLEY_ORIGIN=https://parley.example.org";
    problems.push(problem("setting-missing", { name: "PARLEY_ORIGIN", why, hint }));
  }
  if (origin !== undefined && new URL(origin).protocol === "http:" && !isLoopback(new URL(origin).hostname)) {
    const facts = {
      name: "PARLEY_ORIGIN",
      told: origin,
      expected: "https://, since http:// shows passwords to the network",
    };
    const hint = "put a reverse proxy with TLS before it; PARLEY_ALLOW_HTTP=1 allows it where the network is safe";
    if (allowHttp !== true) problems.push(problem("setting-invalid", { ...facts, hint }));
  }
  if (secret !== undefined && secret === metricsToken) {
    const facts = { name: "PARLEY_METRICS_TOKEN", told: "the same as PARLEY_SECRET", expected: "a secret of its own" };
    problems.push(problem("setting-invalid", facts));
  }
  const oidc = ["PARLEY_OIDC_ISSUER", "PARLEY_OIDC_CLIENT_ID"];
  // A public client has no secret.
  const there = [...oidc, "PARLEY_OIDC_CLIENT_SECRET"].find((name) => given.has(name));
  for (const name of oidc) {
    if (there !== undefined && !given.has(name)) {
      const hint = "signing in with a provider needs its issuer and the client's name there";
      problems.push(problem("setting-missing", { name, why: `${there} is set`, hint }));
    }
  }
  if (issuer !== undefined && !given.has("PARLEY_ORIGIN")) {
    const hint = "the provider sends people back to it";
    problems.push(problem("setting-missing", { name: "PARLEY_ORIGIN", why: "PARLEY_OIDC_ISSUER is set", hint }));
  }
  return problems;
}

/** The folder of the embedded database and the secret: where the system keeps a program's data. */
export function usualStore(env: Environment, platform: NodeJS.Platform = process.platform): string {
  const from = (name: string) => (env[name] === undefined || env[name] === "" ? undefined : env[name]);
  if (platform === "win32") {
    return join(from("LOCALAPPDATA") ?? join(homedir(), "AppData", "Local"), "parley", "server");
  }
  if (platform === "darwin") return join(homedir(), "Library", "Application Support", "parley", "server");
  return join(from("XDG_DATA_HOME") ?? join(homedir(), ".local", "share"), "parley", "server");
}

/** The values that count where nothing is set, but for those that depend on other settings. */
export function usualValues(env: Environment) {
  return {
    host: "127.0.0.1",
    port: 7350,
    allowHttp: false,
    trustProxy: Object.freeze([]) as readonly string[],
    store: usualStore(env),
    databasePool: 10,
    runLimit: 4,
    runThreads: Math.max(1, availableParallelism() - 1),
    logLevel: "info",
    logAddresses: false,
    stopDrain: 0,
    stopDeadline: 20,
  } as const;
}

/** A folder's path as an absolute one. */
export const absolute = (path: string): string => resolve(path);
