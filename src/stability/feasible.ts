import { ParleyError } from "../core/problems/index.ts";
import type { Pattern } from "./formula.ts";

/** States in ascending order: the options 0 to 31 of each as bits of `low`, the others as bits of `high`. */
export interface States {
  readonly size: number;
  readonly low: Uint32Array;
  readonly high: Uint32Array;
}

/** Options of a model, so that the decimal value of a state is a whole number that a double holds. */
export const MOST_OPTIONS = 52;
/** Feasible states of a model. */
export const MOST_STATES = 4_194_304;

const WORD = 4_294_967_296;

/** 2 to the power of n, for whole n from 0 to {@link MOST_OPTIONS}. */
export function powerOfTwo(n: number): number {
  return n < 31 ? 1 << n : 1_073_741_824 * powerOfTwo(n - 30);
}

/**
 * The states that match none of the patterns, in ascending order; never looks at all combinations of options.
 *
 * Options are settled from the most significant one; a pattern all but one of whose options match settles that one.
 *
 * @throws ParleyError too-many-options, too-many-states, no-feasible-state
 */
export function feasibleStates(options: number, infeasible: readonly Pattern[]): States {
  if (options > MOST_OPTIONS) throw ParleyError.of("too-many-options", { count: options, limit: MOST_OPTIONS });
  if (infeasible.some(({ size }) => size === 0)) throw ParleyError.of("no-feasible-state", undefined);
  const states = infeasible.length === 0 ? allStates(options) : search(options, infeasible);
  if (states.size === 0) throw ParleyError.of("no-feasible-state", undefined);
  return states;
}

function allStates(options: number): States {
  const size = powerOfTwo(options);
  if (size > MOST_STATES) throw ParleyError.of("too-many-states", { limit: MOST_STATES });
  const low = new Uint32Array(size);
  for (let s = 0; s < size; s++) low[s] = s;
  return { size, low, high: new Uint32Array(0) };
}

const UNSET = 2;

/** Depth-first over the options, most significant first, so that states come in ascending order. */
function search(options: number, infeasible: readonly Pattern[]): States {
  const patterns = infeasible.map((pattern) => [...pattern]);
  const touching: number[][] = Array.from({ length: options }, () => []);
  const wanted = patterns.map((pattern) => new Map(pattern));
  for (const [p, pattern] of patterns.entries()) for (const [option] of pattern) touching[option]!.push(p);
  const value = new Uint8Array(options).fill(UNSET);
  // Literals of a pattern that are not yet known to match, and those known not to.
  const left = Int32Array.from(patterns, ({ length }) => length);
  const broken = new Int32Array(patterns.length);
  const trail: number[] = [];
  const isWide = options > 32;
  let room = 1024;
  let low = new Uint32Array(room);
  let high = new Uint32Array(isWide ? room : 0);
  let size = 0;

  /** Settles an option and what follows from it; false where a pattern is matched. What was settled stays on the trail. */
  function settle(option: number, taken: number): boolean {
    const queue: [number, number][] = [[option, taken]];
    while (queue.length > 0) {
      const [o, v] = queue.pop()!;
      if (value[o] !== UNSET) {
        if (value[o] !== v) return false;
        continue;
      }
      value[o] = v;
      trail.push(o);
      let matched = false;
      for (const p of touching[o]!) {
        if (wanted[p]!.get(o) === (v === 1)) left[p]!--;
        else broken[p]!++;
        if (broken[p] !== 0) continue;
        if (left[p] === 0) matched = true;
        else if (left[p] === 1) {
          const last = patterns[p]!.find(([each]) => value[each] === UNSET)!;
          queue.push([last[0], last[1] ? 0 : 1]);
        }
      }
      if (matched) return false;
    }
    return true;
  }

  function undo(length: number): void {
    while (trail.length > length) {
      const o = trail.pop()!;
      for (const p of touching[o]!) {
        if (wanted[p]!.get(o) === (value[o] === 1)) left[p]!++;
        else broken[p]!--;
      }
      value[o] = UNSET;
    }
  }

  function keep(): void {
    if (size === MOST_STATES) throw ParleyError.of("too-many-states", { limit: MOST_STATES });
    if (size === room) {
      room *= 2;
      const [widerLow, widerHigh] = [new Uint32Array(room), new Uint32Array(isWide ? room : 0)];
      widerLow.set(low);
      widerHigh.set(high);
      [low, high] = [widerLow, widerHigh];
    }
    let [bits, above] = [0, 0];
    for (let o = 0; o < options; o++) {
      if (value[o] !== 1) continue;
      if (o < 32) bits |= 1 << o;
      else above |= 1 << (o - 32);
    }
    low[size] = bits;
    if (isWide) high[size] = above;
    size++;
  }

  function walk(option: number): void {
    if (option < 0) {
      keep();
      return;
    }
    if (value[option] !== UNSET) {
      walk(option - 1);
      return;
    }
    for (let v = 0; v <= 1; v++) {
      const length = trail.length;
      if (settle(option, v)) walk(option - 1);
      undo(length);
    }
  }

  const forced = patterns.filter(({ length }) => length === 1).map((pattern) => pattern[0]!);
  if (forced.every(([option, taken]) => settle(option, taken ? 0 : 1))) walk(options - 1);
  return { size, low: low.slice(0, size), high: high.slice(0, size) };
}

/** The number of two words of bits. */
export function joined(low: number, high: number): number {
  return (low >>> 0) + (high >>> 0) * WORD;
}

/** The decimal value of a state: the sum of 2^o over the options o that are taken. */
export function decimalOf({ low, high }: States, state: number): number {
  return joined(low[state]!, high.length === 0 ? 0 : high[state]!);
}

/** Whether an option is taken in a state. */
export function isTaken({ low, high }: States, state: number, option: number): boolean {
  return option < 32 ? ((low[state]! >>> option) & 1) === 1 : ((high[state]! >>> (option - 32)) & 1) === 1;
}

/** The state of a decimal value; undefined where it is not feasible. */
export function stateOf(states: States, decimal: number): number | undefined {
  let [from, to] = [0, states.size - 1];
  while (from <= to) {
    const middle = (from + to) >>> 1;
    const at = decimalOf(states, middle);
    if (at === decimal) return middle;
    if (at < decimal) from = middle + 1;
    else to = middle - 1;
  }
  return undefined;
}
