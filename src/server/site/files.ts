import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { getMimeType } from "hono/utils/mime";

/** A file of the built workbench, as it is handed out. */
export interface SiteFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
  /** Whether its name changes with its content. */
  readonly hashed: boolean;
}

/** The built workbench beside this code, in a clone and in the installed package; undefined where it was not built. */
export function builtWorkbench(): string | undefined {
  const named = process.env["PARLEY_WORKBENCH"];
  const folders =
    named === undefined || named === ""
      ? // The built files stand nearer to the root than the sources do.
        ["..", "../..", "../../.."].map((up) => fileURLToPath(new URL(`${up}/dist/web`, import.meta.url)))
      : [named];
  return folders.find((folder) => existsSync(join(folder, "index.html")));
}

/**
 * The files of a folder by the path of an address.
 *
 * A path is looked up among the names that stand in the folder, as they are: nothing in an address is decoded or
 * resolved, and no link is followed.
 */
export function siteFiles(folder: string): (pathname: string) => SiteFile | undefined {
  let known = namesIn(folder);
  return (pathname) => {
    const asked = pathname === "/" ? "/index.html" : pathname;
    // It may have been built anew meanwhile.
    if (!known.has(asked)) known = namesIn(folder);
    const file = known.get(asked);
    if (file === undefined) return undefined;
    try {
      const bytes = new Uint8Array(readFileSync(file));
      return { bytes, type: getMimeType(file) ?? "application/octet-stream", hashed: asked.startsWith("/assets/") };
    } catch {
      return undefined;
    }
  };
}

function namesIn(folder: string): ReadonlyMap<string, string> {
  if (!existsSync(folder)) return new Map();
  const root = realpathSync(folder);
  const files = readdirSync(root, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    // A folder that is a link is walked through, too.
    .filter((file) => realpathSync(file) === file);
  return new Map(files.map((file) => [`/${relative(root, file).split(sep).join("/")}`, file]));
}
