import type { Assessment, WatchItem } from "../../assess/index.ts";
import { percent } from "../../assess/index.ts";
import { dataTable, nodeAnchor } from "../figure.ts";
import { EMPTY, type Html, html } from "../html.ts";

/** Entries that a brief has room for; the JSON and the workbench have all. */
const MOST = 8;

const KINDS: Readonly<Record<WatchItem["kind"], string>> = {
  event: "event ahead",
  data: "data",
  claim: "claim",
  source: "source",
  parameter: "assumption",
  happening: "could happen",
};

/** What to watch: dated events first, then what would move an answer most. */
export function watchSection({ watch: { items, quiet, bound } }: Assessment): Html {
  if (items.length + quiet.length === 0) return EMPTY;
  const lead = `Events ahead, data, claims and assumptions that would move an answer by more than ${Math.round(bound * 100)} points; no forecast that they will.`;
  const rest =
    items.length > MOST ? html`<p class="note">${items.length - MOST} more in the JSON and the workbench.</p>` : EMPTY;
  const ahead =
    quiet.length === 0
      ? EMPTY
      : html`<p class="note">Ahead too, moving no answer so far, as coded: ${quiet.map(({ name, date }) => `${name} (${date})`).join(", ")}.</p>`;
  const rows = items
    .slice(0, MOST)
    .map(({ name, date, kind, moves, node }) => [
      node === null ? name : html`<a href="${`#${nodeAnchor(node)}`}">${name}</a>`,
      date ?? KINDS[kind],
      html`${moves.map(({ answer, engine, from, to, given }) => html`<div>${answer}, ${engine}: ${percent(from)} → ${percent(to)} ${given}</div>`)}`,
    ]);
  return html`<h3 id="watch">What to watch</h3><p>${lead}</p>
${rows.length === 0 ? EMPTY : dataTable({ head: ["What", "When, or what sort", "It would move"], rows }, "what to watch")}${rest}${ahead}`;
}
