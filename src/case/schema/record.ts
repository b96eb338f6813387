import { z } from "zod";
import { UNIT_INTERVAL } from "../notation/amount.ts";
import {
  amount,
  citations,
  date,
  note,
  provenance,
  quantity,
  ref,
  refs,
  shortText,
  text,
  unit,
  url,
  word,
} from "./fields.ts";

const effect = z.strictObject({
  cut: ref("party").optional().describe("A backer whose aid may be cut."),
  restore: ref("party").optional().describe("A backer whose aid may be restored."),
  leader: ref("party").optional().describe("A party whose leader changes."),
  wantsTalks: ref("party").optional().describe("A backer whose government comes to want talks."),
  cutRate: ref("party").optional().describe("A backer whose hazard of a cut changes, by `times`."),
  times: amount({ low: 0 }).optional().describe("What that hazard is multiplied by."),
  mediation: amount({}).optional().describe("An impulse to mediation."),
  escalation: refs("party").optional().describe("Parties that climb a rung of the ladder."),
  lowers: refs("question").optional().describe("Questions whose first hypothesis it makes less likely."),
  raises: refs("question").optional().describe("Questions whose first hypothesis it makes likelier."),
  to: amount(UNIT_INTERVAL).optional(),
  probability: amount(UNIT_INTERVAL).optional(),
  ...provenance,
});

export const event = z.strictObject({
  text: text.describe("What happened, or is to happen."),
  name: shortText.optional().describe("A few words for the timeline."),
  date,
  until: date.optional().describe("The last day, where it lasted."),
  kind: word("happened", "scheduled").optional(),
  actor: refs("party").optional(),
  addressee: refs("party").optional().describe("To whom it was meant as an answer or a warning."),
  rung: quantity.optional().describe("Rung of the ladder of escalation, where it is one."),
  answers: refs("event").optional().describe("Events that it answers."),
  changes: z.array(ref("path")).optional().describe("Entries of the case that it bears on."),
  effects: z.array(effect).optional(),
  ...provenance,
});

export const agreement = z.strictObject({
  name: shortText.optional(),
  text: text.optional(),
  signed: date,
  ended: date.optional(),
  parties: refs("party").optional(),
  status: word("failed", "partly-kept", "kept", "lapsed", "in-force"),
  ...provenance,
});

const observation = note(
  z.union([
    z.tuple([date, z.number()]),
    z.strictObject({
      date,
      value: z.number(),
      low: z.number().optional(),
      high: z.number().optional(),
      published: date.optional(),
      source: citations.optional(),
      note: text.optional(),
    }),
  ]),
  { expected: "[date, value], or {date: ..., value: ..., source: ...}" },
);

export const indicator = z.strictObject({
  name: shortText,
  unit,
  file: shortText
    .optional()
    .describe("A CSV file in the case folder with columns date, value and perhaps source, published, low, high, note."),
  points: z.array(observation).min(1).max(2_000).optional(),
  definition: text.optional().describe("What is counted, with currency, cut-off and what is left out."),
  question: text.optional().describe("The question that was put, for a poll."),
  population: text.optional().describe("Who was asked, and who was not."),
  claimedBy: ref("party").optional().describe("The party whose own claim the figures are."),
  published: date.optional().describe("When the figures were published, where the source's date does not say it."),
  measures: word("level", "flow", "estimates")
    .optional()
    .describe("A level at a time, an amount over a time, or estimates of one thing by several claimants: no series."),
  ...provenance,
});

const item = note(
  z.union([text, z.strictObject({ text, name: shortText.optional(), date: date.optional(), ...provenance })]),
  {
    expected: "text, or {text: ..., source: ...}",
  },
);
const items = note(z.union([item, z.array(item)]), { expected: "text, or a list of texts" });

export const process = z.strictObject({
  channels: items.optional().describe("Through whom the sides speak today."),
  host: items.optional(),
  format: items.optional(),
  agenda: items.optional(),
  mandate: items.optional(),
  monitoring: items.optional(),
  precedents: items.optional(),
  ...provenance,
});

export const reading = z.strictObject({
  name: shortText.optional(),
  kind: word("held", "counter", "stress").describe("A view that somebody holds, its counter-view, or a stress test."),
  counterTo: ref("reading").optional(),
  set: z
    .record(z.string(), z.unknown())
    .describe("What it changes: paths of the case and their values in this reading."),
  reasons: note(z.record(z.string(), text), { keyRef: "path", expected: "reasons by path" })
    .optional()
    .describe("The reason for each change, by its path."),
  ...provenance,
});

const report = z.strictObject({
  title: shortText.describe("Title as published, or a translation of it."),
  publisher: shortText,
  published: date,
  url: url.optional(),
  note: text.optional(),
});

const reports = z
  .array(report)
  .min(1)
  .max(20)
  .optional()
  .describe("Who reported it. They stand here and not under sources:, because they were not known when the case was.");

export const resolution = note(
  z.union([
    z.strictObject({ outcome: ref("hypothesis"), date: date.optional(), reports, ...provenance }),
    z.strictObject({ annulled: text, date: date.optional(), reports, ...provenance }),
  ]),
  { expected: "{outcome: HYPOTHESIS, date: ..., reports: ...} or {annulled: reason}" },
);
