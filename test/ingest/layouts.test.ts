import { describe, expect, it } from "vitest";
import { manifestOf, type SeriesOptions, seriesOf } from "../../src/ingest/data/index.ts";
import { Bench, csv } from "./support.ts";

const bench = new Bench();
const yearly = async (name: string, options: Partial<SeriesOptions> = {}) => {
  const made = await seriesOf(bench.folder, manifestOf(bench.folder, name), { by: "year", ...options });
  return Object.fromEntries((made.series[0]?.points ?? []).map(({ date, value }) => [date, value]));
};

describe("layouts that are described, on small files made by hand", () => {
  it("reads ACLED of before and after 2023", async () => {
    const old = csv(
      "data_id iso event_id_cnty event_id_no_cnty event_date year event_type sub_event_type actor1 actor2 region country admin1 location latitude longitude source fatalities".split(
        " ",
      ),
      [
        1,
        804,
        "UKR1",
        1,
        "28 February 2022",
        2022,
        "Battles",
        "Armed clash",
        "A",
        "B",
        "Europe",
        "Ukraine",
        "Kyiv",
        "Kyiv",
        50.4,
        30.5,
        "x",
        4,
      ],
      [
        2,
        804,
        "UKR2",
        2,
        "01 March 2022",
        2022,
        "Battles",
        "Armed clash",
        "A",
        "B",
        "Europe",
        "Ukraine",
        "Kyiv",
        "Kyiv",
        50.4,
        30.5,
        "x",
        5,
      ],
    );
    expect(await bench.add("acled-old.csv", old, { name: "acled-old" })).toMatchObject({
      layout: "acled",
      variant: "to 2023, with data_id",
      from: "2022-02-28",
      to: "2022-03-01",
    });
    const now = csv(
      "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 actor2 civilian_targeting region country admin1 location latitude longitude source notes fatalities timestamp".split(
        " ",
      ),
      [
        "UKR1",
        "2024-01-05",
        2024,
        1,
        "Political violence",
        "Battles",
        "Armed clash",
        "A",
        "B",
        "",
        "Europe",
        "Ukraine",
        "Kyiv",
        "Kyiv",
        50.4,
        30.5,
        "x",
        '"a, ""b"""',
        3,
        1704500000,
      ],
      [
        "UKR1",
        "2024-01-05",
        2024,
        1,
        "Political violence",
        "Battles",
        "Armed clash",
        "A",
        "B",
        "",
        "Europe",
        "Ukraine",
        "Kyiv",
        "Kyiv",
        50.4,
        30.5,
        "x",
        "again",
        3,
        1704500000,
      ],
    );
    expect(await bench.add("acled-new.csv", now, { name: "acled-new" })).toMatchObject({
      variant: "2023 and later, with the type of disorder",
      rows: 1,
      dropped: [{ why: "the event_id_cnty of a row above again", count: 1 }],
    });
  });

  it("reads PA-X, whose dates are days first in some versions", async () => {
    const head = "Con,PPName,Reg,AgtId,Ver,Agt,Dat,Status,Agtp,Stage,Part,ThrdPart".split(",");
    const rows = [
      [
        "Colombia",
        "Colombia V",
        "Americas",
        1390,
        1,
        "General Agreement",
        "26/08/2012",
        "Multiparty",
        "Intra",
        "Pre",
        "x",
        "",
      ],
      [
        "Colombia",
        "Colombia V",
        "Americas",
        1391,
        1,
        "Final Agreement",
        "05/11/2016",
        "Multiparty",
        "Intra",
        "SubComp",
        "x",
        "",
      ],
    ];
    const set = await bench.add("pax_v4_corpus.csv", csv(head, ...rows), { as: "pax" });
    expect(set).toMatchObject({ name: "pax-4", from: "2012-08-26", to: "2016-11-05" });
  });

  it("reads COW's intra-state wars 4.1 and 5.1 with dates as precise as they are known", async () => {
    const four = csv(
      "WarNum WarName WarType CcodeA SideA CcodeB SideB Intnl StartMonth1 StartDay1 StartYear1 EndMonth1 EndDay1 EndYear1 StartMonth2 StartDay2 StartYear2 EndMonth2 EndDay2 EndYear2 TransFrom WhereFought Initiator Outcome TransTo SideADeaths SideBDeaths Version".split(
        " ",
      ),
      [
        500,
        "First Caucasus",
        5,
        365,
        "Russia",
        -8,
        "Georgians",
        0,
        6,
        10,
        1818,
        -9,
        -9,
        1822,
        -8,
        -8,
        -8,
        -8,
        -8,
        -8,
        -8,
        2,
        365,
        1,
        -8,
        5000,
        6000,
        4.1,
      ],
    );
    await bench.add("Intra-StateWarData_v4.1.csv", four, { as: "cow-intrastate", name: "intra-4" });
    expect(bench.table("intra-4")).toContain(
      "500,First Caucasus,5,Russia,Georgians,1818-06-10,1822,side A wins,5000,6000",
    );
    const five = csv(
      "WarNum WarName V5Region WarType CcodeA SideA CcodeB SideB Intnl StartMo1 StartDy1 StartYr1 EndMo1 EndDy1 EndYr1 TransFrom WhereFought Initiator TransTo Outcome DeathsA DeathsB".split(
        " ",
      ),
      [992, "Syria", 6, 5, 652, "Syria", -8, "Rebels", 0, 3, 15, 2011, -7, -7, -7, -8, 6, -8, -8, 5, -9, -9],
    );
    await bench.add("INTRA-STATE_v5.1.csv", five, { as: "cow-intrastate", name: "intra-5" });
    expect(bench.table("intra-5")).toContain("992,Syria,5,6,Syria,Rebels,2011-03-15,,ongoing,,");
  });

  it("reads UCDP GED of before 17.1, and files with a row of tags below their columns", async () => {
    const old = csv(
      "id type_of_violence conflict_id dyad_id country date_start date_end best_est low_est high_est".split(" "),
      [1, 1, 5, 6, "Chad", "1990-11-10 00:00:00.000", "1990-11-10 00:00:00.000", 7, 6, 9],
    );
    expect(await bench.add("ged50.csv", old, { name: "ged-old" })).toMatchObject({
      variant: "before 17.1",
      release: "5.0",
    });
    const tagged = csv(
      "id type_of_violence conflict_new_id date_start date_end best".split(" "),
      ["#event+id", "#event+type", "#conflict", "#date+start", "#date+end", "#affected+killed"],
      [1, 1, 5, "2014-01-22", "2014-01-22", 7],
    );
    expect(await bench.add("conflict_data_ukr.csv", tagged, { as: "ucdp-ged", name: "ged-hxl" })).toMatchObject({
      rows: 1,
      dropped: [{ why: "row of tags (#...), no data", count: 1 }],
    });
  });

  it("reads conflict-years and terminations as they were laid out before 17.1", async () => {
    const years = csv(
      "ConflictId Location SideA SideA2nd SideB SideBID Incompatibility TerritoryName Year IntensityLevel TypeOfConflict StartDate StartPrec StartDate2 EpEnd EpEndDate GWNoLoc Version".split(
        " ",
      ),
      [
        "1-137",
        "Ukraine",
        "Government of Ukraine",
        "",
        "DPR",
        "1",
        1,
        "Donetsk",
        2014,
        2,
        3,
        "2014-04-13",
        1,
        "2014-05-31",
        0,
        "",
        369,
        "4-2016",
      ],
    );
    expect(await bench.add("acd.csv", years, { name: "acd-old" })).toMatchObject({
      layout: "ucdp-acd",
      release: "4-2016",
    });
    expect(bench.table("acd-old")).toContain(
      "1-137,2014,Ukraine,Government of Ukraine,DPR,Donetsk,territory,war,intrastate",
    );
    const ended = csv(
      "conflict_id location side_a side_b year type_of_conflict start_date2 confterm confepisode ependdate outcome cfiredate peagdate recur".split(
        " ",
      ),
      [333, "Afghanistan", "Government", "Jamiat", 1978, 3, "1978-04-27", 0, 1, "", "", "", "", 0],
      [11347, "Chad", "Government", "MPS", 1990, 4, "1989-03-03", 1, 1, "1990-12-02", 4, "", "", 0],
    );
    expect(await bench.add("term-conflict.csv", ended, { name: "term-conflict" })).toMatchObject({
      layout: "ucdp-termination",
      variant: "years by conflict",
      rows: 2,
    });
    expect(bench.table("term-conflict")).toContain("1989-03-03,1990-12-02,victory-b");
  });

  it("reads Kiel's sheet of announcements", async () => {
    const text = csv(
      "id,country,announcement_date,aid_type_general,tot_sub_activity_value_EUR".split(","),
      ["USH1", "United States", "2022-05-21", "Military", 1000000],
      ["USH2", "United States", "2022-06-01", "Military", 500000],
      ["USH3", "United States", "2022-06-03", "Military", "NA"],
    );
    expect(await bench.add("kiel-main.csv", text, { as: "kiel", name: "kiel-main" })).toMatchObject({
      rows: 2,
      dropped: [{ why: "nothing in tot_sub_activity_value_EUR", count: 1 }],
    });
    expect(await yearly("kiel-main")).toEqual({ 2022: 1500000 });
  });

  it("tells the layout by its columns, and asks where it cannot", async () => {
    const [problem] = await bench.refused("x.csv", csv(["a", "b"], [1, 2]));
    expect(problem).toMatchObject({
      code: "data-layout",
      line: 1,
      message: "unknown layout: the columns are none that Parley knows",
    });
  });
});
