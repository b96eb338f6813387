import { useEffect, useRef, useState } from "react";
import { useStore as useVanilla } from "zustand";
import { partAt, schemaOfCase, useEditing } from "../../state/editing.ts";
import { go, makeYours } from "../../state/session.ts";
import { usePick } from "../../state/store.ts";
import { placeOf, textsOfCase } from "../../state/text-desk.ts";
import type { FileText, Texts } from "../../state/texts.ts";
import { drawerWords as words } from "../../words/drawer.ts";
import "../../styles/drawer.css";
import { ClashBar, DraftBar, HeldBar } from "./bars.tsx";
import { useInertBehind } from "./behind.ts";
import { openTextEditor, type TextEditor } from "./editor.ts";
import { Problems } from "./problems.tsx";
import { type CaseSchema, caseSchema } from "./schema.ts";

/** The case as text, in step with its forms: a drawer below the page, or over it where there is little room. */
export default function Drawer() {
  const { open } = usePick("open");
  return open === undefined ? null : <OfCase key={open.id} id={open.id} />;
}

function OfCase({ id }: { readonly id: string }) {
  const { address, open } = usePick("address", "open");
  const { readOnly, content, checks } = useEditing();
  const main = open?.packed.main ?? "case.yaml";
  const [texts] = useState<Texts>(() => textsOfCase(id, open?.packed.files ?? {}));
  const files = useVanilla(texts.store);
  const [file, setFile] = useState("");
  const [help, setHelp] = useState<string | undefined>(undefined);
  const [tall, setTall] = useState(false);
  const [alone, setAlone] = useState(false);
  const host = useRef<HTMLDivElement>(null);
  const drawer = useRef<HTMLElement>(null);
  useInertBehind(drawer);
  const editor = useRef<TextEditor>(undefined);
  const known = useRef<{ schema: CaseSchema | undefined; below: readonly string[] }>({ schema: undefined, below: [] });
  const shown = files[file];
  // A text that is as it is saved has the problems of the case itself.
  const problems = shown === undefined ? [] : shown.text === shown.base ? checks : shown.problems;
  const { page, text = "." } = address;

  useEffect(() => {
    const root = host.current?.shadowRoot ?? host.current?.attachShadow({ mode: "open" });
    if (root === undefined) return;
    const made = openTextEditor(root, {
      knowledge: {
        schema: () => known.current.schema,
        content: () => useEditing.getState().content,
        below: () => known.current.below,
      },
      typed: (of, typed) => texts.typed(of, typed),
      help: setHelp,
      save: (of) => texts.store.getState()[of]?.state !== "held" && void texts.saveAnyway(of),
    });
    editor.current = made;
    return () => {
      made.close();
      editor.current = undefined;
    };
  }, [texts]);

  // Where a part stands can be said once the case is read.
  const isRead = content !== undefined;
  useEffect(() => {
    let dropped = false;
    void placeOf(text, page, main, isRead).then((place) => {
      const now = texts.store.getState();
      if (dropped) return;
      const name = now[place.file] === undefined ? main : place.file;
      setFile(name);
      setAlone(place.alone);
      const own = now[name];
      if (own === undefined || editor.current === undefined) return;
      editor.current.show(name, own.text, useEditing.getState().readOnly || own.clash !== undefined);
      editor.current.goTo(place.line, 1, place.alone);
      editor.current.focus();
    });
    return () => {
      dropped = true;
    };
  }, [text, page, main, isRead, texts]);

  useEffect(() => {
    if (file === "") return;
    void texts.look(file);
    void belowOf(file, main, texts.store.getState()[file]?.base ?? "").then((below) => {
      known.current.below = below;
    });
  }, [file, main, texts]);
  useEffect(() => {
    if (isRead) void schemaOfCase().then((raw) => (known.current.schema = caseSchema(raw)));
  }, [isRead]);

  useEffect(() => {
    if (shown === undefined) return;
    editor.current?.show(file, shown.text, readOnly || shown.clash !== undefined);
  }, [file, shown, readOnly]);
  useEffect(() => {
    editor.current?.mark(problems.filter((each) => each.file === file && each.line > 0));
  }, [file, problems]);

  const pick = (name: string) => {
    setAlone(false);
    go({ text: name }, "replace");
  };
  const names = Object.keys(files).filter((name) => /\.(ya?ml|csv|md|txt)$/i.test(name));
  return (
    <section className={`text-drawer${tall ? " tall" : ""}`} aria-label={words.title} ref={drawer}>
      <header>
        <Files names={names} shown={file} files={files} pick={pick} />
        <p className="text-state" role="status">
          {shown === undefined ? words.opening : readOnly ? "" : stateText(shown)}
        </p>
        <p className="buttons">
          {alone ? (
            <button
              type="button"
              className="quiet"
              onClick={() => {
                editor.current?.unfold();
                setAlone(false);
              }}
            >
              {words.unfold}
            </button>
          ) : null}
          <button type="button" className="quiet size" onClick={() => setTall(!tall)}>
            {tall ? words.smaller : words.larger}
          </button>
          <button type="button" className="quiet" aria-label={words.close} onClick={() => go({ text: undefined })}>
            <span aria-hidden="true">✕</span>
          </button>
        </p>
      </header>
      {readOnly && isRead ? (
        <p className="bar">
          {words.readOnly}{" "}
          <button type="button" onClick={() => void makeYours()}>
            {words.makeYours}
          </button>
        </p>
      ) : null}
      {shown === undefined || readOnly ? null : (
        <>
          <DraftBar file={file} text={shown} texts={texts} />
          <HeldBar file={file} text={shown} texts={texts} />
          <ClashBar file={file} text={shown} texts={texts} />
        </>
      )}
      <div className="text-host" ref={host} />
      <footer>
        <p className="key-line" aria-live="off">
          {help ?? words.keys}
        </p>
        {shown === undefined ? null : (
          <Problems
            file={file}
            problems={problems}
            canMend={!readOnly && shown.clash === undefined}
            doc={() => editor.current?.doc()}
            goTo={(problem) => {
              if (problem.file !== file) return go({ text: `${problem.file}:${Math.max(1, problem.line)}` }, "replace");
              editor.current?.goTo(problem.line, problem.column);
              editor.current?.focus();
            }}
            mend={(change) => {
              editor.current?.apply(change);
              editor.current?.focus();
            }}
          />
        )}
      </footer>
    </section>
  );
}

function Files({
  names,
  shown,
  files,
  pick,
}: {
  readonly names: readonly string[];
  readonly shown: string;
  readonly files: Readonly<Record<string, FileText>>;
  readonly pick: (name: string) => void;
}) {
  return (
    <nav className="text-files" aria-label={words.files}>
      {names.map((name) => (
        <button
          key={name}
          type="button"
          className="quiet"
          aria-current={name === shown ? "true" : undefined}
          onClick={() => pick(name)}
        >
          {name}
          {files[name]?.text === files[name]?.base ? null : <span title={words.waiting}> •</span>}
        </button>
      ))}
    </nav>
  );
}

function stateText({ state, fresh, savedAt }: FileText): string {
  switch (state) {
    case "waiting":
      return words.waiting;
    case "saving":
      return words.saving;
    case "held":
      return words.held(fresh.length);
    case "lost":
      return words.lost;
    case "clash":
      return "";
    case "saved":
      return savedAt === undefined ? words.asSaved : words.savedAt(savedAt);
  }
}

/** The part of the case that a file holds: that of its first entry without its own name. */
async function belowOf(file: string, main: string, text: string): Promise<readonly string[]> {
  if (file === main) return [];
  const first = text.split("\n").findIndex((line) => /^[^\s#-][^:]*:/.test(line));
  const path = first < 0 ? undefined : await partAt(`${file}:${first + 1}`);
  return path === undefined ? [] : path.split(".").slice(0, -1);
}
