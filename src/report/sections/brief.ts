import type { Answer, Assessment, Likelihood } from "../../assess/index.ts";
import { ANSWERS, percent, percentRange } from "../../assess/index.ts";
import { readingsChart } from "../charts/readings.ts";
import { contextOf, dataTable, drawsContext, figure } from "../figure.ts";
import { EMPTY, type Html, html } from "../html.ts";
import { simulatedWhen } from "./simulation.ts";
import { watchSection } from "./watch.ts";

const LABELS = {
  why: "Why",
  when: "When",
  what: "What",
  holds: "Would it hold",
  changes: "What would change it",
} as const;

/** The first page: whose argument it is, and the five answers. */
export function brief(assessment: Assessment): Html {
  return html`<section id="brief" aria-labelledby="brief-h">
<h2 id="brief-h">In brief</h2>
${thesis(assessment)}
<dl class="answers">${ANSWERS.map((id) => answerBlock(LABELS[id], assessment[id]))}</dl>
${watchSection(assessment)}
</section>`;
}

/** What the source itself asserts, attributed, before anything that Parley computes. */
function thesis({ questions }: Assessment): Html {
  const stated = questions.filter(({ thesis: text }) => text !== null);
  if (stated.length === 0) return EMPTY;
  return html`<div class="thesis"><p class="label">The argument, as its author puts it</p>${stated.map(
    (question) => html`<p>${question.thesis} <cite>${question.citations.join("; ")}</cite></p>`,
  )}</div>`;
}

function answerBlock(label: string, answer: Answer): Html {
  const status = answer.status === "awaits" ? html`<span class="chip">not yet</span>` : EMPTY;
  const confidence =
    answer.confidence === null
      ? EMPTY
      : html`<p class="confidence"><span class="chip">confidence ${answer.confidence.level}</span> ${answer.confidence.because}</p>`;
  const waiting =
    answer.status === "partial"
      ? html`<p class="awaits">Awaits ${answer.awaits.map(({ engine }) => engine).join(", ")}.</p>`
      : EMPTY;
  return html`<div class="answer"><dt>${label} ${status}</dt><dd><p class="headline">${answer.headline}</p>${confidence}${waiting}</dd></div>`;
}

/** How likely each question's first hypothesis is, under each reading. */
export function when(assessment: Assessment): Html {
  const { when: answer } = assessment;
  return html`<section id="when" aria-labelledby="when-h">
<h2 id="when-h">When: how likely, by which date?</h2>
<p>${answer.headline}</p>
${sideBySide(assessment)}
${answer.likelihood.map((each) => likelihoodFigure(assessment, each))}
${simulatedWhen(assessment)}
${answer.awaits.map(({ says }) => html`<p class="awaits">${says}</p>`)}
</section>`;
}

/** Evidence and simulation of the same event, not pooled: they stand on different ground, and their distance is a finding. */
function sideBySide({ simulation, when: { likelihood } }: Assessment): Html {
  const rows = (simulation?.questions ?? []).flatMap((simulated) => {
    const evidence = likelihood.find(({ question }) => question === simulated.question);
    if (evidence === undefined) return [];
    const { estimate, range } = evidence;
    const own = simulated.readings.find(({ reading }) => reading === simulation?.predictive.reading);
    return [
      [
        evidence.text,
        html`${percent(estimate.median)} <small class="note">80 % ${percentRange(estimate.low80, estimate.high80)}</small>`,
        percentRange(range.low, range.high),
        html`${percent(own?.p ?? 0)} <small class="note">±${(100 * (own?.se ?? 0)).toFixed(1)}; parameters drawn ${percent(simulated.predictive.p)}</small>`,
        percentRange(simulated.range.low, simulated.range.high),
        simulated.stress === null ? "–" : percentRange(simulated.stress.low, simulated.stress.high),
      ],
    ];
  });
  if (rows.length === 0) return EMPTY;
  return html`<h3>Two answers side by side</h3><p>They are not pooled: evidence weighs an argument's claims, the simulation works out a war's arithmetic. Where they lie apart, ask why.</p>${dataTable(
    { head: ["By when", "Evidence", "Over readings", "Simulation", "Over readings", "Stress tests"], rows },
    "evidence and simulation side by side",
  )}`;
}

function likelihoodFigure(assessment: Assessment, each: Likelihood): Html {
  const question = assessment.questions.find(({ id }) => id === each.question);
  const { estimate } = each;
  const interval = each.certain ? "" : ` (80 % interval ${percentRange(estimate.low80, estimate.high80)})`;
  const definition = question?.settledBy ?? question?.text ?? "";
  return figure({
    id: `when-${each.question}`,
    title: `${each.text}: ${percent(estimate.median)}${interval}, ${each.words}`,
    alt: `Probability under each reading: ${each.readings.map(({ name, estimate: e }) => `${name} ${percent(e.median)}, 80 % interval ${percentRange(e.low80, e.high80)}`).join("; ")}.`,
    chart: readingsChart(each.readings, question?.threshold ?? 0.5),
    table: {
      head: ["Reading", "Median", "80 % interval", "At central values"],
      rows: each.readings.map(({ name, estimate: e }) => [
        name,
        percent(e.median),
        percentRange(e.low80, e.high80),
        percent(e.central),
      ]),
    },
    context: contextOf(assessment, drawsContext(assessment, each.range)),
    because: html`<p class="definition"><span class="label">What counts</span> ${question?.text ?? ""} ${definition === question?.text ? "" : definition}</p>`,
  });
}
