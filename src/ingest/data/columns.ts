import { parseDate } from "../../core/dates/index.ts";

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
/** The time of a day, and where: it is left out. */
const TIME = "[ T]\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?(Z|[+-]\\d{2}:?\\d{2})?";
const ISO = new RegExp(`^(\\d{4}(-\\d{2}(-\\d{2})?)?)(${TIME})?$`);
const NUMERIC = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})$/;
const NAMED = /^(\d{1,2})([ -])([A-Za-z]{3,9})\2(\d{4})$/;
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
    const [, day = "", , month = "", year = ""] = NAMED.exec(text) ?? [];
    const said = month.toLowerCase();
    const index = MONTHS.findIndex((name) => name === said || name.slice(0, 3) === said);
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
  return (
    seen.length > 0 && seen.every((text) => isoDate(text, "dmy") !== undefined && isoDate(text, "mdy") !== undefined)
  );
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

/**
 * SQL for what {@link clean} does, over a column of trimmed text in which nothing is null: the value, and then, of the value's
 * own column, whether the cell is malformed.
 */
export function sqlOf(
  { kind, unknown = [], codes }: Column,
  text: string,
  value: string,
  { form, grouped }: Writing,
): { readonly value: string; readonly bad: string } {
  const list = (words: Iterable<string>) => [...words].map(quoted).join(", ");
  const known = (sql: string) =>
    unknown.length === 0 ? sql : `case when ${text} in (${list(unknown)}) then null else ${sql} end`;
  const nothing = list([...(kind === "text" ? [] : BLANK), ...unknown]);
  const bad = `${text} is not null and ${value} is null${nothing === "" ? "" : ` and ${text} not in (${nothing})`}`;
  if (codes !== undefined) {
    const cases = Object.entries(codes).map(([code, means]) => `when ${quoted(code)} then ${quoted(means)}`);
    const all = `case ${text} ${cases.join(" ")}`;
    return { value: known(`${all} else case regexp_replace(${text}, '\\.0+$', '') ${cases.join(" ")} end end`), bad };
  }
  if (kind === "text") return { value: known(text), bad: "false" };
  if (kind === "date") return { value: known(dateSql(text, form)), bad };
  // Digits and marks alone: what a cast takes besides, such as inf and 1_000, is no number here.
  const number = (sql: string) =>
    `case when translate(${sql}, '0123456789.+-eE', '') = '' then try_cast(${sql} as double) end`;
  const plain = number(text);
  const marked = `case when regexp_full_match(${text}, ${quoted(GROUPED.source.slice(1, -1))}) then ${number(`replace(${text}, ',', '')`)} end`;
  const read = grouped ? `coalesce(${plain}, ${marked})` : plain;
  const finite = `case when isfinite(${read})${kind === "count" ? ` and ${read} >= 0` : ""} then ${read} end`;
  return { value: known(finite), bad };
}

function dateSql(text: string, form: DateForm): string {
  const digits = (sql: string, marks: string) => `translate(${sql}, '0123456789', '') = '${marks}'`;
  const day = `${text}[1:10]`;
  const suffix = `(${text}[11:] in ('', ' 00:00:00.000', ' 00:00:00') or regexp_full_match(${text}[11:], ${quoted(TIME)}))`;
  const iso = `case when length(${text}) >= 10 then
      case when ${digits(day, "--")} and ${text}[5] = '-' and ${text}[8] = '-' and try_cast(${day} as date) is not null
        and ${suffix} then ${day} end
    when length(${text}) = 7 then
      case when ${digits(text, "-")} and ${text}[5] = '-' and try_cast(${text} || '-01' as date) is not null then ${text} end
    when length(${text}) = 4 and ${digits(text, "")} then ${text} end`;
  if (form === "iso") return iso;
  const forms = {
    dmy: ["%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y"],
    mdy: ["%m/%d/%Y", "%m.%d.%Y", "%m-%d-%Y"],
    named: ["%d %B %Y", "%d %b %Y", "%d-%B-%Y", "%d-%b-%Y"],
  }[form];
  const whole = form === "named" ? "\\d{1,2}.*\\d{4}" : "\\d{1,2}[/.-]\\d{1,2}[/.-]\\d{4}";
  const read = `strftime(try_strptime(${text}, [${forms.map(quoted).join(", ")}]), '%Y-%m-%d')`;
  return `coalesce(${iso}, case when regexp_full_match(${text}, ${quoted(whole)}) then ${read} end)`;
}

/** Text as an SQL literal. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
