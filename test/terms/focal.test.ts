import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { ParleyError } from "../../src/core/problems/index.ts";
import { readNegmas } from "../../src/formats/negotiation/negmas.ts";
import {
  analyse,
  type Domain,
  focalPackage,
  makeSpace,
  type OpenPackage,
  type Space,
  surplusParts,
} from "../../src/terms/index.ts";
import { describeWith } from "../support/shared.ts";
import { allOutcomes, domains, TOL_EXACT, utilityOf } from "./support.ts";

/** A space, or undefined where exclusions leave no package. */
function spaceOf(domain: Domain, lock: OpenPackage = {}): Space | undefined {
  try {
    return makeSpace(domain, { lock });
  } catch (error) {
    if (error instanceof ParleyError) return undefined;
    throw error;
  }
}

const CONCEPTS = ["nash", "egalitarian", "utilitarian"] as const;

describe("a focal package without the frontier", () => {
  it("is the one that the whole analysis gives, with any lock", () => {
    fc.assert(
      fc.property(domains(), fc.boolean(), (domain, locks) => {
        const [issue] = domain.issues;
        const lock = locks && issue !== undefined ? { [issue.name]: issue.options[0] ?? "" } : {};
        const space = spaceOf(domain, lock);
        if (space === undefined) return;
        const { solutions } = analyse(domain, { lock, concepts: CONCEPTS });
        for (const concept of CONCEPTS) {
          const [own, whole] = [focalPackage(space, concept), solutions[concept]];
          expect([concept, own === undefined]).toEqual([concept, whole === undefined]);
          if (own === undefined || whole === undefined) continue;
          if (Number.isFinite(whole.value)) expect(own.value).toBeCloseTo(whole.value, 8);
          expect(own.leftOut).toEqual(whole.leftOut);
          for (const [name, option] of Object.entries(lock)) expect(own.outcome[name]).toBe(option);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe("the parts of what a package is worth over no agreement", () => {
  it("add up to it, for every package and party", () => {
    fc.assert(
      fc.property(domains({ most: 3 }), fc.nat(), (domain, seed) => {
        const space = spaceOf(domain);
        if (space === undefined) return;
        const outcomes = allOutcomes(domain);
        const outcome = outcomes[seed % outcomes.length];
        if (outcome === undefined) return;
        for (const [i, party] of domain.parties.entries()) {
          const parts = surplusParts(space, party.name, outcome.chosen);
          const worths = outcomes.map(({ utilities }) => utilities[i] ?? 0);
          const [least, greatest] = [Math.min(...worths), Math.max(...worths)];
          if (greatest - least < TOL_EXACT) {
            expect(parts).toEqual({});
            continue;
          }
          const from = typeof party.reservation === "number" ? party.reservation : least;
          const sum = Object.values(parts).reduce((total, part) => total + part, 0);
          expect(sum).toBeCloseTo(utilityOf(domain, party, outcome.chosen) - from, 9);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("are what an issue goes further than no agreement goes of the whole, worked by hand", () => {
    const values = (a: number, b: number, c: number) => ({ kind: "table" as const, values: { a, b, c } });
    const options = ["a", "b", "c"];
    const domain: Domain = {
      issues: [
        { name: "town", options },
        { name: "port", options },
      ],
      parties: [
        {
          name: "north",
          reservation: 0.4,
          utility: {
            issues: {
              town: { weight: 0.75, values: values(0, 0.6, 1) },
              port: { weight: 0.25, values: values(1, 0.2, 0) },
            },
          },
        },
        { name: "west", accepts: "none", utility: {} },
      ],
    };
    // Town: 0.75 x (0.6 - 0.4); port: 0.25 x (0.2 - 0.4).
    const parts = surplusParts(makeSpace(domain), "north", { town: "b", port: "b" });
    expect(parts["town"]).toBeCloseTo(0.15, 12);
    expect(parts["port"]).toBeCloseTo(-0.05, 12);
    expect(() => surplusParts(makeSpace(domain), "south", { town: "b", port: "b" })).toThrow(ParleyError);
    expect(() => surplusParts(makeSpace(domain), "north", { town: "b" })).toThrow(ParleyError);
    expect(() => surplusParts(makeSpace(domain), "north", { town: "x", port: "b" })).toThrow(ParleyError);
  });
});

describeWith("vectors/terms", "focal packages of the ANAC competitions", (root) => {
  const folders = existsSync(root) ? readdirSync(root).filter((name) => /^\d/.test(name)) : [];

  test.each(folders)("%s: Nash's and the egalitarian package are among those of a brute force", (name) => {
    const folder = join(root, name);
    const { own } = JSON.parse(readFileSync(join(folder, "expected.json"), "utf8")) as {
      own: Readonly<Record<"nash" | "egalitarian", number[][]>>;
    };
    const files = readdirSync(folder)
      .filter((file) => file.endsWith(".yml"))
      .map((file) => ({ name: file, text: readFileSync(join(folder, file), "utf8") }));
    const { domain } = readNegmas(files);
    if (domain === undefined) throw new Error("no domain");
    const space = makeSpace(domain);
    for (const concept of ["nash", "egalitarian"] as const) {
      const utilities = focalPackage(space, concept)?.utilities ?? [];
      const isOne = own[concept].some((point) =>
        point.every((value, i) => Math.abs(value - (utilities[i] ?? Number.NaN)) < TOL_EXACT),
      );
      expect([concept, isOne]).toEqual([concept, true]);
    }
  });
});
