import { z } from "zod";
import type { SeatedParty } from "../assess/index.ts";

/** A party at the table, as the tools tell it. */
export const seat = z.object({
  party: z.string(),
  name: z.string(),
  accepts: z.enum(["required", "ratifies", "none"]).describe("Whether an agreement needs it."),
  reservation: z.number().nullable().describe("What it gets without agreement."),
  basis: z.string().describe("Where that comes from."),
  sources: z.array(z.string()).describe("Sources of its positions."),
  line: z.string().describe("Where its positions stand in the case folder."),
  node: z.string().describe("Where explain_figure walks on from what it gets without agreement."),
});

export function partiesTold(parties: readonly SeatedParty[]): z.input<typeof seat>[] {
  return parties.map(({ sources, ...each }) => ({
    ...each,
    sources: [...sources],
    node: `parameter:positions.${each.party}.reservation`,
  }));
}
