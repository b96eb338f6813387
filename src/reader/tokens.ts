/** A word, number or mark of a text, and where it stands. */
export interface Token {
  readonly text: string;
  readonly lower: string;
  readonly start: number;
  readonly end: number;
  readonly kind: "word" | "number" | "mark";
  /** Whether it begins with a capital letter. */
  readonly capital: boolean;
}

/**
 * Cuts a text into words, numbers and marks. Hyphens stand alone, so that `Russia-Ukraine` is two names; `U.S.` and
 * `don't` are one word; a number keeps its commas and points.
 *
 * Each alternative begins with a character of its own and nothing is matched twice: the time is linear in the text.
 */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(TOKEN)) {
    const [whole, dotted, word, number] = match;
    const kind = dotted !== undefined || word !== undefined ? "word" : number !== undefined ? "number" : "mark";
    const lower = whole.toLowerCase().replaceAll("’", "'");
    const first = whole.charAt(0);
    const start = match.index;
    const capital = kind === "word" && first !== first.toLowerCase();
    tokens.push({ text: whole, lower, start, end: start + whole.length, kind, capital });
  }
  return tokens;
}

const TOKEN =
  /((?:\p{L}\.){2,})|(\p{L}[\p{L}\p{M}\p{N}]*(?:['’][\p{L}\p{M}]+)*)|(\d+(?:[.,]\d+)*)|[^\s\p{L}\p{N}]|\p{N}/gu;

/** The text from one token to another, both included. */
export function between(text: string, tokens: readonly Token[], from: number, to: number): string {
  const [first, last] = [tokens[from], tokens[to]];
  return first === undefined || last === undefined ? "" : text.slice(first.start, last.end);
}

/** Whether two tokens stand together without a space. */
export function touching(tokens: readonly Token[], left: number): boolean {
  const [a, b] = [tokens[left], tokens[left + 1]];
  return a !== undefined && b !== undefined && a.end === b.start;
}

/** A word without its possessive ending: `Sudan's` is `Sudan`. */
export function withoutPossessive(word: string): string {
  return word.replace(/['’]s?$/u, "");
}
