import { FAMILIES } from "../../src/baserates/families.ts";
import {
  bootstrapChance,
  cumulativeIncidence,
  fitCox,
  fitDiscreteTime,
  fitDurations,
  kaplanMeier,
  type PeriodRow,
  type Spell,
  testProportionality,
} from "../../src/baserates/index.ts";
import { createStream, purpose } from "../../src/core/random/index.ts";
import { milliseconds, type Report } from "../measure.ts";

const SPELLS = 10_000;
const PERIODS = 12;
const random = createStream(1, purpose("BNCH"));
const ENDINGS = ["agreement", "ceasefire", "victory"];

const names = (count: number): string[] => Array.from({ length: count }, (_, k) => `x${k}`);
const COVARIATES = names(10);
const TERMS = names(11);

/** Covariates of a row and what they do to its hazard. */
function drawn(terms: readonly string[], index: number): { covariates: Record<string, number>; effect: number } {
  let effect = 0;
  const covariates: Record<string, number> = {};
  for (const [k, name] of terms.entries()) {
    const x = random.uniform(k + 8, 0, index);
    // Every third is a dummy.
    covariates[name] = k % 3 === 2 ? Math.round(x) : 2 * x - 1;
    effect += (covariates[name] ?? 0) * (k % 2 === 0 ? 0.3 : -0.2);
  }
  return { covariates, effect };
}

/** Spells in whole days, so that some end together; a fifth or so is censored. */
const spells = Array.from({ length: SPELLS }, (_, i): Spell => {
  const { covariates, effect } = drawn(COVARIATES, i);
  const lasts = Math.ceil(200 * (-Math.log(random.uniform(0, 0, i)) * Math.exp(-effect)) ** 1.4);
  const watched = Math.ceil(2000 * random.uniform(1, 0, i));
  const ended = lasts <= watched;
  return {
    id: String(i),
    duration: Math.min(lasts, watched),
    ended,
    ending: ended ? ENDINGS[Math.floor(3 * random.uniform(2, 0, i))] : undefined,
    covariates,
  };
});

const rows = Array.from({ length: SPELLS * PERIODS }, (_, i): PeriodRow => {
  const { covariates, effect } = drawn(TERMS, SPELLS + i);
  return {
    unit: String(Math.floor(i / PERIODS)),
    period: (i % PERIODS) + 1,
    ended: random.uniform(0, 1, i) < 1 / (1 + Math.exp(3 - effect)),
    covariates,
    cluster: String(Math.floor(i / (10 * PERIODS))),
  };
});

export default async function (report: Report): Promise<void> {
  const time = (name: string, task: () => unknown, note = "") =>
    report({ name, ms: milliseconds(() => void task()), note });
  const size = `${SPELLS} spells`;
  time(`baserates Kaplan-Meier, ${size}`, () => kaplanMeier(spells));
  time(`baserates Aalen-Johansen, three endings, ${size}`, () => cumulativeIncidence(spells));
  for (const family of FAMILIES) time(`baserates ${family} fit, ${size}`, () => fitDurations(spells, family));
  for (const ties of ["efron", "breslow"] as const) {
    time(`baserates Cox, 10 covariates, ${ties} ties, ${size}`, () => fitCox(spells, COVARIATES, { ties }), "aim: 1 s");
  }
  const fit = fitCox(spells, COVARIATES);
  time("baserates test of proportional hazards of that fit", () => testProportionality(spells, fit));
  for (const link of ["logit", "cloglog"] as const) {
    time(
      `baserates discrete time, ${link}, ${rows.length} rows x ${TERMS.length + 1}`,
      () => fitDiscreteTime(rows, TERMS, { link }),
      "errors by 1000 clusters too",
    );
  }
  const few = spells.slice(0, 100).map((spell) => ({ ...spell, covariates: undefined }));
  const weibull = fitDurations(few, "weibull");
  time("baserates parametric bootstrap, 100 spells, 1000 resamples", () => bootstrapChance(few, weibull, 33, 12));
}
