import type { LinkFinding, LinkRow, LinkTable } from "../../assess/index.ts";
import { decibans, points } from "../../assess/index.ts";
import { pad, type Terminal, wrap } from "../terminal.ts";

const FINDINGS: Readonly<Record<LinkFinding, string>> = {
  agree: "agree",
  disagree: "disagree",
  "by-reading": "by reading",
  "no-effect": "no effect",
  silent: "silent",
  "no-sign": "",
};

/** A link table: what the source claims beside what each engine makes of it over the readings. */
export function renderLinks(table: LinkTable, terminal: Terminal): string[] {
  const { style, width } = terminal;
  const names = Math.max(14, Math.min(40, width - 54));
  const lines = [style.dim(wrap(table.text, width, "  "))];
  for (const [index, { engine }] of (table.rows[0]?.engines ?? []).entries()) {
    if (index > 0 && table.rows.every((row) => row.engines[index]?.effects.length === 0)) continue;
    lines.push(
      style.dim(
        `  ${pad("", names)} ${pad("source", 8)} ${pad(engine, 10, "right")} ${pad("over readings", 14)} finding`,
      ),
    );
    const rows = table.rows.filter((row) => index === 0 || (row.engines[index]?.effects.length ?? 0) > 0);
    for (const row of rows) lines.push(rowOf(row, index, names, terminal));
  }
  return lines;
}

function rowOf(row: LinkRow, index: number, names: number, { style }: Terminal): string {
  const engine = row.engines[index];
  const [first] = engine?.effects ?? [];
  const sizes = (engine?.effects ?? []).map(({ size }) => size);
  const paint = first === undefined || first.size === 0 ? style.dim : first.size > 0 ? style.good : style.warn;
  const sized = (size: number) => sizedIn(engine?.unit ?? "", size);
  const range = [Math.min(...sizes), Math.max(...sizes)].map((size) => sized(size).replace(/\s*(dB|pt)$/, ""));
  const finding = FINDINGS[engine?.finding ?? "silent"];
  const marks = [
    engine?.finding === "disagree" ? style.bad(finding) : finding,
    first?.open === true && finding !== FINDINGS["no-effect"] ? "sign open" : "",
  ].filter((mark) => mark !== "");
  return [
    `  ${pad(row.name, names)} ${pad(row.argues ?? "-", 8)}`,
    paint(pad(first === undefined ? "-" : sized(first.size), 10, "right")),
    pad(first === undefined ? "" : range[0] === range[1] ? "same" : `${range[0]} to ${range[1]}`, 14),
    marks.join(", "),
  ]
    .join(" ")
    .trimEnd();
}

function sizedIn(unit: string, size: number): string {
  if (unit === "verdict") return size > 0 ? "for it" : size < 0 ? "against" : "either";
  if (unit === "surplus") return `${size < 0 ? "−" : "+"}${Math.abs(size).toFixed(2)}`;
  return unit === "dB" ? decibans(size) : points(size / 100).replace("points", "pt");
}
