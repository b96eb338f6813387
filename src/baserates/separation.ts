import { ParleyError } from "../core/problems/index.ts";
import type { Design } from "./design.ts";

/** Share of the greatest distance from the border within which a row stands on it. */
const NEGLIGIBLE = 1e-6;

/**
 * Throws `covariate-separates` where one term alone parts the rows that end from those that do not, if only weakly (Albert & Anderson
 * 1984, Biometrika 71, 1-10): a dummy all of whose rows go on, say. Its effect has then no bound.
 */
export function expectOverlap({ count, n, values }: Design, ended: Uint8Array, names: readonly string[]): void {
  for (let k = 1; k < n; k++) {
    const least = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    const most = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let i = 0; i < count; i++) {
      const x = values[i * n + k]!;
      const side = ended[i]!;
      least[side] = Math.min(least[side]!, x);
      most[side] = Math.max(most[side]!, x);
    }
    if (most[0]! <= least[1]! || most[1]! <= least[0]!) {
      throw ParleyError.of("covariate-separates", { covariates: names[k]! });
    }
  }
}

/**
 * The terms that together part the rows that end from those that do not, if one of the directions proves it: along it no row that ends
 * falls and none that goes on rises. Terms without which it still proves it are left out. Undefined where none proves anything.
 */
export function partedBy(
  design: Design,
  ended: Uint8Array,
  directions: readonly Float64Array[],
  names: readonly string[],
): string | undefined {
  const proof = directions.find((direction) => parts(design, ended, direction));
  if (proof === undefined) return undefined;
  let kept = Float64Array.from(proof);
  const leastFirst = names
    .map((_, k) => k)
    .slice(1)
    .sort((a, b) => Math.abs(proof[a]!) - Math.abs(proof[b]!));
  for (const k of leastFirst) {
    const without = kept.with(k, 0);
    if (parts(design, ended, without)) kept = without;
  }
  return names.filter((_, k) => k > 0 && kept[k] !== 0).join(" with ");
}

function parts({ count, n, values }: Design, ended: Uint8Array, direction: Float64Array): boolean {
  let least = 0;
  let most = 0;
  for (let i = 0; i < count; i++) {
    let sum = 0;
    for (let k = 0; k < n; k++) sum += values[i * n + k]! * direction[k]!;
    const side = ended[i] === 1 ? sum : -sum;
    least = Math.min(least, side);
    most = Math.max(most, side);
  }
  return most > 0 && least >= -NEGLIGIBLE * most;
}
