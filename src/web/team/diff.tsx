import type { Cause, Comparison, InputChange, Measured } from "../../assess/index.ts";
import type { Problem } from "../../core/problems/index.ts";
import { go } from "../state/session.ts";
import { Table } from "../ui/table.tsx";
import { diffWords as words } from "../words/diff.ts";
import { teamWords } from "../words/team.ts";
import { api, told } from "./client.ts";
import { useAsked, Waiting } from "./parts.tsx";

interface Compared {
  readonly ok: true;
  readonly files: readonly { readonly name: string; readonly kind: string }[];
  readonly changes: readonly InputChange[];
  readonly moreChanges: number;
  readonly answers: Comparison | null;
  readonly why: readonly Cause[] | null;
  readonly problems: { readonly from: readonly Problem[]; readonly to: readonly Problem[] };
}

/** What changed between two versions: inputs, answers, and which of the one made what of the other. */
export function Diff({ id, from, to }: { readonly id: string; readonly from: number; readonly to: number }) {
  const params = { path: { case: id }, query: { from, to } };
  const { data, refused, again } = useAsked(
    // The document says of its parts only that they are objects; they are the engine's own.
    () =>
      told(api.GET("/api/cases/{case}/diff", { params })) as Promise<
        Compared | Exclude<Awaited<ReturnType<typeof told>>, { ok: true }>
      >,
    id,
    from,
    to,
  );
  return (
    <section className="team-diff" aria-labelledby="diff">
      <p className="team-buttons">
        <h2 id="diff">{words.title(from, to)}</h2>
        <button type="button" className="quiet" onClick={() => go({ selected: undefined }, "replace")}>
          {teamWords.close}
        </button>
      </p>
      {data === undefined && refused === undefined ? <p role="status">{words.working}</p> : null}
      {data === undefined && refused !== undefined ? <Waiting refused={refused} again={again} /> : null}
      {data === undefined ? null : <Shown diff={data} />}
    </section>
  );
}

function Shown({ diff: { files, changes, moreChanges, answers, why, problems } }: { readonly diff: Compared }) {
  if (files.length === 0) return <p>{words.same}</p>;
  const faults = [...problems.from, ...problems.to];
  return (
    <>
      {changes.length === 0 && faults.length === 0 ? <p>{words.onlyText}</p> : null}
      {changes.length === 0 ? null : (
        <>
          <h3>{words.inputs}</h3>
          <Table
            caption={words.inputs}
            head={words.head}
            rows={changes.map(({ path, before, after }) => ({
              id: written(path),
              cells: [<code key="path">{written(path)}</code>, shownValue(before), shownValue(after)],
            }))}
          />
          {moreChanges > 0 ? <p>{words.more(moreChanges)}</p> : null}
        </>
      )}
      {faults.length === 0 ? null : (
        <>
          <p>{words.noAnswers}</p>
          <ul>
            {faults.map(({ message, file, line }) => (
              <li key={`${file}:${line} ${message}`}>{message}</li>
            ))}
          </ul>
        </>
      )}
      {answers === null ? null : <Answers answers={answers} />}
      {why === null ? null : <Why why={why} />}
    </>
  );
}

function Answers({ answers: { simulation, evidence } }: { readonly answers: Comparison }) {
  const simulated = (simulation?.outputs ?? []).filter(({ difference }) => isClear(difference));
  const weighed = evidence.filter(({ a, b, differenceDb }) => differenceDb !== 0 || (a === null) !== (b === null));
  const rows = [
    ...weighed.map(({ question, text, hypothesis, a, b }) => ({
      id: `${question} ${hypothesis}`,
      cells: [
        `${text} (${words.evidence})`,
        a === null ? words.prior : percent(a.central),
        b === null ? words.prior : percent(b.central),
        a === null || b === null ? words.nothing : points(b.central - a.central),
      ],
    })),
    ...simulated.map(({ id, label, unit, a, b, difference }) => ({
      id,
      cells: [label, shown(a.value, unit), shown(b.value, unit), changed(difference, unit)],
    })),
  ];
  return (
    <>
      <h3>{words.answers}</h3>
      {rows.length === 0 ? (
        <p>{words.unmoved}</p>
      ) : (
        <Table caption={words.answers} head={words.answersHead} rows={rows} />
      )}
    </>
  );
}

function Why({ why }: { readonly why: readonly Cause[] }) {
  const rows = why.flatMap(({ path, moves, problems }) => {
    const where = <code key="path">{written(path)}</code>;
    if (moves === null) {
      const because = problems.map(({ message }) => message).join("; ");
      return [{ id: written(path), cells: [where, because === "" ? words.nothing : because, "–", "–", "–"] }];
    }
    return moves
      .filter(({ from, difference }) => from === "evidence" || isClear(difference))
      .slice(0, MOST)
      .map(({ id, from, label, unit, without, with: now, difference }) => ({
        id: `${written(path)} ${from} ${id}`,
        cells: [
          where,
          from === "evidence" ? `${label} (${words.evidence})` : label,
          shown(without.value, unit),
          shown(now.value, unit),
          changed(difference, unit),
        ],
      }));
  });
  if (rows.length === 0) return null;
  return (
    <>
      <h3>{words.why}</h3>
      <p>{words.whyHelp}</p>
      <Table caption={words.why} head={words.whyHead} rows={rows} />
    </>
  );
}

/** Answers of one change that are shown, the furthest first. */
const MOST = 6;

const written = (path: InputChange["path"]): string => (typeof path === "string" ? path : path.join("."));

function shownValue(value: unknown): string {
  if (value === undefined || value === null) return words.nothing;
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  return text.length > 300 ? `${text.slice(0, 300)} …` : text;
}

/** Whether a difference is more than chance gives: two standard errors, or exact. */
const isClear = ({ value, se }: Measured): boolean => value !== 0 && Math.abs(value) >= 2 * se;

/** A probability is never rounded to 0 or 1. */
function percent(value: number): string {
  const rounded = Number((100 * value).toFixed(1));
  if (value > 0 && rounded === 0) return "< 0.1 %";
  if (value < 1 && rounded === 100) return "> 99.9 %";
  return `${rounded} %`;
}

const points = (value: number): string => `${value > 0 ? "+" : "−"}${Math.abs(100 * value).toFixed(1)} points`;

const shown = (value: number, unit: string): string =>
  unit === "probability" ? percent(value) : String(Number(value.toPrecision(3)));

function changed({ value, se }: Measured, unit: string): string {
  const text =
    unit === "probability" ? points(value) : `${value > 0 ? "+" : "−"}${Math.abs(Number(value.toPrecision(3)))}`;
  const error = unit === "probability" ? (100 * 1.96 * se).toFixed(1) : String(Number((1.96 * se).toPrecision(2)));
  return se === 0 ? text : `${text} ${words.error(error)}`;
}
