import type { Column, DateParts } from "../columns.ts";
import { countFrom, dateFrom, type Layout, type Measure, textFrom } from "./layout.ts";

const acledColumns: Column[] = [
  { ...textFrom("id", "eventidcnty", "dataid"), must: true, needed: true },
  { ...dateFrom("date", "eventdate"), must: true, needed: true },
  textFrom("disorder", "disordertype"),
  { ...textFrom("type", "eventtype"), must: true, needed: true },
  textFrom("subtype", "subeventtype"),
  textFrom("actor1"),
  textFrom("actor2"),
  textFrom("region"),
  { ...textFrom("country"), must: true, needed: true },
  textFrom("admin1"),
  textFrom("location"),
  { ...countFrom("latitude"), kind: "number" },
  { ...countFrom("longitude"), kind: "number" },
  textFrom("source"),
  { ...countFrom("fatalities"), must: true, needed: true },
];
const acled = {
  columns: acledColumns,
  key: "id",
  measures: [
    { name: "deaths", what: "reported fatalities", unit: "deaths", time: "date", how: "sum", of: "fatalities" },
    { name: "events", what: "events", unit: "events", time: "date", how: "count" },
  ] as Measure[],
} as const;

export const ACLED: Layout = {
  id: "acled",
  name: "ACLED events",
  producer: "Armed Conflict Location & Event Data (ACLED)",
  cite: "Raleigh et al. (2010), Journal of Peace Research 47(5)",
  terms: "ACLED terms of use: attribution, no redistribution of the events",
  site: "https://acleddata.com/",
  variants: [
    { ...acled, name: "2023 and later, with the type of disorder", told: ["eventidcnty", "disordertype"] },
    { ...acled, name: "to 2023, with data_id", told: ["dataid", "eventidcnty"] },
    { ...acled, name: "other", told: ["eventdate"] },
  ],
  notes: ["ACLED takes the most conservative figure of its reports; it gives no lower and upper estimate."],
};

export const PAX: Layout = {
  id: "pax",
  name: "PA-X Peace Agreements Database",
  producer: "PeaceRep, University of Edinburgh",
  cite: "Bell & Badanjak (2019), Journal of Peace Research 56(3)",
  terms: "CC BY-NC-SA 4.0",
  site: "https://www.peaceagreements.org/",
  release: /pa-?x.*v?(\d{1,2})(?:[._](\d))?/i,
  variants: [
    {
      name: "versions 1 to 9",
      told: ["agtid", "dat"],
      key: "id",
      columns: [
        { ...textFrom("id", "agtid"), must: true, needed: true },
        { ...textFrom("name", "agt"), must: true },
        { ...dateFrom("date", "dat"), must: true, needed: true },
        textFrom("country", "con"),
        textFrom("process", "ppname"),
        textFrom("region", "reg"),
        textFrom("status"),
        textFrom("type", "agtp"),
        textFrom("stage"),
        textFrom("substage", "stagesub"),
        textFrom("parties", "part"),
        textFrom("third_parties", "thrdpart"),
        textFrom("ceasefire", "ce", "cea"),
      ],
      measures: [{ name: "agreements", what: "agreements", unit: "agreements", time: "date", how: "count" }],
    },
  ],
  notes: ["An agreement signed in several parts stands several times."],
};

const kielMeasure = (name: string, what: string): Measure => ({
  name,
  what,
  unit: "billion EUR",
  time: "month",
  how: "sum",
  of: name,
});
const kielParts: readonly DateParts[] = [{ year: ["year"], month: ["month"] }];
const money = (name: string, ...from: string[]): Column => ({ ...countFrom(name, ...from), kind: "number" });

export const KIEL: Layout = {
  id: "kiel",
  name: "Ukraine Support Tracker",
  producer: "Kiel Institute for the World Economy",
  cite: "Trebesch et al., The Ukraine Support Tracker, Kiel Working Paper 2218",
  terms: "cite the institute; no licence is stated",
  site: "https://www.ifw-kiel.de/topics/war-against-ukraine/ukraine-support-tracker/",
  release: /release[_-]?(\d+)/i,
  variants: [
    {
      name: "a row for each donor and month",
      told: ["country", "year", "month", "total", "military"],
      columns: [
        { ...textFrom("donor", "country"), must: true, needed: true },
        textFrom("iso"),
        { ...dateFrom("month"), parts: kielParts, must: true, needed: true },
        { ...money("total"), must: true },
        { ...money("military"), must: true },
        money("financial"),
        money("humanitarian"),
        money("commitments"),
      ],
      measures: [
        kielMeasure("total", "aid allocated"),
        kielMeasure("military", "military aid allocated"),
        kielMeasure("financial", "financial aid allocated"),
        kielMeasure("humanitarian", "humanitarian aid allocated"),
        kielMeasure("commitments", "aid committed"),
      ],
    },
    {
      name: "a row for each month",
      told: ["year", "month", "totalallocations"],
      columns: [
        { ...dateFrom("month"), parts: kielParts, must: true, needed: true },
        { ...money("total", "totalallocations"), must: true },
        { ...money("military"), must: true },
        money("financial"),
        money("humanitarian"),
      ],
      measures: [
        kielMeasure("total", "aid allocated"),
        kielMeasure("military", "military aid allocated"),
        kielMeasure("financial", "financial aid allocated"),
        kielMeasure("humanitarian", "humanitarian aid allocated"),
      ],
    },
    {
      name: "a row for each announcement (main data sheet)",
      told: ["announcementdate", "aidtypegeneral"],
      columns: [
        textFrom("id", "id", "activityid"),
        { ...textFrom("donor", "donor", "country", "countries"), must: true, needed: true },
        { ...dateFrom("date", "announcementdate"), must: true, needed: true },
        { ...textFrom("type", "aidtypegeneral", "typeofaidgeneral"), must: true },
        {
          ...money("value", "totsubactivityvalueeur", "totactivityvalueeur", "convertedvalueineur"),
          must: true,
          needed: true,
        },
      ],
      measures: [
        { name: "total", what: "aid announced", unit: "EUR", time: "date", how: "sum", of: "value" },
        { name: "announcements", what: "announcements", unit: "announcements", time: "date", how: "count" },
      ],
    },
  ],
  notes: ["A month without allocations is absent and counts as 0.", "Later releases revise earlier months."],
};
