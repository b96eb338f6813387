import { expectCount, expectFinite, expectNames, placeOf, rowsOf } from "./check.ts";
import { UNTOUCHED } from "./ensemble.ts";
import { type Lever, settingsOf } from "./levers.ts";
import { Subject } from "./subject.ts";
import type { Model, Plan } from "./types.ts";

/** Something that can be done, with what it costs; `set` may be empty: to do nothing. */
export interface Decision extends Lever {
  /** In the unit of the output that is the utility; 0 unless given. */
  readonly cost?: number;
}

export interface DecisionSampleOptions {
  /** The output that is to be as great as can be. */
  readonly utility: string;
  /** Draws of all uncertain parameters. */
  readonly draws: number;
  /** Replications for each draw and decision, 1 unless given. */
  readonly reps?: number;
  readonly seed?: number;
}

/** One sample of uncertain parameters with the utility of every decision. */
export interface DecisionSample {
  readonly decisions: readonly string[];
  readonly inputs: readonly { readonly name: string; readonly values: Float64Array }[];
  /** Utility of each decision by draw: utilities[decision][draw]. */
  readonly utilities: readonly Float64Array[];
}

/**
 * The rows of a sample for the value of information: each draws all uncertain parameters once and evaluates every decision
 * on the same chance. Row: the utility of each decision.
 *
 * Addresses as for a predictive run: draw n is draw n of matrix 0, on trajectories n reps onwards.
 *
 * @throws ParleyError where a name is unknown, a count is too small, or an output is not finite
 */
export function planDecisions(
  model: Model,
  decisions: readonly Decision[],
  options: DecisionSampleOptions,
): Plan<DecisionSample> {
  const { utility, draws, reps = 1, seed = 1 } = options;
  const subject = new Subject(model, { seed });
  const w = placeOf("output", utility, subject.outputs);
  const names = decisions.map(({ name }) => name);
  expectCount("number of decisions", decisions.length, 2);
  expectNames("decision", names);
  expectCount("draws", draws, 2);
  expectCount("reps", reps, 1);
  const settings = decisions.map((d) => (Object.keys(d.set).length === 0 ? UNTOUCHED : settingsOf(subject, d)));
  const costs = decisions.map(({ cost = 0, name }) => {
    expectFinite(`cost of ${name}`, cost);
    return cost;
  });
  const draw = subject.draws();
  const drawn = subject.central.slice();
  const vector = subject.central.slice();
  const outputs = new Float64Array(subject.outputs.length);
  const width = decisions.length;

  function evaluate(row: number, out: Float64Array, at = 0): void {
    draw(0, row, drawn);
    for (let d = 0; d < width; d++) {
      vector.set(drawn);
      const { places, values } = settings[d]!;
      for (let i = 0; i < places.length; i++) vector[places[i]!] = values[i]!;
      subject.evaluate(vector, row * reps, reps, outputs, 0);
      out[at + d] = outputs[w]! - costs[d]!;
    }
  }

  function merge(table: Float64Array): DecisionSample {
    const rows = rowsOf(table, width, 2, draws);
    const inputs = subject.inputs.map(({ name }) => Object.freeze({ name, values: new Float64Array(rows) }));
    for (let row = 0; row < rows; row++) {
      draw(0, row, drawn);
      for (const [j, { values }] of inputs.entries()) values[row] = drawn[subject.inputs[j]!.place]!;
    }
    return Object.freeze({
      decisions: Object.freeze(names),
      inputs: Object.freeze(inputs),
      utilities: Object.freeze(
        names.map((_, d) => Float64Array.from({ length: rows }, (_, row) => table[row * width + d]!)),
      ),
    });
  }

  return Object.freeze({ rows: draws, width, replications: reps * width, evaluate, merge });
}
