import fc from "fast-check";
import {
  and,
  type ConflictOption,
  compileModel,
  type DecisionMaker,
  type Formula,
  not,
  type OptionForm,
  or,
  type Preferences,
  takes,
} from "../../../src/stability/index.ts";

/** Formulas over some options, of every kind. */
export function formulas(count: number): fc.Arbitrary<Formula> {
  const literal = fc.nat(count - 1).map(takes);
  return fc.letrec<{ formula: Formula }>((tie) => ({
    formula: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      literal,
      tie("formula").map(not),
      fc.array(tie("formula"), { minLength: 0, maxLength: 3 }).map((of) => and(...of)),
      fc.array(tie("formula"), { minLength: 0, maxLength: 3 }).map((of) => or(...of)),
      fc
        .tuple(tie("formula"), tie("formula"))
        .map(([consequence, condition]): Formula => ({ kind: "if", consequence, condition })),
      fc.tuple(tie("formula"), tie("formula")).map((of): Formula => ({ kind: "iff", of })),
    ),
  })).formula;
}

function preferencesOf(count: number, size: number): fc.Arbitrary<Preferences> {
  const statement = fc.record({
    formula: formulas(count),
    degree: fc.constantFrom(1, 1, 2),
    unknown: fc.constantFrom(false, false, false, true),
  });
  const payoffs = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: size, maxLength: size });
  return fc.oneof(
    fc.array(statement, { maxLength: 4 }).map((statements): Preferences => ({ kind: "statements", statements })),
    fc
      .array(fc.integer({ min: -2, max: 2 }), { minLength: count, maxLength: count })
      .map((weights): Preferences => ({ kind: "weights", weights })),
    payoffs.map((each): Preferences => ({ kind: "payoffs", payoffs: each })),
    payoffs.map((each): Preferences => ({ kind: "ranking", ranking: rankingOf(each) })),
    payoffs.map(
      (each): Preferences => ({
        kind: "relation",
        relation: each.map((a) =>
          each.map((b) => (a === b ? "=" : a > b + 3 ? ">>" : a > b ? ">" : a < b - 3 ? "<<" : "<")),
        ),
      }),
    ),
  );
}

function rankingOf(payoffs: readonly number[]): number[][] {
  const levels = [...new Set(payoffs)].sort((a, b) => b - a);
  return levels.map((level) => payoffs.flatMap((each, s) => (each === level ? [s] : [])));
}

const DIRECTIONS = ["both", "both", "forward", "back", undefined] as const;

/** Conflicts of up to three decision makers and six options that have a state. */
export const conflicts: fc.Arbitrary<OptionForm> = fc
  .array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 3 })
  .filter((counts) => counts.some((count) => count > 0))
  .chain((counts) => {
    const count = counts.reduce((sum, each) => sum + each, 0);
    const option: fc.Arbitrary<ConflictOption> = fc.record({
      name: fc.constantFrom("Attack", 'Say "no"', "Full", "Full", "Ö\n"),
      direction: fc.constantFrom(...DIRECTIONS),
    });
    const forms = fc.record({
      options: fc.tuple(...counts.map((each) => fc.array(option, { minLength: each, maxLength: each }))),
      infeasible: fc.array(formulas(count), { maxLength: 2 }),
      misperceives: fc.tuple(...counts.map(() => fc.array(formulas(count), { maxLength: 1 }))),
    });
    return forms.chain(({ options, infeasible, misperceives }) => {
      const conflictWith = (preferences: readonly Preferences[]): OptionForm => ({
        form: "options",
        name: "random",
        infeasible,
        decisionMakers: options.map(
          (own, i): DecisionMaker => ({
            name: `D${i}`,
            options: own,
            preferences: preferences[i] ?? { kind: "statements", statements: [] },
            misperceives: misperceives[i],
          }),
        ),
      });
      const size = sizeOf(conflictWith([]));
      const each = counts.map(() => preferencesOf(count, Math.max(1, size)));
      return size === 0 ? fc.constant(undefined) : fc.tuple(...each).map(conflictWith);
    });
  })
  .filter((conflict) => conflict !== undefined);

function sizeOf(conflict: OptionForm): number {
  try {
    return compileModel(conflict).size;
  } catch {
    return 0;
  }
}
