import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { CaseFiles, Raw, RawMap } from "../case/index.ts";
import { readContent, safePath } from "../case/index.ts";
import type { Problem } from "../core/problems/index.ts";
import { ParleyError, problem } from "../core/problems/index.ts";
import type { StoredCase } from "./store.ts";

/** A file of a case as text. */
export interface CaseText {
  /** Its path inside the case folder. */
  readonly name: string;
  /** SHA-256 of its bytes. */
  readonly hash: string;
  readonly text: string;
}

/** A case's files at one moment. */
export interface Snapshot {
  readonly title: string | undefined;
  readonly asOf: string | undefined;
  /** SHA-256 over all its files as they stand, comments and layout too. */
  readonly hash: string;
  /** The main file first. */
  readonly files: readonly CaseText[];
  /** Why a file could not be read, or what in it is no YAML. */
  readonly problems: readonly Problem[];
}

/** Largest file of a case, in bytes. */
const LARGEST = 20_000_000;

/** Takes snapshots; remembers which files a case had, for a time in which its text does not say. */
export class Snapshots {
  readonly #known = new Map<string, readonly string[]>();

  /** @param names - files that it is known to have, for a text that does not say. */
  of({ id, files }: StoredCase, names: readonly string[] = []): Snapshot {
    const { content, problems } = readContent(files);
    const known = [...(this.#known.get(id) ?? []), ...names];
    const isWhole = content !== undefined && !problems.some(({ severity }) => severity === "error");
    const named = content === undefined ? [] : [...content.inside.values(), ...dataFiles(content.raw)];
    // In a text that is broken half-way the files that it named a moment ago are still its own.
    const all = new Set([files.main, ...named, ...(isWhole ? [] : known)]);
    if (isWhole) this.#known.set(id, [...all]);
    const found: CaseText[] = [];
    const faults: Problem[] = [...problems];
    for (const name of all) {
      try {
        const bytes = files.read(name);
        found.push({ name, hash: hashOf(bytes), text: textOf(bytes, files.label(name)) });
      } catch (error) {
        if (!(error instanceof ParleyError)) throw error;
        const told = error.problems.filter(({ code }) => !faults.some((other) => other.code === code));
        if (content !== undefined || name === files.main) faults.push(...told);
      }
    }
    const raw: RawMap = content?.raw ?? {};
    return {
      title: wordOf(raw["title"]),
      asOf: wordOf(raw["asOf"]),
      hash: hashOf(
        utf8ToBytes(
          found
            .map(({ name, hash }) => `${name}\0${hash}\n`)
            .sort()
            .join(""),
        ),
      ),
      files: found,
      problems: faults,
    };
  }
}

/** A snapshot as the files of a case, which nobody changes any more. */
export function filesOf({ files: given }: Snapshot, { files }: StoredCase): CaseFiles {
  const encoder = new TextEncoder();
  const texts = new Map(given.map(({ name, text }) => [name, text]));
  return {
    main: files.main,
    label: (path) => files.label(path),
    read(path) {
      const text = texts.get(path);
      if (text === undefined) throw ParleyError.of("file-not-found", { path });
      return encoder.encode(text);
    },
  };
}

/** SHA-256 of a file's bytes, as the workbench names it. */
export function hashOf(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes));
}

/** Whether a file of a case is YAML by its name. */
export function isYaml(name: string): boolean {
  return /\.ya?ml$/i.test(name);
}

function dataFiles(raw: RawMap): string[] {
  const indicators = raw["indicators"];
  if (typeof indicators !== "object" || indicators === null) return [];
  return Object.values(indicators).flatMap((indicator: Raw) => {
    const file = typeof indicator === "object" && indicator !== null ? (indicator as RawMap)["file"] : undefined;
    const path = typeof file === "string" ? safePath(file) : undefined;
    return path === undefined ? [] : [path];
  });
}

/** The text with its byte order mark, so that it can be written back as it was. */
function textOf(bytes: Uint8Array, label: string): string {
  const place = { file: label, line: 1, column: 1 };
  if (bytes.length > LARGEST) {
    throw new ParleyError([problem("file-too-large", { size: bytes.length, limit: LARGEST }, place)]);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new ParleyError([problem("file-not-text", { why: "it is not valid UTF-8" }, place)]);
  }
}

function wordOf(value: Raw | undefined): string | undefined {
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}
