import type { Problem } from "../core/problems/index.ts";
import { formatProblem } from "../core/problems/index.ts";
import { EMPTY, html, raw } from "./html.ts";
import { STYLES } from "./styles.ts";

/** A page that says what is wrong with a case, for a report that is served while its case is being edited. */
export function renderProblems(title: string, problems: readonly Problem[]): string {
  return String(html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title} · Parley</title><style>${raw(STYLES)}</style></head>
<body><header><p class="kicker">Parley · the case has problems</p><h1>${title}</h1></header>
<main><p>Mend these and load the page again.</p>
<ol>${problems.slice(0, 100).map((each) => html`<li><code>${formatProblem(each)}</code>${each.hint === "" ? EMPTY : html`<br><span class="note">${each.hint}</span>`}</li>`)}</ol>
</main></body></html>
`);
}
