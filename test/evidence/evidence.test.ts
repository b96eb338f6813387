import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromInterval90, uniform } from "../../src/core/distributions/index.ts";
import { DECIBANS_PER_NAT } from "../../src/evidence/index.ts";
import { likelihoodClaim, many, posterior, ratioClaim, weigh, yesNo } from "./support.ts";

/** The figures of evidence.md are given to six places; ours are exact to the last few bits. */
const TOL_PUBLISHED = 5e-7;
const TOL_EXACT = 1e-12;

describe("weight of evidence, at the figures of its definition", () => {
  it.each<[string, number, ReturnType<typeof yesNo>]>([
    ["one claim of 4, certain", 0.8, yesNo([ratioClaim("a", 4)])],
    ["one claim of 4, half believed", 2 / 3, yesNo([ratioClaim("a", 4, { credence: 0.5 })])],
    ["two of a group, independent", 16 / 17, pair(0)],
    ["two of a group, the same", 0.8, pair(1)],
    ["two of a group, half the same", 8 / 9, pair(0.5)],
    [
      "4 with 1.01 beside it",
      4.01995 / 5.01995,
      yesNo([ratioClaim("a", 4, { group: "g" }), ratioClaim("b", 1.01, { group: "g" })], { rho: { g: 0.5 } }),
    ],
    ["nothing at all", 0.3, yesNo([], { prior: 0.3 })],
    ["a claim of 1, which says nothing", 0.3, yesNo([ratioClaim("a", 1)], { prior: 0.3 })],
    ["a claim that nobody believes", 0.3, yesNo([ratioClaim("a", 50, { credence: 0 })], { prior: 0.3 })],
  ])("%s", (_, wanted, question) => {
    expect(Math.abs(posterior(question) - wanted)).toBeLessThan(TOL_PUBLISHED);
  });

  function pair(rho: number) {
    return yesNo([ratioClaim("a", 4, { group: "g" }), ratioClaim("b", 4, { group: "g" })], { rho: { g: rho } });
  }

  it("takes a group that states no correlation as half the same", () => {
    const claims = [ratioClaim("a", 4, { group: "g" }), ratioClaim("b", 4, { group: "g" })];
    expect(posterior(yesNo(claims))).toBeCloseTo(8 / 9, 12);
  });

  it("counts a claim for yes and one for no in full, though they are of one group", () => {
    const claims = [ratioClaim("a", 4, { group: "g" }), ratioClaim("b", 0.25, { group: "g" })];
    expect(posterior(yesNo(claims, { rho: { g: 1 } }))).toBe(0.5);
  });

  it("tells weights in decibans: a ratio of 10 is 10 dB", () => {
    const [claim] = weigh(yesNo([ratioClaim("a", 10, { credence: 0.5 })])).claims;
    expect(claim?.weightDb).toBeCloseTo(5, 12);
    expect(claim?.fullDb).toBeCloseTo(10, 12);
    expect(DECIBANS_PER_NAT).toBeCloseTo(10 / Math.LN10, 14);
  });

  it("says that plain numbers leave no interval", () => {
    const { certain, posterior: p } = weigh(yesNo([ratioClaim("a", 4)]));
    expect(certain).toBe(true);
    expect(p?.["yes"]).toEqual({
      central: p?.["yes"]?.median,
      median: p?.["yes"]?.low80,
      low80: p?.["yes"]?.high80,
      high80: p?.["yes"]?.central,
    });
  });

  it("gives weights and no probability without a prior", () => {
    const result = weigh(yesNo([ratioClaim("a", 4)], { prior: null }));
    expect([result.prior, result.posterior, result.claims[0]?.leaveOneOut, result.claims[0]?.flip]).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(result.claims[0]?.weightDb).toBeCloseTo(6.0206, 4);
  });
});

const ratio = fc.double({ min: -3, max: 3, noNaN: true }).map((log) => Math.exp(log));
const claim = fc.record({
  ratio,
  credence: fc.double({ min: 0, max: 1, noNaN: true }),
  group: fc.constantFrom("g", "h", undefined),
});
const claims = fc
  .array(claim, { maxLength: 8 })
  .map((list) =>
    list.map(({ ratio, credence, group }, i) => ratioClaim(`c${i}`, ratio, { credence, ...(group && { group }) })),
  );
const rho = fc.record({ g: fc.double({ min: 0, max: 1, noNaN: true }), h: fc.double({ min: 0, max: 1, noNaN: true }) });

describe("weight of evidence, whatever the claims", () => {
  it("a supporting claim never lowers what it supports, in any group", () => {
    fc.assert(
      fc.property(claims, rho, claim, (list, correlations, extra) => {
        const up = { ...extra, ratio: Math.max(extra.ratio, 1 / extra.ratio) };
        const more = [
          ...list,
          ratioClaim("extra", up.ratio, { credence: up.credence, ...(up.group && { group: up.group }) }),
        ];
        const before = posterior(yesNo(list, { prior: 0.4, rho: correlations }));
        expect(posterior(yesNo(more, { prior: 0.4, rho: correlations }))).toBeGreaterThanOrEqual(before - TOL_EXACT);
      }),
    );
  });

  it("exchanging yes and no exchanges the probabilities to the last bit", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(ratio, ratio), { maxLength: 6 }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (pairs, p) => {
          const straight = many(
            ["yes", "no"],
            [p, 1 - p],
            pairs.map(([a, b], i) => likelihoodClaim(`c${i}`, [a, b])),
          );
          const swapped = many(
            ["no", "yes"],
            [1 - p, p],
            pairs.map(([a, b], i) => likelihoodClaim(`c${i}`, [b, a])),
          );
          expect(weigh(swapped).posterior).toEqual(weigh(straight).posterior);
        },
      ),
    );
  });

  it("probabilities of all hypotheses add up to one", () => {
    const row = fc.array(ratio, { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 6 }), (rows) => {
        const question = many(
          ["a", "b", "c", "d"],
          [0.4, 0.3, 0.2, 0.1],
          rows.map((l, i) => likelihoodClaim(`c${i}`, l)),
        );
        const sum = Object.values(weigh(question).posterior ?? {}).reduce((total, { central }) => total + central, 0);
        expect(Math.abs(sum - 1)).toBeLessThan(TOL_EXACT);
      }),
    );
  });

  it("agrees with Bayes' rule written out, where claims are independent and certain", () => {
    fc.assert(
      fc.property(fc.array(fc.array(ratio, { minLength: 3, maxLength: 3 }), { maxLength: 5 }), (rows) => {
        const priors = [0.5, 0.3, 0.2];
        const joint = priors.map((p, h) => rows.reduce((product, row) => product * (row[h] ?? 1), p));
        const total = joint.reduce((sum, value) => sum + value, 0);
        const result = weigh(
          many(
            ["a", "b", "c"],
            priors,
            rows.map((l, i) => likelihoodClaim(`c${i}`, l)),
          ),
        ).posterior;
        for (const [h, name] of ["a", "b", "c"].entries()) {
          expect(result?.[name]?.central).toBeCloseTo((joint[h] ?? 0) / total, 10);
        }
      }),
    );
  });

  it("the counted weights add up to the way from prior to posterior", () => {
    fc.assert(
      fc.property(claims, rho, (list, correlations) => {
        const result = weigh(yesNo(list, { prior: 0.3, rho: correlations }));
        const sum = result.claims.reduce((total, { weightDb }) => total + weightDb, 0);
        const p = result.posterior?.["yes"]?.central ?? 0;
        const way = (Math.log(p / (1 - p)) - Math.log(0.3 / 0.7)) * DECIBANS_PER_NAT;
        expect(sum).toBeCloseTo(way, 7);
      }),
    );
  });
});

describe("uncertain inputs", () => {
  it("give the median and the 80 % interval of the closed form", () => {
    // Log odds are normal: the mean of ln 2 and ln 4, and a tenth part on each side at 1.2816 standard deviations.
    const result = weigh(yesNo([ratioClaim("a", fromInterval90(2, 4))]), 40_000);
    const mu = (Math.log(2) + Math.log(4)) / 2;
    const sigma = (Math.log(4) - Math.log(2)) / 2 / 1.6448536269514722;
    const p = (x: number) => 1 / (1 + Math.exp(-x));
    const estimate = result.posterior?.["yes"];
    // Standard error of a quantile of 40 000 draws: below 0.0006 here; four of them.
    const TOL_MC = 0.0025;
    expect(Math.abs((estimate?.median ?? 0) - p(mu))).toBeLessThan(TOL_MC);
    expect(Math.abs((estimate?.low80 ?? 0) - p(mu - 1.2815515655446004 * sigma))).toBeLessThan(TOL_MC);
    expect(Math.abs((estimate?.high80 ?? 0) - p(mu + 1.2815515655446004 * sigma))).toBeLessThan(TOL_MC);
    expect(result.certain).toBe(false);
  });

  it("give the same bits for the same seed, and others for another", () => {
    const question = yesNo([ratioClaim("a", fromInterval90(2, 4), { credence: uniform(0.3, 0.9) })], {
      prior: uniform(0.2, 0.6),
    });
    expect(weigh(question, 2000, 7)).toEqual(weigh(question, 2000, 7));
    expect(weigh(question, 2000, 8).posterior).not.toEqual(weigh(question, 2000, 7).posterior);
  });

  it("keep their draws when other claims come and go", () => {
    const a = ratioClaim("a", fromInterval90(2, 4));
    const nothing = ratioClaim("b", 1);
    expect(weigh(yesNo([a, nothing])).posterior).toEqual(weigh(yesNo([a])).posterior);
    expect(weigh(yesNo([nothing, a])).posterior).toEqual(weigh(yesNo([a])).posterior);
  });

  it("widen the interval when a correlation or a credence is uncertain too", () => {
    const group = { group: "g" };
    const pair = [ratioClaim("a", 4, group), ratioClaim("b", 4, group)];
    const fixed = weigh(yesNo(pair, { rho: { g: 0.5 } })).posterior?.["yes"];
    const open = weigh(yesNo(pair, { rho: { g: uniform(0, 1) } })).posterior?.["yes"];
    expect(fixed?.high80).toBe(fixed?.low80);
    expect(open?.low80).toBeGreaterThan(0.8);
    expect(open?.high80).toBeLessThan(16 / 17);
    expect((open?.high80 ?? 0) - (open?.low80 ?? 0)).toBeGreaterThan(0.05);
  });

  it("of three hypotheses spread over all of them", () => {
    const likelihoods = [fromInterval90(0.5, 0.9), fromInterval90(0.2, 0.5), fromInterval90(0.1, 0.3)];
    const question = {
      ...many(["a", "b", "c"], [0.4, 0.4, 0.2], []),
      claims: [{ ...ratioClaim("x", 1), weight: { kind: "likelihoods" as const, likelihoods } }],
    };
    const { posterior: p } = weigh(question, 4000);
    expect(p?.["a"]?.low80).toBeLessThan(p?.["a"]?.median ?? 0);
    expect(p?.["a"]?.median).toBeLessThan(p?.["a"]?.high80 ?? 0);
  });
});
