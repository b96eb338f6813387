import type { Diagnostic } from "@codemirror/lint";
import type { Text } from "@codemirror/state";
import { suggestionOf } from "../../../core/problems/index.ts";
import type { PlacedProblem } from "../../engine/editor-protocol.ts";
import { drawerWords } from "../../words/drawer.ts";

/** A change that mends a problem: a mistyped word, and what was most likely meant. */
export interface Fix {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/** Where a problem stands in a text: from its place to the end of the word there. */
export function spanOf(doc: Text, { line, column }: PlacedProblem): { readonly from: number; readonly to: number } {
  const at = doc.line(Math.min(Math.max(1, line), doc.lines));
  const from = Math.min(at.to, at.from + Math.max(0, column - 1));
  const word = /^(?:[\w.#-]+|"[^"]*"|'[^']*')/.exec(at.text.slice(from - at.from))?.[0].length ?? 1;
  return { from, to: Math.min(at.to, from + word) };
}

/** The change that a near miss asks for; undefined where the word no longer stands there. */
export function fixOf(doc: Text, problem: PlacedProblem): Fix | undefined {
  const insert = suggestionOf(problem);
  if (insert === undefined || problem.line === 0) return undefined;
  const at = doc.line(Math.min(problem.line, doc.lines));
  const start = Math.min(at.length, Math.max(0, problem.column - 1));
  const [word] = /^["']?([\w.-]+)/.exec(at.text.slice(start)) ?? [];
  const bare = word?.replace(/^["']/, "") ?? "";
  // What is wrong may be a part of the word there, such as the second of russia.atack.
  const wrong = [bare, ...bare.split(".")].find(
    (each) => each !== "" && new RegExp(`[: ]${escaped(each)}( |$)`).test(problem.message),
  );
  if (wrong === undefined || wrong === insert) return undefined;
  const from = at.from + start + at.text.slice(start).indexOf(wrong);
  return { from, to: from + wrong.length, insert };
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");

const SEVERITY = { error: "error", warning: "warning", note: "info" } as const;

/** The marks of a file's problems. */
export function marksOf(doc: Text, problems: readonly PlacedProblem[]): Diagnostic[] {
  return problems.map((problem) => {
    const fix = fixOf(doc, problem);
    const { message, hint, severity } = problem;
    return {
      ...spanOf(doc, problem),
      severity: SEVERITY[severity],
      message: hint === "" ? message : `${message}\n${hint}`,
      ...(fix === undefined
        ? {}
        : { actions: [{ name: drawerWords.changeTo(fix.insert), apply: (view) => view.dispatch({ changes: fix }) }] }),
    };
  });
}
