import { ParleyError } from "../core/problems/index.ts";
import { eachEndingRisk } from "./cox-risk.ts";
import type { Design } from "./design.ts";
import { type Maximum, maximise, type WithHessian } from "./maximise.ts";
import type { Columns } from "./spells.ts";

/** Share of the greatest distance from the border within which a row stands on it. */
const NEGLIGIBLE = 1e-6;
/** A standard error beyond this, of a covariate divided by its spread, is that of an effect that may have no bound. */
const SUSPECT = 30;
/** Steps of coordinates that are longer than this tell where they run. */
const LONG = 0.1;

/** How a direction is told along which an effect has no bound. */
export interface Separation {
  /** The first column that has a name to tell: 1 after an intercept. */
  readonly first: number;
  /** Whether moving along a direction never makes what was seen less likely, and somewhere more. */
  readonly parts: (direction: Float64Array) => boolean;
  /** Directions of each term alone, either way. */
  readonly alone: () => readonly Float64Array[];
}

/**
 * The maximum of a regression's likelihood. Where it has none because some terms part what ends from what goes on
 * (Albert & Anderson 1984, Biometrika 71, 1-10; Bryson & Johnson 1981, Technometrics 23, for Cox's model), throws
 * `covariate-separates` with their names.
 *
 * The directions in which that is looked for are those of the last steps and of each term alone. That a likelihood is
 * flat to rounding may pass for a maximum; very large errors are therefore looked at too.
 */
export function settle(
  likelihood: WithHessian,
  begin: Float64Array,
  model: string,
  names: readonly string[],
  { first, parts, alone }: Separation,
): Maximum {
  const n = begin.length;
  let last = begin;
  let direction = new Float64Array(n);
  const watched: WithHessian = (at, gradient, hessian) => {
    const moved = at.map((a, k) => a - last[k]!);
    if (moved.some((m) => Math.abs(m) > LONG)) direction = moved;
    last = Float64Array.from(at);
    return likelihood(at, gradient, hessian);
  };
  const expectBound = (): void => {
    const proof = [...alone(), last, direction].find(parts);
    if (proof !== undefined)
      throw ParleyError.of("covariate-separates", { covariates: needed(proof, names, parts, first) });
  };
  let best: Maximum;
  try {
    best = maximise(watched, begin, model);
  } catch (error) {
    if (error instanceof ParleyError) expectBound();
    throw error;
  }
  const { covariance } = best;
  if (names.some((_, k) => k >= first && !(covariance[k * n + k]! < SUSPECT * SUSPECT))) expectBound();
  return best;
}

/** The terms of a direction without which it proves nothing. */
function needed(proof: Float64Array, names: readonly string[], parts: Separation["parts"], first: number): string {
  let kept = proof;
  const leastFirst = names
    .map((_, k) => k)
    .slice(first)
    .sort((a, b) => Math.abs(proof[a]!) - Math.abs(proof[b]!));
  for (const k of leastFirst) {
    const without = kept.with(k, 0);
    if (kept[k] !== 0 && parts(without)) kept = without;
  }
  return names.filter((_, k) => k >= first && kept[k] !== 0).join(" with ");
}

/**
 * In a regression of what ends, with an intercept: no row that ends falls along the direction and none that goes on
 * rises.
 */
export function rowsParted({ count, n, values }: Design, ended: Uint8Array): Separation {
  return {
    first: 1,
    parts: (direction) => {
      let least = 0;
      let most = 0;
      for (let i = 0; i < count; i++) {
        const side = (ended[i] === 1 ? 1 : -1) * along(values, n, i, direction);
        least = Math.min(least, side);
        most = Math.max(most, side);
      }
      return most > 0 && least >= -NEGLIGIBLE * most;
    },
    // The border stands where the first of the rows that end does.
    alone: () =>
      unitDirections(n, 1).map((direction) => {
        let border = Number.POSITIVE_INFINITY;
        for (let i = 0; i < count; i++) if (ended[i] === 1) border = Math.min(border, along(values, n, i, direction));
        return direction.with(0, -border);
      }),
  };
}

/**
 * In Cox's model: whenever one ends, nobody at risk is further along the direction, and somewhere somebody is less far.
 */
export function endingsParted(columns: Columns, { n, values, count }: Design): Separation {
  const parts = (direction: Float64Array): boolean => {
    const far = new Float64Array(count);
    let size = 0;
    for (let i = 0; i < count; i++) {
      far[i] = along(values, n, i, direction);
      size = Math.max(size, Math.abs(far[i]!));
    }
    const border = NEGLIGIBLE * size;
    let ahead = true;
    let apart = false;
    eachEndingRisk(columns, far, (most, least, members) => {
      for (const i of members) {
        ahead &&= far[i]! >= most - border;
        apart ||= far[i]! > least + border;
      }
      return ahead;
    });
    return ahead && apart;
  };
  return { first: 0, parts, alone: () => unitDirections(n, 0) };
}

function unitDirections(n: number, first: number): Float64Array<ArrayBuffer>[] {
  return Array.from({ length: 2 * (n - first) }, (_, k) =>
    new Float64Array(n).with(first + (k >> 1), k % 2 === 0 ? 1 : -1),
  );
}

function along(values: Float64Array, n: number, row: number, direction: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < n; k++) sum += values[row * n + k]! * direction[k]!;
  return sum;
}
