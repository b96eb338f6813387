import fc from "fast-check";
import type { Formula } from "../../../src/core/formulas/index.ts";

/** Random formulas over so many options, of all kinds, a few levels deep. */
export function formulas(options: number): fc.Arbitrary<Formula> {
  const { formula } = fc.letrec<{ formula: Formula }>((tie) => ({
    formula: fc.oneof(
      { maxDepth: 4, depthSize: "medium", withCrossShrink: true },
      fc.nat(options - 1).map((option): Formula => ({ kind: "option", option })),
      tie("formula").map((of): Formula => ({ kind: "not", of })),
      fc
        .tuple(fc.constantFrom("and", "or"), fc.array(tie("formula"), { minLength: 1, maxLength: 3 }))
        .map(([kind, of]): Formula => ({ kind, of })),
      fc
        .record({ consequence: tie("formula"), condition: tie("formula") })
        .map((parts): Formula => ({ kind: "if", ...parts })),
      fc.tuple(tie("formula"), tie("formula")).map((of): Formula => ({ kind: "iff", of })),
    ),
  }));
  return formula;
}

/** Whether a formula holds in a state given as a number of which option o is bit o; by its own reading of the connectives. */
export function holdsIn(formula: Formula, state: number): boolean {
  switch (formula.kind) {
    case "option":
      return Math.floor(state / 2 ** formula.option) % 2 === 1;
    case "not":
      return !holdsIn(formula.of, state);
    case "and":
      return formula.of.filter((part) => !holdsIn(part, state)).length === 0;
    case "or":
      return formula.of.filter((part) => holdsIn(part, state)).length > 0;
    case "if":
      return holdsIn(formula.condition, state) ? holdsIn(formula.consequence, state) : true;
    case "iff":
      return holdsIn(formula.of[0], state) ? holdsIn(formula.of[1], state) : !holdsIn(formula.of[1], state);
  }
}

/** In which of all states over so many options a formula holds. */
export const truthTable = (formula: Formula, options: number): boolean[] =>
  Array.from({ length: 2 ** options }, (_, state) => holdsIn(formula, state));
