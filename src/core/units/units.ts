import { nearest } from "../problems/near.ts";

/**
 * Units of what is measured: areas, lengths, durations, shares, money and counted things.
 *
 * Money of two currencies is not comparable (a rate is a judgement that a case must state), and no two counted things
 * are: killed persons are not casualties.
 */
export interface Unit {
  /** As written: `km2`, `billion USD`, `persons per month`. */
  readonly text: string;
  /** What is measured; only units of one dimension can be compared. */
  readonly dimension: string;
  /** How many base units one of this unit is: 1e9 for `billion USD`, 0.01 for `%`. */
  readonly scale: number;
}

const MULTIPLES: Readonly<Record<string, number>> = {
  hundred: 1e2,
  thousand: 1e3,
  million: 1e6,
  billion: 1e9,
  trillion: 1e12,
};

/** Days in a month and a year, on the mean of the Gregorian calendar. */
const DAYS = { month: 30.436875, year: 365.2425 };

const KNOWN: Readonly<Record<string, readonly [dimension: string, scale: number]>> = {
  "%": ["share", 0.01],
  percent: ["share", 0.01],
  share: ["share", 1],
  points: ["percentage points", 1],
  "percentage points": ["percentage points", 1],
  km2: ["area", 1],
  "km²": ["area", 1],
  m2: ["area", 1e-6],
  "m²": ["area", 1e-6],
  ha: ["area", 0.01],
  km: ["length", 1],
  m: ["length", 1e-3],
  day: ["duration", 1],
  days: ["duration", 1],
  week: ["duration", 7],
  weeks: ["duration", 7],
  month: ["duration", DAYS.month],
  months: ["duration", DAYS.month],
  year: ["duration", DAYS.year],
  years: ["duration", DAYS.year],
  t: ["mass", 1],
  tonnes: ["mass", 1],
  MW: ["power", 1],
  GW: ["power", 1e3],
};

/** Codes of ISO 4217, currencies in use. */
const CURRENCIES = new Set(
  (
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP " +
    "CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF " +
    "IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD " +
    "MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB " +
    "RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD " +
    "UYU UZS VES VND VUV WST XAF XCD XDR XOF XPF YER ZAR ZMW ZWG"
  ).split(" "),
);

/**
 * Reads a unit; undefined where the text is none (it holds a digit at its start, or a sign).
 *
 * A word that is no unit known here is a counted thing of its own: `tanks`, `donor countries`.
 *
 * @example
 * parseUnit("billion USD"); // { text: "billion USD", dimension: "money USD", scale: 1e9 }
 * parseUnit("km2 per month")?.dimension; // "area / duration"
 */
export function parseUnit(text: string): Unit | undefined {
  const trimmed = text.trim().replaceAll(/\s+/g, " ");
  const halves = trimmed.split(/ per |\//);
  if (halves.length === 2) {
    const [over, under] = halves.map((half) => parseUnit(half));
    if (over === undefined || under === undefined) return undefined;
    return { text: trimmed, dimension: `${over.dimension} / ${under.dimension}`, scale: over.scale / under.scale };
  }
  if (halves.length > 2) return undefined;
  let rest = trimmed;
  let scale = 1;
  for (;;) {
    const space = rest.indexOf(" ");
    const multiple = space > 0 ? MULTIPLES[rest.slice(0, space)] : undefined;
    if (multiple === undefined) break;
    scale *= multiple;
    rest = rest.slice(space + 1);
  }
  const whole = MULTIPLES[rest];
  if (whole !== undefined) return { text: trimmed, dimension: "number", scale: scale * whole };
  const known = Object.hasOwn(KNOWN, rest) ? KNOWN[rest] : undefined;
  if (known !== undefined) return { text: trimmed, dimension: known[0], scale: scale * known[1] };
  if (CURRENCIES.has(rest)) return { text: trimmed, dimension: `money ${rest}`, scale };
  if (!/^[\p{L}$€£¥][\p{L}\p{N} '’().-]*$/u.test(rest)) return undefined;
  return { text: trimmed, dimension: `count of ${singular(rest.toLowerCase())}`, scale };
}

/** Whether values of two units can be compared. */
export function comparable(a: Unit, b: Unit): boolean {
  return a.dimension === b.dimension;
}

/** A value in another unit of the same dimension; undefined where the two are not comparable. */
export function convert(value: number, from: Unit, to: Unit): number | undefined {
  if (!comparable(from, to)) return undefined;
  return from.scale === to.scale ? value : (value * from.scale) / to.scale;
}

/** Whether a unit is a counted thing whose name is not known here: it may be a slip of the pen. */
export function isUnlisted(unit: Unit): boolean {
  return unit.dimension.startsWith("count of ");
}

/** The known unit that an unlisted one most likely meant, if one is near: `kmm2` is near `km2`. */
export function nearestUnit(text: string): string | undefined {
  const last = text.trim().split(" ").at(-1) ?? "";
  const code = nearest(last, [...Object.keys(KNOWN), ...CURRENCIES]);
  return code === undefined || code === last ? undefined : code;
}

function singular(noun: string): string {
  if (noun.endsWith("ies") && noun.length > 4) return `${noun.slice(0, -3)}y`;
  if (noun.endsWith("s") && !noun.endsWith("ss") && noun.length > 3) return noun.slice(0, -1);
  return noun;
}
