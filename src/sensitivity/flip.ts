import { expectCount, expectFinite, expectOpenUnit, invalid, placeOf } from "./check.ts";
import { batchesOf, Ensemble } from "./ensemble.ts";
import { estimate, meanEstimate, meanOf, standardError } from "./estimate.ts";
import { Subject } from "./subject.ts";
import type { Background, Estimate, Model, Quantiles } from "./types.ts";

export interface FlipOptions {
  readonly parameter: string;
  readonly output: string;
  /** The value of the output that matters. */
  readonly threshold: number;
  /** Range of the parameter; that of its distribution unless given, unbounded ends cut at 0.1 %. */
  readonly low?: number;
  readonly high?: number;
  /** Values at which the range is first looked over, 9 unless given. */
  readonly scan?: number;
  /** Width at which halving stops, as a share of the range; 0.001 unless given. */
  readonly tolerance?: number;
  readonly seed?: number;
  /** Where the other parameters stand; central unless given. */
  readonly background?: Background;
  /** Trajectories in a batch, 100 unless given, and batches, 20 unless given. A deterministic function is evaluated once. */
  readonly batchSize?: number;
  readonly batches?: number;
}

export interface FlipCrossing {
  /** The parameter's value at which the output crosses the threshold; its error is that of the output over the slope. */
  readonly at: Estimate;
  /** Between these values the output crosses, on these trajectories. */
  readonly bracket: readonly [number, number];
  readonly rising: boolean;
  /** Output per unit of the parameter, near the crossing. */
  readonly slope: number;
}

export interface FlipResult {
  readonly method: "bisection, common random numbers";
  readonly seed: number;
  readonly parameter: string;
  readonly output: string;
  readonly threshold: number;
  readonly range: readonly [number, number];
  readonly background: Background;
  readonly status: "crosses" | "does not cross within its range";
  /** In order of the parameter; more than one only where the output turns. */
  readonly crossings: readonly FlipCrossing[];
  /** False where the output both rises and falls by more than 3 standard errors within the range. */
  readonly monotone: boolean;
  /** The output over the range. */
  readonly scan: readonly { readonly value: number; readonly result: Estimate }[];
  /** How near the output comes to the threshold on the scan: output less threshold, with its sign. */
  readonly nearest: { readonly value: number; readonly distance: Estimate };
  readonly replications: number;
}

/**
 * A search for flip points that asks for evaluations rather than making them, so that others may run them anywhere.
 *
 * It yields values of the parameter, and takes a table: for each value, the mean of the output in each batch.
 */
export type FlipSearch = Generator<Float64Array, FlipResult, Float64Array>;

/** A search with what its requests mean. */
export interface FlipPlan {
  readonly batches: number;
  readonly batchSize: number;
  search(): FlipSearch;
  /** The mean of the output in one batch, at one value of the parameter. */
  evaluate(value: number, batch: number): number;
}

/** Standard errors by which a step must go the other way to count as a turn. */
const TURN = 3;
/** How far to either side the slope is taken, as a share of the range. */
const REACH = 0.025;

/**
 * A search for the values of one parameter at which an output crosses a threshold, cut into evaluations of a batch.
 *
 * @throws ParleyError where a name is unknown, low >= high, the range is not finite, or a count is too small
 */
export function planFlip(model: Model, options: FlipOptions): FlipPlan {
  const { parameter, output, threshold, scan = 9, tolerance = 1e-3, seed = 1, background = "central" } = options;
  const subject = new Subject(model, { seed });
  const place = placeOf("parameter", parameter, subject.parameters);
  const w = placeOf("output", output, subject.outputs);
  const { batches, batchSize } = batchesOf(subject, background, {
    batches: options.batches ?? 20,
    batchSize: options.batchSize ?? 100,
  });
  expectFinite("threshold", threshold);
  expectCount("scan", scan, 2);
  expectOpenUnit("tolerance", tolerance);
  const [low, high] = rangeOf(model.parameters[place]?.distribution, options);
  const ensemble = new Ensemble(subject, background);
  const means = new Float64Array(subject.outputs.length);

  function evaluate(value: number, batch: number): number {
    ensemble.mean({ places: [place], values: [value] }, batch * batchSize, batchSize, means, 0);
    return means[w]!;
  }

  function* search(): FlipSearch {
    const grid = Float64Array.from({ length: scan }, (_, i) =>
      i === scan - 1 ? high : low + ((high - low) * i) / (scan - 1),
    );
    const table = yield grid;
    let evaluations = scan;
    const batchMeans = Array.from(grid, (_, i) => table.slice(i * batches, (i + 1) * batches));
    const results = batchMeans.map((values) => meanEstimate(values));
    const crossings: FlipCrossing[] = [];
    for (let i = 0; i + 1 < scan; i++) {
      const [from, to] = [results[i]!.estimate, results[i + 1]!.estimate];
      const rising = to >= threshold;
      if (from >= threshold === rising) continue;
      let [left, right] = [grid[i]!, grid[i + 1]!];
      while (right - left > tolerance * (high - low)) {
        const middle = left + 0.5 * (right - left);
        const found = meanOf(yield Float64Array.of(middle));
        evaluations++;
        if (found >= threshold === rising) right = middle;
        else left = middle;
      }
      const value = left + 0.5 * (right - left);
      const ends = [Math.max(low, value - REACH * (high - low)), Math.min(high, value + REACH * (high - low))] as const;
      const around = yield Float64Array.of(value, ...ends);
      evaluations += 3;
      const error = standardError(around.slice(0, batches));
      const at = (k: number) => meanOf(around.slice(k * batches, (k + 1) * batches));
      const local = (at(2) - at(1)) / (ends[1] - ends[0]);
      // Where steps or chance hide the local slope, that of the stretch has the right sign.
      const slope = local > 0 === rising && local !== 0 ? local : (to - from) / (grid[i + 1]! - grid[i]!);
      crossings.push(
        Object.freeze({
          at: estimate(value, error / Math.abs(slope)),
          bracket: Object.freeze([left, right] as const),
          rising,
          slope,
        }),
      );
    }
    const near = nearestOf(results, threshold);
    return Object.freeze({
      method: "bisection, common random numbers",
      seed,
      parameter,
      output,
      threshold,
      range: Object.freeze([low, high] as const),
      background,
      status: crossings.length > 0 ? "crosses" : "does not cross within its range",
      crossings: Object.freeze(crossings),
      monotone: isMonotone(batchMeans),
      scan: Object.freeze(results.map((result, i) => Object.freeze({ value: grid[i]!, result }))),
      nearest: Object.freeze({
        value: grid[near]!,
        distance: estimate(results[near]!.estimate - threshold, results[near]!.se),
      }),
      replications: evaluations * batches * batchSize,
    });
  }

  return Object.freeze({ batches, batchSize, search, evaluate });
}

/**
 * Flip points: the values of one parameter at which an output crosses a threshold, or that it does not within its range.
 *
 * The range is scanned, then every stretch that the output crosses is halved (bisection) on the same trajectories, so
 * that the output is one function of the parameter and the search cannot go astray on noise. The standard error of a
 * flip point is that of the output over the slope there. 9 values, 2 000 trajectories in 20 batches, seed 1, unless given.
 *
 * @throws ParleyError as `planFlip`
 */
export function flipPoints(model: Model, options: FlipOptions): FlipResult {
  const { batches, search, evaluate } = planFlip(model, options);
  const steps = search();
  let step = steps.next(new Float64Array(0));
  while (step.done !== true) {
    const values = step.value;
    const table = Float64Array.from({ length: values.length * batches }, (_, i) =>
      evaluate(values[Math.floor(i / batches)]!, i % batches),
    );
    step = steps.next(table);
  }
  return step.value;
}

/** Quantiles at which an unbounded range is cut. */
const CUT = 0.001;

function rangeOf(distribution: Quantiles | undefined, { parameter, low, high }: FlipOptions): [number, number] {
  const end = (given: number | undefined, p: number, cut: number, name: string): number => {
    const bound = given ?? distribution?.quantile(p) ?? Number.NaN;
    const value =
      Math.abs(bound) === Number.POSITIVE_INFINITY && given === undefined ? distribution?.quantile(cut) : bound;
    expectFinite(`${name} of ${parameter}`, value ?? Number.NaN);
    return value ?? Number.NaN;
  };
  const from = end(low, 0, CUT, "low");
  const to = end(high, 1, 1 - CUT, "high");
  if (from >= to) throw invalid(`high of ${parameter}`, to, `a number above low, ${from}`);
  return [from, to];
}

/** Whether no two steps go opposite ways, each by more than three standard errors of its paired difference. */
function isMonotone(batchMeans: readonly Float64Array[]): boolean {
  let rises = false;
  let falls = false;
  for (let i = 0; i + 1 < batchMeans.length; i++) {
    const before = batchMeans[i]!;
    const step = batchMeans[i + 1]!.map((value, b) => value - before[b]!);
    const size = meanOf(step);
    const error = TURN * standardError(step);
    if (size > error) rises = true;
    if (size < -error) falls = true;
  }
  return !(rises && falls);
}

function nearestOf(results: readonly Estimate[], threshold: number): number {
  let near = 0;
  for (const [i, result] of results.entries()) {
    if (Math.abs(result.estimate - threshold) < Math.abs(results[near]!.estimate - threshold)) near = i;
  }
  return near;
}
