import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  and,
  type Formula,
  formulaText,
  holds,
  isFormulaFault,
  mutuallyExclusive,
  noneOf,
  not,
  ofPattern,
  optionsOf,
  or,
  parseFormula,
  patternsOf,
  takes,
} from "../../../src/core/formulas/index.ts";
import { formulas, holdsIn, truthTable } from "./random-formulas.ts";

const OPTIONS = 5;
const NAMES = ["arm", "russia.withdraw", "us_2", "x-ray", "Übergang"];
const name = (option: number) => NAMES[option] ?? "";
const taken = (state: number) => (option: number) => ((state >> option) & 1) === 1;

const parsed = (text: string): Formula => {
  const formula = parseFormula(text, (each) => (NAMES.includes(each) ? NAMES.indexOf(each) : "unknown"));
  if (isFormulaFault(formula)) throw new Error(`${text}: ${formula.detail} at ${formula.offset}`);
  return formula;
};

describe("formulas", () => {
  it("hold where their truth tables say", () => {
    fc.assert(
      fc.property(formulas(OPTIONS), (formula) => {
        const found = Array.from({ length: 1 << OPTIONS }, (_, state) => holds(formula, taken(state)));
        expect(found).toEqual(truthTable(formula, OPTIONS));
      }),
    );
  });

  it("speak of the options that stand in them, ascending", () => {
    expect(optionsOf(parsed("x-ray if not (arm iff x-ray)"))).toEqual([0, 3]);
    fc.assert(
      fc.property(formulas(OPTIONS), (formula) => {
        const text = JSON.stringify(formula);
        const expected = [0, 1, 2, 3, 4].filter((option) => text.includes(`"option":${option}`));
        expect(optionsOf(formula)).toEqual(expected);
      }),
    );
  });
});

describe("texts of formulas", () => {
  it("read back mean the same", () => {
    fc.assert(
      fc.property(formulas(OPTIONS), (formula) => {
        const text = formulaText(formula, name);
        expect(truthTable(parsed(text), OPTIONS), text).toEqual(truthTable(formula, OPTIONS));
      }),
      { numRuns: 500 },
    );
  });

  it("read back are written the same again", () => {
    fc.assert(
      fc.property(formulas(OPTIONS), (formula) => {
        const once = formulaText(parsed(formulaText(formula, name)), name);
        expect(formulaText(parsed(once), name)).toBe(once);
      }),
    );
  });

  it("have brackets where they are needed, and only there", () => {
    const [a, b] = [takes(0), takes(2)];
    expect(formulaText(not(and(a, b)), name)).toBe("not (arm and us_2)");
    expect(formulaText(or(and(a, b), not(a)), name)).toBe("arm and us_2 or not arm");
    expect(formulaText(and(or(a, b), b), name)).toBe("(arm or us_2) and us_2");
    expect(formulaText({ kind: "if", consequence: or(a, b), condition: and(a, b) }, name)).toBe(
      "arm or us_2 if arm and us_2",
    );
    expect(formulaText({ kind: "iff", of: [{ kind: "if", consequence: a, condition: b }, a] }, name)).toBe(
      "arm if us_2 iff arm",
    );
    expect(
      formulaText({ kind: "if", consequence: { kind: "if", consequence: a, condition: b }, condition: a }, name),
    ).toBe("(arm if us_2) if arm");
  });
});

describe("patterns of a formula", () => {
  it("hold, one or more of them, just where the formula does", () => {
    fc.assert(
      fc.property(formulas(OPTIONS), (formula) => {
        const patterns = (patternsOf(formula) ?? []).map(ofPattern);
        for (const [state, expected] of truthTable(formula, OPTIONS).entries()) {
          expect(patterns.some((pattern) => holdsIn(pattern, state))).toBe(expected);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("are not within one another", () => {
    fc.assert(
      fc.property(formulas(OPTIONS), (formula) => {
        const patterns = patternsOf(formula) ?? [];
        for (const [i, one] of patterns.entries()) {
          for (const [j, other] of patterns.entries()) {
            if (i !== j) expect([...one].every(([option, marks]) => other.get(option) === marks)).toBe(false);
          }
        }
      }),
    );
  });

  it("are none where the formula can never hold, and an empty one where it always does", () => {
    expect(patternsOf(parsed("arm and not arm"))).toEqual([]);
    expect(patternsOf(or())).toEqual([]);
    expect(patternsOf(and())).toEqual([new Map()]);
  });

  it("are not made where there are too many", () => {
    // One of two, 16 times over: 2^16 patterns.
    const pairs = Array.from({ length: 16 }, (_, k) => or(takes(2 * k), takes(2 * k + 1)));
    expect(patternsOf(and(...pairs))).toBeUndefined();
    expect(patternsOf(not(and(...pairs)))).toHaveLength(16);
  });
});

describe("formulas of the usual kinds", () => {
  const three = [takes(0), takes(1), takes(2)];
  const counts = (formula: Formula, state: number) => holdsIn(formula, state);

  it("forbid two of some options at once, with a pattern for each pair", () => {
    const pairs = mutuallyExclusive(three);
    expect(pairs).toHaveLength(3);
    for (let state = 0; state < 8; state++) {
      const together = [0, 1, 2].filter((option) => taken(state)(option)).length;
      expect(pairs.some((pair) => counts(pair, state))).toBe(together >= 2);
    }
  });

  it("forbid that none is taken", () => {
    for (let state = 0; state < 8; state++) expect(counts(noneOf(three), state)).toBe(state === 0);
  });
});
