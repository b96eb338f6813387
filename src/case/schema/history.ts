import { z } from "zod";
import { date, entries, note, provenance, ref, shortText, text, texts, word } from "./fields.ts";

/** Where the members of a reference class come from; what each holds stands in docs/baserates.md. */
export const CLASS_SOURCES = ["interstate-wars", "interstate-episodes", "civil-episodes", "all-episodes"] as const;

/** Classes that every case may name. */
export const BUILT_IN_CLASSES = [
  "interstate-wars",
  "interstate-wars-since-1946",
  "interstate-episodes",
  "civil-episodes",
  "all-episodes",
] as const;

/** Ways in which wars and episodes end, in the words of their producers' codes. */
export const CLASS_ENDINGS = [
  "victory",
  "compromise",
  "stalemate",
  "transformed",
  "agreement",
  "ceasefire",
  "victory-a",
  "victory-b",
  "low-activity",
  "actor-ceases",
] as const;

const count = (what: string) => note(z.number().min(0), { expected: what });

/**
 * A reference class: earlier wars that this one is compared with, by a filter that anyone can repeat. Who is in it is listed by
 * name wherever it is used.
 */
const referenceClass = z.strictObject({
  name: shortText,
  from: word(...CLASS_SOURCES).describe("The list that its members are taken from."),
  since: date.optional().describe("Only what began on this day or later."),
  until: date.optional().describe("Only what began on this day or earlier."),
  deaths: count("a number of deaths").optional().describe("Only wars with at least so many battle deaths."),
  lasting: count("a number of months").optional().describe("Only what lasted at least so many months."),
  exclude: texts.optional().describe("Members left out, by the name in the list."),
  ends: z
    .array(word(...CLASS_ENDINGS))
    .min(1)
    .optional()
    .describe(
      "Endings that count as the event that is asked for; the others compete with it. All of them unless given.",
    ),
  parent: ref("reference class")
    .optional()
    .describe(
      "The larger class that this one is part of: a built-in one or one of the case. What few members say is also told drawn to its others.",
    ),
  ...provenance,
});

/** What history says of such wars. */
export const history = z.strictObject({
  start: date
    .optional()
    .describe("The day on which the war began, from which its age is counted; a choice of the reading."),
  classes: entries("reference class", referenceClass)
    .optional()
    .describe("Reference classes of the case, beside those that are built in."),
  text: text.optional(),
  ...provenance,
});
