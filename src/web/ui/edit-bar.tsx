import { useEffect } from "react";
import { redo, undo, useEditing } from "../state/editing.ts";
import { hrefOf, makeYours } from "../state/session.ts";
import { useStore } from "../state/store.ts";
import { editWords as words } from "../words/edit.ts";

/** Edit, undo, redo, what became of the last change, and what the check says: in the head of every page. */
export function EditBar() {
  const address = useStore((state) => state.address);
  const { content, readOnly, where, saving, lost, refused, merged, checks, done, undone } = useEditing();
  useUndoKeys();
  const errors = checks.filter(({ severity }) => severity === "error").length;
  const before = done.at(-1)?.what;
  const after = undone.at(-1)?.what;
  const state = lost
    ? words.lost
    : saving
      ? words.saving
      : refused.length > 0
        ? words.refused
        : merged
          ? words.merged
          : words.saved(where);
  const undoName = before === undefined ? words.nothingToUndo : words.undoOf(before);
  const redoName = after === undefined ? words.nothingToRedo : words.redoOf(after);
  return (
    <div className="edit-bar">
      {readOnly ? (
        content === undefined ? null : (
          <button
            type="button"
            className="quiet make-yours"
            title={words.makeYoursHelp}
            onClick={() => void makeYours()}
          >
            {words.makeYours}
          </button>
        )
      ) : (
        <>
          <span className={`save-state${lost || refused.length > 0 ? " warn" : ""}`} role="status" title={state}>
            {state}
          </span>
          <button
            type="button"
            disabled={before === undefined}
            aria-label={undoName}
            title={undoName}
            onClick={() => void undo()}
          >
            ↶
          </button>
          <button
            type="button"
            disabled={after === undefined}
            aria-label={redoName}
            title={redoName}
            onClick={() => void redo()}
          >
            ↷
          </button>
        </>
      )}
      {checks.length === 0 ? null : (
        <a
          className={`problem-count${errors > 0 ? " warn" : ""}`}
          href={hrefOf(address, { edit: "!" })}
          title={words.problemsTitle}
        >
          {errors > 0 ? words.problems(errors) : words.notes(checks.length)}
        </a>
      )}
      <a className="edit-link" href={hrefOf(address, { edit: "." })} title={words.editCase}>
        {words.edit}
      </a>
    </div>
  );
}

/** Ctrl or Cmd with Z takes back, with Shift brings again; in a text field the field's own undo works. */
function useUndoKeys() {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "z") return;
      const { target } = event;
      if (target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA)$/.test(target.tagName)))
        return;
      event.preventDefault();
      void (event.shiftKey ? redo() : undo());
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
}
