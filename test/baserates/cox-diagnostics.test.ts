import { describe, expect, it } from "vitest";
import {
  coxBaseline,
  coxSurvival,
  fitCox,
  type Spell,
  schoenfeldResiduals,
  testProportionality,
} from "../../src/baserates/index.ts";
import { appendixE, at, near } from "./cox-support.ts";

/** Ovarian cancer (Edmunson et al. 1979), as in R's survival: days, died, age, treatment, performance. */
const ovarian: readonly Spell[] = [
  [59, 1, 72.3315, 1, 1],
  [115, 1, 74.4932, 1, 1],
  [156, 1, 66.4658, 1, 2],
  [421, 0, 53.3644, 2, 1],
  [431, 1, 50.3397, 1, 1],
  [448, 0, 56.4301, 1, 2],
  [464, 1, 56.937, 2, 2],
  [475, 1, 59.8548, 2, 2],
  [477, 0, 64.1753, 1, 1],
  [563, 1, 55.1781, 2, 2],
  [638, 1, 56.7562, 1, 2],
  [744, 0, 50.1096, 2, 1],
  [769, 0, 59.6301, 2, 2],
  [770, 0, 57.0521, 2, 1],
  [803, 0, 39.2712, 1, 1],
  [855, 0, 43.1233, 1, 2],
  [1040, 0, 38.8932, 1, 2],
  [1106, 0, 44.6, 1, 1],
  [1129, 0, 53.9068, 2, 1],
  [1206, 0, 44.2055, 2, 1],
  [1227, 0, 59.589, 2, 2],
  [268, 1, 74.5041, 1, 2],
  [329, 1, 43.137, 1, 1],
  [353, 1, 63.2192, 2, 2],
  [365, 1, 64.4247, 2, 1],
  [377, 0, 58.3096, 2, 1],
].map(([duration = 0, died, age = 0, rx = 0, ps = 0], k) => ({
  id: String(k),
  duration,
  ended: died === 1,
  covariates: { age, rx, ps },
}));

describe("what Therneau & Grambsch work out by hand", () => {
  const cases = [
    {
      ties: "breslow",
      r: (3 + Math.sqrt(33)) / 2,
      logLikelihood: (r: number) => 2 * Math.log(r) - (Math.log(3 * r + 3) + 2 * Math.log(r + 3)),
      information: (r: number) => [r / (r + 1) ** 2, (3 * r) / (r + 3) ** 2, (3 * r) / (r + 3) ** 2, 0],
      score: (r: number) => [1 / (r + 1), 3 / (r + 3), -r / (r + 3), 0],
      // Weighted means and hazards of each ending in turn.
      means: (r: number) => [r / (r + 1), r / (r + 3), r / (r + 3), 0],
      hazards: (r: number) => [1 / (3 * r + 3), 1 / (r + 3), 1 / (r + 3), 1],
    },
    {
      ties: "efron",
      r: 2 * Math.sqrt(23 / 3) * Math.cos(Math.acos((45 / 23) * Math.sqrt(3 / 23)) / 3),
      logLikelihood: (r: number) => 2 * Math.log(r) - (Math.log(3 * r + 3) + Math.log((r + 5) / 2) + Math.log(r + 3)),
      information: (r: number) => [r / (r + 1) ** 2, (3 * r) / (r + 3) ** 2, (5 * r) / (r + 5) ** 2, 0],
      score: (r: number) => [1 / (r + 1), 3 / (r + 3), -r / (r + 5), 0],
      means: (r: number) => [r / (r + 1), r / (r + 3), r / (r + 5), 0],
      hazards: (r: number) => [1 / (3 * r + 3), 1 / (r + 3), 2 / (r + 5), 1],
    },
  ] as const;

  it.each(cases)("estimates, residuals, hazards and their variances, with $ties ties", (hand) => {
    const { ties, r } = hand;
    const fit = fitCox(appendixE, ["x"], { ties });
    const total = hand.information(r).reduce((sum, each) => sum + each, 0);
    near(fit.terms[0]?.estimate, Math.log(r));
    near(fit.terms[0]?.se, 1 / Math.sqrt(total));
    near(fit.logLikelihood.fitted, hand.logLikelihood(r));
    const residuals = schoenfeldResiduals(appendixE, fit);
    expect(residuals.map(({ time, spell }) => [time, spell])).toEqual([
      [1, "0"],
      [6, "2"],
      [6, "3"],
      [9, "5"],
    ]);
    const middle = (at(hand.means(r), 1) + at(hand.means(r), 2)) / 2;
    for (const [k, expected] of [1 / (r + 1), 1 - middle, -middle, 0].entries()) {
      expect(residuals[k]?.residuals[0]).toBeCloseTo(expected, 8);
      expect(residuals[k]?.scaled[0]).toBeCloseTo(Math.log(r) + (4 * expected) / total, 6);
    }
    const baseline = coxBaseline(appendixE, fit);
    expect(baseline.steps.map(({ time, atRisk, ended }) => [time, atRisk, ended])).toEqual([
      [1, 6, 1],
      [6, 4, 2],
      [9, 1, 1],
    ]);
    for (const x of [0, 1, 2]) {
      let hazard = 0;
      let own = 0;
      let drift = 0;
      for (const [k, jump] of hand.hazards(r).entries()) {
        hazard += jump;
        own += jump * jump;
        drift += (x - at(hand.means(r), k)) * jump;
        // The two that end at 6 are one step.
        if (k === 1) continue;
        const time = [1, 6, 6, 9][k] ?? 0;
        const got = coxSurvival(baseline, { x }, time);
        near(got.cumulativeHazard, hazard * r ** x);
        near(got.hazardSe, Math.sqrt(own + (drift * drift) / total) * r ** x);
        near(got.survival, Math.exp(-hazard * r ** x));
        expect(got.beyond).toBe(false);
      }
    }
    expect(coxSurvival(baseline, { x: 1 }, 0.5)).toMatchObject({ survival: 1, se: 0 });
    expect(coxSurvival(baseline, { x: 1 }, 10).beyond).toBe(true);
  });

  it("the values that R prints: survival for x = 2, and at the mean", () => {
    const breslow = coxBaseline(appendixE, fitCox(appendixE, ["x"], { ties: "breslow" }));
    const efron = coxBaseline(appendixE, fitCox(appendixE, ["x"]));
    const shown = [
      [breslow, 2, [0.305, 1.71e-3, 8.52e-12], [0.65, 1.98e-2, 5.29e-10]],
      [breslow, 0.5, [0.8783, 0.4981, 0.0615], [0.122, 0.218, 0.15]],
      [efron, 2, [0.223, 2.87e-5, 1.08e-17], [0.597, 5.69e-4, 1.04e-15]],
      [efron, 0.5, [0.8857, 0.4294, 0.0425], [0.117, 0.237, 0.116]],
    ] as const;
    for (const [baseline, x, survivals, errors] of shown) {
      for (const [k, time] of [1, 6, 9].entries()) {
        const got = coxSurvival(baseline, { x }, time);
        // Three digits are printed; chances so near to 0 are 1 less one near to 1, of which sixteen digits are left.
        expect(Math.abs(Math.exp(-got.cumulativeHazard) / at(survivals, k) - 1)).toBeLessThan(3e-3);
        expect(Math.abs(got.se / at(errors, k) - 1)).toBeLessThan(5e-3);
      }
    }
  });

  it.each(cases)("the score test of proportional hazards, with $ties ties", ({ ties, r, information, score }) => {
    const fit = fitCox(appendixE, ["x"], { ties });
    for (const [transform, g] of [
      ["identity", [1, 6, 6, 9]],
      ["log", [1, 6, 6, 9].map(Math.log)],
      ["rank", [1, 2.5, 2.5, 4]],
      // Of six one ends at 1, then two of four at 6.
      ["km", [0, 1 / 6, 1 / 6, 1 - (5 / 6) * (2 / 4)]],
    ] as const) {
      const u = score(r).reduce((sum, each, k) => sum + each * at(g, k), 0);
      const [a, b, c] = [0, 1, 2].map((power) =>
        information(r).reduce((sum, each, k) => sum + each * at(g, k) ** power, 0),
      ) as [number, number, number];
      const chiSquared = (u * u) / (c - (b * b) / a);
      const test = testProportionality(appendixE, fit, { transform });
      near(test.terms[0]?.chiSquared, chiSquared, 1e-5);
      near(test.global.chiSquared, chiSquared, 1e-5);
    }
  });
});

describe("what R prints for deaths from ovarian cancer", () => {
  it("estimates, the three tests, concordance and its error, of age and treatment", () => {
    const fit = fitCox(ovarian, ["age", "rx"]);
    const digits = (value: number | undefined, shown: number, decimals: number) =>
      expect(Math.abs((value ?? Number.NaN) - shown)).toBeLessThanOrEqual(0.5000001 * 10 ** -decimals);
    digits(fit.terms[0]?.estimate, 0.14733, 5);
    digits(fit.terms[0]?.se, 0.04615, 5);
    digits(fit.terms[1]?.estimate, -0.80397, 5);
    digits(fit.terms[1]?.se, 0.63205, 5);
    digits(fit.likelihoodRatio.chiSquared, 15.89, 2);
    digits(fit.wald.chiSquared, 13.47, 2);
    digits(fit.score.chiSquared, 18.56, 2);
    digits(fit.concordance, 0.798, 3);
    digits(fit.concordanceSe, 0.076, 3);
  });

  it("the test of proportional hazards of age and performance, the example of cox.zph", () => {
    const { terms, global } = testProportionality(ovarian, fitCox(ovarian, ["age", "ps"]));
    for (const [k, [chiSquared, p]] of [
      [0.698, 0.4],
      [2.371, 0.12],
      [3.633, 0.16],
    ].entries()) {
      const got = [...terms, global][k];
      expect(Math.abs((got?.chiSquared ?? 0) - (chiSquared ?? 0))).toBeLessThan(5.1e-4);
      expect(Math.abs((got?.p ?? 0) - (p ?? 0))).toBeLessThan(5.1e-3);
    }
  });
});
