import type { ShareInterval } from "../core/stats/index.ts";
import { wilson } from "../core/stats/index.ts";
import { expectCount, expectFinite, expectNames, placeOf, rowsOf } from "./check.ts";
import { batchesOf, Ensemble, type Settings, UNTOUCHED } from "./ensemble.ts";
import { estimate } from "./estimate.ts";
import { runPlan } from "./plan.ts";
import type { BatchCounts } from "./stopping.ts";
import { Subject } from "./subject.ts";
import type { Background, Estimate, Model, Plan } from "./types.ts";

/** An intervention do(X): parameters set to values by name, everything else equal. */
export interface Lever {
  readonly name: string;
  readonly set: Readonly<Record<string, number>>;
}

export interface LeverOptions {
  readonly seed?: number;
  /** Where the parameters that a lever does not set stand; central unless given. */
  readonly background?: Background;
  /** Trajectories in a batch, 2 000 unless given, and batches, 5 unless given. */
  readonly batchSize?: number;
  readonly batches?: number;
}

/** What a lever does to one output. */
export interface LeverEffect {
  readonly output: string;
  /** Without and with the lever. */
  readonly base: Estimate;
  readonly result: Estimate;
  /** With less without, trajectory by trajectory: the mean of paired differences and its standard error. */
  readonly difference: Estimate;
  /** Share of trajectories whose outcome the lever changes, with its Wilson interval. */
  readonly discordance: ShareInterval;
  /** How many times as many independent trajectories the same precision would take; undefined where no outcome changes. */
  readonly varianceReduction: number | undefined;
}

export interface LeverResult {
  readonly method: "paired differences, common random numbers";
  readonly seed: number;
  readonly background: Background;
  readonly trajectories: number;
  readonly replications: number;
  readonly levers: readonly { readonly name: string; readonly effects: readonly LeverEffect[] }[];
}

export interface LeverPlan extends Plan<LeverResult> {
  /**
   * What the stopping rule counts in the batches of a table: the outputs that are indicators, and the differences that
   * every lever makes to each of them.
   */
  counts(table: Float64Array): readonly BatchCounts[];
}

/** Of an output in a batch: mean and sum of squared deviations; with a lever also those of the differences, and changes. */
const BASE = 2;
const WITH = 5;

/**
 * The rows of a run of levers: each runs one batch of trajectories without and with every lever.
 *
 * Row, for each output: mean and sum of squared deviations without a lever; then, for each lever and output, the same with
 * it, the same of the differences, and how many trajectories it changes.
 *
 * @throws ParleyError where a parameter is unknown, a value or an output is not finite, or too few trajectories are asked for
 */
export function planLevers(model: Model, levers: readonly Lever[], options: LeverOptions = {}): LeverPlan {
  const { seed = 1, background = "central" } = options;
  const subject = new Subject(model, { seed });
  const { batches, batchSize } = batchesOf(subject, background, {
    batches: options.batches ?? 5,
    batchSize: options.batchSize ?? 2000,
  });
  expectCount("number of levers", levers.length, 1);
  const settings = levers.map((lever) => settingsOf(subject, lever));
  expectNames(
    "lever",
    levers.map(({ name }) => name),
  );
  const outputs = subject.outputs.length;
  const width = outputs * (BASE + WITH * levers.length);
  const ensemble = new Ensemble(subject, background);
  const base = new Float64Array(batchSize * outputs);
  const changed = new Float64Array(batchSize * outputs);

  function evaluate(row: number, out: Float64Array, at = 0): void {
    const first = row * batchSize;
    ensemble.each(UNTOUCHED, first, batchSize, base);
    for (let w = 0; w < outputs; w++) moments(base, undefined, w, outputs, batchSize, out, at + BASE * w);
    for (let l = 0; l < settings.length; l++) {
      ensemble.each(settings[l]!, first, batchSize, changed);
      for (let w = 0; w < outputs; w++) {
        const cell = at + BASE * outputs + WITH * (l * outputs + w);
        moments(changed, undefined, w, outputs, batchSize, out, cell);
        moments(changed, base, w, outputs, batchSize, out, cell + 2);
        let changes = 0;
        for (let i = w; i < batchSize * outputs; i += outputs) if (changed[i] !== base[i]) changes++;
        out[cell + 4] = changes;
      }
    }
  }

  function merge(table: Float64Array): LeverResult {
    const rows = rowsOf(table, width, 1, batches);
    const n = rows * batchSize;
    const effectOf = (output: string, l: number, w: number): LeverEffect => {
      const cell = BASE * outputs + WITH * (l * outputs + w);
      const without = pooled(table, width, BASE * w, rows, batchSize);
      const result = pooled(table, width, cell, rows, batchSize);
      const difference = pooled(table, width, cell + 2, rows, batchSize);
      let changes = 0;
      for (let row = 0; row < rows; row++) changes += table[row * width + cell + 4]!;
      const independent = without.variance + result.variance;
      return Object.freeze({
        output,
        base: estimate(without.mean, Math.sqrt(without.variance / n)),
        result: estimate(result.mean, Math.sqrt(result.variance / n)),
        difference: estimate(difference.mean, Math.sqrt(difference.variance / n)),
        discordance: wilson(changes, n),
        varianceReduction: difference.variance > 0 ? independent / difference.variance : undefined,
      });
    };
    return Object.freeze({
      method: "paired differences, common random numbers",
      seed,
      background,
      trajectories: n,
      replications: n * (1 + levers.length),
      levers: Object.freeze(
        levers.map(({ name }, l) => {
          const effects = subject.outputs.map((output, w) => effectOf(output, l, w));
          return Object.freeze({ name, effects: Object.freeze(effects) });
        }),
      ),
    });
  }

  const indicators = model.outputs.flatMap(({ indicator }, w) => (indicator === true ? [w] : []));

  function counts(table: Float64Array): BatchCounts[] {
    const rows = rowsOf(table, width, 0, batches);
    return Array.from({ length: rows }, (_, row): BatchCounts => {
      const start = row * width;
      const cells = levers.flatMap((_, l) =>
        indicators.map((w) => start + BASE * outputs + WITH * (l * outputs + w) + 2),
      );
      return {
        count: batchSize,
        successes: indicators.map((w) => Math.round(batchSize * table[start + BASE * w]!)),
        differences: cells.map((cell) => batchSize * table[cell]!),
        squares: cells.map((cell) => table[cell + 1]! + batchSize * table[cell]! * table[cell]!),
      };
    });
  }

  const replications = batchSize * (1 + levers.length);
  return Object.freeze({ rows: batches, width, replications, evaluate, merge, counts });
}

/**
 * Levers: what setting parameters, do(X), does to each output, everything else equal.
 *
 * Every trajectory runs without and with the lever on the same chance (common random numbers; Glasserman & Yao 1992,
 * Management Science 38, 884-908), so that only what the lever changes is left in the difference. 10 000 trajectories in
 * 5 batches, seed 1, unless given.
 *
 * @throws ParleyError as `planLevers`
 */
export function pullLevers(model: Model, levers: readonly Lever[], options: LeverOptions = {}): LeverResult {
  return runPlan(planLevers(model, levers, options));
}

/** The places and values that a lever sets. */
export function settingsOf(subject: Subject, { name, set }: Lever): Settings {
  const entries = Object.entries(set);
  expectCount(`number of parameters set by ${name}`, entries.length, 1);
  for (const [parameter, value] of entries) expectFinite(`${parameter} in ${name}`, value);
  return {
    places: entries.map(([parameter]) => placeOf("parameter", parameter, subject.parameters)),
    values: entries.map(([, value]) => value),
  };
}

/** Mean and sum of squared deviations of an output over a batch, or of its differences from another. */
function moments(
  values: Float64Array,
  less: Float64Array | undefined,
  w: number,
  outputs: number,
  count: number,
  out: Float64Array,
  at: number,
): void {
  let sum = 0;
  for (let i = w; i < count * outputs; i += outputs) sum += values[i]! - (less === undefined ? 0 : less[i]!);
  const mean = sum / count;
  let squares = 0;
  for (let i = w; i < count * outputs; i += outputs) {
    const away = values[i]! - (less === undefined ? 0 : less[i]!) - mean;
    squares += away * away;
  }
  out[at] = mean;
  out[at + 1] = squares;
}

/** Mean and variance over all batches (Chan, Golub & LeVeque 1983). */
function pooled(table: Float64Array, width: number, at: number, rows: number, count: number) {
  let mean = 0;
  for (let row = 0; row < rows; row++) mean += table[row * width + at]! / rows;
  let squares = 0;
  for (let row = 0; row < rows; row++) {
    const away = table[row * width + at]! - mean;
    squares += table[row * width + at + 1]! + count * away * away;
  }
  const n = rows * count;
  return { mean, variance: n > 1 ? squares / (n - 1) : 0 };
}
