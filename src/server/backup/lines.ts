import { createHash, type Hash } from "node:crypto";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { z } from "zod";
import { ParleyError } from "../../core/problems/index.ts";

/**
 * The format of a backup: a gzip of lines of JSON.
 *
 * The first is the head. Then each table: a line `["users"]`, its rows as objects, a line `["users", rows, hash]` with
 * SHA-256 over the rows' lines. The last line, `["end", rows, hash]`, has SHA-256 over all lines before it.
 */
export const HEAD = z.strictObject({
  backup: z.literal(1),
  parley: z.string().max(100),
  at: z.iso.datetime(),
  /** The changes of the schema that the tables had seen. */
  migrations: z.array(z.string().max(200)).max(1000),
  /** Columns by table. */
  tables: z.record(z.string().max(100), z.array(z.string().max(100)).max(200)),
});

export type Head = z.output<typeof HEAD>;

const MARK = z.union([
  z.tuple([z.string()]),
  z.tuple([z.string(), z.int().min(0), z.string().regex(/^[0-9a-f]{64}$/)]),
]);

/** Largest line, in bytes: a row with the longest text that is taken, and room. */
const LONGEST = 200_000_000;

/** What comes out of a backup, in order. */
export type Part =
  | { readonly kind: "head"; readonly head: Head }
  | { readonly kind: "row"; readonly table: string; readonly line: string }
  | { readonly kind: "end"; readonly table: string; readonly rows: number }
  | { readonly kind: "whole"; readonly rows: number };

/** Counts and hashes lines as they go by. */
export class Tally {
  rows = 0;
  readonly #hash: Hash = createHash("sha256");

  add(line: string): void {
    this.rows += 1;
    this.#hash.update(line).update("\n");
  }

  get hash(): string {
    return this.#hash.copy().digest("hex");
  }
}

/**
 * Reads a backup line by line, and stops at the first that is not as it was written.
 *
 * Rows are given before the hash over them is known to hold: who cannot take them back reads it twice.
 *
 * @throws ParleyError backup-damaged
 */
export async function* partsOf(source: Readable, file: string): AsyncGenerator<Part> {
  const refused = (why: string) => ParleyError.of("backup-damaged", { file, why });
  const all = new Tally();
  let head: Head | undefined;
  let left: string[] = [];
  let table: string | undefined;
  let own = new Tally();
  let rows = 0;
  let isWhole = false;
  for await (const line of linesOf(source, refused)) {
    if (isWhole) throw refused("it goes on behind its end");
    if (head === undefined) {
      head = headIn(line, refused);
      left = Object.keys(head.tables);
      yield { kind: "head", head };
    } else if (line.startsWith("{")) {
      if (table === undefined) throw refused("a row stands outside its table");
      own.add(line);
      rows += 1;
      yield { kind: "row", table, line };
    } else {
      const [name, count, hash] = markIn(line, refused);
      if (count === undefined) {
        if (table !== undefined || left[0] !== name) throw refused("its tables are not those that it names");
        table = left.shift();
        own = new Tally();
      } else if (name === "end" && table === undefined) {
        if (left.length > 0) throw refused("tables are missing");
        if (count !== rows || hash !== all.hash) throw refused("its hash does not hold");
        isWhole = true;
        yield { kind: "whole", rows };
      } else {
        if (name !== table || count !== own.rows || hash !== own.hash) throw refused(`the table ${name} was changed`);
        table = undefined;
        yield { kind: "end", table: name, rows: count };
      }
    }
    all.add(line);
  }
  if (!isWhole) throw refused("it was cut short");
}

type Refused = (why: string) => ParleyError;

function headIn(line: string, refused: Refused): Head {
  const found = HEAD.safeParse(jsonIn(line));
  if (!found.success) throw refused("it is no backup that this version of Parley knows");
  return found.data;
}

function markIn(line: string, refused: Refused): z.output<typeof MARK> {
  const found = MARK.safeParse(jsonIn(line));
  if (!found.success) throw refused("a line is none that a backup has");
  return found.data;
}

function jsonIn(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Lines end at a line feed alone: no other character ends one, and JSON has none inside. */
async function* linesOf(source: Readable, refused: Refused): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let begun: Buffer[] = [];
  let length = 0;
  try {
    const unpacked = source.on("error", (error) => unpacker.destroy(error));
    const unpacker = createGunzip();
    for await (const chunk of unpacked.pipe(unpacker) as AsyncIterable<Buffer>) {
      let from = 0;
      for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, from)) {
        const piece = chunk.subarray(from, at);
        yield decoder.decode(begun.length === 0 ? piece : Buffer.concat([...begun, piece]));
        begun = [];
        length = 0;
        from = at + 1;
      }
      const rest = chunk.subarray(from);
      length += rest.length;
      if (length > LONGEST) throw refused("a line is too long");
      if (rest.length > 0) begun.push(rest);
    }
  } catch (error) {
    if (error instanceof ParleyError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === "Z_BUF_ERROR") throw refused("it was cut short");
    if (code?.startsWith("Z_") === true) throw refused("it is no gzip file, or was changed");
    if (error instanceof TypeError) throw refused("it holds bytes that are no text");
    throw error;
  }
  if (length > 0) throw refused("it was cut short");
}
