import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readNegmas } from "../../src/formats/negotiation/index.ts";
import {
  AlternatingOffers,
  type Domain,
  makeArena,
  negotiateSingleText,
  negotiateTau,
  playTournament,
  runSession,
  STRATEGIES,
  type Strategy,
} from "../../src/terms/index.ts";
import { describeWith } from "../support/shared.ts";
import { allOutcomes, domains, undominated } from "./support.ts";

const named = (...names: readonly string[]): Strategy[] => names.map((name) => STRATEGIES[name] as Strategy);
/** The reference is printed with four decimals. */
const rounded = (values: readonly number[]) => values.map((value) => Math.round(value * 1e4) / 1e4);

describeWith("vectors/terms/11-england-zimbabwe", "England and Zimbabwe", (folder) => {
  const files = readdirSync(folder).filter((name) => name.endsWith(".yml"));
  const read = () =>
    readNegmas(files.map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }))).domain as Domain;

  test.each([
    ["boulware", "boulware", 70, [0.772, 0.8192]],
    ["boulware", "conceder", 18, [1, 0.3565]],
  ] as const)("agree as in NegMAS: %s against %s in round %d", (first, second, round, utilities) => {
    const result = runSession(makeArena(read()), named(first, second));
    expect([result.round, result.endedBy]).toEqual([round, "agreement"]);
    expect(rounded(result.utilities)).toEqual(utilities);
    expect(result.trace).toHaveLength(2 * round - 1);
  });
});

/** One issue to divide, equal steps. */
const pie = (reservation?: number): Domain => {
  const options = Array.from({ length: 11 }, (_, k) => String(k));
  const party = (name: string, slope: number, intercept: number) => ({
    name,
    reservation,
    utility: { issues: { share: { weight: 1, values: { kind: "affine" as const, slope, intercept } } } },
  });
  return { issues: [{ name: "share", options }], parties: [party("north", 0.1, 0), party("south", -0.1, 1)] };
};

describe("alternating offers", () => {
  test("end at the deadline, with reservation values, where nobody can agree", () => {
    const { endedBy, utilities, outcome, round } = runSession(makeArena(pie(0.6)), named("linear", "linear"), {
      rounds: 20,
    });
    expect([endedBy, outcome, round]).toEqual(["deadline", undefined, 20]);
    expect(utilities).toEqual([0.6, 0.6]);
  });

  test("end with leaving where a party has nothing that is worth its reservation value", () => {
    const domain = pie();
    const parties = domain.parties.map((party, i) => (i === 1 ? { ...party, reservation: 1.5 } : party));
    expect(runSession(makeArena({ ...domain, parties }), named("linear", "linear")).endedBy).toBe("leaving");
  });

  test("discount what is agreed on by the time passed", () => {
    const domain = pie();
    const parties = domain.parties.map((party) => ({
      ...party,
      discount: { factor: 0.5, clock: "deadline" as const },
    }));
    const plain = runSession(makeArena(domain), named("linear", "linear"), { rounds: 9 });
    const { utilities, round } = runSession(makeArena({ ...domain, parties }), named("linear", "linear"), {
      rounds: 9,
    });
    for (const [i, value] of utilities.entries()) {
      expect(Math.abs(value - (plain.utilities[i] ?? 0) * 0.5 ** (round / 10))).toBeLessThan(1e-12);
    }
  });

  test("agree on nothing that somebody refuses, whatever the strategies, and the same with the same seed", () => {
    const names = fc.constantFrom(...Object.keys(STRATEGIES));
    fc.assert(
      fc.property(domains({ most: 3 }), fc.array(names, { minLength: 4, maxLength: 4 }), (domain, chosen) => {
        if (allOutcomes(domain, true).length === 0) return;
        const arena = makeArena(domain);
        const strategies = named(...chosen.slice(0, arena.seats.length));
        const result = runSession(arena, strategies, { rounds: 30, seed: 7 });
        for (const [seat, value] of result.utilities.entries()) {
          expect(value).toBeGreaterThanOrEqual((arena.reservation[seat] ?? 0) - 1e-9);
        }
        expect(runSession(arena, strategies, { rounds: 30, seed: 7 })).toEqual(result);
      }),
      { numRuns: 60 },
    );
  });

  test("let a person play", () => {
    const session = new AlternatingOffers(makeArena(pie()), { rounds: 2 });
    session.play({ offer: 7 });
    expect([session.turn, session.onTable]).toEqual([1, 7]);
    session.play("accept");
    expect(session.result().outcome).toEqual({ share: "7" });
    expect(() => session.play("leave")).toThrow("invalid action");
    expect(() => new AlternatingOffers(makeArena(pie())).play("accept")).toThrow("an offer first");
  });

  test("of two MiCRO negotiators end on an undominated package", () => {
    fc.assert(
      fc.property(domains({ parties: 2, tied: false, most: 3 }), (domain) => {
        const result = runSession(makeArena(domain), named("micro", "micro"), { rounds: 1000 });
        if (result.agreement < 0) return;
        const best = undominated(allOutcomes(domain), [0, 1]);
        const isNear = best.some(({ utilities }) =>
          utilities.every((value, i) => value <= (result.utilities[i] ?? 0) + 1e-9),
        );
        // A tie of two packages in one party's eyes may hide the better one of the two for the other.
        const ties = new Set(
          domain.parties.flatMap((_, i) => allOutcomes(domain).map(({ utilities }) => `${i}${utilities[i]}`)),
        );
        if (ties.size === 2 * allOutcomes(domain).length) expect(isNear).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

describe("other protocols", () => {
  test("a single text only ever gets better for all, and ends where one change helps nobody without harm", () => {
    fc.assert(
      fc.property(domains({ most: 3 }), (domain) => {
        if (allOutcomes(domain, true).length === 0) return;
        const { trace } = negotiateSingleText(domain, { drafts: 300 });
        const must = domain.parties.flatMap(({ accepts }, i) => (accepts === "none" ? [] : [i]));
        for (let k = 1; k < trace.length; k++) {
          for (const i of must)
            expect(trace[k]?.utilities[i] ?? 0).toBeGreaterThanOrEqual(trace[k - 1]?.utilities[i] ?? 0);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("with heat it leaves poor local optima", () => {
    // Together the two changes help both; each alone harms both.
    const table = { a: { a: 0.4, b: 0 }, b: { a: 0, b: 1 } };
    const issues = ["x", "y"].map((name) => ({ name, options: ["a", "b"] }));
    const parties = ["north", "south"].map((name) => ({
      name,
      utility: { tables: [{ over: ["x", "y"], values: table }] },
    }));
    const results = [1, 2, 3, 4].map(
      (seed) => negotiateSingleText({ issues, parties }, { temperature: 0.5, seed }).utilities[0],
    );
    expect(results).toEqual([1, 1, 1, 1]);
  });

  test("tentative acceptance with unique offers meets in the middle of a pie, and ends empty-handed where there is no zone", () => {
    expect(negotiateTau(makeArena(pie())).utilities).toEqual([0.5, 0.5]);
    expect(negotiateTau(makeArena(pie(0.6))).agreement).toBe(-1);
  });
});

describe("a tournament", () => {
  test("plays every combination and finds the equilibria of the game", () => {
    const { cells, equilibria, strategies } = playTournament(makeArena(pie()), { rounds: 50 });
    expect(cells).toHaveLength(strategies.length ** 2);
    for (const equilibrium of equilibria) {
      const here = cells.find((cell) => cell.strategies.join() === equilibrium.join());
      for (const [seat, value] of (here?.utilities ?? []).entries()) {
        for (const cell of cells) {
          const differs = cell.strategies.filter((name, k) => name !== equilibrium[k]).length;
          if (differs === 1 && cell.strategies[seat] !== equilibrium[seat]) {
            expect(cell.utilities[seat]).toBeLessThanOrEqual(value + 1e-9);
          }
        }
      }
    }
    expect(equilibria.length).toBeGreaterThan(0);
  });
});
