import type { Baseline, ModelName } from "./models.ts";
import type { Scored } from "./page.ts";
import type { Rating } from "./scores.ts";
import { meanCell, three } from "./tables.ts";
import type { Rule } from "./wars.ts";

export const INTRODUCTION = `A base rate is worth what it would have said. Here the models behind Parley's base rates ([baserates.md](baserates.md)) forecast past
wars that they have not seen, and deaths months ahead, and are scored beside simple forecasters. This page is made by
\`npm run hindcast -- DATA_FOLDER\` from the producers' tables; with \`--check\` it is compared with what they give. The figures are the same on
every machine: all chance comes from one seed.`;

/** Reads single figures off the scores. */
function reader(all: readonly Scored[]) {
  const modelOf = (id: string, rule: Rule, model: ModelName) =>
    all.find(({ set, rule: own }) => set.id === id && own === rule)?.scores.models.find((each) => each.model === model);
  const cell = (interval: Parameters<typeof meanCell>[0] | undefined) =>
    interval === undefined ? "(not computed)" : meanCell(interval);
  return {
    score: (id: string, rule: Rule, model: ModelName, rating: Rating = "log") =>
      three(modelOf(id, rule, model)?.mean[rating].mean ?? Number.NaN),
    less: (id: string, rule: Rule, model: ModelName, baseline: Baseline, rating: Rating = "log") =>
      cell(modelOf(id, rule, model)?.less[baseline]?.[rating]),
    clusters: (id: string, rule: Rule) =>
      String(all.find(({ set, rule: own }) => set.id === id && own === rule)?.scores.clusters ?? 0),
    detectable: (id: string, rule: Rule) =>
      three(all.find(({ set, rule: own }) => set.id === id && own === rule)?.scores.detectable ?? Number.NaN),
  };
}

/** What came out, in words. The figures are read off the scores; a test holds the words to them. */
export function findings(all: readonly Scored[]): string {
  const { score, less, clusters, detectable } = reader(all);
  return [
    `- **Interstate wars: families with a long tail beat a constant hazard.** \`best by AIC\`, which Parley's base rates lead with, differs from it by ${less("wars-ends", "others", "best", "constant")} in log score and ${less("wars-ends", "others", "best", "constant", "brier")} in Brier score; from the past only, ${less("wars-ends", "past", "best", "constant")} in log score. Against Weibull it is open: ${less("wars-ends", "others", "best", "weibull")}, and ${less("wars-ends", "past", "best", "weibull")} from the past only, where the log-normal, had one named it beforehand, is better (${less("wars-ends", "past", "lognormal", "weibull")}).`,
    `- **Since 1946 alone nothing of ours is shown to beat a constant hazard or Weibull in log score.** The means point the same way (\`best by AIC\` less constant hazard ${less("wars-1946-ends", "others", "best", "constant")}), but ${clusters("wars-1946-ends", "others")} clusters show a Brier difference of ${detectable("wars-1946-ends", "others")} at best.`,
    `- **Another list, another order.** For the fighting between states of the other list, by dyad and with a lower threshold, \`best by AIC\` (${score("episodes-ends", "others", "best")}) is worse than Weibull (${score("episodes-ends", "others", "weibull")}), and no better than the flat share (${score("episodes-ends", "others", "flat")}). That the log-normal wins among the wars is no law.`,
    `- **Fighting within states: what is gained is small and certain.** With ${clusters("civil-ends", "others")} conflicts even ${less("civil-ends", "others", "best", "constant")} in log score shows. Weibull is the best family there; in log score nothing is shown to beat it, in either version.`,
    `- **Ends by agreement or ceasefire: next to nothing is gained.** Of ours none is shown to beat Weibull by as much as 0.005 in log score in any list, in either version, and several lose to it. The flat share is beaten within states alone, from the past only, and by little (log-normal ${less("civil-settles", "past", "lognormal", "flat")}). Some 7 in 100 of those questions came out so, and 5 in 100 of those on interstate wars.`,
    `- **The curve alone is risky where few lasted so long.** From the past only, it scores ${score("wars-ends", "past", "curve")} on interstate wars, against ${score("wars-ends", "past", "best")} of \`best by AIC\`; drawn towards the family as if that were ten members, ${score("wars-ends", "past", "shrunk")}. Leaving a war out of a small curve also pushes the forecast away from what came, which is part of it.`,
    `- **Proportional hazards with what is known at the beginning do not help to tell when wars end.** From the past only, Cox scores ${score("wars-ends", "past", "cox")} on interstate wars (constant hazard ${score("wars-ends", "past", "constant")}) and ${score("civil-ends", "past", "cox")} within states (Weibull ${score("civil-ends", "past", "weibull")}).`,
    `- **Whether it is fought again: how the fighting ended tells most.** The curve by ending differs from the flat share by ${less("again-all", "others", "kin", "flat")} in log score, Cox with ending, history and year by ${less("again-all", "others", "cox", "flat")}; from the past only by ${less("again-all", "past", "kin", "flat")} and ${less("again-all", "past", "cox", "flat")}. Between states alone nothing is shown: ${clusters("again-interstate", "others")} clusters. Families of durations do worse than the flat share, for no episode can begin anew in the year after the last.`,
    `- **“It goes on” is no forecast.** As a certainty, persistence loses to every other on wars: ${score("wars-ends", "others", "persistence")} against ${score("wars-ends", "others", "constant")} of the constant hazard.`,
    "- **Deaths: `conflictology` is hard to beat.** Of ours, one beats it once: `recent months`, its nearest kin, in deaths between Ukraine and the DPR, by a hair. On the logarithmic scale `conflictology`, `last three`, `recent months` and the pool beat `last value` on all three series of Ukraine 2014–2021. A damped trend without a cap is ruined by its upper tail, and with one it still loses there. On the list of names, which rises for most of its 40 months, it leads, but 17 overlapping forecasts show nothing.",
  ].join("\n");
}

export const METHOD = `Each member of a list, at each age that it reached (1, 3, 6, 12, 24 and 36 months), is a question: does it end within 3, 6, 12 and 24 months?
Does it end by agreement or ceasefire, while other endings compete? And after an ending: do the two fight again within five years? A question
whose last day comes after the end of the list is not asked, whatever came before it.

- **All other wars**: fitted to all members but those of the same cluster. These forecasts know later wars, not the war itself.
- **Past only**: of those, what had begun before the day of the forecast. What had ended by that day counts as ended; what was still going on is
  censored there. A day by which fewer than ten others had ended is passed over, so that these are fewer questions, of later wars.
- **Clusters** are left out together, and drawn together by the bootstrap (2000 resamples, seed 1). Interstate wars are one cluster where two
  states fought each other in both and less than a year lay between them (the Second World War with China and Japan before it; Vietnam, Laos and
  Cambodia); episodes and peaces are one by conflict. The questions of one war overlap: only clusters count as independent.
- **Scores**: Brier (0 to 1) and logarithmic (in nats, probabilities clipped at 0.005), less is better, of \`parley\`'s record engine. Differences are
  paired by question.
- **What is known**: Cox and the curve of its kind use what is known on the day of the forecast. Interstate wars: the year in which it began, how many
  states had joined within 30 days (the kind: more than two). Episodes: year, whether the two had fought before (the kind), whether about
  territory. Peaces: year, how the fighting had ended (the kind), how long it had lasted, whether they had fought before that. Nothing that is
  known of a war only afterwards, such as its deaths, is used.
- **Lists**: \`cow_interstate_wars_v4\` (\`wars.csv\`, \`InterStateWarData_v4.0.csv\`; Sarkees & Wayman 2010), from the first day to the last, breaks
  included; _compromise_ and _stalemate_ count as agreement or ceasefire. \`ucdp_conflict_termination_v3_2021\` (\`dyad_episodes.csv\`; Kreutz 2010,
  CC BY 4.0): _agreement_ and _ceasefire_; what went on at the end of 2020 is censored there, what has no day of ending
  at the end of its last year, as in the lists of [baserates.md](baserates.md). Peaces run from the day after the last day to the first of the dyad's next episode; actors that
  ceased are left out.`;

export const LIMITS = `- **Few wars.** Each section says which difference its clusters can show. With some 30 to 70 clusters a difference of 0.02 in Brier score is
  hardly detectable, or not at all: \`open\` means not shown, not that there is none.
- **Many comparisons.** Some are bold by chance. What was not expected beforehand, and shows in one version or one list only, should not be believed.
  Nor should a verdict whose interval ends at 0.000: other resamples may turn it.
- **The lists know the end.** A war is listed as one only after 1000 battle deaths, an episode after 25 in a year: whoever stood at its first
  month could not know that it would be. Forecasts at early ages are scored on those that grew. So are days: an episode that faded
  out is known to have ended only a year later, and peaces after it hold by definition for that year. Days of many episodes are imprecise.
- **Later knowledge in the lists.** The strict version leaves out what had not happened, not what had not been coded: dates and endings are
  those of 2003 and 2020.
- **Clusters touch.** States, allies and decades are shared between clusters; intervals take them as independent and are, if anything, too short.
- **Past wars.** That a model did well on these does not show that it will on the next. In each list the same few long wars decide on long
  ages: see the numbers asked by age.`;

export const TRIED = `Families, curve, mixes, tail, kind and Cox are all that was tried on wars; their settings (ten members' weight, ten endings per covariate, five
endings for a family) were set beforehand and not tuned. Cox without the year, and with the year alone, were looked at for wars between states:
they, too, scored worse than the shrunken curve in both versions. On deaths, half-lives and grids were set beforehand too; the cap on the damped trend was
added after seeing what its tail did, which is why both are shown. Intervals of deaths were first drawn from blocks that do not wrap around;
they left the first months out of balance, so that some did not hold their own mean.`;

export const ON_DEATHS = `In every month with twelve known before and twelve to come, each model gets the months so far and gives an ensemble for each of the next twelve,
scored by the continuous ranked probability score (CRPS; less is better), in deaths and in log(1 + deaths) (Bosse et al. 2023), where small months count as well. The
two to beat are those of the ViEWS prediction challenge 2023/24 (Hegre et al.): \`last value\` and \`conflictology\`. Intervals are 95 %, by moving
blocks of twelve months over the months in which forecasts were made; below 48 such months none is given, and with some 70, six blocks, they are
likely too short. A month is a claim of whoever counts. The
three of Ukraine 2014–2021 overlap: both dyads are part of the first, some events of 2014 and 2015 stand under a third dyad. They are revised releases: months as
they stand today, not as they stood then. Claims of losses by a party, which hold wounded, and estimates smoothed with later data are no monthly
deaths, and are not used. The list of names grows for years: its later months are still being filled, which looks like a decline.`;
