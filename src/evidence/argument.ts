/** Semantics for the strength of arguments that support and attack one another. */
export type ArgumentSemantics = "df-quad" | "quadratic-energy";

/** An argument with its base score (its credence before the others are heard) and whom it supports and attacks. */
export interface Argument {
  readonly id: string;
  /** tau, from 0 to 1. */
  readonly base: number;
  readonly supports: readonly string[];
  readonly attacks: readonly string[];
}

export interface ArgumentResult {
  readonly method: ArgumentSemantics;
  /** Strength of each argument, from 0 to 1. */
  readonly strengths: ReadonlyMap<string, number>;
  /** A cycle in the graph, first member repeated at the end; undefined in an acyclic one. */
  readonly cycle: readonly string[] | undefined;
  /** Whether the strengths settled; always so in an acyclic graph. */
  readonly converged: boolean;
  readonly iterations: number;
}

/** Steps after which an evaluation with cycles is given up. */
const MAX_STEPS = 1000;
/** Change below which it has settled. */
const TOLERANCE = 1e-10;

/**
 * Strengths in a bipolar argument graph, from 0 to 1.
 *
 * DF-QuAD: Rago, Toni, Aurisicchio & Baroni (2016). Quadratic energy: Potyka (2018). Acyclic graphs are evaluated in
 * topological order; with cycles all strengths are updated together until they settle, at most 1 000 times.
 */
export function argumentStrengths(
  graph: readonly Argument[],
  semantics: ArgumentSemantics = "df-quad",
): ArgumentResult {
  const index = new Map(graph.map(({ id }, i) => [id, i]));
  const supporters: number[][] = graph.map(() => []);
  const attackers: number[][] = graph.map(() => []);
  for (const [i, { supports, attacks }] of graph.entries()) {
    for (const id of supports) supporters[index.get(id) ?? -1]?.push(i);
    for (const id of attacks) attackers[index.get(id) ?? -1]?.push(i);
  }
  const strength = Float64Array.from(graph, ({ base }) => base);
  const update = semantics === "df-quad" ? dfQuad : quadraticEnergy;
  const evaluate = (i: number, at: Float64Array): number =>
    update(graph[i]?.base ?? 0, supporters[i] ?? [], attackers[i] ?? [], at);
  const { order, cycle } = topologicalOrder(graph, index);
  let iterations = 1;
  let converged = true;
  if (cycle === undefined) {
    for (const i of order) strength[i] = evaluate(i, strength);
  } else {
    converged = false;
    const next = new Float64Array(strength.length);
    for (iterations = 0; iterations < MAX_STEPS && !converged; iterations++) {
      let change = 0;
      for (let i = 0; i < next.length; i++) {
        next[i] = evaluate(i, strength);
        change = Math.max(change, Math.abs(next[i]! - strength[i]!));
      }
      strength.set(next);
      converged = change < TOLERANCE;
    }
  }
  const strengths = new Map(graph.map(({ id }, i) => [id, strength[i] ?? 0]));
  return { method: semantics, strengths, cycle, converged, iterations };
}

/** tau pulled towards 0 or 1 by how much stronger attackers or supporters are, each combined as 1 - prod(1 - v). */
function dfQuad(base: number, supporters: readonly number[], attackers: readonly number[], at: Float64Array): number {
  const combine = (members: readonly number[]): number => 1 - members.reduce((rest, i) => rest * (1 - at[i]!), 1);
  const support = combine(supporters);
  const attack = combine(attackers);
  const pull = Math.abs(support - attack);
  return attack >= support ? base - base * pull : base + (1 - base) * pull;
}

/** tau pulled by the energy E = sum of supporters - sum of attackers through h(x) = max(x, 0)^2 / (1 + max(x, 0)^2). */
function quadraticEnergy(
  base: number,
  supporters: readonly number[],
  attackers: readonly number[],
  at: Float64Array,
): number {
  const sum = (members: readonly number[]): number => members.reduce((total, i) => total + at[i]!, 0);
  const energy = sum(supporters) - sum(attackers);
  return base - base * squash(-energy) + (1 - base) * squash(energy);
}

function squash(x: number): number {
  const positive = Math.max(x, 0);
  return (positive * positive) / (1 + positive * positive);
}

/** An order in which every argument comes after those that bear on it, or a cycle that forbids one. */
function topologicalOrder(
  graph: readonly Argument[],
  index: ReadonlyMap<string, number>,
): { readonly order: readonly number[]; readonly cycle: readonly string[] | undefined } {
  const targets = graph.map(({ supports, attacks }) => [...supports, ...attacks].flatMap((id) => index.get(id) ?? []));
  const waiting = new Int32Array(graph.length);
  for (const list of targets) for (const target of list) waiting[target]! += 1;
  const order = graph.flatMap((_, i) => (waiting[i] === 0 ? [i] : []));
  for (let k = 0; k < order.length; k++) {
    for (const target of targets[order[k] ?? -1] ?? []) {
      waiting[target]! -= 1;
      if (waiting[target] === 0) order.push(target);
    }
  }
  if (order.length === graph.length) return { order, cycle: undefined };
  // What is left has only members of cycles and what they lead to; walk back to a member of one, then around it.
  const left = new Set(graph.flatMap((_, i) => (waiting[i]! > 0 ? [i] : [])));
  const before = new Map<number, number>();
  for (const i of left) for (const target of targets[i] ?? []) if (left.has(target)) before.set(target, i);
  let at = [...left][0] ?? 0;
  for (let step = 0; step < graph.length; step++) at = before.get(at) ?? at;
  const members = [at];
  for (let i = before.get(at); i !== undefined && i !== at; i = before.get(i)) members.push(i);
  const ids = members.toReversed().map((i) => graph[i]?.id ?? "");
  return { order, cycle: [...ids, ids[0] ?? ""] };
}
