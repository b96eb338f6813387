import type { CompletionContext, CompletionResult, completeFromList } from "@codemirror/autocomplete";
import { type EditorView, hoverTooltip } from "@codemirror/view";
import type { Raw } from "../../../case/index.ts";
import { keysOffered, valuesOffered } from "./names.ts";
import { keyAt, placeAt } from "./place.ts";
import type { CaseSchema } from "./schema.ts";

/** What the editor knows of the case besides the text. */
export interface Knowledge {
  /** Undefined until it is there. */
  readonly schema: () => CaseSchema | undefined;
  readonly content: () => Raw | undefined;
  /** The part of the case that the file being edited holds: a path, empty where it is the whole. */
  readonly below: () => readonly string[];
}

/** Completes keys from the schema, words from its lists, and names from the case. */
export function completions({ schema, content, below }: Knowledge) {
  return (context: CompletionContext): CompletionResult | null => {
    const { state, pos } = context;
    const line = state.doc.lineAt(pos);
    const column = pos - line.from;
    const lines = state.doc.toString().split("\n");
    const typed = context.matchBefore(/[\w.-]*/);
    const from = typed?.from ?? pos;
    if (/(^|\s)#/.test(line.text.slice(0, column))) return null;
    const place = placeAt(lines, line.number - 1, from - line.from);
    if (!context.explicit && from === pos) return null;
    const path = [...below(), ...place.path];
    if (place.key !== undefined) {
      const at = [...path, ...(place.key === "-" ? ["-"] : [place.key])];
      const words = (schema()?.wordsAt(at) ?? []).map((label) => ({ label, type: "keyword" }));
      const names = valuesOffered(content(), at).map(({ id, name }) => ({ label: id, detail: name.slice(0, 60) }));
      return listed(from, [...words, ...names]);
    }
    const keys = (schema()?.keysAt(path) ?? []).map(({ key, help, required }) => ({
      label: key,
      apply: `${key}: `,
      ...(help === "" ? {} : { info: help }),
      boost: required ? 1 : 0,
    }));
    const names = keysOffered(content(), path).map(({ id, name }) => ({
      label: id,
      apply: `${id}: `,
      detail: name.slice(0, 60),
    }));
    const entries = path.at(-1) === "-" ? valuesOffered(content(), path) : [];
    return listed(from, [
      ...names,
      ...keys,
      ...entries.map(({ id, name }) => ({ label: id, detail: name.slice(0, 60) })),
    ]);
  };
}

type Listed = Parameters<typeof completeFromList>[0];

function listed(from: number, options: Listed): CompletionResult | null {
  const own = options.map((each) => (typeof each === "string" ? { label: each } : each));
  return own.length === 0 ? null : { from, options: own, validFor: /^[\w.-]*$/ };
}

/** Says what a key means while the pointer rests on it. */
export function keyHelp({ schema, below }: Knowledge) {
  return hoverTooltip((view, pos) => {
    const line = view.state.doc.lineAt(pos);
    const found = keyAt(view.state.doc.toString().split("\n"), line.number - 1, pos - line.from);
    const help = found === undefined ? undefined : schema()?.helpOf([...below(), ...found.path]);
    if (found === undefined || help === undefined) return null;
    return {
      pos: line.from + found.from,
      end: line.from + found.to,
      above: true,
      create() {
        const dom = document.createElement("p");
        dom.className = "key-help";
        dom.textContent = help;
        return { dom };
      },
    };
  });
}

/** What the key at the cursor means, for the line of help below the editor. */
export function helpAtCursor(view: EditorView, { schema, below }: Knowledge): string | undefined {
  const { head } = view.state.selection.main;
  const line = view.state.doc.lineAt(head);
  const lines = view.state.doc.toString().split("\n");
  const here = keyAt(lines, line.number - 1, head - line.from);
  const place = placeAt(lines, line.number - 1, head - line.from);
  const path = here?.path ?? (place.key === undefined || place.key === "-" ? place.path : [...place.path, place.key]);
  return path.length === 0 ? undefined : schema()?.helpOf([...below(), ...path]);
}
