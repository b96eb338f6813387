import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type CoxFit,
  concordanceOf,
  coxBaseline,
  coxChance,
  coxSurvival,
  fitCox,
  logRank,
  nelsonAalen,
  type Spell,
  schoenfeldResiduals,
  type Ties,
  type TimeTransform,
  testProportionality,
} from "../../src/baserates/index.ts";
import { ParleyError } from "../../src/core/problems/index.ts";

function near(got: number | undefined, expected: number, relative = 1e-6): void {
  expect(Math.abs((got ?? Number.NaN) - expected)).toBeLessThan(relative * Math.max(1e-3, Math.abs(expected)));
}

const at = (values: readonly number[], k: number): number => values[k] ?? Number.NaN;

/** Data set 1 of Therneau & Grambsch (2000), Modeling Survival Data, appendix E, for which everything has a closed form. */
const first: readonly Spell[] = [
  [1, true, 1],
  [1, false, 1],
  [6, true, 1],
  [6, true, 0],
  [8, false, 0],
  [9, true, 0],
].map(([duration, ended, x], k) => ({
  id: String(k),
  duration: Number(duration),
  ended: ended === true,
  covariates: { x: Number(x) },
}));

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
    const fit = fitCox(first, ["x"], { ties });
    const total = hand.information(r).reduce((sum, each) => sum + each, 0);
    near(fit.terms[0]?.estimate, Math.log(r));
    near(fit.terms[0]?.se, 1 / Math.sqrt(total));
    near(fit.logLikelihood.fitted, hand.logLikelihood(r));
    const residuals = schoenfeldResiduals(first, fit);
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
    const baseline = coxBaseline(first, fit);
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
    const breslow = coxBaseline(first, fitCox(first, ["x"], { ties: "breslow" }));
    const efron = coxBaseline(first, fitCox(first, ["x"]));
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
    const fit = fitCox(first, ["x"], { ties });
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
      const test = testProportionality(first, fit, { transform });
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

const COVARIATES = ["x", "y"] as const;

/** Spells with many ties, some of them watched late. */
const tied = fc
  .array(
    fc.tuple(
      fc.integer({ min: 1, max: 12 }),
      fc.boolean(),
      fc.integer({ min: -3, max: 3 }),
      fc.integer({ min: 0, max: 2 }),
      fc.integer({ min: 0, max: 6 }),
    ),
    { minLength: 20, maxLength: 40 },
  )
  .map((rows) =>
    rows.map(
      ([duration, ended, x, y, entry], k): Spell => ({
        id: String(k),
        duration,
        ended,
        entry: entry < duration && entry < 4 ? entry : 0,
        covariates: { x, y },
      }),
    ),
  );

function fitted(spells: readonly Spell[], ties: Ties): CoxFit | undefined {
  try {
    const fit = fitCox(spells, COVARIATES, { ties });
    // Fits that barely exist tell numerical derivatives nothing.
    return fit.terms.every(({ estimate, se }) => Math.abs(estimate) < 2 && se < 2) ? fit : undefined;
  } catch (error) {
    if (error instanceof ParleyError) return undefined;
    throw error;
  }
}

const valueIn = (spell: Spell, covariate: string): number => spell.covariates?.[covariate] ?? Number.NaN;
const atRiskAt = (spells: readonly Spell[], time: number) =>
  spells.filter(({ duration, entry = 0 }) => duration >= time && (entry < time || entry === 0));
const endingAt = (spells: readonly Spell[], time: number) =>
  spells.filter(({ duration, ended }) => ended && duration === time);
const endingTimes = (spells: readonly Spell[]) =>
  [...new Set(spells.flatMap(({ ended, duration }) => (ended ? [duration] : [])))].sort((a, b) => a - b);

/** Log partial likelihood from its definition, effects b, and c that change with g(time). */
function partial(
  spells: readonly Spell[],
  ties: Ties,
  b: readonly number[],
  c: readonly number[],
  g: (time: number) => number,
): number {
  let value = 0;
  for (const time of endingTimes(spells)) {
    const eta = (spell: Spell) =>
      COVARIATES.reduce((sum, name, k) => sum + (at(b, k) + at(c, k) * g(time)) * valueIn(spell, name), 0);
    const ending = endingAt(spells, time);
    const all = atRiskAt(spells, time).reduce((sum, spell) => sum + Math.exp(eta(spell)), 0);
    const own = ending.reduce((sum, spell) => sum + Math.exp(eta(spell)), 0);
    for (const [l, spell] of ending.entries()) {
      value += eta(spell) - Math.log(all - (ties === "efron" ? (l / ending.length) * own : 0));
    }
  }
  return value;
}

/** Solves a small system by elimination. */
function solve(matrix: readonly (readonly number[])[], b: readonly number[]): number[] {
  const rows = matrix.map((row, k) => [...row, at(b, k)]);
  for (const [k, pivotRow] of rows.entries()) {
    for (const [i, row] of rows.entries()) {
      if (i === k) continue;
      const factor = at(row, k) / at(pivotRow, k);
      for (let j = k; j <= rows.length; j++) row[j] = at(row, j) - factor * at(pivotRow, j);
    }
  }
  return rows.map((row, k) => at(row, rows.length) / at(row, k));
}

describe.each(["efron", "breslow"] as const)("worked out from the definitions, with %s ties", (ties) => {
  it("the test of proportional hazards is the score test of effects that change", () => {
    let compared = 0;
    fc.assert(
      fc.property(tied, fc.constantFrom<TimeTransform>("identity", "log", "rank", "km"), (spells, transform) => {
        const fit = fitted(spells, ties);
        if (fit === undefined || endingTimes(spells).length < 4) return;
        const endings = spells.filter(({ ended }) => ended).map(({ duration }) => duration);
        const g = (time: number): number => {
          if (transform === "identity") return time;
          if (transform === "log") return Math.log(time);
          if (transform === "rank") {
            const before = endings.filter((each) => each < time).length;
            return before + (endings.filter((each) => each === time).length + 1) / 2;
          }
          return (
            1 -
            endingTimes(spells)
              .filter((each) => each < time)
              .reduce((s, each) => s * (1 - endingAt(spells, each).length / atRiskAt(spells, each).length), 1)
          );
        };
        const mean = endings.reduce((sum, each) => sum + g(each), 0) / endings.length;
        const b = fit.terms.map(({ estimate }) => estimate);
        const step = 1e-4;
        const value = (moves: readonly (readonly [number, number])[]) => {
          const all = [...b, 0, 0];
          for (const [k, by] of moves) all[k] = at(all, k) + by;
          return partial(spells, ties, all.slice(0, 2), all.slice(2), (time) => g(time) - mean);
        };
        const score = [0, 1, 2, 3].map((k) => (value([[k, step]]) - value([[k, -step]])) / (2 * step));
        const information = [0, 1, 2, 3].map((i) =>
          [0, 1, 2, 3].map((j) => {
            const corner = (s: number, t: number) =>
              value([
                [i, s * step],
                [j, t * step],
              ]);
            return -(corner(1, 1) - corner(1, -1) - corner(-1, 1) + corner(-1, -1)) / (4 * step * step);
          }),
        );
        const chiSquared = (kept: readonly number[]) => {
          const u = kept.map((k) => at(score, k));
          const part = kept.map((i) => kept.map((j) => information[i]?.[j] ?? Number.NaN));
          return solve(part, u).reduce((sum, each, k) => sum + each * at(u, k), 0);
        };
        let test: ReturnType<typeof testProportionality>;
        try {
          test = testProportionality(spells, fit, { transform });
        } catch (error) {
          if (error instanceof ParleyError) return;
          throw error;
        }
        compared += 1;
        const expected = [chiSquared([0, 1, 2]), chiSquared([0, 1, 3]), chiSquared([0, 1, 2, 3])];
        for (const [k, each] of [...test.terms, test.global].entries()) {
          expect(Math.abs(each.chiSquared - at(expected, k))).toBeLessThan(1e-3 * (1 + at(expected, k)));
        }
        const together = testProportionality(spells, fit, { transform, terms: { both: ["x", "y"] } });
        expect(together.terms[0]?.chiSquared).toBeCloseTo(test.global.chiSquared, 10);
        expect(together.terms[0]?.degrees).toBe(2);
      }),
      { numRuns: 30 },
    );
    expect(compared).toBeGreaterThan(8);
  });

  it("residuals, hazard, and chances with their errors are sums over who is at risk", () => {
    let compared = 0;
    fc.assert(
      fc.property(tied, fc.integer({ min: -2, max: 2 }), (spells, x) => {
        const fit = fitted(spells, ties);
        if (fit === undefined) return;
        compared += 1;
        const given = { x, y: 1 };
        const eta = (covariates: (name: string) => number) =>
          fit.terms.reduce((sum, { covariate, estimate }) => sum + estimate * covariates(covariate), 0);
        const weight = (spell: Spell) => Math.exp(eta((name) => valueIn(spell, name)));
        const ratio = Math.exp(eta((name) => given[name as "x" | "y"]));
        const jumps = endingTimes(spells).flatMap((time) => {
          const ending = endingAt(spells, time);
          return ending.map((_, l) => {
            const share = ties === "efron" ? l / ending.length : 0;
            const counted = (spell: Spell) => weight(spell) * (ending.includes(spell) ? 1 - share : 1);
            const risk = atRiskAt(spells, time);
            const sum = risk.reduce((all, spell) => all + counted(spell), 0);
            const means = COVARIATES.map(
              (name) => risk.reduce((all, s) => all + counted(s) * valueIn(s, name), 0) / sum,
            );
            return { time, jump: 1 / sum, means };
          });
        });
        const baseline = coxBaseline(spells, fit);
        const between = (from: number, to: number) => {
          const inside = jumps.filter(({ time }) => time > from && time <= to);
          const hazard = ratio * inside.reduce((sum, { jump }) => sum + jump, 0);
          const own = inside.reduce((sum, { jump }) => sum + jump * jump, 0);
          const slopes = COVARIATES.map((name, k) =>
            inside.reduce((sum, { jump, means }) => sum + (given[name] - at(means, k)) * jump, 0),
          );
          const cross = slopes.reduce(
            (sum, a, i) => sum + slopes.reduce((all, b, j) => all + a * b * at(fit.covariance, i * 2 + j), 0),
            0,
          );
          return { hazard, se: ratio * Math.sqrt(own + cross) };
        };
        for (const time of [2, 5, 9, 12]) {
          const { cumulativeHazard, hazardSe, low, survival, high } = coxSurvival(baseline, given, time);
          const { hazard, se } = between(-1, time);
          near(cumulativeHazard, hazard, 1e-6);
          near(hazardSe, se, 1e-6);
          expect(low <= survival && survival <= high).toBe(true);
          const chance = coxChance(baseline, given, time - 2, 2);
          const part = between(time - 2, time);
          near(chance.estimate, 1 - Math.exp(-part.hazard), 1e-6);
          near(chance.se, Math.exp(-part.hazard) * part.se, 1e-6);
        }
        const residuals = schoenfeldResiduals(spells, fit);
        expect(residuals.length).toBe(fit.endings);
        for (const [k, name] of COVARIATES.entries()) {
          expect(Math.abs(residuals.reduce((sum, each) => sum + at(each.residuals, k), 0))).toBeLessThan(1e-6);
          for (const { spell, time, residuals: r } of residuals) {
            const here = jumps.filter((each) => each.time === time);
            const mean = here.reduce((sum, { means }) => sum + at(means, k), 0) / here.length;
            const own = spells.find(({ id }) => id === spell);
            expect(at(r, k)).toBeCloseTo(valueIn(own ?? { id: "", duration: 0, ended: true }, name) - mean, 6);
          }
        }
      }),
      { numRuns: 40 },
    );
    expect(compared).toBeGreaterThan(10);
  });
});

describe("what one part of the library knows of another", () => {
  it("the score test of two groups is the log-rank test where no endings are tied", () => {
    const spells = Array.from(
      { length: 60 },
      (_, k): Spell => ({
        id: String(k),
        duration: ((k * 37) % 61) + 1,
        ended: k % 4 > 0,
        covariates: { group: k % 3 === 0 ? 1 : 0 },
      }),
    );
    const { chiSquared } = logRank(Object.groupBy(spells, (s) => String(s.covariates?.["group"])) as never);
    near(fitCox(spells, ["group"]).score.chiSquared, chiSquared, 1e-9);
    near(fitCox(spells, ["group"], { ties: "breslow" }).score.chiSquared, chiSquared, 1e-9);
  });

  it("the baseline is Nelson's and Aalen's hazard where covariates do nothing", () => {
    const half = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5].map(
      (duration, k): Spell => ({ id: `a${k}`, duration, ended: k % 3 > 0, covariates: { x: 0 } }),
    );
    const spells = [...half, ...half.map((each) => ({ ...each, id: `b${each.id}`, covariates: { x: 1 } }))];
    const baseline = coxBaseline(spells, fitCox(spells, ["x"], { ties: "breslow" }));
    for (const [k, { estimate, atRisk, time, se }] of nelsonAalen(spells).entries()) {
      const step = baseline.steps[k];
      expect([step?.time, step?.atRisk]).toEqual([time, atRisk]);
      near(step?.hazard, estimate, 1e-8);
      near(Math.sqrt(step?.variance ?? 0), se, 1e-8);
    }
  });

  it("concordance and its error are those of pairs counted one by one, late entries and all", () => {
    fc.assert(
      fc.property(tied, (spells) => {
        const risk = (spell: Spell) => valueIn(spell, "x");
        const counts = spells.map((one) => {
          let [agree, pairs] = [0, 0];
          for (const other of spells) {
            const [a, b] = [one, other].toSorted(
              (p, q) => p.duration - q.duration || Number(q.ended) - Number(p.ended),
            );
            if (a === undefined || b === undefined || one === other) continue;
            if (!a.ended || (a.duration === b.duration && b.ended)) continue;
            if (!((b.entry ?? 0) < a.duration)) continue;
            pairs += 1;
            agree += risk(a) > risk(b) ? 1 : risk(a) === risk(b) ? 0.5 : 0;
          }
          return { agree, pairs };
        });
        const pairs = counts.reduce((sum, each) => sum + each.pairs, 0) / 2;
        fc.pre(pairs > 0);
        const concordance = counts.reduce((sum, each) => sum + each.agree, 0) / 2 / pairs;
        const squares = counts.reduce((sum, each) => sum + ((each.agree - concordance * each.pairs) / pairs) ** 2, 0);
        const got = concordanceOf(
          Float64Array.from(spells, ({ duration }) => duration),
          Uint8Array.from(spells, ({ ended }) => (ended ? 1 : 0)),
          Float64Array.from(spells, risk),
          Float64Array.from(spells, ({ entry = 0 }) => entry),
        );
        expect(got.pairs).toBe(pairs);
        expect(got.concordance).toBeCloseTo(concordance, 12);
        expect(got.se).toBeCloseTo(Math.sqrt(squares), 12);
      }),
    );
  });

  it("refuses what it cannot tell", () => {
    const code = (run: () => unknown) => {
      try {
        run();
      } catch (error) {
        return error instanceof ParleyError ? error.problems[0]?.code : String(error);
      }
      return undefined;
    };
    const fit = fitCox(first, ["x"]);
    expect(code(() => coxSurvival(coxBaseline(first, fit), {}, 3))).toBe("covariate-missing");
    expect(code(() => coxSurvival(coxBaseline(first, fit), { x: 1 }, -1))).toBe("invalid-parameter");
    expect(code(() => coxBaseline(first.slice(1), fit))).toBe("invalid-parameter");
    expect(code(() => testProportionality(first, fit, { terms: { z: ["z"] } }))).toBe("invalid-parameter");
    const once = first.map((each, k) => ({ ...each, duration: each.ended ? 5 : 7, covariates: { x: k % 2 } }));
    expect(code(() => testProportionality(once, fitCox(once, ["x"])))).toBe("times-few");
    const zero = first.map((each) => ({ ...each, duration: each.duration - 1 }));
    expect(code(() => testProportionality(zero, fitCox(zero, ["x"]), { transform: "log" }))).toBe("spell-time");
  });
});
