import { z } from "zod";

const probability = z.number();

const interval = z
  .object({
    mean: z.number(),
    low: z.number().nullable().describe("Of the interval; null below two clusters, of which nothing can be drawn."),
    high: z.number().nullable(),
    questions: z.number(),
    clusters: z.number().describe("Questions, or cases, that are drawn whole."),
  })
  .describe("A mean over questions with its interval by bootstrap.");

const difference = z.object({
  questions: z.number().describe("That both were scored on."),
  clusters: z.number(),
  mean: z
    .number()
    .describe("The first's Brier score less the second's, on those questions and days: below 0 is better."),
  low: z.number().nullable(),
  high: z.number().nullable(),
  firstLess: z.number().nullable().describe("Share of resamples in which the first scores less."),
  verdict: z
    .enum(["better", "worse", "same", "open", "too-few", "no-skill"])
    .describe(
      "better, worse: the interval leaves 0 out; open: it holds 0; too-few: fewer than `fewest` clusters; no-skill: not forecasts made in time.",
    ),
  needed: z
    .number()
    .nullable()
    .describe("Questions, or cases, that would show such a difference in four of five records."),
});

const skill = difference
  .extend({
    reference: z.number().describe("The reference's mean Brier score."),
    own: z.number(),
    skill: z.number().nullable().describe("1 - own / reference; null where the reference scores 0."),
  })
  .nullable();

const point = z.object({
  from: probability.describe("The bin, from this probability to the next."),
  to: probability,
  count: z.number(),
  said: probability.describe("Mean forecast in the bin."),
  came: probability.describe("Share of them that came."),
  low: probability.nullable().describe("Consistency band: where `came` would lie, were the forecasts reliable."),
  high: probability.nullable(),
});

const reliability = z
  .object({
    pairs: z.number(),
    level: z.number().describe("Of the bands."),
    method: z.string(),
    points: z.array(point),
  })
  .nullable()
  .describe("The reliability diagram; null below `fewest` questions.");

const murphy = z
  .object({
    pairs: z.number(),
    bins: z.number(),
    brier: z.number(),
    reliability: z.number().describe("Distance of what is said from what comes, bin by bin: 0 is best."),
    resolution: z.number().describe("How far what comes differs between bins: the more the better."),
    uncertainty: z.number().describe("Score of always saying the overall share."),
    withinBins: z
      .number()
      .describe("Variance less covariance within bins: brier = reliability - resolution + uncertainty + withinBins."),
  })
  .nullable()
  .describe("Murphy's decomposition of the Brier score half-way through each question; null below `fewest` questions.");

const calibration = z
  .object({
    pairs: z.number(),
    meanForecast: z.number(),
    frequency: z.number(),
    bias: z.number().describe("Mean forecast less frequency."),
    standardError: z.number().describe("Of the bias, were every probability right."),
    sharpness: z.number().describe("Variance of the forecasts."),
  })
  .describe(
    "Of events half-way through each question's life: a question of three and more hypotheses is so many events.",
  );

const forecaster = z.object({
  by: z.string(),
  model: z.boolean(),
  questions: z.number().describe("Resolved ones that it forecast in time."),
  forecasts: z.number(),
  brier: interval.describe(
    "Half the sum of squares over hypotheses, averaged over each question's life: 0 is best, 1 worst.",
  ),
  log: interval.describe(
    "Minus the natural logarithm of the probability of what came, from 0.005 to 5.3, so averaged.",
  ),
  ranked: interval
    .nullable()
    .describe("Ranked probability score of questions with ordered hypotheses; null without one."),
  covered: z.number().describe("Mean share of the questions' lives in which it had a forecast."),
  skill: z
    .object({ baseRate: skill, persistence: skill, uniform: skill })
    .nullable()
    .describe("Against references on the same questions and days; null where nothing here is skill."),
  calibration,
  murphy,
  reliability,
});

const set = z.object({
  kind: z
    .enum(["made", "dated-back", "hindsight"])
    .describe("made: written on their day; dated-back: written later; hindsight: what the case would have said."),
  showsSkill: z.boolean().describe("Whether these can show skill at all: only forecasts that were made can."),
  says: z.string().describe("What can be concluded, in a sentence."),
  questions: z.number(),
  forecasters: z.array(forecaster),
  comparisons: z.array(difference.extend({ first: z.string(), second: z.string() })),
  poolWeights: z
    .object({
      questions: z.number().describe("That all of them were scored on."),
      weights: z.array(z.object({ by: z.string(), weight: z.number(), log: z.number() })),
    })
    .nullable()
    .describe(
      "Weights of the models in a pool, proportional to exp(-mean log score) on questions in common; null where equal ones are all that is known.",
    ),
});

const question = z.object({
  case: z.string(),
  id: z.string(),
  text: z.string(),
  hypotheses: z.array(z.string()),
  ordered: z.boolean(),
  opened: z.string().nullable(),
  closes: z.string().nullable(),
  status: z.enum(["open", "resolved", "annulled"]),
  outcome: z.string().nullable(),
  on: z.string().nullable().describe("The day on which it was settled."),
  from: z.enum(["record", "case"]).nullable(),
  source: z.string().nullable(),
  because: z.string().nullable().describe("Why it was annulled."),
  forecasts: z.array(
    z.object({
      by: z.string(),
      kind: set.shape.kind,
      count: z.number(),
      last: z.record(z.string(), z.number()).describe("Its last forecast in time."),
      on: z.string().describe("The day of it."),
      brier: z.number().nullable().describe("Null where the question is not resolved."),
      log: z.number().nullable(),
      ranked: z.number().nullable(),
    }),
  ),
});

const scoredCase = z.object({
  id: z.string(),
  title: z.string(),
  hash: z.string(),
  asOf: z.string().nullable(),
  record: z.object({ file: z.string(), forecasts: z.number(), resolutions: z.number() }).nullable(),
  hindsight: z.boolean().describe("Whether its answers of today stand in for forecasts, of which there are none."),
});

/** What `parley score --json` prints. */
export const scoreSchema = z.object({
  format: z.literal("parley-score-1"),
  parley: z.string(),
  seed: z.number().describe("Of the bootstrap and the bands."),
  level: z.number().describe("Of the intervals."),
  resamples: z.number(),
  fewest: z.number().describe("Clusters below which nothing is concluded."),
  clusteredBy: z.enum(["question", "case"]).describe("What is drawn whole."),
  headline: z.string(),
  cases: z.array(scoredCase),
  questions: z.array(question),
  sets: z.array(set),
  assertions: z.array(z.object({ text: z.string(), by: z.string(), value: z.number().nullable(), holds: z.boolean() })),
  problems: z.array(
    z.object({
      file: z.string(),
      line: z.number(),
      column: z.number(),
      code: z.string(),
      severity: z.enum(["error", "warning", "note"]),
      message: z.string(),
      hint: z.string(),
    }),
  ),
});

export type Score = z.infer<typeof scoreSchema>;
export type ScoreSet = Score["sets"][number];
export type ForecasterScore = ScoreSet["forecasters"][number];
export type ScoredQuestion = Score["questions"][number];

/** JSON Schema (draft 2020-12) of what `parley score --json` prints. */
export function scoreJsonSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(scoreSchema, { io: "output", reused: "ref" }),
    $id: "urn:parley:schema:score:1",
    title: "Parley score, format 1",
  };
}
