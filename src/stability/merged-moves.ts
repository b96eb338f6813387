import { ParleyError } from "../core/problems/index.ts";
import { joined } from "./feasible.ts";
import { prefers } from "./groups.ts";
import type { Model } from "./model.ts";

const everyState = ({ size }: Model): number[] => Array.from({ length: size }, (_, s) => s);

/**
 * States that a group merged into one player reaches in one move: any options of its members change at once, as far as their
 * directions allow and the state is feasible.
 *
 * @param improvements whether every member must prefer the state that is reached
 * @param from all states unless given
 * @throws ParleyError options-needed, where there are no options or a member's moves do not all come from its options
 */
export function inOneMove(
  model: Model,
  members: readonly number[],
  improvements: boolean,
  from: Iterable<number> = everyState(model),
): Int32Array[] {
  expectOptions(model, members);
  const sources = [...from];
  return byOptions(model, members, sources).map((reached, k) => {
    const s = sources[k]!;
    return improvements ? reached.filter((t) => members.every((i) => prefers(model.preferences[i]!, t, s))) : reached;
  });
}

/** Moves by options alone: what directions and feasibility allow. */
function byOptions(model: Model, members: readonly number[], from: Iterable<number>): Int32Array[] {
  const { size, states, options } = model;
  const { low, high } = states;
  const isWide = high.length > 0;
  const bits = (wanted: (o: number) => boolean): readonly [number, number] => {
    let [a, b] = [0, 0];
    for (let o = 0; o < options.length; o++) {
      if (!wanted(o)) continue;
      if (o < 32) a |= 1 << o;
      else b |= 1 << (o - 32);
    }
    return [a, b];
  };
  const isOwn = (o: number) => members.includes(options[o]!.owner);
  const [ownLow, ownHigh] = bits(isOwn);
  const [forwardLow, forwardHigh] = bits((o) => isOwn(o) && options[o]!.direction === "forward");
  const [backLow, backHigh] = bits((o) => isOwn(o) && options[o]!.direction === "back");
  const blocks = new Map<number, number[]>();
  const keyOf = (s: number) => joined(low[s]! & ~ownLow, isWide ? high[s]! & ~ownHigh : 0);
  for (let s = 0; s < size; s++) {
    const block = blocks.get(keyOf(s));
    if (block === undefined) blocks.set(keyOf(s), [s]);
    else block.push(s);
  }
  const allows = (s: number, t: number): boolean => {
    if (s === t) return false;
    const [a, b] = [low[s]!, low[t]!];
    if ((a & ~b & forwardLow) !== 0 || (b & ~a & backLow) !== 0) return false;
    if (!isWide) return true;
    const [c, d] = [high[s]!, high[t]!];
    return (c & ~d & forwardHigh) === 0 && (d & ~c & backHigh) === 0;
  };
  return Array.from(from, (s) => {
    return Int32Array.from(blocks.get(keyOf(s))!.filter((t) => allows(s, t)));
  });
}

/** Moves that were removed, added or cannot be seen leave open what the merged player can do. */
function expectOptions(model: Model, members: readonly number[]): void {
  const isPlain = (i: number): boolean => {
    const { method, count } = model.moves[i]!;
    return (
      method !== "arcs" && byOptions(model, [i], everyState(model)).reduce((n, { length }) => n + length, 0) === count
    );
  };
  if (model.stateNames !== undefined || !members.every(isPlain)) {
    throw ParleyError.of("options-needed", { what: "merged players" });
  }
}
