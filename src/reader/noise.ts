import { hasVerb } from "./kinds.ts";
import { NOISE_CUES, SUBJECTS, VAGUE_NOUNS } from "./lexicon/noise.ts";
import { PhraseBook } from "./phrases.ts";
import type { Token } from "./tokens.ts";

const book = new PhraseBook(NOISE_CUES);
const subjects = new PhraseBook([{ value: true, words: SUBJECTS }]);

/** What is known of a sentence beside its words. */
export interface Surroundings {
  readonly text: string;
  readonly dates: number;
  readonly quantities: number;
  readonly actors: number;
  readonly quoted: boolean;
}

/** Words below which nothing is stated, and above which no person wrote a sentence. */
const FEWEST = 4;
const MOST = 400;
/** Words from which on a row that ends in a stop is taken for a sentence, though its verb is none of those known. */
const WHOLE = 8;

/**
 * Whether a sentence states nothing that a claim could hold: a byline, a note of the editor, a caption, a question, an
 * announcement of what follows, scene setting without an actor, a date or a figure.
 */
export function isNoise(tokens: readonly Token[], { text, dates, quantities, actors, quoted }: Surroundings): boolean {
  const words = tokens.filter(({ kind }) => kind === "word").length;
  const whole = words >= WHOLE && /[.!]["'”’»)\]]*$/.test(text);
  if (words < FEWEST || words > MOST || !(whole || hasVerb(tokens))) return true;
  if (/[?]["'”’»)\]]*$/.test(text) || /:$/.test(text)) return true;
  if (/^by\b/i.test(text) && words < 10 && !/[.!]$/.test(text)) return true;
  const hits = new Set(book.find(tokens).map(({ value }) => value));
  if (hits.has("about the text") || hits.has("announces")) return true;
  const anchors = actors + dates + quantities;
  if (anchors > 0) return false;
  if (hits.has("vague") || isScene(tokens)) return true;
  return !quoted && subjects.find(tokens).length === 0;
}

/** Whether vague nouns are all that a sentence is about: changes are unfolding, the environment has changed. */
function isScene(tokens: readonly Token[]): boolean {
  const verb = tokens.findIndex(({ lower }) => /^(is|are|was|were|has|have|had|remain|remains|remained)$/.test(lower));
  if (verb < 0) return false;
  const before = tokens.slice(Math.max(0, verb - 4), verb);
  const subject = before.filter(({ kind }) => kind === "word").at(-1)?.lower ?? "";
  const behind = tokens
    .slice(verb + 1)
    .some(
      ({ lower }) =>
        VAGUE_NOUNS.has(lower) ||
        /^(unfold|emerg|aris|happen|large|many|complex|complicated|unclear|short)/.test(lower),
    );
  return VAGUE_NOUNS.has(subject) && behind;
}
