import { compileModel, runTrajectory, State } from "../dynamics/index.ts";
import type { DynamicsInputs } from "./inputs/dynamics.ts";
import type { SimulationExhibit } from "./schema.ts";
import { monthsOfWar } from "./war-views.ts";

/** Trajectories that are watched month by month. */
export const WATCHED = 500;
/** Rounding that a month's end forgives. */
const ROOM = 1e-9;

/**
 * What goes on inside trajectories at central values, month by month: which aid flows, how high the ladder of escalation stands,
 * where the front is. Of the trajectories that have not ended by then.
 */
export function tracesOf(
  inputs: DynamicsInputs,
  backerNames: readonly string[],
  seed: number,
): NonNullable<SimulationExhibit>["traces"] {
  const { layout, vector } = inputs;
  const months = monthsOfWar(inputs);
  const model = compileModel(layout, vector);
  const state = new State(model);
  const open = new Float64Array(months);
  const flowing = inputs.backers.map(() => new Float64Array(months));
  const rungs = [new Float64Array(months), new Float64Array(months)] as const;
  const shares = Array.from({ length: months }, () => [] as number[]);
  for (let trajectory = 0; trajectory < WATCHED; trajectory++) {
    let next = 1;
    runTrajectory(model, state, seed, trajectory, (s) => {
      if (s.done || s.t < next - ROOM) return;
      for (; next <= months && s.t >= next - ROOM; next++) {
        const at = next - 1;
        open[at] = (open[at] ?? 0) + 1;
        for (const [j, on] of flowing.entries()) on[at] = (on[at] ?? 0) + (s.on[j] ?? 0);
        rungs[0][at] = (rungs[0][at] ?? 0) + s.LA;
        rungs[1][at] = (rungs[1][at] ?? 0) + s.LB;
        shares[at]?.push(s.x);
      }
    });
  }
  const mean = (sums: Float64Array) => Array.from(sums, (sum, i) => ((open[i] ?? 0) > 0 ? sum / (open[i] ?? 1) : 0));
  const sorted = shares.map((values) => values.toSorted((a, b) => a - b));
  const quantile = (p: number) => sorted.map((values) => values[Math.floor(p * (values.length - 1))] ?? 0);
  return {
    runs: WATCHED,
    open: Array.from(open, (n) => n / WATCHED),
    aid: inputs.backers.map((party, j) => ({
      party,
      name: backerNames[j] ?? party,
      side: inputs.backs[j] ?? 0,
      flowing: mean(flowing[j] ?? new Float64Array(months)),
    })),
    rungs: [mean(rungs[0]), mean(rungs[1])],
    front: { low: quantile(0.05), median: quantile(0.5), high: quantile(0.95) },
  };
}
