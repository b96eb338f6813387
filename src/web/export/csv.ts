import { type About, factsOf } from "./about.ts";
import type { Cell, FigureData } from "./data.ts";

/**
 * A figure's numbers as RFC 4180 has it: what they are of in the first records, each with a # before its name, then a head, then
 * the rows. Every record has as many fields as the head.
 */
export function csvOf({ columns, rows }: FigureData, about: About): string {
  const width = Math.max(2, columns.length);
  const full = (cells: readonly Cell[]): readonly Cell[] => [...cells, ...Array<null>(width - cells.length).fill(null)];
  const records = [
    ...factsOf(about).map(([name, value]) => full([`# ${name}`, value])),
    full(columns.map(({ name, unit }) => (unit === undefined ? name : `${name} (${unit})`))),
    ...rows.map((row) => full(row)),
  ];
  return `${records.map((record) => record.map(field).join(",")).join("\r\n")}\r\n`;
}

function field(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return Number.isFinite(cell) ? String(cell) : "";
  const text = inert(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A text that a spreadsheet would take for a formula gets an apostrophe before it. Numbers are no texts. */
const inert = (text: string): string => (/^\s*[=+\-@]|^[\t\r]/.test(text) ? `'${text}` : text);
