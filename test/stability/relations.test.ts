import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  analyseStability,
  BASIC_CONCEPTS,
  type BasicConcept,
  compileModel,
  EXTENSIONS,
  type Extension,
  type Model,
  ofPattern,
  type Preferences,
  type Relation,
  relationStability,
} from "../../src/stability/index.ts";
import { describeWith, shared } from "../support/shared.ts";
import { models, optionForms, statesOf, worth } from "./random-models.ts";
import { booleans, VECTORS } from "./vectors.ts";

interface RelationCase {
  readonly kind: string;
  readonly permittedDirection: readonly ("both" | "fwd" | "back")[];
  readonly dmOptions: readonly (readonly number[])[];
  readonly infeasibles: readonly (readonly (readonly [number, "Y" | "N"])[])[];
  readonly states: readonly number[];
  readonly rel: readonly (readonly (readonly Relation[])[])[];
  readonly stability: Readonly<Record<string, readonly (readonly boolean[])[]>>;
}

const DIRECTIONS = { both: "both", fwd: "forward", back: "back" } as const;

describeWith(VECTORS, "unknown preferences and degrees, as brute force has them", () => {
  const file = shared(`${VECTORS}/ext_unknown_strength.json`);
  const cases = () => (JSON.parse(readFileSync(file, "utf8")) as { cases: RelationCase[] }).cases;

  it.each(Array.from({ length: 12 }, (_, k) => k))("case %i", (k) => {
    const given = cases()[k];
    if (given === undefined) throw new Error(`there is no case ${k}`);
    const model = compileModel({
      form: "options",
      decisionMakers: given.dmOptions.map((own, i) => ({
        name: `dm${i}`,
        options: own.map((o) => ({ name: `o${o}`, direction: DIRECTIONS[given.permittedDirection[o] ?? "both"] })),
        preferences: { kind: "relation", relation: given.rel[i] ?? [] },
      })),
      infeasible: given.infeasibles.map((pattern) => ofPattern(pattern.map(([o, mark]) => [o, mark === "Y"]))),
    });
    expect(model.size).toBe(given.states.length);
    for (const [key, expected] of Object.entries(given.stability)) {
      const [concept = "", how = "b"] = key.split("_");
      const table = relationStability(
        model,
        how === "strong" ? { extension: "b", degree: 2 } : { extension: how as Extension },
      );
      expect(table[concept as BasicConcept].map(booleans), key).toEqual(expected);
    }
  });
});

/** A model's orders written out pair by pair. */
const spelledOut = (model: Model, dm: number): Preferences => ({
  kind: "relation",
  relation: statesOf(model).map((s) =>
    statesOf(model).map((t): Relation => {
      const difference = worth(model, dm, s) - worth(model, dm, t);
      return difference > 0 ? ">" : difference < 0 ? "<" : "=";
    }),
  ),
});

describe("where nothing is unknown", () => {
  it("all four extensions are the stability of orders", () => {
    fc.assert(
      fc.property(models(), (model) => {
        const { concepts } = analyseStability(model);
        for (const extension of EXTENSIONS) {
          const table = relationStability(model, { extension });
          for (const concept of BASIC_CONCEPTS) expect(table[concept]).toEqual(concepts[concept]?.stable);
        }
      }),
      { numRuns: 80 },
    );
  });

  it("an order written out pair by pair is the order", () => {
    fc.assert(
      fc.property(optionForms(), (conflict) => {
        const model = compileModel(conflict);
        const written = compileModel({
          ...conflict,
          decisionMakers: conflict.decisionMakers.map((each, dm) => ({ ...each, preferences: spelledOut(model, dm) })),
        });
        expect(written.preferences.map(({ relation }) => relation)).toEqual(model.preferences.map(() => undefined));
        expect(written.preferences.map(({ ranks }) => ranks)).toEqual(model.preferences.map(({ ranks }) => ranks));
      }),
      { numRuns: 60 },
    );
  });
});

describe("where something is unknown", () => {
  const cells = fc.constantFrom<Relation>(">", "<", "=", "U");
  const OPPOSITE: Readonly<Record<string, Relation>> = { ">": "<", "<": ">", "=": "=", U: "U" };

  const unknown = optionForms().chain((conflict) => {
    const { size } = compileModel(conflict);
    const table = fc.array(cells, { minLength: size * size, maxLength: size * size });
    return fc
      .array(table, { minLength: conflict.decisionMakers.length, maxLength: conflict.decisionMakers.length })
      .map((tables) =>
        compileModel({
          ...conflict,
          decisionMakers: conflict.decisionMakers.map((each, i) => ({
            ...each,
            preferences: {
              kind: "relation",
              relation: Array.from({ length: size }, (_, s) =>
                Array.from({ length: size }, (__, t): Relation => {
                  if (s === t) return "=";
                  const cell = tables[i]?.[Math.min(s, t) * size + Math.max(s, t)] ?? "=";
                  return s < t ? cell : (OPPOSITE[cell] ?? "=");
                }),
              ),
            },
          })),
        }),
      );
  });

  it("a is the most demanding extension and d the least", () => {
    const ORDER: readonly (readonly [Extension, Extension])[] = [
      ["a", "b"],
      ["a", "c"],
      ["b", "d"],
      ["c", "d"],
    ];
    fc.assert(
      fc.property(unknown, (model) => {
        const tables = Object.fromEntries(
          EXTENSIONS.map((extension) => [extension, relationStability(model, { extension })]),
        );
        for (const [strong, weak] of ORDER) {
          for (const concept of BASIC_CONCEPTS) {
            for (const [dm, of] of (tables[strong]?.[concept] ?? []).entries()) {
              for (const [s, stable] of of.entries()) if (stable) expect(tables[weak]?.[concept][dm]?.[s]).toBe(1);
            }
          }
        }
      }),
      { numRuns: 80 },
    );
  });

  it("strong stability is stability", () => {
    fc.assert(
      fc.property(models(), (model) => {
        const [plain, strong] = [0, 2].map((degree) => relationStability(model, { extension: "b", degree }));
        for (const concept of BASIC_CONCEPTS) {
          for (const [dm, of] of (strong?.[concept] ?? []).entries()) {
            for (const [s, stable] of of.entries()) if (stable) expect(plain?.[concept][dm]?.[s]).toBe(1);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it("statements of unknown attitude and of degrees compare by the first on which two states differ", () => {
    const takes = (option: number) => ({ kind: "option", option }) as const;
    const model = compileModel({
      form: "options",
      decisionMakers: [
        {
          name: "one",
          options: [{ name: "a" }, { name: "b" }, { name: "c" }],
          preferences: {
            kind: "statements",
            statements: [{ formula: takes(0), degree: 2 }, { formula: takes(1), unknown: true }, { formula: takes(2) }],
          },
        },
      ],
    });
    const cells = model.preferences[0]?.relation?.cells ?? new Int8Array(0);
    const cell = (s: number, t: number) => cells[s * 8 + t];
    expect([cell(1, 0), cell(0, 1), cell(2, 0), cell(4, 0), cell(0, 4), cell(5, 5)]).toEqual([2, -2, 127, 1, -1, 0]);
  });
});
