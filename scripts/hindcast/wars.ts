import type { Spell } from "../../src/baserates/index.ts";
import type { Day } from "../../src/record/index.ts";

/** Mean length of a month in days, as in the lists of wars. */
const DAYS_PER_MONTH = 30.4375;

/** Months as a whole number of days: what ages and horizons are counted in. */
export const daysOf = (months: number): number => Math.round(months * DAYS_PER_MONTH);

/** Something that lasts from a calendar day on: a war, an episode of fighting, or a peace. */
export interface War {
  readonly id: string;
  readonly name: string;
  /** What is left out together, and drawn together by the bootstrap: a war that a list splits, a conflict. */
  readonly cluster: string;
  readonly begun: Day;
  /** Days that it lasted, or was seen to last. */
  readonly days: number;
  readonly ended: boolean;
  /** Days from its beginning to where the list stops looking; without end unless given. */
  readonly watched?: number;
  /** How it ended; empty where it had not. */
  readonly ending: string;
  /** What is known of it on a day: never anything that came later. */
  readonly known: (on: Day) => Readonly<Record<string, number>>;
}

/**
 * What a forecaster may learn from: `others`, all other wars as the list has them today; `past`, of those only what was
 * known on the day of the forecast.
 */
export type Rule = "others" | "past";

/** A spell to learn from, and for how long it could have been seen at all. */
export interface Lesson extends Spell {
  readonly watched?: number;
}

/** A spell that ended in the way that is asked for, and one that ended in another way. */
export const EVENT = "event";
export const OTHER = "other";

/**
 * The spells that a forecast for a war on a day is fitted to; durations in days, endings as {@link EVENT} and {@link OTHER}.
 *
 * Nothing of the war's own cluster is among them. Under `past` there is only what had begun before that day; what had ended
 * by then counts as ended, and what was still going on is censored on that day.
 */
export function trainingFor(
  wars: readonly War[],
  { cluster }: War,
  on: Day,
  rule: Rule,
  isEvent: (ending: string) => boolean,
): Lesson[] {
  return wars.flatMap((other): Lesson[] => {
    if (other.cluster === cluster) return [];
    if (rule === "past" && other.begun >= on) return [];
    const over = other.begun + other.days;
    const seen = rule === "others" || over <= on;
    const ended = other.ended && seen;
    return [
      {
        id: other.id,
        duration: seen ? other.days : on - other.begun,
        ended,
        ...(ended ? { ending: isEvent(other.ending) ? EVENT : OTHER } : {}),
        cluster: other.cluster,
        watched: Math.min(
          other.watched ?? Number.POSITIVE_INFINITY,
          rule === "past" ? on - other.begun : Number.POSITIVE_INFINITY,
        ),
        covariates: other.known(rule === "past" ? on : Number.POSITIVE_INFINITY),
      },
    ];
  });
}
