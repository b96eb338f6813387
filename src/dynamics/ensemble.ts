import { createStream, PARAMETERS } from "../core/random/index.ts";
import { begin, step } from "./kernel.ts";
import type { Layout } from "./layout.ts";
import { compileModel } from "./model.ts";
import { State } from "./state.ts";
import { addCounts, Counter, TallyLayout } from "./tally.ts";
import { finish } from "./trajectory.ts";

/** A parameter that is drawn anew for each trajectory. */
export interface UncertainParameter {
  /** Its place in the layout. */
  readonly index: number;
  /** Its distribution by inversion. */
  quantile(u: number): number;
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
  const state = new State(model);
  for (let trajectory = first; trajectory < first + count; trajectory++) {
    if (uncertain.length > 0) {
      drawParameters(uncertain, seed, trajectory, vector);
      model = compileModel(layout, vector);
    }
    begin(model, state, seed, trajectory);
    counter.begin();
    for (let n = 1; n <= model.steps && !state.done; n++) {
      step(model, state, n, false);
      counter.step(state, n);
    }
    finish(state);
    counter.end(state);
  }
  return counter.counts;
}

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
