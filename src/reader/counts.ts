import { DURATIONS, NOT_COUNTED, PLURALS, UNITS } from "./lexicon/units.ts";
import type { Measured } from "./money.ts";
import { rateAt, vagueAt } from "./money.ts";
import { numberAt, shareAt } from "./numbers.ts";
import type { Token } from "./tokens.ts";
import { touching } from "./tokens.ts";

/** A share, or a number with what it counts. */
export function countAt(tokens: readonly Token[], at: number, dated: ReadonlySet<number>): Measured | undefined {
  const span = oneSpanAt(tokens, at);
  if (span !== undefined) return span;
  const share = shareAt(tokens, at);
  if (share !== undefined) {
    // "Half a million people" is a count.
    return { value: share.value, unit: "%", next: share.next };
  }
  const half = tokens[at]?.lower === "half" && tokens[at + 1]?.lower === "a" ? numberAt(tokens, at + 1) : undefined;
  const number =
    half === undefined ? (numberAt(tokens, at) ?? vagueAt(tokens, at)) : { ...half, value: half.value / 2 };
  if (number === undefined || dated.has(at)) return undefined;
  const vague = "vague" in number && number.vague !== undefined ? { vague: number.vague } : {};
  const percent = percentAt(tokens, number.next);
  if (percent !== undefined) return { value: number.value, ...percent, ...vague };
  const unit = unitAt(tokens, number.next);
  const digits = "inDigits" in number && number.inDigits;
  const named = tokens[number.next];
  // "some 740,000 Rohingya": a people whose name has no plural.
  if (unit === undefined && digits && number.value >= 100 && named?.capital === true)
    return { value: number.value, unit: named.text, next: number.next + 1, ...vague };
  if (unit === undefined)
    return { value: number.value, unit: digits || number.value > 20 ? "" : undefined, next: number.next, ...vague };
  if (number.value === 1 && !digits && !DURATIONS.has(tokens[number.next]?.lower ?? "")) return undefined;
  if (isBackReference(tokens, at, unit.unit)) return undefined;
  return { value: number.value, unit: unit.unit, ...rateAt(tokens, unit.next), ...vague };
}

function percentAt(tokens: readonly Token[], at: number): { unit: string; next: number } | undefined {
  const [first, second] = [tokens[at]?.lower ?? "", tokens[at + 1]?.lower ?? ""];
  if (first === "percentage" && /^points?$/.test(second)) return { unit: "percentage points", next: at + 2 };
  if (/^(%|percent|pct|prozent|процентов)$/.test(first)) {
    return second === "points" ? { unit: "percentage points", next: at + 2 } : { unit: "%", next: at + 1 };
  }
  if ((first === "per" || first === "pour" || first === "por") && /^(cent|ciento|cento)$/.test(second))
    return { unit: "%", next: at + 2 };
  return undefined;
}

/** `for a year`, `within a month`: one of them. */
function oneSpanAt(tokens: readonly Token[], at: number): Measured | undefined {
  if (!/^an?$/.test(tokens[at]?.lower ?? "") || !DURATIONS.has(tokens[at + 1]?.lower ?? "")) return undefined;
  const before = tokens[at - 1]?.lower ?? "";
  if (
    ![
      "for",
      "within",
      "after",
      "over",
      "lasting",
      "lasted",
      "than",
      "nearly",
      "almost",
      "about",
      "half",
      "once",
      "of",
    ].includes(before)
  )
    return undefined;
  if (tokens[at + 2]?.lower === "ago" || before === "once") return undefined;
  return { value: before === "half" ? 0.5 : 1, unit: UNITS.get(tokens[at + 1]?.lower ?? ""), next: at + 2 };
}

/** The unit or counted thing behind a number. */
function unitAt(tokens: readonly Token[], at: number): { unit: string; next: number } | undefined {
  let next = at;
  // "a 30-day truce", "12 more months", "two additional brigades"
  if (tokens[next]?.text === "-" || tokens[next]?.text === "+") next += 1;
  if (tokens[next]?.lower === "-") next += 1;
  while (
    [
      "more",
      "additional",
      "further",
      "other",
      "extra",
      "full",
      "new",
      "long",
      "consecutive",
      "straight",
      "different",
    ].includes(tokens[next]?.lower ?? "")
  )
    next += 1;
  const square = ["square", "sq"].includes(tokens[next]?.lower ?? "") ? 1 : 0;
  if (square === 1 && tokens[next + 1]?.text === ".") next += 1;
  const named = UNITS.get(tokens[next + square]?.lower ?? "");
  if (named !== undefined && (square === 0 || ["km", "m", "miles"].includes(named))) {
    const squared =
      square === 1 ? { km: "km2", m: "m2", miles: "square miles" }[named] : squareMark(tokens, next, named);
    return { unit: squared ?? named, next: next + square + (squared === "km2" && square === 0 ? 2 : 1) };
  }
  if (tokens[next]?.lower === "km2") return { unit: "km2", next: next + 1 };
  return countedAt(tokens, next);
}

/** `km²`: the tokens km and ². */
function squareMark(tokens: readonly Token[], at: number, unit: string): string | undefined {
  return unit === "km" && tokens[at + 1]?.text === "²" ? "km2" : undefined;
}

/** The words of a counted thing, up to the plural that ends them; proper names on the way are left out. */
export function countedAt(tokens: readonly Token[], at: number): { unit: string; next: number } | undefined {
  const words: string[] = [];
  let people: { unit: string; next: number } | undefined;
  for (let next = at; next < Math.min(tokens.length, at + 6); next += 1) {
    const token = tokens[next];
    if (token === undefined || NOT_COUNTED.has(token.lower)) break;
    if (token.kind === "mark") {
      if (token.text === "-" && words.length + (next - at) > 0) continue;
      break;
    }
    if (token.kind === "number") break;
    if (token.lower === "of") break;
    if (token.capital) {
      // "1,200 Ukrainians" are counted; "four Bahraini soldiers" are soldiers.
      if (/s$/.test(token.text) && isPlural(token.lower))
        people ??= { unit: [...words, token.text].join(" "), next: next + 1 };
      continue;
    }
    if (token.lower === "strong" && tokens[at - 1]?.text === "-") return { unit: "people", next: next + 1 };
    words.push(token.lower);
    if (isPlural(token.lower)) return { unit: words.join(" "), next: next + 1 };
    // A singular after a hyphen is a measure too: a six-point plan.
    if (tokens[at - 1]?.text === "-" && next === at) return { unit: `${token.lower}s`, next: next + 1 };
  }
  return people;
}

function isPlural(word: string): boolean {
  return (
    PLURALS.has(word) ||
    (word.length > 3 && word.endsWith("s") && !/(ss|us|is|ous|less|ness)$/.test(word)) ||
    word === "aircraft"
  );
}

/** `the two sides`, `both countries`: they point back at parties and count nothing. */
function isBackReference(tokens: readonly Token[], at: number, unit: string): boolean {
  const before = tokens[at - 1]?.lower ?? "";
  return (
    ["the", "these", "those", "both", "between", "our"].includes(before) &&
    /^(sides|parties|countries|governments|leaders|neighbours|neighbors|delegations|armies|capitals|nations|rivals|presidents|men|peoples|states|ones|powers)$/.test(
      unit,
    )
  );
}

/** Whether a number names something: Article 5, No. 12, F-16, Boeing 737. */
export function isName(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  if (token?.kind !== "number") return false;
  const before = tokens[at - 1];
  if (before === undefined) return false;
  if (/^(st|nd|rd|th)$/.test(tokens[at + 1]?.lower ?? "") && touching(tokens, at)) return true;
  if (before.text === "-" && touching(tokens, at - 1) && touching(tokens, at - 2) && tokens[at - 2]?.kind === "word")
    return true;
  if (before.text === "." && /^nos?$/.test(tokens[at - 2]?.lower ?? "")) return true;
  if (before.text === "#" || before.text === "[") return true;
  if (before.kind === "number" && /^[:/]$/.test(tokens[at + 1]?.text ?? "")) return true;
  return NUMBERED.has(before.lower);
}

const NUMBERED = new Set(
  "article articles resolution resolutions chapter section paragraph annex protocol regulation directive decree phase level group brigade route highway flight boeing airbus unit page note table figure version no rule".split(
    " ",
  ),
);
