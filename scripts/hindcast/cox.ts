import { fitCox, type Spell } from "../../src/baserates/index.ts";
import { exp } from "../../src/core/math/index.ts";
import { ParleyError } from "../../src/core/problems/index.ts";

/** Endings per covariate below which proportional hazards are not fitted (Peduzzi et al. 1995: about ten). */
const ENDINGS_PER_COVARIATE = 10;

/** Proportional hazards with their baseline: jumps of the cumulative hazard at the days of endings. */
export interface Proportional {
  readonly days: readonly number[];
  readonly jumps: readonly number[];
  /** The hazard of one with these covariates, as a multiple of the baseline. */
  readonly ratio: (covariates: Readonly<Record<string, number>>) => number;
}

/**
 * Cox's proportional hazards with Breslow's (1974) baseline; undefined where there are too few endings for the covariates, or
 * the data do not settle them.
 */
export function fitProportional(spells: readonly Spell[], covariates: readonly string[]): Proportional | undefined {
  const endings = spells.filter(({ ended }) => ended).length;
  if (covariates.length === 0 || endings < ENDINGS_PER_COVARIATE * covariates.length) return undefined;
  const means = covariates.map(
    (name) => spells.reduce((sum, { covariates: own }) => sum + (own?.[name] ?? 0), 0) / spells.length,
  );
  let estimates: readonly number[];
  try {
    estimates = fitCox(spells, covariates).terms.map(({ estimate }) => estimate);
  } catch (error) {
    if (error instanceof ParleyError) return undefined;
    throw error;
  }
  const ratio = (own: Readonly<Record<string, number>>): number =>
    exp(covariates.reduce((sum, name, k) => sum + (estimates[k] ?? 0) * ((own[name] ?? 0) - (means[k] ?? 0)), 0));
  return { ...breslow(spells, ratio), ratio };
}

function breslow(spells: readonly Spell[], ratio: Proportional["ratio"]): { days: number[]; jumps: number[] } {
  const falling = spells.toSorted((a, b) => b.duration - a.duration);
  const days: number[] = [];
  const jumps: number[] = [];
  let risk = 0;
  for (let i = 0; i < falling.length; ) {
    const day = falling[i]?.duration ?? 0;
    let ended = 0;
    for (; falling[i]?.duration === day; i++) {
      risk += ratio(falling[i]?.covariates ?? {});
      ended += falling[i]?.ended === true ? 1 : 0;
    }
    if (ended === 0) continue;
    days.push(day);
    jumps.push(ended / risk);
  }
  return { days: days.reverse(), jumps: jumps.reverse() };
}

/** Chance of the event within so many days after an age, while other endings compete, by both proportional hazards. */
export function proportionalChance(
  event: Proportional,
  other: Proportional | undefined,
  lasted: number,
  within: number,
  covariates: Readonly<Record<string, number>>,
): number {
  const jumps = [
    ...jumpsBetween(event, lasted, within, covariates, true),
    ...(other === undefined ? [] : jumpsBetween(other, lasted, within, covariates, false)),
  ].toSorted((a, b) => a.day - b.day);
  let survival = 1;
  let chance = 0;
  for (const { jump, own } of jumps) {
    const ends = survival * (1 - exp(-jump));
    if (own) chance += ends;
    survival -= ends;
  }
  return chance;
}

function jumpsBetween(
  { days, jumps, ratio }: Proportional,
  lasted: number,
  within: number,
  covariates: Readonly<Record<string, number>>,
  own: boolean,
) {
  const factor = ratio(covariates);
  return days.flatMap((day, k) =>
    day > lasted && day <= lasted + within ? [{ day, jump: (jumps[k] ?? 0) * factor, own }] : [],
  );
}
