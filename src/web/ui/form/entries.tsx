import { useDeferredValue, useMemo, useState } from "react";
import { isMapping } from "../../../case/schema/walk.ts";
import { go } from "../../state/session.ts";
import { formWords as words } from "../../words/form.ts";
import { type FieldProps, useForm } from "./host.ts";
import { calledOf, mappingAt, nameOf } from "./names.ts";
import { NewEntry } from "./new-entry.tsx";
import type { MapOf } from "./shape.ts";

/** How many entries are shown at a time: a thousand claims stay quick to look through. */
const PAGE = 60;

/** The entries of a section, to be searched, opened and added to. */
export function Entries({ of, path, pattern, frames, value }: FieldProps & { readonly of: MapOf }) {
  const host = useForm();
  const [asked, setAsked] = useState("");
  const [most, setMost] = useState(PAGE);
  const search = useDeferredValue(asked.trim().toLowerCase());
  const all = useMemo(
    () =>
      Object.entries(mappingAt(value, [])).map(([key, entry]) => {
        const called = of.defines ? calledOf(key, entry) : nameOf(host.content, key);
        const text = isMapping(entry) && typeof entry["text"] === "string" ? entry["text"] : "";
        return { key, called, words: `${key} ${called} ${text}`.toLowerCase() };
      }),
    [value, of, host.content],
  );
  const found =
    search === "" ? all : all.filter((each) => search.split(/\s+/).every((word) => each.words.includes(word)));
  return (
    <div className="entries">
      {all.length > 8 ? (
        <label className="search">
          <span>{words.search}</span>
          <input type="search" value={asked} onChange={({ target }) => setAsked(target.value)} />
          <small role="status">{words.found(found.length, all.length)}</small>
        </label>
      ) : null}
      {all.length > 0 && found.length === 0 ? <p className="note">{words.noneFound}</p> : null}
      <ul className="entry-list">
        {found.slice(0, most).map(({ key, called }) => (
          <li key={key}>
            <a href={host.hrefOf([...path, key])}>
              <span>{called}</span> <code>{key}</code>
              {host.problemsAt([...path, key]).length > 0 ? <b className="warn"> !</b> : null}
            </a>
          </li>
        ))}
      </ul>
      {found.length > most ? (
        <button type="button" onClick={() => setMost(most + PAGE * 3)}>
          {words.showMore(Math.min(PAGE * 3, found.length - most))}
        </button>
      ) : null}
      {host.readOnly ? null : of.defines ? (
        <NewEntry
          field={of.of()}
          into={path}
          pattern={pattern}
          frames={frames}
          kind={of.names}
          keyed
          then={(added) => go({ edit: added.join(".") })}
        />
      ) : (
        <Unused of={of} path={path} used={all.map(({ key }) => key)} />
      )}
    </div>
  );
}

/** Names that have no entry here yet: parties without positions. */
function Unused({
  of,
  path,
  used,
}: {
  readonly of: MapOf;
  readonly path: readonly string[];
  readonly used: readonly string[];
}) {
  const host = useForm();
  const section = of.names === "question" ? "questions" : "parties";
  const rest = Object.keys(mappingAt(host.content, [section])).filter((key) => !used.includes(key));
  if (rest.length === 0) return null;
  return (
    <>
      <p className="label">{words.add}</p>
      <ul className="entry-list">
        {rest.map((key) => (
          <li key={key}>
            <a href={host.hrefOf([...path, key])}>
              + {calledOf(key, mappingAt(host.content, [section])[key])} <code>{key}</code>
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}
