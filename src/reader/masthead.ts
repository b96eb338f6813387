import type { CalendarDate } from "../core/dates/index.ts";
import { parseDate } from "../core/dates/index.ts";
import { datesOf } from "./dates.ts";
import { FINITE } from "./lexicon/noise.ts";
import { tokensOf } from "./tokens.ts";
import type { Block } from "./types.ts";

/** Blocks at the head of a text in which its author and date are looked for. */
const HEAD = 8;
/** Characters of a line that gives a date and nothing else, and of the place and date before a report's first sentence. */
const LINE = 120;
const DATELINE = 66;

/** The author that a text's byline names: `By Ding Xiaoxing`. */
export function bylineOf(blocks: readonly Block[]): string | undefined {
  for (const { text } of blocks.slice(0, HEAD)) {
    const name = /^(?:by|author|authors|written by):? +(\p{L}.{1,100})$/iu.exec(text)?.[1]?.trim();
    // A sentence that begins with By ends with a stop.
    if (name !== undefined && !/[.!?]$/.test(name) && name.split(" ").length <= 12)
      return name.replace(/[,|·•].*$/u, "").trim();
  }
  return undefined;
}

/**
 * The date of publication that a text gives at its head: a line of its own (`Published 3 October 2023`), or the place
 * and date before a report's first sentence (`PORT SUDAN, June 12, 2024 -`). A date in running text is none.
 */
export function dateOf(blocks: readonly Block[]): CalendarDate | undefined {
  const closing = blocks.slice(-3).filter(({ text }) => /^(published|posted|dated?)\b/i.test(text));
  for (const { text, kind } of [...blocks.slice(0, HEAD), ...closing]) {
    const head = isLine(text) ? text : /^(\p{Lu}{2}.{1,60}?) ?(?:[-–—:]|--) /u.exec(text.slice(0, DATELINE))?.[1];
    if (head === undefined) continue;
    const found = datesOf(head, tokensOf(head)).dates.find(
      ({ date, stated }) => stated && date !== null && date.length > 4,
    );
    if (found === undefined || found.date === null || (kind === "heading" && found.text !== head)) continue;
    const date = parseDate(found.date);
    if (date !== undefined) return date;
  }
  return undefined;
}

/** Whether a block is a line with a date, a place or a name, and no sentence. */
function isLine(text: string): boolean {
  if (text.length > LINE || /[.!?]["”)]?$/.test(text)) return false;
  return !tokensOf(text).some(({ lower }) => FINITE.has(lower) && lower !== "may");
}
