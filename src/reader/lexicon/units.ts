/** Units as a case writes them, by the words that name them. Temperatures are left out: no claim about a war rests on one. */
export const UNITS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    seconds: "second seconds",
    minutes: "minute minutes",
    hours: "hour hours",
    days: "day days",
    weeks: "week weeks",
    months: "month months",
    years: "year years",
    decades: "decade decades",
    centuries: "century centuries",
    km: "km kms kilometre kilometres kilometer kilometers",
    m: "metre metres meter meters",
    miles: "mile miles",
    ha: "ha hectare hectares",
    acres: "acre acres",
    t: "tonne tonnes",
    tons: "ton tons",
    kg: "kg kilogram kilograms kilo kilos",
    MW: "mw megawatt megawatts",
    GW: "gw gigawatt gigawatts",
  }).flatMap(([unit, words]) => words.split(" ").map((word) => [word, unit] as const)),
);

/** Spans of time: what `two weeks ago`, `a 30-day truce` and `for a year` are made of. */
export const DURATIONS: ReadonlySet<string> = new Set(
  [...UNITS]
    .filter(([, unit]) => /^(second|minute|hour|day|week|month|year|decade|centur)/.test(unit))
    .map(([word]) => word),
);

/** Words for a currency behind its amount. Those that several countries share are listed with the country. */
export const CURRENCY_WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    USD: "dollar dollars",
    EUR: "euro euros",
    GBP: "pound pounds sterling",
    RUB: "rouble roubles ruble rubles",
    UAH: "hryvnia hryvnias",
    CNY: "yuan renminbi",
    JPY: "yen",
    INR: "rupee rupees",
    ILS: "shekel shekels",
    TRY: "lira liras",
    CHF: "franc francs",
    ZAR: "rand",
    NGN: "naira",
    ETB: "birr",
    AMD: "dram drams",
    AZN: "manat manats",
    GEL: "lari",
    SAR: "riyal riyals",
    YER: "rial rials",
    AED: "dirham dirhams",
    COP: "peso pesos",
    AFN: "afghani afghanis",
    MMK: "kyat kyats",
    PLN: "zloty zlotys",
    SEK: "krona kronor",
    NOK: "krone kroner",
    KRW: "won",
  }).flatMap(([code, words]) => words.split(" ").map((word) => [word, code] as const)),
);

/** Currencies that need the country's adjective before the word: `Canadian dollars`, `Sudanese pounds`. */
export const NATIONAL_CURRENCIES: ReadonlyMap<string, string> = new Map([
  ["us dollars", "USD"],
  ["u.s. dollars", "USD"],
  ["american dollars", "USD"],
  ["australian dollars", "AUD"],
  ["canadian dollars", "CAD"],
  ["hong kong dollars", "HKD"],
  ["singapore dollars", "SGD"],
  ["sudanese pounds", "SDG"],
  ["egyptian pounds", "EGP"],
  ["syrian pounds", "SYP"],
  ["lebanese pounds", "LBP"],
  ["south sudanese pounds", "SSP"],
  ["british pounds", "GBP"],
  ["pakistani rupees", "PKR"],
  ["swiss francs", "CHF"],
  ["congolese francs", "CDF"],
  ["cfa francs", "XOF"],
  ["mexican pesos", "MXN"],
  ["philippine pesos", "PHP"],
  ["iranian rials", "IRR"],
  ["omani rials", "OMR"],
  ["qatari riyals", "QAR"],
  ["libyan dinars", "LYD"],
  ["iraqi dinars", "IQD"],
  ["kuwaiti dinars", "KWD"],
  ["serbian dinars", "RSD"],
  ["danish kroner", "DKK"],
]);

export const CURRENCY_SIGNS: ReadonlyMap<string, string> = new Map([
  ["$", "USD"],
  ["€", "EUR"],
  ["£", "GBP"],
  ["¥", "JPY"],
  ["₽", "RUB"],
  ["₴", "UAH"],
  ["₹", "INR"],
  ["₪", "ILS"],
  ["₺", "TRY"],
  ["₦", "NGN"],
  ["₩", "KRW"],
]);

/** Codes of ISO 4217 that articles write beside an amount. */
export const CURRENCY_CODES: ReadonlySet<string> = new Set(
  (
    "USD EUR GBP JPY CNY RMB RUB UAH CHF CAD AUD NZD SEK NOK DKK PLN CZK HUF RON BGN TRY ILS INR PKR BDT LKR AFN IRR " +
    "IQD SAR YER AED QAR KWD OMR BHD JOD EGP LBP SYP SDG SSP ETB ERN SOS KES UGX RWF BIF CDF XAF XOF NGN GHS ZAR AMD " +
    "AZN GEL KZT UZS COP VES MXN BRL ARS CLP PEN KRW KPW IDR MYR PHP THB VND MMK LYD TND MAD DZD MRU"
  ).split(" "),
);

/** Counted persons, where a sentence gives their number and leaves them out: `killed at least 15,500`. */
export const CASUALTY_VERBS: ReadonlySet<string> = new Set(
  "killed kill killing wounded injured displaced dead died fled arrested detained missing starved evacuated uprooted".split(
    " ",
  ),
);

/** Plurals without an s. */
export const PLURALS: ReadonlySet<string> = new Set(
  (
    "people men women children personnel staff police cattle aircraft troops forces crew infantry cavalry dead wounded " +
    "drafts media criteria species sheep cavalry folk youth refugees kin dead"
  ).split(" "),
);

/** Words that end a counted thing's name: `18 million people face hunger`, `six flights a week`. */
export const NOT_COUNTED: ReadonlySet<string> = new Set(
  (
    "a an the of in on at by for from to with without within under over into onto through across and or but nor if when " +
    "while because since until till after before as than that which who whom whose this these those is are was were be " +
    "been being has have had having do does did will would shall should can could may might must not no it its they " +
    "their them he she his her we our us you your i my there here then now also still yet only just even more less " +
    "other another others each every per so too very ago later earlier away long wide high deep old during against " +
    "between among about around near inside outside behind beyond according including excluding towards toward up down " +
    "off out today yesterday tomorrow both all any some most many few several such alone together apart again"
  ).split(" "),
);
