import type { Severity } from "./problem.ts";

/** A problem's sentence and hint, made by words.ts. */
type Say<W> = (message: string, hint?: string, severity?: Severity) => W;

/** The words of problems with spells, reference classes and the curves and models that are fitted to them. */
export function survivalWords<W>(say: Say<W>, cut: (value: string | number) => string) {
  return {
    "class-empty": ({ what }: { what: string }) =>
      say(`missing spells: there are none for ${cut(what)}`, "widen the reference class, or check its filter"),
    "spell-time": ({ spell, value, expected }: { spell: string; value: number; expected: string }) =>
      say(
        `invalid duration: ${cut(value)} of ${cut(spell)} (expected ${expected})`,
        "check the dates of its beginning and end, or leave it out and say so",
      ),
    "spell-entry": ({ spell, value, duration }: { spell: string; value: number; duration: number }) =>
      say(
        `invalid entry: ${cut(value)} of ${cut(spell)} (expected a number from 0 to below its duration, ${cut(duration)})`,
        "a spell is watched from its entry to its end",
      ),
    "ending-missing": ({ spell }: { spell: string }) =>
      say(
        `missing ending: ${cut(spell)} ended, but not said how`,
        "name how it ended, or treat all endings as one with Kaplan-Meier",
      ),
    "endings-none": ({ what, count }: { what: string; count: number }) =>
      say(
        `missing endings: none of ${count} spells ended, so that there is no ${what}`,
        "widen the reference class, or give a range of your own with its reason",
      ),
    "nobody-lasted": ({ lasted, longest }: { lasted: number; longest: number }) =>
      say(
        `missing spells: none was still watched after ${cut(lasted)} (the longest was watched for ${cut(longest)})`,
        "ask for a shorter time, or use a fitted model and say that it reaches beyond what was seen",
      ),
    "covariate-missing": ({ row, covariate }: { row: string; covariate: string }) =>
      say(
        `missing covariate: ${cut(row)} has no finite number for ${cut(covariate)}`,
        "leave out what is incomplete and say so, or leave out the covariate",
      ),
    "covariate-collinear": ({ covariate }: { covariate: string }) =>
      say(
        `invalid covariate: ${cut(covariate)} is constant, or follows from the others`,
        "leave it out: nothing in these data tells its effect from theirs",
      ),
    "covariate-separates": ({ covariates }: { covariates: string }) =>
      say(
        `invalid covariate: ${cut(covariates)} parts what ends from what goes on, so that the effect has no bound`,
        "leave it out, merge categories or periods of which all or none end, or look at more of them",
      ),
    "cluster-missing": ({ row }: { row: string }) =>
      say(`missing cluster: ${cut(row)} has none, while errors by cluster are asked for`, "name one, or its own unit"),
    "clusters-few": ({ count }: { count: number }) =>
      say(
        `invalid clusters: ${count} (expected at least 2)`,
        "errors by cluster need many of them; leave clusters out",
      ),
    "groups-too-few": ({ count }: { count: number }) =>
      say(`invalid groups: ${count} that can be compared (expected at least 2)`, "each needs spells at risk of ending"),
    "times-few": ({ count }: { count: number }) =>
      say(
        `invalid test: spells ended at ${count} ${count === 1 ? "time" : "times"}, too few to tell whether effects change`,
        "test fewer terms, or look at more spells",
      ),
    "resamples-failed": ({ failed, resamples }: { failed: number; resamples: number }) =>
      say(
        `invalid bootstrap: ${failed} of ${resamples} resamples have no answer`,
        "too few spells ended, or lasted so long: widen the reference class, or ask for a shorter time",
      ),
    "fit-infinite": ({ model, what }: { model: string; what: string }) =>
      say(
        `invalid data: they drive ${cut(what)} of the ${model} without bound, so that it has no estimate`,
        "leave it out, merge categories that never or always end, or choose a simpler model",
      ),
    "fit-unsettled": ({ model, steps }: { model: string; steps: number }) =>
      say(
        `invalid fit: the ${model} had not settled after ${steps} steps`,
        "look for extreme durations or covariates, or choose a simpler model",
      ),
    "pool-opposed": () =>
      say(
        "invalid pool: each hypothesis is ruled out by one of the estimates, so that nothing is left",
        "an estimate of exactly 0 is a veto in this pool: pool linearly, or say how small it is",
      ),
  };
}
