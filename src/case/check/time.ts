import type { CalendarDate } from "../../core/dates/index.ts";
import { isAfter } from "../../core/dates/index.ts";
import type { Path } from "../parse/yaml.ts";
import type { Findings } from "./sense.ts";
import { entriesOf } from "./sense.ts";

/**
 * Checks that nothing in a case was published or seen after its asOf, unless it is marked as hindsight.
 *
 * Scheduled events, closing dates and the horizon may lie ahead; resolutions always do.
 */
export function checkTime(findings: Findings): void {
  const { content } = findings;
  const { asOf, horizon } = content;
  if (asOf !== undefined && horizon !== undefined && horizon.last <= asOf.last) {
    findings.add("date-order", ["horizon"], { thing: "horizon", value: horizon.text, other: asOf.text });
  }
  for (const [id, { opened, by }] of entriesOf(content.questions)) {
    if (opened === undefined || by === undefined || by.last > opened.first) continue;
    findings.add("date-order", ["questions", id, "by"], { thing: "by", value: by.text, other: opened.text });
  }
  for (const [id, { date, until }] of entriesOf(content.events)) {
    if (until === undefined || until.last >= date.first) continue;
    findings.add("date-order", ["events", id, "until"], { thing: "until", value: until.text, other: date.text });
  }
  for (const [id, { signed, ended }] of entriesOf(content.agreements)) {
    if (ended === undefined || ended.last >= signed.first) continue;
    findings.add("date-order", ["agreements", id, "ended"], { thing: "ended", value: ended.text, other: signed.text });
  }
  if (asOf !== undefined) checkKnowledge(findings, asOf);
}

function checkKnowledge(findings: Findings, asOf: CalendarDate): void {
  const { content } = findings;
  const late = (date: CalendarDate | undefined, hindsight: string | undefined): date is CalendarDate =>
    date !== undefined && hindsight === undefined && isAfter(date, asOf.last);
  const published = (path: Path, thing: string, date: CalendarDate) =>
    findings.add("published-after-as-of", path, { thing, date: date.text, asOf: asOf.text });

  for (const [id, source] of entriesOf(content.sources)) {
    if (late(source.published, source.hindsight)) published(["sources", id, "published"], "source", source.published);
  }
  for (const [id, event] of entriesOf(content.events)) {
    if (event.kind === "scheduled" || !late(event.date, event.hindsight)) continue;
    findings.add("event-ahead", ["events", id, "date"], { date: event.date.text, asOf: asOf.text });
  }
  for (const [id, agreement] of entriesOf(content.agreements)) {
    if (!late(agreement.signed, agreement.hindsight)) continue;
    findings.add("event-ahead", ["agreements", id, "signed"], { date: agreement.signed.text, asOf: asOf.text });
  }
  for (const [id, proposal] of entriesOf(content.proposals)) {
    if (late(proposal.date, proposal.hindsight)) published(["proposals", id, "date"], "proposal", proposal.date);
  }
  for (const [id, claim] of entriesOf(content.claims)) {
    if (late(claim.date, claim.hindsight)) published(["claims", id, "date"], "claim", claim.date);
  }
  for (const [id, indicator] of entriesOf(content.indicators)) {
    if (indicator.hindsight !== undefined) continue;
    if (late(indicator.published, undefined)) {
      published(["indicators", id, "published"], "indicator", indicator.published);
    }
    for (const observation of findings.series.get(id) ?? []) {
      const facts = { thing: "observation", asOf: asOf.text };
      if (late(observation.published, undefined)) {
        findings.addAt("published-after-as-of", observation, { ...facts, date: observation.published.text });
        break;
      }
      if (late(observation.date, undefined)) {
        findings.addAt("observed-after-as-of", observation, { ...facts, date: observation.date.text });
        break;
      }
    }
  }
}
