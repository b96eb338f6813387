import { writeFileSync } from "node:fs";
import { reasonOf } from "../case/folder.ts";
import { ParleyError } from "../core/problems/index.ts";
import type { Output } from "./output.ts";

/** Writes a file that was asked for, and says so. @throws ParleyError write-failed */
export function writeText(file: string, text: string, output: Output): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw ParleyError.of("write-failed", { path: file, reason: reasonOf(error) });
  }
  output.note(`wrote ${file}`);
}

/** Rows as CSV, with cells that no spreadsheet takes for a formula. */
export function csvText(rows: readonly (readonly string[])[]): string {
  return `${rows.map((row) => row.map(cell).join(",")).join("\n")}\n`;
}

function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
  return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
