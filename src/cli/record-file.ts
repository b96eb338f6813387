import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  lstatSync,
  openSync,
  readFileSync,
  realpathSync,
  statSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import {
  addedLines,
  type EntryDraft,
  emptyRecord,
  LARGEST_RECORD,
  type RecordFile,
  readRecord,
  recordNameOf,
} from "../assess/index.ts";
import { reasonOf } from "../case/folder.ts";
import { ParleyError, type Problem } from "../core/problems/index.ts";
import { isBundle } from "./bundle/open-bundle.ts";
import { bundledFolder, isBundled } from "./target.ts";

const IN_FOLDER = recordNameOf("case.yaml");

/** Where a case's record stands. */
export interface RecordPlace {
  readonly file: string;
  /** Whether the user named the file; else it stands in the case's folder, and no link may lead out of it. */
  readonly named: boolean;
}

/**
 * The record of a target: `record.jsonl` beside its case.yaml, `x.record.jsonl` beside a single `x.yaml`, or the file
 * that is named.
 *
 * @throws ParleyError record-no-place where the target has no folder: standard input, a packed case.
 */
export function recordOf(target: string, named?: string): RecordPlace {
  if (named !== undefined) return { file: named, named: true };
  if (target === "-") throw ParleyError.of("record-no-place", { target: "standard input" });
  if (isBundle(target)) throw ParleyError.of("record-no-place", { target: "a packed case" });
  if (isBundled(target)) return { file: shortest(join(bundledFolder(), target, IN_FOLDER)), named: false };
  if (statSync(target, { throwIfNoEntry: false })?.isDirectory() === true) {
    return { file: join(target, IN_FOLDER), named: false };
  }
  return { file: join(dirname(target), recordNameOf(basename(target))), named: false };
}

function shortest(path: string): string {
  const here = relative(process.cwd(), path);
  return here.length < path.length ? here : path;
}

/**
 * Refuses a record in the folder of the cases that ship with Parley.
 *
 * @throws ParleyError bundled-case
 */
export function refuseBundled(target: string, { named }: RecordPlace): void {
  if (named) return;
  const isInside = () => {
    if (!existsSync(target) || !existsSync(bundledFolder())) return false;
    const way = relative(realpathSync(bundledFolder()), realpathSync(target));
    return way !== "" && !way.startsWith("..");
  };
  if (isBundled(target) || isInside()) throw ParleyError.of("record-bundled", { name: target });
}

/**
 * Reads a record; one that is not there is empty.
 *
 * @throws ParleyError where the file cannot be read, or a link leads out of the case's folder.
 */
export function openRecord({ file, named }: RecordPlace): { record: RecordFile; problems: Problem[]; there: boolean } {
  const there = lstatSync(file, { throwIfNoEntry: false });
  if (there === undefined) return { record: emptyRecord(file), problems: [], there: false };
  if (!named && there.isSymbolicLink()) throw ParleyError.of("path-outside-folder", { path: file });
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined || !stat.isFile()) {
    throw ParleyError.of("file-unreadable", { path: file, reason: "it is no file" });
  }
  if (stat.size > LARGEST_RECORD)
    throw ParleyError.of("file-too-large", { size: stat.size, limit: LARGEST_RECORD }, at(file));
  return { ...readRecord(textOf(file), file), there: true };
}

const at = (file: string) => ({ file, line: 1, column: 1 });

function textOf(file: string): string {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw ParleyError.of("file-unreadable", { path: file, reason: reasonOf(error) });
  }
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw ParleyError.of("file-not-text", { why: "it is not valid UTF-8" }, at(file));
  }
}

/**
 * Adds lines to a record, in one write at its end; a last line without a newline gets it first.
 *
 * @throws ParleyError where the record is broken, or cannot be written; nothing is written then.
 */
export function appendTo(place: RecordPlace, drafts: readonly EntryDraft[], now: Date): string {
  const { file } = place;
  const { record, problems, there } = openRecord(place);
  const broken = problems.filter(({ severity }) => severity === "error");
  if (broken.length > 0) throw new ParleyError(broken);
  const lines = addedLines(record, drafts, now.toISOString());
  const fault = there ? unwritable(file) : unwritable(dirname(file));
  if (fault !== undefined) throw ParleyError.of("write-failed", { path: file, reason: fault });
  const isCut = there && !/(^|\n)$/.test(textOf(file));
  let descriptor: number | undefined;
  try {
    // A link that came since is not followed, unless the user named the file.
    const follow = place.named ? 0 : (constants.O_NOFOLLOW ?? 0);
    descriptor = openSync(file, constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | follow, 0o644);
    writeSync(descriptor, `${isCut ? "\n" : ""}${lines}`);
  } catch (error) {
    throw ParleyError.of("write-failed", { path: file, reason: reasonOf(error) });
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
  return lines;
}

/** Why something may not be written to; what nobody may write to is left alone even by those who could. */
function unwritable(path: string): string | undefined {
  try {
    accessSync(path, constants.W_OK);
    return (statSync(path).mode & 0o222) === 0 ? "it is read-only" : undefined;
  } catch (error) {
    return reasonOf(error);
  }
}
