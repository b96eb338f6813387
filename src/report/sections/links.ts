import type { Assessment, LinkFinding, LinkRow, LinkTable } from "../../assess/index.ts";
import { capital, decibans, points } from "../../assess/index.ts";
import { linksChart, SIGNS } from "../charts/links.ts";
import { contextOf, dataTable, figure, nodeAnchor } from "../figure.ts";
import { EMPTY, type Html, html } from "../html.ts";

/** How the agreement of a source and an engine is worded; that a strength's range holds both signs is said beside it. */
const FINDINGS: Readonly<Record<LinkFinding, string>> = {
  agree: "agree",
  disagree: "disagree",
  "by-reading": "depends on the reading",
  "no-effect": "no effect beyond chance",
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

/** An engine's own figure, the first with the table of all of them. */
function tableFigure(assessment: Assessment, table: LinkTable): Html {
  const engines = table.rows[0]?.engines ?? [];
  const shown = engines.flatMap((_, index) =>
    table.rows.some((row) => (row.engines[index]?.effects.length ?? 0) > 0) ? [index] : [],
  );
  return html`${shown.map((index) => engineFigure(assessment, table, index, index === shown[0]))}`;
}

const UNITS: Readonly<Record<string, string>> = {
  dB: "± marks a strength whose range holds both signs.",
  points:
    "What more of each claim changes of the chance of the event, by the lever that the claim names; ± marks a change within two standard errors of nothing.",
};

function engineFigure(assessment: Assessment, table: LinkTable, index: number, first: boolean): Html {
  const of = (row: LinkRow) => row.engines[index];
  const rows = table.rows.filter((row) => (of(row)?.effects.length ?? 0) > 0);
  const known = new Set(rows.flatMap((row) => of(row)?.effects.map(({ reading }) => reading) ?? []));
  const readings = [
    { id: null, name: "as coded" },
    ...assessment.readings.map(({ id, name }) => ({ id, name })),
  ].filter(({ id }) => known.has(id));
  const { engine = "", unit = "" } = table.rows[0]?.engines[index] ?? {};
  if (unit === "surplus") return accepted(table, rows, index);
  if (unit === "verdict") return moved(table, rows, index);
  const words = rows.map((row) => `${row.name}: source ${row.argues ?? "claims no sign"}, ${sizes(of(row))}`);
  return figure({
    id: index === 0 ? `links-${table.question}` : `links-${table.question}-${engine}`,
    title: `${table.text} ${capital(engine)}`,
    alt: `${first ? `${table.finding} ` : ""}${words.join("; ")}.`,
    chart: linksChart(table.rows, index),
    table: {
      head: ["Claim", ...readings.map(({ name }) => name)],
      rows: rows.map((row) => [row.name, ...readings.map(({ id }) => sizeIn(of(row), id))]),
    },
    context: contextOf(assessment, ["● as coded, ○ other readings; ▲ ▼ the sign that the source claims, – none"]),
    because: html`<p>${first ? `${table.finding} ` : ""}${UNITS[unit] ?? ""}</p>${first ? openTable(table) : EMPTY}`,
  });
}

/** What the negotiation analysis says of the few claims that speak of who would accept what. */
function accepted(table: LinkTable, rows: readonly LinkRow[], index: number): Html {
  return dataTable(
    {
      head: ["Claim", "Worth over no agreement, as best filled in", "Finding"],
      rows: rows.map((row) => {
        const engine = row.engines[index];
        const [effect] = engine?.effects ?? [];
        return [
          html`<a href="${`#${nodeAnchor(effect?.node ?? row.node)}`}">${row.name}</a>`,
          sized(effect?.size ?? 0, "surplus"),
          FINDINGS[engine?.finding ?? "silent"],
        ];
      }),
    },
    `who would accept what: ${table.text}`,
  );
}

/** What the graph model says of the few claims that speak of who would leave what, or of what holds. */
function moved(table: LinkTable, rows: readonly LinkRow[], index: number): Html {
  return dataTable(
    {
      head: ["Claim", "The graph model says so", "Over readings", "Finding"],
      rows: rows.map((row) => {
        const engine = row.engines[index];
        const effects = engine?.effects ?? [];
        const claimed = row.argues === "obstacle" ? -1 : 1;
        const agree = effects.filter(({ size }) => size * claimed > 0).length;
        const [effect] = effects;
        return [
          html`<a href="${`#${nodeAnchor(effect?.node ?? row.node)}`}">${row.name}</a>`,
          (effect?.size ?? 0) * claimed > 0 ? "yes" : "no",
          `in ${agree} of ${effects.length}`,
          FINDINGS[engine?.finding ?? "silent"],
        ];
      }),
    },
    `who would move away from what: ${table.text}`,
  );
}

/** The table itself: source, data, each engine as coded and over the readings with its finding. */
function openTable(table: LinkTable): Html {
  // What parties accept, or would leave, bears on few claims and has a table of its own.
  const wide = (all: LinkRow["engines"]) => all.filter(({ unit }) => unit !== "surplus" && unit !== "verdict");
  const engines = wide(table.rows[0]?.engines ?? []);
  const columns = engines.flatMap(({ engine, unit }) => [`${capital(engine)}, ${unit}`, "Over readings", "Finding"]);
  return dataTable(
    {
      head: ["Claim", "The source", "The data", ...columns],
      rows: table.rows.map((row) => [
        html`<a href="${`#${nodeAnchor(row.node)}`}">${row.name}</a>`,
        row.argues === null ? "no sign" : html`<span class="${row.argues}">${SIGNS[row.argues]} ${row.argues}</span>`,
        row.data === null ? "–" : html`<span class="${`verdict ${row.data.verdict}`}">${row.data.verdict}</span>`,
        ...wide(row.engines).flatMap((engine) => [
          bare(sizeIn(engine, engine.effects[0]?.reading ?? null)),
          bare(spread(engine)),
          FINDINGS[engine.finding],
        ]),
      ]),
    },
    `links: ${table.text}`,
  );
}

/** Sizes without their unit, which stands in the head of the column. */
const bare = (text: string): string => text.replaceAll(/\s*(dB|points)/g, "");

/** A size in its engine's unit: decibans, or points of percent. */
const sized = (size: number, unit: string): string => {
  if (unit === "surplus") return `${size < 0 ? "−" : "+"}${Math.abs(size).toFixed(2)}`;
  return unit === "dB" ? decibans(size) : points(size / 100);
};

function sizeIn(engine: LinkRow["engines"][number] | undefined, reading: string | null): string {
  const effect = engine?.effects.find((each) => each.reading === reading);
  return effect === undefined ? "–" : `${sized(effect.size, engine?.unit ?? "")}${effect.open ? " ±" : ""}`;
}

function spread({ effects, unit }: LinkRow["engines"][number]): string {
  if (effects.length < 2) return "–";
  const sizes = effects.map(({ size }) => size);
  const [low, high] = [sized(Math.min(...sizes), unit), sized(Math.max(...sizes), unit)];
  return low === high ? "the same" : `${low} to ${high}`;
}

function sizes(engine: LinkRow["engines"][number] | undefined): string {
  if (engine === undefined) return "silent";
  const told = engine.effects.map(({ name, size }) => `${sized(size, engine.unit)} ${name}`);
  return `${engine.engine} ${told.join(", ") || "silent"}`;
}
