import type { Assessment, Score, ScoreSet } from "../../assess/index.ts";
import { count, percent, percentRange } from "../../assess/index.ts";
import { reliabilityChart } from "../charts/reliability.ts";
import { contextOf, dataTable, figure } from "../figure.ts";
import { EMPTY, type Html, html } from "../html.ts";

/** What the forecasts of a set are, for people. */
export const SET_NAMES: Readonly<Record<ScoreSet["kind"], string>> = {
  made: "Forecasts made on their day",
  "dated-back": "Forecasts dated back",
  hindsight: "What the case would have said, with hindsight",
};

/** A model's name without its prefix, a person's as it is. */
export const forecasterName = (by: string): string => by.replace(/^model:/, "").replaceAll("-", " ");

/** A score with three digits. */
export const scoreText = (value: number | null): string => (value === null ? "–" : value.toFixed(3));

/** A share, of which the whole is told as such. */
export const shareText = (share: number): string => (share > 0.9995 ? "100\u00a0%" : percent(share));

/** How good forecasts of the case turned out to be, by its record. */
export function record(assessment: Assessment, score: Score | undefined): Html {
  if (score === undefined) return EMPTY;
  const resolved = score.questions.filter(({ status }) => status !== "open");
  return html`<section id="record" aria-labelledby="record-h"><h2 id="record-h">The record: was it right?</h2>
<p>${score.headline}</p>
${dataTable(
  {
    head: ["Question", "Closes", "Outcome", "Settled", "By whom"],
    rows: score.questions.map(({ text, closes, status, outcome, on, source, because }) => [
      text,
      closes ?? "–",
      status === "open" ? "open" : status === "annulled" ? `annulled: ${because ?? ""}` : (outcome ?? ""),
      on ?? "–",
      source ?? "–",
    ]),
  },
  "questions and what came of them",
)}
${resolved.length === 0 ? EMPTY : html`${score.sets.map((set) => setOf(assessment, set))}`}
<p>Scores are averaged over each question's life: Brier from 0 (best) to 1, 0.25 for even odds of two answers; intervals of ${percent(score.level)} by bootstrap over ${score.clusteredBy === "case" ? "cases" : "questions"}, ${score.resamples} resamples, seed ${score.seed}.</p></section>`;
}

function setOf(assessment: Assessment, set: ScoreSet): Html {
  return html`<h3>${SET_NAMES[set.kind]}</h3><p>${set.says}</p>
${dataTable(
  {
    head: ["Forecaster", "Questions", "Brier", "Interval", "Log", "Covered"],
    rows: set.forecasters.map(({ by, questions, brier, log, covered }) => [
      forecasterName(by),
      String(questions),
      scoreText(brier.mean),
      brier.low === null ? "–" : `${scoreText(brier.low)} to ${scoreText(brier.high)}`,
      log.mean.toFixed(2),
      shareText(covered),
    ]),
  },
  SET_NAMES[set.kind],
)}
${set.forecasters.map(({ by, reliability }) =>
  reliability === null
    ? EMPTY
    : figure({
        id: `reliability-${set.kind}-${by.replaceAll(/[^a-z0-9]+/gi, "-")}`,
        title: `${forecasterName(by)}: what was said, and how much of it came`,
        alt: reliability.points
          .filter((point) => point.count > 0)
          .map(({ said, came, count: n }) => `said ${percent(said)}, came ${percent(came)} of ${n}`)
          .join("; "),
        chart: reliabilityChart(reliability),
        table: {
          head: ["Said", "Forecasts", "Mean", "Came", "Were it right"],
          rows: reliability.points.map(({ from, to, count: n, said, came, low, high }) => [
            percentRange(from, to),
            String(n),
            percent(said),
            percent(came),
            low === null || high === null ? "–" : percentRange(low, high),
          ]),
        },
        context: contextOf(assessment, [
          `${count(reliability.pairs, "forecast")} half-way through each question's life; bars: where the share would lie, were the forecasts right (${percent(reliability.level)})`,
        ]),
        because: EMPTY,
      }),
)}`;
}
