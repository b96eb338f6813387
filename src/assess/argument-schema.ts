import { z } from "zod";
import { verdict } from "./exhibit-schema.ts";

const ids = z.array(z.string());

/** A question that one asks of any claim, with what the case knows of it. */
const critical = z.object({
  id: z.enum(["alone", "interested", "data", "attacked", "alike", "hindsight", "coded"]),
  asks: z.string(),
  says: z.string(),
  doubtful: z.boolean().describe("Whether the answer is a reason to doubt the claim, or to count it less."),
});

const argumentClaim = z.object({
  id: z.string(),
  name: z.string(),
  text: z.string(),
  kind: z.string().nullable(),
  status: z.string(),
  counts: z.boolean().describe("Whether it enters computations: drafts and rejected claims do not."),
  group: z.string().nullable(),
  supports: ids,
  attacks: ids,
  date: z.string().nullable(),
  credence: z.number().nullable(),
  strength: z.number().nullable().describe("In the argument graph."),
  verdict: verdict.nullable(),
  sources: z.array(z.object({ source: z.string(), locator: z.string().nullable() })),
  citations: z.array(z.string()),
  critical: z.array(critical),
  line: z.string(),
  node: z.string(),
});

/** Two claims of which one attacks the other, or a claim and the data that contradict it. */
const contradiction = z.object({
  claim: z.string(),
  by: z.string().nullable().describe("The claim that attacks it; null where its own test contradicts it."),
  says: z.string().nullable().describe("What its test found, where that is what contradicts it."),
});

/** The claims of a case, whatever they bear on: who supports and attacks whom, and what one should ask of each. */
export const argumentExhibit = z.object({
  semantics: z.string(),
  claims: z.array(argumentClaim),
  groups: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      claims: ids,
      correlation: z.string(),
      because: z.string().nullable(),
    }),
  ),
  contradictions: z.array(contradiction),
});

/** When something of the case came to be known, and whether it was by the day that the view looks from. */
const moment = z.object({
  kind: z.enum(["claim", "source", "event", "agreement", "scheduled"]),
  id: z.string(),
  name: z.string(),
  date: z.string(),
  day: z.number(),
  known: z.boolean(),
});

export const momentList = z
  .array(moment)
  .describe("Sources, claims, events and agreements by the day from which they could be known, hidden ones too.");

export type ArgumentExhibit = z.output<typeof argumentExhibit>;
export type ArgumentClaim = z.output<typeof argumentClaim>;
export type CriticalQuestion = z.output<typeof critical>;
export type Moment = z.output<typeof moment>;
