import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { concordanceOf, fitCox, logRank, type Spell } from "../../src/baserates/index.ts";
import { ParleyError } from "../../src/core/problems/index.ts";

/** Spells of distinct durations of which about half end, with a covariate that matters a little and one that does not. */
const distinct = fc
  .uniqueArray(fc.integer({ min: 1, max: 500 }), { minLength: 25, maxLength: 60 })
  .chain((durations) =>
    fc.tuple(
      ...durations.map((duration) =>
        fc.tuple(fc.constant(duration), fc.boolean(), fc.integer({ min: -9, max: 9 }), fc.boolean()),
      ),
    ),
  )
  .map((rows) =>
    rows.map(
      ([duration, ended, x, group], k): Spell => ({
        id: String(k),
        duration,
        ended,
        covariates: { x: x + 0.001 * k, group: group ? 1 : 0 },
      }),
    ),
  );

/** A fit, or undefined where random spells have none. */
function fitted(...given: Parameters<typeof fitCox>): ReturnType<typeof fitCox> | undefined {
  try {
    return fitCox(...given);
  } catch (error) {
    if (error instanceof ParleyError) return undefined;
    throw error;
  }
}

describe("Cox's model", () => {
  it("has one answer without ties, in any order and unit of time, and scales with its covariates", () => {
    let fits = 0;
    fc.assert(
      fc.property(distinct, (spells) => {
        const fit = fitted(spells, ["x", "group"]);
        if (fit === undefined) return;
        fits += 1;
        const same = (other: ReturnType<typeof fitCox> | undefined, factor = 1) => {
          for (const [k, { estimate, se }] of fit.terms.entries()) {
            const scale = k === 0 ? factor : 1;
            expect(Math.abs((other?.terms[k]?.estimate ?? Number.NaN) * scale - estimate)).toBeLessThan(
              1e-6 * (1 + Math.abs(estimate)),
            );
            expect(Math.abs((other?.terms[k]?.se ?? Number.NaN) * scale - se)).toBeLessThan(1e-6 * (1 + se));
          }
        };
        same(fitted(spells, ["x", "group"], { ties: "breslow" }));
        same(fitted(spells.toReversed(), ["x", "group"]));
        same(
          fitted(
            spells.map((each) => ({ ...each, duration: 7 * each.duration })),
            ["x", "group"],
          ),
        );
        same(
          fitted(
            spells.map((each) => ({
              ...each,
              covariates: { ...each.covariates, x: 10 * (each.covariates?.["x"] ?? 0) },
            })),
            ["x", "group"],
          ),
          10,
        );
        expect(fit.logLikelihood.fitted).toBeGreaterThanOrEqual(fit.logLikelihood.null - 1e-9);
      }),
      { numRuns: 40 },
    );
    expect(fits).toBeGreaterThan(20);
  });

  it("agrees with the partial likelihood worked out from its definition", () => {
    fc.assert(
      fc.property(distinct, (spells) => {
        const fit = fitted(spells, ["x"]);
        if (fit === undefined) return;
        const beta = fit.terms[0]?.estimate ?? 0;
        const of = (each: Spell) => each.covariates?.["x"] ?? 0;
        let value = 0;
        for (const each of spells.filter(({ ended }) => ended)) {
          const atRisk = spells.filter(({ duration }) => duration >= each.duration);
          value += beta * of(each) - Math.log(atRisk.reduce((sum, other) => sum + Math.exp(beta * of(other)), 0));
        }
        expect(Math.abs(fit.logLikelihood.fitted - value)).toBeLessThan(1e-8 * Math.abs(value));
      }),
      { numRuns: 40 },
    );
  });

  it("takes those that came under observation late as at risk from then on", () => {
    const base = Array.from(
      { length: 30 },
      (_, k): Spell => ({ id: `b${k}`, duration: k + 1.5, ended: k % 3 > 0, covariates: { x: (k * 7) % 5 } }),
    );
    // One that is watched from after the last ending changes nothing.
    const late: Spell = { id: "late", duration: 99, entry: 60, ended: false, covariates: { x: 4 } };
    const [fit, more] = [fitCox(base, ["x"]), fitCox([...base, late], ["x"])];
    expect(more.terms[0]?.estimate).toBeCloseTo(fit.terms[0]?.estimate ?? Number.NaN, 8);
    const early = fitCox([...base, { ...late, entry: 0 }], ["x"]);
    expect(Math.abs((early.terms[0]?.estimate ?? 0) - (fit.terms[0]?.estimate ?? 0))).toBeGreaterThan(1e-4);
  });

  it("sees of two groups about what the log-rank test sees", () => {
    const spells = Array.from({ length: 400 }, (_, k): Spell => {
      const group = k % 2;
      return {
        id: String(k),
        duration: ((k * 7919) % 997) + (group === 1 ? 90 : 0) + k / 1000,
        ended: true,
        covariates: { group },
      };
    });
    const { p } = logRank({ a: spells.filter((_, k) => k % 2 === 0), b: spells.filter((_, k) => k % 2 === 1) });
    const ratio = fitCox(spells, ["group"]).likelihoodRatio;
    expect(ratio.p / p).toBeGreaterThan(0.3);
    expect(ratio.p / p).toBeLessThan(3);
  });

  it("has a concordance that is the share of pairs, counted one by one", () => {
    const small = fc.array(fc.tuple(fc.integer({ min: 1, max: 12 }), fc.boolean(), fc.integer({ min: 0, max: 4 })), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(small, (rows) => {
        let pairs = 0;
        let agree = 0;
        for (const [time, ended, risk] of rows) {
          if (!ended) continue;
          for (const [later, alsoEnded, other] of rows) {
            if (!(later > time || (later === time && !alsoEnded))) continue;
            pairs += 1;
            agree += risk > other ? 1 : risk === other ? 0.5 : 0;
          }
        }
        const got = concordanceOf(
          Float64Array.from(rows, ([time]) => time),
          Uint8Array.from(rows, ([, ended]) => (ended ? 1 : 0)),
          Float64Array.from(rows, ([, , risk]) => risk),
        );
        expect(got.concordance).toBeCloseTo(pairs === 0 ? 0.5 : agree / pairs, 12);
      }),
    );
  });

  it.each([
    ["covariate-missing", [{ id: "a", duration: 1, ended: true, covariates: {} }]],
    [
      "covariate-collinear",
      [1, 2, 3].map((duration) => ({ id: `${duration}`, duration, ended: true, covariates: { x: 5 } })),
    ],
    [
      "endings-none",
      [1, 2, 3].map((duration) => ({ id: `${duration}`, duration, ended: false, covariates: { x: duration } })),
    ],
  ] as const)("refuses what has no fit: %s", (code, spells) => {
    expect(() => fitCox(spells, ["x"])).toThrow(ParleyError);
    try {
      fitCox(spells, ["x"]);
    } catch (error) {
      expect((error as ParleyError).problems[0]?.code).toBe(code);
    }
  });

  it("says so where a covariate parts those that end from those that do not", () => {
    const spells = Array.from(
      { length: 12 },
      (_, k): Spell => ({ id: String(k), duration: k + 1, ended: k < 6, covariates: { x: k < 6 ? 1 : 0 } }),
    );
    expect(() => fitCox(spells, ["x"])).toThrow(ParleyError);
  });

  it.each([
    ["a dummy of which none ends", (k: number) => ({ x: k % 10 === 0 ? 1 : 0, y: (k * 7) % 5 }), /: x parts/],
    ["the order in which they end", (k: number) => ({ x: -((k * 37) % 401), y: (k * 7) % 5 }), /: x parts/],
    [
      "two together",
      (k: number) => ({ x: ((k * 37) % 401) + ((k * 53) % 97), y: (k * 53) % 97, z: k % 4 }),
      /: x with y parts/,
    ],
  ])("names what parts them: %s", (_, covariates, said) => {
    const spells = Array.from({ length: 400 }, (__, k): Spell => {
      const { x, ...others } = covariates(k);
      return {
        id: String(k),
        duration: ((k * 37) % 401) + 1,
        ended: k % 3 > 0 && k % 10 > 0,
        entry: k % 50 === 1 ? ((k * 37) % 401) / 2 : 0,
        covariates: { x, ...others },
      };
    });
    for (const ties of ["efron", "breslow"] as const) {
      expect(() => fitCox(spells, Object.keys(covariates(0)), { ties })).toThrow(said);
    }
  });
});
