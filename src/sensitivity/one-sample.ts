import { expectCount, invalid, rowsOf } from "./check.ts";
import { estimate, meanEstimate, meanOf } from "./estimate.ts";
import { runPlan } from "./plan.ts";
import { explainedVariance } from "./spline.ts";
import { Subject } from "./subject.ts";
import type { Estimate, Model, Plan } from "./types.ts";

export interface OneSampleOptions {
  /** Draws of all uncertain parameters. */
  readonly draws: number;
  /** Replications for each draw, in two independent halves; even, 2 unless given. */
  readonly reps?: number;
  readonly seed?: number;
}

export interface OneSampleIndex {
  readonly name: string;
  /** Var(E[Y | parameter]): by how much knowing it would lower the expected squared error of a forecast. */
  readonly variance: Estimate;
  /** First-order index S, a share of the variance that is parameters; 0 and 0 where that is none. */
  readonly first: Estimate;
}

export interface OneSampleOutput {
  readonly name: string;
  readonly mean: Estimate;
  /** Var(E[Y | parameters]): what the uncertain parameters together make of the variance. */
  readonly parameterVariance: Estimate;
  /** Its share of the variance of a single replication; the rest is chance. */
  readonly parameterShare: number;
  /** The most telling first. */
  readonly inputs: readonly OneSampleIndex[];
}

export interface OneSampleResult {
  readonly method: "first-order indices from one sample, by splines";
  readonly seed: number;
  readonly draws: number;
  readonly reps: number;
  readonly replications: number;
  readonly outputs: readonly OneSampleOutput[];
}

/** Fewest draws for splines. */
const FEWEST = 50;

/**
 * The rows of an analysis from one sample: each draws all uncertain parameters once and runs two independent halves of
 * replications. Row: the mean of each output in each half, and the mean of its squares.
 *
 * @throws ParleyError where a count is too small, nothing is uncertain, or an output is not finite
 */
export function planOneSample(model: Model, options: OneSampleOptions): Plan<OneSampleResult> {
  const { draws, seed = 1 } = options;
  const subject = new Subject(model, { seed });
  const reps = subject.deterministic ? 2 : (options.reps ?? 2);
  expectCount("draws", draws, FEWEST);
  expectCount("number of inputs", subject.inputs.length, 1);
  if (!Number.isSafeInteger(reps) || reps < 2 || reps % 2 !== 0) {
    throw invalid("reps", reps, "an even number of at least 2");
  }
  const outputs = subject.outputs.length;
  const width = 3 * outputs;
  const draw = subject.draws();
  const vector = subject.central.slice();
  const each = new Float64Array(reps * outputs);

  function evaluate(row: number, out: Float64Array, at = 0): void {
    draw(0, row, vector);
    subject.each(vector, row * reps, reps, each, 0);
    out.fill(0, at, at + width);
    for (let i = 0; i < reps; i++) {
      const half = i < reps / 2 ? 0 : 1;
      for (let w = 0; w < outputs; w++) {
        const value = each[i * outputs + w]!;
        out[at + half * outputs + w]! += (2 * value) / reps;
        out[at + 2 * outputs + w]! += (value * value) / reps;
      }
    }
  }

  function merge(table: Float64Array): OneSampleResult {
    const rows = rowsOf(table, width, FEWEST, draws);
    const samples = subject.inputs.map(() => new Float64Array(rows));
    for (let row = 0; row < rows; row++) {
      draw(0, row, vector);
      for (const [j, { place }] of subject.inputs.entries()) samples[j]![row] = vector[place]!;
    }
    const column = (c: number) => Float64Array.from({ length: rows }, (_, row) => table[row * width + c]!);
    const halves = subject.outputs.map((_, w) => [column(w), column(outputs + w)] as const);
    const means = halves.map(([one, two]) => one.map((value, row) => (value + two[row]!) / 2));
    const indices = samples.map((values) => explainedVariance(values, means));
    return Object.freeze({
      method: "first-order indices from one sample, by splines",
      seed,
      draws: rows,
      reps,
      replications: rows * reps,
      outputs: Object.freeze(
        subject.outputs.map((name, w): OneSampleOutput => {
          const mean = meanOf(means[w]!);
          const [one, two] = halves[w]!;
          // The halves share nothing but the parameters: the mean of their products is the variance that is parameters.
          const products = one.map((value, row) => (value - mean) * (two[row]! - mean));
          const parameterVariance = meanEstimate(products);
          const total = meanOf(column(2 * outputs + w)) - mean * mean;
          const inputs = subject.inputs.map((input, j): OneSampleIndex => {
            const variance = estimate(indices[j]![w]!.estimate, indices[j]![w]!.se);
            const whole = parameterVariance.estimate;
            const first = whole > 0 ? estimate(variance.estimate / whole, variance.se / whole) : estimate(0, 0);
            return Object.freeze({ name: input.name, variance, first });
          });
          return Object.freeze({
            name,
            mean: meanEstimate(means[w]!),
            parameterVariance,
            parameterShare: total > 0 ? Math.min(1, Math.max(0, parameterVariance.estimate / total)) : 0,
            inputs: Object.freeze(inputs.sort((a, b) => b.variance.estimate - a.variance.estimate)),
          });
        }),
      ),
    });
  }

  return Object.freeze({ rows: draws, width, replications: reps, evaluate, merge });
}

/**
 * First-order indices of all parameters from one sample of them: what a Sobol screen finds at a cost that does not grow
 * with the number of parameters, though first order alone.
 *
 * Each output is regressed on each parameter by a natural cubic spline, and what chance would explain is taken off
 * (Strong, Oakley & Brennan 2014, Medical Decision Making 34, 311-326; "given data": Plischke 2010, Reliability Engineering &
 * System Safety 95, 354-360). Products of two halves of the replications tell parameters and chance apart.
 *
 * @throws ParleyError as `planOneSample`
 */
export function oneSampleIndices(model: Model, options: OneSampleOptions): OneSampleResult {
  return runPlan(planOneSample(model, options));
}
