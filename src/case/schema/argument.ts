import { z } from "zod";
import { OPEN_INTERVAL, POSITIVE, UNIT_INTERVAL } from "../notation/amount.ts";
import {
  amount,
  byRef,
  date,
  duration,
  entries,
  fault,
  identifier,
  note,
  provenance,
  quantity,
  ref,
  refs,
  shortText,
  text,
  word,
} from "./fields.ts";
import { mechanism } from "./levers.ts";

const direction = word("rising", "falling");
const period = z.strictObject({ from: date, to: date });

const between = note(z.tuple([quantity, quantity]), { expected: "[low, high]" });

const thresholdTest = z.strictObject({
  series: ref("series"),
  is: z.literal("threshold"),
  of: word("latest", "mean", "sum").optional().describe("What is compared: the latest value unless given."),
  window: duration.optional().describe("How far back mean and sum reach."),
  above: quantity.optional(),
  atLeast: quantity.optional(),
  below: quantity.optional(),
  atMost: quantity.optional(),
  between: between.optional(),
  name: shortText.optional(),
});

const trendTest = z.strictObject({
  series: ref("series"),
  is: z.literal("trend"),
  direction,
  window: duration.optional().describe("How far back it looks; the whole series unless given."),
  name: shortText.optional(),
});

const changeTest = z.strictObject({
  series: ref("series"),
  is: z.literal("change"),
  direction,
  from: date.describe("First day of the later period."),
  to: date.optional().describe("Last day of the later period; the end of the series unless given."),
  against: period.optional().describe("The earlier period; as long as the later one and just before it unless given."),
  of: word("level", "steps").optional().describe("What is compared: the values, or their steps from one to the next."),
  name: shortText.optional(),
});

const stalledTest = z.strictObject({
  series: ref("series"),
  is: z.literal("stalled"),
  window: duration,
  below: quantity.describe("The share of the whole that the net change stays below, such as 1 %."),
  whole: quantity.describe("The whole, in the unit of the series, such as 603628 km2."),
  name: shortText.optional(),
});

/** How a claim is tested against a series: evidence.md section 5. */
export const test = note(z.discriminatedUnion("is", [thresholdTest, trendTest, changeTest, stalledTest]), {
  expected: "a test {series: ..., is: threshold | trend | change | stalled, ...}",
});

const HYPOTHESES = "two or more different names such as [yes, no], or names with texts";

/** One of the answers that a question can have. */
export interface Hypothesis {
  readonly id: string;
  readonly text: string;
}

function pairs(record: Readonly<Record<string, string>>): Hypothesis[] {
  return Object.entries(record).map(([id, text]) => ({ id, text }));
}

const likelihoods = byRef("hypothesis", amount(POSITIVE));

/** Likelihoods may also be written below the word itself. */
const wrapped = z.strictObject({ likelihoods }).transform((value) => value.likelihoods);

export const claim = z.strictObject({
  text: text.describe("The claim, in the analyst's own words."),
  name: shortText.optional().describe("A few words for charts; the identifier unless given."),
  kind: word("fact", "cause", "position", "forecast", "proposal", "attributed-motive").optional(),
  credibility: note(z.int().min(1).max(6), { expected: "1..6" })
    .optional()
    .describe(
      "Credibility of the information on the Admiralty scale: 1 confirmed .. 5 improbable, 6 cannot be judged.",
    ),
  credence: note(z.union([z.literal("argued"), amount(UNIT_INTERVAL)]), {
    expected: "a probability from 0 to 1, a distribution, or argued",
  })
    .optional()
    .describe("How far the claim is believed; overrides the grades. `argued`: its strength in the argument graph."),
  bears: byRef(
    "question",
    note(z.union([amount(POSITIVE), wrapped, likelihoods]), {
      expected: "a likelihood ratio above 0, or a likelihood for each hypothesis",
    }),
  )
    .optional()
    .describe("How much likelier the claim would be if the first hypothesis held than if the second did."),
  ratings: byRef("question", byRef("hypothesis", word("CC", "C", "N", "I", "II", "NA")))
    .optional()
    .describe("Ratings for the analysis of competing hypotheses; derived from bears: unless given."),
  argues: byRef("question", word("driver", "obstacle", "neither"))
    .optional()
    .describe("Which way the source itself argues; it gives no strength."),
  mechanism: mechanism.optional().describe("What of the engines stands for it: their columns of the link table."),
  encoded: z
    .strictObject({ by: shortText, because: text })
    .optional()
    .describe("Who set the strength, and why: not the source."),
  about: refs("party").optional().describe("Parties that it speaks of; decides whether a source is interested."),
  group: ref("group").optional().describe("Claims of a group say partly the same thing."),
  supports: refs("claim").optional(),
  attacks: refs("claim").optional(),
  test: note(
    z.union([test, z.array(test).min(1)]).transform((value) => (Array.isArray(value) ? value : [value])),
    { expected: "a test, or a list of tests" },
  ).optional(),
  status: word("accepted", "draft", "disputed", "rejected")
    .optional()
    .describe("Drafts and rejected claims enter no computation."),
  date: date.optional().describe("When what is claimed took place."),
  ...provenance,
});

export const group = z.strictObject({
  name: shortText.optional(),
  correlation: amount(UNIT_INTERVAL)
    .optional()
    .describe("0: the claims are independent; 1: only the strongest counts. 0.5 unless given."),
  ...provenance,
});

export const question = z.strictObject({
  text: text.describe("What exactly is asked."),
  hypotheses: note(
    z.union([z.array(identifier).min(2).max(12), entries("hypothesis", shortText)]).transform((value, context) => {
      const named = Array.isArray(value) ? value.map((id) => ({ id, text: id })) : pairs(value);
      if (new Set(named.map(({ id }) => id)).size === named.length && named.length > 1) return named;
      const facts = (thing: string) => ({ thing, value: named.map(({ id }) => id).join(", "), expected: HYPOTHESES });
      return fault(context, "invalid-value", facts);
    }),
    { expected: HYPOTHESES },
  )
    .optional()
    .describe("Mutually exclusive and exhaustive answers; [yes, no] unless given."),
  ordered: z
    .boolean()
    .optional()
    .describe("Whether the hypotheses stand in an order, so that a near miss is better than a wide one: for scores."),
  stays: ref("hypothesis")
    .optional()
    .describe("The hypothesis that means that things stay as they are: for scores against persistence."),
  event: word("talks", "stop", "settlement", "freeze", "relapse", "none")
    .optional()
    .describe("The event of the simulation that answers it."),
  rung: shortText.optional().describe("What counts as talks: direct-official, indirect, ..."),
  opened: date.optional(),
  by: date.optional().describe("The last day that counts."),
  referenceClass: ref("reference class")
    .optional()
    .describe("Earlier wars that it is compared with: a built-in class, or one of history.classes."),
  prior: note(z.union([z.literal("base-rate"), amount(OPEN_INTERVAL), byRef("hypothesis", amount(OPEN_INTERVAL))]), {
    expected: "a probability of the first hypothesis, one for each, or base-rate",
  }).optional(),
  pool: z
    .strictObject({
      how: word("linear", "logarithmic", "extremised").describe(
        "The mean of chances, the mean of their logarithms, or the latter sharpened.",
      ),
      weights: z
        .strictObject({
          "base-rate": z.number().min(0).optional(),
          evidence: z.number().min(0).optional(),
          simulation: z.number().min(0).optional(),
        })
        .optional()
        .describe("How much each counts; 1 unless given."),
      exponent: note(z.number().min(1).max(10), { expected: "a number from 1 to 10" })
        .optional()
        .describe("How much an extremised pool is sharpened; 1.5 unless given."),
      ...provenance,
    })
    .optional()
    .describe("Base rate, evidence and simulation pooled to one number; none unless asked for here."),
  threshold: amount(OPEN_INTERVAL).optional().describe("The probability that flip points refer to; 0.5 unless given."),
  settledBy: text.optional().describe("What settles the question, and by whose word."),
  thesis: text.optional().describe("What a source asserts about it, in the analyst's own words."),
  source: provenance.source,
  because: provenance.because,
  note: provenance.note,
  hindsight: provenance.hindsight,
});
