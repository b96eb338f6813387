import { ParleyError } from "../core/problems/index.ts";
import { factorise, inverseFactored, solveFactored } from "./cholesky.ts";

/** A function to be maximised: its value at a point, with gradient and Hessian (row-major) written. */
export type WithHessian = (at: Float64Array, gradient: Float64Array, hessian: Float64Array) => number;

export interface Maximum {
  readonly at: Float64Array;
  readonly value: number;
  /** Inverse of the negative Hessian at the maximum. */
  readonly covariance: Float64Array;
  readonly steps: number;
}

const MOST_STEPS = 200;
const MOST_HALVINGS = 40;
/** No step may move a coordinate by more: likelihoods in logarithms are flat far away. */
const LONGEST_STEP = 3;
/** A step shorter than this, relative to where it goes, is the last. */
const SHORTEST_STEP = 1e-7;
/** Relative change of a value that rounding alone may make in a sum over ten thousand spells. */
const ROUNDING = 1e-12;

/**
 * The maximum of a smooth function by Newton's method.
 *
 * Where the Hessian is not negative definite it is damped towards a step along the gradient (Levenberg 1944); steps
 * that do not rise are halved. Throws `fit-unsettled` where the steps do not die out, `fit-infinite` where the function
 * still rises though its coordinates run away.
 */
export function maximise(f: WithHessian, begin: Float64Array, model: string): Maximum {
  const n = begin.length;
  let at = Float64Array.from(begin);
  let gradient = new Float64Array(n);
  let hessian = new Float64Array(n * n);
  let value = f(at, gradient, hessian);
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const step = ascent(gradient, hessian, n);
    const most = step.reduce((longest, s) => Math.max(longest, Math.abs(s)), 0);
    if (!Number.isFinite(most) || !Number.isFinite(value)) break;
    // So near the top a step leaves an error of its square, while the sum over many spells rises by less than its rounding.
    if (step.every((s, i) => Math.abs(s) <= SHORTEST_STEP * (1 + Math.abs(at[i]!)))) {
      const last = at.map((a, i) => a + step[i]!);
      return settled(last, f(last, gradient, hessian), hessian, steps, model);
    }
    let factor = Math.min(1, LONGEST_STEP / most);
    let risen = false;
    for (let halving = 0; halving < MOST_HALVINGS && !risen; halving++, factor /= 2) {
      const next = at.map((a, i) => a + factor * step[i]!);
      const nextGradient = new Float64Array(n);
      const nextHessian = new Float64Array(n * n);
      const nextValue = f(next, nextGradient, nextHessian);
      if (!(nextValue >= value - ROUNDING * Math.abs(value))) continue;
      risen = true;
      at = next;
      value = nextValue;
      gradient = nextGradient;
      hessian = nextHessian;
    }
    if (!risen) break;
    if (at.some((a) => Math.abs(a) > 700)) throw ParleyError.of("fit-infinite", { model, what: "parameters" });
  }
  throw ParleyError.of("fit-unsettled", { model, steps: MOST_STEPS });
}

function settled(at: Float64Array, value: number, hessian: Float64Array, steps: number, model: string): Maximum {
  const n = at.length;
  const factor = hessian.map((h) => -h);
  if (factorise(factor, n) >= 0) throw ParleyError.of("fit-unsettled", { model, steps });
  return { at, value, covariance: inverseFactored(factor, n), steps };
}

/** Newton's step, or one between it and the gradient where the function is not concave. */
function ascent(gradient: Float64Array, hessian: Float64Array, n: number): Float64Array {
  let size = 0;
  for (let i = 0; i < n; i++) size = Math.max(size, Math.abs(hessian[i * n + i]!));
  for (let damping = 0; damping < 1e12; damping = damping === 0 ? 1e-3 : damping * 10) {
    const factor = hessian.map((h) => -h);
    for (let i = 0; i < n; i++) factor[i * n + i]! += damping * (size === 0 ? 1 : size);
    if (factorise(factor, n) < 0) return solveFactored(factor, n, Float64Array.from(gradient));
  }
  return Float64Array.from(gradient);
}
