import { z } from "zod";

const utilities = z.array(z.number()).describe("By party, in their order.");
const outcome = z.record(z.string(), z.string()).describe("An option for each issue.");

const verdict = z.object({
  party: z.string(),
  accepts: z.enum(["yes", "no", "depends"]),
  worst: z.number().describe("Worth of its worst completion to the party."),
  best: z.number(),
  surplus: z.number().nullable().describe("Best worth over what it gets without agreement; null without such a value."),
  redLines: outcome.describe("Options that cross its red lines."),
  shortfall: z.number(),
  issues: z.record(z.string(), z.number()).describe("The shortfall by issue: the parts add up to it."),
  chance: z.number().nullable().describe("That it accepts the best completion, with values drawn."),
});

const proposal = z.object({
  id: z.string(),
  name: z.string(),
  open: z.array(z.string()).describe("Issues that it leaves open."),
  feasible: z.boolean(),
  acceptable: z.boolean().nullable().describe("Whether some completion is one that nobody who must accept refuses."),
  utilities: utilities.describe("Of its best completion for all who must accept."),
  completion: outcome.nullable(),
  chance: z.object({ p: z.number(), se: z.number() }).nullable().describe("That nobody refuses the best completion."),
  verdicts: z.array(verdict),
  nearest: z.array(z.object({ changed: z.array(z.string()), outcome, utilities })),
  readings: z.array(
    z.object({
      reading: z.string().nullable(),
      acceptable: z.boolean().nullable(),
      accepts: z.record(z.string(), z.enum(["yes", "no", "depends"])).describe("By party."),
      surplus: z.record(z.string(), z.number()).describe("By party, at best; those with a value without agreement."),
    }),
  ),
  node: z.string(),
});

const zone = z.object({
  exists: z.boolean(),
  says: z.string(),
  size: z.string().nullable().describe("Packages that nobody who must accept refuses, in decimal digits."),
  packages: z.string().nullable().describe("Packages that red lines leave."),
});

/** What the negotiation analysis says of a case; null where it has no issues with positions on them. */
export const termsExhibit = z
  .object({
    parties: z.array(
      z.object({
        party: z.string(),
        name: z.string(),
        accepts: z.enum(["required", "ratifies", "none"]),
        reservation: z.number().nullable(),
        basis: z.string().describe("Where its value without agreement comes from."),
        node: z.string(),
      }),
    ),
    issues: z.array(z.object({ id: z.string(), name: z.string() })),
    weights: z.array(z.array(z.number())).describe("By party and issue: shares of what it could win or lose."),
    feasible: z.string().nullable().describe("All feasible packages, in decimal digits."),
    zone,
    chance: z
      .object({ p: z.number(), se: z.number(), draws: z.number() })
      .describe("That a deal exists, values drawn."),
    readings: z.array(z.object({ reading: z.string().nullable(), name: z.string(), kind: z.string(), ...zone.shape })),
    frontier: z.object({ size: z.number(), exact: z.boolean(), points: z.array(utilities) }),
    frontierAll: z.object({ size: z.number(), exact: z.boolean(), points: z.array(utilities) }),
    solutions: z.array(
      z.object({
        concept: z.string(),
        name: z.string(),
        utilities,
        outcome,
        ties: z.number(),
        exact: z.boolean(),
        node: z.string(),
      }),
    ),
    proposals: z.array(proposal),
    logrolls: z.array(
      z.object({
        parties: z.tuple([z.string(), z.string()]),
        issues: z.tuple([z.string(), z.string()]),
        shares: z.tuple([z.tuple([z.number(), z.number()]), z.tuple([z.number(), z.number()])]),
        rates: z.tuple([z.number(), z.number()]),
      }),
    ),
    opens: z
      .array(z.object({ party: z.string(), issue: z.string(), options: z.array(z.string()), size: z.string() }))
      .describe("The size of the zone if one party's red lines on one issue were dropped."),
    assumed: z.array(z.string()),
    node: z.string(),
  })
  .nullable();
