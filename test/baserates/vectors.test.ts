import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { expect, it } from "vitest";
import {
  conditionalChance,
  cumulativeIncidence,
  durationQuantile,
  fitCox,
  fitDurations,
  incidenceAt,
  kaplanMeier,
  logRank,
  type ParametricFit,
  type Spell,
  survivalAt,
} from "../../src/baserates/index.ts";
import { describeWith } from "../support/shared.ts";

/** Results of R 4.2.2's survival 3.5-3. */
type Vectors = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const RELATIVE = 1e-6;
const RELATIVE_SE = 1e-4;

function near(got: number | undefined, expected: number, relative = RELATIVE): void {
  expect(Math.abs((got ?? Number.NaN) - expected) / Math.abs(expected)).toBeLessThan(relative);
}

describeWith("vectors/baserates/r-survival.json", "what R's survival gives for the same spells", (path) => {
  const vectors = JSON.parse(readFileSync(path, "utf8")) as Vectors;
  const folder = join(path, "..", "..", "..", "data");
  const rows = (file: string) =>
    parse(readFileSync(join(folder, file), "utf8"), { columns: true }) as readonly Readonly<Record<string, string>>[];
  const of = (name: string) => vectors[name] as Readonly<Record<string, readonly number[]>>;
  const single = (name: string) => vectors[name] as Readonly<Record<string, number>>;

  const wars: readonly Spell[] = rows("cow_interstate_wars_v4/wars.csv").map((row) => ({
    id: row["war_num"] ?? "",
    duration: Number(row["fighting_days"]) / 30.4375,
    ended: true,
  }));
  const episodes = rows("ucdp_conflict_termination_v3_2021/dyad_episodes.csv").filter(
    (row) => Number(row["duration_days"] || Number.NaN) > 0,
  );
  const fighting: readonly Spell[] = episodes.map((row) => ({
    id: row["dyadep_id"] ?? "",
    duration: Number(row["duration_days"]) / 365.25,
    ended: row["terminated"] === "1",
    ending: row["terminated"] === "1" ? String(Number(row["outcome"])) : undefined,
  }));

  it.each([
    ["cow_interstate", wars],
    ["ucdp_episodes", fighting],
  ] as const)("Kaplan-Meier with Greenwood's errors: %s", (name, spells) => {
    const curve = kaplanMeier(spells);
    expect(curve.spells).toBe(single(name)["n"]);
    for (const [k, time] of (of(name)["times"] ?? []).entries()) {
      const { survival, se } = survivalAt(curve, time);
      near(survival, of(name)["survival"]?.[k] ?? Number.NaN);
      near(se, of(name)["greenwood_se"]?.[k] ?? Number.NaN, RELATIVE_SE);
    }
  });

  it("the median and four families of durations", () => {
    near(durationQuantile(kaplanMeier(wars), 0.5).estimate, single("cow_interstate")["median"] ?? Number.NaN);
    const parameter = (fit: ParametricFit, name: string) => fit.parameters.find((each) => each.name === name)?.estimate;
    for (const family of ["exponential", "weibull", "lognormal", "loglogistic"] as const) {
      const expected = vectors["cow_interstate"]?.[family] as Readonly<Record<string, number>>;
      const fit = fitDurations(wars, family);
      near(fit.logLikelihood, expected["loglik"] ?? Number.NaN);
      for (const [name, value] of Object.entries(expected)) if (name !== "loglik") near(parameter(fit, name), value);
    }
  });

  it("the chance that a war of 33 months ends within one year and two", () => {
    const weibull = fitDurations(wars, "weibull");
    const expected = vectors["cow_interstate"]?.["weibull_conditional_given33"] as Readonly<Record<string, number>>;
    near(conditionalChance(weibull, 33, 12).estimate, expected["within12"] ?? Number.NaN);
    near(conditionalChance(weibull, 33, 24).estimate, expected["within24"] ?? Number.NaN);
  });

  it("Aalen-Johansen by outcome", () => {
    const curve = cumulativeIncidence(fighting);
    for (const [k, time] of (of("ucdp_competing")["times"] ?? []).entries()) {
      const { survival, byEnding } = incidenceAt(curve, time);
      near(survival, of("ucdp_competing")["state_(s0)"]?.[k] ?? Number.NaN);
      for (const code of ["1", "2", "3", "4", "5", "6"]) {
        near(byEnding[code]?.estimate, of("ucdp_competing")[`state_${code}`]?.[k] ?? Number.NaN);
      }
    }
  });

  it("the log-rank test of wars between states against the rest", () => {
    const types = new Map(episodes.map((row) => [row["dyadep_id"], row["type_of_conflict"]]));
    const between = fighting.filter(({ id }) => types.get(id) === "2");
    const rest = fighting.filter(({ id }) => types.get(id) !== "2");
    const test = logRank({ between, rest });
    near(test.chiSquared, single("ucdp_logrank")["chisq"] ?? Number.NaN);
    expect(test.degrees).toBe(1);
    for (const [k, name] of ["between", "rest"].entries()) {
      const group = test.groups.find((each) => each.name === name);
      expect(group?.ended).toBe(of("ucdp_logrank")["observed"]?.[k]);
      near(group?.expected, of("ucdp_logrank")["expected"]?.[k] ?? Number.NaN);
    }
  });

  it("Cox's model of what is fought again, with either way of ties", () => {
    const expected = of("ucdp_recurrence_cox");
    const terms = vectors["ucdp_recurrence_cox"]?.["terms"] as readonly string[];
    const peaces = rows("ucdp_conflict_termination_v3_2021/dyad_episodes.csv").flatMap((row): Spell[] => {
      const code = Number(row["outcome"] || Number.NaN);
      const days = Number(row["duration_days"] || Number.NaN);
      const recurred = row["recurred_same_dyad_by_2020"] === "1";
      const duration = recurred ? Number(row["years_to_recurrence"]) : 2020 - Number(row["ependdate"]?.slice(0, 4));
      if (row["terminated"] !== "1" || !(code >= 1 && code <= 5) || !(days > 0) || !(duration > 0)) return [];
      const dummies = [1, 2, 3, 4].map((k) => [`oc${k}`, code === k ? 1 : 0] as const);
      return [
        {
          id: row["dyadep_id"] ?? "",
          duration,
          ended: recurred,
          covariates: {
            ...Object.fromEntries(dummies),
            logdur: Math.log(days / 365.25),
            terr: row["incompatibility"] === "1" ? 1 : 0,
          },
        },
      ];
    });
    expect(peaces.length).toBe(single("ucdp_recurrence_cox")["n"]);
    const efron = fitCox(peaces, terms);
    expect(efron.endings).toBe(single("ucdp_recurrence_cox")["events"]);
    near(efron.logLikelihood.null, expected["efron_loglik"]?.[0] ?? Number.NaN);
    near(efron.logLikelihood.fitted, expected["efron_loglik"]?.[1] ?? Number.NaN);
    near(efron.concordance, single("ucdp_recurrence_cox")["concordance"] ?? Number.NaN);
    const breslow = fitCox(peaces, terms, { ties: "breslow" });
    for (const [k] of terms.entries()) {
      near(efron.terms[k]?.estimate, expected["efron_coef"]?.[k] ?? Number.NaN);
      near(efron.terms[k]?.se, expected["efron_se"]?.[k] ?? Number.NaN, RELATIVE_SE);
      near(breslow.terms[k]?.estimate, expected["breslow_coef"]?.[k] ?? Number.NaN);
    }
  });
});
