import type { Case } from "../../case/index.ts";
import { type CalendarDate, formatDay } from "../../core/dates/index.ts";
import type { Problem } from "../../core/problems/index.ts";
import { nearest, problem } from "../../core/problems/index.ts";
import type { Resolution } from "../../record/index.ts";
import type { AskedQuestion, ResolutionEntry } from "./entry.ts";
import type { Kept, RecordFile } from "./file.ts";
import { askedOf, resolutionOf, rewordingOf } from "./questions.ts";

/** How a question came out, and who says so. */
export interface Settled {
  readonly from: "record" | "case";
  readonly resolution: Resolution;
  readonly source: string;
}

type KeptResolution = Kept & ResolutionEntry;

/** Whether a line follows another, directly or over lines between. */
function comesFrom({ entries }: RecordFile, entry: Kept, hash: string): boolean {
  const known = new Map(entries.map((each) => [each.hash, each.follows]));
  const seen = new Set<string>();
  const next = [...entry.follows];
  for (let at = next.pop(); at !== undefined; at = next.pop()) {
    if (at === hash) return true;
    if (seen.has(at)) continue;
    seen.add(at);
    next.push(...(known.get(at) ?? []));
  }
  return false;
}

/**
 * How each question of a case came out: by the record, whose last word counts, and by the case's `resolutions:`.
 *
 * Where the two differ, the question is left open and a problem says so. Lines about questions that the case asks otherwise
 * now, or no more, are left out with a warning.
 */
export function settledQuestions(
  content: Case,
  record: RecordFile,
): { settled: ReadonlyMap<string, Settled>; problems: Problem[] } {
  const problems: Problem[] = [];
  const settled = new Map<string, Settled>();
  const inRecord = new Map<string, KeptResolution>();
  const torn = new Map<string, readonly [KeptResolution, KeptResolution]>();
  for (const entry of record.entries) {
    if (entry.kind !== "resolution") continue;
    const { usable, problem: fault } = fitting(content, entry.question);
    if (fault !== undefined) problems.push({ ...fault, ...entry.place });
    if (!usable) continue;
    const before = inRecord.get(entry.question.id);
    inRecord.set(entry.question.id, entry);
    // Two branches that settle a question otherwise: neither knew of the other, and no line that knew both has decided.
    if (before === undefined || wordOf(resolutionOf(before)) === wordOf(resolutionOf(entry)))
      torn.delete(entry.question.id);
    else if (!comesFrom(record, entry, before.hash)) torn.set(entry.question.id, [before, entry]);
    else if (!(torn.get(entry.question.id) ?? []).every((each) => comesFrom(record, entry, each.hash))) continue;
    else torn.delete(entry.question.id);
  }
  for (const id of Object.keys(content.questions)) {
    const [one, other] = torn.get(id) ?? [];
    if (one !== undefined && other !== undefined) {
      const facts = { question: id, one: wordOf(resolutionOf(one)), other: wordOf(resolutionOf(other)) };
      problems.push({ ...problem("resolution-torn", facts), ...other.place });
      continue;
    }
    const entry = inRecord.get(id);
    const own = ofCase(content, id);
    if (entry !== undefined && own !== undefined && wordOf(resolutionOf(entry)) !== wordOf(own)) {
      const facts = { question: id, one: wordOf(resolutionOf(entry)), other: wordOf(own) };
      problems.push(problem("resolution-two", facts, content.place(["resolutions", id])));
      continue;
    }
    if (entry !== undefined) {
      settled.set(id, { from: "record", resolution: resolutionOf(entry), source: entry.source });
    } else if (own !== undefined) {
      settled.set(id, { from: "case", resolution: own, source: own.source ?? "" });
    }
  }
  return { settled, problems };
}

/** Whether a line of the record is about a question as the case asks it now, and what is to be said of it. */
export function fitting(content: Case, asked: AskedQuestion): { usable: boolean; problem?: Problem } {
  const question = content.questions[asked.id];
  if (question === undefined) {
    const near = nearest(asked.id, Object.keys(content.questions));
    return { usable: false, problem: problem("question-gone", { question: asked.id, near }) };
  }
  const what = rewordingOf(asked, askedOf(asked.id, question));
  if (what === undefined) return { usable: true };
  return { usable: what === "text", problem: problem("question-reworded", { question: asked.id, what }) };
}

/** An outcome in a word. */
export function wordOf({ outcome }: Resolution): string {
  return outcome.kind === "annulled" ? "annulled" : String(outcome.is);
}

/**
 * How the case's own `resolutions:` settle a question. Of a date to the month the first day counts, so that no forecast made
 * after the answer was known does.
 */
function ofCase(content: Case, id: string): Resolution | undefined {
  const given = content.resolutions[id];
  if (given === undefined) return undefined;
  const told = (by: string, published: CalendarDate | undefined) =>
    published === undefined ? by : `${by}, ${published.text}`;
  const cited = (given.source ?? []).map((ref) => {
    const { publisher, by, title = ref.source, published } = content.sources[ref.source] ?? {};
    return told(publisher ?? by ?? title, published);
  });
  const reported = (given.reports ?? []).map(({ publisher, published }) => told(publisher, published));
  const source = [...reported, ...cited].join("; ");
  const on = given.date === undefined ? {} : { on: given.date.first };
  if ("annulled" in given) {
    return { question: id, outcome: { kind: "annulled", because: given.annulled }, source, ...on };
  }
  return {
    question: id,
    outcome: { kind: "hypothesis", is: given.outcome },
    source,
    ...on,
  };
}

/** Since when a question can be forecast no more, in words; undefined where it is open on a day. */
export function closedOn(
  asked: AskedQuestion,
  settled: Settled | undefined,
  on: string,
): { what: string; end: string } | undefined {
  const resolved = settled?.resolution.on;
  if (settled !== undefined && resolved === undefined && (asked.closes === null || asked.closes >= on)) {
    return { what: "was resolved", end: "a day that is not told" };
  }
  if (resolved !== undefined && formatDay(resolved) < on) return { what: "was resolved", end: formatDay(resolved) };
  return asked.closes !== null && asked.closes < on ? { what: "closed", end: asked.closes } : undefined;
}
