import type { Case } from "../../case/index.ts";
import { analyse, type Package } from "../../terms/index.ts";
import { bindTerms } from "./terms.ts";

/** What a package of the simulation's menu is worth to the two sides, worked out from the terms of a proposal. */
export interface PackageWorth {
  /** Over a pure division at today's line, in shares of the stake: the first side, the second side. */
  readonly sides: readonly [number, number];
  /** The completion of the proposal that was looked at. */
  readonly outcome: Package;
  /** One sentence. */
  readonly text: string;
}

/**
 * What a proposal is worth to the two sides of a war over a pure division of the stake: each side's utility on the scale from
 * its worst to its best package, less the share that it holds today. What the proposal leaves open is filled in so that
 * the side that gains least gains most (Kalai 1977). Undefined where the case has no issues, or not both sides' positions.
 *
 * @param share share of the stake that the first side holds
 */
export function packageWorth(
  content: Case,
  sides: readonly [string, string],
  proposal: string,
  share: number,
): PackageWorth | undefined {
  const { inputs } = bindTerms(content, undefined);
  const terms = inputs?.proposals[proposal];
  if (inputs === undefined || terms === undefined) return undefined;
  const parties = sides.flatMap((side) => inputs.domain.parties.filter(({ name }) => name === side));
  if (parties.length < 2) return undefined;
  const bare = parties.map(({ reservation: _, redLines: __, ...party }) => ({
    ...party,
    accepts: "required" as const,
  }));
  const { solutions, space } = analyse(
    { ...inputs.domain, parties: bare },
    { lock: terms, redLines: false, concepts: ["egalitarian"] },
  );
  const found = solutions.egalitarian;
  if (found === undefined) return undefined;
  const scaled = found.utilities.map((value, i) => {
    const [least, greatest] = [space.least[i] ?? 0, space.greatest[i] ?? 1];
    return greatest > least ? (value - least) / (greatest - least) : 0;
  });
  const [a, b] = [(scaled[0] ?? 0) - share, (scaled[1] ?? 0) - (1 - share)];
  const name = content.proposals[proposal]?.name ?? proposal;
  return {
    sides: [a, b],
    outcome: found.outcome,
    text:
      `Worked out from the terms of “${name}”, as best filled in: worth ${(scaled[0] ?? 0).toFixed(2)} and ` +
      `${(scaled[1] ?? 0).toFixed(2)} on each side's scale from its worst to its best package, less the shares of the stake ` +
      `that each holds today, ${share.toFixed(2)} and ${(1 - share).toFixed(2)}.`,
  };
}
