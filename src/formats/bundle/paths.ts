/** Whether a path stays inside the folder that it is unpacked into: relative, with /, without a step up or a drive. */
export function isSafePath(path: string): boolean {
  if (path === "" || path.length > 400 || /^[/\\]|^[a-z]:|[\\\p{Cc}]/iu.test(path)) return false;
  const parts = path.replace(/\/$/, "").split("/");
  return parts.every((part) => part !== "" && part !== "." && part !== ".." && part !== "__proto__");
}

/** Marks that part lines or turn the direction of text. */
const UNSEEN = /[\u200e\u200f\u2028-\u202e\u2066-\u2069]/u;

/** Names that mean a device to Windows, whatever follows their first point. */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])$/i;

/**
 * Whether a path can be a file's on every system, and does nothing by being there: no device of Windows, no mark that Windows
 * forbids or drops, no mark that is not seen, no hidden file or folder (a `.git` may run what it holds).
 */
export function isPortablePath(path: string): boolean {
  if (!isSafePath(path) || UNSEEN.test(path) || !path.isWellFormed()) return false;
  return path
    .split("/")
    .every(
      (part) =>
        !/[<>:"|?*]|^[ .~]|[ .]$/.test(part) &&
        !DEVICE.test((part.split(".")[0] ?? "").trimEnd()) &&
        new TextEncoder().encode(part).length <= 200,
    );
}

/**
 * The first of some paths that a file system could take for another one: equal, equal but for capitals or the composition of
 * accents, or a file where another path has a folder. A path of a folder ends in /.
 */
export function doubled(paths: readonly string[]): string | undefined {
  const folders = new Map<string, string>();
  const files = new Set<string>();
  const named = new Set<string>();
  for (const path of paths) {
    const parts = path.replace(/\/$/, "").split("/");
    const above = path.endsWith("/") ? parts.length : parts.length - 1;
    for (let depth = 1; depth <= above; depth++) {
      const folder = parts.slice(0, depth).join("/");
      const known = folders.get(folded(folder));
      if ((known !== undefined && known !== folder) || files.has(folded(folder))) return path;
      folders.set(folded(folder), folder);
    }
    const key = folded(path);
    if (named.has(key)) return path;
    named.add(key);
    if (path.endsWith("/")) continue;
    if (folders.has(key)) return path;
    files.add(key);
  }
  return undefined;
}

const folded = (path: string): string => path.normalize("NFC").toUpperCase().toLowerCase();
