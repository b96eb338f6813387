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
import { appendixE, at, near } from "./cox-support.ts";

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
    const fit = fitCox(appendixE, ["x"]);
    expect(code(() => coxSurvival(coxBaseline(appendixE, fit), {}, 3))).toBe("covariate-missing");
    expect(code(() => coxSurvival(coxBaseline(appendixE, fit), { x: 1 }, -1))).toBe("invalid-parameter");
    expect(code(() => coxBaseline(appendixE.slice(1), fit))).toBe("invalid-parameter");
    expect(code(() => testProportionality(appendixE, fit, { terms: { z: ["z"] } }))).toBe("invalid-parameter");
    const once = appendixE.map((each, k) => ({ ...each, duration: each.ended ? 5 : 7, covariates: { x: k % 2 } }));
    expect(code(() => testProportionality(once, fitCox(once, ["x"])))).toBe("times-few");
    const zero = appendixE.map((each) => ({ ...each, duration: each.duration - 1 }));
    expect(code(() => testProportionality(zero, fitCox(zero, ["x"]), { transform: "log" }))).toBe("spell-time");
  });
});
