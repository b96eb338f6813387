import { ParleyError } from "../core/problems/index.ts";
import type { Model } from "./model.ts";
import { type Compared, compare, UNKNOWN } from "./preferences.ts";

/** Whether a decision maker is known to prefer a state to another. */
export function prefers(preferences: Compared, state: number, to: number): boolean {
  const cell = compare(preferences, state, to);
  return cell > 0 && cell !== UNKNOWN;
}

/** Whether a decision maker is known not to prefer a state to another; a tie counts. */
export function isNoBetter(preferences: Compared, state: number, than: number): boolean {
  return compare(preferences, state, than) <= 0;
}

/**
 * The members of a group in ascending order.
 *
 * @throws ParleyError coalition-shape
 */
export function groupOf(model: Model, members: readonly number[]): readonly number[] {
  const count = model.decisionMakers.length;
  const fail = (detail: string) =>
    ParleyError.of("coalition-shape", { value: members.map((i) => i + 1).join(", "), detail });
  if (members.length === 0) throw fail("nobody is in it");
  if (members.some((i) => !Number.isInteger(i) || i < 0 || i >= count)) throw fail(`decision makers are 1 to ${count}`);
  if (new Set(members).size < members.length) throw fail("somebody is in it twice");
  return members.toSorted((a, b) => a - b);
}

/** With more decision makers, there are too many coalitions to look at. */
const MOST_DECIDERS = 10;

/**
 * All nonempty groups of so many decision makers, the smaller first.
 *
 * @throws ParleyError deciders-for
 */
export function allGroups(count: number): number[][] {
  if (count > MOST_DECIDERS) {
    throw ParleyError.of("deciders-for", { what: "coalitions", count, expected: `at most ${MOST_DECIDERS}` });
  }
  const groups: number[][] = [];
  for (let set = 1; set < 1 << count; set++) {
    groups.push(Array.from({ length: count }, (_, i) => i).filter((i) => (set >> i) & 1));
  }
  return groups.sort((a, b) => a.length - b.length);
}
