import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ParleyError } from "../../src/core/problems/index.ts";
import {
  type Analysis,
  acceptanceOf,
  analyse,
  countZopa,
  type Domain,
  dealExists,
  enumerate,
  idealsOf,
  judgeProposal,
  makeSpace,
  mergedFrontier,
  objectiveOf,
  packagesBehind,
  Search,
  solutionOn,
} from "../../src/terms/index.ts";
import { allOutcomes, domains, type Outcome, sameVectors, TOL_EXACT, undominated, vectorsOf } from "./support.ts";

const RUNS = { numRuns: 150 };
const CONCEPTS = ["nash", "kalaiSmorodinsky", "egalitarian"] as const;

interface Truth {
  readonly outcomes: readonly Outcome[];
  readonly open: readonly Outcome[];
  readonly rational: readonly Outcome[];
  readonly least: readonly number[];
  readonly greatest: readonly number[];
  readonly must: readonly number[];
  readonly bargain: readonly number[];
}

function truthOf(domain: Domain): Truth | undefined {
  const outcomes = allOutcomes(domain);
  if (outcomes.length === 0) return undefined;
  const open = allOutcomes(domain, true);
  const column = (i: number) => outcomes.map(({ utilities }) => utilities[i] ?? 0);
  const least = domain.parties.map((_, i) => Math.min(...column(i)));
  const greatest = domain.parties.map((_, i) => Math.max(...column(i)));
  const role = domain.parties.map(({ accepts = "required" }) => accepts);
  const must = [...role.keys()].filter((i) => role[i] !== "none");
  const reservation = domain.parties.map(({ reservation }) => (typeof reservation === "number" ? reservation : -1e9));
  const rational = open.filter(({ utilities }) =>
    must.every(
      (i) => (utilities[i] ?? 0) >= (reservation[i] ?? 0) - TOL_EXACT * ((greatest[i] ?? 0) - (least[i] ?? 0)),
    ),
  );
  return { outcomes, open, rational, least, greatest, must, bargain: must.filter((i) => role[i] === "required") };
}

/** Runs a property on random domains that have a package at all. */
function onDomains(check: (domain: Domain, truth: Truth) => void, arbitrary = domains()): void {
  fc.assert(
    fc.property(arbitrary, (domain) => {
      const truth = truthOf(domain);
      if (truth === undefined) expect(() => makeSpace(domain)).toThrow(ParleyError);
      else check(domain, truth);
    }),
    RUNS,
  );
}

function bargainersOnly(vectors: readonly (readonly number[])[], bargain: readonly number[]): number[][] {
  return vectors.map((vector) => bargain.map((i) => vector[i] ?? 0));
}

describe("on random domains with tables, exclusions, rectangles, caps, red lines and ratifiers", () => {
  test("both frontiers hold each undominated vector of the bargaining parties once, and nothing else", () => {
    onDomains((domain, { open, rational, bargain }) => {
      const space = makeSpace(domain);
      for (const [isRational, outcomes] of [[false, open] as const, [true, rational] as const]) {
        const frontier = mergedFrontier(space, isRational);
        expect(frontier.exact).toBe(true);
        const expected = undominated(outcomes, bargain).map(({ utilities }) => utilities);
        const got = vectorsOf(frontier.points);
        expect(sameVectors(bargainersOnly(got, bargain), bargainersOnly(expected, bargain))).toBe(true);
      }
    });
  });

  test("enumeration finds the same frontiers and counts", () => {
    onDomains((domain, { outcomes, open, rational, bargain }) => {
      const found = enumerate(makeSpace(domain, { mostArcs: 0 }));
      expect([found.outcomes, found.packages, found.acceptable]).toEqual(
        [outcomes, open, rational].map((all) => BigInt(all.length)),
      );
      const expected = undominated(rational, bargain).map(({ utilities }) => utilities);
      expect(
        sameVectors(bargainersOnly(vectorsOf(found.frontier.points), bargain), bargainersOnly(expected, bargain)),
      ).toBe(true);
    });
  });

  test("the zone of possible agreement is counted", () => {
    onDomains((domain, { open, rational }) => {
      const zopa = countZopa(makeSpace(domain));
      expect(zopa.method).toBe("counted");
      expect([zopa.size, zopa.packages]).toEqual([BigInt(rational.length), BigInt(open.length)]);
    });
  });

  test("a deal exists where a package is acceptable to all, and only there", () => {
    onDomains((domain, { rational }) => {
      const { deal } = analyse(domain);
      expect(deal.exists).toBe(rational.length > 0);
    });
  });

  test("Nash, Kalai-Smorodinsky and egalitarian packages have the best value of all rational ones", () => {
    onDomains((domain, truth) => {
      const analysis = analyse(domain);
      for (const concept of CONCEPTS) {
        const solution = analysis.solutions[concept];
        if (truth.rational.length === 0) expect(solution).toBeUndefined();
        else expectBest(analysis, truth, domain, concept);
      }
    });
  });

  test("branch and bound finds the same values without the frontier", () => {
    onDomains((domain, { rational }) => {
      const space = makeSpace(domain);
      if (space.open?.layers.some(({ from }) => from.length === 0)) return;
      const search = new Search(space);
      const found = search.ideals();
      expect(found !== undefined).toBe(rational.length > 0);
      if (found === undefined) return;
      const frontier = mergedFrontier(space, true);
      const ideals = idealsOf(space, frontier);
      for (const concept of CONCEPTS) {
        const best = search.best(objectiveOf(space, concept, ideals));
        if (best === undefined) throw new Error("nothing found");
        const expected = solutionOn(space, frontier, concept, ideals);
        const got = solutionOn(space, { ...frontier, points: best.points }, concept, ideals);
        expect(got?.ties).toBe(expected?.ties);
        expect(got?.value === expected?.value || Math.abs((got?.value ?? 0) - (expected?.value ?? 0)) < 1e-8).toBe(
          true,
        );
      }
    });
  });

  test("every proposal gets the right acceptances, a decomposition that adds up, and the nearest package", () => {
    onDomains((domain, { outcomes, rational, must, least, greatest }) => {
      const space = makeSpace(domain);
      for (const { chosen, utilities } of outcomes.slice(0, 4)) {
        const verdict = judgeProposal(space, chosen);
        expect(verdict.open).toEqual([]);
        for (const [i, party] of verdict.parties.entries()) {
          expect(Math.abs(party.utility.best - (utilities[i] ?? 0))).toBeLessThan(TOL_EXACT);
          const parts = Object.values(party.issues).reduce((sum, part) => sum + part, 0);
          if (Object.keys(party.issues).length > 0) expect(Math.abs(parts - party.shortfall)).toBeLessThan(TOL_EXACT);
        }
        const isAcceptable = rational.some((other) => other.chosen === chosen || sameChoice(other, chosen));
        expect(verdict.acceptable).toBe(isAcceptable);
        const [nearest] = verdict.nearest;
        if (isAcceptable || rational.length === 0) expect(nearest).toBeUndefined();
        else {
          const distance = (outcome: Outcome) =>
            Object.keys(chosen).filter((issue) => outcome.chosen[issue] !== chosen[issue]).length;
          const fewest = Math.min(...rational.map(distance));
          const loss = (outcome: Outcome) =>
            Math.max(
              ...must.map((i) => ((utilities[i] ?? 0) - (outcome.utilities[i] ?? 0)) / unit(least[i], greatest[i])),
            );
          const least1 = Math.min(...rational.filter((outcome) => distance(outcome) === fewest).map(loss));
          expect(nearest?.changed.length).toBe(fewest);
          // Where the proposal crosses a red line, losses are told from utilities that are rounded.
          expect(Math.abs((nearest?.greatestLoss ?? 0) - least1)).toBeLessThan(1e-7);
        }
        const dominated = rational.length > 0 && isAcceptable && dominates(rational, utilities, must, TOL_EXACT * 10);
        if (isAcceptable) expect(verdict.dominatedBy !== undefined).toBe(dominated);
      }
    });
  });

  test("whether a deal exists, and whether an open proposal can be filled in so that nobody refuses it", () => {
    const seen = { yes: 0, no: 0 };
    onDomains((domain, { rational }) => {
      const space = makeSpace(domain);
      expect(dealExists(space)).toBe(rational.length > 0);
      for (const { name, options } of domain.issues) {
        for (const proposal of [{ [name]: options[0] ?? "" }, { [name]: options.slice(-2) }]) {
          const { acceptable, parties } = acceptanceOf(space, proposal);
          const allowed = [proposal[name] ?? []].flat();
          expect(acceptable).toBe(rational.some(({ chosen }) => allowed.includes(chosen[name] ?? "")));
          expect(parties).toEqual(judgeProposal(space, proposal, { nearest: false }).parties);
          seen[acceptable === true ? "yes" : "no"] += 1;
        }
      }
    });
    expect(Math.min(seen.yes, seen.no)).toBeGreaterThan(50);
  });
});

function unit(least = 0, greatest = 0): number {
  return greatest - least > 1e-12 ? greatest - least : 1;
}

function sameChoice(outcome: Outcome, chosen: Outcome["chosen"]): boolean {
  return Object.entries(chosen).every(([issue, option]) => outcome.chosen[issue] === option);
}

function dominates(
  outcomes: readonly Outcome[],
  values: readonly number[],
  must: readonly number[],
  tolerance: number,
): boolean {
  return outcomes.some(
    ({ utilities }) =>
      must.every((i) => (utilities[i] ?? 0) >= (values[i] ?? 0) - tolerance) &&
      must.some((i) => (utilities[i] ?? 0) > (values[i] ?? 0) + tolerance),
  );
}

/** The least gain, or the product, of the solution is that of the best rational package. */
function expectBest(analysis: Analysis, truth: Truth, domain: Domain, concept: (typeof CONCEPTS)[number]): void {
  const { rational, bargain, least } = truth;
  const disagreement = domain.parties.map(({ reservation }, i) =>
    typeof reservation === "number" ? Math.max(reservation, least[i] ?? 0) : (least[i] ?? 0),
  );
  const ideal = domain.parties.map((_, i) => Math.max(...rational.map(({ utilities }) => utilities[i] ?? 0)));
  const winning = bargain.filter((i) => (ideal[i] ?? 0) - (disagreement[i] ?? 0) > 1e-12);
  const value = (utilities: readonly number[]): number => {
    const gains = winning.map((i) => Math.max(0, (utilities[i] ?? 0) - (disagreement[i] ?? 0)));
    if (concept === "nash") return gains.reduce((product, gain) => product * gain, 1);
    if (concept === "egalitarian") return Math.min(...gains);
    return Math.min(
      ...gains.map((gain, j) => gain / ((ideal[winning[j] ?? 0] ?? 0) - (disagreement[winning[j] ?? 0] ?? 0))),
    );
  };
  const best = Math.max(...rational.map(({ utilities }) => value(utilities)));
  const solution = analysis.solutions[concept];
  expect(solution?.leftOut).toEqual(bargain.filter((i) => !winning.includes(i)).map((i) => domain.parties[i]?.name));
  if (winning.length > 0) expect(Math.abs(value(solution?.utilities ?? []) - best)).toBeLessThan(1e-8);
}

describe("the packages behind a point of the frontier", () => {
  test("are all that are worth the same to those who must accept", () => {
    onDomains((domain, { open, must }) => {
      const space = makeSpace(domain);
      const { points } = mergedFrontier(space, true);
      for (let p = 0; p < Math.min(3, points.size); p++) {
        const values = points.utilities.subarray(p * points.parties, (p + 1) * points.parties);
        const { packages, complete } = packagesBehind(space, values);
        const same = open.filter(({ utilities }) =>
          must.every((i) => Math.abs((utilities[i] ?? 0) - (values[i] ?? 0)) < TOL_EXACT),
        );
        if (complete) expect(packages).toHaveLength(same.length);
        for (const chosen of packages) expect(same.some((outcome) => sameChoice(outcome, chosen))).toBe(true);
        expect(packages.length).toBeGreaterThan(0);
      }
    });
  });
});
