import type { Model, Step } from "../../src/stability/index.ts";
import { improvementsOf, movesOf } from "./random-models.ts";

/** Moves of a decision maker from a state. */
export type StepsOf = (dm: number, state: number) => readonly number[];

/** All moves of a model, or its improvements only. */
export const stepsOf =
  (model: Model, improvements: boolean): StepsOf =>
  (dm, state) =>
    improvements ? improvementsOf(model, dm, state) : movesOf(model, dm, state);

/** What is wrong with a sequence as a legal one from a state; nothing where it is legal. */
export function faultsOf(
  steps: readonly Step[],
  from: number,
  next: StepsOf,
  movers: readonly number[],
): readonly string[] {
  return steps.flatMap(({ dm, to }, k) => {
    const before = k === 0 ? from : (steps[k - 1]?.to ?? -1);
    const faults: string[] = [];
    if (!movers.includes(dm)) faults.push(`step ${k}: ${dm} is no mover`);
    if (k > 0 && steps[k - 1]?.dm === dm) faults.push(`step ${k}: ${dm} moves twice in succession`);
    if (!next(dm, before).includes(to)) faults.push(`step ${k}: ${dm} cannot go from ${before} to ${to}`);
    return faults;
  });
}

/** All legal sequences from a state of up to so many moves, the shorter ones first. */
export function* legalSequences(
  from: number,
  next: StepsOf,
  movers: readonly number[],
  most: number,
): Generator<readonly Step[]> {
  let layer: readonly (readonly Step[])[] = [[]];
  for (let length = 1; length <= most; length++) {
    layer = layer.flatMap((steps) => {
      const last = steps[steps.length - 1];
      const at = last?.to ?? from;
      return movers
        .filter((dm) => dm !== last?.dm)
        .flatMap((dm) => next(dm, at).map((to): readonly Step[] => [...steps, { dm, to }]));
    });
    yield* layer;
  }
}
