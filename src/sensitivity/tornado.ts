import { expectOpenUnit, invalid, rowsOf } from "./check.ts";
import { type Batches, batchesOf, Ensemble, type Settings, UNTOUCHED } from "./ensemble.ts";
import { meanEstimate } from "./estimate.ts";
import { runPlan } from "./plan.ts";
import { Subject } from "./subject.ts";
import type { Background, Estimate, Model, Plan } from "./types.ts";

export interface TornadoOptions {
  /** Quantiles between which each parameter is moved, 0.05 and 0.95 unless given. */
  readonly low?: number;
  readonly high?: number;
  readonly seed?: number;
  /** The parameters to move; all that vary unless given. */
  readonly inputs?: readonly string[];
  /** Where the others stand; central unless given. */
  readonly background?: Background;
  /** Trajectories in a batch, 50 unless given, and batches, 40 unless given. A deterministic function is evaluated once. */
  readonly batchSize?: number;
  readonly batches?: number;
}

/** One end of a bar. */
export interface TornadoEnd {
  /** The parameter's value there. */
  readonly value: number;
  readonly result: Estimate;
  /** Result less that of the base, paired. */
  readonly change: Estimate;
}

export interface TornadoBar {
  readonly name: string;
  readonly low: TornadoEnd;
  readonly high: TornadoEnd;
  /** Result at the high end less result at the low end, paired. */
  readonly swing: Estimate;
  /** Greatest less least of the results at low end, base and high end: what bars are sorted by. */
  readonly width: number;
}

export interface TornadoOutput {
  readonly name: string;
  readonly base: Estimate;
  /** The widest first; equal ones in the order of the model. */
  readonly bars: readonly TornadoBar[];
}

export interface TornadoResult {
  readonly method: "one parameter at a time, common random numbers";
  readonly seed: number;
  readonly quantiles: readonly [number, number];
  readonly background: Background;
  readonly trajectories: number;
  readonly replications: number;
  readonly outputs: readonly TornadoOutput[];
}

/**
 * The rows of a tornado: each runs one batch of trajectories at the base and at both ends of every parameter.
 *
 * Row: the means of each output at the base, then at the low and the high end of each parameter.
 *
 * @throws ParleyError where low >= high, a name is unknown, fewer than two trajectories are asked for, or an output is not finite
 */
export function planTornado(model: Model, options: TornadoOptions = {}): Plan<TornadoResult> {
  const { low = 0.05, high = 0.95, seed = 1, background = "central" } = options;
  expectOpenUnit("low", low);
  expectOpenUnit("high", high);
  if (low >= high) throw invalid("high", high, `a quantile above low, ${low}`);
  const { inputs } = new Subject(model, { seed, inputs: options.inputs });
  // Every uncertain parameter makes the background, also those that are not moved.
  const subject = new Subject(model, { seed });
  const { batches, batchSize } = batchesOf(subject, background, {
    batches: options.batches ?? 40,
    batchSize: options.batchSize ?? 50,
  } satisfies Batches);
  const ends = inputs.flatMap(({ place, distribution }): Settings[] =>
    [low, high].map((p) => ({ places: [place], values: [distribution.quantile(p)] })),
  );
  const settings = [UNTOUCHED, ...ends];
  const outputs = subject.outputs.length;
  const width = settings.length * outputs;
  const ensemble = new Ensemble(subject, background);

  function evaluate(row: number, out: Float64Array, at = 0): void {
    for (let s = 0; s < settings.length; s++) {
      ensemble.mean(settings[s]!, row * batchSize, batchSize, out, at + s * outputs);
    }
  }

  function merge(table: Float64Array): TornadoResult {
    const rows = rowsOf(table, width, Math.min(2, batches), batches);
    const column = (s: number, w: number) =>
      Float64Array.from({ length: rows }, (_, row) => table[row * width + s * outputs + w]!);
    const less = (a: Float64Array, b: Float64Array) => meanEstimate(a.map((value, row) => value - b[row]!));
    const barsOf = (w: number, base: Float64Array): TornadoBar[] =>
      inputs.map(({ name }, j) => {
        const results = [column(1 + 2 * j, w), column(2 + 2 * j, w)] as const;
        const end = (which: 0 | 1): TornadoEnd =>
          Object.freeze({
            value: ends[2 * j + which]!.values[0]!,
            result: meanEstimate(results[which]),
            change: less(results[which], base),
          });
        const [atLow, atHigh] = [end(0), end(1)];
        const changes = [0, atLow.change.estimate, atHigh.change.estimate];
        return Object.freeze({
          name,
          low: atLow,
          high: atHigh,
          swing: less(results[1], results[0]),
          width: Math.max(...changes) - Math.min(...changes),
        });
      });
    return Object.freeze({
      method: "one parameter at a time, common random numbers",
      seed,
      quantiles: Object.freeze([low, high] as const),
      background,
      trajectories: rows * batchSize,
      replications: rows * batchSize * settings.length,
      outputs: Object.freeze(
        subject.outputs.map((name, w): TornadoOutput => {
          const base = column(0, w);
          const bars = barsOf(w, base).sort((a, b) => b.width - a.width);
          return Object.freeze({ name, base: meanEstimate(base), bars: Object.freeze(bars) });
        }),
      ),
    });
  }

  return Object.freeze({ rows: batches, width, replications: settings.length * batchSize, evaluate, merge });
}

/**
 * Tornado: what each output does when one parameter at a time goes from its low to its high quantile, widest first.
 *
 * Howard (1988), Management Science 34, 679-695. All ends share trajectories, so that chance which does not
 * matter to a parameter drops out of its bar; errors are those of paired differences of batches. Quantiles 0.05 and
 * 0.95, 2 000 trajectories in 40 batches, seed 1, unless given.
 */
export function tornado(model: Model, options: TornadoOptions = {}): TornadoResult {
  return runPlan(planTornado(model, options));
}
