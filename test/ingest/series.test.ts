import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { formatDay } from "../../src/core/dates/index.ts";
import { type Manifest, manifestOf, seriesOf } from "../../src/ingest/data/index.ts";
import { daysOf, PERIODS, periodOf, periodsBetween } from "../../src/ingest/data/periods.ts";
import { Bench, csv, GED, gedRow, problemsOf } from "./support.ts";

describe("periods", () => {
  it("hold each day once, in their order, without a gap", () => {
    fc.assert(
      fc.property(fc.integer({ min: -80_000, max: 40_000 }), fc.constantFrom(...PERIODS), (day, by) => {
        const date = formatDay(day);
        const period = periodOf(date, by) ?? "";
        const { first, last } = daysOf(period, by);
        expect(first <= day && day <= last).toBe(true);
        expect(periodsBetween(formatDay(first), formatDay(last), by)).toEqual([period]);
        const [, next = ""] = periodsBetween(date, formatDay(last + 1), by);
        expect(daysOf(next, by).first).toBe(last + 1);
      }),
    );
  });

  it("are named as a case names dates", () => {
    expect(PERIODS.map((by) => periodOf("2024-11-28", by))).toEqual([
      "2024-11-28",
      "2024-11-25",
      "2024-11",
      "2024-10",
      "2024",
    ]);
    expect([periodOf("2024", "month"), periodOf("2024-11", "week"), periodOf("2024-05", "quarter")]).toEqual([
      undefined,
      undefined,
      "2024-04",
    ]);
  });
});

describe("series", () => {
  const bench = new Bench();
  let ged: Manifest;
  beforeAll(async () => {
    const rows = [
      gedRow(1, "2024-01-02", 3),
      gedRow(2, "2024-01-30", 4, "Chad"),
      gedRow(3, "2024-04-01", 5),
      gedRow(4, "2024-04-02", 1, "Chad"),
    ];
    ged = await bench.add("x.csv", csv(GED, ...rows), { as: "ucdp-ged" });
  });
  const values = async (options: object) =>
    (await seriesOf(bench.folder, ged, { by: "month", ...options })).series.map(({ of, points }) => [
      of,
      points.map(({ value }) => value),
    ]);

  it("are 0 where nothing happened", async () => {
    expect(await values({})).toEqual([[null, [7, 0, 0, 6]]]);
    expect(await values({ measure: "events" })).toEqual([[null, [2, 0, 0, 2]]]);
    expect(await values({ cumulative: true })).toEqual([[null, [7, 7, 7, 13]]]);
    expect(await values({ each: "country" })).toEqual([
      ["Chad", [4, 0, 0, 1]],
      ["Ukraine", [3, 0, 0, 5]],
    ]);
    expect(await values({ where: [{ column: "country", values: ["chad"] }] })).toEqual([[null, [4, 0, 0, 1]]]);
    // Beyond the last event nothing is known.
    expect(await values({ from: "2024-02", until: "2024-05" })).toEqual([[null, [0, 0, 6]]]);
    const { left } = await seriesOf(bench.folder, ged, { by: "month", from: "2020", until: "2024-05" });
    expect(left.map(({ why }) => why)).toEqual([
      "nothing before 2024-01, where the data begin",
      "nothing after 2024-04, where the data end",
    ]);
    expect(await values({ how: "mean" })).toEqual([[null, [3.5, 3]]]);
  });

  it("of levels are the last value, and their change", async () => {
    const text = csv(["date", "area km2"], ["2024-01-01", 10], ["2024-01-31", 12], ["2024-03-05", 20]);
    const level = await bench.add("area.csv", text, { as: "series-csv" });
    const of = async (options: object) =>
      (await seriesOf(bench.folder, level, { by: "month", ...options })).series[0]?.points;
    expect(await of({})).toEqual([
      { date: "2024-01", value: 12 },
      { date: "2024-03", value: 20 },
    ]);
    // February has no value: from January to March is no change of a month.
    expect(await of({ how: "change" })).toEqual([]);
    await bench.add("whole.csv", `${text}2024-02-29,15\n`, { as: "series-csv" });
    const whole = manifestOf(bench.folder, "whole");
    const changes = await seriesOf(bench.folder, whole, { by: "month", how: "change" });
    expect(changes.series[0]?.points.map(({ value }) => value)).toEqual([3, 5]);
    expect(await problemsOf(seriesOf(bench.folder, whole, { by: "month", cumulative: true }))).toMatchObject([
      { code: "data-way" },
    ]);
    expect(await of({ how: "sum" })).toEqual([
      { date: "2024-01", value: 22 },
      { date: "2024-02", value: 0 },
      { date: "2024-03", value: 20 },
    ]);
  });

  it("leave out what is not known, and count it", async () => {
    const text = csv(["date", "deaths"], ["2024-01", 5], ["2024-02", ""], ["2024-04", 2], ["2024-04", ""]);
    const unknown = await bench.add("unknown.csv", text, { as: "deaths-csv" });
    const made = await seriesOf(bench.folder, unknown, { by: "month" });
    expect(made.series[0]?.points.map(({ date, value }) => [date, value])).toEqual([
      ["2024-01", 5],
      ["2024-03", 0],
      ["2024-04", 2],
    ]);
    expect(made.left).toEqual([{ why: "no value", count: 2 }]);
  });

  it("are made in no way that has no meaning", async () => {
    const text = csv(
      ["war_num", "war_name", "start", "end"],
      [1, "A", "1900-01-01", "1901-01-01"],
      [2, "B", "1902-01-01", "1903-01-01"],
    );
    const wars = await bench.add("wars.csv", text, { as: "cow-interstate", name: "wars" });
    expect(await problemsOf(seriesOf(bench.folder, wars, { by: "year", how: "sum" }))).toMatchObject([
      { message: "invalid --how: sum of begun (expected first-of)" },
    ]);
  });

  it("say what they do not know, with near misses", async () => {
    const refused = async (options: object) =>
      (await problemsOf(seriesOf(bench.folder, ged, { by: "month", ...options })))[0];
    expect(await refused({ measure: "death" })).toMatchObject({ code: "data-measure", hint: "did you mean deaths?" });
    expect(await refused({ each: "contry" })).toMatchObject({ code: "data-column", hint: "did you mean country?" });
    expect(await refused({ where: [{ column: "country", values: ["Ukrane"] }] })).toMatchObject({
      code: "data-nothing",
      message: "missing rows: none has country Ukrane",
      hint: "did you mean Ukraine?",
    });
    expect(await refused({ from: "2030" })).toMatchObject({ code: "data-nothing" });
    const years = await bench.add("years.csv", csv(["year", "n"], [2020, 1], [2021, 2]), { as: "series-csv" });
    expect(await problemsOf(seriesOf(bench.folder, years, { by: "month" }))).toMatchObject([
      { code: "data-precision" },
    ]);
  });
});
