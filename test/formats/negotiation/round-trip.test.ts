import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  readGenius,
  readGeniusWeb,
  readNegmas,
  readNegotiation,
  writeGenius,
  writeGeniusWeb,
  writeNegmas,
} from "../../../src/formats/negotiation/index.ts";
import { compileDomain, type Domain, utilities } from "../../../src/terms/index.ts";
import { domains } from "../../terms/support.ts";

/** What is left of sums in another order. */
const TOL_WRITTEN = 1e-9;

/** What every package is worth to every party, by the engine. */
function worths(domain: Domain): number[][] {
  const compiled = compileDomain(domain);
  let outcomes: number[][] = [[]];
  for (const { options } of domain.issues) outcomes = outcomes.flatMap((o) => options.map((_, k) => [...o, k]));
  return outcomes.map((outcome) => Array.from(utilities(compiled, outcome)));
}

function expectSame(domain: Domain, read: Domain | undefined, scales?: readonly number[]): void {
  const [before, after] = [worths(domain), worths(read as Domain)];
  for (const [o, values] of before.entries()) {
    for (const [i, value] of values.entries()) {
      expect(Math.abs(value / (scales?.[i] ?? 1) - (after[o]?.[i] ?? Number.NaN))).toBeLessThan(TOL_WRITTEN);
    }
  }
}

const plain = domains({ tied: false, most: 3 });

describe("a domain that is written and read again is the same", () => {
  test.each(["yml", "json"] as const)("as NegMAS's %s", (format) => {
    fc.assert(
      fc.property(plain, (domain) => {
        const { files, lost } = writeNegmas(domain, format);
        expect(lost).toEqual([]);
        const { domain: read, problems } = readNegmas(files);
        expect(problems).toEqual([]);
        expectSame(domain, read);
        expect(read?.parties.map(({ reservation }) => reservation)).toEqual(
          domain.parties.map(({ reservation }) => reservation),
        );
        expect(readNegotiation(files).domain).toEqual(read);
      }),
      { numRuns: 50 },
    );
  });

  test("as GeniusWeb's JSON, but for reservation values that are numbers", () => {
    fc.assert(
      fc.property(plain, (domain) => {
        const { files, lost } = writeGeniusWeb(domain);
        const numbers = domain.parties.filter(({ reservation }) => reservation !== undefined);
        expect(lost).toHaveLength(numbers.length);
        const { domain: read, problems } = readGeniusWeb(files);
        expect(problems).toEqual([]);
        expectSame(domain, read);
        expect(read?.issues).toEqual(domain.issues);
      }),
      { numRuns: 50 },
    );
  });

  test("as GENIUS's XML, in shares of the sum of weights", () => {
    fc.assert(
      fc.property(plain, (domain) => {
        const scales = domain.parties.map((party) =>
          domain.issues.reduce((sum, { name }) => {
            const value = party.utility.issues?.[name];
            const table = value?.values.kind === "table" ? Object.values(value.values.values).map(Number) : [0];
            return sum + Number(value?.weight) * Math.max(...table);
          }, 0),
        );
        // What is below 1e-5 throughout counts for nothing in GENIUS.
        fc.pre(scales.every((scale) => scale > 0.01));
        const { domain: read, problems } = readGenius(writeGenius(domain).files);
        expect(problems).toEqual([]);
        expectSame(domain, read, scales);
      }),
      { numRuns: 50 },
    );
  });

  test("as GENIUS's nonlinear XML, with rectangles of both kinds", () => {
    const digits = Array.from({ length: 10 }, (_, k) => String(k));
    const numbers = digits.map(Number);
    const domain: Domain = {
      name: "space",
      issues: ["a", "b"].map((name) => ({ name, options: digits, ordered: true, numbers })),
      parties: ["north", "south"].map((name, i) => ({
        name,
        reservation: [0.2, 0.3][i],
        utility: {
          divisor: 120,
          cap: 1,
          rectangles: [
            { utility: 50, kind: "includes", bounds: [{ issue: "a", low: i, high: 5 }] },
            {
              utility: 60,
              kind: "includes",
              bounds: [
                { issue: "a", low: 3, high: 5 },
                { issue: "b", low: 2, high: 9 - i },
              ],
            },
            {
              utility: 20,
              kind: "excludes",
              bounds: [
                { issue: "a", low: 4, high: 4 },
                { issue: "b", low: 0, high: 6 },
              ],
            },
            { utility: 3, kind: "includes", bounds: [] },
          ],
        },
      })),
    };
    const { files, lost } = writeGenius(domain);
    expect(lost).toEqual(["The order of options as an order: options become names, in their order."]);
    const { domain: read, problems } = readGenius(files);
    expect(problems).toEqual([]);
    expectSame(domain, read);
    expect(read?.parties.map(({ reservation }) => reservation)).toEqual([0.2, 0.3]);
  });
});

describe("what a format cannot carry", () => {
  test("is listed by party", () => {
    const domain: Domain = {
      issues: [{ name: "line", options: ["here", "there"] }],
      exclusions: [{ line: "there" }],
      parties: ["north", "south"].map((name) => ({
        name,
        accepts: "ratifies",
        redLines: { line: ["there"] },
        reservation: { quantile: () => 0.5 },
        discount: { factor: 0.9, clock: "step" },
        utility: {
          bias: 0.1,
          tables: [{ over: ["line"], values: { here: 1 } }],
          issues: {
            line: { weight: { quantile: () => 0.5 }, values: { kind: "table", values: { here: 1, there: 0 } } },
          },
        },
      })),
    };
    const open: Domain = {
      ...domain,
      parties: domain.parties.map((party, i) => (i === 0 ? { ...party, accepts: "required" } : party)),
    };
    const { lost } = writeGeniusWeb(open);
    for (const word of [
      "exclusions",
      "red lines",
      "combinations",
      "bias",
      "discount",
      "distributions",
      "reservation value",
      "ratifies",
    ]) {
      expect(lost.join("\n")).toContain(word);
    }
  });
});
