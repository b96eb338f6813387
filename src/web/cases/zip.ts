import { Inflate } from "fflate";
import { isSafePath } from "./paths.ts";

/** Why an archive is not opened. */
export type ZipRefusal = "zip-broken" | "zip-path" | "zip-link" | "zip-huge" | "zip-entry" | "zip-many" | "zip-kind";

export type Unzipped =
  | { readonly files: ReadonlyMap<string, Uint8Array> }
  | { readonly refused: ZipRefusal; readonly entry?: string };

/** Unpacked, in bytes: a case is text. */
const MOST_BYTES = 60_000_000;
const MOST_ENTRY = 20_000_000;
const MOST_FILES = 2000;
/** Text does not shrink to less than a part in this many. */
const MOST_RATIO = 400;

interface Entry {
  readonly path: string;
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly crc: number;
  readonly at: number;
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
 * Unpacks an archive from a stranger in memory: the directory is judged whole before anything is unpacked (paths, links, declared
 * sizes), then no entry may give more bytes than it declared, nor others. Only wanted files are unpacked.
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

const [END, CENTRAL, LOCAL] = [0x06054b50, 0x02014b50, 0x04034b50];
const LINK = 0xa000;

function directory(bytes: Uint8Array): readonly Entry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOf(view);
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  // Archives of 4 GB and more, or in parts, say so by these.
  if (count === 0xffff || at === 0xffffffff || view.getUint16(end + 4, true) !== 0) throw new Refusal("zip-kind");
  if (count > MOST_FILES) throw new Refusal("zip-many");
  const entries: Entry[] = [];
  const seen = new Set<string>();
  let total = 0;
  for (let k = 0; k < count; k++) {
    if (view.getUint32(at, true) !== CENTRAL) throw new Refusal("zip-broken");
    const nameLength = view.getUint16(at + 28, true);
    const path = new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(at + 46, at + 46 + nameLength));
    const entry: Entry = {
      path,
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      at: view.getUint32(at + 42, true),
    };
    const mode = view.getUint32(at + 38, true) >>> 16;
    judge(entry, mode, view.getUint16(at + 8, true), seen);
    total += entry.size;
    if (total > MOST_BYTES) throw new Refusal("zip-huge");
    if (!path.endsWith("/")) entries.push(entry);
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

function judge({ path, method, packed, size }: Entry, mode: number, flags: number, seen: Set<string>): void {
  if (!isSafePath(path)) throw new Refusal("zip-path", path);
  if ((mode & 0xf000) === LINK) throw new Refusal("zip-link", path);
  // Two entries of one name are a way to show one and use the other.
  if (seen.has(path.toLowerCase())) throw new Refusal("zip-broken", path);
  seen.add(path.toLowerCase());
  if ((flags & 1) !== 0 || (method !== 0 && method !== 8)) throw new Refusal("zip-kind", path);
  if (size > MOST_ENTRY) throw new Refusal("zip-entry", path);
  if (size > 100_000 && size > packed * MOST_RATIO) throw new Refusal("zip-entry", path);
}

/** The end of the directory stands last, before a comment of at most 64 kB. */
function endOf(view: DataView): number {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - 0xffff); at--) {
    if (view.getUint32(at, true) === END) return at;
  }
  throw new Refusal("zip-broken");
}

function content(bytes: Uint8Array, entry: Entry): Uint8Array {
  const { path, method, packed, size, crc, at } = entry;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(at, true) !== LOCAL) throw new Refusal("zip-broken", path);
  const start = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  if (start + packed > bytes.length) throw new Refusal("zip-broken", path);
  const data = bytes.subarray(start, start + packed);
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
