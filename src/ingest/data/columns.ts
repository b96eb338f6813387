import { formatDay, parseDate } from "../../core/dates/index.ts";

/** How the dates of a column are written: `2024-11-28`, `28/11/2024`, `11/28/2024`, `28 November 2024`. */
export type DateForm = "iso" | "dmy" | "mdy" | "named";

/** What a cell holds; undefined where it is not what its column says, null where it is blank or not known. */
export type Cell = string | number | null | undefined;

/** The columns that hold the year, the month and the day of a date, each by the names that it goes by. */
export interface DateParts {
  readonly year: readonly string[];
  readonly month?: readonly string[];
  readonly day?: readonly string[];
}

/** One column of a registered table, and where a producer's file has it. */
export interface Column {
  /** Its name in the registered table. */
  readonly name: string;
  /** The names that it goes by in files, small letters and digits alone; the first that a file has is taken. */
  readonly from: readonly string[];
  /** `count` is a number of at least 0; dates are kept as precise as they are given: day, month or year. */
  readonly kind: "text" | "number" | "count" | "date";
  /** A file without it is refused. */
  readonly must?: true;
  /** A row in which it is blank is dropped. */
  readonly needed?: true;
  /** Values that say that it is not known. */
  readonly unknown?: readonly string[];
  /** What the producer's codes mean; any other value is malformed. */
  readonly codes?: Readonly<Record<string, string>>;
  /** Where a date is given in parts: each possibility in turn, the first that is known wins. */
  readonly parts?: readonly DateParts[];
}

/** Cells that mean nothing in columns of numbers and dates. */
const BLANK = new Set(["", "NA", "N/A", "NaN", "nan", "NULL", "null", "None"]);
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
/** Numbers with marks for thousands, which are no decimal commas where commas part the columns. */
const GROUPED = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/;
const ISO = /^(\d{4}(-\d{2}(-\d{2})?)?)([ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;
const NUMERIC = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})$/;
const NAMED = /^(\d{1,2})[ -]([A-Za-z]{3,9})[ -](\d{4})$/;
const MONTHS = "january february march april may june july august september october november december".split(" ");

/** How a file writes what can be written in several ways. */
export interface Writing {
  readonly form: DateForm;
  /** Whether `1,200` is a thousand and two hundred. */
  readonly grouped: boolean;
}

/** What a cell holds, by its column: text, a number, or a date as ISO 8601 text. */
export function clean({ kind, unknown, codes }: Column, raw: string, { form, grouped }: Writing): Cell {
  const text = raw.replaceAll(/^ +| +$/g, "");
  if (text === "" || (kind !== "text" && BLANK.has(text)) || unknown?.includes(text) === true) return null;
  if (codes !== undefined) return Object.hasOwn(codes, text) ? codes[text] : codes[text.replace(/\.0+$/, "")];
  if (kind === "text") return text;
  if (kind === "date") return isoDate(text, form);
  const marked = grouped && GROUPED.test(text);
  if (!marked && !NUMBER.test(text)) return undefined;
  const value = Number(marked ? text.replaceAll(",", "") : text);
  return Number.isFinite(value) && (kind === "number" || value >= 0) ? value : undefined;
}

/**
 * A date as ISO 8601 text without its time of day; undefined where it is none, or is not written in this form.
 *
 * @example
 * isoDate("2014-01-22 00:00:00.000", "iso"); // "2014-01-22"
 * isoDate("5/3/2024", "dmy"); // "2024-03-05"
 */
export function isoDate(text: string, form: DateForm): string | undefined {
  const iso = ISO.exec(text);
  if (iso !== null) {
    const [, date = "", , day, time] = iso;
    if (time !== undefined && day === undefined) return undefined;
    return parseDate(date)?.text;
  }
  if (form === "iso") return undefined;
  if (form === "named") {
    const [, day = "", month = "", year = ""] = NAMED.exec(text) ?? [];
    const index = MONTHS.findIndex((name) => month.length >= 3 && name.startsWith(month.toLowerCase()));
    return index < 0 ? undefined : dateOf(year, index + 1, day);
  }
  const [, a = "", , b = "", year = ""] = NUMERIC.exec(text) ?? [];
  if (year === "") return undefined;
  return form === "dmy" ? dateOf(year, Number(b), a) : dateOf(year, Number(a), b);
}

function dateOf(year: string, month: number, day: string | number): string | undefined {
  const two = (part: string | number) => String(part).padStart(2, "0");
  return parseDate(`${year}-${two(month)}-${two(day)}`)?.text;
}

/**
 * The form in which dates are written, told by examples: undefined where they tell nothing, or where a day cannot be told
 * from a month.
 */
export function dateFormOf(examples: readonly string[]): DateForm | undefined {
  const seen = examples.map((text) => text.trim()).filter((text) => !BLANK.has(text));
  const fits = (form: DateForm) => seen.every((text) => isoDate(text, form) !== undefined);
  if (fits("iso")) return "iso";
  if (fits("named")) return "named";
  const [dmy, mdy] = [fits("dmy"), fits("mdy")];
  if (dmy !== mdy) return dmy ? "dmy" : "mdy";
  return undefined;
}

/** Whether dates are numbers of which the day cannot be told from the month. */
export function ambiguousDates(examples: readonly string[]): boolean {
  const seen = examples.map((text) => text.trim()).filter((text) => !BLANK.has(text));
  return seen.length > 0 && seen.every((text) => isoDate(text, "dmy") !== undefined && isoDate(text, "mdy") !== undefined);
}

/**
 * A date from its parts, as precise as they are known; null where the year is not, undefined where they are no date.
 * Negative numbers say that a part is not known, or that there is none.
 */
export function dateFromParts(year: string, month?: string, day?: string): Cell {
  const whole = (text = ""): number | null | undefined => {
    if (BLANK.has(text.trim())) return null;
    const value = Number(text);
    if (!Number.isInteger(value)) return undefined;
    return value < 0 ? null : value;
  };
  const [y, m, d] = [whole(year), whole(month), whole(day)];
  if (y === null) return null;
  if (y === undefined || m === undefined || d === undefined) return undefined;
  const text = [String(y).padStart(4, "0")];
  if (m !== null) text.push(String(m).padStart(2, "0"));
  if (m !== null && d !== null) text.push(String(d).padStart(2, "0"));
  return parseDate(text.join("-"))?.text;
}

/** The first or last day that a date of a table may mean, as ISO 8601 text. */
export function dayAt(date: string, end: "first" | "last"): string {
  const parsed = parseDate(date);
  return parsed === undefined ? date : formatDay(parsed[end]);
}

/** SQL for what {@link clean} does: two expressions over a text column, the value and whether it is malformed. */
export function sqlOf(
  column: Column,
  raw: string,
  { form, grouped }: Writing,
): { readonly value: string; readonly bad: string } {
  const { kind, unknown = [], codes } = column;
  const text = `trim(${raw})`;
  const nothing = [...(kind === "text" ? [""] : BLANK), ...unknown].map(quoted).join(", ");
  const blank = `${raw} is null or ${text} in (${nothing})`;
  const value = `case when ${blank} then null else ${valueOf()} end`;
  return { value, bad: kind === "text" && codes === undefined ? "false" : `not (${blank}) and (${valueOf()}) is null` };

  function valueOf(): string {
    if (codes !== undefined) {
      const cases = Object.entries(codes).map(([code, means]) => `when ${quoted(code)} then ${quoted(means)}`);
      const all = `case ${text} ${cases.join(" ")}`;
      return `${all} else case regexp_replace(${text}, '\\.0+$', '') ${cases.join(" ")} end end`;
    }
    if (kind === "text") return text;
    if (kind === "date") return dateSql(text, form);
    const written = grouped
      ? `case when regexp_full_match(${text}, ${quoted(GROUPED.source.slice(1, -1))}) then replace(${text}, ',', '') else ${text} end`
      : text;
    const number = `case when regexp_full_match(${written}, ${quoted(NUMBER.source.slice(1, -1))}) then try_cast(${written} as double) end`;
    const finite = `case when isfinite(${number}) then ${number} end`;
    return kind === "number" ? finite : `case when ${finite} >= 0 then ${finite} end`;
  }
}

function dateSql(text: string, form: DateForm): string {
  const day = (date: string) => `strftime(${date}, '%Y-%m-%d')`;
  const iso = `case when regexp_full_match(${text}, ${quoted(ISO.source.slice(1, -1))})
    then case length(regexp_extract(${text}, '^[0-9-]+'))
      when 10 then ${day(`try_cast(${text}[1:10] as date)`)}
      when 7 then case when length(${text}) = 7 and try_cast(${text} || '-01' as date) is not null then ${text} end
      when 4 then case when length(${text}) = 4 then ${text} end end end`;
  if (form === "iso") return iso;
  const forms = {
    dmy: ["%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y"],
    mdy: ["%m/%d/%Y", "%m.%d.%Y", "%m-%d-%Y"],
    named: ["%d %B %Y", "%d %b %Y", "%d-%B-%Y", "%d-%b-%Y"],
  }[form];
  return `coalesce(${iso}, ${day(`try_strptime(${text}, [${forms.map(quoted).join(", ")}])`)})`;
}

/** Text as an SQL literal. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
