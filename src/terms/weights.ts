import type { CompiledDomain } from "./compile.ts";
import type { Space } from "./space.ts";

/** How far each issue can move a party's utility: swings[party][issue], in units of utility, other issues at their best. */
export function swings({ compiled }: Space): number[][] {
  const { parties, sizes } = compiled;
  return Array.from({ length: parties }, (_, i) => Array.from(sizes.keys(), (k) => swingOf(compiled, i, k)));
}

/** The range of an issue's own values, widened by the ranges of what it is tied to. */
function swingOf({ values, sizes, parties: n, factors }: CompiledDomain, party: number, issue: number): number {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let option = 0; option < sizes[issue]!; option++) {
    const value = values[issue]![option * n + party]!;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  let tied = 0;
  for (const factor of factors) {
    if (factor.kind === "exclusion" || factor.party !== party || !factor.scope.includes(issue)) continue;
    if (factor.kind === "box") tied += Math.abs(factor.amount);
    else tied += Math.max(...factor.values) - Math.min(...factor.values);
  }
  return high - low + tied;
}

/** A trade between two parties: each gives way where it costs it little and the other much. */
export interface Logroll {
  readonly parties: readonly [string, string];
  /** The issue that weighs more with the first party than with the second, and the one of which the opposite holds. */
  readonly issues: readonly [string, string];
  /** Shares of these issues in what each party could win or lose at all: shares[party][issue]. */
  readonly shares: readonly [readonly [number, number], readonly [number, number]];
  /**
   * Marginal rates: what the first party would lose on the second issue, from best to worst, for each unit it wins on the
   * first, and the same of the second party with the issues exchanged. Both below 1: the trade pays for both.
   */
  readonly rates: readonly [number, number];
  /** How far the weights differ: the sum of the differences on both issues. */
  readonly contrast: number;
}

/**
 * Pairs of issues on which two parties can trade: those whose weights differ most (Froman & Cohen 1970, logrolling).
 *
 * The weight of an issue is its share in the sum of the party's swings. Listed for every pair of parties among those who
 * bargain, the greatest contrast first, at most `most` (3 unless given) for each pair.
 */
export function logrolls(space: Space, most = 3): Logroll[] {
  const { domain } = space.compiled;
  const shares = swings(space).map((row) => {
    const sum = row.reduce((total, swing) => total + swing, 0);
    return row.map((swing) => (sum > 0 ? swing / sum : 0));
  });
  const found: Logroll[] = [];
  for (const [a, i] of space.bargainers.entries()) {
    for (const j of space.bargainers.slice(a + 1)) {
      found.push(
        ...between(i, j)
          .toSorted((x, y) => y.contrast - x.contrast)
          .slice(0, most),
      );
    }
  }
  return found;

  function between(i: number, j: number): Logroll[] {
    const pairs: Logroll[] = [];
    for (const k of domain.issues.keys()) {
      for (const l of domain.issues.keys()) {
        const [ik, il, jk, jl] = [shares[i]![k]!, shares[i]![l]!, shares[j]![k]!, shares[j]![l]!];
        if (k === l || !(ik > jk && jl > il)) continue;
        pairs.push({
          parties: [domain.parties[i]!.name, domain.parties[j]!.name],
          issues: [domain.issues[k]!.name, domain.issues[l]!.name],
          shares: [
            [ik, il],
            [jk, jl],
          ],
          rates: [il / ik, jk / jl],
          contrast: ik - jk + (jl - il),
        });
      }
    }
    return pairs;
  }
}
