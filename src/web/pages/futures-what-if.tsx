import { useMemo } from "react";
import type { AnswerId, Assessment, WarControls } from "../../assess/index.ts";
import { type Row, rowsOf } from "../state/rows.ts";
import { go, hrefOf } from "../state/session.ts";
import { usePick } from "../state/store.ts";
import { formatVariant, MOST_VARIANTS, variantOf } from "../state/variants.ts";
import { Strip } from "../ui/strip.tsx";
import { futuresWords as say } from "../words/futures.ts";
import { ANSWER_IDS, ANSWER_WORDS, words } from "../words.ts";
import type { Sensitivity } from "./futures.tsx";
import { Levers } from "./futures-levers.tsx";
import { Parameters } from "./futures-parameters.tsx";

/** What is looked at where a page shows one output: the address's, or the first question's chance. */
export function outputOf(sensitivity: Sensitivity, selected: string | undefined) {
  const chances = sensitivity.outputs.filter(({ unit }) => unit === "probability");
  return chances.find(({ id }) => id === selected) ?? chances[0];
}

/** What could be done, what could happen, and every parameter: each changes the view, and all five answers follow. */
export function WhatIf({
  assessment,
  sensitivity,
  controls,
  broke,
  former,
}: {
  readonly assessment: Assessment;
  readonly sensitivity: Sensitivity;
  readonly controls: WarControls | undefined;
  readonly broke: string | undefined;
  readonly former: Assessment | undefined;
}) {
  const { address } = usePick("address");
  const output = outputOf(sensitivity, address.selected);
  const chances = sensitivity.outputs.filter(({ unit }) => unit === "probability");
  return (
    <section aria-labelledby="what-if-h" className="what-if">
      <h2 id="what-if-h">{say.whatIf}</h2>
      <p>{say.whatIfHelp}</p>
      <Answers assessment={assessment} former={former} />
      {broke === undefined ? null : <p className="notice">{say.broke(broke)}</p>}
      <label className="field looked-at">
        <span>{say.lookedAt}</span>
        <select value={output?.id} onChange={({ target }) => go({ selected: target.value }, "replace")}>
          {chances.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <Levers assessment={assessment} sensitivity={sensitivity} kind="option" output={output} sets={controls?.levers} />
      <Levers
        assessment={assessment}
        sensitivity={sensitivity}
        kind="sensitivity"
        output={output}
        sets={controls?.levers}
      />
      {sensitivity.levers.length === 0 ? <p className="note">{say.noLevers}</p> : null}
      {controls === undefined ? (
        <p className="note">{broke === undefined ? say.loading : ""}</p>
      ) : (
        <Parameters key={output?.id} sensitivity={sensitivity} controls={controls} output={output} />
      )}
    </section>
  );
}

/** The leading figure of each answer, where it stood before, and the ways to keep or to undo. */
function Answers({ assessment, former }: { readonly assessment: Assessment; readonly former: Assessment | undefined }) {
  const { address } = usePick("address");
  const now = useMemo(() => rowsOf(assessment), [assessment]);
  const before = useMemo(() => (former === undefined ? undefined : rowsOf(former)), [former]);
  const here = formatVariant(variantOf(address));
  const kept = address.versus.includes(here);
  return (
    <section className="answers-bar" aria-label={say.answers}>
      <ul>
        {ANSWER_IDS.map((id) => {
          const row = leadOf(id, now[id], before?.[id]);
          const was = before?.[id].find((each) => each.id === row?.id);
          const moved = row !== undefined && was !== undefined && was.text !== row.text;
          return (
            <li key={id}>
              <span className="label">{ANSWER_WORDS[id]}</span>
              {row === undefined ? (
                <span className="note">{words.none}</span>
              ) : (
                <>
                  <a href={hrefOf(address, { because: row.node })} aria-label={words.figureWhy(row.label, row.text)}>
                    {row.text}
                  </a>
                  {moved ? <span className="was">{words.was(was.text)}</span> : null}
                  <Strip row={row} was={moved ? was : undefined} />
                  <span className="note" title={row.label}>
                    {row.label}
                  </span>
                </>
              )}
            </li>
          );
        })}
      </ul>
      <p className="answers-do">
        {address.sets.length === 0 ? null : (
          <>
            <span>{say.changed(address.sets.length)}</span>
            <button type="button" className="quiet" onClick={() => go({ sets: [] })}>
              {say.resetAll}
            </button>
          </>
        )}
        {kept ? (
          <a href={hrefOf(address, { page: "compare" })}>{say.kept}</a>
        ) : address.versus.length >= MOST_VARIANTS - 1 ? (
          <span className="note">{say.keptFull}</span>
        ) : (
          <button type="button" className="quiet" onClick={() => go({ versus: [...address.versus, here] })}>
            {say.keep}
          </button>
        )}
      </p>
    </section>
  );
}

/** The figure that stands for an answer: one that has moved, else the simulated one, else the first. */
function leadOf(id: AnswerId, rows: readonly Row[], before: readonly Row[] | undefined): Row | undefined {
  const moved = rows.find((row) => before?.some((was) => was.id === row.id && was.text !== row.text));
  const simulated = rows.find((row) => row.id.endsWith("/simulated") || row.id === "holds/relapse");
  return moved ?? (id === "when" || id === "holds" ? simulated : undefined) ?? rows[0];
}
