import { VAGUE } from "./lexicon/numbers.ts";
import { CURRENCY_CODES, CURRENCY_SIGNS, CURRENCY_WORDS, NATIONAL_CURRENCIES } from "./lexicon/units.ts";
import { numberAt } from "./numbers.ts";
import type { Token } from "./tokens.ts";
import { touching } from "./tokens.ts";

/** An amount with its unit, before what stands around it is known; a unit of no letters is still to be found. */
export interface Measured {
  readonly value: number;
  readonly unit: string | undefined;
  readonly next: number;
  readonly per?: string | undefined;
  /** A plural such as thousands: at least so many. */
  readonly vague?: string;
}

/** `USD 235 billion`, `$2.1bn`, `20 billion US dollars`, each perhaps with `a day` behind it. */
export function moneyAt(tokens: readonly Token[], at: number, dated: ReadonlySet<number>): Measured | undefined {
  const prefix = currencyBefore(tokens, at);
  if (prefix !== undefined) {
    const number = numberAt(tokens, prefix.next, true);
    if (number === undefined || dated.has(prefix.next)) return undefined;
    let { next } = number;
    // Words may repeat the sign: $200 million dollars.
    if (tokens[next]?.lower === "dollars" || CURRENCY_CODES.has(tokens[next]?.text ?? "")) next += 1;
    return { value: number.value, unit: prefix.code, ...rateAt(tokens, next) };
  }
  const number = numberAt(tokens, at, false) ?? vagueAt(tokens, at);
  if (number === undefined) return undefined;
  const behind = currencyBehind(tokens, number.next);
  if (behind === undefined) return undefined;
  const vague = "vague" in number && number.vague !== undefined ? { vague: number.vague } : {};
  return { value: number.value, unit: behind.code, ...rateAt(tokens, behind.next), ...vague };
}

function currencyBefore(tokens: readonly Token[], at: number): { code: string; next: number } | undefined {
  const token = tokens[at];
  if (token === undefined) return undefined;
  const sign = CURRENCY_SIGNS.get(token.text);
  if (sign !== undefined) return { code: sign, next: at + 1 };
  // US$, A$, C$, HK$.
  const letters: Readonly<Record<string, string>> = { US: "USD", "U.S.": "USD", A: "AUD", C: "CAD", HK: "HKD" };
  if (tokens[at + 1]?.text === "$" && touching(tokens, at)) {
    const code = letters[token.text];
    if (code !== undefined) return { code, next: at + 2 };
  }
  if (CURRENCY_CODES.has(token.text) && tokens[at + 1]?.kind === "number")
    return { code: currencyCode(token.text), next: at + 1 };
  return undefined;
}

function currencyBehind(tokens: readonly Token[], at: number): { code: string; next: number } | undefined {
  const [first, second, third] = [tokens[at], tokens[at + 1], tokens[at + 2]];
  if (first === undefined) return undefined;
  const two = NATIONAL_CURRENCIES.get(`${first.lower} ${second?.lower ?? ""}`);
  if (two !== undefined) return { code: two, next: at + 2 };
  const three = NATIONAL_CURRENCIES.get(`${first.lower} ${second?.lower ?? ""} ${third?.lower ?? ""}`);
  if (three !== undefined) return { code: three, next: at + 3 };
  if (CURRENCY_CODES.has(first.text)) return { code: currencyCode(first.text), next: at + 1 };
  const sign = CURRENCY_SIGNS.get(first.text);
  if (sign !== undefined) return { code: sign, next: at + 1 };
  const word = CURRENCY_WORDS.get(first.lower);
  // "Won" is a verb more often than money, "pounds" a weight where no great number stands before it.
  if (word === undefined || first.lower === "won") return undefined;
  return { code: word, next: second?.lower === "sterling" ? at + 2 : at + 1 };
}

function currencyCode(written: string): string {
  return written === "RMB" ? "CNY" : written;
}

/** `a day`, `per month`, `a year` behind an amount; `every month`, `annually`. */
export function rateAt(tokens: readonly Token[], at: number): { next: number; per?: string } {
  const [word, unit] = [tokens[at]?.lower ?? "", tokens[at + 1]?.lower ?? ""];
  if (["a", "an", "per", "each", "every"].includes(word) && ["hour", "day", "week", "month", "year"].includes(unit)) {
    return { next: at + 2, per: unit };
  }
  const adverbs: Readonly<Record<string, string>> = {
    daily: "day",
    weekly: "week",
    monthly: "month",
    annually: "year",
    yearly: "year",
  };
  const adverb = adverbs[word];
  return adverb === undefined ? { next: at } : { next: at + 1, per: adverb };
}

/** `tens of thousands`, `dozens of`: a size without a number. */
export function vagueAt(tokens: readonly Token[], at: number): Measured | undefined {
  let value: number | undefined;
  let next = at;
  for (;;) {
    const size = VAGUE.get(tokens[next]?.lower ?? "");
    if (size === undefined) break;
    value = (value ?? 1) * size;
    next += tokens[next + 1]?.lower === "of" ? 2 : 1;
  }
  if (value === undefined || tokens[next - 1]?.lower !== "of") return undefined;
  const vague = tokens
    .slice(at, next)
    .map(({ lower }) => lower)
    .join(" ");
  return { value, unit: undefined, next, vague };
}
