import type { Assessment, LinkFinding, LinkRow, LinkTable } from "../../assess/index.ts";
import { capital, decibans } from "../../assess/index.ts";
import { linksChart, SIGNS } from "../charts/links.ts";
import { contextOf, dataTable, figure, nodeAnchor } from "../figure.ts";
import { EMPTY, type Html, html } from "../html.ts";

/** How the agreement of a source and an engine is worded; that a strength's range holds both signs is said beside it. */
const FINDINGS: Readonly<Record<LinkFinding, string>> = {
  agree: "agree",
  disagree: "disagree",
  "by-reading": "depends on the reading",
  silent: "silent",
  "no-sign": "no sign claimed",
};

/** The link tables: what the source claims of each driver and obstacle, what the data say, and what each engine makes of it. */
export function links(assessment: Assessment): Html {
  const tables = assessment.links.filter(({ rows }) => rows.length > 0);
  if (tables.length === 0) return EMPTY;
  const awaited = assessment.when.awaits.map(({ engine }) => engine).join(" and ");
  return html`<section id="links" aria-labelledby="links-h"><h2 id="links-h">Source, data and engines side by side</h2>
<p>For each driver and obstacle: the sign that the source claims, what tests of data say of the claim, and the sign and size that each engine gives it under each reading. Where they disagree, that is a finding.</p>
${tables.map((table) => tableFigure(assessment, table))}
${awaited === "" ? EMPTY : html`<p class="awaits">The columns of ${awaited} come with those engines.</p>`}
</section>`;
}

function tableFigure(assessment: Assessment, table: LinkTable): Html {
  const readings = [{ id: null, name: "as coded" }, ...assessment.readings.map(({ id, name }) => ({ id, name }))];
  const engines = table.rows[0]?.engines ?? [];
  const words = table.rows.map((row) => `${row.name}: source ${row.argues ?? "claims no sign"}, ${sizes(row)}`);
  return figure({
    id: `links-${table.question}`,
    title: table.text,
    alt: `${table.finding} ${words.join("; ")}.`,
    chart: linksChart(table.rows, 0),
    table: {
      head: ["Claim", ...engines.flatMap(({ engine }) => readings.map(({ name }) => `${capital(engine)}, ${name}`))],
      rows: table.rows.map((row) => [
        row.name,
        ...row.engines.flatMap((engine) => readings.map(({ id }) => sizeIn(engine, id))),
      ]),
    },
    context: contextOf(assessment, ["● as coded, ○ other readings; ▲ ▼ the sign that the source claims, – none"]),
    because: html`<p>${table.finding} ± marks a strength whose range holds both signs.</p>${openTable(table)}`,
  });
}

/** The table itself: source, data, each engine as coded and over the readings, finding. */
function openTable(table: LinkTable): Html {
  const engines = table.rows[0]?.engines ?? [];
  const columns = engines.flatMap(({ engine }) => [capital(engine), "Over readings"]);
  return dataTable(
    {
      head: ["Claim", "The source", "The data", ...columns, "Finding"],
      rows: table.rows.map((row) => [
        html`<a href="${`#${nodeAnchor(row.node)}`}">${row.name}</a>`,
        row.argues === null ? "no sign" : html`<span class="${row.argues}">${SIGNS[row.argues]} ${row.argues}</span>`,
        row.data === null ? "–" : html`<span class="${`verdict ${row.data.verdict}`}">${row.data.verdict}</span>`,
        ...row.engines.flatMap((engine) => [sizeIn(engine, engine.effects[0]?.reading ?? null), spread(engine)]),
        row.engines.map(({ finding }) => FINDINGS[finding]).join(", "),
      ]),
    },
    `links: ${table.text}`,
  );
}

function sizeIn({ effects }: LinkRow["engines"][number], reading: string | null): string {
  const effect = effects.find((each) => each.reading === reading);
  return effect === undefined ? "–" : `${decibans(effect.size)}${effect.open ? " ±" : ""}`;
}

function spread({ effects }: LinkRow["engines"][number]): string {
  if (effects.length < 2) return "–";
  const sizes = effects.map(({ size }) => size);
  const [low, high] = [decibans(Math.min(...sizes)), decibans(Math.max(...sizes))];
  return low === high ? "the same" : `${low} to ${high}`;
}

function sizes(row: LinkRow): string {
  const of = ({ engine, effects }: LinkRow["engines"][number]) =>
    `${engine} ${effects.map(({ name, size }) => `${decibans(size)} ${name}`).join(", ") || "silent"}`;
  return row.engines.map(of).join(", ");
}
