import { expectCount, invalid, rowsOf } from "./check.ts";
import { runPlan } from "./plan.ts";
import { randomPoints, scrambledPoints } from "./points.ts";
import { type SobolOutput, sobolOutput } from "./sobol-output.ts";
import { Subject } from "./subject.ts";
import type { Model, Plan } from "./types.ts";

export interface SobolOptions {
  /** Rows of the matrices A and B: draws of all parameters. */
  readonly draws: number;
  /** Replications for each vector of parameters, in two independent halves; even, 24 unless given. */
  readonly reps?: number;
  readonly seed?: number;
  /** The parameters whose indices are wanted, the others staying at their central values; all that vary unless given. */
  readonly inputs?: readonly string[];
  /** Draws by chance, or scrambled Sobol points, which suit deterministic functions; by chance unless given. */
  readonly points?: "random" | "sobol";
  /** Independent scrambles of the Sobol points, 16 unless given; `draws` must be so many times a power of two. */
  readonly scrambles?: number;
}

export interface SobolResult {
  readonly method: "Sobol indices: Saltelli et al. (2010), Jansen (1999), in two independent halves";
  readonly seed: number;
  readonly draws: number;
  /** Replications for each vector of parameters; 1 for a deterministic function. */
  readonly reps: number;
  readonly points: "random" | "sobol";
  /** Replications of the function in all. */
  readonly replications: number;
  readonly outputs: readonly SobolOutput[];
}

const DEFAULT_REPS = 24;
const DEFAULT_SCRAMBLES = 16;

/**
 * The rows of a Sobol analysis: row n evaluates draw n of A, of B, and of A with each parameter in turn from B.
 *
 * A function with chance is evaluated in two independent halves of `reps` / 2 trajectories, so that products of the halves
 * tell the variance of its expectation without the chance in it. A and all AB_j of a row share trajectories (common
 * random numbers); B has its own, so that the covariance of B with AB_j is the first-order variance alone.
 *
 * Addresses of parameter draws and trajectories are those of the reference engine: row n takes trajectories n reps
 * onwards, for B (draws + n) reps onwards.
 *
 * Row: for A, B, AB_1 ... AB_k, for each half, the mean of each output. A deterministic function has one "half".
 *
 * @throws ParleyError where a name is unknown, a count is too small, or an output is not finite
 */
export function planSobol(model: Model, options: SobolOptions): Plan<SobolResult> {
  const { draws, seed = 1, points = "random", scrambles = DEFAULT_SCRAMBLES } = options;
  const subject = new Subject(model, { seed, inputs: options.inputs });
  const reps = subject.deterministic ? 1 : (options.reps ?? DEFAULT_REPS);
  expectCount("draws", draws, 2);
  expectCount("number of inputs", subject.inputs.length, 1);
  if (!subject.deterministic && (!Number.isSafeInteger(reps) || reps < 2 || reps % 2 !== 0)) {
    throw invalid("reps", reps, "an even number of at least 2");
  }
  const set = points === "sobol" ? scrambledPoints(subject, draws, scrambles) : randomPoints(subject);
  const halves = subject.deterministic ? 1 : 2;
  const count = reps / halves;
  const outputs = subject.outputs.length;
  const block = halves * outputs;
  const k = subject.inputs.length;
  const width = (k + 2) * block;
  const a = subject.central.slice();
  const b = subject.central.slice();

  function halvesOf(parameters: Float64Array, first: number, out: Float64Array, at: number): void {
    for (let h = 0; h < halves; h++) subject.evaluate(parameters, first + h * count, count, out, at + h * outputs);
  }

  function evaluate(row: number, out: Float64Array, at = 0): void {
    set.points(0, row, a);
    set.points(1, row, b);
    halvesOf(a, row * reps, out, at);
    halvesOf(b, (draws + row) * reps, out, at + block);
    for (let j = 0; j < k; j++) {
      const { place } = subject.inputs[j]!;
      const kept = a[place]!;
      a[place] = b[place]!;
      halvesOf(a, row * reps, out, at + (2 + j) * block);
      a[place] = kept;
    }
  }

  function merge(table: Float64Array): SobolResult {
    const rows = rowsOf(table, width, 2, draws);
    if (set.groups > 0 && (rows % set.groups !== 0 || rows / set.groups < 1)) {
      throw invalid("number of rows", rows, `a multiple of ${set.groups}, the scrambles`);
    }
    const shape = { rows, width, halves, outputs, count, groups: set.groups };
    return Object.freeze({
      method: "Sobol indices: Saltelli et al. (2010), Jansen (1999), in two independent halves",
      seed,
      draws: rows,
      reps,
      points,
      replications: rows * (k + 2) * reps,
      outputs: Object.freeze(model.outputs.map((output, w) => sobolOutput(table, shape, w, output, subject.inputs))),
    });
  }

  return Object.freeze({ rows: draws, width, replications: (k + 2) * reps, evaluate, merge });
}

/**
 * Sobol indices: which share of an output's variance each parameter makes, alone and with all its interactions.
 *
 * First order by Saltelli et al. (2010), Computer Physics Communications 181, 259-270, centred; total by Jansen (1999),
 * same journal 117, 35-43. Inputs are taken as independent; `shapleyEffects` takes dependent ones. 24 replications for
 * each vector, seed 1, unless given. Cost: draws (k + 2) reps replications.
 *
 * @example
 * const model = { deterministic: true, outputs: [{ name: "y" }],
 *   parameters: [{ name: "a", distribution: uniform(0, 1) }, { name: "b", distribution: uniform(0, 2) }],
 *   evaluate: (p, _, out) => { out[0] = p[0] + p[1]; } };
 * sobolIndices(model, { draws: 4096, points: "sobol" }).outputs[0].inputs[1].total.estimate.toFixed(3); // "0.800"
 */
export function sobolIndices(model: Model, options: SobolOptions): SobolResult {
  return runPlan(planSobol(model, options));
}
