import type { Assessment, ClaimRow, QuestionAssessment } from "../../assess/index.ts";
import { AS_CODED, decibans, percent, percentRange } from "../../assess/index.ts";
import { pad, type Terminal, wrap } from "../terminal.ts";
import { bar, rangeBar, scaleFor } from "./bars.ts";

/** The evidence on questions for a terminal: waterfall, what it rests on, what would flip it. */
export function renderEvidence(
  assessment: Assessment,
  questions: readonly QuestionAssessment[],
  terminal: Terminal,
): string {
  const { style } = terminal;
  const reading = assessment.reading.id === null ? AS_CODED : `reading “${assessment.reading.name}”`;
  const head = `${style.bold(assessment.case.title)}\n${style.dim(`${reading} · seed ${assessment.seed} · ${assessment.draws} draws`)}`;
  if (questions.length === 0) return `${head}\n\nThe case asks no question.`;
  return [head, ...questions.map((question) => renderQuestion(question, terminal))].join("\n\n");
}

function renderQuestion(question: QuestionAssessment, terminal: Terminal): string {
  const { style, width } = terminal;
  const parts = [style.bold(wrap(question.text, width)), posteriorLine(question, terminal)];
  if (question.waterfall.length > 0) parts.push(renderWaterfall(question, terminal));
  else parts.push(renderWeights(question, terminal));
  parts.push(renderRests(question, terminal));
  if (question.readings.length > 1) parts.push(renderReadings(question, terminal));
  return parts.filter((part) => part !== "").join("\n\n");
}

function posteriorLine(question: QuestionAssessment, { style, width }: Terminal): string {
  if (question.posterior === null) {
    return wrap("No prior is stated, so there is no posterior: the weights stand alone.", width);
  }
  return question.hypotheses
    .map(({ id, text }) => {
      const prior = question.prior?.[id];
      const posterior = question.posterior?.[id];
      if (prior === undefined || posterior === undefined) return "";
      const interval = question.certain
        ? "no interval: every input is a plain number"
        : `80 % interval ${percentRange(posterior.low80, posterior.high80)}`;
      return `${pad(text, 12)} prior ${percent(prior.median)} → posterior ${style.bold(percent(posterior.median))} (${interval})`;
    })
    .join("\n");
}

/** From prior to posterior in decibans, a line a claim. */
function renderWaterfall(question: QuestionAssessment, terminal: Terminal): string {
  const { style, width } = terminal;
  const labels = Math.min(34, Math.max(...question.waterfall.map(({ label }) => label.length)));
  const tail = 27;
  const scale = scaleFor(
    question.waterfall.flatMap(({ from, to }) => [from, to]),
    Math.max(12, width - labels - tail - 2),
  );
  const claims = new Map(question.claims.map((claim) => [claim.id, claim]));
  const lines = question.waterfall.map((step) => {
    const drawn = bar(step.from, step.to, scale, terminal);
    const paint = step.kind !== "claim" ? style.bold : step.to >= step.from ? style.good : style.warn;
    const claim = claims.get(step.id);
    const value = step.kind === "claim" ? pad(decibans(claim?.leanDb ?? 0), 9, "right") : step.text;
    const note = claim === undefined ? "" : `  ${style.dim(claimNote(claim))}`;
    return `${pad(step.label, labels)} ${paint(drawn)} ${value}${note}`;
  });
  const against = question.hypotheses.map(({ text }) => text);
  const axis = `decibans for “${against[0]}” against “${against[1]}”; +10 dB is ten times likelier`;
  return [style.dim(wrap(axis, width)), ...lines].join("\n");
}

function claimNote(claim: ClaimRow): string {
  const credence = `c ${claim.credence.toFixed(2)}`;
  return claim.verdict === null ? credence : `${credence} ${claim.verdict}`;
}

/** Weights by hypothesis, where there are more than two. */
function renderWeights(question: QuestionAssessment, { style }: Terminal): string {
  const head = `${pad("claim", 34)}${question.hypotheses.map(({ id }) => pad(id, 12, "right")).join("")}`;
  const rows = question.claims.map(
    (claim) =>
      `${pad(claim.name, 34)}${question.hypotheses.map(({ id }) => pad(decibans(claim.weightsDb[id] ?? 0), 12, "right")).join("")}`,
  );
  return [style.dim(head), ...rows].join("\n");
}

/** What the posterior rests on: each claim and source without which it moves, and what would flip it. */
function renderRests(question: QuestionAssessment, { style, width }: Terminal): string {
  const [hypothesis] = question.hypotheses;
  const posterior = hypothesis === undefined ? undefined : question.posterior?.[hypothesis.id];
  if (hypothesis === undefined || posterior === undefined || question.claims.length === 0) return "";
  const without = (row: { leaveOneOut: Readonly<Record<string, number>> | null }) =>
    row.leaveOneOut?.[hypothesis.id] ?? posterior.central;
  const bySize = <T extends Parameters<typeof without>[0]>(rows: readonly T[]): T[] =>
    rows.toSorted((a, b) => Math.abs(without(b) - posterior.central) - Math.abs(without(a) - posterior.central));
  const names = Math.min(40, width - 40);
  const threshold = percent(question.threshold);
  const lines = [
    style.bold("What it rests on"),
    style.dim(
      `${pad("without this claim", names)}${pad("becomes", 10, "right")}   to reach ${threshold} it would need`,
    ),
    ...bySize(question.claims).map(
      (claim) => `${pad(claim.name, names)}${pad(percent(without(claim)), 10, "right")}   ${flipText(claim)}`,
    ),
  ];
  const sources = bySize(question.sources.filter(({ alone }) => alone.length > 0));
  if (sources.length > 0) {
    lines.push("", style.dim(`${pad("without what rests on this source alone", names)}${pad("becomes", 10, "right")}`));
    for (const source of sources) {
      const claims = `   ${source.alone.length} claim${source.alone.length === 1 ? "" : "s"}`;
      lines.push(`${pad(source.name, names)}${pad(percent(without(source)), 10, "right")}${claims}`);
    }
  }
  return lines.join("\n");
}

function flipText({ flip }: ClaimRow): string {
  if (flip === null) return "no value does it";
  if (flip.ratio === null) return `${(flip.factor ?? 0).toPrecision(3)} times its weight`;
  const ratio = flip.ratio >= 1 ? `${flip.ratio.toPrecision(3)} : 1` : `1 : ${(1 / flip.ratio).toPrecision(3)}`;
  return `a ratio of ${ratio}`;
}

/** The posterior under each reading, on one scale from 0 to 100 %. */
function renderReadings(question: QuestionAssessment, terminal: Terminal): string {
  const { style, width } = terminal;
  const names = Math.min(34, Math.max(...question.readings.map(({ name }) => name.length)));
  const scale = { low: 0, high: 1, width: Math.max(20, width - names - 26) };
  const lines = question.readings.map(({ name, estimate }) => {
    const drawn = rangeBar(estimate.low80, estimate.median, estimate.high80, scale, terminal);
    const interval = percentRange(estimate.low80, estimate.high80);
    return `${pad(name, names)} ${drawn} ${pad(percent(estimate.median), 5, "right")} (${interval})`;
  });
  return [style.bold("Under each reading"), ...lines].join("\n");
}

/** The matrix of competing hypotheses for a terminal. */
export function renderAch(
  assessment: Assessment,
  questions: readonly QuestionAssessment[],
  terminal: Terminal,
): string {
  const { style, width } = terminal;
  const blocks = questions.map((question) => {
    const { ach } = question;
    const column = Math.max(8, ...ach.hypotheses.map((name) => name.length + 2));
    const names = Math.min(44, width - column * ach.hypotheses.length - 8);
    const head = `${pad("claim (most telling first)", names)}${pad("c", 6, "right")}${ach.hypotheses.map((name) => pad(name, column, "right")).join("")}`;
    const rows = ach.rows.map((row) => {
      const ratings = row.ratings.map(({ rating, derived }) => pad(derived ? `${rating}*` : rating, column, "right"));
      return `${pad(row.name, names)}${pad(row.credence.toFixed(2), 6, "right")}${ratings.join("")}`;
    });
    const scores = ach.inconsistency.map((score) => pad(score.toFixed(2), column, "right")).join("");
    return [
      style.bold(wrap(question.text, width)),
      style.dim(head),
      ...rows,
      style.bold(`${pad("inconsistency (less is better)", names)}${pad("", 6)}${scores}`),
      style.dim(wrap(`* derived from likelihoods. Least inconsistent: ${ach.ranking[0]}.`, width)),
    ].join("\n");
  });
  return [style.bold(assessment.case.title), ...blocks].join("\n\n");
}
