import type { ZipRefusal } from "../../formats/bundle/zip.ts";
import type { PackedFiles } from "../engine/protocol.ts";

/** What was dropped or picked, read as a case: its name and its files, or why it is none. */
export type Dropped =
  | { readonly name: string; readonly packed: PackedFiles }
  | { readonly refused: Refused; readonly entry?: string }
  | Locked;

/** A file in the age format, by what opens it. */
export interface Locked {
  readonly locked: "passphrase" | "keys";
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** An archive is refused for what it is, or because a file is not as its manifest says. */
export type Refused = "no-case" | "too-large" | "unreadable" | "zip-changed" | ZipRefusal;

export interface Found {
  readonly path: string;
  readonly file: Pick<File, "size" | "text">;
}

/** A file that may be an archive, as a browser gives it. */
type Archive = Pick<File, "name" | "size" | "arrayBuffer">;

/** Together, in bytes; a case is text. */
const MOST_BYTES = 60_000_000;
export const MOST_FILES = 2000;

const TEXT = /\.(ya?ml|csv|md|txt)$/i;

/** Reads an archive of a case, or finds that it is encrypted. */
export async function readArchive(file: Archive): Promise<Dropped> {
  if (file.size > MOST_BYTES) return { refused: "too-large" };
  const bytes = new Uint8Array(await file.arrayBuffer());
  const { lockOf } = await import("../../formats/bundle/lock.ts");
  const locked = lockOf(bytes);
  return locked === undefined ? unpacked(bytes, file.name) : { locked, name: file.name, bytes };
}

/**
 * Opens an encrypted archive of a case with a passphrase, or with secret keys, a line each, as age-keygen writes them.
 *
 * @throws ParleyError lock-shut, lock-identity
 */
export async function openLocked({ locked, name, bytes }: Locked, secret: string): Promise<Dropped> {
  const { identitiesIn, unlock } = await import("../../formats/bundle/lock.ts");
  const keys =
    locked === "passphrase"
      ? { identities: [], passphrase: secret }
      : { identities: identitiesIn(secret, "the key that was given") };
  const opened = await unlock(bytes, keys, name);
  return unpacked(opened, name.replace(/\.age$/i, "")).catch(() => ({ refused: "unreadable" as const }));
}

/** The case in an archive; one that Parley made is checked against its manifest. */
async function unpacked(bytes: Uint8Array, name: string): Promise<Dropped> {
  const [{ unzip }, { differs, MANIFEST }] = await Promise.all([
    import("../../formats/bundle/zip.ts"),
    import("../../formats/bundle/manifest.ts"),
  ]);
  const unzipped = unzip(bytes, (path) => TEXT.test(path) || path === MANIFEST);
  if ("refused" in unzipped) return unzipped;
  const files = new Map(unzipped.files);
  const text = files.get(MANIFEST);
  files.delete(MANIFEST);
  const manifest = text === undefined ? undefined : JSON.parse(new TextDecoder().decode(text));
  if (manifest !== undefined) {
    const entry = differs(manifest, Object.fromEntries(files));
    if (entry !== undefined) return { refused: "zip-changed", entry };
  }
  const found = [...files].map(([path, bytes]) => {
    const content = new TextDecoder().decode(bytes);
    return { path, file: { size: bytes.length, text: async () => content } };
  });
  const packed = await pack(found, manifest?.main);
  return "packed" in packed ? { ...packed, name: name.replace(/(\.parley)?\.zip$/i, "") || packed.name } : packed;
}

/** The case among some files: all of them that stand in its folder. */
export async function pack(found: readonly Found[], named?: unknown): Promise<Dropped> {
  const texts = found.filter(({ path }) => TEXT.test(path));
  if (texts.length === 0) return { refused: "no-case" };
  if (texts.reduce((sum, { file }) => sum + file.size, 0) > MOST_BYTES) return { refused: "too-large" };
  // The case is what a manifest names, where the case.yaml nearest to the top is, or the one YAML file.
  const byDepth = texts.toSorted((a, b) => a.path.split("/").length - b.path.split("/").length);
  const main =
    byDepth.find(({ path }) => path === named) ??
    byDepth.find(({ path }) => /(^|\/)case\.ya?ml$/i.test(path)) ??
    byDepth.find(({ path }) => /\.ya?ml$/i.test(path));
  if (main === undefined) return { refused: "no-case" };
  const folder = main.path.slice(0, main.path.lastIndexOf("/") + 1);
  const inside = texts.filter(({ path }) => path.startsWith(folder));
  const read = inside.map(async ({ path, file }) => [path.slice(folder.length), await file.text()] as const);
  const files = Object.fromEntries(await Promise.all(read));
  const name = folder.split("/").findLast((part) => part !== "") ?? main.path.replace(/\.ya?ml$/i, "");
  return { name, packed: { main: main.path.slice(folder.length), files } };
}
