/**
 * The notation of uncertain values, as people write them.
 *
 *     value  = term [unit]
 *     term   = call | number ["%"] ["to" number ["%"]]
 *     call   = name "(" [argument { "," argument }] ")"
 *     argument = term | "[" number { "," number } "]"      (weights, in mixture only)
 *     number = [sign] digits ["." digits] [exponent]       (groups of three may be parted by a space or _)
 *
 * In the notation of Squiggle and Guesstimate: `2 to 4` names the 5 % and 95 % points.
 */
export type Term =
  | { readonly kind: "number"; readonly value: number; readonly percent: boolean }
  | { readonly kind: "range"; readonly low: number; readonly high: number; readonly percent: boolean }
  | {
      readonly kind: "call";
      readonly name: string;
      readonly terms: readonly Term[];
      readonly weights?: readonly number[];
    };

/** A value as written: its term, and the text of its unit where it has one. */
export interface Notation {
  readonly term: Term;
  readonly unit: string | undefined;
}

/** Why a text is not in the notation, and at which character (from 0). */
export interface NotationFault {
  readonly offset: number;
  readonly detail: string;
  readonly hint?: string | undefined;
}

/** Deepest nesting of calls: a mixture of mixtures is the most anybody needs. */
const MAX_NESTING = 8;
const NUMBER = /[+-]?(?:\d{1,3}(?:[ _\u00a0\u2009\u202f]\d{3})+(?!\d)|\d+(?:_\d+)*)?(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const NAME = /[a-zA-Z][a-zA-Z-]*/y;
const TO = /to(?![\p{L}\p{N}])/uy;
const SPACE = /[\s\u00a0\u2009\u202f]*/y;

/**
 * Reads a text in the value notation; a fault says where and why it is not in it.
 *
 * @example
 * parseNotation("2 to 4 months"); // { term: { kind: "range", low: 2, high: 4, percent: false }, unit: "months" }
 */
export function parseNotation(text: string): Notation | NotationFault {
  const scanner = new Scanner(text);
  try {
    const term = scanner.term(0);
    const unit = scanner.rest();
    return { term, unit };
  } catch (fault) {
    if (fault instanceof Fault) return fault.as;
    throw fault;
  }
}

/** Whether reading a text failed. */
export function isFault(result: Notation | NotationFault): result is NotationFault {
  return "detail" in result;
}

/** The text of a term in its shortest form: what {@link parseNotation} reads back as the same term. */
export function formatTerm(term: Term): string {
  switch (term.kind) {
    case "number":
      return percentText(term.value, term.percent);
    case "range":
      return term.percent ? `${term.low} to ${term.high} %` : `${term.low} to ${term.high}`;
    case "call": {
      const weights = term.weights === undefined ? [] : [`[${term.weights.join(", ")}]`];
      return `${term.name}(${[...term.terms.map(formatTerm), ...weights].join(", ")})`;
    }
  }
}

/** The text of a value: its term and its unit. */
export function formatNotation({ term, unit }: Notation): string {
  return unit === undefined ? formatTerm(term) : `${formatTerm(term)} ${unit}`;
}

function percentText(value: number, percent: boolean): string {
  return percent ? `${value} %` : String(value);
}

class Fault extends Error {
  readonly as: NotationFault;

  constructor(as: NotationFault) {
    super(as.detail);
    this.as = as;
  }
}

class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  term(depth: number): Term {
    if (depth > MAX_NESTING) throw this.#fault(`nested more than ${MAX_NESTING} deep`);
    this.#skip();
    const start = this.#at;
    const name = this.#take(NAME);
    if (name !== undefined) {
      this.#skip();
      if (!this.#mark("(")) {
        this.#at = start;
        throw this.#fault("expected a number, a range such as 2 to 4, or a distribution such as normal(5, 1)");
      }
      return this.#call(name, depth);
    }
    const low = this.#number();
    const lowPercent = this.#percent();
    const before = this.#at;
    this.#skip();
    if (this.#take(TO) === undefined) {
      this.#at = before;
      return { kind: "number", value: low, percent: lowPercent };
    }
    this.#skip();
    const highAt = this.#at;
    const high = this.#number();
    const highPercent = this.#percent();
    if (lowPercent && !highPercent) {
      this.#at = highAt;
      throw this.#fault("the lower end is a percentage and the upper end is none", "write 20 % to 40 %, or 20 to 40 %");
    }
    if (!(high > low)) {
      this.#at = highAt;
      throw this.#fault("the upper end of a range must be greater than the lower", `write ${high} to ${low}`);
    }
    return { kind: "range", low, high, percent: highPercent };
  }

  /** What follows the term: the unit, if any. */
  rest(): string | undefined {
    this.#skip();
    const rest = this.#text.slice(this.#at).trim();
    if (rest === "") return undefined;
    if (/^[,;]\d/.test(rest)) {
      throw this.#fault("a comma inside a number", "write 1000 or 1 000 for a thousand, 0.5 for a half");
    }
    if (/^(-|–|—|\.\.)/.test(rest)) throw this.#fault("a dash is no range", "write 2 to 4");
    if (/^(±|\+\/?-)/.test(rest)) throw this.#fault("± is not in the notation", "write normal(5, 1), or 4 to 6");
    if (!/^[\p{L}$€£¥%]/u.test(rest)) throw this.#fault(`unexpected ${JSON.stringify(rest.slice(0, 12))}`);
    return rest.replaceAll(/\s+/g, " ");
  }

  #call(name: string, depth: number): Term {
    const terms: Term[] = [];
    let weights: number[] | undefined;
    this.#skip();
    if (this.#mark(")")) return { kind: "call", name, terms };
    for (;;) {
      this.#skip();
      if (weights !== undefined) throw this.#fault("weights must stand last");
      if (this.#mark("[")) weights = this.#weights();
      else terms.push(this.term(depth + 1));
      this.#skip();
      if (this.#mark(")")) break;
      if (!this.#mark(",")) throw this.#fault("expected , or )");
    }
    return weights === undefined ? { kind: "call", name, terms } : { kind: "call", name, terms, weights };
  }

  #weights(): number[] {
    const weights: number[] = [];
    for (;;) {
      this.#skip();
      weights.push(this.#percentOf(this.#number()));
      this.#skip();
      if (this.#mark("]")) return weights;
      if (!this.#mark(",")) throw this.#fault("expected , or ]");
    }
  }

  #percentOf(value: number): number {
    return this.#percent() ? value / 100 : value;
  }

  #number(): number {
    const start = this.#at;
    const text = this.#take(NUMBER);
    if (text === undefined || !/\d/.test(text)) {
      this.#at = start;
      throw this.#fault("expected a number");
    }
    const value = Number(text.replaceAll(/[ _\u00a0\u2009\u202f]/g, ""));
    if (!Number.isFinite(value)) {
      this.#at = start;
      throw this.#fault("the number is too large");
    }
    return value;
  }

  #percent(): boolean {
    const before = this.#at;
    this.#skip();
    if (this.#mark("%")) return true;
    this.#at = before;
    return false;
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found === undefined || found === "") return undefined;
    this.#at += found.length;
    return found;
  }

  #mark(mark: string): boolean {
    if (this.#text.charAt(this.#at) !== mark) return false;
    this.#at += 1;
    return true;
  }

  #skip(): void {
    SPACE.lastIndex = this.#at;
    this.#at += SPACE.exec(this.#text)?.[0].length ?? 0;
  }

  #fault(detail: string, hint?: string): Fault {
    return new Fault({ offset: this.#at, detail, hint });
  }
}
