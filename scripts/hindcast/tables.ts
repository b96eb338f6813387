import type { Comparison, MeanInterval } from "../../src/record/index.ts";
import type { BlockInterval } from "./blocks.ts";
import type { DeathScores } from "./death-scores.ts";
import { ABOUT_DEATHS, DEATH_BASELINES } from "./deaths.ts";
import { ABOUT, BASELINES, type ModelName } from "./models.ts";
import type { AtAge, ModelScores, Rating, Scores } from "./scores.ts";

/** A Markdown table, its columns padded; the first column is words, the others are figures unless said. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  side: "left" | "right" = "right",
): string {
  const widths = head.map((name, k) => Math.max(3, name.length, ...rows.map((row) => (row[k] ?? "").length)));
  const line = (cells: readonly string[]) =>
    `| ${widths.map((width, k) => (k === 0 || side === "left" ? (cells[k] ?? "").padEnd(width) : (cells[k] ?? "").padStart(width))).join(" | ")} |`;
  const rule = `| ${widths.map((width, k) => (k === 0 || side === "left" ? "-".repeat(width) : `${"-".repeat(width - 1)}:`)).join(" | ")} |`;
  return [line(head), rule, ...rows.map(line)].join("\n");
}

/** A figure with three digits after the point; what rounds to nothing has no sign. */
export function three(value: number): string {
  const text = value.toFixed(3);
  return text === "-0.000" ? "0.000" : text;
}

const NONE = "–";

const interval = (low: number | null, high: number | null, say: (value: number) => string): string =>
  low === null || high === null ? "" : ` (${say(low)} to ${say(high)})`;

/** A mean with its interval. */
export const meanCell = ({ mean, low, high }: MeanInterval): string => `${three(mean)}${interval(low, high, three)}`;

/** A difference: bold where the model is better than the baseline, with a sign of warning where it is worse. */
export function lessCell(less: Comparison | undefined): string {
  if (less === undefined) return NONE;
  const { mean, low, high, verdict } = less;
  const told = `${three(mean)}${interval(low, high, three)}`;
  return verdict === "better" ? `**${told}**` : verdict === "worse" ? `${told} !` : told;
}

const label = (model: ModelName): string => ABOUT[model][0];

/** Every model's mean score by a rule of scoring, and its differences from the baselines. */
export function scoreTable({ models }: Scores, rating: Rating): string {
  const what = rating === "brier" ? "Brier score" : "log score";
  const head = ["model", what, ...BASELINES.map((baseline) => `less ${label(baseline)}`)];
  const rows = models.map(({ model, mean, less }) => [
    label(model),
    meanCell(mean[rating]),
    ...BASELINES.map((baseline) => lessCell(less[baseline]?.[rating])),
  ]);
  return table(head, rows);
}

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;

/** What models said on average and what came, by age, for one horizon. */
export function ageTable(ages: readonly AtAge[], within: number, models: readonly ModelName[]): string {
  const rows = ages
    .filter((each) => each.within === within)
    .map(({ age, questions, share, said }) => [
      String(age),
      String(questions),
      percent(share),
      ...models.map((model) => percent(said[model])),
    ]);
  return table(["age in months", "asked", `ended within ${within}`, ...models.map(label)], rows);
}

/** How one of ours does against each baseline, as signs: + better, ! worse, . open, ? too few. */
export function verdicts({ less }: ModelScores, rating: Rating): string {
  const SIGNS = { better: "+", worse: "!", open: ".", same: "=", "too-few": "?" } as const;
  return BASELINES.map((baseline) => SIGNS[less[baseline]?.[rating].verdict ?? "same"]).join(" ");
}

/** A number of deaths: a digit after the point where there are few. */
const deaths = (value: number): string => {
  const text = Math.abs(value) < 100 ? value.toFixed(1) : value.toFixed(0);
  return /^-0(\.0)?$/.test(text) ? text.slice(1) : text;
};

function blockCell(less: BlockInterval | undefined, say: (value: number) => string): string {
  if (less === undefined) return NONE;
  const { mean, low, high } = less;
  const told = `${say(mean)}${interval(low, high, say)}`;
  return high !== null && high < 0 ? `**${told}**` : low !== null && low > 0 ? `${told} !` : told;
}

/** Scores of forecasts of deaths: all months ahead with differences, then the near ones and the far ones. */
export function deathTable(all: DeathScores, near: DeathScores, far: DeathScores): string {
  const say = all.scale === "log" ? three : deaths;
  const span = ({ from, to }: DeathScores) => `${from}–${to} ahead`;
  const head = [
    all.scale === "log" ? "in log(1 + deaths)" : "in deaths",
    `CRPS ${span(all)}`,
    ...DEATH_BASELINES.map((baseline) => `less ${ABOUT_DEATHS[baseline][0]}`),
    span(near),
    span(far),
  ];
  const of = ({ models }: DeathScores, i: number) => say(models[i]?.crps ?? Number.NaN);
  const rows = all.models.map(({ model, crps, less }, i) => [
    ABOUT_DEATHS[model][0],
    say(crps),
    ...DEATH_BASELINES.map((baseline) => blockCell(less[baseline], say)),
    of(near, i),
    of(far, i),
  ]);
  return table(head, rows);
}
