import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { z } from "zod";
import { canonical, type Raw } from "../../case/index.ts";
import type { Place, Problem } from "../../core/problems/index.ts";
import { ParleyError, problem } from "../../core/problems/index.ts";
import { checkForecast, checkQuestion, checkResolution } from "../../record/index.ts";
import { VERSION } from "../../version.ts";
import { type EntryDraft, entrySchema, RECORD_FORMAT, type RecordEntry } from "./entry.ts";
import { forecastOf, questionOf, resolutionOf } from "./questions.ts";

/** A line of a record and where it stands. */
export type Kept = RecordEntry & { readonly place: Place };

/** A record as its file gives it. */
export interface RecordFile {
  /** The file, as the user knows it. */
  readonly file: string;
  readonly entries: readonly Kept[];
  /** Hashes of lines that none follows: what the next one follows. */
  readonly tails: readonly string[];
}

/** Largest record that is read, in bytes. */
export const LARGEST_RECORD = 50_000_000;

/** What the record of a case is called, beside its main file: `record.jsonl`, or `x.record.jsonl` of a single `x.yaml`. */
export function recordNameOf(main: string): string {
  return main === "case.yaml" ? "record.jsonl" : `${main.replace(/\.ya?ml$/i, "")}.record.jsonl`;
}

/** The record of a case that has none yet. */
export const emptyRecord = (file: string): RecordFile => ({ file, entries: [], tails: [] });

/**
 * Reads a record: one JSON object a line, each with its own hash and those of the lines that it follows.
 *
 * Every line that is broken, changed after it was written, or follows one that is gone is a problem with its place; two
 * histories after a merge are a note. Only a record without errors may be added to.
 */
export function readRecord(text: string, file: string): { record: RecordFile; problems: Problem[] } {
  const problems: Problem[] = [];
  const entries: Kept[] = [];
  const above = new Map<string, number>();
  const open = new Set<string>();
  /** When each line was written. */
  const moments = new Map<string, string>();
  // A line without fault that follows one with a fault is not blamed for it.
  let isBroken = false;
  for (const [index, raw] of text
    .replace(/^\ufeff/, "")
    .split("\n")
    .entries()) {
    const written = raw.replace(/\r$/, "");
    if (written.trim() === "") continue;
    const place = { file, line: index + 1, column: 1 };
    const { entry, problems: faults } = readLine(written, place);
    if (entry === undefined) {
      problems.push(...faults);
      isBroken = true;
      continue;
    }
    const twin = above.get(entry.hash);
    if (twin !== undefined) problems.push(fault(`it stands on line ${twin} already (expected each line once)`, place));
    const missing = entry.follows.find((each) => !above.has(each));
    if (missing !== undefined && !isBroken) problems.push(problem("record-changed", { hash: missing }, place));
    const later = entry.follows.flatMap((each) => moments.get(each) ?? []).find((each) => each > entry.written);
    if (later !== undefined) {
      problems.push(fault(`it was written at ${entry.written}, before a line that it follows (${later})`, place));
    }
    moments.set(entry.hash, entry.written);
    for (const each of entry.follows) open.delete(each);
    if (twin === undefined) open.add(entry.hash);
    above.set(entry.hash, twin ?? place.line);
    entries.push({ ...entry, place });
  }
  const tails = [...open];
  if (tails.length > 1 && problems.length === 0)
    problems.push(problem("record-forked", { count: tails.length }, { file, line: 0, column: 0 }));
  return { record: { file, entries, tails }, problems };
}

/**
 * Lines to be added to a record, each with its newline; the first follows every line that none follows yet.
 *
 * @param written the time now, in UTC
 * @throws ParleyError where a line would be one that {@link readRecord} refuses.
 */
export function addedLines({ tails, file }: RecordFile, drafts: readonly EntryDraft[], written: string): string {
  let follows = tails;
  let text = "";
  for (const draft of drafts) {
    const unsigned = { format: RECORD_FORMAT, ...draft, written, parley: VERSION, follows };
    const whole = { ...unsigned, hash: hashOfEntry(unsigned) };
    const { problems } = readLine(JSON.stringify(whole), { file, line: 0, column: 0 });
    if (problems.length > 0) throw new ParleyError(problems);
    text += `${JSON.stringify(inOrder(whole))}\n`;
    follows = [whole.hash];
  }
  return text;
}

/** The hash of a line: SHA-256 of its content with sorted keys, its own hash left out; layout does not count. */
export function hashOfEntry(entry: Readonly<Record<string, unknown>>): string {
  const { hash: _, ...rest } = entry;
  return bytesToHex(sha256(utf8ToBytes(canonical(rest as Raw))));
}

/** The order in which a person reads a line. */
const ORDER = ["format", "kind", "on", "by", "question", "says", "outcome", "source", "because"] as const;

function inOrder(entry: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const first = ORDER.flatMap((name) => (Object.hasOwn(entry, name) ? [[name, entry[name]] as const] : []));
  return { ...Object.fromEntries(first), ...entry };
}

function readLine(text: string, place: Place): { entry?: RecordEntry; problems: Problem[] } {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    const isCut = text.startsWith("{") && !text.trimEnd().endsWith("}");
    return { problems: [fault(isCut ? "the line ends in the middle" : "no JSON (expected a JSON object)", place)] };
  }
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) {
    return { problems: [fault("expected a JSON object", place)] };
  }
  const { format } = raw as { format?: unknown };
  if (format !== RECORD_FORMAT) {
    const value = typeof format === "string" ? format : "none";
    return { problems: [problem("record-version", { value }, place)] };
  }
  const parsed = entrySchema.safeParse(raw);
  if (!parsed.success) return { problems: [fault(shapeFault(parsed.error, raw), place)] };
  const entry = parsed.data;
  const problems: Problem[] = [];
  if (hashOfEntry(raw as Record<string, unknown>) !== entry.hash) {
    problems.push(fault("its hash is not that of its content: it was changed after it was written", place));
  }
  if (entry.on > entry.written.slice(0, 10)) {
    problems.push(fault(`its day, ${entry.on}, lies after the day on which it was written`, place));
  }
  try {
    const question = questionOf(entry.question);
    checkQuestion(question);
    if (entry.kind === "forecast") checkForecast(question, forecastOf(entry));
    else {
      if (entry.outcome === null && entry.because === null) {
        problems.push(fault("an annulled question without a reason (expected because)", place));
      }
      checkResolution(question, resolutionOf(entry));
    }
  } catch (error) {
    if (!(error instanceof ParleyError)) throw error;
    problems.push(...error.problems.map((each) => ({ ...each, ...place })));
  }
  return problems.length > 0 ? { problems } : { entry, problems };
}

const fault = (detail: string, place: Place): Problem => problem("record-line", { detail }, place);

/** What is wrong with the shape of a line, in words. */
function shapeFault(error: z.ZodError, raw: object): string {
  const [issue] = error.issues;
  if (issue === undefined) return "of another shape";
  if (issue.code === "unrecognized_keys") return `unknown key ${issue.keys.join(", ")}`;
  const path = issue.path.map(String).join(".");
  let value: unknown = raw;
  for (const step of issue.path) value = (value as Record<PropertyKey, unknown> | undefined)?.[step];
  if (value === undefined) return `missing ${path === "" ? "kind (expected forecast or resolution)" : path}`;
  const shown = typeof value === "object" ? "" : ` ${String(value).slice(0, 60)}`;
  const expected = issue.code === "invalid_type" ? `a ${issue.expected}` : issue.message;
  return `invalid ${path}:${shown} (expected ${path === "kind" ? "forecast or resolution" : expected})`;
}
