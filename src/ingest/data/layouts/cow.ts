import type { Column, DateParts } from "../columns.ts";
import { countFrom, dateFrom, type Layout, type Measure, textFrom } from "./layout.ts";

/** Codes of the Correlates of War project for what is not known, does not apply, or goes on. */
const NOT_KNOWN = ["-9", "-8", "-7", "-9.0", "-8.0", "-7.0"];
const cowCount = (name: string, ...from: string[]): Column => ({ ...countFrom(name, ...from), unknown: NOT_KNOWN });
const cowDate = (name: string, parts: readonly DateParts[], ...from: string[]): Column => ({
  ...dateFrom(name, ...from),
  parts,
});
const parts = (which: string, spell: 1 | 2): DateParts => ({
  year: [`${which}year${spell}`, `${which}yr${spell}`],
  month: [`${which}month${spell}`, `${which}mo${spell}`],
  day: [`${which}day${spell}`, `${which}dy${spell}`],
});
const starts = [parts("start", 1)];
const ends = [parts("end", 2), parts("end", 1)];

const warMeasures: Measure[] = [
  { name: "begun", what: "wars begun", unit: "wars", time: "start", how: "first-of", of: "war_id" },
  { name: "ended", what: "wars ended", unit: "wars", time: "end", how: "last-of", of: "war_id" },
];

const COW_OUTCOMES = {
  "1": "winner",
  "2": "loser",
  "3": "compromise",
  "4": "transformed",
  "5": "ongoing",
  "6": "stalemate",
  "7": "continues below war level",
  "8": "changed sides",
};

export const COW_INTERSTATE: Layout = {
  id: "cow-interstate",
  name: "Correlates of War Inter-State War Data",
  producer: "Correlates of War Project",
  cite: "Sarkees & Wayman (2010), Resort to War: 1816-2007",
  terms: "Correlates of War terms: free for research with citation",
  site: "https://correlatesofwar.org/data-sets/cow-war/",
  release: /inter-?state.*v?(\d)[._](\d)/i,
  variants: [
    {
      name: "4.0, a row for each state in a war",
      told: ["warnum", "statename", "startyear1"],
      columns: [
        { ...textFrom("war_id", "warnum"), must: true, needed: true },
        { ...textFrom("war", "warname"), must: true, needed: true },
        textFrom("state", "statename"),
        { ...textFrom("side"), codes: { "1": "1", "2": "2" } },
        { ...cowDate("start", starts, "start"), must: true, needed: true },
        { ...cowDate("end", ends, "end"), must: true },
        { ...textFrom("initiator"), codes: { "1": "yes", "2": "no" } },
        { ...textFrom("outcome"), codes: COW_OUTCOMES, unknown: NOT_KNOWN },
        cowCount("deaths", "batdeath"),
        textFrom("version"),
      ],
      measures: [
        ...warMeasures,
        {
          name: "deaths",
          what: "battle deaths, by the day on which a state entered",
          unit: "deaths",
          time: "start",
          how: "sum",
          of: "deaths",
        },
      ],
      order: ["start", "end"],
    },
    {
      name: "a row for each war",
      told: ["warnum", "warname", "start", "end"],
      key: "war_id",
      order: ["start", "end"],
      columns: [
        { ...textFrom("war_id", "warnum"), must: true, needed: true },
        { ...textFrom("war", "warname"), must: true, needed: true },
        { ...dateFrom("start"), must: true, needed: true },
        { ...dateFrom("end"), must: true },
        countFrom("days", "spandays"),
        textFrom("side1"),
        textFrom("side2"),
        textFrom("initiators"),
        textFrom("outcome", "initiatoroutcomes"),
        countFrom("deaths", "battledeathsknown"),
      ],
      measures: [
        ...warMeasures,
        {
          name: "deaths",
          what: "battle deaths, by the day on which the war began",
          unit: "deaths",
          time: "start",
          how: "sum",
          of: "deaths",
        },
      ],
    },
  ],
  notes: ["States that fight several spells count from the first to the last day."],
};

const intraColumns: Column[] = [
  { ...textFrom("war_id", "warnum"), must: true, needed: true },
  { ...textFrom("war", "warname"), must: true, needed: true },
  textFrom("type", "wartype"),
  textFrom("region", "v5region"),
  textFrom("side_a", "sidea"),
  textFrom("side_b", "sideb"),
];
const intraOutcome: Column = {
  ...textFrom("outcome"),
  codes: {
    ...COW_OUTCOMES,
    "1": "side A wins",
    "2": "side B wins",
    "5": "ongoing",
  },
  unknown: [...NOT_KNOWN, "0"],
};
const intraDeaths = [cowCount("deaths_a", "sideadeaths", "deathsa"), cowCount("deaths_b", "sidebdeaths", "deathsb")];

export const COW_INTRASTATE: Layout = {
  id: "cow-intrastate",
  name: "Correlates of War Intra-State War Data",
  producer: "Correlates of War Project",
  cite: "Dixon & Sarkees (2016), A Guide to Intra-state Wars",
  terms: "Correlates of War terms: free for research with citation",
  site: "https://correlatesofwar.org/data-sets/cow-war/",
  release: /intra-?state.*v?(\d)[._](\d)/i,
  variants: [
    {
      name: "4.1",
      told: ["warnum", "sidea", "startyear1"],
      order: ["start", "end"],
      columns: [
        ...intraColumns,
        { ...cowDate("start", starts, "start"), must: true, needed: true },
        { ...cowDate("end", ends, "end"), must: true },
        intraOutcome,
        ...intraDeaths,
      ],
      measures: warMeasures,
    },
    {
      name: "5.1",
      told: ["warnum", "sidea", "startyr1"],
      order: ["start", "end"],
      columns: [
        ...intraColumns,
        { ...cowDate("start", starts, "start"), must: true, needed: true },
        { ...cowDate("end", ends, "end"), must: true },
        intraOutcome,
        ...intraDeaths,
      ],
      measures: warMeasures,
    },
    {
      name: "a row for each year of a war (peacesciencer)",
      told: ["warnum", "sidea", "year"],
      columns: [...intraColumns, { ...dateFrom("year"), must: true, needed: true }, intraOutcome, ...intraDeaths],
      measures: [
        { name: "wars", what: "wars in the year", unit: "wars", time: "year", how: "count" },
        { name: "begun", what: "wars begun", unit: "wars", time: "year", how: "first-of", of: "war_id" },
        {
          name: "ended",
          what: "wars that ended, or went on when the list closed",
          unit: "wars",
          time: "year",
          how: "last-of",
          of: "war_id",
        },
      ],
    },
    {
      name: "a row for each war, to the year",
      told: ["warnum", "sidea", "startyear"],
      order: ["start", "end"],
      columns: [
        ...intraColumns,
        { ...dateFrom("start", "startyear"), must: true, needed: true },
        { ...dateFrom("end", "endyear"), must: true },
        intraOutcome,
        ...intraDeaths,
      ],
      measures: warMeasures,
    },
  ],
  notes: ["Dates are as precise as the list has them: some to the year."],
};
