import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { randomConflict } from "../../bench/stability/random-conflicts.ts";
import { analyseStability, BASIC_CONCEPTS, compileModel } from "../../src/stability/index.ts";
import { describeWith, shared } from "../support/shared.ts";
import { ids, VECTORS } from "./vectors.ts";

interface Expected {
  readonly perDM: Readonly<Record<string, readonly { readonly stable: number; readonly sha256: string }[]>>;
  readonly equilibriaCount: Readonly<Record<string, number>>;
  readonly equilibria: Readonly<Record<string, readonly number[]>>;
}

describeWith(VECTORS, "random conflicts of three decision makers", () => {
  it.each([9, 10, 11, 12])("2^%i states: every state of every concept", (options) => {
    const text = readFileSync(shared(`${VECTORS}/bench_m${options}_s1_expected.json`), "utf8");
    const expected = JSON.parse(text) as Expected;
    const { concepts } = analyseStability(compileModel(randomConflict(options, 1)));
    for (const concept of BASIC_CONCEPTS) {
      const found = concepts[concept]?.stable.map((of) => ({
        stable: of.reduce((sum, each) => sum + each, 0),
        sha256: createHash("sha256").update(of.join("")).digest("hex"),
      }));
      expect(found, concept).toEqual(expected.perDM[concept]);
      const { equilibria = new Int32Array(0) } = concepts[concept] ?? {};
      expect(equilibria.length).toBe(expected.equilibriaCount[concept]);
      if (expected.equilibria[concept] !== undefined) expect(ids(equilibria)).toEqual(expected.equilibria[concept]);
    }
  });
});
