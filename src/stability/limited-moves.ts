import { ParleyError } from "../core/problems/index.ts";
import { equilibria } from "./concepts.ts";
import type { Model } from "./model.ts";

/**
 * Who is expected to move next.
 *
 * `two`: the other of two decision makers, as the definition has it. `worst`: any other one, of whose anticipated states the
 * mover counts on the one that is worst for itself; of two decision makers it is the same.
 */
export type NextMover = "two" | "worst";

export interface LimitedMoveOptions {
  /** How many moves ahead are looked at, at most; 5 unless given. */
  readonly horizon?: number | undefined;
  /** `two` unless given. */
  readonly next?: NextMover | undefined;
  /** Horizons within which anticipated states must come to repeat themselves for non-myopic stability; 1 000 unless given. */
  readonly longest?: number | undefined;
}

/** Stability with one horizon. */
export interface Horizon {
  readonly horizon: number;
  /** For each decision maker and state: where the conflict is expected to end if that one moves first. */
  readonly anticipated: readonly Int32Array[];
  /** 1 where best moves lead to different anticipated states, so that the tie rule had to choose between them. */
  readonly tied: readonly Uint8Array[];
  readonly stable: readonly Uint8Array[];
  readonly equilibria: Int32Array;
}

/** Stability with every large horizon. */
export interface NonMyopic {
  /** The least horizon from which on anticipated states repeat themselves. */
  readonly from: number;
  /** After how many horizons they do: 1 where they stay the same. */
  readonly period: number;
  readonly stable: readonly Uint8Array[];
  readonly equilibria: Int32Array;
}

export interface LimitedMoves {
  readonly method: string;
  readonly options: Required<LimitedMoveOptions>;
  readonly tieRule: string;
  /** By horizon, from 1. */
  readonly horizons: readonly Horizon[];
  /** Undefined where anticipated states did not repeat themselves within `longest` horizons. */
  readonly nonMyopic: NonMyopic | undefined;
}

/** Anticipated states of each decision maker. */
type Anticipated = readonly Int32Array[];

/**
 * Limited-move stability L_h: which states a decision maker would not leave if it looks h moves ahead (Zagare 1984; Kilgour 1985;
 * Fang, Hipel & Kilgour 1993); and non-myopic stability, that of every large h.
 *
 * At h = 0 a state is expected to stay. Else the mover looks at where each of its moves is expected to end if the other moves next
 * with a horizon of h - 1, and makes the best of them if that is better for it than to stay. L_1 is Nash stability. Where several
 * moves are best, the one to the first state in ascending order is made; `tied` says where that mattered.
 *
 * Anticipated states follow from those of the horizon before, so that they come to repeat themselves; where they do so in turns,
 * a state is non-myopically stable if it is stable in each of them.
 *
 * With `next: "worst"` there may be any number of decision makers. That is Parley's reading, a cautious one: other readings for
 * more than two have been published.
 *
 * @throws ParleyError deciders-for, order-needed
 */
export function limitedMoves(model: Model, options: LimitedMoveOptions = {}): LimitedMoves {
  const { horizon = 5, next = "two", longest = 1000 } = options;
  const what = "limited moves";
  const count = model.decisionMakers.length;
  if (next === "two" && count !== 2) throw ParleyError.of("deciders-for", { what, count, expected: "2" });
  for (const [i, { ordered }] of model.preferences.entries()) {
    if (!ordered) throw ParleyError.of("order-needed", { party: model.decisionMakers[i]!, what });
  }
  const step = stepper(model);
  const still = Int32Array.from({ length: model.size }, (_, s) => s);
  const start: Anticipated = model.moves.map(() => still);
  const horizons: Horizon[] = [];
  let now = start;
  for (let h = 1; h <= horizon; h++) {
    const { anticipated, tied } = step(now);
    now = anticipated;
    const stable = stableIn(anticipated);
    horizons.push(Object.freeze({ horizon: h, anticipated, tied, stable, equilibria: equilibria(stable) }));
  }
  return Object.freeze({
    method:
      next === "two"
        ? "limited moves of two decision makers, by backward induction"
        : "limited moves, next the one whose move is worst for the mover: Parley's reading for more than two",
    options: Object.freeze({ horizon, next, longest }),
    tieRule: "of several best moves, the one to the first state in ascending order",
    horizons: Object.freeze(horizons),
    nonMyopic: nonMyopicStability((each) => step(each).anticipated, start, longest),
  });
}

/** Stable: expected to stay. */
const stableIn = (anticipated: Anticipated): Uint8Array[] =>
  anticipated.map((of) => Uint8Array.from(of, (end, s) => (end === s ? 1 : 0)));

/** Anticipated states one move further ahead. */
function stepper({ size, moves, preferences }: Model) {
  const scratch = new Int32Array(size);
  return (before: Anticipated): { readonly anticipated: Int32Array[]; readonly tied: Uint8Array[] } => {
    const anticipated = moves.map(() => new Int32Array(size));
    const tied = moves.map(() => new Uint8Array(size));
    for (let i = 0; i < moves.length; i++) {
      const { ranks } = preferences[i]!;
      /** Where it ends if another one moves next: where that is worst for i, for the first of them. */
      const after = (t: number): number => {
        let worst = -1;
        for (let j = 0; j < before.length; j++) {
          if (j !== i && (worst < 0 || ranks[before[j]![t]!]! < ranks[worst]!)) worst = before[j]![t]!;
        }
        return worst < 0 ? t : worst;
      };
      for (let s = 0; s < size; s++) {
        const n = moves[i]!.from(s, scratch);
        let best = -1;
        let isTied = false;
        for (let k = 0; k < n; k++) {
          const end = after(scratch[k]!);
          if (best >= 0 && ranks[end]! < ranks[best]!) continue;
          if (best < 0 || ranks[end]! > ranks[best]!) {
            best = end;
            isTied = false;
          } else if (end !== best) isTied = true;
        }
        const moved = best >= 0 && ranks[best]! > ranks[s]!;
        anticipated[i]![s] = moved ? best : s;
        tied[i]![s] = moved && isTied ? 1 : 0;
      }
    }
    return { anticipated, tied };
  };
}

/** Finds where a sequence comes to repeat itself (Brent 1980), and what is stable throughout what is repeated. */
function nonMyopicStability(
  step: (before: Anticipated) => Anticipated,
  start: Anticipated,
  longest: number,
): NonMyopic | undefined {
  let [saved, now] = [start, step(start)];
  let [power, period, looked] = [1, 1, 1];
  while (!isSame(saved, now)) {
    if (looked >= longest) return undefined;
    if (period === power) {
      saved = now;
      power *= 2;
      period = 0;
    }
    now = step(now);
    period++;
    looked++;
  }
  // The first horizon that comes again: one runner is a period ahead of the other.
  let [behind, ahead] = [start, start];
  for (let k = 0; k < period; k++) ahead = step(ahead);
  let from = 0;
  while (!isSame(behind, ahead)) {
    [behind, ahead] = [step(behind), step(ahead)];
    from++;
  }
  const stable = stableIn(behind);
  for (let k = 1; k < period; k++) {
    behind = step(behind);
    for (const [i, each] of stableIn(behind).entries())
      for (let s = 0; s < each.length; s++) stable[i]![s]! &= each[s]!;
  }
  return Object.freeze({ from, period, stable, equilibria: equilibria(stable) });
}

const isSame = (one: Anticipated, other: Anticipated): boolean =>
  one.every((of, i) => of.every((end, s) => end === other[i]![s]));
