import { formatDay } from "../core/dates/index.ts";

/** A narrow no-break space between groups of three digits, as ISO 31-0 has it. */
const GROUP = "\u202f";

/**
 * A number as people read it: three significant digits, all digits of whole numbers, thousands parted.
 *
 * @example
 * number(114884.21); // "114 884"
 * number(0.012345); // "0.0123"
 */
export function number(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e15)) return value.toExponential(2).replace("-", "−");
  const text = size >= 100 || Number.isInteger(value) ? Math.round(size).toFixed(0) : plain(size);
  const [whole = "", fraction] = text.split(".");
  const grouped = whole.length < 5 ? whole : whole.replaceAll(/\B(?=(\d{3})+(?!\d))/g, GROUP);
  return `${value < 0 && Number(text) !== 0 ? "−" : ""}${fraction === undefined ? grouped : `${grouped}.${fraction}`}`;
}

function plain(size: number): string {
  const text = size.toPrecision(3);
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** A number with its sign. */
export function signed(value: number): string {
  return value > 0 ? `+${number(value)}` : number(value);
}

/** A p value: never 0. */
export function pValue(p: number): string {
  return p < 0.001 ? "p < 0.001" : `p = ${p.toPrecision(2)}`;
}

/** A day number as ISO 8601. */
export const day = (value: number): string => formatDay(value);

/** Several words as one: `a`, `a and b`, `a, b and c`. */
export function list(words: readonly string[]): string {
  if (words.length <= 1) return words[0] ?? "";
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** A count with its noun: `1 claim`, `3 claims`. */
export function count(n: number, noun: string, plural = `${noun}s`): string {
  return `${n} ${n === 1 ? noun : plural}`;
}

/** An identifier as words: `heavy-losses` becomes `heavy losses`. */
export function humanize(id: string): string {
  return id.replaceAll("-", " ");
}

/** The first letter as a capital. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
