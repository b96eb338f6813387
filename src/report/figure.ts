import type { Assessment } from "../assess/index.ts";
import { AS_CODED, number, percent, percentRange } from "../assess/index.ts";
import { type Chart, draw, NARROW, WIDE } from "./charts/plot.ts";
import { EMPTY, type Html, html } from "./html.ts";

/** A table of the numbers behind a chart. */
export interface DataTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | Html)[])[];
}

export interface FigureParts {
  readonly id: string;
  /** What the chart shows, as a finding. */
  readonly title: string;
  /** One sentence for people who cannot see it, made from the numbers. */
  readonly alt: string;
  /** None where too few numbers are there to draw: then the table stands open. */
  readonly chart: Chart | undefined;
  readonly table: DataTable;
  /** What must stand by the figure wherever it goes. */
  readonly context: string;
  readonly because: Html;
}

/** A chart with its title, its text alternative, its context, its reasons and its numbers. */
export function figure({ id, title, alt, chart, table, context, because }: FigureParts): Html {
  return html`<figure id="${id}">
<figcaption><h3>${title}</h3></figcaption>
${
  chart === undefined
    ? dataTable(table, title)
    : html`<div class="chart" role="img" aria-label="${alt}"><div class="wide">${draw(chart, WIDE)}</div><div class="narrow">${draw(chart, NARROW)}</div></div>`
}
<p class="context">${context}</p>
${because}
${chart === undefined ? EMPTY : html`<details><summary>Numbers of this figure</summary>${dataTable(table, title)}</details>`}
</figure>`;
}

/** From this number of columns on, a row stands as a card of its own on a phone. */
const STACKED = 4;

/**
 * A table that scrolls by itself where it is wider than the page; one of many columns stands in cards on a phone. Its
 * roles are spelt out because cards take them from the elements.
 */
export function dataTable({ head, rows }: DataTable, caption: string): Html {
  const label = `Table: ${caption}`;
  if (head.length < STACKED) {
    return html`<div class="scroll" role="region" aria-label="${label}" tabindex="0"><table>
<thead><tr>${head.map((cell) => html`<th scope="col">${cell}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((cell, index) => (index === 0 ? html`<th scope="row">${cell}</th>` : html`<td>${cell}</td>`))}</tr>`)}</tbody>
</table></div>`;
  }
  return html`<div class="scroll" role="region" aria-label="${label}" tabindex="0"><table class="stack" role="table">
<thead role="rowgroup"><tr role="row">${head.map((cell) => html`<th scope="col" role="columnheader">${cell}</th>`)}</tr></thead>
<tbody role="rowgroup">${rows.map((row) => html`<tr role="row">${row.map((cell, index) => stackedCell(cell, index, head[index] ?? ""))}</tr>`)}</tbody>
</table></div>`;
}

function stackedCell(cell: string | Html, index: number, name: string): Html {
  const empty = cell === "" || cell === "–" ? " none" : "";
  return index === 0
    ? html`<th scope="row" role="rowheader" data-label="${name}"><div>${cell}</div></th>`
    : html`<td role="cell" class="${`of${empty}`}" data-label="${name}"><div>${cell}</div></td>`;
}

/** A reason's value as people read it: of a chance its share, of another number what can be read. */
function valueText(value: string | number, unit: string | undefined): string {
  if (typeof value === "number" && unit === "probability") return percent(value);
  const text = typeof value === "number" ? number(value) : value;
  return unit === undefined ? text : `${text} ${unit}`;
}

/** What stands by every figure: when, under which reading, how computed, and that it is no prediction. */
export function contextOf(assessment: Assessment, extra: readonly (string | undefined)[] = []): string {
  const { asOf, hash } = assessment.case;
  const parts = [
    asOf === null ? undefined : `As of ${asOf}`,
    assessment.reading.id === null ? AS_CODED : `reading “${assessment.reading.name}”`,
    ...extra,
    "conditional model output, not a prediction",
    `case ${hash.slice(0, 12)}`,
  ];
  const hindsight = assessment.hindsight.count > 0 ? [`${assessment.hindsight.count} entries with hindsight`] : [];
  return `${[...parts, ...hindsight].filter((part) => part !== undefined).join(" · ")}.`;
}

/** How the draws and readings of a question stand in a figure's context. */
export function drawsContext(assessment: Assessment, range: { low: number; high: number } | undefined): string[] {
  const spread = range === undefined ? [] : [`range over readings ${percentRange(range.low, range.high)}`];
  return [`${number(assessment.draws)} draws, seed ${assessment.seed}`, ...spread];
}

/** The reasons of a figure, unfolded: each with its own place in the list of all reasons. */
export function becauseList(assessment: Assessment, ids: readonly string[], about?: string): Html {
  const nodes = ids.flatMap((id) => assessment.nodes[id] ?? []);
  if (nodes.length === 0) return EMPTY;
  return html`<div class="because"><p class="label">Because</p><ul>${nodes.map((node) => {
    const value = node.value === undefined ? "" : `: ${valueText(node.value, node.unit)}`;
    // Below a claim its name need not be said again.
    const label = about === undefined ? node.label : node.label.replace(` of “${about}”`, "");
    const where = node.line === undefined ? "" : ` (${node.line})`;
    return html`<li><a href="${`#${nodeAnchor(node.id)}`}">${label}${value}</a>${node.note === undefined ? "" : html` <span class="note">${node.note}</span>`}${where === "" ? "" : html`<span class="line">${where}</span>`}</li>`;
  })}</ul></div>`;
}

/** The anchor of a reason in the list of all reasons. */
export function nodeAnchor(id: string): string {
  return `because-${id.replaceAll(/[^a-zA-Z0-9_-]+/g, "-")}`;
}
