import { compareFamilies, type ParametricFit, type Spell, survivalOf } from "../../src/baserates/index.ts";
import { exp, log } from "../../src/core/math/index.ts";
import { EVENT } from "./wars.ts";

/** Cumulative hazard of an ending by an age in days. */
export type Hazard = (age: number) => number;

/** Endings below which a cause has a constant hazard and nothing more. */
export const FEWEST_ENDINGS = 5;
/** Steps in which the chance of one of two competing endings is added up. */
const STEPS = 32;

/** The spells with endings of the other kind taken as censorings: what the hazard of this kind is fitted to. */
export const ofCause = (spells: readonly Spell[], event: boolean): Spell[] =>
  spells.map((spell) => (spell.ended && (spell.ending === EVENT) === event ? spell : { ...spell, ended: false }));

/** Hazards of a kind of ending by the families that could be fitted, best criterion first, and the constant one. */
export interface CauseFits {
  readonly endings: number;
  readonly constant: Hazard;
  /** Empty where there are too few endings. */
  readonly families: readonly {
    readonly family: ParametricFit["family"];
    readonly hazard: Hazard;
    readonly aic: number;
  }[];
}

/**
 * Fits the hazard of a kind of ending. Where none was seen the constant hazard is that of half an ending, so that what has
 * not happened yet is no certainty.
 */
export function fitCause(spells: readonly Spell[]): CauseFits {
  let endings = 0;
  let exposure = 0;
  for (const { ended, duration, entry = 0 } of spells) {
    endings += ended ? 1 : 0;
    exposure += duration - entry;
  }
  const rate = exposure > 0 ? Math.max(endings, 0.5) / exposure : 0;
  const constant: Hazard = (age) => rate * age;
  if (endings < FEWEST_ENDINGS) return { endings, constant, families: [] };
  const families = compareFamilies(spells).fits.map((fit) => ({
    family: fit.family,
    hazard: hazardOf(fit),
    aic: fit.aic,
  }));
  return { endings, constant, families };
}

const hazardOf =
  (fit: ParametricFit): Hazard =>
  (age) =>
    -log(Math.max(Number.MIN_VALUE, survivalOf(fit, age)));

/** The hazard by a family; constant where that family could not be fitted. */
export const byFamily = ({ families, constant }: CauseFits, family: ParametricFit["family"]): Hazard =>
  families.find((each) => each.family === family)?.hazard ?? constant;

/** The hazard by the family with the smallest criterion. */
export const byBest = ({ families, constant }: CauseFits): Hazard => families[0]?.hazard ?? constant;

/** Akaike's weights of the families: exp(-(AIC - least AIC) / 2), made to add up to 1 (Burnham & Anderson 2002). */
export function akaikeWeights({ families, constant }: CauseFits): readonly { weight: number; hazard: Hazard }[] {
  const least = families[0]?.aic;
  if (least === undefined) return [{ weight: 1, hazard: constant }];
  const raw = families.map(({ aic, hazard }) => ({ weight: exp((least - aic) / 2), hazard }));
  const sum = raw.reduce((total, { weight }) => total + weight, 0);
  return raw.map(({ weight, hazard }) => ({ weight: weight / sum, hazard }));
}

/**
 * Chance that what has lasted so long ends in the way asked for within so many days, while the other ways compete:
 * the integral of its hazard times the chance of still going on.
 *
 * Added up over short steps, in each of which the two hazards keep their ratio: exact where there is no other way, and
 * where both are constant.
 */
export function chanceOf(event: Hazard, other: Hazard | undefined, lasted: number, within: number): number {
  if (other === undefined) return 1 - exp(event(lasted) - event(lasted + within));
  let survival = 1;
  let chance = 0;
  let [e, o] = [event(lasted), other(lasted)];
  for (let step = 1; step <= STEPS; step++) {
    const age = lasted + (within * step) / STEPS;
    const [nextE, nextO] = [event(age), other(age)];
    const [de, dO] = [nextE - e, nextO - o];
    const both = de + dO;
    const ends = survival * (1 - exp(-both));
    if (both > 0) chance += (ends * de) / both;
    survival -= ends;
    [e, o] = [nextE, nextO];
  }
  return chance;
}
