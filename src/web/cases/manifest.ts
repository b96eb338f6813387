import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { PackedFiles } from "../engine/protocol.ts";

/** The manifest of a shared case stands beside its files under this name. */
export const MANIFEST = "parley-manifest.json";

export interface Manifest {
  readonly format: "parley-bundle-1";
  readonly parley: string;
  readonly title: string;
  readonly main: string;
  readonly files: readonly { readonly path: string; readonly bytes: number; readonly sha256: string }[];
}

export function manifestOf({ main, files }: PackedFiles, title: string, parley: string): Manifest {
  const entries = Object.entries(files).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const listed = entries.map(([path, text]) => {
    const bytes = utf8ToBytes(text);
    return { path, bytes: bytes.length, sha256: bytesToHex(sha256(bytes)) };
  });
  return { format: "parley-bundle-1", parley, title, main, files: listed };
}

/** The first file that is not as the manifest says; undefined where all are. A file that it does not name is none of the case's. */
export function differs(manifest: unknown, files: Readonly<Record<string, string>>): string | undefined {
  const listed = (manifest as Partial<Manifest> | null)?.files;
  if (!Array.isArray(listed)) return MANIFEST;
  const said = new Map(listed.map((each: Partial<Manifest["files"][number]>) => [each.path, each.sha256]));
  for (const [path, text] of Object.entries(files)) {
    if (said.get(path) !== bytesToHex(sha256(utf8ToBytes(text)))) return path;
    said.delete(path);
  }
  return [...said.keys()].find((path) => path !== undefined && /\.(ya?ml|csv|md|txt)$/i.test(path));
}
