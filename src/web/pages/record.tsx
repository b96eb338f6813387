import { useMemo, useState } from "react";
import type { Assessment, ForecasterScore, Score, ScoreSet } from "../../assess/index.ts";
import { percent, percentRange } from "../../assess/index.ts";
import { formatProblem } from "../../core/problems/index.ts";
import { reliabilityChart } from "../../report/charts/reliability.ts";
import { forecasterName, SET_NAMES, scoreText, shareText } from "../../report/sections/score.ts";
import { contextOf } from "../state/context.ts";
import { usePick } from "../state/store.ts";
import { Figure } from "../ui/figure.tsx";
import { Table } from "../ui/table.tsx";
import { type RecordText, useRecordText, useScore } from "../ui/use-score.ts";
import { recordWords as say } from "../words/record.ts";
import { PAGE_WORDS } from "../words.ts";

/** Whether forecasts of the case turned out right, by its record. */
export default function Record() {
  const { address } = usePick("address");
  const { name, asks } = PAGE_WORDS.record;
  return (
    <article className="page record">
      <p className="kicker">{name}</p>
      <h1>{asks}</h1>
      {address.room ? <p>{say.room}</p> : <Kept />}
    </article>
  );
}

function Kept() {
  const { now, whole } = usePick("now", "whole");
  const own = useRecordText();
  const [chosen, setChosen] = useState<RecordText | undefined>(undefined);
  const { answer, broke } = useScore(chosen ?? own);
  const assessment = (whole ?? now)?.assessment;
  const choose = async (file: File | undefined) => {
    if (file !== undefined) setChosen({ file: file.name, text: await file.text() });
  };
  return (
    <>
      <p className="lead">{say.lead}</p>
      <p>
        <label className="file-choice">
          {say.open}{" "}
          <input
            type="file"
            accept=".jsonl,application/jsonl,application/json"
            onChange={({ target }) => void choose(target.files?.[0])}
          />
        </label>{" "}
        {chosen === undefined ? null : (
          <>
            <span className="note">{say.opened(chosen.file)}</span>{" "}
            <button type="button" className="quiet" onClick={() => setChosen(undefined)}>
              {say.own}
            </button>
          </>
        )}
      </p>
      <div aria-live="polite">
        {broke !== undefined ? <p className="problem">{broke}</p> : null}
        {answer === undefined && broke === undefined ? <p className="waiting">{say.scoring}</p> : null}
      </div>
      {answer === undefined ? null : (
        <>
          {answer.score === null && answer.problems.length > 0 ? <p>{say.broken}</p> : null}
          {answer.problems.length === 0 ? null : (
            <ul className="problems">
              {answer.problems.map((each) => (
                <li key={`${each.line} ${each.message}`}>{formatProblem(each)}</li>
              ))}
            </ul>
          )}
          {answer.score === null && answer.problems.length === 0 ? <Nothing /> : null}
          {answer.score === null || assessment === undefined ? null : (
            <Scored score={answer.score} assessment={assessment} />
          )}
        </>
      )}
    </>
  );
}

function Nothing() {
  const { address } = usePick("address");
  return (
    <>
      <p>{say.none}</p>
      <p>
        {say.how} <code>parley forecast {address.case}</code>, {say.howPerson}{" "}
        <code>parley forecast {address.case} --by NAME --says yes=0.3</code>.
      </p>
    </>
  );
}

function Scored({ score, assessment }: { readonly score: Score; readonly assessment: Assessment }) {
  return (
    <>
      <p>{score.headline}</p>
      <section aria-labelledby="questions-h">
        <h2 id="questions-h">{say.questions}</h2>
        <Table
          caption={say.questions}
          head={[say.question, say.closes, say.outcome, say.settled, say.by]}
          rows={score.questions.map(({ id, text, closes, status, outcome, on, source, because }) => ({
            id,
            cells: [
              text,
              closes ?? "–",
              status === "open" ? say.isOpen : status === "annulled" ? say.annulled(because ?? "") : (outcome ?? ""),
              on ?? "–",
              source ?? "–",
            ],
          }))}
        />
        <details>
          <summary>{say.said}</summary>
          <Table
            caption={say.said}
            head={[say.question, say.forecaster, say.on, say.last, say.brier]}
            rows={score.questions.flatMap(({ id, text, forecasts }) =>
              forecasts.map(({ by, kind, on, last, brier }) => ({
                id: `${id} ${by} ${kind}`,
                cells: [
                  text,
                  forecasterName(by),
                  on,
                  Object.entries(last)
                    .map(([hypothesis, p]) => `${hypothesis} ${percent(p)}`)
                    .join(", "),
                  scoreText(brier),
                ],
              })),
            )}
          />
        </details>
      </section>
      {score.sets.map((set) => (
        <SetOf key={set.kind} set={set} score={score} assessment={assessment} />
      ))}
      <p className="note">{say.method(percent(score.level), score.resamples, score.seed)}</p>
    </>
  );
}

function SetOf({
  set,
  score,
  assessment,
}: {
  readonly set: ScoreSet;
  readonly score: Score;
  readonly assessment: Assessment;
}) {
  const { kind, says, forecasters, comparisons, showsSkill } = set;
  const heading = `set-${kind}`;
  const interval = say.interval(percent(score.level));
  return (
    <section aria-labelledby={heading}>
      <h2 id={heading}>{SET_NAMES[kind]}</h2>
      <p>{says}</p>
      <Table
        caption={`${say.scores}: ${SET_NAMES[kind]}`}
        head={[say.forecaster, say.count, say.brier, interval, say.log, say.covered]}
        rows={forecasters.map(({ by, questions, brier, log, covered }) => ({
          id: by,
          cells: [
            forecasterName(by),
            questions,
            scoreText(brier.mean),
            brier.low === null ? "–" : `${scoreText(brier.low)} to ${scoreText(brier.high)}`,
            log.mean.toFixed(2),
            shareText(covered),
          ],
        }))}
      />
      {showsSkill ? <Skills forecasters={forecasters} interval={interval} /> : null}
      {comparisons.length === 0 ? null : (
        <Table
          caption={`${say.differences}: ${SET_NAMES[kind]}`}
          head={[say.forecaster, say.count, say.difference, interval, say.verdict]}
          rows={comparisons.map(({ first, second, questions, mean, low, high, verdict, needed }) => ({
            id: `${first} ${second}`,
            cells: [
              say.pair(forecasterName(first), forecasterName(second)),
              questions,
              signed(mean),
              low === null || high === null ? "–" : `${signed(low)} to ${signed(high)}`,
              needed === null || verdict !== "open"
                ? say.verdicts[verdict]
                : `${say.verdicts[verdict]}; ${say.needed(needed)}`,
            ],
          }))}
        />
      )}
      {forecasters.map((each) =>
        each.reliability === null ? null : (
          <Diagram key={each.by} of={each} reliability={each.reliability} assessment={assessment} />
        ),
      )}
      {forecasters.every(({ reliability }) => reliability === null) ? (
        <p className="note">{say.fewForDiagram(score.fewest)}</p>
      ) : null}
    </section>
  );
}

function Skills({
  forecasters,
  interval,
}: {
  readonly forecasters: readonly ForecasterScore[];
  /** What the column of intervals is called. */
  readonly interval: string;
}) {
  const rows = forecasters.flatMap(({ by, skill }) =>
    skill === null
      ? []
      : (["baseRate", "persistence", "uniform"] as const).flatMap((reference) => {
          const found = skill[reference];
          if (found === null) return [];
          const { mean, low, high, verdict, questions, skill: share } = found;
          return [
            {
              id: `${by} ${reference}`,
              cells: [
                `${forecasterName(by)}, ${say.skillOf[reference]}`,
                questions,
                signed(mean),
                low === null || high === null ? "–" : `${signed(low)} to ${signed(high)}`,
                share === null ? "–" : percent(share),
                say.verdicts[verdict],
              ],
            },
          ];
        }),
  );
  if (rows.length === 0) return null;
  return (
    <Table
      caption={say.skill}
      head={[say.forecaster, say.count, say.difference, interval, say.skill, say.verdict]}
      rows={rows}
    />
  );
}

function Diagram({
  of: { by, murphy },
  reliability,
  assessment,
}: {
  readonly of: ForecasterScore;
  readonly reliability: NonNullable<ForecasterScore["reliability"]>;
  readonly assessment: Assessment;
}) {
  const chart = useMemo(() => reliabilityChart(reliability), [reliability]);
  const { points, pairs, level } = reliability;
  const title = say.reliability(forecasterName(by));
  const parts =
    murphy === null
      ? []
      : [
          `${say.murphy}: ${[murphy.brier, murphy.reliability, murphy.resolution, murphy.uncertainty, murphy.withinBins].map((value) => value.toFixed(3).replace("-", "−")).join(", ")}`,
        ];
  return (
    <Figure
      title={title}
      alt={points
        .filter(({ count }) => count > 0)
        .map(({ said, came, count }) => `${percent(said)}: ${percent(came)}, ${count}`)
        .join("; ")}
      chart={chart}
      context={contextOf(assessment, [say.bands(pairs, percent(level)), ...parts].join(" · "))}
    >
      <Table
        caption={title}
        head={[say.bin, say.forecasts, say.mean, say.came, say.right]}
        rows={points.map(({ from, to, count, said, came, low, high }) => ({
          id: String(from),
          cells: [
            percentRange(from, to),
            count,
            percent(said),
            percent(came),
            low === null || high === null ? "–" : percentRange(low, high),
          ],
        }))}
      />
    </Figure>
  );
}

const signed = (value: number): string => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(3)}`;
