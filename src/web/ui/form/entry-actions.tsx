import { useId, useState } from "react";
import { type Raw, referencesTo, renameEdits } from "../../../case/index.ts";
import type { Problem } from "../../../core/problems/index.ts";
import { formWords as words } from "../../words/form.ts";
import { isError, useForm } from "./host.ts";
import { valueAt } from "./locate.ts";
import { FieldProblems } from "./problems.tsx";
import { KEY } from "./written.ts";

/** How many places that refer to an entry are listed before it is removed. */
const MOST_LISTED = 12;

/** Removes an entry, with what refers to it listed first; renames it, with what refers to it changed in one go. */
export function EntryActions({
  path,
  called,
  value,
  renames,
  then,
}: {
  readonly path: readonly string[];
  readonly called: string;
  readonly value: Raw | undefined;
  readonly renames: boolean;
  /** What follows: where the entry is now, or nothing where it is gone. */
  readonly then?: (path: readonly string[] | undefined) => void;
}) {
  const host = useForm();
  const [asked, setAsked] = useState<"remove" | "rename">();
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const [busy, setBusy] = useState(false);
  const close = () => {
    setAsked(undefined);
    setProblems([]);
  };
  const remove = async (force: boolean) => {
    setBusy(true);
    const edits = [{ remove: path, expected: value ?? null }] as const;
    const found = await host.submit(edits, words.removeOf(called), force);
    setBusy(false);
    setProblems(found);
    if (!found.some(isError)) then?.(undefined);
  };
  const rename = async (to: string) => {
    setBusy(true);
    const found = await host.submit(
      renameEdits(host.content ?? null, path, to),
      words.renamed(path.at(-1) ?? "", to),
      true,
    );
    setBusy(false);
    setProblems(found);
    if (found.some(isError)) return;
    close();
    then?.([...path.slice(0, -1), to]);
  };
  return (
    <div className="entry-actions">
      {asked === undefined ? (
        <>
          {renames ? (
            <button type="button" className="quiet" onClick={() => setAsked("rename")}>
              {words.rename}
            </button>
          ) : null}
          <button
            type="button"
            className="quiet"
            aria-label={words.removeOf(called)}
            onClick={() => setAsked("remove")}
          >
            {words.remove}
          </button>
        </>
      ) : asked === "rename" ? (
        <RenameForm path={path} busy={busy} rename={rename} close={close} />
      ) : (
        <Removal path={path} called={called} busy={busy} remove={remove} close={close} />
      )}
      <FieldProblems id={`${path.join("-")}-entry`} problems={problems} path={path} />
    </div>
  );
}

function Removal({
  path,
  called,
  busy,
  remove,
  close,
}: {
  readonly path: readonly string[];
  readonly called: string;
  readonly busy: boolean;
  readonly remove: (force: boolean) => Promise<void>;
  readonly close: () => void;
}) {
  const host = useForm();
  const references = referencesTo(host.content ?? null, path).filter(
    (each) => !path.every((step, index) => each.path[index] === step),
  );
  return (
    <section className="ask" aria-label={words.reallyRemove(called)}>
      <p>
        <b>{words.reallyRemove(called)}</b> {words.referredIn(references.length)}
      </p>
      {references.length === 0 ? null : (
        <ul>
          {references.slice(0, MOST_LISTED).map((each) => (
            <li key={each.path.join(".")}>
              <a href={host.hrefOf(each.path)}>
                <code>{each.path.join(".")}</code>
              </a>
            </li>
          ))}
          {references.length > MOST_LISTED ? <li>… {references.length - MOST_LISTED}</li> : null}
        </ul>
      )}
      <p className="actions">
        <button type="button" className="primary" disabled={busy} onClick={() => void remove(references.length > 0)}>
          {references.length === 0 ? words.remove : words.removeAll}
        </button>
        <button type="button" className="quiet" onClick={close}>
          {words.keepIt}
        </button>
      </p>
    </section>
  );
}

function RenameForm({
  path,
  busy,
  rename,
  close,
}: {
  readonly path: readonly string[];
  readonly busy: boolean;
  readonly rename: (to: string) => Promise<void>;
  readonly close: () => void;
}) {
  const host = useForm();
  const id = useId();
  const former = path.at(-1) ?? "";
  const [key, setKey] = useState(former);
  const taken = key !== former && valueAt(host.content, [...path.slice(0, -1), key]) !== undefined;
  const fault = !KEY.test(key) ? words.keyBad : taken ? words.keyTaken(key) : undefined;
  const go = () => {
    if (key === former) close();
    else if (fault === undefined) void rename(key);
  };
  return (
    <section className="ask">
      <label htmlFor={id}>{words.key}</label>
      <input
        id={id}
        className="mono"
        value={key}
        aria-invalid={fault !== undefined}
        aria-describedby={`${id}-help`}
        onChange={({ target }) => setKey(target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") go();
          if (event.key === "Escape") {
            event.nativeEvent.stopImmediatePropagation();
            close();
          }
        }}
      />
      <p id={`${id}-help`} className={fault === undefined ? "help" : "field-problems"}>
        {fault ?? words.keyHelp}
      </p>
      <p className="actions">
        <button type="button" className="primary" disabled={busy || fault !== undefined} onClick={go}>
          {words.rename}
        </button>
        <button type="button" className="quiet" onClick={close}>
          {words.cancel}
        </button>
      </p>
    </section>
  );
}
