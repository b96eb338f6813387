import type { Day } from "../../src/record/index.ts";
import { type Forecaster, forecastersOf, MODELS, type ModelName } from "./models.ts";
import { daysOf, type Rule, trainingFor, type War } from "./wars.ts";

/** Ages in months at which a forecast is made, and months ahead that it is made for. */
export const AGES = [1, 3, 6, 12, 24, 36] as const;
export const HORIZONS = [3, 6, 12, 24] as const;
/** Endings that a forecast under `past` must have to learn from. */
export const FEWEST_PAST = 10;

/** What is asked of each member of a class. */
export interface Ask {
  /** Whether an ending is the event; the others compete with it. */
  readonly isEvent: (ending: string) => boolean;
  /** In months. */
  readonly ages: readonly number[];
  readonly horizons: readonly number[];
  /** Covariates for proportional hazards. */
  readonly covariates: readonly string[];
}

/** A question of the past: what each model said, and how it came out. */
export interface Settled {
  readonly question: string;
  readonly cluster: string;
  readonly on: Day;
  /** In months. */
  readonly age: number;
  readonly within: number;
  readonly came: 0 | 1;
  readonly said: Readonly<Record<ModelName, number>>;
}

/**
 * Whether the event came within so many days after an age; undefined where the list stops looking before the last of them.
 *
 * So it is, then, also where it came before the list stopped: were those asked, the others not, too many would have ended.
 */
export function outcomeOf(war: War, lasted: number, within: number, isEvent: Ask["isEvent"]): 0 | 1 | undefined {
  if (lasted + within > (war.watched ?? Number.POSITIVE_INFINITY)) return undefined;
  if (war.days > lasted + within) return 0;
  if (!war.ended) return war.days === lasted + within ? 0 : undefined;
  return isEvent(war.ending) ? 1 : 0;
}

/**
 * Rolling origins: for each member and each age that it reached, all models fitted without its cluster, asked for all horizons.
 *
 * Under `past` an age is passed over where fewer than {@link FEWEST_PAST} other members had ended by then.
 *
 * @param each called after each member with the share that is done
 */
export function rollingOrigins(
  wars: readonly War[],
  { isEvent, ages, horizons, covariates }: Ask,
  rule: Rule,
  each: (share: number) => void = () => {},
): Settled[] {
  const ageDays = ages.map(daysOf);
  const fittedTo = new Map<string, Readonly<Record<ModelName, Forecaster>>>();
  const settled: Settled[] = [];
  for (const [i, war] of wars.entries()) {
    for (const age of ages) {
      const lasted = daysOf(age);
      if (war.days <= lasted) continue;
      const asked = horizons.flatMap((within) => {
        const came = outcomeOf(war, lasted, daysOf(within), isEvent);
        return came === undefined ? [] : [{ within, came }];
      });
      if (asked.length === 0) continue;
      const on = war.begun + lasted;
      const key = rule === "others" ? war.cluster : `${war.cluster} ${on}`;
      let fitted = fittedTo.get(key);
      if (fitted === undefined) {
        const spells = trainingFor(wars, war, on, rule, isEvent);
        if (spells.filter(({ ended }) => ended).length < FEWEST_PAST) continue;
        fitted = forecastersOf(spells, covariates, ageDays);
        if (rule === "others") fittedTo.set(key, fitted);
      }
      const known = war.known(on);
      for (const { within, came } of asked) {
        const said = Object.fromEntries(
          MODELS.map((name) => [name, clean(fitted[name](lasted, daysOf(within), known))]),
        ) as Record<ModelName, number>;
        const question = `${war.id} at ${age} within ${within}`;
        settled.push({ question, cluster: war.cluster, on, age, within, came, said });
      }
    }
    each((i + 1) / wars.length);
  }
  return settled;
}

/** Sums of many small chances miss 0 and 1 by rounding. */
function clean(p: number): number {
  if (!(p >= -1e-9 && p <= 1 + 1e-9)) throw new RangeError(`a model said ${p}`);
  return Math.min(1, Math.max(0, p));
}
