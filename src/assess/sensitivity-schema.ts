import { z } from "zod";

const range = z.object({ low: z.number(), high: z.number() });

/** What an analysis of sensitivity looks at: a chance, or a mean. */
const output = z.object({
  id: z.string(),
  label: z.string(),
  short: z.string().describe("A few words for the head of a column."),
  unit: z.enum(["probability", "initial force"]),
  question: z.string().nullable().describe("The question of the case that it answers."),
});

const effect = z.object({
  output: z.string(),
  base: z.number(),
  result: z.number(),
  difference: z.number().describe("With the lever less without, on the same chance."),
  se: z.number().describe("Standard error of the difference."),
  range: range.describe("Of the difference, over the readings, stress tests left out."),
  stress: range.nullable().describe("Of the difference, over the stress tests."),
  readings: z.array(z.object({ reading: z.string().nullable(), difference: z.number(), se: z.number() })),
});

const lever = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(["option", "sensitivity"]),
  doneBy: z.array(z.string()),
  consentOf: z.array(z.string()),
  because: z.string().nullable(),
  citations: z.array(z.string()),
  line: z.string(),
  changes: z.array(
    z.object({ path: z.string(), label: z.string(), unit: z.string(), from: z.number(), to: z.number() }),
  ),
  effects: z.array(effect).describe("On every output, in their order."),
  node: z.string(),
});

const bar = z.object({
  path: z.string(),
  label: z.string(),
  unit: z.string(),
  low: z.object({ value: z.number(), result: z.number() }).describe("At the parameter's 5 % point."),
  high: z.object({ value: z.number(), result: z.number() }).describe("At its 95 % point."),
  swing: z.number().describe("Result at the high end less that at the low end, paired."),
  se: z.number(),
  line: z.string(),
});

const driver = z.object({
  path: z.string(),
  label: z.string(),
  first: z.number().describe("First-order index: its share of the variance that is parameters."),
  se: z.number(),
  brier: z.number().describe("By how much knowing it would lower the expected squared error of a forecast."),
  line: z.string(),
});

/** What moves the simulation: levers, one parameter at a time, and shares of variance; null where there is no war. */
export const sensitivityExhibit = z
  .object({
    seed: z.number(),
    leverRuns: z.number().describe("Trajectories without and with each lever, under the reading looked at."),
    readingRuns: z.number().describe("The same under each other reading."),
    tornadoRuns: z.number().describe("Trajectories at each end of each parameter."),
    draws: z.number().describe("Draws of all parameters for the shares of variance, two trajectories each."),
    parameters: z.number().describe("Parameters of the case that are uncertain."),
    outputs: z.array(output),
    levers: z.array(lever),
    tornado: z.array(
      z.object({ output: z.string(), base: z.number(), bars: z.array(bar).describe("The widest."), node: z.string() }),
    ),
    drivers: z.array(
      z.object({
        output: z.string(),
        mean: z.number(),
        se: z.number(),
        parameterShare: z.number().describe("Of the variance of a single trajectory; the rest is chance."),
        spread: z.number().describe("Standard deviation of the chance, or the mean, over what is uncertain."),
        inputs: z.array(driver).describe("The most telling."),
        node: z.string(),
      }),
    ),
    node: z.string(),
  })
  .nullable();
