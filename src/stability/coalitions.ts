import { ParleyError } from "../core/problems/index.ts";
import { addTo, isIn, isWithin, meets, wordsFor } from "./bitsets.ts";
import { allGroups, groupOf, isNoBetter, prefers } from "./groups.ts";
import { expectReachable, type JointReach, jointMoves, legalRows, type Steps, stepsIn } from "./joint-moves.ts";
import type { Model } from "./model.ts";
import { plainRows } from "./plain-reach.ts";

/**
 * How a coalition thinks ahead (Inohara & Hipel 2008a, b).
 *
 * `cnash`: it has no coalition improvement, a joint move to a state that every member prefers. `cgmr`: each of them can be met by
 * moves of the others that leave some member no better off. `csmr`: and from there the coalition can move to no state that is
 * better for all members. `cseq`: the others meet it by coalition improvements of their own.
 */
export type CoalitionConcept = "cnash" | "cgmr" | "csmr" | "cseq";

export const COALITION_CONCEPTS: readonly CoalitionConcept[] = ["cnash", "cgmr", "csmr", "cseq"];

export interface CoalitionOptions {
  /** Groups of decision makers, by position; every nonempty one unless given. */
  readonly coalitions?: readonly (readonly number[])[] | undefined;
}

export interface CoalitionResult {
  readonly members: readonly number[];
  /** Where it can move jointly: R_H. */
  readonly reach: JointReach;
  /** Its coalition improvements: CI_H. */
  readonly improvements: Steps;
  /** For each concept, 1 for each state that is stable for the coalition, else 0. */
  readonly stable: Readonly<Record<CoalitionConcept, Uint8Array>>;
}

export interface CoalitionAnalysis {
  readonly method: string;
  readonly options: { readonly coalitions: readonly (readonly number[])[] };
  readonly coalitions: readonly CoalitionResult[];
  /** Whether every nonempty coalition was looked at, so that `equilibria` are universally stable. */
  readonly universal: boolean;
  /** States that are stable for every coalition looked at, by concept, ascending. */
  readonly equilibria: Readonly<Record<CoalitionConcept, Int32Array>>;
}

/** Bits of all sets of reached states that are held at once. */
const MOST_BITS = 268_435_456;

/**
 * Which states are stable for which coalitions (Kilgour, Hipel, Fang & Peng 2001; Inohara & Hipel 2008a, b).
 *
 * The coalition of all has nobody to deter it, so that any improvement of it unsettles a state. Sanctions of `cseq` are legal
 * sequences of coalition improvements of the others' nonempty subcoalitions, none of which moves twice in succession. A tie
 * counts as a sanction; what is unknown counts neither as an improvement nor as a sanction.
 *
 * @throws ParleyError coalition-shape, too-many-for
 *
 * @example
 * coalitionStability(model).equilibria.cnash; // states that no coalition would leave
 */
export function coalitionStability(model: Model, options: CoalitionOptions = {}): CoalitionAnalysis {
  const { size } = model;
  const count = model.decisionMakers.length;
  const everyGroup = allGroups(count);
  expectRoom(size, count);
  const groups = options.coalitions?.map((members) => groupOf(model, members)) ?? everyGroup;
  const reaches = memo((members) => jointMoves(model, members));
  const improved = memo((members) => coalitionImprovements(model, reaches(members)));
  const sanctions = memo((members) => {
    const within = allGroups(members.length).map((group) => improved(group.map((k) => members[k]!)));
    const isPlain = members.every((i) => model.moves[i]!.transitive && model.preferences[i]!.ordered);
    return isPlain && within.length > 1 ? plainRows(size, within) : legalRows(size, within);
  });
  const everybody = Array.from({ length: count }, (_, i) => i);
  const coalitions = groups.map((members): CoalitionResult => {
    const others = everybody.filter((i) => !members.includes(i));
    const reach = reaches(members);
    const improvements = improved(members);
    const stable = judge(model, members, improvements, reach, {
      moves: others.length === 0 ? undefined : reaches(others).rows,
      improvements: others.length === 0 ? undefined : sanctions(others),
    });
    return Object.freeze({ members: Object.freeze([...members]), reach, improvements, stable });
  });
  const looked = new Set(groups.map((members) => members.join()));
  return Object.freeze({
    method: "joint moves and sanctions by legal sequences, as sets of states reached from each state",
    options: Object.freeze({ coalitions: Object.freeze(coalitions.map(({ members }) => members)) }),
    coalitions: Object.freeze(coalitions),
    universal: looked.size === everyGroup.length,
    equilibria: commonTo(
      size,
      coalitions.map(({ stable }) => stable),
    ),
  });
}

/** Reached states are kept for each coalition, twice. */
function expectRoom(size: number, count: number): void {
  expectReachable(size, "coalitions");
  const limit = Math.floor(Math.sqrt(MOST_BITS / (1 << count)));
  if (size > limit) throw ParleyError.of("too-many-for", { what: `coalitions of ${count}`, count: size, limit });
}

function memo<T>(make: (members: readonly number[]) => T): (members: readonly number[]) => T {
  const made = new Map<string, T>();
  return (members) => {
    const key = members.join();
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make(members);
    made.set(key, value);
    return value;
  };
}

/** CI_H: joint moves to states that every member prefers. */
function coalitionImprovements({ size, preferences }: Model, reach: JointReach): Steps {
  const lists = Array.from({ length: size }, (_, s) =>
    reach.from(s).filter((t) => reach.members.every((k) => prefers(preferences[k]!, t, s))),
  );
  return stepsIn(lists);
}

/** What the others can do: rows of the states that they reach, by any moves and by improvements; undefined where nobody is left. */
interface Sanctions {
  readonly moves: Uint32Array | undefined;
  readonly improvements: Uint32Array | undefined;
}

/** The four concepts for a group that leaves a state by `exits`, moves by `reach`, and has sanctions to expect. */
export function judge(
  { size, preferences }: Model,
  members: readonly number[],
  exits: Steps,
  reach: JointReach,
  sanctions: Sanctions,
): Record<CoalitionConcept, Uint8Array> {
  const words = wordsFor(size);
  const stable = {
    cnash: new Uint8Array(size).fill(1),
    cgmr: new Uint8Array(size).fill(1),
    csmr: new Uint8Array(size).fill(1),
    cseq: new Uint8Array(size).fill(1),
  };
  const deters = new Uint32Array(words);
  const holds = new Uint32Array(words);
  for (let s = 0; s < size; s++) {
    const [from, to] = [exits.start[s]!, exits.start[s + 1]!];
    if (from === to) continue;
    stable.cnash[s] = 0;
    // States that are no better than s for some member.
    deters.fill(0);
    for (let y = 0; y < size; y++) if (members.some((k) => isNoBetter(preferences[k]!, y, s))) addTo(deters, 0, y);
    const isMet = (rows: Uint32Array | undefined, set: Uint32Array): number => {
      if (rows === undefined) return 0;
      for (let k = from; k < to; k++) if (!meets(rows, exits.cells[k]! * words, set)) return 0;
      return 1;
    };
    stable.cgmr[s] = isMet(sanctions.moves, deters);
    stable.csmr[s] = 0;
    if (stable.cgmr[s] === 1) {
      // Those of them from which the group reaches no others: looked for only where csmr still depends on them.
      holds.fill(0);
      for (let y = 0; y < size; y++) {
        if (isIn(deters, 0, y) && isWithin(reach.rows, y * words, deters)) addTo(holds, 0, y);
      }
      stable.csmr[s] = isMet(sanctions.moves, holds);
    }
    stable.cseq[s] = isMet(sanctions.improvements, deters);
  }
  return Object.freeze(stable);
}

/** States that are stable for all groups, by concept. */
export function commonTo(
  size: number,
  groups: readonly Readonly<Record<CoalitionConcept, Uint8Array>>[],
): Record<CoalitionConcept, Int32Array> {
  const of = (concept: CoalitionConcept): Int32Array => {
    const found: number[] = [];
    for (let s = 0; s < size; s++) if (groups.every((stable) => stable[concept][s] === 1)) found.push(s);
    return Int32Array.from(found);
  };
  return Object.freeze({ cnash: of("cnash"), cgmr: of("cgmr"), csmr: of("csmr"), cseq: of("cseq") });
}
