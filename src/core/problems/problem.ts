import type { ProblemArguments, ProblemCode } from "./words.ts";
import { words } from "./words.ts";

/** How bad a problem is: an `error` keeps the case from being computed, a `warning` and a `note` do not. */
export type Severity = "error" | "warning" | "note";

/** A place in a user's file. Lines and columns count from 1; a column counts UTF-16 code units, as editors do. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** What is wrong with a user's input, as data: where it stands, what it is, and how to mend it. */
export interface Problem extends Place {
  readonly code: ProblemCode;
  readonly severity: Severity;
  /** One line: `missing|invalid|unknown <thing>: <value>` and what was expected. */
  readonly message: string;
  /** How to mend it, or an empty string where the message says it all. */
  readonly hint: string;
}

/** The place of input that has none: a value typed on the command line, a function's argument. */
export const NOWHERE: Place = { file: "", line: 0, column: 0 };

/**
 * Makes a problem from its code and the facts of the matter; its words come from words.ts.
 *
 * @example
 * problem("unknown-party", { value: "ukrane", near: "ukraine" }, { file: "case.yaml", line: 3, column: 8 }).message;
 * // "unknown party: ukrane"
 */
export function problem<C extends ProblemCode>(code: C, facts: ProblemArguments<C>, place: Place = NOWHERE): Problem {
  const make = words[code] as (facts: ProblemArguments<C>) => {
    message: string;
    hint?: string | undefined;
    severity?: Severity;
  };
  const { message, hint = "", severity = "error" } = make(facts);
  const { file, line, column } = place;
  return Object.freeze({ file, line, column, code, severity, message: oneLine(message), hint: oneLine(hint) });
}

/** An error that carries problems, thrown where input cannot be used at all. */
export class ParleyError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(formatProblem).join("\n"));
    this.name = "ParleyError";
    this.problems = problems;
  }

  /** The error of a single problem. */
  static of<C extends ProblemCode>(code: C, facts: ProblemArguments<C>, place?: Place): ParleyError {
    return new ParleyError([problem(code, facts, place)]);
  }
}

/**
 * One line for a person or an editor: `case.yaml:12:8  invalid probability: 1.4 (expected 0..1)`.
 * The hint is not part of it.
 */
export function formatProblem({ file, line, column, message }: Problem): string {
  if (file === "") return message;
  return line === 0 ? `${file}  ${message}` : `${file}:${line}:${column}  ${message}`;
}

/** Orders problems by file (as first met), then by line and column; equal places keep their order. */
export function byPosition(problems: readonly Problem[]): Problem[] {
  const order = new Map<string, number>();
  for (const { file } of problems) if (!order.has(file)) order.set(file, order.size);
  return problems.toSorted(
    (a, b) => (order.get(a.file) ?? 0) - (order.get(b.file) ?? 0) || a.line - b.line || a.column - b.column,
  );
}

/**
 * Text of a stranger's file made safe to print: control characters and line breaks become visible marks.
 *
 * C0 and C1 controls, and the marks that turn the direction of text, would let a file write on a person's terminal.
 */
export function oneLine(text: string): string {
  let out = "";
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (character === "\n" || character === "\r") out += "⏎";
    else if (character === "\t") out += " ";
    else if (isControl(code)) out += "�";
    else out += character;
  }
  return out;
}

/** Whether a code point is a control character or turns the direction of text. */
export function isControl(code: number): boolean {
  return (
    code < 0x20 ||
    (code >= 0x7f && code <= 0x9f) ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2066 && code <= 0x2069) ||
    code === 0x200e ||
    code === 0x200f ||
    code === 0x2028 ||
    code === 0x2029
  );
}
