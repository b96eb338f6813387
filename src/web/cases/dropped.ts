import type { ZipRefusal } from "../../formats/bundle/zip.ts";
import type { PackedFiles } from "../engine/protocol.ts";

/** What was dropped or picked, read as a case: its name and its files, or why it is none. */
export type Dropped =
  | { readonly name: string; readonly packed: PackedFiles }
  | { readonly refused: Refused; readonly entry?: string };

/** An archive is refused for what it is, or because a file is not as its manifest says. */
export type Refused = "no-case" | "too-large" | "unreadable" | "zip-changed" | ZipRefusal;

interface Found {
  readonly path: string;
  readonly file: Pick<File, "size" | "text">;
}

/** Together, in bytes; a case is text. */
const MOST_BYTES = 60_000_000;
const MOST_FILES = 2000;

/** Reads what was dropped: a YAML file, a folder with a case.yaml, or an archive of one. */
export async function readDrop(transfer: DataTransfer): Promise<Dropped> {
  // Entries must be taken before the first wait: the list is emptied with the event.
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  // What another page gave may be files that stand in no folder.
  const loose = entries.length === 0 ? [...transfer.files] : [];
  try {
    if (loose.length > 0) return await readPicked(loose);
    const found = (await Promise.all(entries.map((entry) => walk(entry, "")))).flat();
    const [only] = found;
    if (found.length === 1 && only !== undefined && isArchive(only.file)) return await readArchive(only.file);
    return await pack(found);
  } catch {
    return { refused: "unreadable" };
  }
}

/** Reads what was picked with a file field. */
export async function readPicked(files: readonly File[]): Promise<Dropped> {
  const [only] = files;
  try {
    if (files.length === 1 && only !== undefined && isArchive(only)) return await readArchive(only);
    return await pack(files.map((file) => ({ path: file.webkitRelativePath || file.name, file })));
  } catch {
    return { refused: "unreadable" };
  }
}

const isArchive = (file: Found["file"] | File): file is File => file instanceof File && /\.zip$/i.test(file.name);

const TEXT = /\.(ya?ml|csv|md|txt)$/i;

/** Reads an archive of a case; one that Parley made is checked against its manifest. */
async function readArchive(file: File): Promise<Dropped> {
  if (file.size > MOST_BYTES) return { refused: "too-large" };
  const [{ unzip }, { differs, MANIFEST }] = await Promise.all([
    import("../../formats/bundle/zip.ts"),
    import("../../formats/bundle/manifest.ts"),
  ]);
  const unzipped = unzip(new Uint8Array(await file.arrayBuffer()), (path) => TEXT.test(path) || path === MANIFEST);
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
  if ("refused" in packed) return packed;
  return { ...packed, name: file.name.replace(/(\.parley)?\.zip$/i, "") || packed.name };
}

async function walk(entry: FileSystemEntry, below: string): Promise<Found[]> {
  const path = `${below}${entry.name}`;
  if (entry.isFile) {
    const file = await new Promise<File>((done, fail) => (entry as FileSystemFileEntry).file(done, fail));
    return [{ path, file }];
  }
  if (entry.name.startsWith(".") || entry.name === "node_modules") return [];
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: Found[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((done, fail) => reader.readEntries(done, fail));
    if (some.length === 0 || found.length > MOST_FILES) return found;
    for (const each of some) found.push(...(await walk(each, `${path}/`)));
  }
}

async function pack(found: readonly Found[], named?: unknown): Promise<Dropped> {
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
