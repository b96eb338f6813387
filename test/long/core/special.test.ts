import { expect, test } from "vitest";
import {
  betaI,
  betaQuantile,
  betaUpperQuantile,
  gammaP,
  gammaQ,
  gammaQuantile,
  gammaUpperQuantile,
  tCdf,
  tQuantile,
} from "../../../src/core/special/index.ts";
import { randomWords, unit } from "../../core/math/arguments.ts";
import {
  betaKernel,
  betaTails,
  D,
  type Dec,
  decimal,
  gammaKernel,
  gammaTails,
  relativeError,
} from "../../core/special/oracle.ts";

/** What is asked of these functions, for parameters from 1e-2 to 1e5 and tails down to 1e-300. */
const TOL = 1e-12;
const CASES = 3000;

const next = randomWords(41);
const random = () => unit(next);
const size = (low: number, high: number) => 10 ** (low + (high - low) * random());
const ONE = new D(1);

/** A chance in one of the tails: half of them ordinary, half of them tiny. */
const tail = () => (random() < 0.5 ? 0.5 * random() : size(-300, -1));

/** The error of a quantile x to first order, relative: (F(x) - p) / (x f(x)). */
const error = (chance: Dec, wanted: number, slope: Dec) => chance.minus(decimal(wanted)).div(slope).abs().toNumber();

test("incomplete gamma functions and their inverses keep twelve figures", () => {
  for (let i = 0; i < CASES; i++) {
    const a = size(-2, 5);
    const x = Math.max(1e-300, random() < 0.5 ? a * size(-3, 0.5) : a + 12 * (random() - 0.5) * Math.sqrt(a));
    const { p, q } = gammaTails(decimal(a), decimal(x));
    expect(relativeError(gammaP(a, x), p), `P(${a}, ${x})`).toBeLessThan(TOL);
    expect(relativeError(gammaQ(a, x), q), `Q(${a}, ${x})`).toBeLessThan(TOL);
    const chance = tail();
    const low = gammaQuantile(chance, a);
    if (low > 1e-300) {
      const at = decimal(low);
      const found = error(gammaTails(decimal(a), at).p, chance, gammaKernel(decimal(a), at));
      expect(found, `lower ${chance} of ${a}`).toBeLessThan(TOL);
    }
    const high = gammaUpperQuantile(chance, a);
    if (high > 1e-300) {
      const at = decimal(high);
      const found = error(gammaTails(decimal(a), at).q, chance, gammaKernel(decimal(a), at));
      expect(found, `upper ${chance} of ${a}`).toBeLessThan(TOL);
    }
  }
});

test("incomplete beta functions and their inverses keep twelve figures", () => {
  for (let i = 0; i < CASES; i++) {
    const [a, b] = [size(-2, 5), size(-2, 5)];
    const mean = a / (a + b);
    const spread = Math.sqrt((mean * (1 - mean)) / (a + b + 1));
    const x = Math.min(1 - 1e-16, Math.max(1e-300, random() < 0.3 ? random() : mean + 12 * (random() - 0.5) * spread));
    const { lower } = betaTails(decimal(x), decimal(a), decimal(b));
    expect(relativeError(betaI(x, a, b), lower), `I_${x}(${a}, ${b})`).toBeLessThan(TOL);
    const chance = tail();
    for (const [value, side] of [
      [betaQuantile(chance, a, b), "lower"],
      [betaUpperQuantile(chance, a, b), "upper"],
    ] as const) {
      // Next to 1 the spacing of doubles, not the method, limits what x can say about the upper tail.
      if (!(value > 1e-300 && value < 1 - 1e-6)) continue;
      const at = decimal(value);
      const slope = betaKernel(at, decimal(a), decimal(b)).div(ONE.minus(at));
      expect(
        error(betaTails(at, decimal(a), decimal(b))[side], chance, slope),
        `${side} ${chance} of ${a}, ${b}`,
      ).toBeLessThan(TOL);
    }
  }
});

test("Student's t and its inverse keep twelve figures", () => {
  const HALF = new D(0.5);
  for (let i = 0; i < CASES; i++) {
    const n = size(-1, 6);
    const x = -size(-6, 3);
    const at = decimal(x);
    const z = decimal(n).div(decimal(n).plus(at.times(at)));
    const exact = betaTails(z, decimal(n).div(2), HALF).lower.div(2);
    expect(relativeError(tCdf(x, n), exact), `t(${n}) at ${x}`).toBeLessThan(TOL);
    const chance = tail();
    const value = tQuantile(chance, n);
    if (!(Math.abs(value) < 1e100)) continue;
    const there = decimal(value);
    const w = decimal(n).div(decimal(n).plus(there.times(there)));
    const found = error(
      betaTails(w, decimal(n).div(2), HALF).lower.div(2),
      chance,
      betaKernel(w, decimal(n).div(2), HALF),
    );
    expect(found, `quantile of t(${n}) at ${chance}`).toBeLessThan(TOL);
  }
});
