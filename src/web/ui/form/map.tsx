import { useId, useState } from "react";
import { formWords as words } from "../../words/form.ts";
import { EntryActions } from "./entry-actions.tsx";
import { type FieldProps, useForm } from "./host.ts";
import { labelOf } from "./label.ts";
import { calledOf, mappingAt, namesFor } from "./names.ts";
import { NewEntry } from "./new-entry.tsx";
import type { MapOf } from "./shape.ts";

/** Rows of a mapping by their keys: entries that are defined here, or values by the names of others. */
export function MapRows({
  of,
  fixed = [],
  path,
  pattern,
  frames,
  value,
  depth,
}: FieldProps & { readonly of: MapOf; readonly fixed?: readonly string[] }) {
  const { Show, content, readOnly } = useForm();
  const [pending, setPending] = useState<readonly string[]>([]);
  const entries = mappingAt(value, []);
  const keys = Object.keys(entries).filter((key) => !fixed.includes(key));
  const waiting = pending.filter((key) => !keys.includes(key));
  const names = of.names === undefined ? undefined : namesFor(content, of.names, frames);
  const field = of.of();
  const simple = !["group", "ways", "map", "list"].includes(field.shape.type);
  const called = (key: string): string =>
    of.defines ? calledOf(key, entries[key]) : (names?.find(({ id }) => id === key)?.name ?? key);
  return (
    <div className="map-rows">
      {[...keys, ...waiting].map((key) => (
        <div className="map-row" key={key}>
          <Show
            field={field}
            path={[...path, key]}
            pattern={[...pattern, "*"]}
            frames={of.names === undefined ? frames : { ...frames, [of.names]: key }}
            value={entries[key]}
            label={called(key)}
            required={false}
            depth={depth + 1}
          />
          {readOnly || entries[key] === undefined || (simple && !of.defines) ? null : (
            <EntryActions path={[...path, key]} called={called(key)} value={entries[key]} renames={of.defines} />
          )}
        </div>
      ))}
      {readOnly ? null : of.defines ? (
        <NewEntry field={field} into={path} pattern={pattern} frames={frames} kind={of.names} keyed />
      ) : (
        <AddKey
          names={names?.filter(({ id }) => !keys.includes(id) && !waiting.includes(id))}
          what={labelOf(pattern)}
          add={(key) => setPending([...pending, key])}
        />
      )}
    </div>
  );
}

/** Picks, or types, the key of a further row. */
function AddKey({
  names,
  what,
  add,
}: {
  readonly names: readonly { readonly id: string; readonly name: string }[] | undefined;
  readonly what: string;
  readonly add: (key: string) => void;
}) {
  const id = useId();
  const [text, setText] = useState("");
  const take = (key: string) => {
    if (key.trim() === "") return;
    add(key.trim());
    setText("");
  };
  if (names !== undefined && names.length <= 60) {
    if (names.length === 0) return null;
    return (
      <label className="add-key">
        <span className="sr">{words.addTo(what)}</span>
        <select value="" onChange={({ target }) => take(target.value)}>
          <option value="">+ {words.add} …</option>
          {names.map((each) => (
            <option key={each.id} value={each.id}>
              {each.name}
            </option>
          ))}
        </select>
      </label>
    );
  }
  return (
    <span className="add-key typed">
      <input
        aria-label={words.addTo(what)}
        list={id}
        value={text}
        className="mono"
        onChange={({ target }) => setText(target.value)}
        onKeyDown={({ key }) => key === "Enter" && take(text)}
      />
      <datalist id={id}>
        {(names ?? []).map((each) => (
          <option key={each.id} value={each.id}>
            {each.name}
          </option>
        ))}
      </datalist>
      <button type="button" onClick={() => take(text)}>
        {words.add}
      </button>
    </span>
  );
}
