import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addData, manifestOf, seriesOf } from "../../src/ingest/data/index.ts";
import type { Report } from "../measure.ts";
import { GED_ROWS, writeGedShape } from "./ged-shape.ts";

/** A file as large as the full UCDP GED: registered, and counted by conflict and month. Medians of 5. */
export default async function bench(report: Report): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "parley-bench-data-"));
  try {
    const file = join(folder, "GEDEvent_v25_1.csv");
    writeGedShape(file);
    const size = `${GED_ROWS} rows, 49 columns, ${(statSync(file).size / 1e6).toFixed(0)} MB`;
    for (const reader of ["duckdb", "plain"] as const) {
      const times: { add: number; series: number }[] = [];
      let note = "";
      for (let i = 0; i < (reader === "duckdb" ? 6 : 2); i++) {
        const registry = join(folder, `${reader}-${i}`);
        const start = performance.now();
        const content = await addData(registry, file, { as: "ucdp-ged", reader });
        const middle = performance.now();
        const made = await seriesOf(registry, manifestOf(registry, content.name), {
          by: "month",
          each: "conflict_id",
          reader,
        });
        const end = performance.now();
        note = `${content.rows} rows kept, ${made.series.length} conflicts x ${made.series[0]?.points.length} months`;
        // The first warms up.
        if (i > 0) times.push({ add: middle - start, series: end - middle });
        rmSync(registry, { recursive: true });
      }
      const median = (of: (each: (typeof times)[number]) => number) =>
        times.map(of).sort((a, b) => a - b)[Math.floor((times.length - 1) / 2)] ?? 0;
      report({ name: `register a GED-shaped file (${reader})`, ms: median(({ add }) => add), note: size });
      report({ name: `... and count by conflict and month (${reader})`, ms: median(({ series }) => series), note });
      report({ name: `both (${reader})`, ms: median(({ add, series }) => add + series), note: "aim: under 3 s" });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
