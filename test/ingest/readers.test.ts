import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import fc from "fast-check";
import { parquetReadObjects } from "hyparquet";
import { describe, expect, it } from "vitest";
import { GED_COLUMNS, writeGedShape } from "../../bench/data/ged-shape.ts";
import { ParleyError } from "../../src/core/problems/index.ts";
import { addData, type Manifest, manifestOf, PERIODS, seriesOf } from "../../src/ingest/data/index.ts";
import { rowsOfTable } from "../../src/ingest/data/table.ts";
import { Bench, csv, GED } from "./support.ts";

async function tableOf(bench: Bench, content: Manifest): Promise<unknown[]> {
  const rows: unknown[] = [];
  for await (const row of rowsOfTable(bench.folder, content, content.columns)) rows.push({ ...row });
  return rows;
}

/** What both readers make of a file: the table and what was left out, or why it is refused. */
async function both(text: string, options: object): Promise<[unknown, unknown]> {
  const bench = new Bench();
  const results = [];
  for (const reader of ["plain", "duckdb"] as const) {
    try {
      const content = await bench.add("x.csv", text, { ...options, reader, name: reader, again: true });
      results.push({
        rows: await tableOf(bench, content),
        dropped: content.dropped,
        from: content.from,
        to: content.to,
      });
    } catch (error) {
      if (!(error instanceof ParleyError)) throw error;
      results.push(error.problems.map(({ code, line, message }) => ({ code, line, message })));
    }
  }
  return results as [unknown, unknown];
}

const cells = fc.constantFrom(
  "",
  " ",
  "NA",
  "0",
  "1",
  "2",
  "3",
  "07",
  "1.50",
  "-1",
  "1e3",
  ".5",
  "5.",
  "1,200",
  "12,34",
  "1_000",
  "1e",
  "1.2.3",
  "--1",
  "+-1",
  "e5",
  "+4",
  "1e400",
  "2024-01-05x",
  "2024/01/05",
  "05-01-2024",
  "5.1.2024",
  "inf",
  "NaN",
  "nan",
  "x",
  " 4 ",
  "2024-01-05",
  "2024-02-30",
  "2024-1-5",
  "2024-01",
  "2024",
  "2024-13",
  "2024-01-05 00:00:00.000",
  "2024-01-05T10:00:00Z",
  "2024-01-05 25",
  "05/01/2024",
  "13/1/2024",
  "1/13/2024",
  "5 January 2024",
  "5-Jan-2024",
  "5 Sept 2024",
  "5 Jan-2024",
  "05 Jan 2024",
  "31 February 2024",
  "0000-01-01",
  "é",
  "#x",
  "'",
  "null",
);

describe("DuckDB and the plain reader", () => {
  it("take over the same table from any cells, and refuse the same", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cells, { minLength: 9, maxLength: 9 }), { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        async (rows, dropMalformed) => {
          const quoted = rows.map((row) => row.map((cell) => (/[",]/.test(cell) ? `"${cell}"` : cell)));
          const [plain, duck] = await both(csv(GED, ...quoted), { as: "ucdp-ged", dropMalformed });
          expect(duck).toEqual(plain);
        },
      ),
      { numRuns: 25 },
    );
  });

  it("read the dates of a series alike in every form", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(cells, { minLength: 1, maxLength: 4 }),
        fc.constantFrom("iso", "dmy", "mdy", "named"),
        async (dates, form) => {
          const rows = dates.map((date, i) => [/[",]/.test(date) ? `"${date}"` : date, i]);
          const [plain, duck] = await both(csv(["date", "n"], ...rows), {
            as: "series-csv",
            dates: form,
            dropMalformed: true,
          });
          expect(duck).toEqual(plain);
        },
      ),
      { numRuns: 25 },
    );
  });

  it("make the same table and series of a file of the full data set's shape", async () => {
    const bench = new Bench();
    const file = join(bench.files, "GEDEvent_v25_1.csv");
    writeGedShape(file, 3000, 7);
    expect(GED_COLUMNS).toHaveLength(49);
    const plain = await addData(bench.folder, file, { reader: "plain", name: "plain" });
    const duck = await addData(bench.folder, file, { reader: "duckdb", name: "duck" });
    expect(plain).toMatchObject({
      layout: "ucdp-ged",
      release: "25.1",
      rows: 3000,
      variant: "17.1 and later, 49 columns",
    });
    expect(duck).toMatchObject({
      ...plain,
      name: "duck",
      added: duck.added,
      table: { file: "table.parquet" },
      reader: expect.stringMatching(/^DuckDB /),
    });
    expect(await tableOf(bench, duck)).toEqual(await tableOf(bench, plain));
    for (const by of PERIODS) {
      for (const more of [
        {},
        { each: "conflict_id" },
        { measure: "events", where: [{ column: "type", values: ["one-sided", "NON-STATE"] }] },
        { cumulative: true },
      ]) {
        const options = { by, from: "2001", until: "2003-06-30", ...more };
        const one = await seriesOf(bench.folder, plain, options);
        expect(await seriesOf(bench.folder, duck, options)).toEqual(one);
        expect(await seriesOf(bench.folder, duck, { ...options, reader: "plain" })).toEqual(one);
      }
    }
  });

  it("read line ends of Windows and a mark at the head of the file", async () => {
    const text = `\ufeff${csv(GED, [1, 1, 5, "Chad", "2024-01-02", "2024-01-02", 3, 3, 3], [2, 1, 5, '"a, b"', "2024-01-03", "2024-01-03", 4, 4, 4])}`;
    const bench = new Bench();
    const kept = await bench.add("x.csv", text.replaceAll("\n", "\r\n"), { as: "ucdp-ged", reader: "duckdb" });
    expect(kept).toMatchObject({ rows: 2, reader: expect.stringMatching(/^DuckDB/) });
    const [plain, duck] = await both(text.replaceAll("\n", "\r\n"), { as: "ucdp-ged" });
    expect(duck).toEqual(plain);
  });

  it("read Parquet as they read CSV", async () => {
    const bench = new Bench();
    const file = join(bench.files, "ged.csv");
    writeGedShape(file, 500, 3);
    const parquet = join(bench.files, "ged.parquet");
    const connection = await (await DuckDBInstance.create(":memory:")).connect();
    await connection.run(
      `copy (select * from read_csv('${file}')) to '${parquet}' (format parquet, row_group_size 122880)`,
    );
    connection.closeSync();
    const text = await addData(bench.folder, file, { name: "text" });
    const tables = [];
    for (const reader of ["plain", "duckdb"] as const) {
      const content = await addData(bench.folder, parquet, { name: reader, reader });
      expect(content).toMatchObject({ rows: 500, from: text.from, to: text.to, dropped: [] });
      tables.push(await tableOf(bench, content));
    }
    expect(tables[1]).toEqual(tables[0]);
    expect(tables[0]).toEqual(await tableOf(bench, text));
    // The table that DuckDB keeps can be read without it.
    const kept = readFileSync(join(bench.folder, "duckdb", "table.parquet"));
    const buffer = kept.buffer.slice(kept.byteOffset, kept.byteOffset + kept.byteLength);
    expect(await parquetReadObjects({ file: buffer as ArrayBuffer })).toHaveLength(500);
  });

  it("notices a table that was changed after it was registered", async () => {
    const bench = new Bench();
    const content = await bench.add("x.csv", csv(["date", "n"], ["2024-01-01", 1]), { as: "series-csv" });
    bench.write("registry/x/table.csv", "date,n\n2024-01-01,2\n");
    await expect(seriesOf(bench.folder, content, { by: "day" })).rejects.toThrow(/not the one that was registered/);
    bench.write("registry/x/manifest.json", "{");
    expect(() => manifestOf(bench.folder, "x")).toThrow(/invalid data set/);
  });
});
