import { expect, it } from "vitest";
import { type AddOptions, addData, manifestOf, type SeriesOptions, seriesOf } from "../../src/ingest/data/index.ts";
import { describeWith } from "../support/shared.ts";
import { Bench } from "./support.ts";

const bench = new Bench();
const yearly = async (name: string, options: Partial<SeriesOptions> = {}) => {
  const made = await seriesOf(bench.folder, manifestOf(bench.folder, name), { by: "year", ...options });
  return Object.fromEntries((made.series[0]?.points ?? []).map(({ date, value }) => [date, value]));
};

describeWith("data", "the producers' real files", (folder) => {
  const add = (file: string, options: AddOptions) => addData(bench.folder, `${folder}/${file}`, options);

  it("reads UCDP GED events: the sums a year that another release of UCDP has", async () => {
    const set = await add("ucdp_ged_ukraine_2014_2021/events.csv", { as: "ucdp-ged", name: "ged" });
    expect(set).toMatchObject({ rows: 2989, dropped: [], from: "2014-01-22", to: "2021-12-31" });
    // UCDP BRD 24.1 has the same of 2016 to 2021.
    const state = [{ column: "type", values: ["state-based"] }];
    expect(await yearly("ged", { where: state })).toEqual({
      2014: 4483,
      2015: 1726,
      2016: 255,
      2017: 415,
      2018: 243,
      2019: 311,
      2020: 196,
      2021: 208,
    });
    const months = await seriesOf(bench.folder, manifestOf(bench.folder, "ged"), { by: "month", where: state });
    expect(months.series[0]?.points).toHaveLength(96);
    expect(months.series[0]?.points[0]).toEqual({ date: "2014-01", value: 6, low: 6, high: 6 });
  });

  it("reads UCDP/PRIO conflict-years", async () => {
    const set = await add("ucdp_prio_acd_v25_1/conflict_year.csv", { as: "ucdp-acd", name: "acd" });
    expect(set).toMatchObject({ rows: 2752, dropped: [], from: "1946", to: "2024" });
    const all = await yearly("acd");
    expect([2020, 2021, 2022, 2023, 2024].map((year) => all[year])).toEqual([57, 54, 56, 59, 61]);
  });

  it("reads UCDP terminations by year and by episode, and drops what ends before it begins", async () => {
    const years = await add("ucdp_conflict_termination_v3_2021/dyad_year.csv", { name: "term-years" });
    expect(years).toMatchObject({
      layout: "ucdp-termination",
      rows: 3136,
      release: "3",
      dropped: [{ why: "ependdate lies before start_date2", count: 4 }],
    });
    const episodes = await add("ucdp_conflict_termination_v3_2021/dyad_episodes.csv", { name: "term" });
    expect(episodes).toMatchObject({ rows: 912, variant: "episodes by dyad" });
    const made = await seriesOf(bench.folder, episodes, { by: "year", each: "outcome" });
    const totals = Object.fromEntries(
      made.series.map(({ of, points }) => [of, points.reduce((sum, { value }) => sum + value, 0)]),
    );
    // The producer's counts are 106 and 95; four episodes are dropped.
    expect(totals).toMatchObject({ agreement: 105, ceasefire: 94, "victory-b": 69, "actor-ceases": 84 });
  });

  it("reads UCDP peace agreements", async () => {
    const set = await add("ucdp_peace_agreements_v22_1/peace_agreements.csv", { as: "ucdp-peace" });
    expect(set).toMatchObject({
      name: "ucdp-peace-22-1",
      rows: 373,
      release: "22.1",
      dropped: [{ why: "duration lies before pa_date", count: 1 }],
    });
    const ended = Object.values(await yearly("ucdp-peace-22-1", { measure: "ended" }));
    expect(ended.reduce((sum, value) => sum + value, 0)).toBe(128);
  });

  it("reads COW's wars by participant and by war alike", async () => {
    const states = await add("cow_interstate_wars_v4/InterStateWarData_v4.0.csv", {
      as: "cow-interstate",
      name: "cow",
    });
    expect(states).toMatchObject({ rows: 337, dropped: [], from: "1823-04-07", to: "2003-03-19" });
    await add("cow_interstate_wars_v4/wars.csv", { as: "cow-interstate", name: "cow-wars" });
    const begun = await yearly("cow");
    expect(Object.values(begun).reduce((sum, value) => sum + value, 0)).toBe(95);
    expect(begun).toEqual(await yearly("cow-wars"));
    // A war of several spells ends with its last.
    expect(await yearly("cow", { measure: "ended" })).toEqual(await yearly("cow-wars", { measure: "ended" }));
  });

  it("reads COW's intra-state wars by year and by war alike", async () => {
    await add("cow_intrastate_wars_v4_1/war_years.csv", { as: "cow-intrastate", name: "intra" });
    await add("cow_intrastate_wars_v4_1/wars.csv", { as: "cow-intrastate", name: "intra-wars" });
    const [years, wars] = [await yearly("intra", { measure: "begun" }), await yearly("intra-wars")];
    expect(Object.values(wars).reduce((sum, value) => sum + value, 0)).toBe(306);
    for (const [year, count] of Object.entries(wars)) expect([year, years[year]]).toEqual([year, count]);
  });

  it("reads Kiel's donors and their sum alike", async () => {
    await add("kiel_ukraine_support_tracker_r29/data_explorer.csv", { as: "kiel", name: "aid", release: "29" });
    await add("kiel_ukraine_support_tracker_r29/total_allocations.csv", { as: "kiel", name: "aid-sum" });
    const by = { by: "month", cumulative: true } as const;
    const last = async (name: string, where: SeriesOptions["where"] = []) =>
      (await seriesOf(bench.folder, manifestOf(bench.folder, name), { ...by, where })).series[0]?.points.at(-1)?.value;
    expect(await last("aid")).toBeCloseTo(358.4, 1);
    expect(await last("aid")).toBeCloseTo((await last("aid-sum")) ?? 0, 3);
  });

  it("reads plain tables: deaths, and series of levels", async () => {
    await add("ucdp_ged_ukraine_2014_2021/monthly_by_dyad.csv", { as: "deaths-csv", name: "dyads" });
    expect((await yearly("dyads"))[2014]).toBe(4528);
    const area = await add("ukraine_territory_isw_economist/area_daily.csv", { as: "series-csv", name: "area" });
    const months = await seriesOf(bench.folder, area, { by: "month" });
    expect(months.measures).toBe("level");
    // The producer's own table of month ends.
    expect(months.series[0]?.points[0]).toEqual({ date: "2022-02", value: 121884.16 });
    const estimates = "ukraine_casualty_estimates_economist/published_estimates_with_sources.csv";
    expect(await add(estimates, { as: "series-csv" })).toMatchObject({ rows: 124, from: "2022-04-01" });
  });
});
