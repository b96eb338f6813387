import { isAscii, isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import {
  closeSync,
  createReadStream,
  createWriteStream,
  existsSync,
  openSync,
  readdirSync,
  readSync,
  statSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { Transform, type TransformCallback } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { nearest, ParleyError } from "../../core/problems/index.ts";

/** Encodings that a table may be in besides UTF-8. */
export const ENCODINGS = ["utf-8", "windows-1252", "iso-8859-1", "utf-16le", "utf-16be"] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** Most bytes that a packed file may become: what is packed tighter is an attack, or wants to be unpacked by hand. */
export const MOST_UNPACKED = 8e9;
const CHUNK = 1 << 22;

export interface ScanOptions {
  /** A folder for what is unpacked or written anew as UTF-8. */
  readonly scratch: string;
  /** What the user knows the file by; its path unless given. */
  readonly label?: string | undefined;
  readonly encoding?: Encoding | undefined;
  readonly mostUnpacked?: number;
  readonly signal?: AbortSignal | undefined;
}

/** A file that can be read as a table: its bytes as they came are named by a hash. */
export interface Scanned {
  /** The table in UTF-8, or Parquet: the file itself, or what was made of it. */
  readonly path: string;
  readonly kind: "text" | "parquet";
  readonly bytes: number;
  readonly sha256: string;
  /** Whether an underscore stands between digits: a number to DuckDB alone. */
  readonly underscored: boolean;
}

/**
 * Looks through a whole file before anything is made of it: whether it is text in UTF-8 throughout, packed, or Parquet.
 *
 * @throws ParleyError file-not-found, file-unreadable, data-not-text, data-encoding, data-archive
 */
export async function scan(file: string, options: ScanOptions): Promise<Scanned> {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined) throw ParleyError.of("file-not-found", { path: file, near: neighbour(file) });
  if (stat.isDirectory()) throw ParleyError.of("file-unreadable", { path: file, reason: "it is a folder" });
  const label = options.label ?? file;
  const place = { file: label, line: 0, column: 0 };
  const refuse = (why: string, hint?: string) => ParleyError.of("data-not-text", { why, hint }, place);
  if (stat.size === 0) throw refuse("it is empty");
  const head = headOf(file);
  const starts = (...bytes: number[]) => bytes.every((byte, i) => head[i] === byte);
  if (starts(0x50, 0x4b)) throw refuse("a zip archive or a spreadsheet", "unpack it, or save its sheet as CSV");
  if (starts(0xd0, 0xcf, 0x11, 0xe0)) throw refuse("an old spreadsheet", "save its sheet as CSV");
  if (starts(0x50, 0x41, 0x52, 0x31)) {
    const { sha256 } = await checked(file, label, options.signal, "parquet");
    return { path: file, kind: "parquet", bytes: stat.size, sha256, underscored: true };
  }
  let path = file;
  let sha256: string | undefined;
  if (starts(0x1f, 0x8b)) {
    path = join(options.scratch, "unpacked.csv");
    sha256 = await unpack(file, path, options);
  }
  const encoding = options.encoding ?? utf16Of(path === file ? head : headOf(path));
  if (encoding !== undefined && encoding !== "utf-8") {
    sha256 ??= (await checked(file, label, options.signal, "bytes")).sha256;
    const anew = join(options.scratch, "utf-8.csv");
    const from = createReadStream(path, { highWaterMark: CHUNK });
    await pipeline(from, decoder(encoding), createWriteStream(anew), { signal: options.signal as AbortSignal });
    path = anew;
  }
  const own = await checked(path, label, options.signal, "text");
  return { ...own, path, kind: "text", bytes: stat.size, sha256: sha256 ?? own.sha256 };
}

function headOf(file: string): Uint8Array {
  const head = Buffer.alloc(8);
  let handle: number;
  try {
    handle = openSync(file, "r");
  } catch (error) {
    throw ParleyError.of("file-unreadable", { path: file, reason: (error as Error).message });
  }
  try {
    return head.subarray(0, readSync(handle, head, 0, 8, 0));
  } finally {
    closeSync(handle);
  }
}

function utf16Of(head: Uint8Array): Encoding | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  return head[0] === 0xfe && head[1] === 0xff ? "utf-16be" : undefined;
}

/** The hash of a file; a text is looked through on the way. */
async function checked(
  path: string,
  label: string,
  signal: AbortSignal | undefined,
  kind: "text" | "parquet" | "bytes",
): Promise<{ readonly sha256: string; readonly underscored: boolean }> {
  const hash = createHash("sha256");
  let line = 1;
  let letters = false;
  let underscored = false;
  let rest: Buffer = Buffer.alloc(0);
  for await (const part of createReadStream(path, { highWaterMark: CHUNK, ...(signal ? { signal } : {}) })) {
    const chunk = part as Buffer;
    hash.update(chunk);
    if (kind !== "text") continue;
    const nul = chunk.indexOf(0);
    if (nul >= 0) {
      const place = { file: label, line: line + linesIn(chunk.subarray(0, nul)), column: 1 };
      throw ParleyError.of("data-not-text", { why: "it holds a NUL byte" }, place);
    }
    underscored ||= hasUnderscored(chunk);
    const whole: Buffer = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const cut = whole.length - unfinished(whole);
    const text = whole.subarray(0, cut);
    if (!isUtf8(text)) throw wrongEncoding(text, label, line, letters);
    letters ||= !isAscii(text);
    line += linesIn(text);
    rest = whole.subarray(cut);
  }
  if (rest.length > 0) throw wrongEncoding(rest, label, line, letters);
  return { sha256: hash.digest("hex"), underscored };
}

/** Whether an underscore stands between digits, or at an edge where that cannot be told. */
function hasUnderscored(bytes: Buffer): boolean {
  const isDigit = (byte: number | undefined) => byte === undefined || (byte >= 48 && byte <= 57);
  for (let at = bytes.indexOf(95); at >= 0; at = bytes.indexOf(95, at + 1)) {
    if (isDigit(bytes[at - 1]) && isDigit(bytes[at + 1])) return true;
  }
  return false;
}

function linesIn(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) count++;
  return count;
}

/** Bytes at the end that begin a letter which the next chunk ends. */
function unfinished(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
    if (byte < 0x80) return 0;
  }
  return 0;
}

function wrongEncoding(bytes: Buffer, file: string, first: number, lettersAbove: boolean): ParleyError {
  let line = first;
  let mixed = lettersAbove;
  let start = 0;
  while (start < bytes.length) {
    const found = bytes.indexOf(10, start);
    const end = found < 0 ? bytes.length : found;
    const text = bytes.subarray(start, end);
    if (!isUtf8(text)) break;
    mixed ||= !isAscii(text);
    line++;
    start = end + 1;
  }
  return ParleyError.of("data-encoding", { mixed }, { file, line, column: 1 });
}

/** Unpacks a gzip file. @returns the hash of the packed bytes */
async function unpack(
  file: string,
  into: string,
  { label, mostUnpacked = MOST_UNPACKED, signal }: ScanOptions,
): Promise<string> {
  const hash = createHash("sha256");
  const hashed = new Transform({
    transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  let size = 0;
  const limited = new Transform({
    transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback) {
      size += chunk.length;
      if (size > mostUnpacked) done(new TooLarge());
      else done(null, chunk);
    },
  });
  const place = { file: label ?? file, line: 0, column: 0 };
  try {
    const from = createReadStream(file, { highWaterMark: CHUNK });
    await pipeline(from, hashed, createGunzip({ chunkSize: CHUNK }), limited, createWriteStream(into), {
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const ends = code === "Z_BUF_ERROR" || /unexpected end/.test(message);
    const why =
      error instanceof TooLarge
        ? `unpacked it is larger than ${mostUnpacked / 1e9} GB`
        : ends
          ? "it ends in the middle (truncated)"
          : code?.startsWith("Z_") === true
            ? `it is damaged (${message})`
            : undefined;
    if (why === undefined) throw error;
    throw ParleyError.of("data-archive", { why }, place);
  }
  return hash.digest("hex");
}

class TooLarge extends Error {}

/** Text of another encoding as UTF-8. */
function decoder(encoding: Encoding): Transform {
  const text = new TextDecoder(encoding);
  return new Transform({
    transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback) {
      done(null, text.decode(chunk, { stream: true }));
    },
    flush(done: TransformCallback) {
      done(null, text.decode());
    },
  });
}

function neighbour(path: string): string | undefined {
  const folder = dirname(path);
  if (!existsSync(folder)) return undefined;
  const near = nearest(basename(path), readdirSync(folder));
  return near === undefined ? undefined : join(folder, near);
}
