import { strToU8, zipSync } from "fflate";
import { MANIFEST, manifestOf } from "../cases/manifest.ts";
import type { PackedFiles } from "../engine/protocol.ts";

/** The earliest day that an archive can name: the same case gives the same bytes. */
const DAY = new Date(1980, 0, 1);

/** A case as an archive: its files as they are, and a manifest with their hashes. */
export function archiveOf(packed: PackedFiles, title: string, parley: string): Uint8Array<ArrayBuffer> {
  const manifest = `${JSON.stringify(manifestOf(packed, title, parley), null, 2)}\n`;
  const files = { ...packed.files, [MANIFEST]: manifest };
  const entries = Object.entries(files).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const content = Object.fromEntries(entries.map(([path, text]) => [path, strToU8(text)]));
  return zipSync(content, { level: 9, mtime: DAY }) as Uint8Array<ArrayBuffer>;
}
