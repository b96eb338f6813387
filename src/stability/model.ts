import { ParleyError } from "../core/problems/index.ts";
import { columnOf } from "./columns.ts";
import { decimalOf, feasibleStates, isTaken, joined, MOST_STATES, powerOfTwo, type States } from "./feasible.ts";
import { type Formula, formulaText, type Pattern, patternsOf } from "./formula.ts";
import {
  arcMoves,
  type Bits,
  type Blocks,
  blockMoves,
  changedMoves,
  directedMoves,
  groupBlocks,
  type Moves,
} from "./moves.ts";
import { type Compared, compilePreferences } from "./preferences.ts";
import type { ArcRule, Conflict, DecisionMaker, Direction, GraphForm, OptionForm } from "./types.ts";

/** An option of a compiled model, with the position of its owner. */
export interface ModelOption {
  readonly name: string;
  readonly owner: number;
  readonly direction: Direction;
}

/** A conflict ready for analysis: its feasible states in ascending order, who can move where, who prefers what. */
export interface Model {
  readonly name: string;
  readonly decisionMakers: readonly string[];
  /** None in graph form. */
  readonly options: readonly ModelOption[];
  readonly states: States;
  /** Number of states. */
  readonly size: number;
  /** Names of states, in graph form. */
  readonly stateNames: readonly string[] | undefined;
  readonly moves: readonly Moves[];
  readonly preferences: readonly Compared[];
  /** States of the whole space that are not feasible, where that space is small enough to be counted. */
  readonly removed: number;
}

/** Where the decimal value of a state stands for it in messages. */
const YES_NO = ["N", "Y"] as const;

/** One of Y and N for each option, in their order; nothing in graph form. */
export function codeOf(model: Pick<Model, "options" | "states">, state: number): string {
  return model.options.map((_, o) => YES_NO[isTaken(model.states, state, o) ? 1 : 0]).join("");
}

/**
 * Compiles a conflict.
 *
 * @throws ParleyError too-few-deciders, too-many-options, too-many-states, no-feasible-state, formula-entangled,
 *   ranking-misses, ranking-twice, ranking-unknown, preference-shape
 */
export function compileModel(conflict: Conflict): Model {
  if (conflict.decisionMakers.length === 0) throw ParleyError.of("too-few-deciders", { count: 0 });
  return conflict.form === "graph" ? fromGraph(conflict) : fromOptions(conflict);
}

function fromGraph({ name = "", states: stateNames, decisionMakers }: GraphForm): Model {
  const size = stateNames.length;
  if (size === 0) throw ParleyError.of("no-feasible-state", undefined);
  if (size > MOST_STATES) throw ParleyError.of("too-many-states", { limit: MOST_STATES });
  const states: States = { size, low: Uint32Array.from(stateNames, (_, s) => s), high: new Uint32Array(0) };
  const nameOf = (state: number) => stateNames[state] ?? `state ${state + 1}`;
  return {
    name,
    decisionMakers: decisionMakers.map((each) => each.name),
    options: [],
    states,
    size,
    stateNames: [...stateNames],
    moves: decisionMakers.map(({ name: party, arcs }) => {
      for (const [from, to] of arcs) {
        for (const state of [from, to]) {
          if (Number.isInteger(state) && state >= 0 && state < size) continue;
          throw ParleyError.of("preference-shape", { party, detail: `move to or from state ${state + 1} of ${size}` });
        }
      }
      const froms = Int32Array.from(arcs, ([from]) => from);
      return arcMoves(
        size,
        froms,
        Int32Array.from(arcs, ([, to]) => to),
      );
    }),
    preferences: decisionMakers.map(({ name: party, preferences }) => {
      if (preferences.kind === "statements" || preferences.kind === "weights") {
        const detail = "speak of options, and a model in graph form has none";
        throw ParleyError.of("preference-shape", { party, detail });
      }
      return compilePreferences(party, preferences, states, nameOf);
    }),
    removed: 0,
  };
}

function fromOptions({ name = "", decisionMakers, infeasible = [] }: OptionForm): Model {
  const options: ModelOption[] = decisionMakers.flatMap((each, owner) =>
    each.options.map((option) => ({ name: option.name, owner, direction: option.direction ?? "both" })),
  );
  for (const { name: party, preferences } of decisionMakers) {
    if (preferences.kind !== "weights" || preferences.weights.length === options.length) continue;
    const detail = `give ${preferences.weights.length} weights for ${options.length} options`;
    throw ParleyError.of("preference-shape", { party, detail });
  }
  const states = feasibleStates(
    options.length,
    infeasible.flatMap((formula) => patternsIn(formula, options)),
  );
  const nameOf = (state: number) => `state ${state + 1} (${codeOf({ options, states }, state)})`;
  return {
    name,
    decisionMakers: decisionMakers.map((each) => each.name),
    options,
    states,
    size: states.size,
    stateNames: undefined,
    moves: decisionMakers.map((each, i) => movesOf(each, i, options, states)),
    preferences: decisionMakers.map((each) => compilePreferences(each.name, each.preferences, states, nameOf)),
    removed: powerOfTwo(options.length) - states.size,
  };
}

function patternsIn(formula: Formula, options: readonly ModelOption[]): Pattern[] {
  const patterns = patternsOf(formula);
  if (patterns !== undefined) return patterns;
  throw ParleyError.of("formula-entangled", { value: formulaText(formula, (o) => options[o]?.name ?? `option ${o}`) });
}

function movesOf(
  { misperceives = [], removed = [], added = [] }: DecisionMaker,
  dm: number,
  options: readonly ModelOption[],
  states: States,
): Moves {
  const blocks = blocksOf(dm, options, states, misperceives);
  const forward = bitsOf(options, (each) => each.owner === dm && each.direction === "forward");
  const back = bitsOf(options, (each) => each.owner === dm && each.direction === "back");
  const isFree = (forward.low | forward.high | back.low | back.high) === 0;
  const moves = isFree ? blockMoves(blocks) : directedMoves(blocks, states.low, states.high, forward, back);
  if (removed.length === 0 && added.length === 0) return moves;
  const columns = ({ from, to }: ArcRule) => [columnOf(states, from), columnOf(states, to)] as const;
  return changedMoves(states.size, moves, removed.map(columns), added.map(columns));
}

function bitsOf(options: readonly ModelOption[], wanted: (option: ModelOption) => boolean): Bits {
  let [low, high] = [0, 0];
  for (const [o, option] of options.entries()) {
    if (!wanted(option)) continue;
    if (o < 32) low |= 1 << o;
    else high |= 1 << (o - 32);
  }
  return { low, high };
}

/** States that differ in a decision maker's own options only; a state that it does not see stands alone. */
function blocksOf(
  dm: number,
  options: readonly ModelOption[],
  states: States,
  misperceives: readonly Formula[],
): Blocks {
  const { size, low, high } = states;
  const own = bitsOf(options, ({ owner }) => owner === dm);
  const block = new Int32Array(size);
  let count = 0;
  if (size === powerOfTwo(options.length) && misperceives.length === 0) {
    // All states are feasible, and options of one owner are neighbours: the others' bits, moved together, number the block.
    const first = options.findIndex(({ owner }) => owner === dm);
    const length = options.filter(({ owner }) => owner === dm).length;
    const below = first < 0 ? 0 : powerOfTwo(first) - 1;
    const shift = Math.max(0, first);
    for (let s = 0; s < size; s++) block[s] = (s & below) | ((s >>> (shift + length)) << shift);
    return groupBlocks(block, size / powerOfTwo(length));
  }
  const unseen = misperceives.map((formula) => columnOf(states, formula));
  const numbers = new Map<number, number>();
  for (let s = 0; s < size; s++) {
    if (unseen.some((column) => column[s] === 1)) {
      block[s] = count++;
      continue;
    }
    const others = joined(low[s]! & ~own.low, high.length === 0 ? 0 : high[s]! & ~own.high);
    let number = numbers.get(others);
    if (number === undefined) {
      number = count++;
      numbers.set(others, number);
    }
    block[s] = number;
  }
  return groupBlocks(block, count);
}

/** The decimal value of a state (GMCR+'s `decimal`); its position in graph form. */
export function maskOf(model: Model, state: number): number {
  return model.stateNames === undefined ? decimalOf(model.states, state) : state;
}

/** What people read for a state: its name in graph form, else its number. */
export function stateLabel(model: Model, state: number): string {
  return model.stateNames?.[state] ?? `state ${state + 1}`;
}

/** What changes between two states: options taken up and given up, by position. */
export function changesBetween(
  model: Model,
  from: number,
  to: number,
): { readonly taken: number[]; readonly dropped: number[] } {
  const [taken, dropped]: [number[], number[]] = [[], []];
  for (let o = 0; o < model.options.length; o++) {
    const [before, after] = [isTaken(model.states, from, o), isTaken(model.states, to, o)];
    if (!before && after) taken.push(o);
    if (before && !after) dropped.push(o);
  }
  return { taken, dropped };
}
