import type { Problem } from "../core/problems/index.ts";
import { byPosition, formatProblem, ParleyError, problem } from "../core/problems/index.ts";
import type { Terminal } from "./terminal.ts";
import { detectTerminal, plain } from "./terminal.ts";

/** Exit codes of the command line. */
export const EXIT = { done: 0, found: 1, badInput: 2, interrupted: 3, internal: 70 } as const;

/** At most this many problems are listed. */
const MAX_LISTED = 100;

/** Where a verb writes: data to standard output, notes to standard error. */
export class Output {
  readonly terminal: Terminal;
  readonly json: boolean;

  constructor(json: boolean) {
    this.json = json;
    this.terminal = detectTerminal();
  }

  /** Text for a person, to standard output; nothing with --json. */
  print(text: string): void {
    if (!this.json) process.stdout.write(`${plain(text, this.terminal)}\n`);
  }

  /** One JSON document, to standard output; nothing without --json. */
  printJson(value: unknown): void {
    if (this.json) process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
  }

  /** A note on the way, to standard error. */
  note(text: string): void {
    process.stderr.write(`${plain(text, detectTerminal(process.stderr))}\n`);
  }
}

/** The first hundred problems by position, and how many more there are. */
export function listed(problems: readonly Problem[]): Problem[] {
  const ordered = byPosition(problems);
  if (ordered.length <= MAX_LISTED) return ordered;
  const more = ordered.length - MAX_LISTED;
  return [...ordered.slice(0, MAX_LISTED), problem("too-many-problems", { count: more })];
}

/** Problems as text, with hints below them. */
export function problemsText(problems: readonly Problem[], { style }: Terminal): string {
  const paint = { error: style.bad, warning: style.warn, note: style.dim };
  return listed(problems)
    .map((each) => {
      const label = each.severity === "error" ? "" : `${paint[each.severity](each.severity)}: `;
      const [place, message] = splitPlace(each);
      const hint = each.hint === "" ? "" : `\n    ${style.dim(each.hint)}`;
      return `${place === "" ? "" : `${style.bold(place)}  `}${label}${message}${hint}`;
    })
    .join("\n");
}

function splitPlace(each: Problem): [place: string, message: string] {
  const whole = formatProblem(each);
  return [whole.slice(0, whole.length - each.message.length).trim(), each.message];
}

/** Thrown by a verb that is done and wants an exit code other than 0. */
export class Exit extends Error {
  readonly code: number;

  constructor(code: number) {
    super(`exit ${code}`);
    this.code = code;
  }
}

/** Says what is wrong, as text or as JSON, and ends with exit code 2. */
export function failWith(output: Output, problems: readonly Problem[]): never {
  if (output.json) output.printJson({ ok: false, problems: listed(problems) });
  else process.stderr.write(`${plain(problemsText(problems, output.terminal), output.terminal)}\n`);
  throw new Exit(EXIT.badInput);
}

/** What any thrown thing means as problems: bad input, or an error of Parley's own. */
export function problemsOf(error: unknown): { readonly problems: readonly Problem[]; readonly code: number } {
  if (error instanceof ParleyError) return { problems: error.problems, code: EXIT.badInput };
  const detail = error instanceof Error ? error.message : String(error);
  return { problems: [problem("internal", { detail })], code: EXIT.internal };
}
