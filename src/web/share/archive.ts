import { zipped } from "../../formats/bundle/bundle.ts";
import type { PackedFiles } from "../engine/protocol.ts";

/** A case as an archive, as `parley pack` makes one: its files as they are, and a manifest with their hashes. */
export function archiveOf({ main, files }: PackedFiles, title: string, parley: string): Uint8Array<ArrayBuffer> {
  return zipped(files, { main, title, parley });
}
