import { Inflate } from "fflate";
import { doubled, isSafePath } from "./paths.ts";

/** Why an archive is not opened. */
export type ZipRefusal =
  | "zip-broken"
  | "zip-path"
  | "zip-double"
  | "zip-link"
  | "zip-huge"
  | "zip-entry"
  | "zip-many"
  | "zip-kind";

export type Unzipped =
  | { readonly files: ReadonlyMap<string, Uint8Array> }
  | { readonly refused: ZipRefusal; readonly entry?: string };

/** Unpacked, in bytes: a case is text. */
export const MOST_BYTES = 60_000_000;
/** One file, in bytes. */
export const MOST_ENTRY = 20_000_000;
export const MOST_FILES = 2000;
/** Text does not shrink to less than a part in this many. */
const MOST_RATIO = 400;
/** Below this a file may shrink as it likes, in bytes. */
const FREE = 100_000;

/** Whether a file shrinks more than one from a stranger may. */
export const shrinksTooMuch = (size: number, packed: number): boolean => size > FREE && size > packed * MOST_RATIO;

interface Entry {
  readonly path: string;
  /** The name as its bytes, which the file's own header must repeat. */
  readonly name: Uint8Array;
  readonly flags: number;
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly crc: number;
  readonly at: number;
  /** Where its own header and its packed bytes end. */
  readonly end: number;
}

class Refusal extends Error {
  readonly why: ZipRefusal;
  readonly entry: string | undefined;
  constructor(why: ZipRefusal, entry?: string) {
    super(why);
    [this.why, this.entry] = [why, entry];
  }
}

/**
 * Unpacks an archive from a stranger in memory: the directory is judged whole before anything is unpacked (paths, names that a file
 * system could take for one, links, declared sizes, entries that share bytes as in Fifield 2019, headers that contradict the
 * directory), then no entry may give more bytes than it declared, nor others. Only wanted files are unpacked.
 */
export function unzip(bytes: Uint8Array, wanted: (path: string) => boolean): Unzipped {
  try {
    const entries = directory(bytes);
    const files = new Map<string, Uint8Array>();
    for (const entry of entries) if (wanted(entry.path)) files.set(entry.path, content(bytes, entry));
    return { files };
  } catch (error) {
    if (!(error instanceof Refusal)) return { refused: "zip-broken" };
    return { refused: error.why, ...(error.entry === undefined ? {} : { entry: error.entry }) };
  }
}

const [END, CENTRAL, LOCAL, LOCATOR_64] = [0x06054b50, 0x02014b50, 0x04034b50, 0x07064b50];
/** What a Unix mode says a thing is; no mode at all says nothing. */
const [KIND, LINK, FILE, FOLDER] = [0xf000, 0xa000, 0x8000, 0x4000];
/** Sizes of 4 GB and more stand elsewhere, which this says. */
const ELSEWHERE = 0xffffffff;
/** Marks of an entry: encrypted, its sizes behind it, patched, strongly encrypted, names masked. */
const [LOCKED, LATER] = [0x0001 | 0x0020 | 0x0040 | 0x2000, 0x0008];

function directory(bytes: Uint8Array): readonly Entry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOf(view);
  const count = view.getUint16(end + 10, true);
  const begin = view.getUint32(end + 16, true);
  // Archives of 4 GB and more, or in parts, say so by these.
  if (count === 0xffff || begin === ELSEWHERE || view.getUint32(end + 4, true) !== 0) throw new Refusal("zip-kind");
  if (end >= 20 && view.getUint32(end - 20, true) === LOCATOR_64) throw new Refusal("zip-kind");
  if (count > MOST_FILES) throw new Refusal("zip-many");
  if (view.getUint16(end + 8, true) !== count) throw new Refusal("zip-broken");
  const entries: Entry[] = [];
  let at = begin;
  let total = 0;
  for (let k = 0; k < count; k++) {
    if (view.getUint32(at, true) !== CENTRAL) throw new Refusal("zip-broken");
    const [nameLength, extraLength] = [view.getUint16(at + 28, true), view.getUint16(at + 30, true)];
    const name = bytes.subarray(at + 46, at + 46 + nameLength);
    const path = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(name);
    const said = {
      path,
      name,
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      at: view.getUint32(at + 42, true),
    };
    judge(said, view.getUint32(at + 38, true) >>> 16);
    if (isWide(view, at + 46 + nameLength, extraLength)) throw new Refusal("zip-kind", path);
    entries.push({ ...said, end: headed(view, bytes, said) });
    total += said.size;
    if (total > MOST_BYTES) throw new Refusal("zip-huge");
    at += 46 + nameLength + extraLength + view.getUint16(at + 32, true);
  }
  if (at !== end || view.getUint32(end + 12, true) !== end - begin) throw new Refusal("zip-broken");
  apart(entries, begin);
  const double = doubled(entries.map(({ path }) => path));
  if (double !== undefined) throw new Refusal("zip-double", double);
  return entries.filter(({ path }) => !path.endsWith("/"));
}

type Said = Omit<Entry, "end">;

function judge({ path, flags, method, packed, size, at }: Said, mode: number): void {
  if (!isSafePath(path)) throw new Refusal("zip-path", path);
  const kind = mode & KIND;
  if (kind === LINK) throw new Refusal("zip-link", path);
  if (kind !== 0 && kind !== FILE && kind !== FOLDER) throw new Refusal("zip-kind", path);
  if ((flags & LOCKED) !== 0 || (method !== 0 && method !== 8)) throw new Refusal("zip-kind", path);
  if (packed === ELSEWHERE || size === ELSEWHERE || at === ELSEWHERE) throw new Refusal("zip-kind", path);
  if (size > MOST_ENTRY || shrinksTooMuch(size, packed)) throw new Refusal("zip-entry", path);
  if (method === 0 && size !== packed) throw new Refusal("zip-broken", path);
  if (path.endsWith("/") && size !== 0) throw new Refusal("zip-broken", path);
}

/** Where an entry's packed bytes end. Its own header must say what the directory says: another reader may go by it. */
function headed(view: DataView, bytes: Uint8Array, said: Said): number {
  const { path, name, flags, method, packed, size, crc, at } = said;
  if (view.getUint32(at, true) !== LOCAL) throw new Refusal("zip-broken", path);
  const [nameLength, extraLength] = [view.getUint16(at + 26, true), view.getUint16(at + 28, true)];
  const here = bytes.subarray(at + 30, at + 30 + nameLength);
  if (here.length !== name.length || here.some((byte, k) => byte !== name[k])) throw new Refusal("zip-broken", path);
  if (view.getUint16(at + 6, true) !== flags || view.getUint16(at + 8, true) !== method) {
    throw new Refusal("zip-broken", path);
  }
  if (isWide(view, at + 30 + nameLength, extraLength)) throw new Refusal("zip-kind", path);
  const repeated = [crc, packed, size].map((value, k) => {
    const own = view.getUint32(at + 14 + 4 * k, true);
    return own === value || ((flags & LATER) !== 0 && own === 0);
  });
  if (repeated.includes(false)) throw new Refusal("zip-broken", path);
  return at + 30 + nameLength + extraLength + packed;
}

/** Whether extra fields hold sizes of 64 bits. */
function isWide(view: DataView, from: number, length: number): boolean {
  for (let at = from; at + 4 <= from + length; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) === 1) return true;
  }
  return false;
}

/** No byte of the archive may belong to two entries: so a small one could be unpacked to any size. */
function apart(entries: readonly Entry[], directoryAt: number): void {
  let last = 0;
  for (const { path, at, end } of entries.toSorted((a, b) => a.at - b.at)) {
    if (at < last || end > directoryAt) throw new Refusal("zip-broken", path);
    last = end;
  }
}

/** The end of the directory stands last, before a comment of at most 64 kB that reaches to the end of the file. */
function endOf(view: DataView): number {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - 0xffff); at--) {
    if (view.getUint32(at, true) !== END) continue;
    if (at + 22 + view.getUint16(at + 20, true) === view.byteLength) return at;
  }
  throw new Refusal("zip-broken");
}

function content(bytes: Uint8Array, { path, method, packed, size, crc, end }: Entry): Uint8Array {
  const data = bytes.subarray(end - packed, end);
  const made = method === 0 ? data.slice() : inflated(data, size, path);
  if (made.length !== size || crc32(made) !== crc) throw new Refusal("zip-broken", path);
  return made;
}

/** How much is handed to the unpacker at a time: what comes of it is counted before more is. */
const STEP = 16_384;

function inflated(data: Uint8Array, size: number, path: string): Uint8Array {
  const made = new Uint8Array(size);
  let filled = 0;
  const inflate = new Inflate((part) => {
    if (filled + part.length > size) throw new Refusal("zip-entry", path);
    made.set(part, filled);
    filled += part.length;
  });
  for (let at = 0; at < data.length || at === 0; at += STEP) {
    inflate.push(data.subarray(at, at + STEP), at + STEP >= data.length);
  }
  return filled === size ? made : made.subarray(0, filled);
}

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

function crc32(bytes: Uint8Array): number {
  let c = 0xffffffff;
  for (const byte of bytes) c = (TABLE[(c ^ byte) & 0xff] ?? 0) ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}
