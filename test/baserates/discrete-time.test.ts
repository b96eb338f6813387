import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  baselineTerms,
  type DiscreteTimeFit,
  discreteChance,
  fitDiscreteTime,
  kaplanMeier,
  type Link,
  type PeriodRow,
  periodsAhead,
  periodsOf,
  type Spell,
  survivalAt,
} from "../../src/baserates/index.ts";
import { ParleyError } from "../../src/core/problems/index.ts";
import { createStream, purpose } from "../../src/core/random/index.ts";
import { describeWith } from "../support/shared.ts";

const RELATIVE = 1e-6;
const RELATIVE_SE = 1e-4;

function near(got: number | undefined, expected: number, relative = RELATIVE): void {
  expect(Math.abs((got ?? Number.NaN) - expected) / Math.abs(expected)).toBeLessThan(relative);
}

function codeOf(run: () => unknown): string | undefined {
  try {
    run();
  } catch (error) {
    if (error instanceof ParleyError) return error.problems[0]?.code;
    throw error;
  }
  return undefined;
}

const LINKS = ["logit", "cloglog"] as const;
const chanceOf = (link: Link, eta: number) =>
  link === "logit" ? 1 / (1 + Math.exp(-eta)) : 1 - Math.exp(-Math.exp(eta));

/** Rows of wars drawn from a hazard that rises with x, in clusters of three wars. */
function drawn(link: Link, count: number, seed: number): PeriodRow[] {
  const random = createStream(seed, purpose("TEST"));
  return Array.from({ length: count }, (_, i) => {
    const x = 2 * random.uniform(0, 0, i) - 1;
    const y = random.uniform(1, 0, i) < 0.4 ? 1 : 0;
    const ended = random.uniform(2, 0, i) < chanceOf(link, -1 + 0.8 * x - 0.5 * y);
    return { unit: `w${i}`, period: 1, ended, covariates: { x, y }, cluster: `c${Math.floor(i / 3)}` };
  });
}

const xOf = (covariates: PeriodRow["covariates"]): number => covariates["x"] ?? Number.NaN;

/** The log-likelihood from its definition. */
function naive(rows: readonly PeriodRow[], link: Link, [a = 0, b = 0, c = 0]: readonly number[]): number {
  return rows.reduce((sum, { ended, covariates }) => {
    const p = chanceOf(link, a + b * xOf(covariates) + c * (covariates["y"] ?? 0));
    return sum + Math.log(ended ? p : 1 - p);
  }, 0);
}

describeWith("vectors/baserates/r-survival.json", "a published logit of renewed war (Walter 2015)", (path) => {
  const expected = (JSON.parse(readFileSync(path, "utf8")) as Readonly<Record<string, never>>)[
    "walter_logit"
  ] as unknown as {
    n: number;
    terms: readonly string[];
    coef: readonly number[];
    se: readonly number[];
    loglik: number;
  };
  const file = join(path, "../../../data/walter_2015_renewed_war/walter_2015_jcr.csv");
  const rows = parse(readFileSync(file, "utf8"), { columns: true }) as readonly Readonly<Record<string, string>>[];
  const terms = expected.terms.slice(1);
  const periods = rows.map(
    (row): PeriodRow => ({
      unit: row["id"] ?? "",
      period: Number(row["year"]),
      ended: row["renewed_war"] === "1",
      covariates: Object.fromEntries(terms.map((term) => [term, Number(row[term])])),
      cluster: row["ccode"],
    }),
  );

  it("has the estimates, errors and likelihood that R's glm gives", () => {
    const fit = fitDiscreteTime(periods, terms, { errors: "model" });
    expect(fit.rows).toBe(expected.n);
    near(fit.logLikelihood.fitted, expected.loglik);
    near(fit.aic, 2 * expected.terms.length - 2 * expected.loglik);
    for (const [k, term] of fit.terms.entries()) {
      near(term.estimate, expected.coef[k] ?? Number.NaN);
      near(term.se, expected.se[k] ?? Number.NaN, RELATIVE_SE);
    }
  });

  it("has errors by country from the sandwich worked out row by row", () => {
    const fit = fitDiscreteTime(periods, terms);
    const bread = fitDiscreteTime(periods, terms, { errors: "model" }).covariance;
    const n = fit.terms.length;
    const sums = new Map<string, number[]>();
    for (const { ended, covariates, cluster = "" } of periods) {
      const x = [1, ...terms.map((term) => covariates[term] ?? Number.NaN)];
      const eta = x.reduce((sum, value, k) => sum + value * (fit.terms[k]?.estimate ?? Number.NaN), 0);
      const off = (ended ? 1 : 0) - chanceOf("logit", eta);
      const sum = sums.get(cluster) ?? x.map(() => 0);
      sums.set(
        cluster,
        sum.map((value, k) => value + off * (x[k] ?? 0)),
      );
    }
    expect(fit.clusters).toBe(sums.size);
    const factor = sums.size / (sums.size - 1);
    for (let k = 0; k < n; k++) {
      const variance = [...sums.values()].reduce((total, sum) => {
        const moved = sum.reduce((all, value, a) => all + (bread[k * n + a] ?? Number.NaN) * value, 0);
        return total + factor * moved * moved;
      }, 0);
      near(fit.terms[k]?.clusterSe, Math.sqrt(variance), 1e-5);
      expect(fit.terms[k]?.se).toBe(fit.terms[k]?.clusterSe);
    }
  });
});

describe("the discrete-time hazard", () => {
  it.each(LINKS)("has its closed form without covariates: %s", (link) => {
    const rows = drawn(link, 200, 3);
    const p = rows.filter(({ ended }) => ended).length / rows.length;
    const { terms } = fitDiscreteTime(rows, [], { link, errors: "model" });
    near(terms[0]?.estimate, link === "logit" ? Math.log(p / (1 - p)) : Math.log(-Math.log(1 - p)));
    const slope = link === "logit" ? p * (1 - p) : -(1 - p) * Math.log(1 - p);
    near(terms[0]?.se, Math.sqrt((p * (1 - p)) / rows.length) / slope);
  });

  it.each(LINKS)("is at the top of the likelihood as defined, with errors from its bend: %s", (link) => {
    for (const seed of [1, 2, 3]) {
      const rows = drawn(link, 240, seed);
      const fit = fitDiscreteTime(rows, ["x", "y"], { link, errors: "model" });
      const at = fit.terms.map(({ estimate }) => estimate);
      near(fit.logLikelihood.fitted, naive(rows, link, at), 1e-10);
      const step = 1e-4;
      const moved = (a: number, da: number, b: number, db: number) =>
        naive(
          rows,
          link,
          at.map((value, k) => value + (k === a ? da : 0) + (k === b ? db : 0)),
        );
      const bend = [0, 1, 2].map((a) =>
        [0, 1, 2].map(
          (b) =>
            (moved(a, step, b, step) -
              moved(a, step, b, -step) -
              moved(a, -step, b, step) +
              moved(a, -step, b, -step)) /
            (4 * step * step),
        ),
      );
      // The inverse of the negative bend is the covariance: their product is the identity.
      for (let a = 0; a < 3; a++) {
        expect(Math.abs(moved(a, step, a, 0) - moved(a, -step, a, 0)) / (2 * step)).toBeLessThan(1e-4);
        for (let b = 0; b < 3; b++) {
          const product = [0, 1, 2].reduce(
            (sum, k) => sum - (bend[a]?.[k] ?? Number.NaN) * (fit.covariance[k * 3 + b] ?? Number.NaN),
            0,
          );
          expect(Math.abs(product - (a === b ? 1 : 0))).toBeLessThan(1e-4);
        }
      }
    }
  });

  it.each(LINKS)("with a level for each period is the survival curve: %s", (link) => {
    const lasting = fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.boolean()), { minLength: 5, maxLength: 60 });
    let compared = 0;
    fc.assert(
      fc.property(lasting, (drawnSpells) => {
        const spells = drawnSpells.map(([duration, ended], k): Spell => ({ id: String(k), duration, ended }));
        const baseline = [2, 3, 4, 5];
        const rows = periodsOf(spells, { baseline });
        let fit: DiscreteTimeFit;
        try {
          fit = fitDiscreteTime(rows, baselineTerms(baseline), { link });
        } catch (error) {
          if (error instanceof ParleyError) return;
          throw error;
        }
        compared += 1;
        const curve = kaplanMeier(spells);
        for (const within of [1, 2, 3, 4]) {
          const { estimate, low, high } = discreteChance(fit, periodsAhead(baseline, 0, within));
          expect(estimate).toBeCloseTo(1 - survivalAt(curve, within).survival, 7);
          expect(low < estimate && estimate < high).toBe(true);
          const from = survivalAt(curve, 1).survival;
          expect(discreteChance(fit, periodsAhead(baseline, 1, within)).estimate).toBeCloseTo(
            1 - survivalAt(curve, 1 + within).survival / from,
            7,
          );
        }
      }),
      { numRuns: 150 },
    );
    expect(compared).toBeGreaterThan(10);
  });

  it("does not depend on units, nor its errors by cluster on rows that are there twice", () => {
    const rows = drawn("logit", 300, 9);
    const fit = fitDiscreteTime(rows, ["x", "y"], { correction: "none" });
    const tiny = rows.map((row) => ({ ...row, covariates: { ...row.covariates, x: 1e-7 * xOf(row.covariates) + 3 } }));
    const scaled = fitDiscreteTime(tiny, ["x", "y"], { correction: "none" });
    near((scaled.terms[1]?.estimate ?? 0) * 1e-7, fit.terms[1]?.estimate ?? 0, 1e-5);
    near(scaled.terms[2]?.se, fit.terms[2]?.se ?? 0, 1e-5);
    const twice = fitDiscreteTime([...rows, ...rows], ["x", "y"], { correction: "none" });
    for (const [k, term] of twice.terms.entries()) {
      near(term.estimate, fit.terms[k]?.estimate ?? 0);
      near(term.clusterSe, fit.terms[k]?.clusterSe ?? 0);
      near(term.modelSe * Math.SQRT2, fit.terms[k]?.modelSe ?? 0);
    }
    const stata = fitDiscreteTime(rows, ["x", "y"]);
    near(stata.terms[1]?.se, (fit.terms[1]?.se ?? 0) * Math.sqrt(100 / 99), 1e-9);
    const wider = fitDiscreteTime(rows, ["x", "y"], { correction: "rows" });
    near(wider.correction?.factor, (100 / 99) * (299 / 297), 1e-12);
  });

  it("finds what ten thousand rows were drawn from", () => {
    for (const link of LINKS) {
      const { terms } = fitDiscreteTime(drawn(link, 10_000, 5), ["x", "y"], { link });
      for (const [k, value] of [-1, 0.8, -0.5].entries()) {
        expect(Math.abs((terms[k]?.estimate ?? 0) - value)).toBeLessThan(4 * (terms[k]?.se ?? 0));
      }
    }
  });
});

describe("periods", () => {
  it("are whole ones under observation, from the entry to the end", () => {
    const of = (spell: Omit<Spell, "id">) =>
      periodsOf([{ id: "a", ...spell }]).map(({ period, ended }) => [period, ended]);
    expect(of({ duration: 2.5, ended: true })).toEqual([
      [1, false],
      [2, false],
      [3, true],
    ]);
    expect(of({ duration: 2.5, ended: false })).toEqual([
      [1, false],
      [2, false],
    ]);
    expect(of({ duration: 3, entry: 1.5, ended: true })).toEqual([[3, true]]);
    expect(of({ duration: 0, ended: true })).toEqual([[1, true]]);
    expect(of({ duration: 0.5, ended: false })).toEqual([]);
  });

  it("do not split on rounding", () => {
    const last = (duration: number, length: number, ended: boolean) =>
      periodsOf([{ id: "a", duration, ended }], { length }).at(-1)?.period;
    expect(0.7 / 0.1).toBeLessThan(7);
    expect(last(0.7, 0.1, false)).toBe(7);
    expect(2.1 / 0.7).toBeGreaterThan(3);
    expect(last(2.1, 0.7, true)).toBe(3);
  });

  it("carry the baseline and covariates that change", () => {
    const spell: Spell = { id: "a", duration: 4, ended: true, covariates: { x: 5 }, cluster: "war" };
    const rows = periodsOf([spell], { baseline: [3], changing: (_, period) => ({ aid: period * 10 }) });
    expect(rows.map(({ covariates }) => covariates)).toEqual([
      { "from period 3": 0, x: 5, aid: 10 },
      { "from period 3": 0, x: 5, aid: 20 },
      { "from period 3": 1, x: 5, aid: 30 },
      { "from period 3": 1, x: 5, aid: 40 },
    ]);
    expect(rows.every(({ cluster }) => cluster === "war")).toBe(true);
    expect(periodsOf([spell], { length: 2 }).map(({ covariates }) => covariates["log(period)"])).toEqual([
      0,
      Math.log(2),
    ]);
  });
});

describe("rows from which nothing can be fitted", () => {
  const row = (ended: boolean, covariates: PeriodRow["covariates"], cluster?: string): PeriodRow => ({
    unit: "u",
    period: 1,
    ended,
    covariates,
    cluster,
  });
  const mixed = [0, 1, 2, 3, 4, 5, 6, 7].map((k) =>
    row(k % 3 === 0, { x: (k * 5) % 7, one: 1, dummy: k === 1 ? 1 : 0 }),
  );

  it.each([
    ["class-empty", () => fitDiscreteTime([], [])],
    ["endings-none", () => fitDiscreteTime([row(false, {})], [])],
    ["fit-infinite", () => fitDiscreteTime([row(true, {})], [])],
    ["covariate-missing", () => fitDiscreteTime(mixed, ["y"])],
    ["covariate-collinear", () => fitDiscreteTime(mixed, ["one"])],
    ["covariate-separates", () => fitDiscreteTime(mixed, ["x", "dummy"])],
    ["cluster-missing", () => fitDiscreteTime(mixed, ["x"], { errors: "clusters" })],
    [
      "clusters-few",
      () =>
        fitDiscreteTime(
          mixed.map((each) => ({ ...each, cluster: "a" })),
          ["x"],
        ),
    ],
    ["invalid-parameter", () => periodsAhead("constant", 0, 0)],
    ["invalid-parameter", () => periodsOf([{ id: "a", duration: 3, ended: true }], { baseline: [3, 2] })],
    ["invalid-parameter", () => discreteChance(fitDiscreteTime(mixed, ["x"]), [])],
    ["covariate-missing", () => discreteChance(fitDiscreteTime(mixed, ["x"]), [{}])],
  ] as const)("are refused: %s", (code, run) => {
    expect(codeOf(run)).toBe(code);
  });

  it("are refused with the term that follows from others, or that parts them", () => {
    const message = (run: () => unknown): string => {
      try {
        run();
      } catch (error) {
        return String(error);
      }
      return "";
    };
    const doubled = mixed.map((each) => row(each.ended, { ...each.covariates, twice: 2 * xOf(each.covariates) + 1 }));
    expect(message(() => fitDiscreteTime(doubled, ["x", "twice"]))).toContain("twice");
    expect(message(() => fitDiscreteTime(mixed, ["x", "dummy"]))).toContain("dummy");
    // Neither x nor y parts the rows alone; their sum does, whatever z is.
    const parted = Array.from({ length: 40 }, (_, k) => {
      const [x, y] = [(k * 7) % 11, (k * 3) % 13];
      return row(x + y > 11.5, { x, y, z: (k * 5) % 3 });
    });
    for (const link of LINKS) {
      expect(codeOf(() => fitDiscreteTime(parted, ["x", "y", "z"], { link }))).toBe("covariate-separates");
      expect(message(() => fitDiscreteTime(parted, ["x", "y", "z"], { link }))).toMatch(/x with y/);
      // So they do where some of either kind stand on the border between them.
      const border = [true, false, true, false].map((ended, k) => row(ended, { x: 4 + k, y: 7.5 - k, z: k % 2 }));
      expect(codeOf(() => fitDiscreteTime([...parted, ...border], ["x", "y", "z"], { link }))).toBe(
        "covariate-separates",
      );
    }
  });
});
