import { z } from "zod";
import { type CalendarDate, parseDate } from "../../core/dates/index.ts";
import { ParleyError, type Problem, problem } from "../../core/problems/index.ts";
import { namesOf } from "../../formats/into-case.ts";
import { readSource } from "../../formats/texts/text.ts";
import { type KnownParty, type Reading, readText, type SourceText } from "../../reader/index.ts";
import { caseId, defineTool, moreOf, pageInput, pageOf, pageOutput } from "../tool.ts";

const USUAL = 30;
/** Longest text that is read, in characters. */
const LONGEST = 1_000_000;

/** A text as an assistant gives it. */
export const textInput = {
  text: z.string().min(1).max(LONGEST).describe("The text itself: plain, Markdown or HTML."),
  format: z.enum(["plain", "markdown", "html"]).optional().describe("Found out by its marks unless given."),
  date: z.string().max(20).optional().describe("Its date of publication, ISO 8601; what “last week” hangs on."),
  title: z.string().max(500).optional(),
  by: z.string().max(500).optional().describe("Its author."),
};
interface TextInput {
  readonly text: string;
  readonly format?: "plain" | "markdown" | "html" | undefined;
  readonly date?: string | undefined;
  readonly title?: string | undefined;
  readonly by?: string | undefined;
}

/** Reads a text as `parley read` does. @throws ParleyError where it is no text, or its date none */
export async function readGiven(
  { text, format, date, title, by }: TextInput,
  parties: readonly KnownParty[],
): Promise<{ readonly source: SourceText; readonly reading: Reading; readonly warnings: readonly Problem[] }> {
  const ending = format === undefined ? "" : { plain: "text.txt", markdown: "text.md", html: "text.html" }[format];
  const found = await readSource(new TextEncoder().encode(text), ending);
  const source = { ...found, title: title ?? found.title, by: by ?? found.by };
  const reading = readText(source, { date: dateOf(date), parties });
  const open = reading.candidates.some(({ dates }) => dates.some((each) => each.date === null));
  const warnings = [
    ...(reading.english ? [] : [problem("text-not-english", undefined)]),
    ...(reading.published === undefined ? [problem(open ? "text-undated" : "text-without-date", undefined)] : []),
    ...(reading.candidates.length === 0 ? [problem("no-candidates", undefined)] : []),
  ];
  return { source, reading, warnings };
}

function dateOf(date: string | undefined): CalendarDate | undefined {
  if (date === undefined) return undefined;
  const parsed = parseDate(date);
  if (parsed !== undefined) return parsed;
  const expected = "an ISO 8601 date such as 2024-11-28 or 2024-11";
  throw ParleyError.of("invalid-option", { option: "date", value: date, expected });
}

const candidate = z.object({
  paragraph: z.int(),
  sentence: z.int(),
  text: z.string().describe("The sentence itself; put the claim in your own words."),
  kind: z.string().describe("fact, cause, position, forecast or proposal, by its words."),
  parties: z.array(z.string()),
  speaker: z.string().nullable(),
  leans: z.enum(["driver", "obstacle", "neither"]).describe("Towards talks or away, by its words alone."),
  cues: z.array(z.string()).describe("The words that spoke for the kind and the direction."),
  dates: z.array(z.object({ text: z.string(), date: z.string().nullable() })),
  quantities: z.array(z.object({ text: z.string(), notation: z.string(), unit: z.string() })),
});

/** `draft_claims`: the sentences of a text that may be claims. Nothing is written. */
export const draftClaims = defineTool({
  name: "draft_claims",
  title: "Draft claims from a text",
  description:
    "Reads an article and drafts claims from it: each sentence that may be one, with its paragraph, kind, parties, dates, quantities and the words that say so. Found by rules, without a model; no weight is set: that is a person's to judge. Writes nothing; add_drafts does.",
  long: true,
  input: z.strictObject({
    ...textInput,
    case: caseId.optional().describe("A case whose parties are recognised by their names."),
    ...pageInput(100, USUAL),
  }),
  output: z.object({
    document: z.object({
      title: z.string().nullable(),
      by: z.string().nullable(),
      published: z.string().nullable(),
      paragraphs: z.int(),
      sentences: z.int(),
      english: z.boolean(),
    }),
    actors: z.array(z.object({ id: z.string(), name: z.string(), mentions: z.int() })),
    candidates: z.array(candidate),
    ...pageOutput,
    warnings: z.array(z.string()),
  }),
  async answer(input, desk) {
    const parties = input.case === undefined ? [] : namesOf((await desk.open(input.case)).dossier).parties;
    const { reading, warnings } = await readGiven(input, parties);
    const { items, ...page } = pageOf(reading.candidates, input, USUAL);
    const text = [
      `${page.total} sentences of ${reading.sentences} may be claims; drafts weigh nothing until a person judges them.`,
      ...warnings.map(({ message }) => message),
      ...items
        .slice(0, 10)
        .map(({ paragraph, kind, sentenceText }) => `¶${paragraph} ${kind}: ${sentenceText.slice(0, 200)}`),
      ...moreOf(page),
    ].join("\n");
    return {
      text,
      data: {
        document: {
          title: reading.title ?? null,
          by: reading.by ?? null,
          published: reading.published?.text ?? null,
          paragraphs: reading.paragraphs,
          sentences: reading.sentences,
          english: reading.english,
        },
        actors: reading.actors.slice(0, 50).map(({ id, name, mentions }) => ({ id, name, mentions })),
        candidates: items.map((each) => ({
          paragraph: each.paragraph,
          sentence: each.sentence,
          text: each.sentenceText.slice(0, 5000),
          kind: each.kind,
          parties: [...each.parties],
          speaker: each.speaker ?? null,
          leans: each.direction,
          cues: [...new Set([...each.cues.kind, ...each.cues.driver, ...each.cues.obstacle])],
          dates: each.dates.map(({ text: words, date }) => ({ text: words, date })),
          quantities: each.quantities.map(({ text: words, notation, unit }) => ({ text: words, notation, unit })),
        })),
        ...page,
        warnings: warnings.map(({ message }) => message),
      },
    };
  },
});
