import type { Token } from "./tokens.ts";

/** Words to look for and what they weigh. */
export interface Cue<T> {
  /** Phrases between semicolons; `a|b` is either word, `word*` any ending, `_` one to five words between. */
  readonly words: string;
  readonly value: T;
}

/** A phrase met in a sentence: its words there, and the tokens that it spans. */
export interface Hit<T> {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  readonly value: T;
}

interface Pattern<T> {
  readonly steps: readonly Step[];
  readonly value: T;
}

type Step =
  | { readonly gap: true }
  | { readonly gap: false; readonly words: ReadonlySet<string>; readonly stems: readonly string[] };

const MAX_GAP = 5;
/** Letters by which a stem is filed; a stem is at least that long. */
const STEM = 3;

/**
 * Finds many phrases at once: each is filed under its first word, so that a sentence is gone through once and only
 * phrases that may begin at a word are tried there.
 */
export class PhraseBook<T> {
  readonly #byWord = new Map<string, Pattern<T>[]>();
  readonly #byStem = new Map<string, Pattern<T>[]>();

  constructor(cues: readonly Cue<T>[]) {
    for (const { words, value } of cues) {
      for (const phrase of words.split(";")) if (phrase.trim() !== "") this.#add(phrase.trim(), value);
    }
  }

  #add(phrase: string, value: T): void {
    const steps = phrase.split(/\s+/).map(stepOf);
    const [first] = steps;
    if (first === undefined || first.gap) throw new Error(`a phrase begins with a word: ${phrase}`);
    const pattern = { steps, value };
    for (const word of first.words) file(this.#byWord, word, pattern);
    for (const stem of first.stems) file(this.#byStem, stem.slice(0, STEM), pattern);
  }

  /** Every phrase in a sentence; of phrases with one value that begin at one word the longest. */
  find(tokens: readonly Token[]): Hit<T>[] {
    const hits: Hit<T>[] = [];
    for (const [from, { lower }] of tokens.entries()) {
      const best = new Map<T, number>();
      for (const patterns of [this.#byWord.get(lower), this.#byStem.get(lower.slice(0, STEM))]) {
        for (const { steps, value } of patterns ?? []) {
          const to = match(steps, tokens, from);
          if (to !== undefined && to > (best.get(value) ?? -1)) best.set(value, to);
        }
      }
      for (const [value, to] of best) hits.push({ text: words(tokens, from, to), from, to, value });
    }
    return hits;
  }
}

function file<T>(into: Map<string, Pattern<T>[]>, key: string, pattern: Pattern<T>): void {
  const there = into.get(key);
  if (there === undefined) into.set(key, [pattern]);
  else there.push(pattern);
}

function stepOf(written: string): Step {
  if (written === "_") return { gap: true };
  const words = new Set<string>();
  const stems: string[] = [];
  for (const word of written.split("|")) {
    if (word.endsWith("*")) stems.push(word.slice(0, -1));
    else words.add(word);
  }
  return { gap: false, words, stems };
}

/** The last token of a phrase that begins at a token; undefined where it does not stand there. */
function match(steps: readonly Step[], tokens: readonly Token[], from: number, step = 0): number | undefined {
  let at = from;
  for (let index = step; index < steps.length; index += 1) {
    const current = steps[index] as Step;
    if (current.gap) {
      for (let skip = 1; skip <= MAX_GAP; skip += 1) {
        const rest = match(steps, tokens, at + skip, index + 1);
        if (rest !== undefined) return rest;
      }
      return undefined;
    }
    const word = tokens[at]?.lower;
    if (word === undefined || !(current.words.has(word) || current.stems.some((stem) => word.startsWith(stem))))
      return undefined;
    at += 1;
  }
  return at - 1;
}

function words(tokens: readonly Token[], from: number, to: number): string {
  let text = "";
  for (let at = from; at <= to; at += 1) {
    const [before, token] = [tokens[at - 1], tokens[at]];
    if (token === undefined) break;
    text += at > from && before !== undefined && before.end < token.start ? ` ${token.lower}` : token.lower;
  }
  return text;
}
