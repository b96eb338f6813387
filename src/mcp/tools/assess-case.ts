import { z } from "zod";
import { ANSWERS, type AnswerId, type Assessment, percent, percentRange } from "../../assess/index.ts";
import { commandOf } from "../commands.ts";
import { origin, originOf, reproduction } from "../origin.ts";
import { caseId, defineTool, moreOf, pageInput, pageOf, pageOutput, viewInput } from "../tool.ts";

const USUAL = 20;

const byReading = z.object({
  reading: z.string().nullable().describe("Null: the case as coded."),
  name: z.string(),
  stress: z.boolean().describe("Whether it is a stress test, which no range counts."),
  value: z.number(),
  low80: z.number().optional(),
  high80: z.number().optional(),
  se: z.number().optional(),
});

const chance = z.object({
  question: z.string(),
  text: z.string(),
  hypothesis: z.string(),
  engine: z.string(),
  value: z.number().describe("The chance: the median on the evidence, the share of trajectories in the simulation."),
  low80: z.number().optional().describe("80 % interval over what is uncertain."),
  high80: z.number().optional(),
  se: z.number().optional().describe("Standard error of the simulation."),
  words: z.string().nullable(),
  range: z.object({ low: z.number(), high: z.number() }).describe("Over the readings, stress tests left out."),
  stress: z.object({ low: z.number(), high: z.number() }).nullable().describe("Over the stress tests."),
  readings: z.array(byReading),
  from: origin,
  reproduce: reproduction,
});

const figure = z.object({
  answer: z.enum(ANSWERS),
  id: z.string(),
  label: z.string(),
  value: z.number(),
  unit: z.string(),
  low: z.number().optional(),
  high: z.number().optional(),
  text: z.string().describe("As a person reads it."),
  from: origin,
  reproduce: reproduction,
});

const answer = z.object({
  id: z.enum(ANSWERS),
  asks: z.string(),
  status: z.enum(["answered", "partial", "awaits"]),
  headline: z.string(),
  confidence: z.object({ level: z.enum(["low", "moderate", "high"]), because: z.string() }).nullable(),
  awaits: z.array(z.string()).describe("What is missing for a fuller answer."),
});

/** `assess_case`: the five answers. */
export const assessCase = defineTool({
  name: "assess_case",
  title: "Assess a case",
  description:
    "Answers the five questions of a case: why, when, what, would it hold, what would change it. Each answer has a headline; each chance and figure has its interval or standard error, its range over rival readings, the claims and sources it rests on, and the command line that makes it again. Conditional model output, not a prediction: quote figures with their range and name the reading.",
  long: true,
  input: z.strictObject({
    case: caseId,
    answer: z.enum(ANSWERS).optional().describe("The figures of one answer alone; of all unless given."),
    ...viewInput,
    ...pageInput(60, USUAL),
  }),
  output: z.object({
    case: z.object({
      id: z.string(),
      title: z.string(),
      hash: z.string(),
      asOf: z.string().nullable(),
      horizon: z.string().nullable(),
    }),
    parley: z.string(),
    seed: z.int(),
    reading: z.string().nullable(),
    readings: z.array(z.object({ id: z.string().nullable(), name: z.string(), kind: z.string() })),
    hindsight: z.int().describe("Marks of hindsight that the answers rest on."),
    caution: z.string(),
    answers: z.array(answer),
    chances: z.array(chance).describe("Of every question of the case, by each engine that answers it."),
    figures: z.array(figure),
    ...pageOutput,
  }),
  async answer(input, desk) {
    const { shelved, assessment } = await desk.assess(input.case, input);
    const command = commandOf("assess", shelved, input);
    const figures = ANSWERS.filter((id) => input.answer === undefined || input.answer === id).flatMap((id) =>
      assessment[id].figures.map(({ node, ...each }, i) => ({ answer: id, ...each, node, at: `${id}.figures[${i}]` })),
    );
    const { items, ...page } = pageOf(figures, input, USUAL);
    const chances = chancesOf(assessment, command);
    const text = [
      `${assessment.case.title}, as of ${assessment.case.asOf ?? "no day"}; ${assessment.reading.name}; seed ${assessment.seed}.`,
      ...ANSWERS.map((id) => `${id.toUpperCase()}: ${assessment[id].headline}`),
      ...chances.map(told),
      CAUTION,
      `Again: ${command}`,
      ...moreOf(page),
    ].join("\n");
    return {
      text,
      data: {
        case: {
          id: input.case,
          title: assessment.case.title,
          hash: assessment.case.hash,
          asOf: assessment.case.asOf,
          horizon: assessment.case.horizon,
        },
        parley: assessment.parley,
        seed: assessment.seed,
        reading: input.reading ?? null,
        readings: assessment.readings.map(({ id, name, kind }) => ({ id, name, kind })),
        hindsight: assessment.hindsight.count,
        caution: CAUTION,
        answers: ANSWERS.map((id) => answerOf(id, assessment)),
        chances,
        figures: items.map(({ node, at, ...each }) => ({
          ...each,
          from: originOf(assessment, node),
          reproduce: { command, at },
        })),
        ...page,
      },
    };
  },
});

const CAUTION = "Conditional model output, not a prediction.";

function answerOf(id: AnswerId, assessment: Assessment): z.input<typeof answer> {
  const { asks, status, headline, confidence, awaits } = assessment[id];
  return { id, asks, status, headline, confidence, awaits: awaits.map(({ says }) => says) };
}

/** Chances of every question: on the evidence and by history, then simulated. */
function chancesOf(assessment: Assessment, command: string): z.input<typeof chance>[] {
  const stressed = new Set(assessment.readings.filter(({ kind }) => kind === "stress").map(({ id }) => id));
  const weighed = assessment.when.likelihood.map(
    ({ question, text, hypothesis, engine, estimate, words, readings, range, node }, i) => ({
      question,
      text,
      hypothesis,
      engine,
      value: estimate.median,
      low80: estimate.low80,
      high80: estimate.high80,
      words,
      range,
      stress: null,
      readings: readings.map(({ reading, name, estimate: { median, low80, high80 } }) => ({
        reading,
        name,
        stress: stressed.has(reading),
        value: median,
        low80,
        high80,
      })),
      from: originOf(assessment, node),
      reproduce: { command, at: `when.likelihood[${i}]` },
    }),
  );
  const simulated = (assessment.simulation?.questions ?? []).map(
    ({ question, text, readings, range, stress, node }, i) => {
      const own = readings.find(({ reading }) => reading === (assessment.reading.id ?? null)) ?? readings[0];
      return {
        question,
        text,
        hypothesis: "yes",
        engine: "dynamics",
        value: own?.p ?? 0,
        se: own?.se ?? 0,
        words: null,
        range,
        stress,
        readings: readings.map(({ reading, name, kind, p, se }) => {
          return { reading, name, stress: kind === "stress", value: p, se };
        }),
        from: originOf(assessment, node),
        reproduce: { command, at: `simulation.questions[${i}]` },
      };
    },
  );
  return [...weighed, ...simulated];
}

function told({ text, engine, value, low80, high80, se, range }: z.input<typeof chance>): string {
  const error =
    low80 !== undefined && high80 !== undefined
      ? `80 % ${percent(low80)} to ${percent(high80)}`
      : `standard error ${percent(se ?? 0)}`;
  return `${text} (${engine}): ${percentRange(range.low, range.high)} over readings; as looked at ${percent(value)} (${error}).`;
}
