import { mkdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { addData } from "../../src/ingest/data/index.ts";
import { Bench, csv, GED, gedRow, problemsOf } from "./support.ts";

const bench = new Bench();
const good = csv(GED, gedRow(1, "2024-01-02", 3), gedRow(2, "2024-02-03", 4));
const ged = { as: "ucdp-ged" } as const;

describe("files that are refused: one clear message, and nothing registered", () => {
  afterEach(() => expect(bench.names()).toEqual([]));

  it("another delimiter", async () => {
    for (const [mark, named] of [
      [";", ";"],
      ["\t", "tabs"],
      ["|", "|"],
    ] as const) {
      const [problem, ...more] = await bench.refused("x.csv", good.replaceAll(",", mark), ged);
      expect(more).toEqual([]);
      expect(problem).toMatchObject({
        code: "data-delimiter",
        line: 1,
        message: `invalid delimiter: the columns are parted by ${named} (expected commas)`,
      });
    }
  });

  it("missing columns, with the near miss", async () => {
    const [problem, ...more] = await bench.refused(
      "x.csv",
      good.replace("date_start", "date_strat").replace(",best", ",b"),
      ged,
    );
    expect(more).toEqual([]);
    expect(problem).toMatchObject({ code: "data-columns", line: 1, hint: "did you mean date_strat?" });
    expect(problem?.message).toBe(
      "missing columns: datestart, best (expected the layout of UCDP Georeferenced Event Dataset)",
    );
  });

  it("bad dates and numbers, at their line, or dropped where that is asked for", async () => {
    const broken = csv(GED, gedRow(1, "2024-01-02", 3), gedRow(2, "2024-02-30", 4), gedRow(3, "2024-03-01", 1));
    for (const reader of ["plain", "duckdb"] as const) {
      const [problem, ...more] = await bench.refused("x.csv", broken, { ...ged, reader });
      expect(more).toEqual([]);
      expect(problem).toMatchObject({
        code: "data-cell",
        line: 3,
        message: "invalid date_start: 2024-02-30 (expected a date)",
      });
      const [negative] = await bench.refused("x.csv", csv(GED, gedRow(1, "2024-01-02", -3)), { ...ged, reader });
      expect(negative?.message).toBe("invalid best: -3 (expected a number of at least 0)");
      const [type] = await bench.refused("x.csv", good.replace(",1,13243", ",7,13243"), { ...ged, reader });
      expect(type).toMatchObject({ line: 2, message: "invalid type_of_violence: 7 (expected one of 1, 2, 3)" });
    }
    const other = new Bench();
    const kept = await other.add("x.csv", broken, { ...ged, dropMalformed: true });
    expect(kept).toMatchObject({ rows: 2, dropped: [{ why: "malformed date_start", count: 1 }] });
  });

  it("dates of which the day cannot be told from the month", async () => {
    const text = csv(["date", "value"], ["01/02/2024", 1], ["03/04/2024", 2]);
    const [problem] = await bench.refused("x.csv", text, { as: "series-csv" });
    expect(problem).toMatchObject({ code: "data-dates", hint: expect.stringContaining("--dates dmy or --dates mdy") });
    const other = new Bench();
    expect(await other.add("x.csv", text, { as: "series-csv", dates: "dmy" })).toMatchObject({ from: "2024-02-01" });
    const told = csv(["date", "value"], ["13/02/2024", 1], ["03/04/2024", 2]);
    expect(await other.add("y.csv", told, { as: "series-csv" })).toMatchObject({
      from: "2024-02-13",
      to: "2024-04-03",
    });
  });

  it("mixed encodings, and another than UTF-8", async () => {
    const latin = Buffer.from(csv(GED, gedRow(1, "2024-01-02", 3), gedRow(2, "2024-01-02", 3, "Türkiye")), "latin1");
    const [one] = await bench.refused("x.csv", latin, ged);
    expect(one).toMatchObject({
      code: "data-encoding",
      line: 3,
      hint: expect.stringContaining("--encoding windows-1252"),
    });
    const mixed = Buffer.concat([Buffer.from(csv(GED, gedRow(1, "2024-01-02", 3, "Türkiye"))), latin]);
    const [two] = await bench.refused("x.csv", mixed, ged);
    expect(two).toMatchObject({ code: "data-encoding", line: 5, message: expect.stringContaining("mixed encodings") });
    const other = new Bench();
    await other.add("x.csv", latin, { ...ged, encoding: "windows-1252", name: "latin" });
    expect(other.table("latin")).toContain("Türkiye");
    await other.add("x.csv", Buffer.from(`\ufeff${csv(GED, gedRow(1, "2024-01-02", 3, "Türkiye"))}`, "utf16le"), {
      ...ged,
      name: "utf-16",
    });
    expect(other.table("utf-16")).toContain("Türkiye");
  });

  it("letters that are split between two reads are whole", async () => {
    const other = new Bench();
    // More than one read of 4 MB, with letters of three bytes across the border.
    const rows = Array.from({ length: 60_000 }, (_, i) => gedRow(i, "2024-01-02", 1, "€".repeat(30)));
    expect(await other.add("x.csv", csv(GED, ...rows), { ...ged, reader: "duckdb" })).toMatchObject({ rows: 60_000 });
  });

  it("a sparse file of 2 GB, with or without columns at its head", async () => {
    const path = bench.write("sparse.csv", "");
    truncateSync(path, 2 * 2 ** 30);
    expect(await problemsOf(addData(bench.folder, path, ged))).toMatchObject([
      { code: "data-not-text", line: 1, message: "invalid file: not a table in text (it holds a NUL byte)" },
    ]);
    writeFileSync(path, good);
    truncateSync(path, 2 * 2 ** 30);
    expect(await problemsOf(addData(bench.folder, path, ged))).toMatchObject([{ code: "data-not-text", line: 4 }]);
  });

  it("packed files that are cut off or damaged", async () => {
    const rows = Array.from({ length: 5000 }, (_, i) => gedRow(i, "2024-01-02", i));
    const packed = gzipSync(csv(GED, ...rows));
    const [cut, ...more] = await bench.refused("x.csv.gz", packed.subarray(0, packed.length / 2), ged);
    expect(more).toEqual([]);
    expect(cut?.message).toBe("invalid archive: it ends in the middle (truncated)");
    const damaged = Uint8Array.from(packed);
    damaged.fill(255, 200, 400);
    expect((await bench.refused("x.csv.gz", damaged, ged))[0]?.message).toContain("invalid archive: it is damaged");
    const other = new Bench();
    expect(await other.add("x.csv.gz", packed, ged)).toMatchObject({ rows: 5000, file: { bytes: packed.length } });
  });

  it("what is no table at all", async () => {
    const why = async (content: string | Uint8Array) =>
      (await bench.refused("x.csv", content, ged)).map(({ message }) => message);
    expect(await why("")).toEqual(["invalid file: not a table in text (it is empty)"]);
    expect(await why("PK\u0003\u0004...")).toEqual([
      "invalid file: not a table in text (a zip archive or a spreadsheet)",
    ]);
    expect(await why("PAR1 and then nothing")).toEqual([
      expect.stringContaining("invalid table: the Parquet file is damaged"),
    ]);
    expect(await why(GED.join(","))).toEqual(["missing rows: the table has none"]);
    expect(await why(csv(GED, [1, 1, 5, "x", "", "", 3, 3, 3]))).toEqual(["missing rows: all 1 were dropped"]);
    expect(await why(`${good}3,1,13243\n`)).toEqual(["invalid table: the row has 3 columns (expected 9, as above)"]);
    expect(await why(`${good}3,1,"13243`)).toEqual([
      "invalid table: a quotation mark is not closed, or stands inside a cell",
    ]);
    expect(await problemsOf(addData(bench.folder, bench.files, ged))).toMatchObject([{ code: "file-unreadable" }]);
    expect(await problemsOf(addData(bench.folder, `${bench.files}/sparse.cvs`, ged))).toMatchObject([
      { code: "file-not-found", hint: expect.stringContaining("sparse.csv") },
    ]);
    expect(await bench.refused("x.csv", good, { ...ged, name: "../x" })).toMatchObject([{ code: "data-name" }]);
  });
});

describe("what is no data set", () => {
  it("is left alone where a data set would take its place", async () => {
    const other = new Bench();
    mkdirSync(join(other.folder, "ucdp-ged"), { recursive: true });
    writeFileSync(join(other.folder, "ucdp-ged", "notes.txt"), "mine");
    for (const again of [false, true]) {
      expect(await other.refused("x.csv", good, { ...ged, again })).toMatchObject([{ code: "data-taken" }]);
    }
    expect(readFileSync(join(other.folder, "ucdp-ged", "notes.txt"), "utf8")).toBe("mine");
    expect(other.names()).toEqual(["ucdp-ged"]);
  });
});

describe("a data set that is there", () => {
  it("is replaced only where that is asked for, and is told from one that was changed", async () => {
    const other = new Bench();
    await other.add("x.csv", good, ged);
    expect(await other.refused("x.csv", good, ged)).toMatchObject([{ code: "data-there" }]);
    await other.add("x.csv", csv(GED, gedRow(1, "2024-01-02", 3)), { ...ged, again: true });
    expect(other.names()).toEqual(["ucdp-ged"]);
    expect(other.table("ucdp-ged")).not.toContain("2024-02-03");
    // A broken file leaves what was there.
    await other.refused("x.csv", "a;b\n", { ...ged, again: true });
    expect(other.names()).toEqual(["ucdp-ged"]);
  });
});
