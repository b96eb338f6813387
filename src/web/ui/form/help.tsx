import { useId, useState } from "react";
import { formWords as words } from "../../words/form.ts";
import { TalkMark } from "../talk-mark.tsx";
import { type HelpLine, helpOf } from "./label.ts";
import type { Field } from "./shape.ts";

/** A label with its help on request. */
export function FieldHead({
  label,
  htmlFor,
  field,
  pattern,
  path,
}: {
  readonly label: string;
  readonly htmlFor: string | undefined;
  readonly field: Field;
  readonly pattern: readonly string[];
  /** Where it stands in the case, for what is said about it; undefined of an entry that is not there yet. */
  readonly path?: readonly string[] | undefined;
}) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const lines = helpOf(pattern, field);
  return (
    <>
      <span className="field-head">
        {htmlFor === undefined ? (
          <span className="field-label">{label}</span>
        ) : (
          <label htmlFor={htmlFor}>{label}</label>
        )}
        {lines.length === 0 ? null : (
          <button
            type="button"
            className="help-button"
            aria-label={words.help(label)}
            aria-expanded={open}
            aria-controls={id}
            onClick={() => setOpen(!open)}
          >
            ?
          </button>
        )}
        {path === undefined ? null : <TalkMark path={path} label={label} />}
      </span>
      <div id={id} className="help" hidden={!open}>
        {open ? <HelpLines lines={lines} /> : null}
      </div>
    </>
  );
}

export function HelpLines({ lines }: { readonly lines: readonly HelpLine[] }) {
  return lines.map(({ term, text }) => (
    <p key={text}>
      {term === undefined ? null : <b>{term}: </b>}
      {text}
    </p>
  ));
}
