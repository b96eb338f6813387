import { countAt, countedAt, isName } from "./counts.ts";
import { COMPARATORS } from "./lexicon/numbers.ts";
import { CASUALTY_VERBS, DURATIONS } from "./lexicon/units.ts";
import type { Measured } from "./money.ts";
import { moneyAt } from "./money.ts";
import type { Token } from "./tokens.ts";
import { between } from "./tokens.ts";
import type { FoundQuantity } from "./types.ts";

/** A sentence's tokens, and which of them belong to a date and are no quantity. */
export interface Marked {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly dated: ReadonlySet<number>;
}

interface Draft extends Measured {
  readonly from: number;
  readonly comparator: string | undefined;
  /** The lower end of a range takes the unit of the upper one. */
  readonly bound: "low" | "high" | undefined;
}

/**
 * The quantities of a sentence: money, shares, spans of time, lengths, areas and counted things, each with its unit
 * and the word that says how it is meant. The two ends of a range are two quantities.
 *
 * Numbers that name something (Article 5, Resolution 2231, F-16, the 47th brigade) and ordinals are none.
 */
export function quantitiesOf({ text, tokens, dated }: Marked): FoundQuantity[] {
  const drafts: Draft[] = [];
  let at = 0;
  while (at < tokens.length) {
    if (dated.has(at) || isName(tokens, at)) {
      at += 1;
      continue;
    }
    const measured = moneyAt(tokens, at, dated) ?? countAt(tokens, at, dated);
    if (measured === undefined) {
      at += 1;
      continue;
    }
    const { from, comparator } = comparatorBefore(tokens, at, measured);
    drafts.push({ ...measured, from, comparator, bound: boundOf(tokens, from, measured.next, drafts.at(-1)) });
    at = Math.max(at + 1, measured.next);
  }
  return complete(drafts, tokens).flatMap((draft) => {
    if (draft.unit === undefined) return [];
    const quoted = between(text, tokens, draft.from, draft.next - 1);
    return [found(draft, quoted)];
  });
}

function found({ value, unit = "", comparator, per, vague, bound }: Draft, text: string): FoundQuantity {
  const how =
    comparator ??
    (vague === undefined ? undefined : "at least") ??
    (bound === "low" ? "from" : bound === "high" ? "to" : undefined);
  const rate = per === undefined ? "" : ` per ${per}`;
  return {
    text,
    value,
    unit,
    ...(how === undefined ? {} : { comparator: how }),
    ...(per === undefined ? {} : { per }),
    notation: `${notation(value, unit)}${rate}`,
  };
}

/** A value as a case writes it: `235 billion USD`, `50 %`, `1000 days`. */
function notation(value: number, unit: string): string {
  const money = /^[A-Z]{3}$/.test(unit);
  for (const [word, scale] of [
    ["trillion", 1e12],
    ["billion", 1e9],
    ["million", 1e6],
  ] as const) {
    const scaled = Number((value / scale).toPrecision(12));
    if (value >= scale && (money || value >= 1e6) && String(scaled).length < 8) return `${scaled} ${word} ${unit}`;
  }
  return `${value} ${unit}`;
}

const COMPARED = COMPARATORS.map(([words]) => ({ words, parts: words.split(" ") }));

/** The words before an amount that say how it is meant; `or more` and a plus sign behind it too. */
function comparatorBefore(
  tokens: readonly Token[],
  at: number,
  { next }: Measured,
): { from: number; comparator: string | undefined } {
  for (const { words, parts } of COMPARED) {
    const from = at - parts.length;
    if (from >= 0 && parts.every((part, index) => tokens[from + index]?.lower === part))
      return { from, comparator: words };
  }
  const behind = `${tokens[next]?.lower ?? ""} ${tokens[next + 1]?.lower ?? ""}`;
  if (behind === "or more") return { from: at, comparator: "or more" };
  if (behind === "or less" || behind === "or fewer") return { from: at, comparator: behind };
  if (tokens[next]?.text === "+" || tokens[next - 1]?.text === "+") return { from: at, comparator: "at least" };
  return { from: at, comparator: undefined };
}

/** Whether an amount is the upper end of a range with the one before it: `300 and 400 fighters`, `30-40 %`. */
function boundOf(tokens: readonly Token[], from: number, _next: number, before: Draft | undefined): Draft["bound"] {
  if (before === undefined) return undefined;
  const link = tokens[before.next]?.lower ?? "";
  const near = before.next + 1 === from;
  if (!near) return undefined;
  if (link === "to" || link === "-" || link === "–" || link === "—") return "high";
  return link === "and" && tokens[before.from - 1]?.lower === "between" ? "high" : undefined;
}

/** Gives amounts without a unit that of their range, of `the number of ...`, of the last count, or of those killed. */
function complete(drafts: readonly Draft[], tokens: readonly Token[]): Draft[] {
  return drafts.map((draft, index) => {
    const [last, next] = [drafts[index - 1], drafts[index + 1]];
    const low = next?.bound === "high";
    const scaled = low && draft.unit === "" ? scaleOf(next, draft) : 1;
    const bound = draft.bound ?? (low && draft.comparator === undefined ? "low" : undefined);
    const partOf = tokens[draft.next]?.lower === "of" && next !== undefined && next.from - draft.next <= 3;
    // "four of the five capitals"
    if (draft.unit === undefined && partOf && isCounted(next.unit)) return { ...draft, unit: next.unit, bound };
    if (draft.unit !== "") return { ...draft, bound };
    if (low && next.unit !== undefined && next.unit !== "")
      return { ...draft, value: draft.value * scaled, unit: next.unit, bound };
    if (
      tokens[draft.next]?.lower === "of" &&
      next !== undefined &&
      next.from - draft.next < 7 &&
      isCounted(next.unit)
    ) {
      return { ...draft, unit: next.unit, bound };
    }
    const unit =
      numberOf(tokens, draft.from) ??
      casualties(tokens, draft.from) ??
      (draft.comparator === undefined ? undefined : lastCount(last));
    return { ...draft, unit, bound };
  });
}

/** Whether a unit is a counted thing, and no money, share or span of time. */
function isCounted(unit: string | undefined): boolean {
  return unit !== undefined && unit !== "" && !DURATIONS.has(unit) && !/^[A-Z%]/.test(unit);
}

/** `3 to 5 million`: the lower end takes the multiple of the upper one. */
function scaleOf(high: Draft, low: Draft): number {
  for (const scale of [1e9, 1e6, 1e3])
    if (high.value >= scale && low.value < 1000 && low.value * scale < high.value) return scale;
  return 1;
}

/** `the number of monitors from 10 to 50`: what is numbered stands before. */
function numberOf(tokens: readonly Token[], at: number): string | undefined {
  for (let index = at - 1; index >= Math.max(0, at - 14); index -= 1) {
    if (tokens[index]?.lower === "population") return "people";
    if (!/^(number|numbers)$/.test(tokens[index]?.lower ?? "") || tokens[index + 1]?.lower !== "of") continue;
    let start = index + 2;
    while (["the", "its", "their", "our", "his", "her"].includes(tokens[start]?.lower ?? "")) start += 1;
    return countedAt(tokens, start)?.unit;
  }
  return undefined;
}

function casualties(tokens: readonly Token[], at: number): string | undefined {
  for (let index = at - 1; index >= Math.max(0, at - 3); index -= 1) {
    if (CASUALTY_VERBS.has(tokens[index]?.lower ?? "")) return "people";
  }
  const after = tokens.slice(at, at + 6).some(({ lower }) => CASUALTY_VERBS.has(lower));
  return after ? "people" : undefined;
}

function lastCount(last: Draft | undefined): string | undefined {
  return isCounted(last?.unit) ? last?.unit : undefined;
}
