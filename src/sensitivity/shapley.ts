import { createStream, purpose, type Stream, unitOfWord } from "../core/random/index.ts";
import { expectCount, expectFinite, invalid, rowsOf } from "./check.ts";
import { isRounding, meanEstimate, meanOf, ratioEstimate, standardError } from "./estimate.ts";
import { independentSampler, type JointSampler } from "./joint.ts";
import { shuffle } from "./order.ts";
import { runPlan } from "./plan.ts";
import { Subject } from "./subject.ts";
import type { Estimate, Model, Plan } from "./types.ts";

export interface ShapleyOptions {
  /** Random orders of the inputs. */
  readonly permutations: number;
  /** How the inputs vary together, in the order of `inputs`; independently unless given. */
  readonly sampler?: JointSampler;
  /** Conditional draws for each variance, 2 unless given. */
  readonly inner?: number;
  /** Replications for each vector of parameters, in two independent halves; even, 24 unless given. */
  readonly reps?: number;
  readonly seed?: number;
  /** The parameters whose effects are wanted; all that vary unless given. */
  readonly inputs?: readonly string[];
}

export interface ShapleyIndex {
  readonly name: string;
  /** Share of the variance of E[Y | parameters] that is this parameter's. */
  readonly shapley: Estimate;
  /** The same in the output's unit squared. */
  readonly variance: Estimate;
}

export interface ShapleyOutput {
  readonly name: string;
  readonly mean: Estimate;
  /** Variance of E[Y | parameters], chance taken out. */
  readonly parameterVariance: Estimate;
  /** In the order of the model; the shares add up to 1. */
  readonly inputs: readonly ShapleyIndex[];
  /** Whether the variance is above twice its standard error; where it is not, the shares are noise. */
  readonly resolved: boolean;
}

export interface ShapleyResult {
  readonly method: "Shapley effects by random permutations: Song, Nelson & Staum (2016)";
  readonly seed: number;
  readonly permutations: number;
  readonly inner: number;
  readonly reps: number;
  readonly replications: number;
  readonly outputs: readonly ShapleyOutput[];
}

/** Steps of the random address: the order of the inputs, the base draw, and conditional draws from here on. */
const ORDER = 0;
const BASE = 1;
const SECOND = 2;

/**
 * The rows of a run of Shapley effects: each walks one random order of the inputs.
 *
 * The cost of a set of inputs is E[Var(Y | the others)] (Song, Nelson & Staum 2016), whose increments along
 * an order average to the Shapley effects. Each is estimated from one outer and `inner` conditional draws; the base draw is
 * the first of them in every set of the walk, and the others share their random numbers from set to set (Goda 2021,
 * arXiv:2009.00874, for independent inputs), which takes 1 + k (inner - 1) evaluations
 * an order and lets increments differ by little else than the input that is added. A function with chance is evaluated in
 * two independent halves on common trajectories; the covariance of the halves is the variance without chance.
 *
 * Row, for each output: the increment of each input, then the mean at the base draw.
 *
 * @throws ParleyError where a name is unknown, a count is too small, or an output is not finite
 */
export function planShapley(model: Model, options: ShapleyOptions): Plan<ShapleyResult> {
  const { permutations, inner = 2, seed = 1 } = options;
  const subject = new Subject(model, { seed, inputs: options.inputs });
  const { inputs } = subject;
  const k = inputs.length;
  expectCount("permutations", permutations, 2);
  expectCount("inner", inner, 2);
  expectCount("number of inputs", k, 1);
  const sampler = options.sampler ?? independentSampler(inputs.map(({ distribution }) => distribution));
  if (sampler.dimensions !== k) throw invalid("number of inputs of the sampler", sampler.dimensions, `${k}`);
  const halves = subject.deterministic ? 1 : 2;
  const reps = subject.deterministic ? 1 : (options.reps ?? 24);
  if (halves === 2 && (!Number.isSafeInteger(reps) || reps < 2 || reps % 2 !== 0)) {
    throw invalid("reps", reps, "an even number of at least 2");
  }
  const count = reps / halves;
  const outputs = subject.outputs.length;
  const block = halves * outputs;
  const width = outputs * (k + 1);
  const stream = createStream(seed, purpose("SHAP"));

  const order = new Int32Array(k);
  const base = new Float64Array(k);
  const second = Array.from({ length: inner - 1 }, () => new Float64Array(k));
  const units = new Float64Array(k);
  const drawn = new Float64Array(k);
  const vector = subject.central.slice();
  /** Results of the inner draws, and what the cost of the set before was. */
  const results = new Float64Array(inner * block);
  const costs = new Float64Array(outputs);

  function evaluateAt(numbers: Float64Array, first: number, at: number): void {
    sampler.sample(order, numbers, drawn);
    for (let j = 0; j < k; j++) {
      expectFinite(`draw of ${inputs[j]!.name}`, drawn[j]!);
      vector[inputs[j]!.place] = drawn[j]!;
    }
    for (let h = 0; h < halves; h++) subject.evaluate(vector, first + h * count, count, results, at + h * outputs);
  }

  function evaluate(row: number, out: Float64Array, at = 0): void {
    shuffled(stream, row, base, order);
    fill(stream, BASE, row, base);
    for (let r = 0; r < inner - 1; r++) fill(stream, SECOND + r, row, second[r]!);
    const first = row * reps;
    evaluateAt(base, first, 0);
    for (let w = 0; w < outputs; w++) {
      costs[w] = 0;
      out[at + w * (k + 1) + k] = 0.5 * (results[w]! + results[block - outputs + w]!);
    }
    // The set grows from the end of the order: what is drawn afresh must come after what it is drawn given.
    for (let fresh = k - 1; fresh >= 0; fresh--) {
      for (let r = 1; r < inner; r++) {
        for (let i = 0; i < k; i++) units[i] = i < fresh ? base[i]! : second[r - 1]![i]!;
        evaluateAt(units, first, r * block);
      }
      for (let w = 0; w < outputs; w++) {
        const cost = covariance(results, w, block, block - outputs, inner);
        out[at + w * (k + 1) + order[fresh]!] = cost - costs[w]!;
        costs[w] = cost;
      }
    }
  }

  function merge(table: Float64Array): ShapleyResult {
    const rows = rowsOf(table, width, 2, permutations);
    const column = (at: number) => Float64Array.from({ length: rows }, (_, row) => table[row * width + at]!);
    return Object.freeze({
      method: "Shapley effects by random permutations: Song, Nelson & Staum (2016)",
      seed,
      permutations: rows,
      inner,
      reps,
      replications: rows * (1 + k * (inner - 1)) * reps,
      outputs: Object.freeze(
        subject.outputs.map((name, w): ShapleyOutput => {
          const increments = inputs.map((_, j) => column(w * (k + 1) + j));
          const totals = new Float64Array(rows);
          for (const values of increments) for (let row = 0; row < rows; row++) totals[row]! += values[row]!;
          const mean = meanEstimate(column(w * (k + 1) + k));
          if (isRounding(meanOf(totals), mean.estimate)) for (const values of [totals, ...increments]) values.fill(0);
          const variance = meanOf(totals);
          const scratch = new Float64Array(rows);
          return Object.freeze({
            name,
            mean,
            parameterVariance: meanEstimate(totals),
            inputs: Object.freeze(
              inputs.map(({ name }, j) => {
                const values = increments[j]!;
                const shapley = ratioEstimate(values, totals, variance, scratch);
                return Object.freeze({ name, shapley, variance: meanEstimate(values) });
              }),
            ),
            resolved: variance > 2 * standardError(totals),
          });
        }),
      ),
    });
  }

  return Object.freeze({ rows: permutations, width, replications: (1 + k * (inner - 1)) * reps, evaluate, merge });
}

/**
 * Shapley effects: how the variance of each output is shared out among the parameters, which may depend on one another.
 *
 * Owen (2014), SIAM/ASA Journal on Uncertainty Quantification 2, 245-251; estimated as by Song, Nelson & Staum (2016),
 * same journal 4, 1060-1083. The shares add up to 1 and, unlike Sobol indices, keep their meaning for dependent inputs.
 * Independent inputs, 2 conditional draws, 24 replications, seed 1, unless given.
 *
 * @throws ParleyError as `planShapley`
 */
export function shapleyEffects(model: Model, options: ShapleyOptions): ShapleyResult {
  return runPlan(planShapley(model, options));
}

/** Numbers of a step of a row: four from each block. */
function fill(stream: Stream, step: number, row: number, out: Float64Array): void {
  for (let i = 0; i < out.length; i += 4) {
    stream.block(i / 4, step, row, WORDS);
    const end = Math.min(4, out.length - i);
    for (let j = 0; j < end; j++) out[i + j] = unitOfWord(WORDS[j]!);
  }
}
const WORDS = new Uint32Array(4);

/** A row's order of the inputs. */
function shuffled(stream: Stream, row: number, scratch: Float64Array, order: Int32Array): void {
  fill(stream, ORDER, row, scratch);
  shuffle(scratch, order);
}

/** Covariance of the halves of output w over the inner draws: their variance where there is one half. */
function covariance(results: Float64Array, w: number, block: number, second: number, inner: number): number {
  let mean0 = 0;
  let mean1 = 0;
  for (let r = 0; r < inner; r++) {
    mean0 += results[r * block + w]! / inner;
    mean1 += results[r * block + second + w]! / inner;
  }
  let sum = 0;
  for (let r = 0; r < inner; r++) {
    sum += (results[r * block + w]! - mean0) * (results[r * block + second + w]! - mean1);
  }
  return sum / (inner - 1);
}
