import type { Formula } from "./formula.ts";
import { and, not, or, takes } from "./formula.ts";

/** Why a text is no statement, and at which character (from 0). */
export interface FormulaFault {
  readonly offset: number;
  readonly detail: string;
  /** A name that was not found, where that is the matter. */
  readonly unknown?: string | undefined;
}

/** What a name of an option in a statement means: its position, or why it means none. */
export type ResolveOption = (name: string) => number | "unknown" | "ambiguous";

/** Deepest nesting of brackets. */
const MAX_NESTING = 50;
const SPACE = /\s*/y;
const WORD = /[\p{L}\p{N}_][\p{L}\p{N}_.-]*/uy;
const QUOTED = /"((?:[^"\\]|\\.)*)"/y;
const KEYWORDS = new Set(["not", "and", "or", "if", "iff"]);

export function isFormulaFault(result: Formula | FormulaFault): result is FormulaFault {
  return "detail" in result;
}

/**
 * Reads a statement about options: `not`, `and`, `or`, `if` and `iff` bind in this order, the tightest first, and brackets.
 *
 * `a if b` says that b implies a. Names with spaces stand in double quotes. Also read, as GMCR+ users type them: a comma for
 * `and`, a hyphen before a name for `not`; names may be numbers where the resolver knows them.
 *
 * @example
 * parseFormula("not us.arm if russia.withdraw", resolve);
 */
export function parseFormula(text: string, resolve: ResolveOption): Formula | FormulaFault {
  try {
    return new Parser(text, resolve).whole();
  } catch (fault) {
    if (fault instanceof Fault) return fault.as;
    throw fault;
  }
}

class Fault extends Error {
  readonly as: FormulaFault;

  constructor(offset: number, detail: string, unknown?: string) {
    super(detail);
    this.as = { offset, detail, unknown };
  }
}

class Parser {
  readonly #text: string;
  readonly #resolve: ResolveOption;
  #at = 0;
  #depth = 0;

  constructor(text: string, resolve: ResolveOption) {
    this.#text = text;
    this.#resolve = resolve;
  }

  whole(): Formula {
    this.#skip();
    if (this.#at === this.#text.length) throw new Fault(0, "there is no statement");
    const formula = this.#iff();
    if (this.#at < this.#text.length) {
      const rest = this.#text.slice(this.#at);
      const detail = rest.startsWith(")")
        ? "there is no ( for this )"
        : "expected and, or, if, iff or the end before this";
      throw new Fault(this.#at, detail);
    }
    return formula;
  }

  #iff(): Formula {
    let left = this.#if();
    while (this.#takeWord("iff")) left = { kind: "iff", of: [left, this.#if()] };
    return left;
  }

  #if(): Formula {
    let left = this.#many("or");
    while (this.#takeWord("if")) left = { kind: "if", consequence: left, condition: this.#many("or") };
    return left;
  }

  #many(kind: "or" | "and"): Formula {
    const part = () => (kind === "or" ? this.#many("and") : this.#not());
    const parts = [part()];
    while (this.#takeWord(kind) || (kind === "and" && this.#takeMark(","))) parts.push(part());
    if (parts.length === 1) return parts[0] as Formula;
    return kind === "or" ? or(...parts) : and(...parts);
  }

  #not(): Formula {
    if (this.#takeWord("not") || this.#takeMark("-") || this.#takeMark("!")) {
      this.#deeper();
      const of = this.#not();
      this.#depth--;
      return not(of);
    }
    return this.#atom();
  }

  #atom(): Formula {
    const begin = this.#at;
    if (this.#takeMark("(")) {
      this.#deeper();
      const inner = this.#iff();
      this.#depth--;
      if (!this.#takeMark(")")) throw new Fault(begin, "this ( is never closed");
      return inner;
    }
    const name = this.#name();
    if (name === undefined) {
      const end = begin >= this.#text.length;
      throw new Fault(begin, end ? "an option is missing at the end" : "expected an option here");
    }
    const option = this.#resolve(name);
    if (option === "unknown") throw new Fault(begin, `there is no option ${name}`, name);
    if (option === "ambiguous") {
      throw new Fault(begin, `several decision makers have an option ${name}: write owner.option`);
    }
    return takes(option);
  }

  #name(): string | undefined {
    const quoted = this.#match(QUOTED);
    if (quoted !== undefined) return (quoted[1] ?? "").replaceAll(/\\(.)/g, "$1");
    const begin = this.#at;
    const word = this.#match(WORD)?.[0];
    if (word === undefined) return undefined;
    if (KEYWORDS.has(word.toLowerCase())) throw new Fault(begin, `expected an option before ${word}`);
    return word;
  }

  #deeper(): void {
    this.#depth++;
    if (this.#depth > MAX_NESTING) throw new Fault(this.#at, `nested more than ${MAX_NESTING} levels deep`);
  }

  #takeWord(word: string): boolean {
    WORD.lastIndex = this.#at;
    if (WORD.exec(this.#text)?.[0].toLowerCase() !== word) return false;
    this.#at = WORD.lastIndex;
    this.#skip();
    return true;
  }

  #takeMark(mark: string): boolean {
    if (this.#text[this.#at] !== mark) return false;
    this.#at++;
    this.#skip();
    return true;
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found === null) return undefined;
    this.#at = pattern.lastIndex;
    this.#skip();
    return found;
  }

  #skip(): void {
    SPACE.lastIndex = this.#at;
    SPACE.exec(this.#text);
    this.#at = SPACE.lastIndex;
  }
}
