import { useId } from "react";
import { useDraft } from "../ui/form/draft.ts";
import { isError, putEdits, useForm } from "../ui/form/host.ts";
import { FieldProblems } from "../ui/form/problems.tsx";
import { readAs } from "../ui/form/written.ts";
import { partiesWords as words } from "../words/parties.ts";
import type { Cell, IssueRow, Named, OptionCell } from "./parties-model.ts";

const [STEP, HEIGHT] = [18, 34] as const;

/** A stance in little: a bar for each option. The text says the same. */
export function Stance({ cell, room }: { readonly cell: Cell; readonly room: boolean }) {
  if (!cell.written) return <span className="no-stance">{words.noStance}</span>;
  if (room && cell.options.every(({ central, inferred }) => inferred || central === undefined))
    return <span className="no-stance">{words.nothingStated}</span>;
  return (
    <span className="stance" aria-hidden="true">
      <svg
        viewBox={`0 0 ${cell.options.length * STEP} ${HEIGHT + 12}`}
        width={cell.options.length * STEP}
        height={HEIGHT + 12}
        role="presentation"
      >
        <line x1={0} x2={cell.options.length * STEP} y1={HEIGHT} y2={HEIGHT} className="floor" />
        {cell.options.map((option, index) => (
          <Bar key={option.id} option={option} at={index * STEP} hide={room && option.inferred} />
        ))}
      </svg>
      {room ? null : <small>{cell.weight ?? "–"}</small>}
    </span>
  );
}

function Bar({ option, at, hide }: { readonly option: OptionCell; readonly at: number; readonly hide: boolean }) {
  const { central, interval, inferred, red } = option;
  const y = (value: number) => HEIGHT - 1 - value * (HEIGHT - 4);
  const middle = at + STEP / 2;
  return (
    <g>
      {central === undefined || hide ? null : (
        <rect
          x={at + 4}
          width={STEP - 8}
          y={y(central)}
          height={Math.max(1, HEIGHT - y(central))}
          className={inferred ? "inferred" : "stated"}
        />
      )}
      {interval === undefined || hide ? null : (
        <line x1={middle} x2={middle} y1={y(interval[0])} y2={y(interval[1])} className="span" />
      )}
      {red && !hide ? (
        <text x={middle} y={HEIGHT + 10} textAnchor="middle" className="red-line">
          ×
        </text>
      ) : null}
    </g>
  );
}

/** The stance in a sentence, for those who do not see the bars. */
export function stanceText(party: string, issue: string, cell: Cell, room: boolean): string {
  if (!cell.written) return words.noStanceHere(party, issue);
  const best = cell.options.toSorted((a, b) => (b.central ?? -1) - (a.central ?? -1));
  const parts = best
    .filter(({ text, inferred }) => text !== undefined && !(room && inferred))
    .map(({ name, text = "", red, inferred }) => words.worthOf(name, text, red, inferred));
  // A weight is an analyst's reading of what a party says.
  if (room) return `${party} · ${issue}: ${parts.join("; ") || words.nothingStated}.`;
  return `${words.stance(party, issue, cell.weight ?? words.weightOpen, cell.basis)} ${parts.join("; ")}.`;
}

/** The stance as fields, in the cell itself. */
export function StanceEditor({
  cell,
  party,
  issue,
  because,
  close,
}: {
  readonly cell: Cell;
  readonly party: Named;
  readonly issue: IssueRow;
  readonly because: string | undefined;
  readonly close: () => void;
}) {
  const { hrefOf, readOnly } = useForm();
  const what = `${party.name}, ${issue.name}`;
  return (
    <div className="stance-editor">
      <p className="editor-head">
        <b>{what}</b>
        <button type="button" className="quiet" onClick={close}>
          {words.close}
        </button>
      </p>
      <AmountLine
        label={words.weight}
        name={words.weight}
        path={[...cell.path, "weight"]}
        value={cell.weight === undefined ? undefined : readAs(cell.weight, "amount")}
        what={`${what}: ${words.weight.toLowerCase()}`}
      />
      {cell.options.map((option) => (
        <div className="option-line" key={option.id}>
          <AmountLine
            label={option.name}
            name={words.worth(option.name)}
            path={option.path}
            value={option.value}
            what={`${what}: ${option.name}`}
          />
          <RedLine cell={cell} option={option} what={what} disabled={readOnly} />
        </div>
      ))}
      <p className="editor-links">
        <a href={hrefOf(cell.path)}>{words.allFields}</a>
        {because === undefined ? null : <a href={because}>{words.reasons}</a>}
      </p>
    </div>
  );
}

function AmountLine({
  label,
  name,
  path,
  value,
  what,
}: {
  readonly label: string;
  readonly name: string;
  readonly path: readonly string[];
  readonly value: OptionCell["value"];
  readonly what: string;
}) {
  const host = useForm();
  const id = useId();
  const draft = useDraft(path, value, (text) => readAs(text, "amount"), what);
  const problems = draft.touched ? draft.problems : host.problemsAt(path);
  return (
    <div className="amount-line" data-path={path.join(".")}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        aria-label={name}
        className={draft.touched ? "touched" : ""}
        value={draft.text}
        readOnly={host.readOnly}
        aria-invalid={problems.some(isError)}
        aria-describedby={`${id}-problems`}
        autoComplete="off"
        spellCheck={false}
        onChange={({ target }) => draft.type(target.value)}
        onBlur={() => void draft.save()}
        onKeyDown={(event) => {
          if (event.key === "Enter") void draft.save();
          if (event.key !== "Escape" || !draft.touched) return;
          event.stopPropagation();
          event.nativeEvent.stopImmediatePropagation();
          draft.reset();
        }}
      />
      <FieldProblems id={`${id}-problems`} problems={problems} path={path} kept={draft.kept} />
    </div>
  );
}

function RedLine({
  cell,
  option,
  what,
  disabled,
}: {
  readonly cell: Cell;
  readonly option: OptionCell;
  readonly what: string;
  readonly disabled: boolean;
}) {
  const host = useForm();
  const change = (red: boolean) => {
    const now = cell.options.filter((each) => each.red).map(({ id }) => id);
    const next = red ? [...now, option.id] : now.filter((id) => id !== option.id);
    const edits = putEdits(
      [...cell.path, "redLines"],
      now.length === 0 ? undefined : now,
      next.length === 0 ? undefined : next,
    );
    void host.submit(edits, `${what}: ${words.redLine.toLowerCase()}`);
  };
  return (
    <label className="red-box" title={words.redLine}>
      <input
        type="checkbox"
        checked={option.red}
        disabled={disabled}
        aria-label={words.redLineOf(option.name)}
        onChange={({ target }) => change(target.checked)}
      />
      <span aria-hidden="true">×</span>
    </label>
  );
}
