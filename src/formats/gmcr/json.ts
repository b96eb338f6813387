/** A JSON value and the offset at which it begins. */
export interface Json {
  readonly offset: number;
  readonly value: string | number | boolean | null | readonly Json[] | ReadonlyMap<string, Json>;
}

/** Why a text is no JSON, and at which character (from 0). */
export class JsonFault extends Error {
  readonly offset: number;

  constructor(offset: number, detail: string) {
    super(detail);
    this.offset = offset;
  }
}

/** Deepest nesting: conflicts need six levels. */
const MAX_NESTING = 100;
const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const LITERAL = /(?:true|false|null)\b/y;

/**
 * Reads JSON (RFC 8259), keeping where each value stands; of a key that stands twice the last counts.
 *
 * A file with the rankings of 65 536 states has two megabytes: a reader of YAML takes seconds for it, and takes for JSON what
 * is none.
 *
 * @throws JsonFault
 */
export function readJson(text: string): Json {
  let at = text.startsWith("\uFEFF") ? 1 : 0;

  function skip(): void {
    SPACE.lastIndex = at;
    SPACE.exec(text);
    at = SPACE.lastIndex;
  }

  function match(pattern: RegExp): string | undefined {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) at += found.length;
    return found;
  }

  function fault(expected: string): JsonFault {
    return new JsonFault(at, at >= text.length ? `it ends where ${expected} is expected` : `expected ${expected} here`);
  }

  function string(): string {
    const begin = at++;
    while (text[at] !== '"') {
      if (at >= text.length || text[at] === "\n") throw new JsonFault(begin, "this text is never closed");
      at += text[at] === "\\" ? 2 : 1;
    }
    at++;
    try {
      return JSON.parse(text.slice(begin, at)) as string;
    } catch {
      throw new JsonFault(begin, "this text has a character or an escape that JSON does not know");
    }
  }

  /** Entries up to a closing mark, parted by commas. */
  function entries(close: string, what: string, entry: () => void): void {
    at++;
    skip();
    if (text[at] === close) {
      at++;
      return;
    }
    for (;;) {
      skip();
      if (text[at] === close) throw fault(`${what} after the comma`);
      entry();
      skip();
      if (text[at] === close) break;
      if (text[at] !== ",") throw fault(`, or ${close}`);
      at++;
    }
    at++;
  }

  function value(depth: number): Json {
    const offset = at;
    if (depth > MAX_NESTING) throw new JsonFault(at, `nested more than ${MAX_NESTING} levels deep`);
    switch (text[at]) {
      case '"':
        return { offset, value: string() };
      case "[": {
        const items: Json[] = [];
        entries("]", "a value", () => items.push(value(depth + 1)));
        return { offset, value: items };
      }
      case "{": {
        const map = new Map<string, Json>();
        entries("}", "a key", () => {
          if (text[at] !== '"') throw fault("a key in double quotes");
          const key = string();
          skip();
          if (text[at] !== ":") throw fault(":");
          at++;
          skip();
          map.set(key, value(depth + 1));
        });
        return { offset, value: map };
      }
      default: {
        const word = match(NUMBER) ?? match(LITERAL);
        if (word === undefined) throw fault("a value");
        return { offset, value: JSON.parse(word) as number | boolean | null };
      }
    }
  }

  skip();
  const root = value(0);
  skip();
  if (at < text.length) throw new JsonFault(at, "expected the end of the file here");
  return root;
}
