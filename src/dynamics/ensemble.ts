import type { Distribution } from "../core/distributions/index.ts";
import { createStream, PARAMETERS } from "../core/random/index.ts";
import type { Layout } from "./layout.ts";
import { compileModel } from "./model.ts";
import { addCounts, Counter, TallyLayout } from "./tally.ts";
import { createKernel, type Kernel } from "./wasm/kernel.ts";
import { monthsOf, resultsFor } from "./wasm/results.ts";

/** A parameter that is drawn anew for each trajectory. */
export interface UncertainParameter {
  /** Its place in the layout. */
  readonly index: number;
  /** Its distribution by inversion. */
  quantile(u: number): number;
  /** The same whole, where another thread is to draw it. */
  readonly distribution?: Distribution;
}

/** What an ensemble is run from. */
export interface EnsembleInput {
  readonly layout: Layout;
  /** Central values, in the layout's order. */
  readonly vector: Float64Array;
  /** Parameters to draw for each trajectory: the predictive distribution. None: every trajectory has the central values. */
  readonly uncertain?: readonly UncertainParameter[];
}

/**
 * Draws the uncertain parameters of a trajectory into a vector. A draw is a pure function of (seed, parameter, draw): the
 * parameter's place is the slot, the matrix the step, the trajectory the index of the stream of parameters.
 *
 * @param matrix 0 unless several draws stand side by side, as in a sensitivity analysis
 */
export function drawParameters(
  uncertain: readonly UncertainParameter[],
  seed: number,
  draw: number,
  into: Float64Array,
  matrix = 0,
): void {
  const stream = createStream(seed, PARAMETERS);
  for (const { index, quantile } of uncertain) into[index] = quantile(stream.uniform(4 * index, matrix, draw));
}

/** The layout of the counts that an input gives. */
export function tallyLayoutOf({ layout, vector }: EnsembleInput): TallyLayout {
  return new TallyLayout(compileModel(layout, vector));
}

/**
 * Runs trajectories first, first + 1, .. of an ensemble and counts them: a pure function of the input, the seed and the
 * range, whoever runs it and in whatever parts.
 *
 * @throws RangeError where a draw changes the step or the horizon, which must be the same for all
 */
export function runRange(input: EnsembleInput, seed: number, first: number, count: number): Float64Array {
  const { layout, uncertain = [] } = input;
  const vector = Float64Array.from(input.vector);
  let model = compileModel(layout, vector);
  const counter = new Counter(new TallyLayout(model));
  kernel ??= createKernel();
  for (let done = 0; done < count; done += ROWS) {
    const rows = Math.min(ROWS, count - done);
    const results = resultsFor(rows, monthsOf(model));
    if (uncertain.length === 0) kernel.run(model, seed, first + done, rows, results);
    for (let row = 0; row < rows && uncertain.length > 0; row++) {
      drawParameters(uncertain, seed, first + done + row, vector);
      model = compileModel(layout, vector);
      kernel.run(model, seed, first + done + row, 1, results, row);
    }
    counter.add(results, rows);
  }
  return counter.counts;
}

/** Trajectories whose results are held at a time. */
const ROWS = 1000;

/** The kernel of this thread: compiled once. */
let kernel: Kernel | undefined;

/** Adds up counts in any order: they are whole numbers, so the sum has the same bits. */
export function mergeCounts(parts: Iterable<Float64Array>): Float64Array {
  let sum: Float64Array | undefined;
  for (const part of parts) {
    if (sum === undefined) sum = Float64Array.from(part);
    else addCounts(sum, part);
  }
  if (sum === undefined) throw new RangeError("no counts to merge");
  return sum;
}
