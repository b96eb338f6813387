import { type DeathScores, deathGrid, deathScores, SCALES, SPANS } from "./death-scores.ts";
import { ABOUT_DEATHS, DEATH_MODELS } from "./deaths.ts";
import { ABOUT, BASELINES, MODELS, OURS } from "./models.ts";
import { findings, INTRODUCTION, LIMITS, METHOD, ON_DEATHS, TRIED } from "./prose.ts";
import { byAge, RULES_OF_SCORING, type Scores, scoresOf, WORTH_SEEING } from "./scores.ts";
import type { MonthlyDeaths } from "./series.ts";
import type { Asked } from "./sets.ts";
import { ageTable, deathTable, scoreTable, table, three, verdicts } from "./tables.ts";

/** A set under a rule with its scores. */
export interface Scored extends Omit<Asked, "settled"> {
  readonly scores: Scores;
  /** Undefined where it is told of the other rule. */
  readonly ages: string | undefined;
}

/** Models whose average is shown by age, and the months ahead that it is shown for. */
const BY_AGE = ["constant", "weibull", "best", "curve", "mean"] as const;
const WITHIN = 12;

/** Scores what was asked. */
export function scored({ set, rule, members, settled }: Asked): Scored {
  const ages =
    rule === "others" && set.ask.horizons.includes(WITHIN) ? ageTable(byAge(settled), WITHIN, BY_AGE) : undefined;
  return { set, rule, members, scores: scoresOf(settled), ages };
}

const RULE = { others: "all other wars", past: "past only" } as const;

/** One set under one rule: sample, then a table by each rule of scoring. */
export function setSection({ set, rule, members, scores, ages }: Scored): string {
  const { questions, clusters, share, detectable, neededClusters } = scores;
  const sample =
    `Fitted to ${RULE[rule]}: ${questions} questions on members of ${clusters} clusters (the list has ${members} members); it came in ` +
    `${(100 * share).toFixed(1)} %. A difference in Brier score of ${three(detectable)} between \`best by AIC\` and the constant hazard ` +
    `would show in four of five such records; to show ${WORTH_SEEING} it takes ${neededClusters ?? "–"} clusters.`;
  return [
    `### ${set.title}, ${RULE[rule]}`,
    sample,
    ...RULES_OF_SCORING.map((rating) => scoreTable(scores, rating)),
    ...(ages === undefined ? [] : ["On average they said, and it came:", ages]),
  ].join("\n\n");
}

/** One line for each set and rule. */
export function overview(all: readonly Scored[]): string {
  const shown = ["best", "curve", "mean"] as const;
  const rows = all.map(({ set, rule, scores }) => {
    const of = (name: string) => scores.models.find(({ model }) => model === name);
    const least = scores.models.toSorted((a, b) => a.mean.log.mean - b.mean.log.mean)[0];
    return [
      `${set.title}, ${RULE[rule]}`,
      String(scores.questions),
      String(scores.clusters),
      three(of("constant")?.mean.log.mean ?? Number.NaN),
      three(of("weibull")?.mean.log.mean ?? Number.NaN),
      three(of("flat")?.mean.log.mean ?? Number.NaN),
      ...shown.map((name) => {
        const own = of(name);
        return own === undefined ? "" : `${three(own.mean.log.mean)} ${verdicts(own, "log")}`;
      }),
      least === undefined ? "" : `${ABOUT[least.model][0]} ${three(least.mean.log.mean)}`,
    ];
  });
  const head = [
    "asked",
    "questions",
    "clusters",
    "constant",
    "Weibull",
    "flat",
    ...shown.map((name) => ABOUT[name][0]),
    "least",
  ];
  return table(head, rows);
}

/** Who beats whom, by name. */
export function beats(all: readonly Scored[]): string {
  const rows = all.map(({ set, rule, scores }) => {
    const ours = scores.models.filter(({ model }) => (OURS as readonly string[]).includes(model));
    const those = (baseline: "constant" | "weibull" | "flat", verdict: string) => {
      const names = ours
        .filter(({ less }) => less[baseline]?.log.verdict === verdict)
        .map(({ model }) => ABOUT[model][0]);
      return names.length === ours.length ? "all" : names.length === 0 ? "none" : names.join(", ");
    };
    return [
      `${set.title}, ${RULE[rule]}`,
      those("constant", "better"),
      those("weibull", "better"),
      those("flat", "better"),
      those("weibull", "worse"),
    ];
  });
  return table(
    ["asked", "beat the constant hazard", "beat Weibull", "beat the flat share", "lost to Weibull"],
    rows,
    "left",
  );
}

/** How many comparisons there were, and how they came out. */
export function tally(all: readonly Scored[]): string {
  const rows = BASELINES.map((baseline) => {
    const compared = all.flatMap(({ scores }) =>
      scores.models
        .filter(({ model }) => (OURS as readonly string[]).includes(model))
        .flatMap(({ less }) => RULES_OF_SCORING.flatMap((rating) => less[baseline]?.[rating].verdict ?? [])),
    );
    const count = (verdict: string) => String(compared.filter((each) => each === verdict).length);
    return [ABOUT[baseline][0], String(compared.length), count("better"), count("worse"), count("open")];
  });
  return table(["ours against", "comparisons", "better", "worse", "open"], rows);
}

/** One series of deaths: sample, then a table on each scale. */
export function deathSection({ name, claimant, values }: MonthlyDeaths, each?: (share: number) => void): string {
  const grid = deathGrid(values, each);
  const tables = SCALES.map((scale) => {
    const [all, near, far] = SPANS.map((span) => deathScores(grid, scale, span)) as [
      DeathScores,
      DeathScores,
      DeathScores,
    ];
    return deathTable(all, near, far);
  });
  const origins = grid.deaths.last.length;
  const sample = `${claimant}. ${values.length} months, forecasts made in ${origins} of them.`;
  return [`### ${name}`, sample, ...tables].join("\n\n");
}

const models = (about: Readonly<Record<string, readonly [string, string]>>, names: readonly string[]): string =>
  names.map((name) => `- **${about[name]?.[0]}**: ${about[name]?.[1]}.`).join("\n");

/** The whole page. */
export function pageOf(all: readonly Scored[], deaths: readonly string[]): string {
  return `${[
    "# Hindcasts: what base rates would have been worth",
    INTRODUCTION,
    "## What came out",
    findings(all),
    "### Overview",
    "Log scores (less is better). After each of three of ours stands how it compares with the constant hazard, Weibull, persistence and the flat share, in this order: `+` better, `!` worse, `.` open, `?` too few clusters, by the paired 95 % interval.",
    overview(all),
    "Which of ours beat which baseline in log score by more than chance, and which lost to Weibull:",
    beats(all),
    "Of all comparisons, in both scores and all sets, of which some 2.5 in a hundred come out better by chance alone, and as many worse:",
    tally(all),
    "## How",
    METHOD,
    "### Who forecasts",
    "The first four are to be beaten.",
    models(ABOUT, MODELS),
    "## What cannot be concluded",
    LIMITS,
    "## What was tried",
    TRIED,
    "## Ends of wars, and wars fought again",
    "Means with 95 % intervals by bootstrap over clusters, then paired differences: **bold** where the model is better than the baseline by more than chance, `!` where it is worse.",
    ...all.map(setSection),
    "## Deaths, one to twelve months ahead",
    ON_DEATHS,
    models(ABOUT_DEATHS, DEATH_MODELS),
    ...deaths,
  ].join("\n\n")}\n`;
}
