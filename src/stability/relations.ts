import { ParleyError } from "../core/problems/index.ts";
import { addTo, meets, wordsFor } from "./bitsets.ts";
import type { Model } from "./model.ts";
import { type Compared, compare, MOST_RELATED, UNKNOWN } from "./preferences.ts";

/**
 * How unknown preferences count (Li, Hipel, Kilgour & Fang 2004).
 *
 * `a`: a decision maker leaves a state for one that it prefers or may prefer, and is deterred by what is certainly no better.
 * `b`: it leaves for what it certainly prefers, and is deterred by what is certainly no better. `c`: it leaves for what it may
 * prefer, and is deterred by what may be no better. `d`: it leaves for what it certainly prefers, and is deterred by what may be
 * no better. In all four the others' sanctions may be moves to what they may prefer. `a` is the most demanding of stability.
 */
export type Extension = "a" | "b" | "c" | "d";

export const EXTENSIONS: readonly Extension[] = ["a", "b", "c", "d"];

export interface RelationOptions {
  readonly extension: Extension;
  /**
   * The least degree by which the decision maker must prefer a state to a sanction: 0 (unless given) no more than that the
   * sanction is no better; 2 that it is greatly worse, as strong stability asks (Hamouda, Kilgour & Hipel 2004, 2006).
   */
  readonly degree?: number | undefined;
}

/** Stability where preferences are not plain orders; `seq` and `sseq` sanctions may be moves that are unknown to be improvements. */
export interface RelationStability {
  readonly nash: readonly Uint8Array[];
  readonly gmr: readonly Uint8Array[];
  readonly smr: readonly Uint8Array[];
  readonly seq: readonly Uint8Array[];
  readonly sseq: readonly Uint8Array[];
}

/** Whether some decision maker's preferences are more, or less, than an order. */
export function isRelational(model: Model): boolean {
  return model.preferences.some(({ relation }) => relation !== undefined);
}

/** What the others can reach from each state by legal sequences, for each focal decision maker: once for all extensions. */
export interface Reach {
  readonly words: number;
  readonly moves: readonly Uint32Array[];
  readonly improvements: readonly Uint32Array[];
}

/** @throws ParleyError too-many-for */
export function reachOf(model: Model): Reach {
  const { size } = model;
  if (size > MOST_RELATED) {
    const what = "preferences that are unknown or have degrees";
    throw ParleyError.of("too-many-for", { what, count: size, limit: MOST_RELATED });
  }
  const all = model.decisionMakers.map((_, i) => i);
  const others = (i: number) => all.filter((j) => j !== i);
  return {
    words: wordsFor(size),
    moves: all.map((i) => legalReach(model, others(i), () => true)),
    improvements: all.map((i) =>
      legalReach(model, others(i), (preferences, from, to) => compare(preferences, to, from) > 0),
    ),
  };
}

/** Sets of states reached by legal sequences of the movers, from each state; UNKNOWN counts as above 0. */
function legalReach(
  { size, moves, preferences }: Model,
  movers: readonly number[],
  allows: (preferences: Compared, from: number, to: number) => boolean,
): Uint32Array {
  const words = wordsFor(size);
  const rows = new Uint32Array(words * size);
  const scratch = new Int32Array(size);
  const steps = movers.map((j) =>
    Array.from({ length: size }, (_, s) => {
      const n = moves[j]!.from(s, scratch);
      return scratch.slice(0, n).filter((t) => allows(preferences[j]!, s, t));
    }),
  );
  const seen = new Int32Array(size * movers.length).fill(-1);
  const stack: number[] = [];
  for (let x = 0; x < size; x++) {
    const visit = (from: number, last: number): void => {
      for (let m = 0; m < movers.length; m++) {
        if (m === last) continue;
        for (const t of steps[m]![from]!) {
          const node = m * size + t;
          if (seen[node] === x) continue;
          seen[node] = x;
          addTo(rows, x * words, t);
          stack.push(node);
        }
      }
    };
    visit(x, -1);
    while (stack.length > 0) {
      const node = stack.pop()!;
      visit(node % size, Math.floor(node / size));
    }
  }
  return rows;
}

/**
 * Which states are stable for whom where preferences are unknown in part or have degrees.
 *
 * With nothing unknown and degree 0 it is the stability of orders.
 *
 * @throws ParleyError too-many-for
 */
export function relationStability(
  model: Model,
  options: RelationOptions,
  reach: Reach = reachOf(model),
): RelationStability {
  const { size, moves, preferences } = model;
  const { extension, degree = 0 } = options;
  const leavesForUnknown = extension === "a" || extension === "c";
  const deterredByUnknown = extension === "c" || extension === "d";
  const scratch = new Int32Array(size);
  const table = { nash: [], gmr: [], smr: [], seq: [], sseq: [] } as Record<keyof RelationStability, Uint8Array[]>;
  for (let i = 0; i < moves.length; i++) {
    const own = preferences[i]!;
    const steps = Array.from({ length: size }, (_, s) => scratch.slice(0, moves[i]!.from(s, scratch)));
    const stable = { nash: new Uint8Array(size), gmr: new Uint8Array(size), smr: new Uint8Array(size) };
    const sequential = { seq: new Uint8Array(size), sseq: new Uint8Array(size) };
    // Where y deters the decision maker from leaving s; and where it also cannot escape from y.
    const deters = new Uint32Array(reach.words);
    const holds = new Uint32Array(reach.words);
    for (let s = 0; s < size; s++) {
      const isDeterrent = (y: number): boolean => {
        const cell = compare(own, s, y);
        if (cell === UNKNOWN) return deterredByUnknown && degree === 0;
        return cell >= degree;
      };
      deters.fill(0);
      holds.fill(0);
      for (let y = 0; y < size; y++) {
        if (!isDeterrent(y)) continue;
        addTo(deters, 0, y);
        if (steps[y]!.every(isDeterrent)) addTo(holds, 0, y);
      }
      const exits = steps[s]!.filter((x) => {
        const cell = compare(own, x, s);
        return cell === UNKNOWN ? leavesForUnknown : cell > 0;
      });
      const met = (rows: readonly Uint32Array[], set: Uint32Array): number =>
        exits.every((x) => meets(rows[i]!, x * reach.words, set)) ? 1 : 0;
      stable.nash[s] = exits.length === 0 ? 1 : 0;
      stable.gmr[s] = met(reach.moves, deters);
      stable.smr[s] = met(reach.moves, holds);
      sequential.seq[s] = met(reach.improvements, deters);
      sequential.sseq[s] = met(reach.improvements, holds);
    }
    table.nash.push(stable.nash);
    table.gmr.push(stable.gmr);
    table.smr.push(stable.smr);
    table.seq.push(sequential.seq);
    table.sseq.push(sequential.sseq);
  }
  return table;
}
