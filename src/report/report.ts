import type { Assessment } from "../assess/index.ts";
import { AS_CODED, number } from "../assess/index.ts";
import { NARROW, WIDE } from "./charts/plot.ts";
import { drawStateGraph } from "./charts/state-graph.ts";
import { EMPTY, type Html, html, raw } from "./html.ts";
import { limits, reasons, sources } from "./sections/appendix.ts";
import { brief, when } from "./sections/brief.ts";
import { changes } from "./sections/changes.ts";
import { links } from "./sections/links.ts";
import { negotiation } from "./sections/negotiation.ts";
import { events, indicators, statements } from "./sections/record.ts";
import { simulatedHolds, simulationParameters } from "./sections/simulation.ts";
import { type DrawnGraph, stabilityAnalysis } from "./sections/stability.ts";
import { why } from "./sections/why.ts";
import { STYLES } from "./styles.ts";

/** Nothing may load or run: the file holds all that it shows. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/**
 * The report of an assessment: one self-contained HTML file, static, for screen and print, light and dark.
 *
 * It computes nothing: every figure stands in the assessment.
 */
export async function renderReport(assessment: Assessment): Promise<string> {
  const drawn = await drawnGraph(assessment);
  const sections: [id: string, title: string, content: Html][] = [
    ["brief", "In brief", brief(assessment)],
    ["why", "Why", why(assessment)],
    ["links", "Side by side", links(assessment)],
    ["when", "When", when(assessment)],
    ["what", "What", negotiation(assessment)],
    ["holds", "Would it hold", holds(assessment, drawn)],
    ["changes", "What would change it", changes(assessment)],
    ["statements", "What the source says", statements(assessment)],
    ["indicators", "Indicators", indicators(assessment)],
    ["events", "Events", events(assessment)],
    ["parameters", "Parameters", simulationParameters(assessment)],
    ["sources", "Sources", sources(assessment)],
    ["limits", "Limits", limits(assessment)],
    ["reasons", "All reasons", reasons(assessment)],
  ];
  const shown = sections.filter(([, , content]) => content !== EMPTY);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="${`Parley ${assessment.parley}`}">
<title>${assessment.case.title} · Parley</title>
<style>${raw(STYLES)}</style>
</head>
<body>
<a class="skip" href="#brief">Skip to the answers</a>
<header>${masthead(assessment)}</header>
<nav aria-label="Contents"><ul>${shown.map(([id, title]) => html`<li><a href="${`#${id}`}">${title}</a></li>`)}</ul></nav>
<main>${shown.map(([, , content]) => content)}</main>
<footer><p>Parley ${assessment.parley} · seed ${assessment.seed} · case ${assessment.case.hash}</p><p>Conditional model output, not a prediction.</p></footer>
</body>
</html>
`;
  return String(page);
}

/** The state graph in both widths; none where the case has no graph model. Its layout is worked out by a library that answers later. */
async function drawnGraph({ stability }: Assessment): Promise<DrawnGraph | undefined> {
  if (stability === null || stability.graph.nodes.length === 0) return undefined;
  const [wide, narrow] = await Promise.all([
    drawStateGraph(stability.graph, WIDE),
    drawStateGraph(stability.graph, NARROW),
  ]);
  return { wide, narrow };
}

function masthead(assessment: Assessment): Html {
  const { title, about, asOf, authors } = assessment.case;
  const reading = assessment.reading.id === null ? AS_CODED : `reading “${assessment.reading.name}”`;
  const facts = [
    asOf === null ? undefined : `as of ${asOf}`,
    reading,
    `${number(assessment.draws)} draws, seed ${assessment.seed}`,
    authors.length === 0 ? undefined : `coded by ${authors.join(", ")}`,
  ].filter((fact) => fact !== undefined);
  const badge =
    assessment.hindsight.count === 0
      ? EMPTY
      : html` <a class="chip warn" href="#limits">${assessment.hindsight.count} with hindsight</a>`;
  return html`<p class="kicker">Parley · assessment</p><h1>${title}</h1><p class="facts">${facts.join(" · ")}${badge}</p>${about === null ? EMPTY : html`<p class="about">${about}</p>`}`;
}

function holds(assessment: Assessment, drawn: DrawnGraph | undefined): Html {
  const { status, headline, awaits } = assessment.holds;
  return html`<section id="holds" aria-labelledby="holds-h"><h2 id="holds-h">Would it hold?</h2>${status === "awaits" ? EMPTY : html`<p>${headline}</p>`}${stabilityAnalysis(assessment, drawn)}${simulatedHolds(assessment)}${awaits.map(({ says }) => html`<p class="awaits">${says}</p>`)}</section>`;
}
