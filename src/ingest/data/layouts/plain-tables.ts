import { type Column, clean } from "../columns.ts";
import { countFrom, dateFrom, folded, type Layout, type Measure, textFrom, type Variant } from "./layout.ts";

/** Names under which a plain table has the date of a row. */
const DATES = ["date", "month", "week", "day", "year", "period", "time", "monthid"];

const deathsColumns: Column[] = [
  { ...dateFrom("date", ...DATES), must: true, needed: true },
  {
    ...countFrom("deaths", "deaths", "best", "fatalities", "killed", "deathsbest", "battledeaths", "value"),
    must: true,
  },
  countFrom("low", "low", "deathslow", "lower"),
  countFrom("high", "high", "deathshigh", "upper"),
  textFrom("conflict", "conflict", "conflictname", "war"),
  textFrom("dyad", "dyad", "dyadname"),
  textFrom("country", "country", "location"),
  textFrom("side", "side", "party", "belligerent"),
  textFrom("source", "source", "claimedby", "claimant", "producer"),
];

export const DEATHS_CSV: Layout = {
  id: "deaths-csv",
  name: "Deaths by date",
  producer: "not said",
  cite: "not said",
  terms: "not said",
  variants: [
    {
      name: "date and deaths",
      told: [],
      columns: deathsColumns,
      measures: [
        {
          name: "deaths",
          what: "deaths",
          unit: "deaths",
          time: "date",
          how: "sum",
          of: "deaths",
          bounds: ["low", "high"],
        },
      ],
    },
  ],
  notes: ["Say whose claim the figures are."],
};

export const SERIES_CSV: Layout = {
  id: "series-csv",
  name: "Series by date",
  producer: "not said",
  cite: "not said",
  terms: "not said",
  variants: [],
  notes: [],
};

/**
 * The layout of a table with a column of dates and columns of numbers: each of these is a measure, the last value of a
 * period unless asked otherwise; columns of text part the rows. Undefined where no column holds dates, or none numbers.
 */
export function seriesVariant(
  header: readonly string[],
  examples: readonly (readonly string[])[],
  grouped: boolean,
): Variant | undefined {
  const names = header.map(folded);
  const at = DATES.map((name) => names.indexOf(name)).find((index) => index >= 0) ?? -1;
  const year = names.indexOf("year");
  const month = names.indexOf("month");
  // A year and a month in columns of their own make one date.
  const parted = year >= 0 && month >= 0 && examples.every((row) => /^\s*\d{1,2}\s*$/.test(row[month] ?? ""));
  if (at < 0) return undefined;
  const date: Column = parted
    ? { ...dateFrom("date"), parts: [{ year: ["year"], month: ["month"] }], must: true, needed: true }
    : { ...dateFrom("date", names[at] ?? "date"), must: true, needed: true };
  const taken = new Set(parted ? [year, month] : [at]);
  const columns: Column[] = [date];
  const measures: Measure[] = [];
  const used = new Set(["date"]);
  for (const [index, name] of header.entries()) {
    if (taken.has(index)) continue;
    const number: Column = { name: uniqueName(name, index, used), from: [names[index] ?? ""], kind: "number" };
    const values = examples.map((row) => clean(number, row[index] ?? "", { form: "iso", grouped }));
    const numbers = values.filter((value) => typeof value === "number").length;
    if (numbers > 0 && !values.includes(undefined)) {
      columns.push(number);
      measures.push({
        name: number.name,
        what: name.trim(),
        unit: "not said",
        time: "date",
        how: "last",
        of: number.name,
      });
    } else columns.push({ ...number, kind: "text" });
  }
  return measures.length === 0 ? undefined : { name: "date and numbers", told: [], columns, measures };
}

function uniqueName(name: string, index: number, used: Set<string>): string {
  const plain = name
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, "_")
    .replaceAll(/^_+|_+$/g, "");
  let chosen = plain === "" ? `column_${index + 1}` : plain;
  while (used.has(chosen)) chosen = `${chosen}_${index + 1}`;
  used.add(chosen);
  return chosen;
}
