/** The report's style sheet: quiet, typographic, print-like; light and dark; phone to wide screen; print. */
export const STYLES = `
:root {
  color-scheme: light dark;
  --paper: #fcfbf8; --ink: #1c1b19; --soft: #63605a; --line: #dcd8cf; --wash: #f3f0e9;
  --accent: #1f5c86; --driver: #00795a; --obstacle: #b5470a; --warn: #8a5a00; --band: rgba(31, 92, 134, .13);
  --serif: Charter, "Bitstream Charter", "Sitka Text", Cambria, "Noto Serif", "DejaVu Serif", Georgia, serif;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #15171a; --ink: #e9e6df; --soft: #a8a49b; --line: #363a40; --wash: #1d2024;
    --accent: #7db8e0; --driver: #3fc79a; --obstacle: #f08c4b; --warn: #e0b050; --band: rgba(125, 184, 224, .18);
  }
}
* { box-sizing: border-box; }
html { font: 17px/1.55 var(--serif); background: var(--paper); color: var(--ink); -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; max-width: 48rem; padding: 2.5rem 1.25rem 4rem; overflow-wrap: anywhere; }
h1, h2, h3, h4 { line-height: 1.2; font-weight: 600; text-wrap: balance; }
h1 { font-size: 2.1rem; margin: .2rem 0 .6rem; letter-spacing: -.01em; }
h2 { font-size: 1.45rem; margin: 3.2rem 0 .9rem; padding-top: .8rem; border-top: 2px solid var(--ink); }
h3 { font-size: 1.1rem; margin: 1.8rem 0 .5rem; }
h3.asked { font-size: 1.2rem; font-style: italic; font-weight: 500; margin-top: 2.2rem; }
h4 { font-size: 1rem; margin: 1.6rem 0 .5rem; }
p { margin: .5rem 0; }
a { color: var(--accent); text-underline-offset: .15em; text-decoration-thickness: .06em; }
a:focus-visible, summary:focus-visible, .scroll:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
cite { font-style: normal; font-family: var(--sans); font-size: .78rem; color: var(--soft); }
code { font-size: .82em; }
.kicker, .label, .chip, .context, .facts, .facts-list, .line, nav, footer, table, .tests, .because, .more, .legend, summary,
.confidence, .awaits, .nodes, .definition { font-family: var(--sans); }
.kicker { font-size: .78rem; letter-spacing: .08em; text-transform: uppercase; color: var(--soft); margin: 0; }
.facts, .context, .line, .more, .confidence, .awaits { font-size: .8rem; color: var(--soft); }
.about { max-width: 40rem; }
.label { font-size: .7rem; letter-spacing: .07em; text-transform: uppercase; color: var(--soft); font-weight: 600; }
.definition { font-size: .82rem; color: var(--soft); }
.chip { display: inline-block; font-size: .7rem; line-height: 1.5; padding: 0 .5em; border: 1px solid var(--line); border-radius: 1em;
  color: var(--soft); white-space: nowrap; font-weight: 500; font-style: normal; vertical-align: middle; text-decoration: none; }
.chip.warn { color: var(--warn); border-color: currentColor; }
.skip { position: absolute; inset-inline-start: 1rem; top: -100rem; }
.skip:focus { top: 1rem; background: var(--paper); padding: .5rem; }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
nav ul { list-style: none; padding: .6rem 0; margin: 1.2rem 0 0; display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; font-size: .82rem;
  border-top: 1px solid var(--line); border-bottom: 1px solid var(--line); }
nav a { display: inline-block; padding: .25rem 0; text-decoration: none; }
nav a:hover { text-decoration: underline; }
.thesis { border-left: 3px solid var(--line); padding: .1rem 0 .1rem 1rem; margin: 1rem 0 1.6rem; color: var(--ink); }
.answers { margin: 0; }
.answer { display: grid; grid-template-columns: 9rem 1fr; gap: 0 1.2rem; padding: .9rem 0; border-top: 1px solid var(--line); }
.answer dt { font-weight: 600; }
.answer dd { margin: 0; }
.answer .headline { margin: 0; }
figure { margin: 1.6rem 0 2rem; padding: 0; break-inside: avoid; }
figcaption h3 { margin: 0 0 .4rem; font-size: 1.05rem; }
.chart svg { display: block; width: 100%; height: auto; max-width: 45rem; font-family: var(--sans); color: var(--ink); }
.chart text { white-space: pre; }
.chart .narrow { display: none; }
.chart.graph .wide svg { width: auto; min-width: min(100%, 45rem); max-width: none; }
.chart.graph .narrow svg { width: auto; max-width: none; }
.part-of { white-space: nowrap; }
.keys { list-style: none; display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; padding: 0; margin: .5rem 0; font: .8rem var(--sans); }
.wants { font: .82rem/1.4 var(--sans); padding-left: 1.2rem; margin: .4rem 0; } .wants a { color: inherit; text-decoration-color: var(--line); }
.context { margin: .4rem 0; }
.because { font-size: .82rem; border-left: 2px solid var(--line); padding-left: .8rem; margin: .6rem 0; }
.because ul { margin: 0; padding-left: 1rem; }
.because .label { margin: 0; }
.because li { margin: .15rem 0; }
.because a { color: inherit; text-decoration-color: var(--line); text-decoration-thickness: .1em; }
.because a:hover { text-decoration-color: currentColor; }
.note { color: var(--soft); }
th .note, th details { font-weight: 400; }
td small { display: block; font-size: .72rem; }
details { margin: .4rem 0; font-size: .85rem; }
summary { cursor: pointer; color: var(--soft); font-size: .8rem; padding: .25rem 0; }
.scroll { overflow-x: auto; margin: .6rem 0 1rem; }
table { border-collapse: collapse; font-size: .8rem; line-height: 1.4; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; vertical-align: top; padding: .35rem .7rem .35rem 0; border-bottom: 1px solid var(--line); overflow-wrap: normal; }
thead th { color: var(--soft); font-weight: 600; border-bottom: 1px solid var(--ink); }
tbody th { font-weight: 500; }
.claims { list-style: none; padding: 0; margin: 0; }
.claims > li { padding: .8rem 0 .6rem; border-top: 1px solid var(--line); break-inside: avoid; }
.claim-head { margin: 0; }
.weight { font-family: var(--sans); font-size: .85rem; font-variant-numeric: tabular-nums; }
.driver { color: var(--driver); } .obstacle { color: var(--obstacle); }
.differs { font-weight: 600; color: var(--warn); }
.tests { list-style: none; padding: 0; margin: .5rem 0; font-size: .82rem; }
.tests li { margin: .3rem 0; }
.verdict { font-weight: 600; font-size: .78rem; }
.verdict.supported { color: var(--driver); } .verdict.contradicted { color: var(--obstacle); }
.verdict.inconclusive { color: var(--warn); } .verdict.uncheckable { color: var(--soft); }
.legend { font-size: .78rem; color: var(--soft); columns: 2; column-gap: 2rem; padding-left: 1.5rem; margin: .4rem 0; }
.facts-list { display: grid; grid-template-columns: max-content 1fr; gap: .15rem .9rem; font-size: .8rem; margin: .5rem 0; }
.facts-list dt { color: var(--soft); } .facts-list dd { margin: 0; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(21rem, 100%), 1fr)); gap: 1rem; }
.card { border: 1px solid var(--line); border-radius: .4rem; padding: .2rem 1rem .7rem; break-inside: avoid; }
.card h3 { font-size: 1rem; margin: .7rem 0 .4rem; }
.nodes { font-size: .8rem; } .nodes > div { padding: .35rem 0; border-top: 1px solid var(--line); }
.nodes dt { font-weight: 500; } .nodes dd { margin: 0; color: var(--soft); }
.nodes > div:target { background: var(--wash); }
.source { margin: 0; border-top: 1px solid var(--line); }
.source > summary { color: var(--ink); padding: .4rem 0; }
.source > summary strong { font-weight: 500; }
sub { font-size: .65rem; line-height: 1; }
.kind > summary { font-size: 1rem; color: var(--ink); padding: .5rem 0; border-top: 1px solid var(--line); }
.worth { padding: 0 .35em; border-radius: .2em; white-space: nowrap;
  background: color-mix(in srgb, var(--accent) calc(var(--worth) * 38%), transparent); }
.part { background: linear-gradient(to right, color-mix(in srgb, var(--obstacle) 30%, transparent) calc(var(--part) * 100%), transparent 0);
  padding: 0 .3em; margin: .1rem 0; }
sup { font-size: .65rem; line-height: 1; color: var(--soft); }
abbr { text-decoration: none; }
.card h4 { margin: .7rem 0 .1rem; }
.card > p { font-size: .88rem; }
footer { margin-top: 4rem; border-top: 1px solid var(--line); font-size: .75rem; color: var(--soft); }
@media (max-width: 40rem) {
  html { font-size: 16px; }
  body { padding: 1.25rem 1.25rem 3rem; }
  h1 { font-size: 1.6rem; }
  .answer { grid-template-columns: 1fr; gap: .25rem; }
  .chart .wide { display: none; } .chart .narrow { display: block; }
  .legend { columns: 1; }
  .facts-list { grid-template-columns: 1fr; } .facts-list dd { margin-bottom: .3rem; }
  .stack, .stack tbody, .stack tr, .stack th, .stack td { display: block; }
  .stack thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .stack tr { padding: .6rem 0; border-bottom: 1px solid var(--line); }
  .stack th, .stack td { border: 0; padding: .1rem 0; }
  .stack tbody th { font-size: .9rem; font-weight: 600; padding-bottom: .2rem; }
  .stack td { display: grid; grid-template-columns: 6.5rem 1fr; gap: 0 .7rem; }
  .stack td::before { content: attr(data-label); color: var(--soft); overflow-wrap: anywhere; }
  .stack td.none { display: none; }
}
@media print {
  :root { --paper: #fff; --ink: #000; --soft: #444; --line: #bbb; --wash: #fff; --accent: #1f5c86; --driver: #00795a; --obstacle: #b5470a; --warn: #6b4600; }
  @page { margin: 18mm 16mm; }
  html { font-size: 10.5pt; }
  body { max-width: none; padding: 0; }
  nav, .skip, figure summary { display: none; }
  summary { list-style: none; }
  h2 { break-after: avoid; } h3, h4 { break-after: avoid; }
  details::details-content { content-visibility: visible; block-size: auto; }
  .scroll { overflow: visible; }
  /* Nothing can be scrolled to on paper: what is wide is set smaller. */
  table { font-size: .7rem; } th, td { padding-right: .45rem; }
  tr { break-inside: avoid; }
  .chart.graph .wide svg { min-width: 0; max-width: 100%; height: auto; }
  .chart .wide { display: block; } .chart .narrow { display: none; }
  .card a[href^="http"] { text-decoration: none; }
}
`;
