import { useRef, useState } from "react";
import { formatProblem, type Problem } from "../../core/problems/index.ts";
import { caseOfFiles } from "../cases/foreign.ts";
import { makeAndOpen } from "../state/make.ts";
import { newWords as words } from "../words/new.ts";

interface Ready {
  readonly name: string;
  readonly text: string;
  readonly notes: readonly string[];
}

/** A case of another program's files: a conflict of GMCR+, or a negotiation domain. */
export function FromFiles() {
  const input = useRef<HTMLInputElement>(null);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const [ready, setReady] = useState<Ready | undefined>(undefined);
  const open = ({ name, text }: Ready) =>
    makeAndOpen(
      name,
      { main: "case.yaml", files: { "case.yaml": text } },
      text.includes("\ngraph:") ? "graph" : "positions",
    );
  const take = async (files: readonly File[]) => {
    setReady(undefined);
    setProblems([]);
    const made = await caseOfFiles(files);
    if ("problems" in made) return setProblems(made.problems);
    // What is lost is read before the case is opened.
    if (made.notes.length > 0) return setReady(made);
    await open(made);
  };
  return (
    <section
      aria-label={words.files}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        void take([...event.dataTransfer.files]);
      }}
    >
      <p className="note">{words.filesHelp}</p>
      <p className="buttons">
        <button type="button" onClick={() => input.current?.click()}>
          {words.pick}
        </button>
      </p>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept=".gmcr,.xml,.json,.yaml,.yml"
        data-pick="foreign"
        onChange={({ currentTarget }) => {
          const files = [...(currentTarget.files ?? [])];
          currentTarget.value = "";
          if (files.length > 0) void take(files);
        }}
      />
      <Refusal problems={problems} />
      {ready === undefined ? null : (
        <div role="status">
          <p>{words.brought}</p>
          <ul>
            {ready.notes.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
          <p className="buttons">
            <button type="button" onClick={() => void open(ready)}>
              {words.goOn}
            </button>
          </p>
        </div>
      )}
    </section>
  );
}

/** Why nothing was made: the file, line and column of each fault. */
export function Refusal({ problems }: { readonly problems: readonly Problem[] }) {
  if (problems.length === 0) return null;
  return (
    <div className="notice" role="alert">
      <p>{words.refused}</p>
      <ul>
        {problems.map((each) => (
          <li key={formatProblem(each)}>
            <code>{formatProblem(each)}</code>
            {each.hint === "" ? null : <span className="note"> {each.hint}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}
