import type { BasicConcept, Model } from "../../src/stability/index.ts";
import { improvementsOf, movesOf, reachedLegally, statesReached, worth } from "./random-models.ts";

/** How much a decision maker values a state. */
export type Worth = (state: number) => number;

/**
 * Whether a state is stable for a decision maker, by what it values, straight from the definitions: every improvement, every
 * legal sequence of the others, every way out. A second implementation, slow and plain, that shares nothing with the engine's
 * sweeps. What the others can and would do is found once, so that many rankings of the one decision maker can be tried.
 */
export function stabilityBy(model: Model, dm: number, state: number, concept: BasicConcept): (worth: Worth) => boolean {
  const others = model.moves.map((_, j) => j).filter((j) => j !== dm);
  const improving = concept === "seq" || concept === "sseq";
  const steps = others.map((j) => (s: number) => (improving ? improvementsOf(model, j, s) : movesOf(model, j, s)));
  const escaping = concept === "smr" || concept === "sseq";
  const exits = movesOf(model, dm, state);
  const known = new Map<number, readonly (readonly number[])[]>();
  // Where answers to a move can end: each such state with those that the decision maker can escape to from it.
  const answersTo = (x: number): readonly (readonly number[])[] => {
    const before = known.get(x);
    if (before !== undefined) return before;
    const landings = concept === "nash" ? [] : statesReached(reachedLegally(steps, x));
    const answers = landings.map((y) => (escaping ? [y, ...movesOf(model, dm, y)] : [y]));
    known.set(x, answers);
    return answers;
  };
  return (value) => {
    const own = value(state);
    const noBetter = (y: number) => value(y) <= own;
    return exits.every((x) => noBetter(x) || answersTo(x).some((all) => all.every(noBetter)));
  };
}

/** Whether a state is stable for a decision maker that values states as the model has it. */
export function isStable(model: Model, dm: number, state: number, concept: BasicConcept): boolean {
  return stabilityBy(model, dm, state, concept)((s) => worth(model, dm, s));
}
