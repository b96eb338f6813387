import { DIRECTION_CUES, NEGATIONS } from "./lexicon/directions.ts";
import { PhraseBook } from "./phrases.ts";
import type { Token } from "./tokens.ts";
import type { Direction } from "./types.ts";

const book = new PhraseBook(DIRECTION_CUES);

/** How far before a cue a negation turns it round, in words. */
const REACH = 3;

export interface Leaning {
  readonly direction: Direction;
  readonly driver: readonly string[];
  readonly obstacle: readonly string[];
}

/**
 * Which way a sentence leans, towards talks or away from them, by its cue words: a suggestion for a person to judge.
 *
 * A negation shortly before a cue turns it round; where both sides weigh the same the sentence leans neither way.
 */
export function leaningOf(tokens: readonly Token[]): Leaning {
  const driver = new Map<string, number>();
  const obstacle = new Map<string, number>();
  for (const { text, from, value } of book.find(tokens)) {
    const negation = negationBefore(tokens, from);
    const turned = negation !== undefined && !NEGATIONS.has(tokens[from]?.lower ?? "");
    const weight = turned ? -value : value;
    const words = turned ? `${negation} ... ${text}` : text;
    const into = weight > 0 ? driver : obstacle;
    into.set(words, Math.max(into.get(words) ?? 0, Math.abs(weight)));
  }
  const sum = (cues: ReadonlyMap<string, number>): number =>
    [...cues.values()].reduce((total, weight) => total + weight, 0);
  const balance = sum(driver) - sum(obstacle);
  const direction = balance > 0 ? "driver" : balance < 0 ? "obstacle" : "neither";
  return { direction, driver: [...driver.keys()], obstacle: [...obstacle.keys()] };
}

/** The nearest negation within reach; a comma or another mark ends its reach. */
function negationBefore(tokens: readonly Token[], from: number): string | undefined {
  for (let at = from - 1; at >= Math.max(0, from - REACH); at -= 1) {
    const token = tokens[at];
    if (token === undefined || (token.kind === "mark" && token.text !== "-")) return undefined;
    if (NEGATIONS.has(token.lower)) return token.lower;
  }
  return undefined;
}
