import { crc32, deflateRawSync } from "node:zlib";

/** An entry of an archive as it is written, with whatever lies it is to tell. */
export interface RawEntry {
  readonly name: string | Uint8Array;
  readonly content?: Uint8Array | string;
  readonly method?: number;
  readonly flags?: number;
  /** The Unix mode in the directory. */
  readonly mode?: number;
  readonly extra?: Uint8Array;
  /** The packed bytes, where they are not those of the content. */
  readonly packed?: Uint8Array;
  /** What the directory and the entry's own header say, where it is not so. */
  readonly said?: { readonly size?: number; readonly crc?: number; readonly packed?: number; readonly at?: number };
  /** What the entry's own header says, where it differs from the directory. */
  readonly here?: {
    readonly name?: string;
    readonly size?: number;
    readonly method?: number;
    readonly extra?: Uint8Array;
  };
}

export interface RawEnd {
  readonly count?: number;
  readonly countHere?: number;
  readonly disk?: number;
  readonly size?: number;
  readonly at?: number;
  readonly comment?: Uint8Array;
  /** Bytes between the directory and its end. */
  readonly before?: Uint8Array;
  /** Bytes in front of all. */
  readonly front?: Uint8Array;
}

const bytesOf = (content: string | Uint8Array): Uint8Array =>
  typeof content === "string" ? Buffer.from(content) : content;

/** A zip archive byte by byte, after PKWARE's APPNOTE 6.3.10: a writer of its own, so that the reader is tested with what it never writes. */
export function rawZip(entries: readonly RawEntry[], end: RawEnd = {}): Uint8Array {
  const parts: Uint8Array[] = [end.front ?? new Uint8Array()];
  const central: Uint8Array[] = [];
  let offset = parts[0]?.length ?? 0;
  for (const entry of entries) {
    const name = bytesOf(entry.name);
    const content = bytesOf(entry.content ?? "x: 1\n");
    const method = entry.method ?? 8;
    const packed = entry.packed ?? (method === 8 ? deflateRawSync(content) : content);
    const { said = {}, here = {} } = entry;
    const crc = said.crc ?? crc32(content);
    const size = said.size ?? content.length;
    const packedSize = said.packed ?? packed.length;
    const flags = (entry.flags ?? 0) | 0x0800;
    const extra = entry.extra ?? new Uint8Array();
    const ownName = here.name === undefined ? name : bytesOf(here.name);
    const ownExtra = here.extra ?? extra;
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(20, 4);
    local.writeUInt16LE(flags, 6);
    local.writeUInt16LE(here.method ?? method, 8);
    local.writeUInt32LE(crc, 14);
    local.writeUInt32LE(packedSize, 18);
    local.writeUInt32LE(here.size ?? size, 22);
    local.writeUInt16LE(ownName.length, 26);
    local.writeUInt16LE(ownExtra.length, 28);
    const head = Buffer.alloc(46);
    head.writeUInt32LE(0x02014b50, 0);
    head.writeUInt16LE((3 << 8) | 20, 4);
    head.writeUInt16LE(20, 6);
    head.writeUInt16LE(flags, 8);
    head.writeUInt16LE(method, 10);
    head.writeUInt32LE(crc, 16);
    head.writeUInt32LE(packedSize, 20);
    head.writeUInt32LE(size, 24);
    head.writeUInt16LE(name.length, 28);
    head.writeUInt16LE(extra.length, 30);
    head.writeUInt32LE(((entry.mode ?? 0) << 16) >>> 0, 38);
    head.writeUInt32LE(said.at ?? offset, 42);
    parts.push(local, ownName, ownExtra, packed);
    offset += 30 + ownName.length + ownExtra.length + packed.length;
    central.push(head, name, extra);
  }
  const length = central.reduce((sum, part) => sum + part.length, 0);
  const last = Buffer.alloc(22);
  last.writeUInt32LE(0x06054b50, 0);
  last.writeUInt16LE(end.disk ?? 0, 4);
  last.writeUInt16LE(end.countHere ?? end.count ?? entries.length, 8);
  last.writeUInt16LE(end.count ?? entries.length, 10);
  last.writeUInt32LE(end.size ?? length, 12);
  last.writeUInt32LE(end.at ?? offset, 16);
  last.writeUInt16LE(end.comment?.length ?? 0, 20);
  return Buffer.concat([...parts, ...central, end.before ?? new Uint8Array(), last, end.comment ?? new Uint8Array()]);
}
