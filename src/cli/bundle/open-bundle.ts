import { readFileSync, statSync } from "node:fs";
import { reasonOf } from "../../case/folder.ts";
import type { CaseFiles } from "../../case/index.ts";
import { filesInMemory } from "../../case/index.ts";
import { ParleyError } from "../../core/problems/index.ts";
import { lockOf, MOST_BYTES, openBundle } from "../../formats/bundle/index.ts";

/** Whether a name is that of a bundle, which stands for the case in it. */
export const isBundle = (target: string): boolean => /\.parley\.zip(?:\.age)?$/i.test(target);

/** A bundle as it is on disk, packed and perhaps encrypted, may be this large, in bytes. */
const LARGEST = MOST_BYTES + 5_000_000;

/** @throws ParleyError file-not-found, file-unreadable, file-too-large */
export function readBundleFile(path: string): Uint8Array {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) throw ParleyError.of("file-not-found", { path });
  if (!stat.isFile()) throw ParleyError.of("file-unreadable", { path, reason: "it is no file" });
  const place = { file: path, line: 0, column: 0 };
  if (stat.size > LARGEST) throw ParleyError.of("file-too-large", { size: stat.size, limit: LARGEST }, place);
  try {
    return readFileSync(path);
  } catch (error) {
    throw ParleyError.of("file-unreadable", { path, reason: reasonOf(error) });
  }
}

/**
 * The case in a bundle, read in memory: nothing of it is written to disk.
 *
 * @throws ParleyError where it is encrypted or refused
 */
export function filesInBundle(target: string): CaseFiles {
  const bytes = readBundleFile(target);
  if (lockOf(bytes) !== undefined) throw ParleyError.of("lock-unpack-first", { file: target });
  const { manifest, files } = openBundle(bytes, target);
  return {
    ...filesInMemory(Object.fromEntries(files), manifest.main),
    label: (path) => `${target}/${path}`,
  };
}
