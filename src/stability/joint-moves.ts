import { ParleyError } from "../core/problems/index.ts";
import { addTo, isIn, membersOf, wordsFor } from "./bitsets.ts";
import { groupOf, prefers } from "./groups.ts";
import { inOneMove } from "./merged-moves.ts";
import type { Model } from "./model.ts";
import { plainRows, type Steps, setReturns } from "./plain-reach.ts";
import { MOST_RELATED } from "./preferences.ts";

export type { Steps };

/**
 * What a joint move of several decision makers is.
 *
 * `legal`: a sequence of their moves in which nobody moves twice in succession (Fang, Hipel & Kilgour 1993), the definition.
 * `one-move`: they are merged into one player, which changes any of their options at once, as the program GMCR+ has it: not the
 * definition.
 */
export type JointRule = "legal" | "one-move";

export interface JointMoveOptions {
  /**
   * Whether each mover must prefer the state that it moves to, to the one it moves from; with `one-move`, whether every member
   * must prefer the state that is reached. False unless given.
   */
  readonly improvements?: boolean | undefined;
  /** `legal` unless given. */
  readonly rule?: JointRule | undefined;
  /**
   * Whether a state can be reached from itself: by the letter of the definition it is, where a legal sequence leads away and
   * back. True unless given; no stability concept depends on it.
   */
  readonly returns?: boolean | undefined;
}

/** Where the members of a group can move jointly, from every state. */
export interface JointReach {
  readonly method: string;
  readonly members: readonly number[];
  readonly options: Required<JointMoveOptions>;
  /** Words of a row. */
  readonly words: number;
  /** Row s, from word s * words: the states that can be reached from s, as bits. */
  readonly rows: Uint32Array;
  /** States that can be reached from a state, ascending. */
  from(state: number): Int32Array;
  has(from: number, to: number): boolean;
}

/** Where a group can move jointly from one state. */
export interface JointMovesFrom {
  readonly method: string;
  readonly members: readonly number[];
  readonly options: Required<JointMoveOptions>;
  /** Ascending. */
  readonly states: Int32Array;
  /** For each of the states, who can have moved last: the mover sets of Fang, Hipel & Kilgour (1993). Empty for merged players. */
  readonly lastMovers: readonly (readonly number[])[];
}

const METHODS: Readonly<Record<JointRule, string>> = {
  legal: "legal sequences: nobody moves twice in succession",
  "one-move": "merged players: any options of the members change in one move, as GMCR+ has it: not the definition",
};

const settled = ({ improvements = false, rule = "legal", returns = true }: JointMoveOptions) =>
  Object.freeze({ improvements, rule, returns });

/**
 * Where a group of decision makers can move jointly: R_H(s), or R_H^+(s) with `improvements`, for every state s.
 *
 * The members' legal sequences are searched from each state in turn. It is kept of a state only by whom it was reached first and
 * whether by another one too: from the second arrival on, everybody may move from it. So each search looks at each move once,
 * whether moves are transitive or not; where they are, plain reachability replaces it but for returns. Of one member, it is that
 * member's moves. Preferences that are unknown are no improvements.
 *
 * @throws ParleyError coalition-shape, too-many-for, options-needed (merged players)
 */
export function jointMoves(model: Model, members: readonly number[], options: JointMoveOptions = {}): JointReach {
  const group = groupOf(model, members);
  const settings = settled(options);
  expectReachable(model.size);
  const { improvements, rule, returns } = settings;
  const rows =
    rule === "one-move" ? rowsOf(inOneMove(model, group, improvements)) : sequences(model, group, improvements);
  const words = wordsFor(model.size);
  if (!returns) for (let s = 0; s < model.size; s++) rows[s * words + (s >>> 5)]! &= ~(1 << (s & 31));
  return Object.freeze({
    method: METHODS[rule],
    members: Object.freeze([...group]),
    options: settings,
    words,
    rows,
    from: (state: number) => membersOf(rows, state * words, words),
    has: (from: number, to: number) => isIn(rows, from * words, to),
  });
}

/**
 * Where a group of decision makers can move jointly from one state, and who can have moved last; of models of any size.
 *
 * @throws ParleyError coalition-shape, options-needed (merged players)
 */
export function jointMovesFrom(
  model: Model,
  members: readonly number[],
  state: number,
  options: JointMoveOptions = {},
): JointMovesFrom {
  const group = groupOf(model, members);
  const settings = settled(options);
  const { improvements, rule, returns } = settings;
  const last = new Map<number, Set<number>>();
  if (rule === "one-move") {
    for (const t of inOneMove(model, group, improvements, [state])[0]!) last.set(t, new Set());
  } else {
    const scratch = new Int32Array(model.size);
    const list = (m: number, s: number): Int32Array => {
      const found = scratch.slice(0, model.moves[group[m]!]!.from(s, scratch));
      return improvements ? found.filter((t) => prefers(model.preferences[group[m]!]!, t, s)) : found;
    };
    const search = searcher(model.size, group.length, (m, s, arrive) => {
      for (const t of list(m, s)) arrive(t, m);
    });
    search(state, (t, m) => {
      const movers = last.get(t);
      if (movers === undefined) last.set(t, new Set([group[m]!]));
      else movers.add(group[m]!);
      return false;
    });
  }
  const states = Int32Array.from([...last.keys()].filter((t) => returns || t !== state)).sort();
  return Object.freeze({
    method: METHODS[rule],
    members: Object.freeze([...group]),
    options: settings,
    states,
    lastMovers: Object.freeze(Array.from(states, (t) => Object.freeze([...last.get(t)!].sort((a, b) => a - b)))),
  });
}

/** @throws ParleyError too-many-for */
export function expectReachable(size: number, what = "joint moves from every state"): void {
  if (size > MOST_RELATED) throw ParleyError.of("too-many-for", { what, count: size, limit: MOST_RELATED });
}

/** The moves, or improvements, of one decision maker from every state. */
export function stepsOf({ size, moves, preferences }: Model, i: number, improvements: boolean): Steps {
  const scratch = new Int32Array(size);
  const own = preferences[i]!;
  const lists: Int32Array[] = [];
  for (let s = 0; s < size; s++) {
    const list = scratch.slice(0, moves[i]!.from(s, scratch));
    lists.push(improvements ? list.filter((t) => prefers(own, t, s)) : list);
  }
  return stepsIn(lists);
}

/** Moves from lists of the states reached from each state. */
export function stepsIn(lists: readonly ArrayLike<number>[]): Steps {
  const start = new Int32Array(lists.length + 1);
  for (const [s, list] of lists.entries()) start[s + 1] = start[s]! + list.length;
  const cells = new Int32Array(start[lists.length]!);
  for (const [s, list] of lists.entries()) cells.set(list, start[s]!);
  return { start, cells };
}

function rowsOf(lists: readonly ArrayLike<number>[]): Uint32Array {
  const words = wordsFor(lists.length);
  const rows = new Uint32Array(words * lists.length);
  for (const [s, list] of lists.entries()) for (let k = 0; k < list.length; k++) addTo(rows, s * words, list[k]!);
  return rows;
}

function sequences(model: Model, group: readonly number[], improvements: boolean): Uint32Array {
  const { size, moves, preferences } = model;
  const steps = group.map((i) => stepsOf(model, i, improvements));
  const isPlain = group.every((i) => moves[i]!.transitive && (!improvements || preferences[i]!.ordered));
  if (group.length === 1 || !isPlain) return legalRows(size, steps);
  const rows = plainRows(size, steps);
  // Only whether a state is reached from itself hangs on who moves when.
  const search = searcher(size, steps.length, eachOf(steps));
  setReturns(rows, size, (s) => search(s, (t) => t === s));
  return rows;
}

const eachOf = (movers: readonly Steps[]) => (m: number, s: number, arrive: Arrive) => {
  const { start, cells } = movers[m]!;
  for (let k = start[s]!; k < start[s + 1]!; k++) arrive(cells[k]!, m);
};

/** Rows of bits: the states that are reached from each state by steps no two of which in succession are of one mover. */
export function legalRows(size: number, movers: readonly Steps[]): Uint32Array {
  const words = wordsFor(size);
  const rows = new Uint32Array(words * size);
  const search = searcher(size, movers.length, eachOf(movers));
  for (let s = 0; s < size; s++) {
    search(s, (t) => {
      addTo(rows, s * words, t);
      return false;
    });
  }
  return rows;
}

type Arrive = (state: number, mover: number) => void;

/**
 * A search for legal sequences from one state after another; `step` calls `arrive` for each move of a mover from a state. It ends,
 * and is true, where `reached` is.
 */
function searcher(size: number, movers: number, step: (mover: number, state: number, arrive: Arrive) => void) {
  // The search in which a state was reached, by one mover and by another; and the first of them.
  const once = new Int32Array(size).fill(-1);
  const twice = new Int32Array(size).fill(-1);
  const first = new Int32Array(size);
  const stack: number[] = [];
  let round = -1;
  return (source: number, reached: (state: number, mover: number) => boolean): boolean => {
    round++;
    let isFound = false;
    stack.length = 0;
    // Everybody moves from the source, so that a return to it opens no further move.
    once[source] = round;
    twice[source] = round;
    const arrive: Arrive = (t, m) => {
      if (reached(t, m)) isFound = true;
      if (once[t] !== round) {
        once[t] = round;
        first[t] = m;
        stack.push(2 * t);
      } else if (twice[t] !== round && first[t] !== m) {
        twice[t] = round;
        stack.push(2 * t + 1);
      }
    };
    for (let m = 0; m < movers; m++) step(m, source, arrive);
    while (stack.length > 0 && !isFound) {
      const node = stack.pop()!;
      const state = node >>> 1;
      // Reached once: everybody moves but who moved last. Reached by another one too: then that one moves as well.
      if ((node & 1) === 1) step(first[state]!, state, arrive);
      else for (let m = 0; m < movers; m++) if (m !== first[state]) step(m, state, arrive);
    }
    return isFound;
  };
}
