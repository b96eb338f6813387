import { type Problem, problem } from "../../core/problems/index.ts";
import type { GmcrNode } from "./node.ts";

/** The states that a ranking may name. */
export interface Rankable {
  readonly size: number;
  /** What people read for a state, given by its position. */
  nameOf(state: number): string;
}

/**
 * Reads a ranking: numbers of states from 1, best first, those in brackets tied. Gives positions from 0.
 *
 * Of each kind of mistake the first is told: a ranking made for other states has one at nearly every place.
 */
export function readRanking(
  node: GmcrNode,
  party: string,
  { size, nameOf }: Rankable,
  problems: Problem[],
): readonly (readonly number[])[] {
  const seen = new Uint8Array(size);
  let unknown: Problem | undefined;
  let twice: Problem | undefined;
  const stateOf = (item: GmcrNode): number | undefined => {
    const id = item.number();
    if (!Number.isInteger(id) || id < 1 || id > size) {
      unknown ??= problem("ranking-unknown", { party, state: `state ${id}`, count: size }, item.place);
      return undefined;
    }
    if (seen[id - 1] === 1) twice ??= problem("ranking-twice", { party, state: nameOf(id - 1) }, item.place);
    seen[id - 1] = 1;
    return id - 1;
  };
  const groups = node.items().map((item) => {
    const members = item.isList ? item.items() : [item];
    return members.map(stateOf).filter((state) => state !== undefined);
  });
  if (unknown !== undefined) problems.push(unknown);
  if (twice !== undefined) problems.push(twice);
  const missing = seen.indexOf(0);
  // Where some numbers are of other states, those left out are no news.
  if (missing >= 0 && unknown === undefined) {
    const others = seen.filter((each) => each === 0).length - 1;
    const state = others === 0 ? nameOf(missing) : `${nameOf(missing)} and ${others} more`;
    problems.push(problem("ranking-misses", { party, state }, node.place));
  }
  return groups.filter((group) => group.length > 0);
}
