import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { isPortablePath } from "./paths.ts";

/** The manifest of a shared case stands beside its files under this name. */
export const MANIFEST = "parley-manifest.json";

const FORMAT = "parley-bundle-1";

/** What was taken out of a case before it was shared: the rules, and how often each was used. Never what it was. */
export interface Redaction {
  readonly rules: readonly string[];
  readonly dropped: Readonly<Record<string, number>>;
}

export interface Manifest {
  readonly format: typeof FORMAT;
  /** The version of Parley that made it. */
  readonly parley: string;
  readonly title: string;
  readonly main: string;
  /** SHA-256 over the content of the case, where it was known. */
  readonly case?: string | undefined;
  readonly redacted?: Redaction | undefined;
  readonly files: readonly { readonly path: string; readonly bytes: number; readonly sha256: string }[];
}

/** The files of a case by their path inside its folder, as texts or as their bytes. */
export type BundleFiles = Readonly<Record<string, string | Uint8Array>>;

/** What a manifest says beside the files. */
export type About = Pick<Manifest, "title" | "parley" | "main" | "case" | "redacted">;

export function manifestOf(files: BundleFiles, { parley, title, main, case: hash, redacted }: About): Manifest {
  const listed = Object.entries(files)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, content]) => ({ path, bytes: bytesOf(content).length, sha256: hashOf(content) }));
  return {
    format: FORMAT,
    parley,
    title,
    main,
    ...(hash === undefined ? {} : { case: hash }),
    ...(redacted === undefined ? {} : { redacted }),
    files: listed,
  };
}

const bytesOf = (content: string | Uint8Array): Uint8Array =>
  typeof content === "string" ? utf8ToBytes(content) : content;
const hashOf = (content: string | Uint8Array): string => bytesToHex(sha256(bytesOf(content)));

/** The first file that is not as the manifest says; undefined where all are. A file that it does not name is none of the case's. */
export function differs(manifest: unknown, files: BundleFiles): string | undefined {
  const listed = (manifest as Partial<Manifest> | null)?.files;
  if (!Array.isArray(listed)) return MANIFEST;
  const said = new Map(listed.map((each: Partial<Manifest["files"][number]>) => [each.path, each.sha256]));
  for (const [path, content] of Object.entries(files)) {
    if (said.get(path) !== hashOf(content)) return path;
    said.delete(path);
  }
  return [...said.keys()].find((path) => path !== undefined && /\.(ya?ml|csv|md|txt)$/i.test(path));
}

/** Reads a manifest whole, or says what is wrong with it: `later` where a later version of Parley wrote it. */
export function readManifest(text: string): Manifest | { readonly fault: "later" | string } {
  let read: Readonly<Record<string, unknown>>;
  try {
    read = JSON.parse(text);
  } catch {
    return { fault: "it is no JSON" };
  }
  if (typeof read !== "object" || read === null) return { fault: "it is no JSON object" };
  const { format, parley, title, main, case: hash, redacted, files } = read;
  if (typeof format !== "string" || !/^parley-bundle-\d+$/.test(format)) return { fault: "it names no format" };
  if (format !== FORMAT) return { fault: "later" };
  if (typeof parley !== "string" || typeof title !== "string" || typeof main !== "string") {
    return { fault: "it has no version, title or main file" };
  }
  if (hash !== undefined && !isHash(hash)) return { fault: "its hash of the case is none" };
  if (redacted !== undefined && !isRedaction(redacted)) return { fault: "what it says of redaction cannot be read" };
  if (!Array.isArray(files) || !files.every(isListed)) return { fault: "its list of files cannot be read" };
  const paths = new Set(files.map(({ path }) => path));
  if (paths.size !== files.length) return { fault: "it names a file twice" };
  if (!paths.has(main)) return { fault: "its main file is not in its list" };
  return {
    format: FORMAT,
    parley,
    title,
    main,
    ...(hash === undefined ? {} : { case: hash }),
    ...(redacted === undefined ? {} : { redacted }),
    files,
  };
}

const isHash = (value: unknown): value is string => typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
const isText = (value: unknown): value is string => typeof value === "string";

function isListed(value: unknown): value is Manifest["files"][number] {
  const { path, bytes, sha256: hash } = (value ?? {}) as Partial<Manifest["files"][number]>;
  return isText(path) && isPortablePath(path) && Number.isSafeInteger(bytes) && isHash(hash);
}

function isRedaction(value: unknown): value is Redaction {
  const { rules, dropped } = (value ?? {}) as Partial<Redaction>;
  if (!Array.isArray(rules) || !rules.every(isText)) return false;
  return typeof dropped === "object" && dropped !== null && Object.values(dropped).every(Number.isSafeInteger);
}
