import { civil, dayNumber } from "../../src/core/dates/index.ts";
import { numberOf, readTable } from "./read.ts";

/** Deaths by calendar month, oldest first, without gaps. */
export interface MonthlyDeaths {
  readonly id: string;
  readonly name: string;
  /** Who says so, and what it counts. */
  readonly claimant: string;
  /** Months since year 0 of the first value. */
  readonly first: number;
  readonly values: readonly number[];
}

const TOTAL = "ucdp_ged_ukraine_2014_2021/monthly_statebased_total.csv";
const BY_DYAD = "ucdp_ged_ukraine_2014_2021/monthly_by_dyad.csv";
const REGISTER = "ukraine_casualty_estimates_economist/meduza_2026_weekly.csv";

const UCDP = "UCDP Georeferenced Event Dataset 22.1, best estimate, events by the month in which they began";

const DYADS = [
  { id: "dpr", dyad: "Government of Ukraine - DPR", name: "Ukraine and the DPR, 2014–2021" },
  { id: "lpr", dyad: "Government of Ukraine - LPR", name: "Ukraine and the LPR, 2014–2021" },
] as const;
/** The first month in which both dyads are listed, and the last of the data. */
const FIRST_OF_DYADS = 2014 * 12 + 4;
const LAST_OF_UCDP = 2021 * 12 + 11;

/** Months of the register that are forecast: the first is the first whole one; later ones than the last are still being filled. */
const REGISTER_FROM = 2022 * 12 + 2;
const REGISTER_TO = 2025 * 12 + 5;

/** The series of monthly deaths in the data folder. @throws DataFault */
export function monthlyDeaths(folder: string): MonthlyDeaths[] {
  return [total(folder), ...dyads(folder), register(folder)];
}

function monthOf(text: string): number {
  const [year = Number.NaN, month = Number.NaN] = text.split("-").map(Number);
  return year * 12 + month - 1;
}

function total(folder: string): MonthlyDeaths {
  const rows = readTable(folder, TOTAL, ["month", "best"]);
  const months = rows.map(({ cells }) => monthOf(cells["month"] ?? ""));
  const [first = 0] = months;
  const values = new Map(rows.map((row, i) => [months[i], numberOf(row, "best", 0)]));
  return {
    id: "ukraine",
    name: "Ukraine 2014–2021, all state-based fighting",
    claimant: UCDP,
    first,
    values: filled(values, first, LAST_OF_UCDP),
  };
}

function dyads(folder: string): MonthlyDeaths[] {
  const rows = readTable(folder, BY_DYAD, ["month", "type_of_violence", "dyad_name", "best"]);
  return DYADS.map(({ id, dyad, name }) => {
    const own = rows.filter(({ cells }) => cells["type_of_violence"] === "1" && cells["dyad_name"] === dyad);
    const values = new Map(own.map((row) => [monthOf(row.cells["month"] ?? ""), numberOf(row, "best", 0)]));
    return { id, name, claimant: UCDP, first: FIRST_OF_DYADS, values: filled(values, FIRST_OF_DYADS, LAST_OF_UCDP) };
  });
}

/** A month without a row is one without an event. */
const filled = (values: ReadonlyMap<number | undefined, number>, from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => values.get(from + i) ?? 0);

/** Russian soldiers known by name, by week of death, each week spread evenly over its seven days. */
function register(folder: string): MonthlyDeaths {
  const months = new Map<number, number>();
  for (const row of readTable(folder, REGISTER, ["Year", "Week", "BmzNow"])) {
    const year = numberOf(row, "Year");
    if (row.cells["BmzNow"] === "") continue;
    const monday = mondayOf(year, numberOf(row, "Week", 0));
    const share = numberOf(row, "BmzNow", 0) / 7;
    for (let day = monday; day < monday + 7; day++) {
      const date = civil(day);
      const month = date.year * 12 + date.month - 1;
      months.set(month, (months.get(month) ?? 0) + share);
    }
  }
  const values = filled(months, REGISTER_FROM, REGISTER_TO).map(Math.round);
  return {
    id: "named",
    name: "Russian soldiers known by name, 2022–2025",
    claimant:
      "BBC News Russian and Mediazona, list of names as it stood in early 2026, by week of death (in the files of The Economist, Solstad 2025)",
    first: REGISTER_FROM,
    values,
  };
}

/** The Monday of a week of ISO 8601: week 1 is the one with 4 January. */
function mondayOf(year: number, week: number): number {
  const fourth = dayNumber(year, 1, 4);
  // 1970-01-01 was a Thursday.
  const sinceMonday = (((fourth + 3) % 7) + 7) % 7;
  return fourth - sinceMonday + 7 * (week - 1);
}
