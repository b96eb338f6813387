import { z } from "zod";
import { note, provenance, ref, refs, shortText, text, word } from "./fields.ts";

const numbers = note(z.record(z.string(), z.number()), {
  keyRef: "path",
  expected: "numbers by the path of a parameter of the simulation, such as war.mediation.level: 0.8",
}).optional();

/**
 * An intervention in the simulation, do(X): some parameters take other values, everything else stays equal (Pearl 2009,
 * Causality, 2nd ed.). The same lever may be pulled under every reading.
 */
export const lever = z.strictObject({
  name: shortText.describe("What is done or happens, in a few words."),
  text: text.optional(),
  kind: word("option", "sensitivity").describe(
    "An option is something that parties can choose to do; a sensitivity (losses, leaders, arms) is looked at and is no advice.",
  ),
  doneBy: refs("party").optional().describe("Parties that can do it."),
  consentOf: refs("party").optional().describe("Parties whose consent it needs."),
  set: numbers.describe("Parameters of the simulation that take these values."),
  times: numbers.describe("Parameters that are multiplied by these."),
  add: numbers.describe("Parameters to which these are added."),
  ...provenance,
});

const pulled = {
  more: ref("lever").optional().describe("A lever that is more of what is claimed."),
  without: ref("lever").optional().describe("A lever that takes away what is claimed."),
};

/**
 * What of the engines stands for a claim: pulling a lever is more of what it claims, or takes it away; a party does not accept
 * a proposal; a situation holds or breaks, or a party moves away from it.
 */
export const mechanism = note(
  z.union([
    z.strictObject({ more: ref("lever").describe("A lever that is more of what is claimed.") }),
    z.strictObject({ without: ref("lever").describe("A lever that takes away what is claimed.") }),
    z.strictObject({
      refuses: ref("party").describe("A party that is claimed not to accept a proposal."),
      proposal: ref("proposal"),
      ...pulled,
      leaves: ref("decision maker").optional().describe("The party moves away from a situation as well."),
      situation: ref("situation").optional(),
    }),
    z.strictObject({
      leaves: ref("decision maker").describe("A party that is claimed to move away from a situation."),
      situation: ref("situation"),
      ...pulled,
    }),
    z.strictObject({ holds: ref("situation").describe("A situation that is claimed to be stable."), ...pulled }),
    z.strictObject({ breaks: ref("situation").describe("A situation that is claimed not to be stable."), ...pulled }),
  ]),
  {
    expected:
      "{more: LEVER}, {without: LEVER}, {refuses: PARTY, proposal: PROPOSAL}, {leaves: PARTY, situation: SITUATION}, {holds: SITUATION} or {breaks: SITUATION}",
  },
);
