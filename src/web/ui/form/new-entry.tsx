import { useId, useState } from "react";
import { type CasePath, type Edit, editData, type Raw } from "../../../case/index.ts";
import type { ReferenceKind } from "../../../case/schema/fields.ts";
import { isMapping } from "../../../case/schema/walk.ts";
import type { Problem } from "../../../core/problems/index.ts";
import { formWords as words } from "../../words/form.ts";
import { FormContext, type FormHost, isError, useForm } from "./host.ts";
import { labelOf } from "./label.ts";
import { type Frames, valueAt } from "./locate.ts";
import { FieldProblems } from "./problems.tsx";
import type { Field } from "./shape.ts";
import { KEY, keyFrom } from "./written.ts";

/** Members that a key is taken from, where the entry has them. */
const NAMING = ["name", "title", "text", "when", "says"];

interface Where {
  readonly field: Field;
  /** The mapping or list that it goes into. */
  readonly into: readonly string[];
  readonly pattern: readonly string[];
  readonly frames: Frames;
  readonly kind: ReferenceKind | undefined;
  /** Whether it goes under a key. */
  readonly keyed?: boolean;
  /** Where it goes in a list, and the list. */
  readonly at?: number;
  readonly list?: Raw | undefined;
}

/** A button that opens a form for an entry that is to be added; nothing is in the case until it is whole. */
export function NewEntry(
  props: Where & { readonly then?: (path: readonly string[]) => void; readonly open?: boolean },
) {
  const [open, setOpen] = useState(props.open ?? false);
  const what = labelOf(props.pattern);
  if (!open) {
    return (
      <button type="button" className="add" onClick={() => setOpen(true)}>
        + {words.addTo(what === "" ? words.add : what)}
      </button>
    );
  }
  return <Draft {...props} close={() => setOpen(false)} />;
}

function Draft({
  field,
  into,
  pattern,
  frames,
  kind,
  keyed = false,
  at = 0,
  list,
  close,
  then,
}: Where & { readonly close: () => void; readonly then?: (path: readonly string[]) => void }) {
  const host = useForm();
  const id = useId();
  const [value, setValue] = useState<Raw>();
  const [chosen, setChosen] = useState<string>();
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const suggested = keyFrom(namingOf(value));
  const key = chosen ?? suggested;
  // The draft stands at its place in a case of its own.
  const step = keyed ? (key === "" ? "-" : key) : String(at);
  const path = [...into, step];
  const taken = keyed && valueAt(host.content, [...into, key]) !== undefined;
  const keyFault = key !== "" && !KEY.test(key) ? words.keyBad : taken ? words.keyTaken(key) : undefined;

  const valueAfter = (edits: readonly Edit[]): Raw | undefined => {
    let whole: Raw | undefined = value === undefined ? {} : { draft: value };
    for (const edit of edits) whole = whole === undefined ? undefined : editData(whole, moved(edit, path));
    return valueAt(whole, ["draft"]);
  };
  const adding = (entry: Raw): readonly Edit[] => {
    if (keyed) return [{ add: into, key, value: entry }];
    if (Array.isArray(list)) return [{ add: into, key: at, value: entry, expected: list }];
    return [
      { set: into, value: [...(list === undefined || list === null ? [] : [list]), entry], expected: list ?? null },
    ];
  };
  const own: FormHost = {
    ...host,
    hrefOf: () => undefined,
    talksOf: () => undefined,
    problemsAt: () => [],
    async trial(edits) {
      const next = valueAfter(edits);
      return next === undefined || (keyed && !KEY.test(key)) ? [] : host.trial(adding(next));
    },
    async submit(edits) {
      setValue(valueAfter(edits));
      setProblems([]);
      return [];
    },
  };
  const add = async () => {
    if (value === undefined || (keyed && (keyFault !== undefined || key === ""))) return;
    const found = await host.submit(adding(value), `${labelOf(pattern)}: ${namingOf(value) || key}`);
    if (found.some(isError)) return setProblems(found);
    close();
    then?.(path);
  };
  return (
    <section className="new-entry" aria-label={words.addTo(labelOf(pattern))}>
      <FormContext value={own}>
        <host.Show
          field={field}
          path={path}
          pattern={[...pattern, "*"]}
          frames={kind === undefined ? frames : { ...frames, [kind]: key }}
          value={value}
          label={words.addTo(labelOf(pattern))}
          required
          depth={0}
        />
      </FormContext>
      {keyed ? (
        <div className="form-field">
          <label htmlFor={id}>{words.key}</label>
          <input
            id={id}
            className="mono"
            value={key}
            aria-invalid={keyFault !== undefined}
            aria-describedby={`${id}-help`}
            onChange={({ target }) => setChosen(target.value)}
          />
          <p id={`${id}-help`} className={keyFault === undefined ? "help" : "field-problems"}>
            {keyFault ?? words.keyNew}
          </p>
        </div>
      ) : null}
      <FieldProblems id={`${id}-problems`} problems={problems} path={path} />
      <p className="actions">
        <button
          type="button"
          className="primary"
          disabled={value === undefined || (keyed && (key === "" || keyFault !== undefined))}
          onClick={() => void add()}
        >
          {words.create}
        </button>
        <button type="button" className="quiet" onClick={close}>
          {words.cancel}
        </button>
      </p>
    </section>
  );
}

function namingOf(value: Raw | undefined): string {
  if (typeof value === "string") return value;
  if (!isMapping(value)) return "";
  for (const key of NAMING) {
    const found = value[key];
    if (typeof found === "string") return found;
  }
  return "";
}

/** An edit of the draft, below the key under which the draft is kept. */
function moved(edit: Edit, path: readonly string[]): Edit {
  const at = (steps: CasePath): readonly string[] => {
    const list = typeof steps === "string" ? steps.split(".") : steps.map(String);
    return ["draft", ...list.slice(path.length)];
  };
  if ("set" in edit) return { ...edit, set: at(edit.set) };
  if ("remove" in edit) return { ...edit, remove: at(edit.remove) };
  if ("rename" in edit) return { ...edit, rename: at(edit.rename) };
  return { ...edit, add: at(edit.add) };
}
