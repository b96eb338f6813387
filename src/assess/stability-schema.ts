import { z } from "zod";

const id = z.number().describe("Number of a state, from 1 in ascending order of decimal values.");
const ids = z.array(id);
const byConcept = z.record(z.string(), z.number());

const rankChange = z.object({
  party: z.string(),
  name: z.string(),
  swaps: z.number().nullable().describe("Exchanges of neighbours in its ranking; null where none would do."),
  past: z.string().nullable().describe("The last state to be passed, as people read it."),
});

const inverse = z.object({
  concept: z.string(),
  equilibrium: z.boolean(),
  swaps: z.number().describe("Exchanges in all rankings together."),
  fewest: z.boolean().describe("Whether fewer are known not to do."),
  changes: z.array(rankChange).describe("What would make it an equilibrium."),
  unsettle: z.array(rankChange).describe("What would make it none, each alone."),
});

const situation = z.object({
  id: z.string(),
  name: z.string(),
  text: z.string().nullable(),
  states: ids,
  code: z.string().nullable().describe("Y and N by option, where it is a single state."),
  locked: z.array(z.string()).describe("What is done in it and cannot be taken back, as people read it."),
  does: z.string().describe("What each decision maker does in it."),
  readings: z.array(
    z.object({
      reading: z.string().nullable(),
      states: z.number(),
      equilibria: byConcept.describe("How many of its states are equilibria, by concept."),
      leave: z
        .record(z.string(), z.array(z.string()))
        .describe("By concept, parties that would leave each of its states."),
      ranks: z
        .record(z.string(), z.tuple([z.number(), z.number()]))
        .describe(
          "By party, the ranks of its states in what the party prefers, 1 the best: of the best and of the worst.",
        ),
    }),
  ),
  explanations: z.array(
    z.object({
      party: z.string(),
      name: z.string(),
      stable: z.record(z.string(), z.boolean()),
      sentences: z.array(z.string()).describe("Why, looking ahead (SEQ)."),
    }),
  ),
  reach: z
    .object({
      improvements: z.number().nullable(),
      moves: z.number().nullable(),
      path: z.array(z.string()).describe("A shortest way from the status quo, by improvements where there is one."),
    })
    .nullable(),
  inverse: z.array(inverse),
  robust: z
    .object({
      concept: z.string(),
      p: z.number(),
      low: z.number(),
      high: z.number(),
      exact: z.boolean(),
      hangsOn: z.string().nullable().describe("Whose preferences, misjudged alone, change it most often."),
      hangsBy: z.number().describe("And how often."),
    })
    .nullable(),
  node: z.string(),
});

const graph = z.object({
  nodes: z.array(
    z.object({
      id,
      code: z.string(),
      name: z.string().nullable(),
      statusQuo: z.boolean(),
      concepts: z.array(z.string()),
    }),
  ),
  edges: z.array(z.object({ from: id, to: id, dm: z.number() })).describe("Improvements between these states."),
  states: z.number(),
  bestOnly: z.boolean(),
});

/** What the graph model says of a case; null where it has no section for it. */
export const stabilityExhibit = z
  .object({
    decisionMakers: z.array(
      z.object({
        party: z.string(),
        name: z.string(),
        options: z.array(z.string()),
        preferences: z.array(z.object({ text: z.string(), node: z.string() })).describe("The most important first."),
        basis: z.string().describe("What kind of preferences it has."),
      }),
    ),
    states: z.number(),
    method: z.string(),
    statusQuo: z.object({ state: id, name: z.string() }).nullable(),
    concepts: z.array(z.object({ id: z.string(), label: z.string(), says: z.string(), equilibria: ids })),
    situations: z.array(situation),
    readings: z.array(
      z.object({ reading: z.string().nullable(), name: z.string(), kind: z.string(), equilibria: byConcept }),
    ),
    cycles: z.array(ids).describe("Circles of improvements in reach of the status quo."),
    statements: z.array(
      z.object({
        party: z.string(),
        name: z.string(),
        text: z.string(),
        change: z.enum(["removed", "swapped"]),
        lost: z.array(z.string()).describe("Equilibria (SEQ) that are lost, as people read them."),
        gained: z.array(z.string()),
      }),
    ),
    uncertainty: z.string().describe("What robustness takes to be uncertain, and how it was looked at."),
    graph,
    assumed: z.array(z.string()),
    node: z.string(),
  })
  .nullable();
