import type { Assessment, Score } from "../assess/index.ts";
import { AS_CODED, number, redacted } from "../assess/index.ts";
import { NARROW, WIDE } from "./charts/plot.ts";
import { drawStateGraph } from "./charts/state-graph.ts";
import { EMPTY, type Html, html, raw } from "./html.ts";
import { limits, reasons, sources } from "./sections/appendix.ts";
import { brief, when } from "./sections/brief.ts";
import { changes } from "./sections/changes.ts";
import { history } from "./sections/history.ts";
import { links } from "./sections/links.ts";
import { negotiation } from "./sections/negotiation.ts";
import { events, indicators, statements } from "./sections/record.ts";
import { record } from "./sections/score.ts";
import { simulatedHolds, simulationParameters } from "./sections/simulation.ts";
import { type DrawnGraph, stabilityAnalysis } from "./sections/stability.ts";
import { why } from "./sections/why.ts";
import { STYLES } from "./styles.ts";

/** The sections of the report in their order, with their names in its contents. */
export const SECTIONS = {
  brief: "In brief",
  why: "Why",
  links: "Side by side",
  when: "When",
  history: "What history says",
  what: "What",
  holds: "Would it hold",
  changes: "What would change it",
  statements: "What the source says",
  indicators: "Indicators",
  events: "Events",
  record: "The record",
  parameters: "Parameters",
  sources: "Sources",
  limits: "Limits",
  reasons: "All reasons",
} as const;

export type SectionId = keyof typeof SECTIONS;

export const SECTION_IDS = Object.keys(SECTIONS) as readonly SectionId[];

/** What a reader in a hurry needs: the answers, and what to know of them. */
export const BRIEF_SECTIONS = ["brief", "when", "limits"] as const satisfies readonly SectionId[];

/** Sections of which nothing is left for the room. */
export const NOT_FOR_THE_ROOM = ["statements", "sources", "record"] as const satisfies readonly SectionId[];

const ROOM_NOTE =
  "Redacted for the room: without sources and citations, names of authors and analysts, their reasons in prose, inferred positions, and what a party gets without agreement.";

/** Nothing may load or run: the file holds all that it shows. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

export interface ReportOptions {
  /** Which sections, in the report's own order; all where none are named. */
  readonly sections?: readonly SectionId[] | undefined;
  /** For the room: without sources, names and inferred positions. */
  readonly room?: boolean | undefined;
  /** How forecasts of the case turned out to be, where it has a record or outcomes. */
  readonly score?: Score | undefined;
}

/**
 * The report of an assessment: one self-contained HTML file, static, for screen and print, light and dark.
 *
 * It computes nothing: every figure stands in the assessment.
 */
export async function renderReport(whole: Assessment, options: ReportOptions = {}): Promise<string> {
  const room = options.room === true;
  const assessment = room ? redacted(whole) : whole;
  const asked = options.sections ?? SECTION_IDS;
  const content: Readonly<Record<SectionId, () => Html | Promise<Html>>> = {
    brief: () => brief(assessment),
    why: () => why(assessment),
    links: () => links(assessment),
    when: () => when(assessment),
    history: () => history(assessment),
    what: () => negotiation(assessment),
    holds: async () => holds(assessment, await drawnGraph(assessment)),
    changes: () => changes(assessment),
    statements: () => statements(assessment),
    indicators: () => indicators(assessment),
    events: () => events(assessment),
    record: () => (room ? EMPTY : record(assessment, options.score)),
    parameters: () => simulationParameters(assessment),
    sources: () => sources(assessment),
    limits: () => limits(assessment),
    reasons: () => reasons(assessment),
  };
  const shown: [id: SectionId, title: string, content: Html][] = [];
  for (const id of SECTION_IDS.filter((each) => asked.includes(each))) {
    const made = await content[id]();
    if (made !== EMPTY) shown.push([id, SECTIONS[id], made]);
  }
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
<style>${raw(`${STYLES}${runningHead(assessment)}`)}</style>
</head>
<body>
<a class="skip" href="${`#${shown[0]?.[0] ?? "brief"}`}">Skip to the answers</a>
<header>${masthead(assessment)}${room ? html`<p class="facts">${ROOM_NOTE}</p>` : EMPTY}</header>
<nav aria-label="Contents"><ul>${shown.map(([id, title]) => html`<li><a href="${`#${id}`}">${title}</a></li>`)}</ul></nav>
<main>${shown.map(([, , content]) => content)}</main>
<footer><p>Parley ${assessment.parley} · seed ${assessment.seed} · case ${assessment.case.hash}</p><p>Conditional model output, not a prediction.</p></footer>
</body>
</html>
`;
  return shown.length === SECTION_IDS.length && !room ? String(page) : withoutDeadLinks(String(page));
}

/** What a page of paper has at its head, wherever it is put down: it holds no text of the case. */
export function runningHead({ parley, seed, case: { hash } }: Assessment): string {
  const text = `Parley ${parley} · seed ${seed} · case ${hash.slice(0, 12)}`.replaceAll(/[^\p{L}\p{N} .·+-]/gu, "");
  return `@page { @top-right { content: "${text}"; font: 7.5pt system-ui, sans-serif; color: #444; } @bottom-right { content: counter(page) " / " counter(pages); font: 7.5pt system-ui, sans-serif; color: #444; } }\n`;
}

/** A link to a section that was not chosen leads nowhere: its words stay. */
function withoutDeadLinks(page: string): string {
  const ids = new Set([...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id));
  return page.replaceAll(/<a\b[^>]* ?href="#([^"]*)"[^>]*>(.*?)<\/a>/gs, (link, id: string, inner: string) =>
    ids.has(id) ? link : inner,
  );
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
