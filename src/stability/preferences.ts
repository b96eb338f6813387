import { ParleyError } from "../core/problems/index.ts";
import { columnOf } from "./columns.ts";
import type { States } from "./feasible.ts";
import type { Preferences, Relation, Statement } from "./types.ts";

/**
 * What a decision maker wants, compiled.
 *
 * `ranks`: dense ordinal ranks of the states, 1 the worst, equal where the decision maker is indifferent; where some
 * comparisons are unknown, as if what is unknown did not count. `relation` is there where ranks do not say everything: where
 * something is unknown, preferred by degrees, or not an order.
 */
export interface Compared {
  readonly ranks: Int32Array;
  readonly greatest: number;
  readonly relation: RelationTable | undefined;
  /** Whether the relation is an order and nothing is unknown, so that the ranks hold. */
  readonly ordered: boolean;
}

/**
 * How each state compares with each other: cell s * size + t is 0 where they are equal, d where s is preferred to t by degree d,
 * -d where t is, and {@link UNKNOWN} where nobody knows.
 */
export interface RelationTable {
  readonly size: number;
  readonly cells: Int8Array;
}

export const UNKNOWN = 127;
/** States up to which every pair is compared. */
export const MOST_RELATED = 4096;

/** @throws ParleyError where the preferences do not fit the states */
export function compilePreferences(
  party: string,
  preferences: Preferences,
  states: States,
  nameOf: (state: number) => string,
): Compared {
  switch (preferences.kind) {
    case "statements":
      return fromStatements(preferences.statements, states);
    case "weights": {
      const { size } = states;
      expectNumbers(party, preferences.weights);
      const score = new Float64Array(size);
      for (const [option, weight] of preferences.weights.entries()) {
        const taken = columnOf(states, { kind: "option", option });
        for (let s = 0; s < size; s++) score[s]! += weight * taken[s]!;
      }
      return ranked(denseRanks(score));
    }
    case "payoffs":
      if (preferences.payoffs.length !== states.size) {
        const detail = `give ${preferences.payoffs.length} payoffs for ${states.size} states`;
        throw ParleyError.of("preference-shape", { party, detail });
      }
      expectNumbers(party, preferences.payoffs);
      return ranked(denseRanks(preferences.payoffs));
    case "ranking":
      return ranked(ranksOfRanking(party, preferences.ranking, states.size, nameOf));
    case "relation":
      return fromRelation(party, preferences.relation, states.size);
  }
}

/** Infinite payoffs compare, but what is no number does not. */
function expectNumbers(party: string, values: ArrayLike<number>): void {
  for (let k = 0; k < values.length; k++) {
    if (!Number.isNaN(values[k]!)) continue;
    throw ParleyError.of("preference-shape", { party, detail: `have no number at place ${k + 1} of ${values.length}` });
  }
}

function ranked(ranks: Int32Array): Compared {
  let greatest = 0;
  for (let s = 0; s < ranks.length; s++) if (ranks[s]! > greatest) greatest = ranks[s]!;
  return { ranks, greatest, relation: undefined, ordered: true };
}

/** Whether numbers are ranks already: whole, from 1, with none left out. */
function isDense(values: ArrayLike<number>): boolean {
  const size = values.length;
  const seen = new Uint8Array(size + 1);
  let [distinct, greatest] = [0, 0];
  for (let s = 0; s < size; s++) {
    const value = values[s]!;
    if (!(value >= 1 && value <= size) || Math.floor(value) !== value) return false;
    if (seen[value] === 0) distinct++;
    seen[value] = 1;
    if (value > greatest) greatest = value;
  }
  return distinct === greatest;
}

/** Dense ordinal ranks of numbers: 1 for the least, equal for equal ones. */
export function denseRanks(values: ArrayLike<number>): Int32Array {
  const size = values.length;
  if (isDense(values)) return Int32Array.from(values);
  const ranks = new Int32Array(size);
  const order = Float64Array.from(values).sort();
  let distinct = 0;
  for (let k = 0; k < size; k++) if (k === 0 || order[k] !== order[distinct - 1]) order[distinct++] = order[k]!;
  for (let s = 0; s < size; s++) {
    let [from, to] = [0, distinct - 1];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (order[middle]! < values[s]!) from = middle + 1;
      else to = middle;
    }
    ranks[s] = from + 1;
  }
  return ranks;
}

/**
 * Ranks by statements, the most important first (Peng, Hipel, Kilgour & Fang 1997): groups of equal states are parted
 * statement by statement, so that their number does not matter.
 */
export function ranksOfStatements(columns: Iterable<Uint8Array>, size: number): Int32Array {
  const rank = new Int32Array(size).fill(1);
  let groups = 1;
  for (const column of columns) {
    if (groups === size) break;
    const seen = new Uint8Array(groups + 1);
    for (let s = 0; s < size; s++) seen[rank[s]!]! |= column[s] === 1 ? 2 : 1;
    const base = new Int32Array(groups + 1);
    let next = 0;
    for (let g = 1; g <= groups; g++) {
      base[g] = next + 1;
      next += seen[g] === 3 ? 2 : 1;
    }
    if (next === groups) continue;
    for (let s = 0; s < size; s++) {
      const g = rank[s]!;
      rank[s] = base[g]! + (seen[g] === 3 && column[s] === 1 ? 1 : 0);
    }
    groups = next;
  }
  return rank;
}

function fromStatements(statements: readonly Statement[], states: States): Compared {
  const { size } = states;
  const isPlain = statements.every(({ degree = 1, unknown = false }) => degree === 1 && !unknown);
  const lazily = function* (of: readonly Statement[]) {
    for (const { formula } of of) yield columnOf(states, formula);
  };
  const base = ranked(ranksOfStatements(lazily(statements.filter(({ unknown }) => unknown !== true)), size));
  if (isPlain) return base;
  expectRelatable(size);
  const columns = [...lazily(statements)];
  const cells = new Int8Array(size * size);
  for (let s = 0; s < size; s++) {
    for (let t = 0; t < size; t++) {
      const k = columns.findIndex((column) => column[s] !== column[t]);
      const first = statements[k];
      if (first === undefined) continue;
      const degree = first.degree ?? 1;
      cells[s * size + t] = first.unknown === true ? UNKNOWN : columns[k]![s] === 1 ? degree : -degree;
    }
  }
  return { ...base, relation: { size, cells }, ordered: !cells.includes(UNKNOWN) };
}

const SIGNS: Readonly<Record<Relation, number>> = {
  "=": 0,
  ">": 1,
  "<": -1,
  ">>": 2,
  "<<": -2,
  ">>>": 3,
  "<<<": -3,
  U: UNKNOWN,
};

function expectRelatable(size: number): void {
  if (size <= MOST_RELATED) return;
  const what = "preferences that are unknown or have degrees";
  throw ParleyError.of("too-many-for", { what, count: size, limit: MOST_RELATED });
}

function fromRelation(party: string, relation: readonly (readonly Relation[])[], size: number): Compared {
  expectRelatable(size);
  if (relation.length !== size || relation.some((row) => row.length !== size)) {
    throw ParleyError.of("preference-shape", { party, detail: `do not compare ${size} states with ${size}` });
  }
  const cells = new Int8Array(size * size);
  for (let s = 0; s < size; s++) for (let t = 0; t < size; t++) cells[s * size + t] = SIGNS[relation[s]![t]!];
  for (let s = 0; s < size; s++) {
    for (let t = 0; t <= s; t++) {
      const [one, other] = [cells[s * size + t]!, cells[t * size + s]!];
      if (one === UNKNOWN ? other === UNKNOWN && s !== t : one === -other) continue;
      const detail =
        s === t
          ? `compare state ${s + 1} with itself as something else than equal`
          : `compare states ${t + 1} and ${s + 1} in two ways that exclude each other`;
      throw ParleyError.of("preference-shape", { party, detail });
    }
  }
  // A state ranks above those that it beats; the relation is an order where the ranks give it back.
  const beaten = new Int32Array(size);
  for (let s = 0; s < size; s++) {
    for (let t = 0; t < size; t++) {
      const cell = cells[s * size + t]!;
      if (cell > 0 && cell !== UNKNOWN) beaten[s]!++;
    }
  }
  const base = ranked(denseRanks(beaten));
  let ordered = true;
  let isGraded = false;
  for (let s = 0; s < size; s++) {
    for (let t = 0; t < size; t++) {
      const cell = cells[s * size + t]!;
      if (cell === UNKNOWN || Math.sign(cell) !== Math.sign(base.ranks[s]! - base.ranks[t]!)) ordered = false;
      if (Math.abs(cell) > 1) isGraded = true;
    }
  }
  return { ...base, ordered, relation: ordered && !isGraded ? undefined : { size, cells } };
}

/** @throws ParleyError ranking-misses, ranking-twice, ranking-unknown */
function ranksOfRanking(
  party: string,
  ranking: readonly (readonly number[])[],
  size: number,
  nameOf: (state: number) => string,
): Int32Array {
  const ranks = new Int32Array(size);
  const groups = ranking.filter((group) => group.length > 0);
  for (const [g, group] of groups.entries()) {
    for (const state of group) {
      if (!Number.isInteger(state) || state < 0 || state >= size) {
        throw ParleyError.of("ranking-unknown", { party, state: `state ${state + 1}`, count: size });
      }
      if (ranks[state] !== 0) throw ParleyError.of("ranking-twice", { party, state: nameOf(state) });
      ranks[state] = groups.length - g;
    }
  }
  const missing = ranks.indexOf(0);
  if (missing >= 0) throw ParleyError.of("ranking-misses", { party, state: nameOf(missing) });
  return ranks;
}

/** How a state compares with another: as in {@link RelationTable}. */
export function compare({ ranks, relation }: Compared, s: number, t: number): number {
  return relation === undefined ? Math.sign(ranks[s]! - ranks[t]!) : relation.cells[s * relation.size + t]!;
}
