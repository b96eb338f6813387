import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import {
  bracketMatching,
  codeFolding,
  foldEffect,
  foldGutter,
  foldKeymap,
  indentOnInput,
  indentUnit,
  unfoldAll,
} from "@codemirror/language";
import { lintGutter, nextDiagnostic, previousDiagnostic, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { Annotation, Compartment, EditorSelection, EditorState, Transaction } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import type { PlacedProblem } from "../../engine/editor-protocol.ts";
import { changesBetween } from "../../state/merge.ts";
import { drawerWords } from "../../words/drawer.ts";
import { completions, helpAtCursor, type Knowledge, keyHelp } from "./assist.ts";
import { foldsAround } from "./folds.ts";
import { marksOf } from "./marks.ts";
import { theme } from "./theme.ts";

export interface EditorGiven {
  readonly knowledge: Knowledge;
  readonly typed: (file: string, text: string) => void;
  /** What the key at the cursor means. */
  readonly help: (text: string | undefined) => void;
  readonly save: (file: string) => void;
}

export interface TextEditor {
  /** Shows a file; what was done in it before can still be taken back. */
  show(file: string, text: string, readOnly: boolean): void;
  mark(problems: readonly PlacedProblem[]): void;
  /** Goes to a line, and folds the other sections of the file where only one is asked for. */
  goTo(line: number, column?: number, alone?: boolean): void;
  apply(change: { readonly from: number; readonly to: number; readonly insert: string }): void;
  unfold(): void;
  focus(): void;
  readonly doc: () => EditorState["doc"];
  close(): void;
}

/** Changes that were not typed here. */
const fromOutside = Annotation.define<boolean>();

/** Opens an editor in a shadow root: there its styles are sheets of the page's own, which a strict policy allows. */
export function openTextEditor(root: ShadowRoot, given: EditorGiven): TextEditor {
  const states = new Map<string, EditorState>();
  const fixed = new Compartment();
  let shown = "";
  const fixedAs = (readOnly: boolean) => [EditorState.readOnly.of(readOnly), EditorView.editable.of(true)];

  const extensions = (file: string) => [
    lineNumbers(),
    highlightActiveLineGutter(),
    lintGutter(),
    codeFolding(),
    foldGutter({ openText: "▾", closedText: "▸" }),
    history(),
    drawSelection(),
    EditorState.tabSize.of(2),
    indentUnit.of("  "),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    highlightActiveLine(),
    highlightSelectionMatches(),
    search({ top: true }),
    yaml(),
    autocompletion({ override: [completions(given.knowledge)], icons: false }),
    keyHelp(given.knowledge),
    theme,
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ "aria-label": drawerWords.textOf(file), spellcheck: "false", tabindex: "0" }),
    keymap.of([
      {
        key: "Mod-s",
        preventDefault: true,
        run() {
          given.save(file);
          return true;
        },
      },
      { key: "F8", run: nextDiagnostic, shift: previousDiagnostic },
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...foldKeymap,
      ...defaultKeymap,
      indentWithTab,
    ]),
    fixed.of(fixedAs(false)),
    EditorView.updateListener.of((update) => {
      if (update.docChanged && !update.transactions.every((each) => each.annotation(fromOutside) === true)) {
        given.typed(file, update.state.doc.toString());
      }
      if (update.docChanged || update.selectionSet) given.help(helpAtCursor(update.view, given.knowledge));
    }),
  ];

  const view = new EditorView({ root, parent: root });

  return {
    show(file, text, readOnly) {
      if (shown !== file) {
        if (shown !== "") states.set(shown, view.state);
        shown = file;
        view.setState(states.get(file) ?? EditorState.create({ doc: text, extensions: extensions(file) }));
      }
      const changes = changesBetween(view.state.doc.toString(), text);
      if (changes.length > 0) {
        view.dispatch({ changes, annotations: [fromOutside.of(true), Transaction.addToHistory.of(false)] });
      }
      if (view.state.readOnly !== readOnly) view.dispatch({ effects: fixed.reconfigure(fixedAs(readOnly)) });
    },
    mark: (problems) => view.dispatch(setDiagnostics(view.state, marksOf(view.state.doc, problems))),
    goTo(line, column = 1, alone = false) {
      const { doc } = view.state;
      const at = doc.line(Math.min(Math.max(1, line), doc.lines));
      const anchor = Math.min(at.to, at.from + column - 1);
      unfoldAll(view);
      view.dispatch({
        selection: EditorSelection.cursor(anchor),
        effects: [
          ...(alone ? foldsAround(doc.toString(), line).map((range) => foldEffect.of(range)) : []),
          EditorView.scrollIntoView(anchor, { y: "start", yMargin: 24 }),
        ],
      });
    },
    apply: (change) => view.dispatch({ changes: change, selection: { anchor: change.from + change.insert.length } }),
    unfold: () => void unfoldAll(view),
    focus: () => view.focus(),
    doc: () => view.state.doc,
    close: () => view.destroy(),
  };
}
