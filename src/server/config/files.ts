import { closeSync, openSync, readSync } from "node:fs";

/** A file with a secret in it is no longer than this, in bytes; what is longer is some other file. */
const LONGEST = 65_536;

/** What a secret's file says, or why it cannot be used. */
export type FileRead = { readonly text: string } | { readonly why: string };

/**
 * The one line of a file that holds a secret; the line break that editors put at its end is no part of it.
 *
 * No more is read than a secret can be long, so that a device that never ends is refused.
 */
export function lineOfFile(path: string): FileRead {
  let bytes: Buffer;
  try {
    bytes = startOf(path);
  } catch (error) {
    return { why: reasonOf(error) };
  }
  if (bytes.length > LONGEST) return { why: "it is too large to be a secret" };
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes).replace(/\r?\n$/, "");
  } catch {
    return { why: "it is no text in UTF-8" };
  }
  if (text.trim() === "") return { why: "it is empty" };
  if (/[\r\n\0]/.test(text)) return { why: "it has more than one line" };
  return { text: text.trim() };
}

function startOf(path: string): Buffer {
  const file = openSync(path, "r");
  try {
    const buffer = Buffer.alloc(LONGEST + 1);
    let length = 0;
    for (;;) {
      const read = readSync(file, buffer, length, buffer.length - length, null);
      length += read;
      if (read === 0 || length === buffer.length) return buffer.subarray(0, length);
    }
  } finally {
    closeSync(file);
  }
}

/** What a file system's error means, in words. */
export function reasonOf(error: unknown): string {
  const { code = "", message } = error as NodeJS.ErrnoException;
  const words: Readonly<Record<string, string>> = {
    EACCES: "permission denied",
    EISDIR: "it is a folder",
    ELOOP: "it is a link",
    ENOENT: "it does not exist",
    ENOSPC: "the disk is full",
    ENOTDIR: "a part of its path is no folder",
    EROFS: "the disk is read-only",
  };
  return words[code] ?? message;
}
