import { describe, expect, test } from "vitest";
import {
  beta,
  constant,
  exponential,
  gamma,
  logitNormal,
  lognormal,
  normal,
  poisson,
  poissonCount,
  triangular,
  uniform,
} from "../../../src/core/distributions/index.ts";
import { ParleyError } from "../../../src/core/problems/index.ts";
import { grid } from "../math/arguments.ts";

/** A few roundings. */
const TOL = 1e-14;

const close = (actual: number, expected: number, tolerance = TOL) =>
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(tolerance * Math.abs(expected));

test("moments are those of the textbooks", () => {
  // Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions, 2nd edition (1994, 1995).
  close(lognormal(1, 0.5).mean, Math.exp(1.125));
  close(lognormal(1, 0.5).sd, Math.exp(1.125) * Math.sqrt(Math.expm1(0.25)));
  close(uniform(2, 5).mean, 3.5);
  close(uniform(2, 5).sd, 3 / Math.sqrt(12));
  close(triangular(1, 2, 6).mean, 3);
  close(triangular(1, 2, 6).sd, Math.sqrt((1 + 4 + 36 - 2 - 6 - 12) / 18));
  close(beta(2, 5).mean, 2 / 7);
  close(beta(2, 5).sd, Math.sqrt(10 / 49 / 8));
  close(gamma(4, 3).mean, 12);
  close(gamma(4, 3).sd, 6);
  close(exponential(4).mean, 0.25);
  close(exponential(4).sd, 0.25);
  close(poisson(9).mean, 9);
  close(poisson(9).sd, 3);
  expect(constant(7)).toMatchObject({ kind: "constant", value: 7, mean: 7, sd: 0, support: [7, 7] });
});

test("the moments of the logit-normal agree with quadrature in 30 digits", () => {
  // mu, sigma, mean, standard deviation: adaptive Gauss-Legendre quadrature of the normal density, with mpmath 1.3.
  const table = [
    [0, 1, 0.5, 0.20827634493166275],
    [1, 2, 0.6477264385258686, 0.2961058298895688],
    [-5, 3, 0.07619734203494584, 0.17282158199845707],
    [2, 0.01, 0.880793079878812, 0.001049970502858865],
    [-30, 2, 6.914400106679175e-13, 5.062084679331753e-12],
    [-30, 2.5, 2.129785168606088e-12, 4.842684862755862e-11],
    [0.5, 50, 0.5039867351300448, 0.49194603475655685],
    [3, 1000, 0.5011968230772809, 0.49959946735918276],
    [-1, 1.9, 0.3479895996604644, 0.2877588569577614],
    [0.3, 1.2, 0.5580519177832827, 0.2337354005139697],
  ] as const;
  const TOL_QUADRATURE = 1e-12;
  for (const [mu, sigma, mean, sd] of table) {
    close(logitNormal(mu, sigma).mean, mean, TOL_QUADRATURE);
    close(logitNormal(mu, sigma).sd, sd, TOL_QUADRATURE);
  }
});

test("distribution functions have their closed forms", () => {
  for (const x of grid(0.05, 5.95, 60)) {
    close(exponential(0.7).cdf(x), -Math.expm1(-0.7 * x));
    close(exponential(0.7).survival(x), Math.exp(-0.7 * x));
    close(gamma(1, 2).survival(x), Math.exp(-x / 2), 1e-13);
    close(uniform(-1, 7).cdf(x), (x + 1) / 8);
    close(triangular(0, 2, 6).cdf(x), x < 2 ? (x * x) / 12 : 1 - (6 - x) ** 2 / 24);
    close(lognormal(0.3, 1.2).cdf(x), normal(0.3, 1.2).cdf(Math.log(x)), 1e-13);
  }
  for (const x of grid(0.02, 0.98, 49)) {
    close(beta(3, 1).cdf(x), x ** 3, 1e-13);
    close(logitNormal(0.3, 1.2).cdf(x), normal(0.3, 1.2).cdf(Math.log(x / (1 - x))), 1e-12);
  }
});

test("the upper end of Jeffreys' interval for none in ten agrees with 40 digits", () => {
  // The 97.5 % point of beta(1/2, 10 1/2), found with mpmath 1.3: 0.21719626750921051559...
  close(beta(0.5, 10.5).quantile(0.975), 0.2171962675092105);
  close(beta(2, 2).quantile(0.5), 0.5);
});

describe("poisson", () => {
  test("has the chances that its terms add up to", () => {
    for (const mean of [0.01, 1, 6.5, 30]) {
      let term = Math.exp(-mean);
      let sum = term;
      for (let k = 0; k <= 60; k++) {
        close(poisson(mean).cdf(k), sum, 1e-13);
        expect(poisson(mean).cdf(k + 0.999)).toBe(poisson(mean).cdf(k));
        term *= mean / (k + 1);
        sum += term;
      }
    }
  });

  test("has whole quantiles that reach p, and no smaller count does", () => {
    for (const mean of [0.01, 1, 6.5, 30, 1000, 1e9]) {
      const d = poisson(mean);
      for (const p of [1e-9, 0.01, 0.3, 0.5, 0.7, 0.99, 1 - 1e-9]) {
        const k = d.quantile(p);
        expect(Number.isInteger(k)).toBe(true);
        expect(d.survival(k)).toBeLessThanOrEqual(1 - p + 1e-16);
        if (k > 0) expect(d.survival(k - 1)).toBeGreaterThan(1 - p - 1e-16);
      }
      expect(d.upperQuantile(1e-200)).toBeGreaterThan(d.quantile(1 - 1e-15));
    }
  });

  test("counts as the reference engine in C does", () => {
    // poisson(3.7, (i + 1/2) / 40) for i = 0 .. 39, by that engine.
    const counts = [
      0, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 5, 5, 5, 5, 5, 5, 6, 6, 6, 6, 7,
      7, 9,
    ];
    expect(counts.map((_, i) => poissonCount(3.7, (i + 0.5) / 40))).toEqual(counts);
    expect(counts.map((_, i) => poisson(3.7).quantile((i + 0.5) / 40))).toEqual(counts);
  });

  test("counts at most 20 events in the simulation", () => {
    expect(poissonCount(100, 0.5)).toBe(20);
    expect(poissonCount(3, 1 - 2 ** -33)).toBeLessThanOrEqual(20);
    expect(poissonCount(0, 0.999)).toBe(0);
  });
});

test.each([
  ["normal(0, 0)", () => normal(0, 0), "invalid standard deviation: 0 (expected a finite number above 0)"],
  ["normal(NaN, 1)", () => normal(Number.NaN, 1), "invalid mean: NaN (expected a finite number)"],
  ["lognormal(0, -1)", () => lognormal(0, -1), "invalid sigma: -1 (expected a finite number above 0)"],
  [
    "logitNormal(Infinity, 1)",
    () => logitNormal(Number.POSITIVE_INFINITY, 1),
    "invalid mu: Infinity (expected a finite number)",
  ],
  ["uniform(2, 2)", () => uniform(2, 2), "invalid high: 2 (expected a number above low, 2)"],
  ["uniform(-1e308, 1e308)", () => uniform(-1e308, 1e308), "invalid high - low: Infinity (expected a finite number)"],
  ["triangular(0, 3, 2)", () => triangular(0, 3, 2), "invalid mode: 3 (expected a number from 0 to 2)"],
  ["triangular(2, 2, 2)", () => triangular(2, 2, 2), "invalid high: 2 (expected a number above low, 2)"],
  ["beta(0, 1)", () => beta(0, 1), "invalid alpha: 0 (expected a finite number above 0)"],
  ["beta(1, NaN)", () => beta(1, Number.NaN), "invalid beta: NaN (expected a finite number above 0)"],
  ["gamma(-1, 1)", () => gamma(-1, 1), "invalid shape: -1 (expected a finite number above 0)"],
  [
    "gamma(1, Infinity)",
    () => gamma(1, Number.POSITIVE_INFINITY),
    "invalid scale: Infinity (expected a finite number above 0)",
  ],
  ["exponential(0)", () => exponential(0), "invalid rate: 0 (expected a finite number above 0)"],
  ["poisson(0)", () => poisson(0), "invalid mean: 0 (expected a number above 0 and at most 1e15)"],
  [
    "constant(Infinity)",
    () => constant(Number.POSITIVE_INFINITY),
    "invalid value: Infinity (expected a finite number)",
  ],
])("%s is refused with what was expected", (_, make, message) => {
  expect(make).toThrow(ParleyError);
  expect(make).toThrow(message);
});
