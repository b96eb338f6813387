import { oneLine, ParleyError } from "../../core/problems/index.ts";

/**
 * The files of one case, wherever they are: a folder on disk, a zip, a browser's memory.
 *
 * Paths are relative to the case folder, with forward slashes. `read` throws a ParleyError where a file is missing,
 * unreadable or outside the folder.
 */
export interface CaseFiles {
  /** Path of the case's main file inside the folder, usually `case.yaml`. */
  readonly main: string;
  /** How a file is called in messages: its path as the user knows it. */
  label(path: string): string;
  read(path: string): Uint8Array;
}

/** A case of texts in memory: for tests, standard input and the browser. */
export function filesInMemory(files: Readonly<Record<string, string | Uint8Array>>, main = "case.yaml"): CaseFiles {
  const encoder = new TextEncoder();
  return {
    main,
    label: (path) => path,
    read(path) {
      const content = Object.hasOwn(files, path) ? files[path] : undefined;
      if (content === undefined) throw ParleyError.of("file-not-found", { path });
      return typeof content === "string" ? encoder.encode(content) : content;
    },
  };
}

/**
 * A path that a case names, made safe: relative, inside the folder, without surprises.
 *
 * Refused are absolute paths, drive letters, `..` that leaves the folder, backslashes and control characters.
 */
export function safePath(path: string): string | undefined {
  if (path === "" || path.length > 500 || path !== oneLine(path)) return undefined;
  if (/^[/~]|\\|^[a-zA-Z]:|^[a-z]+:\/\//.test(path)) return undefined;
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.length === 0 ? undefined : parts.join("/");
}

/** Largest case file, in bytes. */
export const MAX_CASE_BYTES = 5_000_000;
/** Largest data file of a case, in bytes. */
export const MAX_DATA_BYTES = 20_000_000;

/**
 * The text of a file; a byte order mark is dropped.
 *
 * @throws ParleyError where the file is too large or no UTF-8 text.
 */
export function decodeText(bytes: Uint8Array, file: string, limit: number): string {
  const place = { file, line: 1, column: 1 };
  if (bytes.length > limit) throw ParleyError.of("file-too-large", { size: bytes.length, limit }, place);
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    throw ParleyError.of("file-not-text", { why: "it is UTF-16; save it as UTF-8" }, place);
  }
  if (bytes.includes(0)) throw ParleyError.of("file-not-text", { why: "it holds zero bytes" }, place);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw ParleyError.of("file-not-text", { why: "it is not valid UTF-8" }, place);
  }
}
