import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ParleyError } from "../../src/core/problems/index.ts";
import {
  analyse,
  compileDomain,
  contributions,
  countZopa,
  type Domain,
  discountedTo,
  judgeProposal,
  logrolls,
  makeSpace,
  mergedFrontier,
  type Party,
} from "../../src/terms/index.ts";
import { allOutcomes, domains, sameVectors, TOL_EXACT, undominated, utilityOf, vectorsOf } from "./support.ts";

const table = (values: Record<string, number>) => ({ kind: "table" as const, values });

/** Two issues: north cares for land, south for aid. */
function trade(more: Partial<Domain> = {}, changes: readonly Partial<Party>[] = []): Domain {
  const party = (name: string, land: number, values: readonly [number, number, number]): Party => ({
    name,
    utility: {
      issues: {
        land: { weight: land, values: table({ north: values[0], shared: values[1], south: values[2] }) },
        aid: { weight: 1 - land, values: table({ much: name === "south" ? 1 : 0, none: name === "south" ? 0 : 1 }) },
      },
    },
  });
  const parties = [party("north", 0.75, [1, 0.6, 0]), party("south", 0.25, [0, 0.6, 1])];
  return {
    issues: [
      { name: "land", options: ["north", "shared", "south"], ordered: true },
      { name: "aid", options: ["much", "none"] },
    ],
    parties: parties.map((one, i) => ({ ...one, ...changes[i] })),
    ...more,
  };
}

describe("whether a deal exists", () => {
  test("is denied where red lines exclude each other, and says whose and on what", () => {
    const { deal, zopa, frontier, solutions } = analyse(
      trade({}, [{ redLines: { land: ["south", "shared"] } }, { redLines: { land: ["north"], aid: ["none"] } }]),
    );
    expect(deal.exists).toBe(false);
    expect(deal.because).toBe("no deal exists: the red lines of north and south on land exclude each other");
    expect(deal.redLines.map(({ party, issue }) => [party, issue])).toEqual([
      ["north", "land"],
      ["south", "land"],
    ]);
    expect([zopa?.size, frontier.points.size, solutions.nash]).toEqual([0n, 0, undefined]);
  });

  test("is denied where no package is worth all reservation values, and says whose and how near one comes", () => {
    const { deal } = analyse(trade({}, [{ reservation: 0.9 }, { reservation: 0.9 }]));
    expect(deal.because).toBe(
      "no deal exists: no package is worth their reservation values to north and south together",
    );
    expect(deal.parties).toEqual(["north", "south"]);
    expect(deal.closest?.outcome).toEqual({ land: "north", aid: "much" });
    expect(Math.abs((deal.closest?.leastSurplus ?? 0) + 0.15)).toBeLessThan(TOL_EXACT);
    const alone = analyse(trade({}, [{ reservation: 1.2 }])).deal;
    expect(alone.because).toBe("no deal exists: no package is worth its reservation value to north");
  });

  test("is denied by a lock that exclusions forbid", () => {
    const domain = trade({ exclusions: [{ land: "north", aid: "none" }] });
    expect(analyse(domain, { lock: { land: "north", aid: "none" } }).deal.because).toContain("locked");
    expect(analyse(domain, { lock: { land: "north" } }).frontierAll.points.size).toBe(1);
  });

  test("is denied by the red lines that a lock meets", () => {
    const { deal } = analyse(trade({}, [{ redLines: { land: ["south"], aid: ["none"] } }]), {
      lock: { land: "south" },
    });
    expect(deal.because).toBe("no deal exists: the red lines of north on land exclude every package");
  });

  test("red lines are told for all parties alike", () => {
    const { redLines } = analyse(trade({}, [{ redLines: { land: ["south"] } }, { redLines: { aid: ["none"] } }]));
    expect(redLines).toEqual({ without: 6n, with: 2n, ruledOut: { land: ["south"], aid: ["none"] } });
  });
});

describe("a verdict", () => {
  test("names who would not accept, by how much and on which issue, and the nearest package", () => {
    const space = makeSpace(trade({}, [{ reservation: 0.5 }, { reservation: 0.5 }]));
    const verdict = judgeProposal(space, { land: "south", aid: "much" });
    const [north, south] = verdict.parties;
    expect([north?.accepts, south?.accepts, verdict.acceptable]).toEqual(["no", "yes", false]);
    expect(Math.abs((north?.shortfall ?? 0) - 0.5)).toBeLessThan(TOL_EXACT);
    expect(Object.entries(north?.issues ?? {}).map(([issue, part]) => [issue, Math.round(part * 1e9) / 1e9])).toEqual([
      ["land", 0.375],
      ["aid", 0.125],
    ]);
    expect(verdict.nearest[0]).toMatchObject({ outcome: { land: "north", aid: "much" }, changed: ["land"] });
    expect(verdict.dominatedBy).toBeUndefined();
  });

  test("on an open proposal gives the worst and the best completion", () => {
    const space = makeSpace(trade({}, [{ reservation: 0.5 }, { reservation: 0.8 }]));
    const verdict = judgeProposal(space, { land: ["shared", "south"] });
    expect(verdict.open).toEqual(["land", "aid"]);
    const [north, south] = verdict.parties;
    expect([north?.utility, north?.accepts].map((x) => JSON.stringify(x))).toEqual([
      '{"worst":0,"best":0.7}',
      '"depends"',
    ]);
    expect([south?.accepts, verdict.acceptable]).toEqual(["depends", false]);
    expect(judgeProposal(space, {}).acceptable).toBe(false);
  });

  test("says which package would be better for all", () => {
    const verdict = judgeProposal(makeSpace(trade()), { land: "south", aid: "none" });
    expect(verdict.acceptable).toBe(true);
    expect(verdict.dominatedBy?.outcome).toEqual({ land: "north", aid: "much" });
  });

  test("is the same, but for what would be better, where a domain is not taken apart", () => {
    fc.assert(
      fc.property(domains(), (domain) => {
        if (allOutcomes(domain).length === 0) return;
        const [issue] = domain.issues;
        const proposal = issue === undefined ? {} : { [issue.name]: issue.options[0] ?? "" };
        const [apart, whole] = [{}, { mostArcs: 0 }].map((options) =>
          judgeProposal(analyse(domain, options).space, proposal),
        );
        expect(whole?.feasible).toBe(apart?.feasible);
        for (const [i, party] of (apart?.parties ?? []).entries()) {
          const other = whole?.parties[i];
          expect(other?.accepts).toBe(party.accepts);
          expect(Math.abs((other?.utility.worst ?? 0) - party.utility.worst)).toBeLessThan(TOL_EXACT);
          expect(Math.abs((other?.utility.best ?? 0) - party.utility.best)).toBeLessThan(TOL_EXACT);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("heeds red lines, and says which option crosses them", () => {
    const space = makeSpace(trade({}, [{ redLines: { land: ["south"] } }]));
    const verdict = judgeProposal(space, { land: "south", aid: "none" });
    expect(verdict.parties[0]).toMatchObject({ accepts: "no", redLines: { land: "south" }, shortfall: 0 });
    expect(verdict.nearest[0]?.changed).toEqual(["land"]);
  });

  test("lists ratifiers who refuse, though they do not bargain", () => {
    const base = trade({}, [{}, {}]);
    const public_: Party = { ...(base.parties[0] as Party), name: "public", accepts: "ratifies", reservation: 0.8 };
    const domain = { ...base, parties: [...base.parties, public_] };
    const { frontier, frontierAll, space } = analyse(domain);
    expect(space.bargainers).toEqual([0, 1]);
    expect([frontier.points.size, frontierAll.points.size]).toEqual([1, 4]);
    expect(judgeProposal(space, { land: "shared", aid: "much" }).parties[2]?.accepts).toBe("no");
  });

  test("names unknown issues and options", () => {
    const space = makeSpace(trade());
    expect(() => judgeProposal(space, { lnd: "north" })).toThrow("unknown issue: lnd");
    expect(() => judgeProposal(space, { land: "norht" })).toThrow("unknown option: norht of issue land");
  });
});

describe("a decomposition by issue", () => {
  test("adds up to the difference between any two packages, caps and ties included", () => {
    fc.assert(
      fc.property(domains(), fc.nat(), fc.nat(), (domain, a, b) => {
        const outcomes = allOutcomes(domain);
        if (outcomes.length === 0) return;
        const compiled = compileDomain(domain);
        const places = [a, b].map((k) => {
          const { chosen } = outcomes[k % outcomes.length] as (typeof outcomes)[number];
          return domain.issues.map(({ name, options }) => options.indexOf(chosen[name] ?? ""));
        });
        for (const [i, party] of domain.parties.entries()) {
          const parts = contributions(compiled, i, places[0] ?? [], places[1] ?? []);
          const [from, to] = [a, b].map((k) => utilityOf(domain, party, outcomes[k % outcomes.length]?.chosen ?? {}));
          const sum = parts.reduce((total, part) => total + part, 0);
          // A cap on both sides of the difference leaves nothing to share out in proportion to.
          if (sum !== 0) expect(Math.abs(sum - ((to ?? 0) - (from ?? 0)))).toBeLessThan(TOL_EXACT);
        }
      }),
    );
  });
});

describe("the solutions", () => {
  /** Utilities a u + b for each party, reservation values too. */
  function stretched(domain: Domain, a: readonly number[], b: readonly number[]): Domain {
    return {
      ...domain,
      parties: domain.parties.map((party, i) => ({
        ...party,
        reservation:
          typeof party.reservation === "number" ? (a[i] ?? 1) * party.reservation + (b[i] ?? 0) : party.reservation,
        utility: {
          ...party.utility,
          divisor: 1 / (a[i] ?? 1),
          bias: (party.utility.bias ?? 0) + (b[i] ?? 0) / (a[i] ?? 1),
        },
      })),
    };
  }

  test("of Nash and of Kalai and Smorodinsky do not depend on the scales of utilities", () => {
    const scale = fc.array(
      fc.integer({ min: 1, max: 40 }).map((x) => x / 8),
      { minLength: 4, maxLength: 4 },
    );
    fc.assert(
      fc.property(domains({ tied: false }), scale, scale, (domain, a, b) => {
        const [plain, other] = [analyse(domain), analyse(stretched(domain, a, b))];
        for (const concept of ["nash", "kalaiSmorodinsky"] as const) {
          const tied = plain.solutions[concept]?.tied.map((vector) =>
            vector.map((value, i) => (a[i] ?? 1) * value + (b[i] ?? 0)),
          );
          expect(sameVectors(other.solutions[concept]?.tied ?? [], tied ?? [], 1e-6)).toBe(true);
        }
        expect(other.zopa?.size).toBe(plain.zopa?.size);
      }),
      { numRuns: 100 },
    );
  });

  test("of a symmetric domain are symmetric", () => {
    fc.assert(
      fc.property(domains({ parties: 2, tied: false, most: 3 }), (domain) => {
        // Each issue once as it is and once with the parties exchanged.
        const mirrored: Domain = {
          issues: domain.issues.flatMap((issue) => [issue, { ...issue, name: `${issue.name}'` }]),
          parties: domain.parties.map((party, i) => {
            const [own, other] = [party, domain.parties[1 - i] as Party].map(({ utility }) => utility.issues ?? {});
            const exchanged = Object.entries(other ?? {}).map(([name, value]) => [`${name}'`, value]);
            return {
              name: party.name,
              reservation: 0.2,
              utility: { issues: { ...own, ...Object.fromEntries(exchanged) } },
            };
          }),
        };
        for (const solution of Object.values(analyse(mirrored).solutions)) {
          const tied = solution?.tied ?? [];
          expect(
            sameVectors(
              tied,
              tied.map(([x = 0, y = 0]) => [y, x]),
            ),
          ).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("and the zone shrink as a reservation value rises", () => {
    fc.assert(
      fc.property(domains(), fc.nat({ max: 10 }), (domain, step) => {
        if (allOutcomes(domain).length === 0) return;
        const higher: Domain = {
          ...domain,
          parties: domain.parties.map((party, i) =>
            i === 0 && typeof party.reservation === "number"
              ? { ...party, reservation: party.reservation + step / 20 }
              : party,
          ),
        };
        const [before, after] = [domain, higher].map((one) => countZopa(makeSpace(one)).size);
        expect((after ?? 0n) <= (before ?? 0n)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test("are found by weights in proportion", () => {
    const plain = analyse(trade(), { concepts: ["egalitarian"] }).solutions.egalitarian;
    const tilted = analyse(trade(), { concepts: ["egalitarian"], weights: { north: 3, south: 1 } }).solutions
      .egalitarian;
    expect([plain?.outcome, tilted?.outcome]).toEqual([
      { land: "north", aid: "much" },
      { land: "north", aid: "much" },
    ]);
    expect(Math.abs((tilted?.value ?? 0) - 0.25)).toBeLessThan(TOL_EXACT);
  });
});

describe("trades between issues", () => {
  test("pair the issue that weighs most with one party with that of the other", () => {
    const [first] = logrolls(makeSpace(trade()));
    expect(first?.issues).toEqual(["land", "aid"]);
    expect(first?.rates.map((rate) => Math.round(rate * 1e9) / 1e9)).toEqual([0.333333333, 0.333333333]);
    expect(Math.abs((first?.contrast ?? 0) - 1)).toBeLessThan(TOL_EXACT);
  });
});

describe("frontiers beyond the limit of points", () => {
  test("are within epsilon of every undominated package, and say so", () => {
    const arbitrary = domains({ parties: 3, tied: false });
    fc.assert(
      fc.property(arbitrary, (domain) => {
        const space = makeSpace(domain);
        const { points, exact, epsilon } = mergedFrontier(space, false, 3);
        const truth = undominated(allOutcomes(domain), [0, 1, 2]);
        if (exact) expect(points.size).toBe(truth.length);
        const vectors = vectorsOf(points);
        for (const { utilities } of truth) {
          const near = vectors.some((vector) =>
            vector.every(
              (value, i) =>
                value >= (utilities[i] ?? 0) - (epsilon + 1e-9) * ((space.greatest[i] ?? 0) - (space.least[i] ?? 0)),
            ),
          );
          expect(near).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe("what is wrong with a domain is said, all at once", () => {
  const wrong = (domain: Domain): string[] => {
    try {
      analyse(domain);
    } catch (error) {
      if (error instanceof ParleyError) return error.problems.map(({ message }) => message);
      throw error;
    }
    return [];
  };

  test.each([
    [
      "one party",
      { ...trade(), parties: trade().parties.slice(0, 1) },
      "invalid number of parties: 1 (expected at least 2)",
    ],
    ["no issues", { ...trade(), issues: [] }, "invalid number of issues: 0"],
    ["nobody who must accept", trade({}, [{ accepts: "none" }, { accepts: "ratifies" }]), "missing acceptance"],
    [
      "weights of 0",
      trade({}, [{ utility: { issues: { aid: { weight: 0, values: table({ much: 0, none: 1 }) } } } }]),
      "invalid weights: all weights of north are 0",
    ],
    [
      "an incomplete table",
      trade({}, [{ utility: { issues: { aid: { weight: 1, values: table({ much: 0 }) } } } }]),
      "missing value: north gives none to option none of issue aid",
    ],
    ["an unknown option", trade({}, [{ redLines: { land: ["est"] } }]), "unknown option: est of issue land"],
    ["an unknown issue", trade({ exclusions: [{ lnd: "north" }] }), "unknown issue: lnd"],
    [
      "exclusions of everything",
      trade({ exclusions: [{ aid: ["much", "none"] }] }),
      "invalid exclusions: they leave no package at all",
    ],
    ["a value that is no number", trade({}, [{ reservation: Number.NaN }]), "invalid reservation of north"],
    ["two parties of one name", trade({}, [{ name: "south" }]), "invalid name of party: south"],
    [
      "a reservation package without an issue",
      trade({}, [{ reservation: { package: { land: "north" } } }]),
      "without aid",
    ],
    ["a discount above 1", trade({}, [{ discount: { factor: 2, clock: "step" } }]), "invalid discount factor of north"],
  ])("%s", (_, domain, message) => {
    expect(wrong(domain as Domain).join("\n")).toContain(message);
  });

  test("several at a time", () => {
    const domain = trade({ exclusions: [{ lnd: "north" }] }, [{ redLines: { land: ["est"] } }]);
    expect(wrong(domain)).toHaveLength(2);
  });
});

describe("a discount", () => {
  test("shrinks utilities to a time on its own clock, and reservation values where asked", () => {
    const domain = trade({}, [
      { reservation: 0.4, discount: { factor: 0.25, clock: "deadline", reservation: true } },
      { reservation: 0.4, discount: { factor: 0.5, clock: "step" } },
    ]);
    const { space } = analyse(discountedTo(domain, { deadline: 0.5 }));
    expect([...space.greatest, ...space.reservation]).toEqual([0.5, 1, 0.2, 0.4]);
    expect([...analyse(discountedTo(domain, { step: 3 })).space.greatest]).toEqual([1, 0.125]);
    expect(() => discountedTo(domain, { step: -1 })).toThrow("invalid time");
  });
});
