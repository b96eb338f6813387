import { useMemo, useState } from "react";
import type { Assessment, IndicatorExhibit } from "../../assess/index.ts";
import { number } from "../../assess/index.ts";
import { seriesChart } from "../../report/charts/series.ts";
import { contextOf } from "../state/context.ts";
import { hrefOf } from "../state/session.ts";
import { usePick } from "../state/store.ts";
import { Figure } from "../ui/figure.tsx";
import { Table } from "../ui/table.tsx";
import { evidenceWords as words } from "../words/evidence.ts";
import { ClaimLink } from "./evidence-claims.tsx";

/** Fewer numbers than these are read better than drawn. */
const DRAWN_FROM = 3;

/** The series of the case, each unfolding to its chart, its tests and what it cannot say. */
export function Indicators({ assessment, question }: { readonly assessment: Assessment; readonly question: string }) {
  const { indicators } = assessment;
  if (indicators.length === 0) return null;
  const tested = indicators.toSorted((a, b) => Math.sign(b.tests.length) - Math.sign(a.tests.length));
  return (
    <section className="indicators" aria-labelledby="indicators-h">
      <h2 id="indicators-h">{words.indicators}</h2>
      <p className="note">{words.indicatorsHelp}</p>
      {tested.map((indicator) => (
        <Indicator key={indicator.id} assessment={assessment} indicator={indicator} question={question} />
      ))}
    </section>
  );
}

function Indicator({
  assessment,
  indicator,
  question,
}: {
  readonly assessment: Assessment;
  readonly indicator: IndicatorExhibit;
  readonly question: string;
}) {
  const [open, setOpen] = useState(false);
  const { name, tests } = indicator;
  return (
    <details className="indicator" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        {name}{" "}
        {[...new Set(tests.map(({ verdict }) => verdict))].map((verdict) => (
          <span key={verdict} className={`verdict ${verdict}`}>
            {verdict}{" "}
          </span>
        ))}
      </summary>
      {open ? <Opened assessment={assessment} indicator={indicator} question={question} /> : null}
    </details>
  );
}

function Opened({ assessment, indicator, question }: Parameters<typeof Indicator>[0]) {
  const { address } = usePick("address");
  const chart = useMemo(() => seriesChart(indicator), [indicator]);
  const { name, unit, points, tests } = indicator;
  const span =
    points.length === 0
      ? words.noObservations
      : words.observations(points.length, points[0]?.date ?? "", points.at(-1)?.date ?? "");
  const table = (
    <Table
      caption={name}
      head={words.seriesHead}
      rows={points.map(({ date, value, low, high, by }, k) => ({
        id: `${date}/${k}`,
        cells: [
          date,
          number(value),
          low === null ? "–" : number(low),
          high === null ? "–" : number(high),
          address.room ? "–" : (by ?? "–"),
        ],
      }))}
    />
  );
  const verdicts = tests.map(({ claimName, verdict }) => `${claimName}: ${verdict}`).join("; ");
  return (
    <>
      {points.length < DRAWN_FROM ? (
        table
      ) : (
        <Figure
          title={`${name} (${unit})`}
          alt={`${name}, ${unit}: ${span}. ${verdicts}`}
          chart={chart}
          context={contextOf(assessment, span)}
        >
          {table}
        </Figure>
      )}
      {tests.length === 0 ? (
        <p className="note">{words.noTests}</p>
      ) : (
        <ul className="tests">
          {tests.map((test) => (
            <li key={test.node}>
              <a className={`verdict ${test.verdict}`} href={hrefOf(address, { because: test.node })}>
                {test.verdict}
              </a>{" "}
              <ClaimLink question={question} id={test.claim} name={test.claimName} />
              {test.name === null ? "" : ` (${test.name})`}. {test.sentence}
            </li>
          ))}
        </ul>
      )}
      <Limits indicator={indicator} />
    </>
  );
}

function Limits({ indicator }: { readonly indicator: IndicatorExhibit }) {
  const { address } = usePick("address");
  const facts = [
    [words.definition, indicator.definition],
    [words.question, indicator.question],
    [words.population, indicator.population],
    [words.claimedBy, indicator.claimedBy],
    [words.hindsight, indicator.hindsight],
    [words.saidBy, address.room ? null : indicator.citations.join("; ") || null],
  ] as const;
  const stated = facts.filter(([, text]) => text !== null);
  if (stated.length === 0 && !indicator.estimates) return null;
  return (
    <>
      <p className="label">{words.limits}</p>
      <dl className="source-facts">
        {stated.map(([label, text]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {indicator.estimates ? <p className="note">{words.estimates}</p> : null}
    </>
  );
}
