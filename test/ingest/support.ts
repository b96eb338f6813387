import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ParleyError, type Problem } from "../../src/core/problems/index.ts";
import { type AddOptions, addData } from "../../src/ingest/data/index.ts";

/** A folder for data sets, and files beside it. */
export class Bench {
  readonly files = mkdtempSync(join(tmpdir(), "parley-data-"));
  readonly folder = join(this.files, "registry");

  write(name: string, content: string | Uint8Array): string {
    const path = join(this.files, name);
    writeFileSync(path, content);
    return path;
  }

  add(name: string, content: string | Uint8Array, options: AddOptions = {}) {
    return addData(this.folder, this.write(name, content), options);
  }

  /** The problems of a file that is refused. */
  async refused(name: string, content: string | Uint8Array, options: AddOptions = {}): Promise<readonly Problem[]> {
    return problemsOf(this.add(name, content, options));
  }

  /** What stands in the registry: nothing half done either. */
  names(): string[] {
    try {
      return readdirSync(this.folder);
    } catch {
      return [];
    }
  }

  table(name: string): string {
    return readFileSync(join(this.folder, name, "table.csv"), "utf8");
  }
}

/** The problems with which something fails. */
export async function problemsOf(work: Promise<unknown>): Promise<readonly Problem[]> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ParleyError) return error.problems;
    throw error;
  }
  throw new Error("nothing was wrong with it");
}

/** Rows as CSV text. */
export function csv(...rows: readonly (readonly (string | number)[])[]): string {
  return `${rows.map((row) => row.join(",")).join("\n")}\n`;
}

/** Columns of UCDP GED that Parley asks for, and a row of them. */
export const GED = [
  "id",
  "type_of_violence",
  "conflict_new_id",
  "country",
  "date_start",
  "date_end",
  "best",
  "low",
  "high",
];
export const gedRow = (id: number, date: string, best: number | string, country = "Ukraine", end = date) =>
  [id, 1, 13243, country, date, end, best, best, best] as const;
