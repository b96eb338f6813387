import type { BasicConcept, Model } from "../../src/stability/index.ts";
import { improvementsOf, movesOf, reachedLegally, statesReached, worth } from "./random-models.ts";

/**
 * Whether a state is stable for a decision maker, straight from the definitions: every improvement, every legal sequence of the
 * others, every way out. A second implementation, slow and plain, that shares nothing with the engine's sweeps.
 */
export function isStable(model: Model, dm: number, state: number, concept: BasicConcept): boolean {
  const exits = improvementsOf(model, dm, state);
  if (concept === "nash") return exits.length === 0;
  const others = model.moves.map((_, j) => j).filter((j) => j !== dm);
  const improving = concept === "seq" || concept === "sseq";
  const steps = others.map((j) => (s: number) => (improving ? improvementsOf(model, j, s) : movesOf(model, j, s)));
  const noBetter = (y: number) => worth(model, dm, y) <= worth(model, dm, state);
  return exits.every((x) =>
    statesReached(reachedLegally(steps, x)).some(
      (y) => noBetter(y) && (concept === "gmr" || concept === "seq" || movesOf(model, dm, y).every(noBetter)),
    ),
  );
}
