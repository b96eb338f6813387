import { type Analysis, type BasicConcept, codeOf, compare, type Model, UNKNOWN } from "../stability/index.ts";

/** A state on a picture of a graph model. */
export interface StateNode {
  /** Its number, from 1. */
  readonly id: number;
  readonly code: string;
  /** The name of the situation that it is, where it is one. */
  readonly name: string | null;
  readonly statusQuo: boolean;
  /** Concepts by which it is an equilibrium. */
  readonly concepts: readonly string[];
}

/** An improvement of a decision maker, by the numbers of states and the decision maker's position. */
export interface StateEdge {
  readonly from: number;
  readonly to: number;
  readonly dm: number;
}

/** Part of a graph model that fits on a picture. */
export interface StateGraph {
  readonly nodes: readonly StateNode[];
  readonly edges: readonly StateEdge[];
  /** States of the model, of which the nodes are some. */
  readonly states: number;
  /** Whether of each decision maker's improvements from a state only the best are drawn. */
  readonly bestOnly: boolean;
}

/** What a picture picks states by. */
export interface StateGraphOptions {
  readonly statusQuo?: number | undefined;
  readonly situations?: readonly { readonly name: string; readonly states: readonly number[] }[] | undefined;
  /** States at most; 30 unless given. */
  readonly most?: number | undefined;
}

/** Improvements for each state drawn, above which only the best are. */
const MANY = 2.5;

/**
 * The states of a graph model that a picture can show: the status quo, named situations, and where the best improvement of each
 * decision maker leads from there, and so on; all where they are few. Without a situation it begins at equilibria.
 */
export function stateGraph(model: Model, analysis: Analysis, options: StateGraphOptions = {}): StateGraph {
  const { statusQuo, situations = [], most = 30 } = options;
  const shown = new Set<number>();
  const take = (states: Iterable<number>): void => {
    for (const state of states) if (shown.size < most) shown.add(state);
  };
  if (model.size <= most) take(Array.from({ length: model.size }, (_, s) => s));
  if (statusQuo !== undefined) take([statusQuo]);
  take(situations.flatMap(({ states }) => (states.length === 1 ? states : [])));
  const equilibriumBy = (state: number): BasicConcept[] =>
    (Object.keys(analysis.concepts) as BasicConcept[]).filter((concept) =>
      analysis.concepts[concept]?.stable.every((of) => of[state] === 1),
    );
  // Then what decision makers would make of these, and of what they make of them: the best improvement of each.
  for (const state of shown) take(bestImprovements(model, state));
  if (shown.size === 0) take(analysis.concepts.nash?.equilibria ?? []);
  if (shown.size === 0) take(analysis.concepts.seq?.equilibria ?? []);
  for (const state of shown) take(bestImprovements(model, state));
  const states = [...shown].sort((a, b) => a - b);
  const nameOf = (state: number) =>
    situations.find((each) => each.states.length === 1 && each.states[0] === state)?.name ?? null;
  const all = improvementsAmong(model, states);
  const bestOnly = all.length > MANY * states.length;
  return {
    nodes: states.map((state) => ({
      id: state + 1,
      code: codeOf(model, state),
      name: nameOf(state),
      statusQuo: state === statusQuo,
      concepts: equilibriumBy(state),
    })),
    edges: (bestOnly ? bestOf(model, all) : all).map(({ from, to, dm }) => ({ from: from + 1, to: to + 1, dm })),
    states: model.size,
    bestOnly,
  };
}

/** Where each decision maker would move from a state, if it would. */
function bestImprovements(model: Model, state: number): number[] {
  const scratch = new Int32Array(model.size);
  return model.moves.flatMap((moves, dm) => {
    const own = model.preferences[dm];
    if (own === undefined) return [];
    let best = state;
    for (const to of scratch.slice(0, moves.from(state, scratch))) {
      const cell = compare(own, to, best);
      if (cell > 0 && cell !== UNKNOWN) best = to;
    }
    return best === state ? [] : [best];
  });
}

function improvementsAmong(model: Model, states: readonly number[]): StateEdge[] {
  const shown = new Set(states);
  const scratch = new Int32Array(model.size);
  return states.flatMap((from) =>
    model.moves.flatMap((moves, dm) => {
      const own = model.preferences[dm];
      if (own === undefined) return [];
      const reached = Array.from(scratch.slice(0, moves.from(from, scratch)));
      return reached
        .filter((to) => shown.has(to))
        .filter((to) => {
          const cell = compare(own, to, from);
          return cell > 0 && cell !== UNKNOWN;
        })
        .map((to) => ({ from, to, dm }));
    }),
  );
}

function bestOf(model: Model, edges: readonly StateEdge[]): StateEdge[] {
  const best = new Map<string, number>();
  const rank = ({ to, dm }: StateEdge): number => model.preferences[dm]?.ranks[to] ?? 0;
  for (const edge of edges) {
    const key = `${edge.from}/${edge.dm}`;
    best.set(key, Math.max(best.get(key) ?? 0, rank(edge)));
  }
  return edges.filter((edge) => rank(edge) === best.get(`${edge.from}/${edge.dm}`));
}
