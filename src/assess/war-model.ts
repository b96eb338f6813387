import { ParleyError } from "../core/problems/index.ts";
import {
  type Column,
  compileModel,
  createKernel,
  type EnsembleInput,
  type Kernel,
  OUTCOMES,
  type Outcome,
  type Passage,
  type Results,
  resultsFor,
  type Model as War,
} from "../dynamics/index.ts";
import type { Model } from "../sensitivity/index.ts";

/** What a trajectory of the war is asked, under a name. Months are counted from the day of the case. */
export type WarOutput = { readonly name: string } & (
  | {
      /** Whether talks, a stop of the fighting, a settlement, a freeze or a relapse has come for the first time by the end of a month. */
      readonly kind: "by";
      readonly passage: Passage;
      /** The horizon unless given. */
      readonly month?: number;
    }
  | {
      /**
       * Whether the first stop of the fighting came and was broken within some months of it.
       *
       * Of all trajectories, not of those that stop: its mean over that of `by stop` is the share of stops that are broken
       * so soon, with those counted as kept that became durable or met the horizon before. `Summary.relapseWithin` leaves
       * those out from then on (Kaplan & Meier), and so comes out a little higher.
       */
      readonly kind: "relapse";
      readonly within: number;
    }
  | {
      /** Whether the war ends in one of some ways, by the end of a month where one is given. */
      readonly kind: "end";
      readonly as: readonly Outcome[];
      readonly month?: number;
    }
  | {
      /** A value of the trajectory at its end. */
      readonly kind: "value";
      readonly of: WarValue;
    }
);

/** Losses in initial forces, A's share of the stake at the end, months of fighting, and counts. */
export const WAR_VALUES = {
  lossA: "lossA",
  lossB: "lossB",
  share: "x",
  fighting: "fighting",
  escalationSteps: "steps",
  rounds: "rounds",
  ceasefires: "ceasefires",
  settlements: "settlements",
  relapses: "relapses",
} as const satisfies Record<string, Column>;
export type WarValue = keyof typeof WAR_VALUES;

/** Reads an output off a row of results. */
type Reader = (columns: Results["columns"], row: number) => number;

/** Trajectories whose results are held at a time. */
const ROWS = 1000;
/** Rounding that a month's end forgives, as counts of an ensemble do. */
const ROOM = 1e-9;

/**
 * The war as a function of its parameters, for tornado, levers, Sobol indices and what else the sensitivity engine does.
 *
 * Its trajectories are those of `runRange` with the same seed, and its draws of parameters too: the address of a parameter
 * is its place in the layout. Parameters have their short names. The fastest kernel here unless one is given.
 *
 * @throws ParleyError where an output's month is no whole number of months above 0
 *
 * @example
 * const model = warModel(inputs, [{ name: "talks in a year", kind: "by", passage: "talks", month: 12 }]);
 * pullLevers(model, [{ name: "mediation", set: { Mbar: 0.8 } }]);
 */
export function warModel(
  { layout, vector, uncertain = [] }: EnsembleInput,
  outputs: readonly WarOutput[],
  kernel: Kernel = createKernel(),
): Model {
  const readers = outputs.map(readerOf);
  const width = readers.length;
  const drawn = new Map(uncertain.map((parameter) => [parameter.index, parameter]));
  const asked = Float64Array.from(vector);
  let war: War | undefined;
  let results = resultsFor(0);

  /** The model of a vector: halves, batches and single replications come with the same vector again and again. */
  function warOf(parameters: Float64Array): War {
    if (war !== undefined && same(parameters, asked)) return war;
    war = compileModel(layout, parameters);
    asked.set(parameters);
    return war;
  }

  /** Runs trajectories a few at a time and hands over each lot. */
  function run(
    parameters: Float64Array,
    { seed, first, count }: { readonly seed: number; readonly first: number; readonly count: number },
    take: (columns: Results["columns"], rows: number, done: number) => void,
  ): void {
    const model = warOf(parameters);
    if (results.columns.outcome.length < Math.min(count, ROWS)) results = resultsFor(Math.min(count, ROWS));
    for (let done = 0; done < count; done += ROWS) {
      const rows = Math.min(ROWS, count - done);
      kernel.run(model, seed, first + done, rows, results);
      take(results.columns, rows, done);
    }
  }

  return Object.freeze({
    parameters: layout.names.map((name, i) => ({ name, value: vector[i] ?? Number.NaN, distribution: drawn.get(i) })),
    outputs: outputs.map(({ name, kind }) => ({ name, indicator: kind !== "value" })),
    evaluate: (parameters, chance, out) => {
      out.fill(0);
      run(parameters, chance, (columns, rows) => {
        for (const [w, read] of readers.entries()) {
          let sum = 0;
          for (let row = 0; row < rows; row++) sum += read(columns, row);
          out[w] = (out[w] ?? 0) + sum;
        }
      });
      for (let w = 0; w < width; w++) out[w] = (out[w] ?? 0) / chance.count;
    },
    evaluateEach: (parameters, chance, out) => {
      run(parameters, chance, (columns, rows, done) => {
        for (const [w, read] of readers.entries()) {
          for (let row = 0; row < rows; row++) out[(done + row) * width + w] = read(columns, row);
        }
      });
    },
  } satisfies Model);
}

function readerOf(output: WarOutput): Reader {
  const within = (time: number | undefined, months: number) => time !== undefined && time >= 0 && time - ROOM <= months;
  switch (output.kind) {
    case "by": {
      const column = `${output.passage}At` as const;
      const month = monthOf(output, output.month);
      return (columns, row) => (within(columns[column][row], month) ? 1 : 0);
    }
    case "relapse": {
      const months = monthOf(output, output.within);
      return ({ relapsed, spell }, row) => (relapsed[row] === 1 && within(spell[row], months) ? 1 : 0);
    }
    case "end": {
      const wanted = OUTCOMES.map((outcome) => output.as.includes(outcome));
      const month = monthOf(output, output.month);
      return ({ outcome, t }, row) => (wanted[outcome[row] ?? -1] === true && within(t[row], month) ? 1 : 0);
    }
    case "value": {
      const column = WAR_VALUES[output.of];
      return (columns, row) => columns[column][row] ?? Number.NaN;
    }
  }
}

/** A month of an output; without one, whenever. */
function monthOf({ name }: WarOutput, month: number = Number.POSITIVE_INFINITY): number {
  if (month === Number.POSITIVE_INFINITY || (Number.isSafeInteger(month) && month > 0)) return month;
  throw ParleyError.of("invalid-parameter", { name, value: month, expected: "a whole number of months above 0" });
}

function same(a: Float64Array, b: Float64Array): boolean {
  for (let i = 0; i < b.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
