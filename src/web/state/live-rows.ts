import type { AnswerId } from "../../assess/index.ts";
import { percent } from "../../assess/index.ts";
import { words } from "../words.ts";
import type { Row } from "./rows.ts";
import type { LiveAnswer } from "./store.ts";

type Rows = Readonly<Record<AnswerId, readonly Row[]>>;

/** A row with what is known of the view itself, before its assessment is there. */
export interface LiveRow extends Row {
  /** Whether its figure is of the view looked at, and not of the one before. */
  readonly current: boolean;
}

/**
 * Puts what is known of a view in the place of the figures of the view before: the same row has the same figure, and its range
 * over the readings waits. Where the row's figure is a chance that takes longer, the answer at central values stands beside it.
 */
export function withLive(rows: Rows, { parts }: LiveAnswer): Readonly<Record<AnswerId, readonly LiveRow[]>> {
  const figures = new Map<string, number>();
  const notes = new Map<string, string>();
  for (const { question, median } of parts.posteriors?.questions ?? []) figures.set(`when/${question}`, median);
  for (const { question, p } of parts.curve?.figures.questions ?? []) figures.set(`when/${question}/simulated`, p);
  const relapse = parts.curve?.figures.relapse.find(({ months }) => months === YEAR);
  if (relapse !== undefined) figures.set("holds/relapse", relapse.p);
  if (parts.deal !== undefined) notes.set("what/deal", words.dealNow(parts.deal.exists));
  for (const { id, acceptable } of parts.proposals?.proposals ?? []) {
    notes.set(`what/${id}`, words.acceptedNow(acceptable));
  }
  for (const { id, stable } of parts.situations?.situations ?? []) notes.set(`holds/${id}`, words.holdsNow(stable));
  const place = (row: Row): LiveRow => {
    const value = figures.get(row.id);
    if (value !== undefined) {
      return { ...row, value, text: percent(value), range: undefined, note: words.ofViewAlone, current: true };
    }
    const note = notes.get(row.id);
    return { ...row, ...(note === undefined ? {} : { note, range: undefined }), current: false };
  };
  return {
    why: rows.why.map(place),
    when: rows.when.map(place),
    what: rows.what.map(place),
    holds: rows.holds.map(place),
    changes: rows.changes.map(place),
  };
}

/** The same with what the evidence alone has said since, where it has. */
export function withEvidence(rows: readonly LiveRow[], evidence: readonly Row[]): readonly LiveRow[] {
  const found = new Map(evidence.map((row) => [row.id, { ...row, current: true }]));
  const known = new Set(rows.map(({ id }) => id));
  const more = evidence.filter(({ id }) => !known.has(id)).map((row) => ({ ...row, current: true }));
  return [...rows.map((row) => found.get(row.id) ?? row), ...more];
}

const YEAR = 12;
