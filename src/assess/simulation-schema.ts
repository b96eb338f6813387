import { z } from "zod";

/** A share of trajectories with its Monte Carlo standard error. */
const chance = z.object({ p: z.number(), se: z.number() });

const byMonth = z.array(z.number()).describe("By the end of month 1, 2, ..: a share of trajectories.");

const simulated = z.object({
  reading: z.string().nullable().describe("Null: the case as coded."),
  name: z.string(),
  kind: z.enum(["base", "held", "counter", "stress"]),
  talksBy: byMonth,
  stopBy: byMonth,
  settlementBy: byMonth,
  freezeBy: byMonth,
  unsettled: byMonth.describe("The guns silent and nothing settled: in a ceasefire or a freeze, young or durable."),
  victory: z.tuple([byMonth, byMonth]).describe("Won by arms: the first side, the second side."),
  relapse: z.array(z.object({ months: z.number(), ...chance.shape })),
  digest: z.string(),
});

const simulatedQuestion = z.object({
  question: z.string(),
  text: z.string(),
  month: z.number(),
  date: z.string(),
  readings: z.array(z.object({ reading: z.string().nullable(), name: z.string(), kind: z.string(), ...chance.shape })),
  predictive: chance.describe("With uncertain parameters drawn anew for each trajectory."),
  range: z.object({ low: z.number(), high: z.number() }).describe("Over the readings, stress tests left out."),
  stress: z.object({ low: z.number(), high: z.number() }).nullable().describe("Over the stress tests."),
  node: z.string(),
});

const traces = z
  .object({
    runs: z.number(),
    open: byMonth.describe("Trajectories that have not ended by arms, or for good: those that the rest speaks of."),
    aid: z.array(
      z.object({ party: z.string(), name: z.string(), side: z.number(), flowing: byMonth.describe("Aid that flows.") }),
    ),
    rungs: z
      .tuple([z.array(z.number()), z.array(z.number())])
      .describe("Mean rung of the ladder of escalation by month: the first side, the second side."),
    front: z
      .object({ low: z.array(z.number()), median: z.array(z.number()), high: z.array(z.number()) })
      .describe("The first side's share of the stake by month: 5 %, 50 % and 95 % points."),
  })
  .describe("What goes on inside trajectories of the reading looked at, at central values.");

const quantiles = z.object({ p05: z.number(), p50: z.number(), p95: z.number() }).nullable();
const termsOf = z.object({
  share: quantiles.describe("The first side's share of the stake under the terms; null where it never comes to them."),
  packages: z.array(z.object({ name: z.string(), p: z.number() })).describe("Which package, of those that come to it."),
});

const parameter = z.object({
  name: z.string(),
  path: z.string(),
  label: z.string(),
  unit: z.string(),
  text: z.string(),
  central: z.number(),
  uncertain: z.boolean(),
  assumed: z.boolean(),
  line: z.string(),
});

/** What the ensemble of fighting and talking says of a case; null where the case has no war of two sides. */
export const simulationExhibit = z
  .object({
    runs: z.number().describe("Trajectories under each reading."),
    seed: z.number(),
    months: z.number(),
    dates: z.array(z.string().nullable()).describe("The end of each month."),
    sides: z.tuple([z.string(), z.string()]),
    readings: z.array(simulated).describe("Readings that change the war, and the case as coded."),
    same: z.array(z.string()).describe("Names of readings that leave the war as another has it."),
    predictive: simulated.describe("The reading looked at, with uncertain parameters drawn anew for each trajectory."),
    occupancy: z
      .array(z.record(z.string(), z.number()))
      .describe("Of the reading looked at: shares in each phase or end at the end of each month."),
    traces,
    terms: z
      .object({ ceasefire: termsOf, settlement: termsOf })
      .describe("On what terms it stops: of the reading looked at, the last ceasefire and the last settlement."),
    questions: z.array(simulatedQuestion),
    parameters: z.array(parameter),
    node: z.string(),
  })
  .nullable();
