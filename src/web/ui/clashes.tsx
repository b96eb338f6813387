import { useEffect, useRef, useState } from "react";
import type { Raw } from "../../case/index.ts";
import type { Problem } from "../../core/problems/index.ts";
import { type Clash, type ClashField, fieldsNow, type Side } from "../state/clashes.ts";
import { dropClash, settleClash, useEditing } from "../state/editing.ts";
import { clashWords as words } from "../words/clash.ts";
import "../styles/clash.css";
import { labelOf } from "./form/label.ts";

/** What was not saved since somebody else changed the same: both values side by side, and the choice for each. */
export default function Clashes() {
  const { clashes } = useEditing();
  const [first] = clashes;
  const dialog = useRef<HTMLDialogElement>(null);
  const asked = first?.id;
  useEffect(() => {
    if (asked !== undefined && dialog.current?.open === false) dialog.current.showModal();
  }, [asked]);
  if (first === undefined) return null;
  return (
    <>
      <div className="notice clash-notice" role="alert">
        <p>
          {words.waiting(clashes.length)}{" "}
          <button type="button" onClick={() => dialog.current?.showModal()}>
            {words.choose}
          </button>
        </p>
      </div>
      <dialog
        ref={dialog}
        className="clash-dialog"
        aria-labelledby="clash-title"
        // Escape puts the choice off; it is no word to the page below.
        onKeyDown={(event) => event.key === "Escape" && event.nativeEvent.stopImmediatePropagation()}
      >
        <Choice key={first.id} clash={first} later={() => dialog.current?.close()} />
      </dialog>
    </>
  );
}

function Choice({ clash, later }: { readonly clash: Clash; readonly later: () => void }) {
  const content = useEditing((state) => state.content);
  const fields = fieldsNow(clash, content);
  const [sides, setSides] = useState<ReadonlyMap<number, Side>>(new Map());
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const others = clash.edits.length - fields.length;
  const isDispute = fields.length > 0;
  const ready = fields.every(({ index }) => sides.has(index));
  const all = (side: Side) => setSides(new Map(fields.map(({ index }) => [index, side])));
  const save = async () => {
    setBusy(true);
    setProblems(await settleClash(clash, sides));
    setBusy(false);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <p className="kicker">{clash.what}</p>
      <h2 id="clash-title">{words.title}</h2>
      <p>{isDispute ? words.lead : words.leadOther}</p>
      {fields.length > 1 ? (
        <p className="buttons">
          <button type="button" onClick={() => all("mine")}>
            {words.allYours}
          </button>
          <button type="button" onClick={() => all("theirs")}>
            {words.allTheirs}
          </button>
        </p>
      ) : null}
      {fields.map((field) => (
        <Field
          key={field.index}
          field={field}
          side={sides.get(field.index)}
          choose={(side) => setSides(new Map([...sides, [field.index, side]]))}
        />
      ))}
      {isDispute ? null : <pre className="clash-value">{clash.edits.map(editInWords).join("\n")}</pre>}
      {isDispute && others > 0 ? <p className="note">{words.also(others)}</p> : null}
      {problems.length === 0 && isDispute ? null : (
        <ul className="field-problems" role="alert">
          {(problems.length === 0 ? clash.problems : problems).map((each) => (
            <li key={each.message} className={each.severity}>
              {each.message}
              {each.hint === "" ? "" : ` (${each.hint})`}
            </li>
          ))}
        </ul>
      )}
      <p className="buttons">
        <button type="submit" className="primary" disabled={busy || !ready}>
          {busy ? words.applying : isDispute ? words.apply : words.again}
        </button>
        <button type="button" onClick={later}>
          {words.later}
        </button>
        {isDispute ? null : (
          <button type="button" className="quiet" onClick={() => dropClash(clash)}>
            {words.drop}
          </button>
        )}
      </p>
    </form>
  );
}

function Field({
  field: { index, path, before, mine, theirs, renamed },
  side,
  choose,
}: {
  readonly field: ClashField;
  readonly side: Side | undefined;
  readonly choose: (side: Side) => void;
}) {
  const label = labelOf(path) || (path.at(-1) ?? "");
  const own = renamed === undefined ? textOf(mine) : words.renamed(renamed);
  const values = { mine: own === "" ? words.removed : own, theirs: textOf(theirs) || words.nothing } as const;
  return (
    <fieldset className="clash-field">
      <legend>
        {label} <code>{path.join(".")}</code>
      </legend>
      <div className="clash-sides">
        {(["mine", "theirs"] as const).map((each) => (
          <label key={each} className={`clash-side${side === each ? " chosen" : ""}`}>
            <span className="clash-name">
              <input type="radio" name={`clash-${index}`} checked={side === each} onChange={() => choose(each)} />
              {each === "mine" ? words.yours : words.theirs}
            </span>
            <span className="clash-value">{values[each]}</span>
          </label>
        ))}
      </div>
      <details>
        <summary>{words.before}</summary>
        <pre className="clash-value" tabIndex={0}>
          {textOf(before) || words.nothing}
        </pre>
      </details>
    </fieldset>
  );
}

/** A value as lines that can be read. */
function textOf(value: Raw | undefined, indent = ""): string {
  if (value === undefined || value === null) return "";
  if (typeof value !== "object") return String(value);
  const isList = Array.isArray(value);
  return Object.entries(value)
    .map(([key, each]) => {
      const name = isList ? "–" : `${key}:`;
      const text = textOf(each as Raw, `${indent}  `);
      return typeof each === "object" && each !== null ? `${indent}${name}\n${text}` : `${indent}${name} ${text}`;
    })
    .join("\n");
}

function editInWords(edit: Clash["edits"][number]): string {
  const path = "set" in edit ? edit.set : "add" in edit ? edit.add : "remove" in edit ? edit.remove : edit.rename;
  const where = typeof path === "string" ? path : path.join(".");
  if ("value" in edit) return `${where}${"key" in edit ? `.${edit.key}` : ""}: ${textOf(edit.value, "  ").trimStart()}`;
  return `${where}: ${"to" in edit ? words.renamed(edit.to) : words.removed}`;
}
