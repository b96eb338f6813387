import { createStream, purpose } from "../core/random/index.ts";
import { expectCount, expectNames, invalid, placeOf, rowsOf } from "./check.ts";
import { meanEstimate } from "./estimate.ts";
import { shuffle } from "./order.ts";
import { runPlan } from "./plan.ts";
import { Subject } from "./subject.ts";
import type { Estimate, Model, Plan } from "./types.ts";

/** Parameters that change together, from their values in the model to others. */
export interface AttributedGroup {
  readonly name: string;
  readonly set: Readonly<Record<string, number>>;
}

export interface AttributionOptions {
  readonly seed?: number;
  /** Trajectories in a batch, 50 unless given, and batches, 20 unless given. */
  readonly batchSize?: number;
  readonly batches?: number;
}

export interface AttributedOutput {
  readonly name: string;
  readonly base: Estimate;
  readonly result: Estimate;
  /** Result less base, paired. */
  readonly difference: Estimate;
  /** Each group's part of the difference, in the order given; the parts add up to it. */
  readonly parts: readonly { readonly name: string; readonly part: Estimate }[];
}

export interface AttributionResult {
  readonly method: "Shapley value of each change over random orders, common random numbers";
  readonly seed: number;
  readonly trajectories: number;
  readonly replications: number;
  readonly outputs: readonly AttributedOutput[];
}

/**
 * The rows of an attribution: each runs one batch of trajectories while the groups change one after the other, in a random
 * order and in its reverse. Row, for each output: the base, the result, each group's mean increment over both orders.
 *
 * @throws ParleyError where a name is unknown, a parameter stands in two groups, or an output is not finite
 */
export function planAttribution(
  model: Model,
  groups: readonly AttributedGroup[],
  options: AttributionOptions = {},
): Plan<AttributionResult> {
  const { seed = 1, batchSize = 50, batches = 20 } = options;
  const subject = new Subject(model, { seed });
  expectCount("batchSize", batchSize, 1);
  expectCount("batches", batches, 2);
  expectCount("number of groups", groups.length, 1);
  expectNames(
    "group",
    groups.map(({ name }) => name),
  );
  const changes = groups.map(({ set }) =>
    Object.entries(set).map(([name, value]) => [placeOf("parameter", name, subject.parameters), value] as const),
  );
  const places = changes.flat().map(([place]) => place);
  if (new Set(places).size < places.length) throw invalid("groups", "twice", "each parameter in one group");
  const k = groups.length;
  const outputs = subject.outputs.length;
  const width = outputs * (k + 2);
  const stream = createStream(seed, purpose("ATTR"));
  const units = new Float64Array(k);
  const order = new Int32Array(k);
  const vector = subject.central.slice();
  const before = new Float64Array(outputs);
  const after = new Float64Array(outputs);

  function evaluate(row: number, out: Float64Array, at = 0): void {
    out.fill(0, at, at + width);
    stream.uniforms(0, row, 0, units);
    shuffle(units, order);
    const first = row * batchSize;
    for (let way = 0; way < 2; way++) {
      vector.set(subject.central);
      subject.evaluate(vector, first, batchSize, before, 0);
      for (let w = 0; w < outputs; w++) out[at + w * (k + 2)] = before[w]!;
      for (let step = 0; step < k; step++) {
        const group = order[way === 0 ? step : k - 1 - step]!;
        for (const [place, value] of changes[group]!) vector[place] = value;
        subject.evaluate(vector, first, batchSize, after, 0);
        for (let w = 0; w < outputs; w++) {
          out[at + w * (k + 2) + 2 + group]! += 0.5 * (after[w]! - before[w]!);
          before[w] = after[w]!;
        }
      }
      for (let w = 0; w < outputs; w++) out[at + w * (k + 2) + 1] = before[w]!;
    }
  }

  function merge(table: Float64Array): AttributionResult {
    const rows = rowsOf(table, width, 2, batches);
    const column = (at: number) => Float64Array.from({ length: rows }, (_, row) => table[row * width + at]!);
    return Object.freeze({
      method: "Shapley value of each change over random orders, common random numbers",
      seed,
      trajectories: rows * batchSize,
      replications: rows * batchSize * 2 * (k + 1),
      outputs: Object.freeze(
        subject.outputs.map((name, w): AttributedOutput => {
          const start = w * (k + 2);
          const [base, result] = [column(start), column(start + 1)];
          return Object.freeze({
            name,
            base: meanEstimate(base),
            result: meanEstimate(result),
            difference: meanEstimate(result.map((value, row) => value - base[row]!)),
            parts: Object.freeze(
              groups.map((group, g) => Object.freeze({ name: group.name, part: meanEstimate(column(start + 2 + g)) })),
            ),
          });
        }),
      ),
    });
  }

  return Object.freeze({ rows: batches, width, replications: batchSize * 2 * (k + 1), evaluate, merge });
}

/**
 * Which of several changes make the difference between two settings of a model: the Shapley value of each (Shapley 1953), its
 * mean increment over the orders in which they could be made (baseline Shapley: Sundararajan & Najmi 2020, ICML), estimated
 * from random orders, each with its reverse (Mitchell et al. 2022, Journal of Machine Learning Research 23). The parts
 * add up to the whole difference in every batch; their errors hold both orders and chance.
 *
 * @throws ParleyError as `planAttribution`
 */
export function attributeDifference(
  model: Model,
  groups: readonly AttributedGroup[],
  options: AttributionOptions = {},
): AttributionResult {
  return runPlan(planAttribution(model, groups, options));
}
