import type { Model } from "./model.ts";
import { compare, UNKNOWN } from "./preferences.ts";

/** A move: who, and to which state. */
export interface Step {
  readonly dm: number;
  readonly to: number;
}

/** How a state can come about from the status quo. */
export interface Reached {
  readonly state: number;
  /** Moves on a shortest legal sequence. */
  readonly length: number;
  /** One such sequence: the first in the order of decision makers and states. */
  readonly path: readonly Step[];
  /** Decision makers who begin some shortest sequence, ascending. */
  readonly firstMovers: readonly number[];
  /** Decision makers who end some shortest sequence, ascending. */
  readonly lastMovers: readonly number[];
}

export interface StatusQuoOptions {
  /** Whether each mover must prefer the state it moves to; false unless given. */
  readonly improvements?: boolean | undefined;
  /** Longest sequences that are followed; as long as anything new comes unless given. */
  readonly horizon?: number | undefined;
}

export interface StatusQuoAnalysis {
  readonly from: number;
  readonly improvements: boolean;
  /** States that can come about, ascending; the status quo itself where a sequence leads back. */
  readonly reached: readonly Reached[];
  /** Sequences longer than this reach nothing that a shorter one with the same last mover does not. */
  readonly horizon: number;
  /** Circles of improvements in reach, as sets of states each of which leads to each other, ascending by their first. */
  readonly cycles: readonly (readonly number[])[];
  readonly method: string;
}

/**
 * What can come about from the status quo, by whom and how soon (Li, Kilgour & Hipel 2004, 2005).
 *
 * Breadth-first over states with their last movers: nobody moves twice in succession.
 */
export function analyseStatusQuo(model: Model, from: number, options: StatusQuoOptions = {}): StatusQuoAnalysis {
  const { improvements = false, horizon = Number.POSITIVE_INFINITY } = options;
  const { size } = model;
  const n = model.decisionMakers.length;
  const length = new Int32Array(size * n).fill(-1);
  const parent = new Int32Array(size * n).fill(-1);
  // Sets of first movers, a bit each; more than 31 decision makers share the last bit.
  const first = new Uint32Array(size * n);
  const next = stepsOf(model, improvements);
  let layer: number[] = [];
  for (let dm = 0; dm < n && horizon >= 1; dm++) {
    for (const to of next(dm, from)) {
      length[dm * size + to] = 1;
      first[dm * size + to] = bit(dm);
      layer.push(dm * size + to);
    }
  }
  let deepest = layer.length > 0 ? 1 : 0;
  for (let h = 2; layer.length > 0 && h <= horizon; h++) {
    const following: number[] = [];
    for (const node of layer) {
      const last = Math.floor(node / size);
      for (let dm = 0; dm < n; dm++) {
        if (dm === last) continue;
        for (const to of next(dm, node % size)) {
          const reached = dm * size + to;
          if (length[reached] === -1) {
            length[reached] = h;
            parent[reached] = node;
            following.push(reached);
          }
          if (length[reached] === h) first[reached]! |= first[node]!;
        }
      }
    }
    layer = following;
    if (layer.length > 0) deepest = h;
  }
  const reached: Reached[] = [];
  for (let s = 0; s < size; s++) {
    const nodes = Array.from({ length: n }, (_, dm) => dm * size + s).filter((node) => length[node]! >= 0);
    if (nodes.length === 0) continue;
    const least = Math.min(...nodes.map((node) => length[node]!));
    const ends = nodes.filter((node) => length[node] === least);
    const begins = ends.reduce((set, node) => set | first[node]!, 0);
    reached.push({
      state: s,
      length: least,
      path: pathTo(ends[0]!, parent, size),
      firstMovers: Array.from({ length: n }, (_, dm) => dm).filter((dm) => (begins & bit(dm)) !== 0),
      lastMovers: ends.map((node) => Math.floor(node / size)),
    });
  }
  return {
    from,
    improvements,
    reached,
    horizon: deepest,
    cycles: improvementCycles(model, from),
    method: "breadth-first over states with their last movers",
  };
}

const bit = (dm: number): number => 1 << Math.min(dm, 31);

/** Moves of a decision maker from a state: all, or its known improvements; what nobody knows to be one is left out. */
function stepsOf(model: Model, improvements: boolean): (dm: number, state: number) => Int32Array {
  const scratch = new Int32Array(model.size);
  return (dm, state) => {
    const all = scratch.slice(0, model.moves[dm]!.from(state, scratch));
    if (!improvements) return all;
    return all.filter((to) => {
      const cell = compare(model.preferences[dm]!, to, state);
      return cell > 0 && cell !== UNKNOWN;
    });
  };
}

function pathTo(node: number, parent: Int32Array, size: number): Step[] {
  const path: Step[] = [];
  for (let at = node; at >= 0; at = parent[at]!) path.unshift({ dm: Math.floor(at / size), to: at % size });
  return path;
}

/** Sets of states that lead to one another by improvements of anybody, within reach of a state (Tarjan 1972). */
function improvementCycles(model: Model, from: number): number[][] {
  const { size } = model;
  const next = stepsOf(model, true);
  const all = (state: number): number[] => model.moves.flatMap((_, dm) => [...next(dm, state)]);
  const index = new Int32Array(size).fill(-1);
  const low = new Int32Array(size);
  const onStack = new Uint8Array(size);
  const stack: number[] = [];
  const found: number[][] = [];
  let counter = 0;
  const open = (state: number) => {
    index[state] = counter;
    low[state] = counter++;
    stack.push(state);
    onStack[state] = 1;
    return { state, steps: all(state), at: 0 };
  };
  const frames = [open(from)];
  while (frames.length > 0) {
    const frame = frames[frames.length - 1]!;
    const { state, steps } = frame;
    if (frame.at < steps.length) {
      const to = steps[frame.at++]!;
      if (index[to] === -1) frames.push(open(to));
      else if (onStack[to] === 1) low[state] = Math.min(low[state]!, index[to]!);
      continue;
    }
    frames.pop();
    const above = frames[frames.length - 1];
    if (above !== undefined) low[above.state] = Math.min(low[above.state]!, low[state]!);
    if (low[state] !== index[state]) continue;
    const component: number[] = [];
    let member: number;
    do {
      member = stack.pop()!;
      onStack[member] = 0;
      component.push(member);
    } while (member !== state);
    if (component.length > 1) found.push(component.sort((a, b) => a - b));
  }
  return found.sort((a, b) => a[0]! - b[0]!);
}
