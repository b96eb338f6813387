import { type CompiledDomain, utilities } from "./compile.ts";
import type { Package } from "./types.ts";

/** Packages with what they are worth to every party, in flat arrays. */
export interface PointSet {
  readonly size: number;
  readonly parties: number;
  readonly issues: number;
  /** utilities[point * parties + party] */
  readonly utilities: Float64Array;
  /** outcomes[point * issues + issue]: the place of the option. */
  readonly outcomes: Int32Array;
}

/** Points of packages, in order of falling utilities of the first party, then of the second, and so on. */
export function pointsOf(compiled: CompiledDomain, outcomes: Int32Array, size: number): PointSet {
  const issues = compiled.sizes.length;
  const { parties } = compiled;
  const values = new Float64Array(size * parties);
  for (let p = 0; p < size; p++) {
    utilities(
      compiled,
      outcomes.subarray(p * issues, (p + 1) * issues),
      values.subarray(p * parties, (p + 1) * parties),
    );
  }
  const order = Int32Array.from({ length: size }, (_, p) => p).sort((a, b) => {
    for (let i = 0; i < parties; i++) {
      const difference = values[b * parties + i]! - values[a * parties + i]!;
      if (difference !== 0) return difference;
    }
    return a - b;
  });
  return choosePoints({ size, parties, issues, utilities: values, outcomes }, order);
}

/** Some points of a set, in the order given. */
export function choosePoints(points: PointSet, chosen: ArrayLike<number>): PointSet {
  const { parties, issues } = points;
  const size = chosen.length;
  const values = new Float64Array(size * parties);
  const outcomes = new Int32Array(size * issues);
  for (let at = 0; at < size; at++) {
    const p = chosen[at]!;
    for (let i = 0; i < parties; i++) values[at * parties + i] = points.utilities[p * parties + i]!;
    for (let k = 0; k < issues; k++) outcomes[at * issues + k] = points.outcomes[p * issues + k]!;
  }
  return { size, parties, issues, utilities: values, outcomes };
}

/** What a point is worth to each party. */
export function utilitiesAt({ utilities, parties }: PointSet, point: number): number[] {
  return Array.from(utilities.subarray(point * parties, (point + 1) * parties));
}

/** The package of a point, as names. */
export function packageAt(compiled: CompiledDomain, { outcomes, issues }: PointSet, point: number): Package {
  return namesOf(compiled, outcomes.subarray(point * issues, (point + 1) * issues));
}

/** Places of options as names. */
export function namesOf({ domain }: CompiledDomain, outcome: ArrayLike<number>): Package {
  return Object.fromEntries(domain.issues.map(({ name, options }, k) => [name, options[outcome[k]!]!]));
}
