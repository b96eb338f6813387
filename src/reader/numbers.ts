import { FRACTIONS, LETTER_SCALES, ONES, SCALES, TENS } from "./lexicon/numbers.ts";
import { NOT_COUNTED } from "./lexicon/units.ts";
import type { Token } from "./tokens.ts";
import { touching } from "./tokens.ts";

/** A number in a text: its value, the token after it, and whether words or digits gave it. */
export interface FoundNumber {
  readonly value: number;
  readonly next: number;
  readonly inDigits: boolean;
}

/**
 * The number that begins at a token, in digits or words, with its multiples; undefined where none does.
 *
 * @example
 * numberAt(tokensOf("2.5 million people"), 0)?.value; // 2500000
 * numberAt(tokensOf("twenty-five years"), 0)?.value; // 25
 *
 * @param money whether a one-letter multiple counts: `$5m`.
 */
export function numberAt(tokens: readonly Token[], at: number, money = false): FoundNumber | undefined {
  const base = digitsAt(tokens, at) ?? wordsAt(tokens, at);
  if (base === undefined) return undefined;
  let { value, next } = base;
  if (isHalfAfter(tokens, next)) {
    value += 0.5;
    next += 3;
  }
  for (;;) {
    const token = tokens[next];
    if (token === undefined) break;
    const scale = SCALES.get(token.lower);
    const letter = money || touching(tokens, next - 1) ? LETTER_SCALES.get(token.lower) : undefined;
    const glued =
      letter !== undefined &&
      touching(tokens, next - 1) &&
      (money || token.lower === "k" || countsPeople(tokens, next + 1))
        ? letter
        : undefined;
    const multiple = scale ?? glued;
    if (multiple === undefined) break;
    value *= multiple;
    next += 1;
  }
  return { value: tidy(value), next, inDigits: base.inDigits };
}

/** Whether people or things in the plural follow, so that `3.5m refugees` are millions and `30 m wide` are metres. */
function countsPeople(tokens: readonly Token[], at: number): boolean {
  for (const token of tokens.slice(at, at + 3)) {
    if (token.kind !== "word" || NOT_COUNTED.has(token.lower)) return false;
    if (/^(people|persons|men|women|children|[a-z]{4,}[^s]s)$/.test(token.lower)) return true;
  }
  return false;
}

/** `and a half` behind a number. */
function isHalfAfter(tokens: readonly Token[], at: number): boolean {
  return tokens[at]?.lower === "and" && tokens[at + 1]?.lower === "a" && tokens[at + 2]?.lower === "half";
}

function digitsAt(tokens: readonly Token[], at: number): FoundNumber | undefined {
  const token = tokens[at];
  if (token?.kind !== "number") return undefined;
  let digits = token.text;
  let next = at + 1;
  // 1 000 000: groups of three after a space.
  if (/^\d{1,3}$/.test(digits)) {
    for (;;) {
      const group = tokens[next];
      const gap = group === undefined ? 0 : group.start - (tokens[next - 1]?.end ?? 0);
      if (group?.kind !== "number" || gap !== 1 || !/^\d{3}([.,]\d+)?$/.test(group.text)) break;
      digits += group.text;
      next += 1;
    }
  }
  const value = readDigits(digits);
  return value === undefined ? undefined : { value, next, inDigits: true };
}

/** Digits as English writes them; a single comma before one or two digits is a decimal comma of other languages. */
function readDigits(digits: string): number | undefined {
  if (/^\d{1,3}(,\d{3})+(\.\d+)?$/.test(digits)) return Number(digits.replaceAll(",", ""));
  if (/^\d+(\.\d+)?$/.test(digits)) return Number(digits);
  if (/^\d{1,3}(\.\d{3}){2,}$/.test(digits)) return Number(digits.replaceAll(".", ""));
  if (/^\d+,\d{1,2}$/.test(digits)) return Number(digits.replace(",", "."));
  if (/^\d{1,3}(,\d{2})*,\d{3}$/.test(digits)) return Number(digits.replaceAll(",", ""));
  return undefined;
}

/** A number in words below a million: `two hundred and fifty thousand`. */
function wordsAt(tokens: readonly Token[], at: number): FoundNumber | undefined {
  let next = at;
  let total = 0;
  let current: number | undefined;
  const first = tokens[at]?.lower ?? "";
  if ((first === "a" || first === "an") && isScale(tokens[at + 1])) {
    current = 1;
    next += 1;
  }
  for (;;) {
    const word = tokens[next]?.lower ?? "";
    const tens = TENS.get(word);
    const one = ONES.get(word);
    if (tens !== undefined && (current === undefined || current % 100 === 0)) {
      current = (current ?? 0) + tens;
      next += 1;
      const unit = ONES.get(tokens[next + 1]?.lower ?? "");
      if (tokens[next]?.text === "-" && unit !== undefined && unit < 10) {
        current += unit;
        next += 2;
      } else if (isSmall(tokens[next])) {
        current += ONES.get(tokens[next]?.lower ?? "") ?? 0;
        next += 1;
      }
    } else if (one !== undefined && (current === undefined || current % 100 === 0)) {
      current = (current ?? 0) + one;
      next += 1;
    } else if (word === "hundred" && current !== undefined && current < 100) {
      current *= 100;
      next += 1;
      if (tokens[next]?.lower === "and" && startsNumber(tokens[next + 1])) next += 1;
    } else if (word === "thousand" && current !== undefined && startsNumber(tokens[next + 1])) {
      total += current * 1000;
      current = undefined;
      next += 1;
    } else break;
  }
  if (current === undefined) return undefined;
  return { value: total + current, next, inDigits: false };
}

function isScale(token: Token | undefined): boolean {
  return (
    token !== undefined && ["hundred", "thousand", "million", "billion", "trillion", "dozen"].includes(token.lower)
  );
}

function isSmall(token: Token | undefined): boolean {
  const value = ONES.get(token?.lower ?? "");
  return value !== undefined && value > 0 && value < 10;
}

function startsNumber(token: Token | undefined): boolean {
  return token !== undefined && (ONES.has(token.lower) || TENS.has(token.lower));
}

/**
 * The share of a whole that begins at a token, in percent: `two thirds`, `half`, `six in ten`; undefined where none does.
 *
 * A bare ordinal is no share: `a third agreement` is the agreement after the second.
 */
export function shareAt(tokens: readonly Token[], at: number): FoundNumber | undefined {
  const first = tokens[at]?.lower ?? "";
  if (first === "half") {
    if (
      ["hour", "year", "century", "decade"].includes(tokens[at + 2]?.lower ?? "") &&
      /^an?$/.test(tokens[at + 1]?.lower ?? "")
    )
      return undefined;
    if (SCALES.has(tokens[at + 2]?.lower ?? "") || tokens[at + 1]?.text === "-") return undefined;
    if (["first", "second", "other", "latter", "former"].includes(tokens[at - 1]?.lower ?? "")) return undefined;
    return { value: 50, next: at + 1, inDigits: false };
  }
  const count = first === "a" || first === "an" ? 1 : ONES.get(first);
  const mark = tokens[at + 1]?.text === "-" ? 2 : 1;
  const part = FRACTIONS.get(tokens[at + mark]?.lower ?? "");
  const word = tokens[at + mark]?.lower ?? "";
  if (count !== undefined && count > 0 && part !== undefined && word !== "half" && word !== "halves") {
    const plural = word.endsWith("s");
    const after = tokens[at + mark + 1]?.lower ?? "";
    const ends =
      after === "" || /^[.,;:)]$/.test(after) || ["of", "in", "between", "to", "from", "as", "since"].includes(after);
    const before = tokens[at - 1]?.lower ?? "";
    if (plural ? count > 1 : count === 1 && (after === "of" || (ends && BEFORE_SHARE.has(before)))) {
      return { value: Math.round((count / part) * 10000) / 100, next: at + mark + 1, inDigits: false };
    }
  }
  const top = numberAt(tokens, at);
  if (top === undefined || top.value <= 0) return undefined;
  const link = tokens[top.next]?.lower ?? "";
  const second =
    link === "out" && tokens[top.next + 1]?.lower === "of" ? top.next + 2 : link === "in" ? top.next + 1 : -1;
  if (second < 0) return undefined;
  const whole = numberAt(tokens, second);
  if (whole === undefined || ![3, 4, 5, 6, 10, 20, 100].includes(whole.value) || whole.value <= top.value)
    return undefined;
  return { value: Math.round((top.value / whole.value) * 10000) / 100, next: whole.next, inDigits: false };
}

const BEFORE_SHARE = new Set(
  "by about nearly almost than over only roughly around some under approximately to of".split(" "),
);

/** Rounds away what multiplication in binary adds: 2.1 times a billion is 2 100 000 000. */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}
