import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shapleyShares } from "../../src/evidence/rests-on.ts";
import { likelihoodClaim, many, posterior, ratioClaim, weigh, yesNo } from "./support.ts";

const TOL_EXACT = 1e-10;
/** Standard error of 2 000 permutations of bounded contributions: below 0.01; four of them. */
const TOL_PERMUTATIONS = 0.04;

const entry = fc.record({
  log: fc.double({ min: -3, max: 3, noNaN: true }),
  credence: fc.double({ min: 0.05, max: 1, noNaN: true }),
  group: fc.constantFrom("g", "h", undefined),
  source: fc.constantFrom("s", "t", "u"),
});
type Entry = typeof entry extends fc.Arbitrary<infer T> ? T : never;
const build = ({ log, credence, group, source }: Entry, i: number) =>
  ratioClaim(`c${i}`, Math.exp(log), { credence, sources: [source], ...(group && { group }) });
const rho = { g: 0.5, h: 0.8 };

describe("leaving one out", () => {
  it("is weighing the evidence without it", () => {
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 7 }), (list) => {
        const claims = list.map(build);
        const result = weigh(yesNo(claims, { prior: 0.4, rho }));
        for (const [i, claim] of result.claims.entries()) {
          const rest = claims.filter((_, at) => at !== i);
          expect(claim.leaveOneOut?.["yes"]).toBeCloseTo(posterior(yesNo(rest, { prior: 0.4, rho })), 12);
        }
        for (const group of result.groups) {
          const rest = claims.filter(({ id }) => !group.claims.includes(id));
          expect(group.leaveOneOut?.["yes"]).toBeCloseTo(posterior(yesNo(rest, { prior: 0.4, rho })), 12);
        }
        for (const source of result.sources) {
          const rest = claims.filter(({ sources }) => !sources.includes(source.id));
          expect(source.leaveOneOut?.["yes"]).toBeCloseTo(posterior(yesNo(rest, { prior: 0.4, rho })), 12);
        }
      }),
    );
  });

  it("of a source keeps what another source says too", () => {
    const claims = [ratioClaim("a", 4, { sources: ["s", "t"] }), ratioClaim("b", 2, { sources: ["s"] })];
    const [s, t] = weigh(yesNo(claims)).sources;
    expect([s?.id, s?.claims, s?.alone]).toEqual(["s", ["a", "b"], ["b"]]);
    expect(s?.leaveOneOut?.["yes"]).toBeCloseTo(0.8, 12);
    expect([t?.alone, t?.leaveOneOut?.["yes"]]).toEqual([[], posterior(yesNo(claims))]);
  });
});

describe("Shapley shares", () => {
  it("add up to posterior minus prior, exactly up to twelve groups", () => {
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 7 }), (list) => {
        const result = weigh(yesNo(list.map(build), { prior: 0.4, rho }));
        const sum = result.groups.reduce((total, { shapley }) => total + (shapley?.["yes"] ?? 0), 0);
        expect(Math.abs(sum - ((result.posterior?.["yes"]?.central ?? 0) - 0.4))).toBeLessThan(TOL_EXACT);
        expect(result.shapleyMethod).toBe("exact");
      }),
    );
  });

  it("are the mean contributions over all orders", () => {
    const weights = [1.2, -0.7, 0.4, 2].map((w) => Float64Array.of(w, 0));
    const p = (members: readonly number[]) =>
      1 / (1 + Math.exp(-members.reduce((s, i) => s + (weights[i]?.[0] ?? 0), 0)));
    const orders = permutations([0, 1, 2, 3]);
    const wanted = weights.map((_, g) =>
      orders.reduce((sum, order) => {
        const before = order.slice(0, order.indexOf(g));
        return sum + (p([...before, g]) - p(before)) / orders.length;
      }, 0),
    );
    const { shares } = shapleyShares(Float64Array.of(0, 0), weights, 1);
    for (const [g, share] of shares.entries()) expect(share[0]).toBeCloseTo(wanted[g] ?? 0, 12);
  });

  it("of more than twelve groups come from seeded orders, add up all the same, and are near the exact ones", () => {
    const claims = Array.from({ length: 13 }, (_, i) => ratioClaim(`c${i}`, Math.exp((i - 6) / 6)));
    const sampled = weigh(yesNo(claims));
    expect(sampled.shapleyMethod).toBe("permutations");
    const sum = sampled.groups.reduce((total, { shapley }) => total + (shapley?.["yes"] ?? 0), 0);
    expect(Math.abs(sum - ((sampled.posterior?.["yes"]?.central ?? 0) - 0.5))).toBeLessThan(TOL_EXACT);
    // The claim of ratio 1 says nothing, so twelve groups give the same shares exactly.
    const exact = weigh(yesNo(claims.filter(({ id }) => id !== "c6")));
    for (const group of exact.groups) {
      const other = sampled.groups.find(({ id }) => id === group.id);
      expect(Math.abs((other?.shapley?.["yes"] ?? 9) - (group.shapley?.["yes"] ?? 0))).toBeLessThan(TOL_PERMUTATIONS);
    }
  });
});

describe("flip points", () => {
  it("carry the probability onto the threshold when put in", () => {
    const threshold = fc.double({ min: 0.05, max: 0.95, noNaN: true });
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 7 }), threshold, (list, t) => {
        const claims = list.map(build);
        const result = weigh(yesNo(claims, { prior: 0.4, rho, threshold: t }));
        for (const [i, { flip }] of result.claims.entries()) {
          if (flip?.ratio === null || flip === null) continue;
          const put = claims.map((claim, at) =>
            at === i ? build({ ...(list[i] as Entry), log: Math.log(flip.ratio ?? 1) }, i) : claim,
          );
          expect(Math.abs(posterior(yesNo(put, { prior: 0.4, rho })) - t)).toBeLessThan(1e-9);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("in closed form: prior 0.2 and a claim of 2 that would have to be 4", () => {
    const [claim] = weigh(yesNo([ratioClaim("a", 2)], { prior: 0.2 })).claims;
    expect(claim?.flip?.ratio).toBeCloseTo(4, 10);
    expect(claim?.flip?.factor).toBeCloseTo(2, 10);
  });

  it("are not said to exist where the sign would have to change beyond 100 to 1", () => {
    const [claim] = weigh(yesNo([ratioClaim("a", 2), ratioClaim("b", 1000)], { prior: 0.5 })).claims;
    expect(claim?.flip).toBeNull();
    const [other] = weigh(yesNo([ratioClaim("a", 2), ratioClaim("b", 50)], { prior: 0.5 })).claims;
    expect(other?.flip?.ratio).toBeCloseTo(1 / 50, 10);
  });

  it("do not exist for a claim that nobody believes", () => {
    const [claim] = weigh(yesNo([ratioClaim("a", 2, { credence: 0 })], { prior: 0.2 })).claims;
    expect(claim?.flip).toBeNull();
  });

  it("of three hypotheses are factors that carry the first one across", () => {
    const claims = [likelihoodClaim("a", [0.5, 0.3, 0.2]), likelihoodClaim("b", [0.4, 0.5, 0.3])];
    const [claim] = weigh(many(["x", "y", "z"], [0.3, 0.4, 0.3], claims)).claims;
    const factor = claim?.flip?.factor ?? Number.NaN;
    const scaled = likelihoodClaim(
      "a",
      [0.5, 0.3, 0.2].map((l) => l ** factor),
    );
    const after = posterior(many(["x", "y", "z"], [0.3, 0.4, 0.3], [scaled, claims[1] as (typeof claims)[number]]));
    expect(after).toBeCloseTo(0.5, 9);
  });
});

function permutations(items: readonly number[]): number[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, i) => permutations(items.filter((_, at) => at !== i)).map((rest) => [item, ...rest]));
}
