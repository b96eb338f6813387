import { exp, logistic } from "../math/index.ts";
import type { Stream } from "../random/index.ts";
import { normalQuantile } from "../special/index.ts";
import { triangularQuantile } from "./triangular.ts";
import type { Distribution } from "./types.ts";
import { uniformQuantile } from "./uniform.ts";

/**
 * One draw, by inversion: the quantile at the stream's number of that address. A pure function of its arguments.
 *
 * @example
 * draw(normal(0, 1), createStream(42, PARAMETERS), 0, 0, 0); // -0.7372820386664105
 */
export function draw(d: Distribution, stream: Stream, slot: number, step: number, index: number): number {
  return d.quantile(stream.uniform(slot, step, index));
}

/**
 * Fills `out` with the draws of consecutive indices, each the same to the bit as `draw` gives it.
 *
 * Address: out[i] comes from word slot mod 4 of block floor(slot / 4) with counter (block, step, index low, index
 * high), where index = firstIndex + i. The index is part of the counter, so each draw costs a block of its own: the
 * price for draws that do not depend on how many others are made.
 */
export function drawInto(
  d: Distribution,
  stream: Stream,
  slot: number,
  step: number,
  firstIndex: number,
  out: Float64Array,
): void {
  stream.uniforms(slot, step, firstIndex, out);
  quantilesInPlace(d, out);
}

/**
 * Replaces each probability by the quantile at it.
 *
 * Kinds that a simulation draws by the million have a loop of their own, in which the engine inlines the arithmetic;
 * it is the same as in their `quantile`.
 */
export function quantilesInPlace(d: Distribution, values: Float64Array): void {
  switch (d.kind) {
    case "normal":
      normals(values, d.mean, d.sd);
      break;
    case "lognormal":
      lognormals(values, d.mu, d.sigma);
      break;
    case "logitNormal":
      logitNormals(values, d.mu, d.sigma);
      break;
    case "uniform":
      uniforms(values, d.low, d.high);
      break;
    case "triangular":
      triangulars(values, d.low, d.mode, d.high);
      break;
    default:
      for (let i = 0; i < values.length; i++) values[i] = d.quantile(values[i]!);
  }
}

function normals(values: Float64Array, mean: number, sd: number): void {
  for (let i = 0; i < values.length; i++) values[i] = mean + sd * normalQuantile(values[i]!);
}

function lognormals(values: Float64Array, mu: number, sigma: number): void {
  for (let i = 0; i < values.length; i++) values[i] = exp(mu + sigma * normalQuantile(values[i]!));
}

function logitNormals(values: Float64Array, mu: number, sigma: number): void {
  for (let i = 0; i < values.length; i++) values[i] = logistic(mu + sigma * normalQuantile(values[i]!));
}

function uniforms(values: Float64Array, low: number, high: number): void {
  for (let i = 0; i < values.length; i++) values[i] = uniformQuantile(values[i]!, low, high);
}

function triangulars(values: Float64Array, low: number, mode: number, high: number): void {
  for (let i = 0; i < values.length; i++) {
    const p = values[i]!;
    values[i] = triangularQuantile(p, 1 - p, low, mode, high);
  }
}
