import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { csv, GED, gedRow } from "../ingest/support.ts";
import { folderWith, mainFile, parley, SMALL_CASE } from "../support/cli.ts";

const good = csv(
  GED,
  gedRow(1, "2024-09-02", 3),
  gedRow(2, "2024-10-30", 4, "Chad"),
  gedRow(3, "2024-11-01", 5),
  gedRow(4, "2024-12-24", 6),
  gedRow(4, "2024-12-24", 6),
);

describe("parley data", () => {
  let folder = "";
  let env: NodeJS.ProcessEnv = {};
  const data = (...words: string[]) => parley(["data", ...words], { env, cwd: folder });
  beforeAll(() => {
    folder = folderWith({
      "ged.csv": good,
      "broken.csv": good.replaceAll(",", ";"),
      "area.csv": csv(["date", "km2"], ["2024-10-31", 10], ["2024-11-27", 12]),
      "case.yaml": SMALL_CASE,
    });
    env = { PARLEY_DATA: join(folder, "registry") };
  });

  it("shows that nothing is there yet", () => {
    expect(data("list").stdout).toContain("No data set is registered");
    expect(JSON.parse(data("list", "--json").stdout)).toEqual({
      ok: true,
      folder: env["PARLEY_DATA"],
      sets: [],
      problems: [],
    });
  });

  it("registers nothing of a broken file, and says why in one message", () => {
    const run = data("add", "broken.csv", "--as", "ucdp-ged");
    expect([run.code, run.stdout]).toEqual([2, ""]);
    expect(run.stderr).toBe(
      "broken.csv:1:3  invalid delimiter: the columns are parted by ; (expected commas)\n    --delimiter ';' reads it as such; nothing was registered\n",
    );
    const json = data("add", "broken.csv", "--as", "ucdp-ged", "--json");
    expect([json.code, JSON.parse(json.stdout)]).toMatchObject([
      2,
      { ok: false, problems: [{ code: "data-delimiter" }] },
    ]);
    expect(readdirSync(env["PARLEY_DATA"] ?? "")).toEqual([]);
    const usage = data("add", "ged.csv", "--as", "ucdp-gad");
    expect([usage.code, usage.stderr]).toEqual([2, expect.stringContaining("did you mean ucdp-ged?")]);
    expect(data("add", "ged.csv", "--published", "June").code).toBe(2);
    expect(data("sums").code).toBe(2);
    expect([data().code, data().stdout]).toEqual([0, expect.stringContaining("parley data add")]);
  });

  it("registers a file, lists it, and says what was left out", () => {
    const run = data("add", "ged.csv", "--as", "ucdp-ged", "--release", "25.1", "--published", "2025-06");
    expect([run.code, run.stderr]).toEqual([0, ""]);
    expect(run.stdout).toMatch(/^registered ucdp-ged-25-1: 4 rows, 2024-09-02 to 2024-12-24$/m);
    expect(run.stdout).toContain("left out 1 row: the id of a row above again");
    expect(data("list").stdout).toContain("release 25.1, published 2025-06, ged.csv");
    const [set] = JSON.parse(data("list", "--json").stdout).sets;
    expect(set).toMatchObject({ producer: "Uppsala Conflict Data Program (UCDP)", terms: "CC BY 4.0", rows: 4 });
    expect(set.file.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(data("add", "ged.csv", "--release", "25.1").stderr).toContain("--again replaces the one that is there");
  });

  it("makes a series as entries of a case, as CSV and as JSON", () => {
    const yaml = data("series", "ucdp-ged-25-1", "--where", "country=ukraine");
    expect(yaml.stdout).toContain("  ucdp-ged-25-1-deaths:\n");
    expect(yaml.stdout).toContain("      - {date: 2024-10, value: 0, low: 0, high: 0}");
    const json = JSON.parse(data("series", "ucdp-ged-25-1", "--by", "quarter", "--json").stdout);
    expect(json).toMatchObject({ by: "quarter", measures: "flow", dataSet: { release: "25.1" } });
    expect(json.series[0].points.map(({ value }: { value: number }) => value)).toEqual([3, 15]);
    expect(data("series", "ucdp-ged-25-1", "--by", "year", "--each", "country", "--csv", "out.csv").code).toBe(0);
    expect(readFileSync(join(folder, "out.csv"), "utf8")).toBe(
      "country,date,value,low,high\nChad,2024,4,4,4\nUkraine,2024,14,14,14\n",
    );
    const near = data("series", "ucdp-ged-25-2");
    expect([near.code, near.stderr]).toEqual([2, "unknown data set: ucdp-ged-25-2\n    did you mean ucdp-ged-25-1?\n"]);
  });

  it("adds a series to a case, up to the end of the last period that its day has seen", () => {
    // Published after the case's day: that needs a reason.
    const late = data("series", "ucdp-ged-25-1", "--into", ".");
    expect([late.code, late.stderr]).toEqual([
      2,
      expect.stringContaining("published 2025-06, after the case's asOf 2024-11-28"),
    ]);
    expect(existsSync(join(folder, "data"))).toBe(false);
    expect(readFileSync(join(folder, "case.yaml"), "utf8")).toBe(SMALL_CASE);
    const run = data(
      "series",
      "ucdp-ged-25-1",
      "--into",
      ".",
      "--hindsight",
      "the first release that has these months",
    );
    expect([run.code, run.stderr]).toEqual([0, ""]);
    expect(readFileSync(join(folder, "data/ucdp-ged-25-1-deaths.csv"), "utf8")).toContain(
      "\n2024-09,3,3,3\n2024-10,4,4,4\n",
    );
    expect(readFileSync(join(folder, "data/ucdp-ged-25-1-deaths.csv"), "utf8")).not.toContain("2024-11");
    expect(parley(["check", folder]).code).toBe(0);
    expect(data("series", "ucdp-ged-25-1", "--into", ".").stderr).toContain("--id gives this one another");
    // Another file under the same name is no source of what the case has.
    data("add", "ged.csv", "--release", "25.1", "--published", "2026-01", "--again");
    const other = data("series", "ucdp-ged-25-1", "--into", ".", "--id", "other", "--hindsight", "x");
    expect([other.code, other.stderr]).toEqual([
      2,
      expect.stringContaining("is of another file or date than the data set"),
    ]);
    const names = csv(["date", "country", "deaths"], ["2024-09", "Київ", 1], ["2024-09", "Харків", 20]);
    writeFileSync(join(folder, "names.csv"), names);
    data("add", "names.csv", "--as", "deaths-csv", "--published", "2024-10");
    expect(data("series", "names", "--each", "country", "--into", ".").stdout).toContain("added 2 indicators");
    data("remove", "names");
    data("add", "area.csv", "--as", "series-csv");
    expect(data("series", "area", "--by", "day", "--into", ".").stderr).toContain("missing unit: area does not say");
    expect(data("series", "area", "--by", "day", "--into", ".", "--unit", "km2", "--id", "area").code).toBe(0);
    expect(parley(["check", folder]).code).toBe(0);
    expect(data("series", "area", "--into", "ukraine-2024").stderr).toContain("is a case that ships with Parley");
  });

  it("downloads only where somebody agrees", async () => {
    const server = createServer((_, response) => response.end(good));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/ged241.csv`;
    const later = (...words: string[]) =>
      new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
        const child = execFile(
          process.execPath,
          [mainFile, "data", "add", address, ...words],
          { env: { ...process.env, ...env } },
          (error, stdout, stderr) => resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
        );
        child.stdin?.end();
      });
    const asked = await later();
    expect([asked.code, asked.stderr]).toEqual([
      2,
      expect.stringContaining("download refused: nobody agreed to download from 127.0.0.1:"),
    ]);
    const done = await later("--download", "--json");
    expect(JSON.parse(done.stdout)).toMatchObject({
      name: "ucdp-ged-24-1",
      file: { name: "ged241.csv", url: address },
    });
    const large = await later("--download", "--max-size", "0.0001", "--name", "large");
    expect([large.code, large.stderr]).toEqual([2, expect.stringContaining("--max-size allows more")]);
    expect(readdirSync(env["PARLEY_DATA"] ?? "").sort()).toEqual(["area", "ucdp-ged-24-1", "ucdp-ged-25-1"]);
    server.close();
  });

  it("names a data set that is broken and lists the others; says where the data folder cannot be written", () => {
    const broken = join(env["PARLEY_DATA"] ?? "", "area", "manifest.json");
    const whole = readFileSync(broken, "utf8");
    writeFileSync(broken, "{");
    const run = data("list");
    expect([run.code, run.stdout]).toEqual([2, expect.stringContaining("ucdp-ged-25-1")]);
    expect(run.stderr).toContain("area/manifest.json");
    expect(data("add", "ged.csv", "--name", "another").code).toBe(0);
    expect(data("remove", "another").code).toBe(0);
    writeFileSync(broken, whole);
    const nowhere = parley(["data", "add", join(folder, "ged.csv")], { env: { PARLEY_DATA: join(folder, "ged.csv") } });
    expect([nowhere.code, nowhere.stderr]).toEqual([2, expect.stringMatching(/^invalid target: .* cannot be written/)]);
  });

  it("removes a set, and nothing else", () => {
    expect(data("remove", "ucdp-ged-24-1").stdout).toContain("removed ucdp-ged-24-1");
    expect(data("remove", "../case").code).toBe(2);
    expect(existsSync(join(folder, "case.yaml"))).toBe(true);
    expect(existsSync(join(env["PARLEY_DATA"] ?? "", "ucdp-ged-24-1"))).toBe(false);
  });
});
