import { madeOnce } from "../core/kept/index.ts";
import { compileModel, drawParameters, runTrajectory, State } from "../dynamics/index.ts";
import type { DynamicsInputs } from "./inputs/dynamics.ts";
import type { WarWorth } from "./inputs/terms.ts";
import { dynamicsKey } from "./keys.ts";

/** Trajectories whose first month is looked at. */
export const WORTH_DRAWS = 400;

/**
 * What fighting on is worth to each side at the start, as the simulation has it when it looks for a range of bargains: by
 * party, the first month's value of war.
 */
export function warWorths(inputs: DynamicsInputs, seed: number): ReadonlyMap<string, WarWorth> {
  const drawn = once(`${seed} ${dynamicsKey(inputs)}`, () => firstMonths(inputs, seed, inputs.uncertain.length > 0));
  return new Map(
    inputs.sides.map((party, side) => {
      const values = drawn[side] ?? new Float64Array(1);
      return [party, { central: quantileOf(values, 0.5), quantile: (p: number) => quantileOf(values, p) }];
    }),
  );
}

const once = madeOnce<readonly Float64Array[]>(32);

/** The two sides' values of war after the first month of each trajectory, in rising order. */
function firstMonths({ layout, vector, uncertain }: DynamicsInputs, seed: number, drawn: boolean): Float64Array[] {
  const parameters = Float64Array.from(vector);
  // One step is enough: the first month's value is known at its end.
  const [horizon, step] = [layout.index("horizon"), layout.index("dt")];
  const compiled = () => {
    parameters[horizon] = parameters[step] ?? 0;
    return compileModel(layout, parameters);
  };
  let model = compiled();
  const state = new State(model);
  const values = [new Float64Array(WORTH_DRAWS), new Float64Array(WORTH_DRAWS)] as const;
  for (let i = 0; i < WORTH_DRAWS; i++) {
    if (drawn) {
      drawParameters(uncertain, seed, i, parameters);
      model = compiled();
    }
    let seen = false;
    runTrajectory(model, state, seed, i, (s) => {
      if (seen) return;
      seen = true;
      values[0][i] = s.valueA;
      values[1][i] = s.valueB;
    });
  }
  return values.map((column) => column.sort());
}

/** A quantile of values in rising order, straight lines between them. */
function quantileOf(sorted: Float64Array, p: number): number {
  const rank = p * (sorted.length - 1);
  const low = Math.floor(rank);
  const from = sorted[low] ?? 0;
  const to = sorted[Math.min(low + 1, sorted.length - 1)] ?? from;
  return from + (rank - low) * (to - from);
}
