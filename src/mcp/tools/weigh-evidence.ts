import { z } from "zod";
import { decibans, percent, percentRange, type QuestionAssessment } from "../../assess/index.ts";
import { nearest, ParleyError } from "../../core/problems/index.ts";
import { commandOf } from "../commands.ts";
import { origin, originOf, reproduction } from "../origin.ts";
import { caseId, defineTool, moreOf, pageInput, pageOf, pageOutput, viewInput } from "../tool.ts";

const USUAL = 15;

const probability = z.object({ central: z.number(), median: z.number(), low80: z.number(), high80: z.number() });

const weighed = z.object({
  id: z.string(),
  text: z.string(),
  hypotheses: z.array(z.string()),
  by: z.string().nullable(),
  settledBy: z.string().nullable().describe("How it will be settled."),
  prior: z.record(z.string(), probability).nullable(),
  priorBecause: z.string().nullable(),
  posterior: z.record(z.string(), probability).nullable(),
  range: z.object({ low: z.number(), high: z.number() }).nullable().describe("Of the first hypothesis, over readings."),
  readings: z.array(z.object({ reading: z.string().nullable(), name: z.string(), ...probability.shape })),
  from: origin,
  reproduce: reproduction,
});

const claim = z.object({
  id: z.string(),
  name: z.string(),
  text: z.string(),
  leans: z.enum(["driver", "obstacle", "neither"]),
  leanDb: z.number().describe("Decibans for the first hypothesis, after credence and grouping."),
  credence: z.number(),
  credenceFrom: z.string(),
  group: z.string().nullable(),
  verdict: z.string().nullable().describe("What the data say of it, where it is tested."),
  without: z.record(z.string(), z.number()).nullable().describe("The posterior without it."),
  flip: z
    .object({ factor: z.number().nullable(), ratio: z.number().nullable() })
    .nullable()
    .describe(
      "How far its weight, or its likelihood ratio, would have to change to carry the answer across the threshold.",
    ),
  citations: z.array(z.string()),
  from: origin,
});

/** `weigh_evidence`: what speaks for and against, and how much. */
export const weighEvidence = defineTool({
  name: "weigh_evidence",
  title: "Weigh the evidence of a question",
  description:
    "The evidence of a question of a case: prior and posterior with 80 % intervals under every reading, and each claim with its weight in decibans, credence, verdict of its data, what the answer were without it, and its sources. Without a question: all questions, without their claims.",
  long: true,
  input: z.strictObject({
    case: caseId,
    question: z.string().max(200).optional().describe("A question of the case, by its id."),
    ...viewInput,
    ...pageInput(60, USUAL),
  }),
  output: z.object({
    case: z.string(),
    questions: z.array(weighed),
    claims: z.array(claim).describe("Of the question asked about, the weightiest first."),
    ...pageOutput,
  }),
  async answer(input, desk) {
    const { shelved, assessment } = await desk.assess(input.case, input, { evidenceOnly: true });
    const known = assessment.questions.map(({ id }) => id);
    if (input.question !== undefined && !known.includes(input.question)) {
      throw ParleyError.of("unknown-reference", {
        kind: "question",
        value: input.question,
        near: nearest(input.question, known),
        known: known.length === 0 ? "the case has no questions" : `its questions: ${known.join(", ")}`,
      });
    }
    const stress = new Set(assessment.readings.filter(({ kind }) => kind === "stress").map(({ id }) => id));
    const wanted = assessment.questions.filter(({ id }) => input.question === undefined || id === input.question);
    const questions = wanted.map((each) => {
      const held = each.readings.filter(({ reading }) => !stress.has(reading)).map(({ estimate }) => estimate.median);
      return {
        ...questionOf(each),
        range: held.length === 0 ? null : { low: Math.min(...held), high: Math.max(...held) },
        readings: each.readings.map(({ reading, name, estimate }) => ({ reading, name, ...estimate })),
        from: originOf(assessment, each.node),
        reproduce: {
          command: commandOf("evidence", shelved, input, ["--question", each.id]),
          at: "questions[0].posterior",
        },
      };
    });
    const [asked] = input.question === undefined ? [] : wanted;
    const rows = (asked?.claims ?? []).toSorted((a, b) => Math.abs(b.leanDb) - Math.abs(a.leanDb));
    const { items, ...page } = pageOf(rows, input, USUAL);
    const text = [
      ...(questions.length === 0 ? ["The case has no questions."] : questions.map(toldOf)),
      ...items.map(
        ({ name, leanDb, citations, credence }) =>
          `${decibans(leanDb)} ${name} (credence ${percent(credence)}; ${citations.join(", ")})`,
      ),
      ...moreOf(page),
      ...questions.slice(0, 1).map(({ reproduce }) => `Again: ${reproduce.command}`),
    ].join("\n");
    return {
      text,
      data: {
        case: input.case,
        questions,
        claims: items.map((row) => ({
          id: row.id,
          name: row.name,
          text: row.text,
          leans: row.leans,
          leanDb: row.leanDb,
          credence: row.credence,
          credenceFrom: row.credenceFrom,
          group: row.group,
          verdict: row.verdict,
          without: row.leaveOneOut,
          flip: row.flip,
          citations: row.citations,
          from: originOf(assessment, row.node),
        })),
        ...page,
      },
    };
  },
});

function questionOf({ id, text, by, settledBy, hypotheses, prior, priorBecause, posterior }: QuestionAssessment) {
  return { id, text, by, settledBy, hypotheses: hypotheses.map((each) => each.id), prior, priorBecause, posterior };
}

function toldOf({ text, hypotheses: [first = ""], posterior, range }: z.input<typeof weighed>): string {
  const own = posterior?.[first];
  if (own === undefined) return `${text} No prior, so no posterior.`;
  const over = range === null ? "" : `${percentRange(range.low, range.high)} over readings; `;
  return `${text} ${first}: ${over}as looked at ${percent(own.median)} (80 % ${percent(own.low80)} to ${percent(own.high80)}).`;
}
