import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readGmcr, writeGmcr } from "../../../src/formats/gmcr/index.ts";
import { compileModel, not, type OptionForm, or, type Preferences, takes } from "../../../src/stability/index.ts";
import { conflicts } from "./random-conflicts.ts";
import { snapshot } from "./vectors.ts";

function reread(text: string): OptionForm {
  const { conflict, problems } = readGmcr({ name: "random.gmcr", text });
  expect(problems).toEqual([]);
  if (conflict === undefined) throw new Error("nothing was read");
  return conflict;
}

const US_AND_USSR = (us: Preferences, more: Partial<OptionForm["decisionMakers"][number]> = {}): OptionForm => ({
  form: "options",
  decisionMakers: [
    { name: "US", options: [{ name: "Strike", direction: "forward" }, { name: "Blockade" }], preferences: us, ...more },
    {
      name: "USSR",
      options: [{ name: "Withdraw" }],
      preferences: { kind: "statements", statements: [{ formula: not(takes(0)) }] },
    },
  ],
});
const PLAIN: Preferences = { kind: "statements", statements: [{ formula: takes(2) }] };

describe("a conflict that is written and read again", () => {
  test("compiles to the same states, moves and ranks", () => {
    fc.assert(
      fc.property(conflicts, (conflict) => {
        const { text } = writeGmcr(conflict);
        const back = reread(text);
        expect(snapshot(compileModel(back))).toEqual(snapshot(compileModel(conflict)));
        // Statements beside rankings are not read, so that the second writing may lack them; from then on nothing changes.
        const again = writeGmcr(back).text;
        expect(writeGmcr(reread(again)).text).toBe(again);
      }),
      { numRuns: 300 },
    );
  });

  test("keeps who acts together", () => {
    const { text } = writeGmcr(US_AND_USSR(PLAIN), { coalitions: [[1, 0]] });
    expect(readGmcr({ name: "c.gmcr", text }).coalitions).toEqual([[1, 0]]);
    const apart = writeGmcr(US_AND_USSR(PLAIN), { coalitions: [[1], [0]] }).text;
    expect(readGmcr({ name: "c.gmcr", text: apart }).coalitions).toBeUndefined();
  });

  test("loses nothing where its statements are combinations of options", () => {
    expect(writeGmcr(US_AND_USSR(PLAIN)).losses).toEqual([]);
  });

  test("says that conditions become combinations", () => {
    const formula = { kind: "if", consequence: takes(1), condition: or(takes(0), takes(2)) } as const;
    const { text, losses } = writeGmcr(US_AND_USSR({ kind: "statements", statements: [{ formula }] }));
    expect(losses).toEqual(["US: the wording of 1 of its statements, which become combinations of options."]);
    expect(JSON.parse(text).decisionMakers[0].preferences[0]).toEqual({
      compound: true,
      members: [
        [[1, "Y"]],
        [
          [0, "N"],
          [2, "N"],
        ],
      ],
    });
  });

  test.each<[string, Preferences, string]>([
    ["weights", { kind: "weights", weights: [1, -1, 2] }, "the weights of its options"],
    ["payoffs", { kind: "payoffs", payoffs: [1, 2, 3, 4, 5, 6, 7, 8] }, "its payoffs as numbers"],
  ])("becomes a ranking for all where one decision maker has %s", (_, preferences, lost) => {
    const { text, losses } = writeGmcr(US_AND_USSR(preferences));
    expect(losses.join("\n")).toContain(`US: ${lost}`);
    expect(losses.join("\n")).toContain("USSR: that its statements count");
    const file = JSON.parse(text);
    expect(file.useManualPreferenceRanking).toBe(true);
    expect(file.decisionMakers[1].preferenceRanking).toEqual([
      [1, 3, 5, 7],
      [2, 4, 6, 8],
    ]);
    expect(file.decisionMakers[1].preferences).toEqual([[[0, "N"]]]);
  });

  test("says which degrees and unknown statements it loses", () => {
    const statements = [{ formula: takes(2), degree: 2 }, { formula: takes(1), unknown: true }, { formula: or() }];
    const { losses } = writeGmcr(US_AND_USSR({ kind: "statements", statements }));
    expect(losses).toEqual([
      "US: 1 of its statements, of which it is not known how it stands to them; they are left out.",
      "US: by how much it prefers a state.",
      "US: 1 of its statements, which hold always or never and so part no states.",
    ]);
  });

  test("says what a relation loses", () => {
    const relation = Array.from({ length: 8 }, (_, s) =>
      Array.from({ length: 8 }, (_, t) => (s === t ? "=" : s + t === 7 ? "U" : s > t ? ">>" : "<<")),
    );
    const { losses } = writeGmcr(US_AND_USSR({ kind: "relation", relation } as Preferences));
    expect(losses.join("\n")).toMatch(/state by state[\s\S]*are not known[\s\S]*by how much/);
  });

  test("says which moves it loses", () => {
    const rule = { from: takes(0), to: not(takes(0)) };
    const { losses } = writeGmcr(US_AND_USSR(PLAIN, { removed: [rule, rule], added: [rule] }));
    expect(losses).toEqual(["US: moves that it cannot make (2 rules).", "US: moves beyond its options (1 rule)."]);
  });

  test("says that statements too entangled for combinations become a ranking", () => {
    const pairs = Array.from({ length: 16 }, (_, k) => ({
      kind: "iff" as const,
      of: [takes(2 * k), takes(2 * k + 1)] as const,
    }));
    const entangled = pairs.reduce<Preferences & { kind: "statements" }>(
      ({ statements }, formula) => ({ kind: "statements", statements: [...statements, { formula }] }),
      { kind: "statements", statements: [] },
    );
    const formula = { kind: "and" as const, of: entangled.statements.map((each) => each.formula) };
    const conflict: OptionForm = {
      form: "options",
      decisionMakers: [
        {
          name: "One",
          options: Array.from({ length: 32 }, (_, k) => ({ name: `o${k}` })),
          preferences: { kind: "statements", statements: [{ formula }] },
          misperceives: [formula],
        },
      ],
      // Few states: at most the first two options are taken.
      infeasible: Array.from({ length: 30 }, (_, k) => takes(k + 2)),
    };
    const { text, losses } = writeGmcr(conflict);
    expect(losses.join("\n")).toContain("One: its statements, of which one comes apart into too many combinations");
    expect(losses.join("\n")).toContain("One: states that it does not see: one rule of them");
    expect(JSON.parse(text).decisionMakers[0].preferenceRanking).toEqual([
      [1, 4],
      [2, 3],
    ]);
  });
});
