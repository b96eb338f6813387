import * as math from "../../src/core/math/index.ts";
import { perSecond, type Report, spread } from "../measure.ts";

const COUNT = 200_000;

type Unary = (x: number) => number;

/** Name, ours, the engine's own (or what one would write with it), arguments from and to. */
const CASES: readonly (readonly [string, Unary, Unary, number, number])[] = [
  ["exp", math.exp, Math.exp, -5, 5],
  ["log", math.log, Math.log, 0, 10],
  ["expm1", math.expm1, Math.expm1, -2, 2],
  ["log1p", math.log1p, Math.log1p, -0.5, 2],
  ["log2", math.log2, Math.log2, 0, 100],
  ["log10", math.log10, Math.log10, 0, 100],
  ["pow(x, 1.7)", (x) => math.pow(x, 1.7), (x) => x ** 1.7, 0, 10],
  ["sin", math.sin, Math.sin, -10, 10],
  ["cos", math.cos, Math.cos, -10, 10],
  ["tan", math.tan, Math.tan, -10, 10],
  ["sinh", math.sinh, Math.sinh, -3, 3],
  ["cosh", math.cosh, Math.cosh, -3, 3],
  ["tanh", math.tanh, Math.tanh, -3, 3],
  ["logistic", math.logistic, (x) => 1 / (1 + Math.exp(-x)), -5, 5],
  ["logit", math.logit, (p) => Math.log(p / (1 - p)), 0, 1],
  ["log1pexp", math.log1pexp, (x) => Math.log1p(Math.exp(x)), -5, 5],
];

/**
 * A loop of its own for each function, compiled from text: in a shared one the engine would meet many functions at
 * one call and inline none.
 */
function loopOver(f: Unary): (from: Float64Array, to: Float64Array) => void {
  return new Function("f", "return (from, to) => { for (let i = 0; i < from.length; i++) to[i] = f(from[i]); };")(f);
}

export default async function (report: Report): Promise<void> {
  const to = new Float64Array(COUNT);
  for (const [name, ours, engines, low, high] of CASES) {
    const from = spread(low, high, COUNT);
    const [portable, native] = [loopOver(ours), loopOver(engines)];
    const speed = perSecond(() => portable(from, to), COUNT);
    const reference = perSecond(() => native(from, to), COUNT);
    report({
      name: `core/math ${name}`,
      perSecond: speed,
      note: `${(speed / reference).toFixed(2)} times as fast as the engine's own`,
    });
  }
}
