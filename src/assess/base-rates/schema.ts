import { z } from "zod";

const interval = { low: z.number(), high: z.number() };

/** A chance by one model, with its 80 % interval. */
const rate = z.object({
  model: z.string().describe("kaplan-meier, aalen-johansen, or the family of durations that was fitted."),
  p: z.number(),
  ...interval,
  aic: z.number().nullable().describe("Akaike's criterion of a fitted family: smaller is better."),
});

const row = z.object({ months: z.number(), atRisk: z.number(), survival: z.number(), ...interval });

const referenceClass = z.object({
  id: z.string(),
  name: z.string(),
  what: z.string().describe("The list that its members are taken from."),
  citation: z.string(),
  members: z.number(),
  ended: z.number(),
  named: z
    .array(z.object({ name: z.string(), start: z.string(), months: z.number(), ending: z.string() }))
    .describe("Its members where the list has names, longest first."),
  leftOut: z.array(z.object({ why: z.string(), count: z.number(), names: z.array(z.string()) })),
  kinds: z.array(z.object({ kind: z.string(), count: z.number() })),
  endings: z.array(z.object({ ending: z.string(), count: z.number() })),
  median: z.number().nullable().describe("Months that half of them last."),
  curve: z
    .array(z.object({ months: z.number(), survival: z.number(), ...interval }))
    .describe("Kaplan-Meier, 80 % intervals."),
  table: z.array(row).describe("The curve at some ages, with how many were at risk."),
  fits: z.array(
    z.object({
      family: z.string(),
      parameters: z.array(z.object({ name: z.string(), estimate: z.number(), se: z.number() })),
      aic: z.number(),
      curve: z.array(z.number()).describe("Chance of lasting beyond each age of the table."),
    }),
  ),
  unfitted: z.array(z.object({ family: z.string(), reason: z.string() })),
  node: z.string(),
});

const shareOfMembers = z.object({ ended: z.number(), members: z.number() });

const shrunk = z
  .object({
    parent: z.string(),
    name: z.string(),
    p: z.number(),
    ...interval,
    weight: z.number().describe("Of the class's own members, from 0 to 1; the parent's other members have the rest."),
    own: shareOfMembers.describe("Members of the class that lasted so long, and how many of them ended so in time."),
    others: shareOfMembers.describe("The same of the parent's other members."),
  })
  .nullable();

const compared = z.object({
  question: z.string(),
  text: z.string(),
  class: z.string(),
  age: z.number().describe("Months that the war has lasted."),
  within: z.number().describe("Months from the day of the case to the last day that counts."),
  atRisk: z.number().describe("Members that lasted longer than that, of whom the chance is told."),
  lasting: z.array(z.string()).describe("Their names, where the list has them."),
  rates: z
    .array(rate)
    .describe("The one that leads first: the fitted family with the smallest criterion, else the curve."),
  shrunk: shrunk.describe(
    "Where the class has a parent: the share of its members that ended so, drawn to the parent's other members.",
  ),
  event: z.string().nullable().describe("The event of the simulation that is asked for."),
  byMonth: z
    .array(z.number())
    .describe("The leading rate within 1, 2, ... months from the day of the case, to its horizon."),
  without: z
    .array(z.object({ name: z.string(), p: z.number() }))
    .describe("The leading rate without each named member that lasted so long, where they are few."),
  across: z
    .array(z.object({ class: z.string(), name: z.string(), members: z.number(), atRisk: z.number(), p: z.number() }))
    .describe("The leading rate by every class that the case can name."),
  prior: z.boolean().describe("Whether the evidence starts from it."),
  readings: z.array(z.object({ reading: z.string().nullable(), name: z.string(), age: z.number(), p: z.number() })),
  node: z.string(),
});

const recurrence = z.object({
  ending: z.string(),
  members: z.number(),
  kinds: z.array(z.object({ kind: z.string(), count: z.number() })),
  within: z.array(z.object({ years: z.number(), p: z.number(), ...interval, atRisk: z.number() })),
  node: z.string(),
});

const beside = z.object({
  question: z.string(),
  text: z.string(),
  estimates: z.array(
    z.object({
      from: z.enum(["base rate", "evidence", "simulation"]),
      p: z.number(),
      low: z.number(),
      high: z.number(),
      range: z.string().describe("What low and high are."),
      node: z.string(),
    }),
  ),
  pool: z
    .object({
      how: z.enum(["linear", "logarithmic", "extremised"]),
      p: z.number().nullable(),
      of: z.array(z.object({ from: z.string(), weight: z.number() })),
      left: z.array(z.string()).describe("What is not in it, and why."),
    })
    .nullable()
    .describe("The estimates pooled, where the case asks for it (questions.*.pool); null by default."),
  shared: z.array(z.string()).describe("What the estimates have in common: they are no independent witnesses."),
  lacks: z.array(z.string()).describe("Which of the three it has not, and why."),
});

/** What history says, before anyone argues about this war. */
export const baseRatesExhibit = z
  .object({
    start: z.string().nullable().describe("The day from which the war's age is counted."),
    age: z.number().nullable().describe("Months from then to the day of the case."),
    classes: z.array(referenceClass),
    questions: z.array(compared),
    recurrence: z.array(recurrence),
    beside: z.array(beside),
    notes: z.array(z.string()),
  })
  .nullable();

export type BaseRatesExhibit = z.infer<typeof baseRatesExhibit>;
