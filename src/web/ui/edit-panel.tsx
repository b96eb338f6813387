import { useEffect, useRef, useState } from "react";
import { casePath } from "../../case/edit/edits.ts";

import { placeOfPart, useEditing } from "../state/editing.ts";
import { go, hrefOf, makeYours } from "../state/session.ts";
import { usePick } from "../state/store.ts";
import { useTeam } from "../state/team.ts";
import "../styles/edit.css";
import { editWords as words } from "../words/edit.ts";
import { EditIndex, ProblemList } from "./edit-index.tsx";
import { useCaseForm } from "./form/case-host.ts";
import { Entries } from "./form/entries.tsx";
import { EntryActions } from "./form/entry-actions.tsx";
import { HelpLines } from "./form/help.tsx";
import { FormContext, useForm } from "./form/host.ts";
import { helpOf, labelOf } from "./form/label.ts";
import { type Located, locate, stepsIn } from "./form/locate.ts";
import { calledOf, nameOf } from "./form/names.ts";
import { TalkMark } from "./talk-mark.tsx";

/** From this number on, entries of a mapping are listed to be opened one by one. */
const MANY = 12;

/** The form of a part of the case beside the page; `.` stands for all sections, `!` for what the check says. */
export default function EditPanel({ path }: { readonly path: string }) {
  const host = useCaseForm();
  const head = useRef<HTMLHeadingElement>(null);
  const opener = useRef<Element | null>(null);
  const ready = host.content !== undefined;
  useEffect(() => {
    opener.current = document.activeElement;
    return () => {
      if (opener.current instanceof HTMLElement && opener.current.isConnected) opener.current.focus();
    };
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another part is read from its head.
  useEffect(() => head.current?.focus(), [path, ready]);
  const { unreadable } = useEditing();
  const steps = stepsIn(host.content, path);
  const found = path === "." || path === "!" ? undefined : locate(host.content, steps);
  const title =
    path === "."
      ? words.index
      : path === "!"
        ? words.problemsTitle
        : found === undefined
          ? path
          : titleOf(host.content, found);
  return (
    <aside className="because-panel edit-panel" aria-label={words.panel}>
      <div className="because-bar">
        <Crumbs steps={path === "." || path === "!" ? [] : steps} />
        <button type="button" className="quiet" onClick={() => go({ edit: undefined })}>
          {words.close}
        </button>
      </div>
      <FormContext value={host}>
        {found === undefined || found.steps.length < 2 ? null : (
          <p className="kicker">{labelOf(found.pattern.slice(0, 1))}</p>
        )}
        <h2 tabIndex={-1} ref={head}>
          {title}
        </h2>
        {host.readOnly && ready ? <MakeYours /> : null}
        {!ready ? (
          <p className="note">{unreadable ? words.noContent : words.waiting}</p>
        ) : path === "." ? (
          <EditIndex />
        ) : path === "!" ? (
          <ProblemList />
        ) : found === undefined ? (
          <p className="note">{words.unknownPart(path)}</p>
        ) : (
          <Part key={path} found={found} />
        )}
      </FormContext>
    </aside>
  );
}

function titleOf(content: Parameters<typeof locate>[0], { steps, pattern, value, named, defined }: Located): string {
  const last = steps.at(-1) ?? "";
  if (named !== undefined) return defined ? calledOf(last, value) : nameOf(content, last);
  if (pattern.at(-1) === "*") return `${labelOf(pattern.slice(0, -1))} ${/^\d+$/.test(last) ? Number(last) + 1 : last}`;
  return labelOf(pattern);
}

/** A part of the case: its links, its help, its fields, and what can be done with it as a whole. */
function Part({ found }: { readonly found: Located }) {
  const host = useForm();
  const { steps, pattern, field, frames, value, named, defined } = found;
  const lines = helpOf(pattern, field);
  const { shape } = field;
  const isSection =
    shape.type === "map" && (shape.defines || (typeof value === "object" && Object.keys(value ?? {}).length > MANY));
  const asIndex = isSection && shape.type === "map" && (steps.length === 1 || Object.keys(value ?? {}).length > MANY);
  const shared = {
    field,
    path: steps,
    pattern,
    frames,
    value,
    label: titleOf(host.content, found),
    required: true,
  } as const;
  const plain = !["group", "map", "list", "tuple", "ways"].includes(shape.type);
  return (
    <>
      <Links steps={steps} written={value !== undefined} />
      {plain || lines.length === 0 ? null : (
        <div className="help lead">
          <HelpLines lines={lines} />
        </div>
      )}
      {value === undefined && !plain ? <p className="note">{words.absentPart}</p> : null}
      {asIndex ? <Entries {...shared} depth={0} of={shape} /> : <host.Show {...shared} depth={0} />}
      {host.readOnly || value === undefined || (named === undefined && pattern.at(-1) !== "*") ? null : (
        <EntryActions
          path={steps}
          called={shared.label}
          value={value}
          renames={defined}
          then={(next) => go({ edit: (next ?? steps.slice(0, -1)).join(".") }, "replace")}
        />
      )}
    </>
  );
}

function Links({ steps, written }: { readonly steps: readonly string[]; readonly written: boolean }) {
  const { address } = usePick("address");
  const content = useEditing((state) => state.content);
  const [place, setPlace] = useState<string>();
  const path = steps.join(".");
  // biome-ignore lint/correctness/useExhaustiveDependencies: an edit above it moves its line.
  useEffect(() => {
    let here = true;
    void placeOfPart(path).then((found) => here && setPlace(found));
    return () => {
      here = false;
    };
  }, [path, content]);
  return (
    <p className="part-links">
      {place === undefined || !written ? null : (
        <a href={hrefOf(address, { text: place })}>
          {words.inText} <code>{place}</code>
        </a>
      )}
      <TalkMark path={steps} label={path} />
      {address.because === undefined ? null : <a href={hrefOf(address, { edit: undefined })}>{words.reasons}</a>}
    </p>
  );
}

/** Where a part stands in the case; each step leads to its own form. */
function Crumbs({ steps }: { readonly steps: readonly string[] }) {
  const { address } = usePick("address");
  return (
    <nav className="crumbs" aria-label={words.breadcrumb}>
      <ol>
        <li>
          <a href={hrefOf(address, { edit: "." })}>{words.edit}</a>
        </li>
        {steps.slice(0, -1).map((step, index) => {
          const path = steps.slice(0, index + 1);
          const written = casePath(path);
          return (
            <li key={path.join(".")}>
              <a href={hrefOf(address, { edit: typeof written === "string" ? written : path.join(".") })}>
                {index === 0 ? labelOf([step]) : step}
              </a>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

/** A case that takes no changes: its copy does, and comes back to the same form. */
function MakeYours() {
  const [busy, setBusy] = useState(false);
  const isTeams = useTeam((team) => team.open !== undefined);
  return (
    <div className="make-yours">
      <p>{isTeams ? words.readOnlyForYou : words.readOnly}</p>
      <button
        type="button"
        className="primary"
        disabled={busy}
        onClick={() => {
          setBusy(true);
          void makeYours().finally(() => setBusy(false));
        }}
      >
        {busy ? words.making : words.makeYours}
      </button>
      <p className="help">{words.makeYoursHelp}</p>
    </div>
  );
}
