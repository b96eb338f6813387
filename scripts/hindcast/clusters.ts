import type { Day } from "../../src/record/index.ts";

/** A war with its two sides, each a list of states. */
export interface Sided {
  readonly begun: Day;
  readonly over: Day;
  readonly sides: readonly [readonly string[], readonly string[]];
}

/** Days between two wars below which they can be one. */
const NEAR = 365;

/**
 * Which wars are one, as the place of the first of each cluster: a list splits what hangs together (Vietnam, Laos and
 * Cambodia; China and Japan before and within the Second World War).
 *
 * Two wars are joined where two states fought each other in both and less than a year lay between them; so are those that
 * are joined to the same third.
 */
export function warClusters(wars: readonly Sided[]): number[] {
  const leads = wars.map((_, i) => i);
  const pairs = wars.map(
    ({ sides: [one, other] }) => new Set(one.flatMap((a) => other.flatMap((b) => [`${a}|${b}`, `${b}|${a}`]))),
  );
  for (const [i, war] of wars.entries()) {
    for (const [j, earlier] of wars.slice(0, i).entries()) {
      const near = war.begun - earlier.over < NEAR && earlier.begun - war.over < NEAR;
      if (!near || pairs[i]?.isDisjointFrom(pairs[j] ?? new Set())) continue;
      const [to = i, from = j] = [leads[i], leads[j]].toSorted((a = 0, b = 0) => a - b);
      for (const [k, lead] of leads.entries()) if (lead === from) leads[k] = to;
    }
  }
  return leads;
}
