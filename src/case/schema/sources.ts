import { z } from "zod";
import { date, entries, note, ref, refs, shortText, text, url, word } from "./fields.ts";

/** What a source's paragraph states, paraphrased, and which entries of the case hold it. */
const statement = z.strictObject({
  says: text.describe("What the source states, in the analyst's own words."),
  at: note(z.union([z.int().min(1), z.array(z.int().min(1)).min(1)]), {
    expected: "a paragraph number, or a list of them",
  })
    .optional()
    .describe("The paragraph, counted from 1, or several."),
  kind: word(
    "driver",
    "obstacle",
    "cause",
    "event",
    "forecast",
    "position",
    "proposal",
    "provenance",
    "tension",
  ).describe("What sort of statement it is in the source's argument."),
  heldBy: z
    .array(ref("path"))
    .optional()
    .describe("Entries of the case that hold it: claims.deadlock, events.kursk, ..."),
});

export const source = z.strictObject({
  title: shortText.describe("Title as published, or a translation of it."),
  by: shortText.optional().describe("Author or issuing body."),
  affiliation: text.optional().describe("The author's post or institute."),
  publisher: shortText.optional().describe("Who published it."),
  published: date.optional().describe("Date of publication: decides what was known at asOf."),
  accessed: date.optional().describe("When it was read."),
  url: url.optional(),
  kind: word(
    "commentary",
    "dataset",
    "interview",
    "judgement",
    "law",
    "news",
    "poll",
    "report",
    "research",
    "resolution",
    "speech",
    "statement",
    "treaty",
    "other",
  )
    .optional()
    .describe("What sort of text it is."),
  language: shortText.optional().describe("Language of the original, as an ISO 639 code."),
  translated: shortText.optional().describe("Language of the text that was read, where it is a translation."),
  reliability: word("A", "B", "C", "D", "E", "F")
    .optional()
    .describe("Reliability of the source on the Admiralty scale: A completely reliable .. E unreliable, F unknown."),
  interested: refs("party")
    .optional()
    .describe("Parties whose side this source is on: about them and their adversaries it counts as C3 at most."),
  paragraphs: z.int().min(1).max(100_000).optional().describe("Number of paragraphs; locators are checked against it."),
  terms: shortText.optional().describe("Licence or terms of use."),
  because: text.optional().describe("Why this source is graded as it is."),
  hindsight: text.optional().describe("Why it is used although it was published after asOf."),
  note: text.optional(),
  statements: entries("statement", statement)
    .optional()
    .describe("What the source states, point by point, and where the case holds it."),
});
