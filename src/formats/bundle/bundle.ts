import { deflateSync, type Zippable, zipSync } from "fflate";
import { ParleyError } from "../../core/problems/index.ts";
import {
  type About,
  type BundleFiles,
  differs,
  MANIFEST,
  type Manifest,
  manifestOf,
  readManifest,
} from "./manifest.ts";
import { doubled, isPortablePath } from "./paths.ts";
import { MOST_BYTES, MOST_ENTRY, MOST_FILES, shrinksTooMuch, unzip } from "./zip.ts";

/** A case as it came out of a bundle, each file as its manifest says. */
export interface Bundle {
  readonly manifest: Manifest;
  /** The case's files by their path, the manifest not among them. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** The first day that an archive can name, at noon, which every place has had: the same case gives the same bytes. */
const day = (): Date => new Date(1980, 0, 1, 12);

/** A case as an archive: its files as they are, in the order of their names, and a manifest with their SHA-256. */
export function zipped(files: BundleFiles, about: About): Uint8Array<ArrayBuffer> {
  const manifest = `${JSON.stringify(manifestOf(files, about), null, 2)}\n`;
  const encoder = new TextEncoder();
  const entries = Object.entries({ ...files, [MANIFEST]: manifest })
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, content]) => [path, typeof content === "string" ? encoder.encode(content) : content] as const);
  const content: Zippable = {};
  for (const [path, bytes] of entries) {
    // What shrinks as a bomb does would be refused as one: it goes in as it is.
    content[path] = shrinksTooMuch(bytes.length, deflateSync(bytes, LEVEL).length) ? [bytes, { level: 0 }] : bytes;
  }
  return zipSync(content, { ...LEVEL, mtime: day() }) as Uint8Array<ArrayBuffer>;
}

const LEVEL = { level: 9 } as const;

/**
 * A case as an archive that every system can unpack.
 *
 * @throws ParleyError bundle-file where a file's name or size would keep it from being unpacked again.
 */
export function bundle(files: BundleFiles, about: About): Uint8Array<ArrayBuffer> {
  const paths = Object.keys(files);
  const fault = (path: string, why: string) => ParleyError.of("bundle-file", { path, why });
  for (const path of paths) {
    if (path.toLowerCase() === MANIFEST) throw fault(path, "a bundle's own manifest stands there");
    if (!isPortablePath(path)) throw fault(path, "not every system can have a file of this name");
  }
  const double = doubled(paths);
  if (double !== undefined) throw fault(double, "some systems take its name for that of another file");
  let total = 0;
  for (const [path, content] of Object.entries(files)) {
    if (content.length > MOST_ENTRY) throw fault(path, `it has more than ${MOST_ENTRY / 1e6} MB`);
    total += content.length;
    if (total > MOST_BYTES) throw fault(path, `with it the case has more than ${MOST_BYTES / 1e6} MB`);
  }
  if (paths.length >= MOST_FILES) throw fault(paths.at(-1) ?? "", `the case has more than ${MOST_FILES - 1} files`);
  return zipped(files, about);
}

/**
 * Opens a bundle from a stranger, whole in memory: as an archive it is judged before anything is unpacked, and every file must be
 * as the manifest says.
 *
 * @throws ParleyError bundle-refused with the reason.
 */
export function openBundle(bytes: Uint8Array, file: string): Bundle {
  const refused = (why: Why, entry?: string) => ParleyError.of("bundle-refused", { file, why, entry });
  const unzipped = unzip(bytes, () => true);
  if ("refused" in unzipped) throw refused(unzipped.refused, unzipped.entry);
  const files = new Map(unzipped.files);
  for (const path of files.keys()) if (!isPortablePath(path)) throw refused("zip-name", path);
  const text = files.get(MANIFEST);
  if (text === undefined) throw refused("no-manifest");
  files.delete(MANIFEST);
  const manifest = readManifest(new TextDecoder().decode(text));
  if ("fault" in manifest) {
    if (manifest.fault === "later") throw refused("later-manifest");
    throw refused("bad-manifest", manifest.fault);
  }
  const gone = manifest.files.find(({ path, bytes: size }) => files.get(path)?.length !== size)?.path;
  const changed = gone ?? differs(manifest, Object.fromEntries(files));
  if (changed !== undefined) throw refused("zip-changed", changed);
  return { manifest, files };
}

type Why = Parameters<typeof ParleyError.of<"bundle-refused">>[1]["why"];
