import {
  compareFamilies,
  conditionalChance,
  cumulativeIncidence,
  incidenceAt,
  kaplanMeier,
  lastingBeyond,
  type Spell,
  survivalAt,
} from "../../baserates/index.ts";
import { keptFor } from "../../core/kept/index.ts";
import type { ReferenceClass } from "./classes.ts";
import type { Member } from "./members.ts";
import type { BaseRatesExhibit } from "./schema.ts";

type Exhibit = NonNullable<BaseRatesExhibit>;
export type Rate = Exhibit["questions"][number]["rates"][number];

/** Intervals are those that the rest of Parley shows. */
export const LEVEL = 0.8;
/** Ages in months at which a table tells the curve. */
export const TABLE_MONTHS = [0, 1, 3, 6, 12, 24, 36, 48, 60, 120] as const;

/**
 * Members as spells. Where a class holds only what lasted some months, its members are watched from then on (left truncation;
 * Kalbfleisch & Prentice 1980): they could not have ended before and be in it.
 *
 * @param entry months from which they are watched
 */
export const spellsOf = (members: readonly Member[], entry: number): readonly Spell[] =>
  members.map(({ id, name, months, ended, ending }) => ({
    id,
    name,
    duration: months,
    ended,
    ending: ending === "" ? undefined : ending,
    ...(entry > 0 ? { entry } : {}),
  }));

/**
 * How likely the event is within some months for a war of an age, by members that lasted longer and by fitted families.
 *
 * The curve is that of the members that lasted longer than the age, watched from there (a landmark; Anderson, Cain & Gelber
 * 1983); where only some endings are the event, their cumulative incidence while the others compete. Families speak of any
 * ending: P(ends within k | lasted t) = 1 - S(t + k) / S(t).
 *
 * @param age and `within` in months
 * @throws ParleyError where nobody lasted so long
 */
export function ratesOf({ members, entry, ends }: ReferenceClass, age: number, within: number): readonly Rate[] {
  const spells = spellsOf(members, entry);
  const left = lastingBeyond(spells, age);
  if (ends !== undefined) {
    const marked = cumulativeIncidence(markedFor(left, ends), { level: LEVEL });
    const at = incidenceAt(marked, age + within).byEnding["event"];
    return at === undefined ? [] : [{ model: "aalen-johansen", p: at.estimate, low: at.low, high: at.high, aic: null }];
  }
  const point = survivalAt(kaplanMeier(left, { level: LEVEL }), age + within);
  const curve: Rate = {
    model: "kaplan-meier",
    p: 1 - point.survival,
    low: 1 - point.high,
    high: 1 - point.low,
    aic: null,
  };
  const fitted = fitsOf(members, entry).fits.map((fit): Rate => {
    const { estimate, low, high } = conditionalChance(fit, age, within, { level: LEVEL });
    return { model: fit.family, p: estimate, low, high, aic: fit.aic };
  });
  return [...fitted, curve];
}

/** Spells with their endings as the event that is asked for, or another that competes with it. */
export const markedFor = (spells: readonly Spell[], ends: readonly string[]): readonly Spell[] =>
  spells.map((spell) =>
    spell.ended ? { ...spell, ending: ends.includes(spell.ending ?? "") ? "event" : "other" } : spell,
  );

/** Members that lasted longer than an age, the longest first. */
export const stillGoing = ({ members }: ReferenceClass, age: number): readonly Member[] =>
  members.filter(({ months }) => months > age).toSorted((a, b) => b.months - a.months);

/** Fits of a class; of the same members, watched from the same age, they are made once. */
export const fitsOf = keptFor((members: readonly Member[], entry: number) => compareFamilies(spellsOf(members, entry)));
