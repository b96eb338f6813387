const english = "january february march april may june july august september october november december";
const short = "jan feb mar apr - jun jul aug sep oct nov dec";

/** Months of other languages, read only where a text does not look English. */
const others = [
  "januar februar märz april mai juni juli august september oktober november dezember",
  "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
  "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
  "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
  "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
  "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
  "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
];

const months = (words: string): [string, number][] =>
  words.split(" ").flatMap((word, index) => (word === "-" ? [] : [[word, index + 1] as [string, number]]));

/** Months by name, 1 to 12. */
export const MONTHS: ReadonlyMap<string, number> = new Map([...months(english), ...months(short), ["sept", 9]]);

export const OTHER_MONTHS: ReadonlyMap<string, number> = new Map(others.flatMap(months));

/** Days of the week, Monday first. */
export const WEEKDAYS: ReadonlyMap<string, number> = new Map(
  "monday tuesday wednesday thursday friday saturday sunday".split(" ").map((word, index) => [word, index]),
);

/** First and last month of seasons in the north; winter runs into the next year. */
export const SEASONS: ReadonlyMap<string, readonly [first: number, last: number]> = new Map([
  ["spring", [3, 5]],
  ["summer", [6, 8]],
  ["autumn", [9, 11]],
  ["fall", [9, 11]],
  ["winter", [12, 14]],
]);

/** Words before a date that say how it is meant. */
export const RELATIONS: ReadonlyMap<string, string> = new Map([
  ["since", "since"],
  ["from", "from"],
  ["by", "by"],
  ["until", "until"],
  ["till", "until"],
  ["before", "before"],
  ["after", "after"],
  ["through", "until"],
  ["to", "until"],
]);
