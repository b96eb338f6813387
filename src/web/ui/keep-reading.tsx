import { useId, useState } from "react";
import type { Edit, Raw, RawMap } from "../../case/index.ts";
import type { Problem } from "../../core/problems/index.ts";
import { editCase, readSets, tryEdits, useEditing } from "../state/editing.ts";
import { go, makeYours } from "../state/session.ts";
import { useStore } from "../state/store.ts";
import { editWords as words } from "../words/edit.ts";
import { words as shellWords } from "../words.ts";

type Kind = "held" | "counter" | "stress";
const KINDS = ["held", "counter", "stress"] as const satisfies readonly Kind[];

/** What the view sets otherwise than the case: to be kept as a reading, or written into the case itself. */
export function KeepBar() {
  const { sets, off } = useStore((state) => state.address);
  const readOnly = useEditing((state) => state.readOnly);
  const [asking, setAsking] = useState(false);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const [busy, setBusy] = useState(false);
  if (sets.length + off.length === 0) return null;
  const all = [...off.map((claim) => `claims.${claim}.status=rejected`), ...sets];
  const inTurn = async (act: () => Promise<readonly Problem[]>) => {
    setBusy(true);
    setProblems(await act());
    setBusy(false);
  };
  return (
    <section className="keep-bar" aria-label={words.keepAsReading}>
      <p>
        {words.differs(all.length)}{" "}
        {readOnly ? (
          <button type="button" disabled={busy} onClick={() => void makeYours()}>
            {words.makeYours}
          </button>
        ) : (
          <>
            <button type="button" aria-expanded={asking} onClick={() => setAsking(!asking)}>
              {words.keepAsReading}
            </button>
            <button type="button" disabled={busy} onClick={() => void inTurn(() => writeIn(all))}>
              {words.writeIn}
            </button>
          </>
        )}
        <button type="button" className="quiet" onClick={() => go({ sets: [], off: [] })}>
          {words.dropThem}
        </button>
      </p>
      {readOnly ? <p className="note">{words.makeYoursHelp}</p> : null}
      {asking && !readOnly ? <Ask busy={busy} keep={(given) => void inTurn(() => keep(given, all))} /> : null}
      {problems.length === 0 ? null : (
        <ul className="field-problems" role="alert">
          {problems.map((each) => (
            <li key={each.message} className={each.severity}>
              <b>{words.severity[each.severity]}</b> {each.message} {each.hint}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

interface Given {
  readonly name: string;
  readonly by: string;
  readonly because: string;
  readonly kind: Kind;
}

function Ask({ busy, keep: kept }: { readonly busy: boolean; readonly keep: (given: Given) => void }) {
  const id = useId();
  const [given, setGiven] = useState<Given>({ name: "", by: "", because: "", kind: "held" });
  const field = (key: "name" | "by" | "because", label: string) => (
    <label className="form-field" htmlFor={`${id}-${key}`}>
      <span className="field-label">{label}</span>
      <input
        id={`${id}-${key}`}
        value={given[key]}
        required
        onChange={({ target }) => setGiven({ ...given, [key]: target.value })}
      />
    </label>
  );
  return (
    <form
      className="keep-form"
      onSubmit={(event) => {
        event.preventDefault();
        kept(given);
      }}
    >
      {field("name", words.readingName)}
      {field("by", words.readingBy)}
      {field("because", words.readingBecause)}
      <label className="form-field">
        <span className="field-label">{words.readingKind}</span>
        <select
          value={given.kind}
          onChange={({ target }) => setGiven({ ...given, kind: KINDS.find((each) => each === target.value) ?? "held" })}
        >
          {KINDS.map((each) => (
            <option key={each} value={each}>
              {shellWords.readingKinds[each]}
            </option>
          ))}
        </select>
      </label>
      <p className="note">{words.keptAll}</p>
      <button type="submit" className="primary" disabled={busy}>
        {words.keep}
      </button>
    </form>
  );
}

const isMap = (value: Raw | undefined): value is RawMap =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function at(content: Raw | undefined, path: readonly string[]): Raw | undefined {
  let value = content;
  for (const step of path) {
    value = Array.isArray(value) ? (value as readonly Raw[])[Number(step)] : isMap(value) ? value[step] : undefined;
  }
  return value;
}

const readings = (): RawMap => {
  const all = at(useEditing.getState().content, ["readings"]);
  return isMap(all) ? all : {};
};

/** Adds a reading with what the view sets, and goes to it; what the view's own reading sets is taken over. */
async function keep({ name, by, because, kind }: Given, sets: readonly string[]): Promise<readonly Problem[]> {
  const { reading } = useStore.getState().address;
  const settings = await readSets(sets);
  const all = readings();
  const base = reading === undefined ? undefined : at(all, [reading, "set"]);
  const set = { ...(isMap(base) ? base : {}), ...Object.fromEntries(settings.map(({ path, value }) => [path, value])) };
  const reasons = Object.fromEntries(settings.map(({ path }) => [path, because]));
  const former = reading === undefined ? undefined : at(all, [reading, "reasons"]);
  const id = freeKey(name, all);
  const entry: Raw = { name, kind, by, because, set, reasons: { ...(isMap(former) ? former : {}), ...reasons } };
  const edits: readonly Edit[] = [{ add: "readings", key: id, value: entry }];
  const problems = await saved(edits, words.readingKept(name));
  if (problems.length === 0) go({ reading: id, sets: [], off: [] });
  return problems;
}

/** Writes what the view sets into the case: into its reading where that sets the same, else into the values. */
async function writeIn(sets: readonly string[]): Promise<readonly Problem[]> {
  const { reading } = useStore.getState().address;
  const { content } = useEditing.getState();
  const settings = await readSets(sets);
  const edits = settings.map(({ path, value }): Edit => {
    const inReading = reading === undefined ? undefined : at(content, ["readings", reading, "set", path]);
    if (reading !== undefined && inReading !== undefined) {
      return { set: ["readings", reading, "set", path], value, expected: inReading };
    }
    const steps = path.split(".");
    const there = at(content, steps);
    // A value that stands with its grounds keeps them.
    const inner = isMap(there) && there["value"] !== undefined && !isMap(value) ? [...steps, "value"] : steps;
    return { set: inner, value, expected: at(content, inner) ?? null };
  });
  const problems = await saved(edits, words.written);
  if (problems.length === 0) go({ sets: [], off: [] });
  return problems;
}

async function saved(edits: readonly Edit[], what: string): Promise<readonly Problem[]> {
  const problems = (await tryEdits(edits)).filter(({ severity }) => severity === "error");
  return problems.length > 0 ? problems : editCase(edits, what);
}

function freeKey(name: string, taken: RawMap): string {
  const key =
    name
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, "-")
      .replaceAll(/^-|-$/g, "")
      .slice(0, 60) || "reading";
  for (let n = 1; ; n += 1) {
    const tried = n === 1 ? key : `${key}-${n}`;
    if (!Object.hasOwn(taken, tried)) return tried;
  }
}
