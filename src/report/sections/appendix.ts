import type { Assessment, AssessmentNode, SourceExhibit } from "../../assess/index.ts";
import { count } from "../../assess/index.ts";
import { nodeAnchor } from "../figure.ts";
import { EMPTY, type Html, html } from "../html.ts";

/** Sources with their grades, and what rests on each alone. */
export function sources(assessment: Assessment): Html {
  if (assessment.sources.length === 0) return EMPTY;
  const bears = ({ statements, claims }: SourceExhibit) => statements.length > 0 || claims.length > 0;
  const carrying = assessment.sources.filter(bears);
  const others = assessment.sources.filter((source) => !bears(source));
  return html`<section id="sources" aria-labelledby="sources-h"><h2 id="sources-h">Sources</h2>
<p>${count(carrying.length, "source")} on which claims rest${others.length === 0 ? "" : `; ${count(others.length, "other")} for events, terms and data`}.</p>
${carrying.map(sourceEntry)}${others.length === 0 ? EMPTY : html`<h3>For events, terms and data</h3>${others.map(sourceEntry)}`}</section>`;
}

/** A source in a line, with its card unfolded where its argument is told point by point. */
function sourceEntry(source: SourceExhibit): Html {
  const from = [source.by, source.published].filter((part) => part !== null).join(", ");
  const grade = source.reliability === null ? EMPTY : html` <span class="chip">${source.reliability}</span>`;
  const late = source.hindsight === null ? EMPTY : html` <span class="chip warn">hindsight</span>`;
  return html`<details class="source" id="${`source-${source.id}`}"${source.statements.length > 0 ? html` open` : EMPTY}><summary><strong>${source.title}</strong> <span class="line">${from}</span>${grade}${late}</summary>${sourceFacts(source)}</details>`;
}

function sourceFacts(source: SourceExhibit): Html {
  const facts: [string, string | Html | null][] = [
    ["By", [source.by, source.affiliation].filter((part) => part !== null).join(", ") || null],
    ["Published", [source.publisher, source.published].filter((part) => part !== null).join(", ") || null],
    ["Language", languages(source)],
    ["Reliability", source.reliability],
    ["Takes the side of", source.interested.join(", ") || null],
    ["Graded so because", source.because],
    [
      "Rests on it alone",
      source.alone.length === 0 ? null : `${source.alone.length} of ${source.claims.length} claims that cite it`,
    ],
    ["Address", source.url === null ? null : html`<a href="${source.url}" rel="noreferrer">${source.url}</a>`],
    ["Hindsight", source.hindsight],
    ["Note", source.note],
  ];
  const stated = facts.filter(([, text]) => text !== null);
  return html`<dl class="facts-list">${stated.map(([label, text]) => html`<dt>${label}</dt><dd>${text ?? ""}</dd>`)}</dl>`;
}

function languages({ language, translated }: SourceExhibit): string | null {
  if (language === null) return null;
  return translated === null ? language : `${language}, read in translation (${translated})`;
}

const KINDS: readonly (readonly [AssessmentNode["kind"], string])[] = [
  ["figure", "Figures"],
  ["parameter", "Parameters"],
  ["claim", "Claims"],
  ["series", "Series"],
  ["source", "Places in sources"],
  ["engine", "Engines"],
  ["definition", "Definitions"],
];

/** Every reason of the assessment, with its own reasons: where each number comes from. */
export function reasons(assessment: Assessment): Html {
  const nodes = Object.values(assessment.nodes);
  return html`<section id="reasons" aria-labelledby="reasons-h"><h2 id="reasons-h">Where each number comes from</h2>
<p>Each entry says what it is, where it stands in the case, and what it rests on.</p>
${KINDS.map(([kind, title]) => {
  const own = nodes.filter((node) => node.kind === kind);
  if (own.length === 0) return EMPTY;
  return html`<details class="kind"><summary>${title} (${own.length})</summary><dl class="nodes">${own.map((node) => nodeEntry(assessment, node))}</dl></details>`;
})}</section>`;
}

function nodeEntry(assessment: Assessment, node: AssessmentNode): Html {
  const value =
    node.value === undefined
      ? ""
      : ` = ${typeof node.value === "number" ? Math.round(node.value * 1e4) / 1e4 : node.value}${node.unit === undefined || node.kind === "series" ? "" : ` ${node.unit}`}`;
  const rests = node.because.flatMap((id) => assessment.nodes[id] ?? []);
  const citation = node.citation === undefined ? EMPTY : html`<cite>${node.citation}</cite>`;
  const path =
    node.casePath === undefined
      ? EMPTY
      : html`<code>${node.casePath}</code> <span class="line">${node.line ?? ""}</span>`;
  return html`<div id="${nodeAnchor(node.id)}"><dt>${node.label}${value}</dt><dd>${citation} ${node.note === undefined ? EMPTY : html`<span class="note">${node.note}</span>`} ${path}${
    rests.length === 0
      ? EMPTY
      : html`<br>rests on ${rests.map((rest, index) => html`${index > 0 ? "; " : ""}<a href="${`#${nodeAnchor(rest.id)}`}">${shortLabel(rest)}</a>`)}`
  }</dd></div>`;
}

function shortLabel({ label, kind, citation }: AssessmentNode): string {
  const text = kind === "source" ? (citation ?? label) : label;
  return text.length <= 90 ? text : `${text.slice(0, 88)}…`;
}

/** What the reader must know of the numbers: hindsight, notes of the check, limits. */
export function limits(assessment: Assessment): Html {
  const { hindsight, notes } = assessment;
  return html`<section id="limits" aria-labelledby="limits-h"><h2 id="limits-h">Limits</h2>
<ul>
<li>Every figure is conditional on the claims, weights and readings of this case. None is a prediction, and this case cannot show that the method is skilled.</li>
<li>Parley takes no side. A claim says who argued it; its strength says who set it and why.</li>
${hindsight.count === 0 ? EMPTY : html`<li>${hindsight.count} entries are marked as hindsight (published after the day of the analysis): ${hindsight.marks.map(({ path, reason }, index) => html`${index > 0 ? "; " : ""}<code>${path}</code> (${reason})`)}.</li>`}
${hindsight.leftOut.length === 0 ? EMPTY : html`<li>Left out as not known then: ${hindsight.leftOut.map((path, index) => html`${index > 0 ? ", " : ""}<code>${path}</code>`)}.</li>`}
${notes.filter(({ severity }) => severity !== "error").map(({ message, at }) => html`<li>${message} <span class="line">${at}</span></li>`)}
</ul></section>`;
}
