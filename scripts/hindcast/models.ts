import { cumulativeIncidence, incidenceAt, type Spell } from "../../src/baserates/index.ts";
import { fitProportional, proportionalChance } from "./cox.ts";
import { akaikeWeights, byBest, byFamily, type CauseFits, chanceOf, fitCause, type Hazard, ofCause } from "./fits.ts";
import { EVENT, type Lesson } from "./wars.ts";

/** What a forecaster says: the chance of the event within so many days, for a spell that has lasted so many. */
export type Forecaster = (lasted: number, within: number, covariates: Readonly<Record<string, number>>) => number;

/** Forecasters that the others have to beat, and ours, in the order of the tables. */
export const BASELINES = ["constant", "weibull", "persistence", "flat"] as const;
export const OURS = [
  "lognormal",
  "loglogistic",
  "best",
  "akaike",
  "curve",
  "shrunk",
  "tail",
  "kin",
  "cox",
  "mean",
] as const;
export type Baseline = (typeof BASELINES)[number];
export type Ours = (typeof OURS)[number];
export type ModelName = Baseline | Ours;
export const MODELS: readonly ModelName[] = [...BASELINES, ...OURS];

/** What each is called, and what it says. */
export const ABOUT: Readonly<Record<ModelName, readonly [label: string, about: string]>> = {
  constant: ["constant hazard", "exponential durations: the chance does not depend on how long it has lasted"],
  weibull: ["Weibull", "Weibull durations by maximum likelihood"],
  persistence: ["persistence", "it stays as it is: chance 0, in the log score the 0.005 to which all are clipped"],
  flat: [
    "flat share",
    "the share of the event among all pairs of a member and an age that it reached, whatever the age: (events + 1/2) / (pairs + 1)",
  ],
  lognormal: ["log-normal", "log-normal durations"],
  loglogistic: ["log-logistic", "log-logistic durations"],
  best: ["best by AIC", "of the four families the one with the smallest criterion: what Parley's base rates lead with"],
  akaike: ["Akaike's mix", "the four families, weighed by exp(-AIC / 2)"],
  curve: [
    "curve",
    "Kaplan-Meier (Aalen-Johansen where endings compete) of the members that lasted longer; `best by AIC` where there is none, and beyond the last of them",
  ],
  shrunk: ["shrunken curve", "the curve drawn towards `best by AIC`, which counts as 10 members"],
  tail: [
    "tail",
    "the best by AIC of families fitted only to the members that lasted longer, from there on; `best by AIC` where fewer than 10 of them ended so",
  ],
  kin: [
    "curve of its kind",
    "the curve of the members of the same kind, drawn towards `shrunken curve`, which counts as 10 members",
  ],
  cox: [
    "Cox",
    "proportional hazards with what is known at the beginning, and Breslow's baseline; `shrunken curve` with fewer than 10 endings per covariate",
  ],
  mean: ["mean of four", "the mean of `Akaike's mix`, `shrunken curve`, `tail` and `Cox`"],
};

/** How many members that counts as which a curve is drawn towards; set beforehand, not tuned. */
const WEIGHT_OF_OTHERS = 10;
/** The covariate that parts members by kind. */
export const KIND = "kind";
/** Endings beyond an age below which no family is fitted to what lasted longer. */
const FEWEST_IN_TAIL = 10;

const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

const keyed = <T>(make: (key: number) => T): ((key: number) => T) => {
  const made = new Map<number, T>();
  return (key) => {
    const there = made.get(key);
    if (there !== undefined) return there;
    const value = make(key);
    made.set(key, value);
    return value;
  };
};

/**
 * All forecasters, fitted to the same spells. They know nothing else: not the spell that is asked about, but for its age and
 * its covariates. Fits are made when first asked for.
 *
 * @param ages in days, those at which forecasts are made: the flat share counts over them
 */
export function forecastersOf(
  spells: readonly Lesson[],
  covariates: readonly string[],
  ages: readonly number[],
): Readonly<Record<ModelName, Forecaster>> {
  const competes = spells.some(({ ended, ending }) => ended && ending !== EVENT);
  const eventFits = once(() => fitCause(ofCause(spells, true)));
  const otherFits = once(() => (competes ? fitCause(ofCause(spells, false)) : undefined));
  const by =
    (pick: (fits: CauseFits) => Hazard): Forecaster =>
    (lasted, within) => {
      const other = otherFits();
      return chanceOf(pick(eventFits()), other === undefined ? undefined : pick(other), lasted, within);
    };
  const family = (name: "weibull" | "lognormal" | "loglogistic") => by((fits) => byFamily(fits, name));
  const best = by(byBest);
  const akaike: Forecaster = (lasted, within) => {
    const other = otherFits();
    const against = other === undefined ? undefined : byBest(other);
    return akaikeWeights(eventFits()).reduce(
      (sum, { weight, hazard }) => sum + weight * chanceOf(hazard, against, lasted, within),
      0,
    );
  };
  const left = keyed((lasted) => lastedBeyond(spells, lasted));
  const curveOf = (members: (lasted: number) => readonly Spell[]): Forecaster => {
    const drawnAt = keyed((lasted) =>
      members(lasted).length === 0 ? undefined : cumulativeIncidence(members(lasted)),
    );
    return (lasted, within, known) => {
      const drawn = drawnAt(lasted);
      if (drawn === undefined) return best(lasted, within, known);
      const { survival, byEnding, beyond } = incidenceAt(drawn, lasted + within);
      const chance = byEnding[EVENT]?.estimate ?? 0;
      const last = drawn.steps.at(-1)?.time ?? lasted;
      return beyond ? chance + survival * best(last, lasted + within - last, known) : chance;
    };
  };
  const curve = curveOf(left);
  const shrunk: Forecaster = (...asked) => drawnTowards(curve(...asked), left(asked[0]).length, best(...asked));
  const kinOf = keyed((kind) => {
    const members = keyed((lasted) => left(lasted).filter((spell) => spell.covariates?.[KIND] === kind));
    return { members, curve: curveOf(members) };
  });
  const kin: Forecaster = (...asked) => {
    const { members, curve: own } = kinOf(asked[2][KIND] ?? 0);
    return drawnTowards(own(...asked), members(asked[0]).length, shrunk(...asked));
  };
  const tailFits = keyed((lasted) => {
    const event = fitCause(ofCause(left(lasted), true));
    if (event.endings < FEWEST_IN_TAIL) return undefined;
    return { event, other: competes ? fitCause(ofCause(left(lasted), false)) : undefined };
  });
  const tail: Forecaster = (lasted, within, known) => {
    const fits = tailFits(lasted);
    if (fits === undefined) return best(lasted, within, known);
    return chanceOf(byBest(fits.event), fits.other === undefined ? undefined : byBest(fits.other), lasted, within);
  };
  const proportional = once(() => {
    const event = fitProportional(ofCause(spells, true), covariates);
    const other = competes ? fitProportional(ofCause(spells, false), covariates) : undefined;
    return event === undefined || (competes && other === undefined) ? undefined : { event, other };
  });
  const cox: Forecaster = (lasted, within, known) => {
    const fits = proportional();
    if (fits === undefined || left(lasted).length === 0) return shrunk(lasted, within, known);
    return proportionalChance(fits.event, fits.other, lasted, within, known);
  };
  const flatAt = keyed((within) => flatShare(spells, ages, within));
  return {
    constant: by(({ constant }) => constant),
    weibull: family("weibull"),
    persistence: () => 0,
    flat: (_, within) => flatAt(within),
    lognormal: family("lognormal"),
    loglogistic: family("loglogistic"),
    best,
    akaike,
    curve,
    shrunk,
    tail,
    kin,
    cox,
    mean: (...asked) => (akaike(...asked) + shrunk(...asked) + tail(...asked) + cox(...asked)) / 4,
  };
}

const lastedBeyond = (spells: readonly Spell[], lasted: number): readonly Spell[] =>
  spells.filter(({ duration }) => duration > lasted).map((spell) => ({ ...spell, entry: lasted }));

/** A share seen among so many members, drawn towards one that counts as ten. */
const drawnTowards = (share: number, members: number, towards: number): number =>
  (members * share + WEIGHT_OF_OTHERS * towards) / (members + WEIGHT_OF_OTHERS);

/**
 * Share of the event within so many days among all ages that members reached, where the days could all be seen: were those that
 * ended early counted whatever could be seen, there would be too many.
 */
function flatShare(spells: readonly Lesson[], ages: readonly number[], within: number): number {
  let [events, pairs] = [0, 0];
  for (const { duration, ended, ending, watched = Number.POSITIVE_INFINITY } of spells) {
    for (const age of ages) {
      const settled = ended || duration >= age + within;
      if (duration <= age || watched < age + within || !settled) continue;
      pairs += 1;
      events += ended && ending === EVENT && duration <= age + within ? 1 : 0;
    }
  }
  return (events + 0.5) / (pairs + 1);
}
