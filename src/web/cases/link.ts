import { deflateSync, Inflate } from "fflate";
import { isSafePath } from "../../formats/bundle/paths.ts";
import type { PackedFiles } from "../engine/protocol.ts";

/** A case that an address holds. */
export interface LinkedCase {
  readonly name: string;
  readonly packed: PackedFiles;
}

/** In characters of the address: what every browser, mail and chat lets through. */
export const MOST_CHARACTERS = 8000;
/** Of what comes out of it, in bytes: far more than any case that fits in. */
const MOST_BYTES = 1_000_000;

/** Packs a case into the part of an address that stands behind `#/~`. */
export function linkOf({ name, packed: { main, files } }: LinkedCase): string {
  const text = new TextEncoder().encode(JSON.stringify({ v: 1, name, main, files: needed(files) }));
  return base64url(deflateSync(text, { level: 9 }));
}

/** The engine reads YAML and data; what is there for people alone stays behind. */
export function needed(files: PackedFiles["files"]): PackedFiles["files"] {
  return Object.fromEntries(Object.entries(files).filter(([path]) => /\.(ya?ml|csv)$/i.test(path)));
}

/** Reads such a part back; undefined where it holds no case, however it was made. */
export function readLink(text: string): LinkedCase | undefined {
  if (text.length > 4 * MOST_CHARACTERS) return undefined;
  try {
    const bytes = inflated(fromBase64url(text));
    return bytes === undefined
      ? undefined
      : checked(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)));
  } catch {
    return undefined;
  }
}

function inflated(packed: Uint8Array): Uint8Array | undefined {
  const parts: Uint8Array[] = [];
  let size = 0;
  let ended = false;
  const inflate = new Inflate((part, final) => {
    size += part.length;
    if (size > MOST_BYTES) throw new RangeError("too large");
    parts.push(part);
    ended = final;
  });
  inflate.push(packed, true);
  if (!ended) return undefined;
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function checked(data: unknown): LinkedCase | undefined {
  if (typeof data !== "object" || data === null) return undefined;
  const { v, name, main, files } = data as Record<string, unknown>;
  if (v !== 1 || typeof name !== "string" || typeof main !== "string") return undefined;
  if (typeof files !== "object" || files === null || Array.isArray(files)) return undefined;
  const entries = Object.entries(files as Record<string, unknown>);
  const texts = entries.filter(
    (entry): entry is [string, string] => typeof entry[1] === "string" && isSafePath(entry[0]),
  );
  if (texts.length !== entries.length || !texts.some(([path]) => path === main)) return undefined;
  return { name: name.slice(0, 200), packed: { main, files: Object.fromEntries(texts) } };
}

function base64url(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function fromBase64url(text: string): Uint8Array {
  if (!/^[\w-]+$/.test(text)) throw new SyntaxError("no base64url");
  const bytes = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(bytes, (character) => character.charCodeAt(0));
}
