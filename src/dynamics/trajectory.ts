import { begin, step } from "./kernel.ts";
import type { Model } from "./model.ts";
import { AT_HORIZON, type State } from "./state.ts";

/** What an observer is shown after every step. */
export type Observer = (state: State, step: number) => void;

/**
 * Runs one trajectory from the day of the case to its end or the horizon: a pure function of the model, the seed and the
 * trajectory's number. The state holds what came of it.
 *
 * @param watch shown the state after every step, with the values of war and the ranges that the step found
 */
export function runTrajectory(m: Model, s: State, seed: number, trajectory: number, watch?: Observer): void {
  begin(m, s, seed, trajectory);
  const watching = watch !== undefined;
  for (let n = 1; n <= m.steps && !s.done; n++) {
    step(m, s, n, watching);
    if (watching) watch(s, n);
  }
  finish(s);
}

/** Names the outcome at the horizon, and closes the first stop's spell where nothing broke it. */
export function finish(s: State): void {
  if (s.outcome < 0) s.outcome = AT_HORIZON + s.phase;
  if (s.stopAt >= 0 && !s.relapsed) s.spell = s.t - s.stopAt;
}
