import type { Column } from "../columns.ts";
import { countFrom, dateFrom, type Layout, type Measure, textFrom } from "./layout.ts";

const TERMS = "CC BY 4.0";
const SITE = "https://ucdp.uu.se/downloads/";
const PRODUCER = "Uppsala Conflict Data Program (UCDP)";

/** Types of conflict of UCDP/PRIO, by code and by the words of the R package peacesciencer. */
const CONFLICT_TYPES = {
  "1": "extrasystemic",
  "2": "interstate",
  "3": "intrastate",
  "4": "internationalised",
  extrasystemic: "extrasystemic",
  interstate: "interstate",
  intrastate: "intrastate",
  II: "internationalised",
};
const INCOMPATIBILITY = {
  "1": "territory",
  "2": "government",
  "3": "both",
  territory: "territory",
  government: "government",
  both: "both",
};

const number = (name: string, ...from: string[]): Column => ({ ...countFrom(name, ...from), unknown: ["-9", "-99"] });

const gedColumns: Column[] = [
  textFrom("id"),
  {
    ...textFrom("type", "typeofviolence"),
    codes: { "1": "state-based", "2": "non-state", "3": "one-sided" },
    must: true,
    needed: true,
  },
  { ...textFrom("conflict_id", "conflictnewid", "conflictid"), must: true, needed: true },
  textFrom("conflict", "conflictname"),
  textFrom("dyad_id", "dyadnewid", "dyadid"),
  textFrom("dyad", "dyadname"),
  textFrom("side_a", "sidea"),
  textFrom("side_b", "sideb"),
  textFrom("country"),
  textFrom("region"),
  textFrom("admin1", "adm1"),
  { ...countFrom("latitude"), kind: "number" },
  { ...countFrom("longitude"), kind: "number" },
  countFrom("where_prec", "whereprec"),
  countFrom("clarity", "eventclarity"),
  countFrom("date_prec", "dateprec"),
  { ...dateFrom("start", "datestart"), must: true, needed: true },
  { ...dateFrom("end", "dateend"), must: true, needed: true },
  countFrom("deaths_a", "deathsa"),
  countFrom("deaths_b", "deathsb"),
  countFrom("civilians", "deathscivilians"),
  countFrom("unknown", "deathsunknown"),
  { ...countFrom("best", "best", "bestest"), must: true, needed: true },
  countFrom("low", "low", "lowest"),
  countFrom("high", "high", "highest"),
];

const gedMeasures: Measure[] = [
  {
    name: "deaths",
    what: "deaths, best estimate, by the first day of the event",
    unit: "deaths",
    time: "start",
    how: "sum",
    of: "best",
    bounds: ["low", "high"],
  },
  {
    name: "civilians",
    what: "civilian deaths, best estimate",
    unit: "deaths",
    time: "start",
    how: "sum",
    of: "civilians",
  },
  { name: "events", what: "events with deaths", unit: "events", time: "start", how: "count" },
];

const ged = { columns: gedColumns, measures: gedMeasures, key: "id", order: ["start", "end"] } as const;

export const UCDP_GED: Layout = {
  id: "ucdp-ged",
  name: "UCDP Georeferenced Event Dataset",
  producer: PRODUCER,
  cite: "Sundberg & Melander (2013), Journal of Peace Research 50(4)",
  terms: TERMS,
  site: SITE,
  release: /ged(?:event)?[_-]?v?(\d{1,2})[_.-]?(\d)\b/i,
  variants: [
    { ...ged, name: "17.1 and later, 49 columns", told: ["conflictnewid", "relid", "gwnoa"] },
    { ...ged, name: "17.1 and later, a part of the columns", told: ["conflictnewid"] },
    { ...ged, name: "before 17.1", told: ["bestest"] },
    { ...ged, name: "other", told: [] },
  ],
  notes: [
    "An event counts wholly on its first day; a tenth and more of the deaths may be in events that last into another month.",
    "Later releases revise earlier months: what this one says was not all known at the time.",
  ],
};

/** Columns of data sets that take over the columns of UCDP/PRIO. */
const OTHERS = ["dyadid", "dyadepid", "confterm", "outcome", "bdbest"];

export const UCDP_ACD: Layout = {
  id: "ucdp-acd",
  name: "UCDP/PRIO Armed Conflict Dataset",
  producer: `${PRODUCER} and Peace Research Institute Oslo (PRIO)`,
  cite: "Gleditsch et al. (2002), Journal of Peace Research 39(5)",
  terms: TERMS,
  site: SITE,
  release: /(?:ucdp[_-]?prio[_-]?acd|prio[_-]?acd|acd)[_-]?v?(\d{1,2})[_.-]?(\d)\b/i,
  variants: [
    {
      ...acd(),
      name: "a row for each conflict and year",
      told: ["conflictid", "intensitylevel", "startdate2"],
      not: OTHERS,
    },
  ],
  notes: ["A row is a conflict in a year with at least 25 battle deaths."],
};

function acd() {
  const columns: Column[] = [
    { ...textFrom("conflict_id", "conflictid"), must: true, needed: true },
    { ...dateFrom("year"), must: true, needed: true },
    textFrom("location", "location", "locationinc"),
    textFrom("side_a", "sidea"),
    textFrom("side_b", "sideb"),
    textFrom("territory", "territoryname", "terr"),
    { ...textFrom("incompatibility", "incompatibility", "incomp"), codes: INCOMPATIBILITY },
    {
      ...textFrom("intensity", "intensitylevel", "int"),
      codes: { "1": "minor", "2": "war", minor: "minor", war: "war" },
      must: true,
      needed: true,
    },
    { ...textFrom("type", "typeofconflict", "type"), codes: CONFLICT_TYPES, must: true, needed: true },
    dateFrom("start", "startdate"),
    { ...dateFrom("episode_start", "startdate2"), must: true },
    dateFrom("episode_end", "ependdate"),
  ];
  const measures: Measure[] = [
    { name: "conflicts", what: "conflicts active in the year", unit: "conflicts", time: "year", how: "count" },
    { name: "ended", what: "episodes that ended", unit: "episodes", time: "episode_end", how: "count" },
  ];
  return { columns, measures } as const;
}

/** How episodes end, by the codes of UCDP's termination data. */
export const TERMINATION_OUTCOMES = {
  "1": "agreement",
  "2": "ceasefire",
  "3": "victory-a",
  "4": "victory-b",
  "5": "low-activity",
  "6": "actor-ceases",
};

export const UCDP_TERMINATION: Layout = {
  id: "ucdp-termination",
  name: "UCDP Conflict Termination Dataset",
  producer: PRODUCER,
  cite: "Kreutz (2010), Journal of Peace Research 47(2)",
  terms: TERMS,
  site: SITE,
  release: /term[a-z-]*[_-]v?(\d)[_.-](\d{4})/i,
  variants: [
    { ...termination(["dyadepid"]), key: "episode_id", name: "episodes by dyad", told: ["dyadepid", "epstart"] },
    { ...termination(["dyadepid"]), name: "years by dyad, 3-2021", told: ["dyadepid", "dyadterm"] },
    { ...termination(["conflictepid", "confepid"]), name: "years by conflict", told: ["confterm"] },
    { ...termination(["epid"]), name: "other", told: ["cfiredate", "outcome"] },
  ],
  notes: [
    "`recur` marks the first year of an episode that is not the first; it does not say that an ending failed.",
    "Episodes without an ending were going on when the release closed.",
  ],
};

function termination(id: readonly string[]) {
  const columns: Column[] = [
    textFrom("episode_id", ...id),
    { ...textFrom("conflict_id", "conflictid"), must: true, needed: true },
    textFrom("dyad_id", "dyadid"),
    textFrom("location"),
    textFrom("side_a", "sidea"),
    textFrom("side_b", "sideb"),
    dateFrom("year"),
    { ...textFrom("type", "typeofconflict"), codes: CONFLICT_TYPES },
    dateFrom("start", "epstart", "startdate2"),
    { ...dateFrom("end", "ependdate"), must: true },
    { ...textFrom("outcome"), codes: TERMINATION_OUTCOMES, must: true },
    dateFrom("ceasefire", "cfiredate"),
    dateFrom("agreement", "peagdate"),
  ];
  const measures: Measure[] = [
    { name: "endings", what: "episodes that ended", unit: "episodes", time: "end", how: "count" },
  ];
  return { columns, measures, order: ["start", "end"] } as const;
}

const FLAG = { "0": "no", "1": "yes", True: "yes", False: "no", TRUE: "yes", FALSE: "no" };
const flag = (name: string, ...from: string[]): Column => ({
  ...textFrom(name, ...from),
  codes: FLAG,
  unknown: ["NA", "nan"],
});

export const UCDP_PEACE: Layout = {
  id: "ucdp-peace",
  name: "UCDP Peace Agreement Dataset",
  producer: PRODUCER,
  cite: "Pettersson, Högbladh & Öberg (2019), Journal of Peace Research 56(4)",
  terms: TERMS,
  site: SITE,
  release: /agreements?[_-]?v?(\d{1,2})[_.-]?(\d)\b/i,
  variants: [
    {
      name: "19.1 and later",
      told: ["paid", "padate"],
      key: "id",
      order: ["signed", "end"],
      columns: [
        { ...textFrom("id", "paid"), must: true, needed: true },
        textFrom("name", "paname"),
        textFrom("conflict_id", "conflictid"),
        textFrom("conflict", "conflictname"),
        textFrom("dyad_id", "dyadid"),
        textFrom("region"),
        { ...dateFrom("signed", "padate"), must: true, needed: true },
        { ...textFrom("type", "patype"), codes: { "1": "full", "2": "partial", "3": "process" }, must: true },
        flag("ended"),
        dateFrom("end", "duration"),
        flag("ceasefire", "cease"),
        flag("withdrawal", "withd"),
        flag("peacekeeping", "pko"),
        flag("autonomy", "aut"),
        flag("referendum", "ref"),
        flag("shared_government", "shagov"),
        number("termination", "termdur"),
      ],
      measures: [
        { name: "agreements", what: "agreements signed", unit: "agreements", time: "signed", how: "count" },
        { name: "ended", what: "agreements that ended", unit: "agreements", time: "end", how: "count" },
      ],
    },
  ],
  notes: ["The column `duration` is the day on which an agreement ended."],
};
