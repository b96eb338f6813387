import { ABBREVIATIONS, STARTERS } from "./lexicon/abbreviations.ts";
import { OTHER_MONTHS } from "./lexicon/calendar.ts";

/** A sentence and where it begins in its paragraph. */
export interface Sentence {
  readonly text: string;
  readonly start: number;
}

const ENDS = ".!?…";
const CLOSERS = "\"'”’»)]";
const OPENERS = "\"'“‘«([";

/**
 * The sentences of a paragraph, in one pass over its characters.
 *
 * A full stop ends a sentence unless it belongs to an abbreviation, an initial, a number or a list mark, or what
 * follows begins in lower case; the rules follow Kiss & Strunk (2006) with a fixed list in place of learnt ones. A
 * quotation of several sentences is several sentences.
 *
 * @example
 * sentencesOf("Gen. Smith left the U.S. Army. He is 60.").map(({ text }) => text);
 * // ["Gen. Smith left the U.S. Army.", "He is 60."]
 */
export function sentencesOf(text: string): Sentence[] {
  const sentences: Sentence[] = [];
  let start = 0;
  let at = 0;
  const push = (end: number): void => {
    const raw = text.slice(start, end);
    const trimmed = raw.trim();
    if (trimmed !== "") sentences.push({ text: trimmed, start: start + raw.indexOf(trimmed.charAt(0)) });
    start = end;
  };
  while (at < text.length) {
    if (!ENDS.includes(text.charAt(at))) {
      at += 1;
      continue;
    }
    const stop = at;
    while (at < text.length && ENDS.includes(text.charAt(at))) at += 1;
    const marks = text.slice(stop, at);
    while (at < text.length && CLOSERS.includes(text.charAt(at))) at += 1;
    at = afterNoteMark(text, at);
    if (at < text.length && !isSpace(text.charAt(at))) continue;
    if (isEnd(text, start, stop, at, marks)) push(at);
  }
  push(text.length);
  return sentences;
}

/** Skips the number of a note behind a full stop: `ended.[12] Then`, `ended.12 Then`. */
function afterNoteMark(text: string, at: number): number {
  let end = at;
  if (text.charAt(end) === "[") {
    end += 1;
    while (isDigit(text.charAt(end))) end += 1;
    return text.charAt(end) === "]" ? end + 1 : at;
  }
  if (!isLetter(text.charAt(at - 2))) return at;
  while (end < at + 3 && isDigit(text.charAt(end))) end += 1;
  return isSpace(text.charAt(end)) ? end : at;
}

function isEnd(text: string, start: number, stop: number, after: number, marks: string): boolean {
  let next = after;
  while (next < text.length && isSpace(text.charAt(next))) next += 1;
  if (next >= text.length) return true;
  while (next < text.length && OPENERS.includes(text.charAt(next))) next += 1;
  const first = text.charAt(next);
  if (first !== first.toUpperCase()) return false;
  if (marks !== ".") return true;
  const before = wordBefore(text, start, stop);
  // "1." or "a)" at the beginning is the mark of an item, not a sentence.
  if (before.start === start && /^(\d{1,3}|[a-zA-Z]|[ivx]{1,5})$/.test(before.word.trim())) return false;
  const following = wordAfter(text, next);
  // "Am 5. Februar": the day of a month in other languages.
  if (/^\d{1,2}$/.test(before.word) && OTHER_MONTHS.has(following.toLowerCase())) return false;
  const abbreviation = ABBREVIATIONS.get(before.word.toLowerCase());
  if (abbreviation === "never") return false;
  if (abbreviation === "before a number") return !isDigit(first);
  if (abbreviation === "before a name" || /^\p{Lu}$/u.test(before.word) || isDotted(before.word)) {
    return STARTERS.has(following.toLowerCase());
  }
  return true;
}

/** The word that a full stop stands behind, with the stops inside it: `U.S`, `p.m`, `Gen`. */
function wordBefore(text: string, from: number, stop: number): { readonly word: string; readonly start: number } {
  let begin = stop;
  while (begin > from && stop - begin < 24 && !isSpace(text.charAt(begin - 1))) begin -= 1;
  while (begin < stop && OPENERS.includes(text.charAt(begin))) begin += 1;
  const trimmed = text.slice(from, begin).trim() === "";
  return { word: text.slice(begin, stop), start: trimmed ? from : begin };
}

function wordAfter(text: string, from: number): string {
  let end = from;
  while (end < text.length && end - from < 24 && isLetter(text.charAt(end))) end += 1;
  return text.slice(from, end);
}

/** Letters with stops between them, such as U.S and a.m. */
function isDotted(word: string): boolean {
  return /^\p{L}(\.\p{L})+$/u.test(word);
}

function isSpace(character: string): boolean {
  return character === " " || character === "\n" || character === "\t" || character === "\u00a0";
}

function isDigit(character: string): boolean {
  return character >= "0" && character <= "9";
}

function isLetter(character: string): boolean {
  return /\p{L}/u.test(character);
}
