import { type Case, type Dossier, type View, viewCase } from "../case/index.ts";
import type { CalendarDate } from "../core/dates/index.ts";
import type { Moment } from "./argument-schema.ts";
import { capital, humanize } from "./format.ts";
import { nameOfClaim, shortName } from "./reasons.ts";

/**
 * When each source, claim, event and agreement came to be known: the day from which a view as of that day has it.
 *
 * What the view leaves out because it was not known yet is there too, marked. What has no date at all is always known and is
 * not listed.
 */
export function momentsOf(dossier: Dossier, view: View, content: Case): Moment[] {
  const day = view.asOf === undefined && view.strictAsOf !== true ? undefined : { asOf: undefined, strictAsOf: false };
  const all = day === undefined ? content : (viewCase(dossier, { ...view, ...day }).case ?? content);
  const hidden = new Set(content.leftOut);
  const make = (kind: Moment["kind"], section: string, id: string, name: string, date: CalendarDate): Moment => ({
    kind,
    id,
    name,
    date: date.text,
    day: date.first,
    known: !hidden.has(`${section}.${id}`),
  });
  const moments: Moment[] = [];
  for (const [id, { published }] of Object.entries(all.sources)) {
    if (published !== undefined) moments.push(make("source", "sources", id, shortName(all, id), published));
  }
  for (const [id, claim] of Object.entries(all.claims)) {
    const date = knownFrom(all, claim);
    if (date !== undefined) moments.push(make("claim", "claims", id, capital(nameOfClaim(all, id)), date));
  }
  for (const [id, event] of Object.entries(all.events)) {
    const kind = event.kind === "scheduled" ? "scheduled" : "event";
    moments.push(make(kind, "events", id, event.name ?? capital(humanize(id)), event.date));
  }
  for (const [id, agreement] of Object.entries(all.agreements)) {
    moments.push(make("agreement", "agreements", id, agreement.name ?? capital(humanize(id)), agreement.signed));
  }
  return moments.toSorted((a, b) => a.day - b.day || (a.id < b.id ? -1 : 1));
}

/** The later of a claim's own day and the first of its sources'; undefined where a source without a date gives it. */
function knownFrom(content: Case, { date, source = [] }: Case["claims"][string]): CalendarDate | undefined {
  const published = source.map((ref) => content.sources[ref.source]?.published);
  const [first] = published.some((each) => each === undefined)
    ? []
    : published.flatMap((each) => each ?? []).toSorted((a, b) => a.first - b.first);
  if (date === undefined || first === undefined) return date ?? first;
  return date.first > first.first ? date : first;
}
