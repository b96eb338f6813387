import { type analyseStatusQuo, type BasicConcept, explain, inverse, lowerSets } from "../../stability/index.ts";
import type { StabilitySubject } from "./target.ts";

/** Why a state is stable, or not, for each decision maker and concept. */
export function explanations({ model }: StabilitySubject, state: number, concepts: readonly BasicConcept[]) {
  return model.decisionMakers.flatMap((name, dm) =>
    concepts.map((concept) => {
      const { stable, moves, exits } = explain(model, dm, state, concept);
      const steps = (path: readonly { readonly dm: number; readonly to: number }[]) =>
        path.map((step) => ({ dm: model.decisionMakers[step.dm], to: step.to + 1 }));
      return {
        decisionMaker: name,
        state: state + 1,
        concept,
        stable,
        moves,
        exits: exits.map(({ to, sanction, evasion }) => ({
          to: to + 1,
          sanction: sanction === undefined ? null : steps(sanction),
          escape: evasion === undefined ? null : { sanction: steps(evasion.sanction), to: evasion.to + 1 },
        })),
      };
    }),
  );
}

/** What can come about from a state. */
export function pathsContract(
  { reached, horizon, cycles }: ReturnType<typeof analyseStatusQuo>,
  { model }: StabilitySubject,
) {
  const names = (dms: readonly number[]) => dms.map((dm) => model.decisionMakers[dm]);
  return {
    horizon,
    cycles: cycles.map((cycle) => cycle.map((state) => state + 1)),
    reached: Object.fromEntries(
      reached.map(({ state, length, path, firstMovers, lastMovers }) => [
        state + 1,
        {
          length,
          path: path.map((step) => ({ dm: model.decisionMakers[step.dm], to: step.to + 1 })),
          firstMovers: names(firstMovers),
          lastMovers: names(lastMovers),
        },
      ]),
    ),
  };
}

/** What would have to change for a state to be an equilibrium, or none. */
export function inverseContract({ model }: StabilitySubject, state: number, concept: BasicConcept) {
  const { equilibrium, settle, together, unsettle } = inverse(model, state, concept);
  const change = ({ dm, stable, swaps, passes }: (typeof settle)[number]) => ({
    decisionMaker: model.decisionMakers[dm],
    stable,
    swaps: swaps ?? null,
    passes: passes.map((each) => each + 1),
  });
  return {
    state: state + 1,
    concept,
    equilibrium,
    settle: settle.map(change),
    together: { swaps: together.swaps, fewest: together.fewest, changes: together.changes.map(change) },
    unsettle: unsettle.map(change),
    conditions: model.decisionMakers.map((name, dm) => {
      const { minimal, cut, rankings } = lowerSets(model, dm, state, concept);
      return {
        decisionMaker: name,
        noLowerThan: minimal.map((set) => set.map((each) => each + 1)),
        cut,
        rankings: rankings === undefined ? null : { stable: String(rankings.stable), all: String(rankings.all) },
      };
    }),
  };
}
