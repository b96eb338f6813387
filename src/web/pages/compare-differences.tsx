import { useMemo } from "react";
import type { Assessment, ComparedOutput } from "../../assess/index.ts";
import { number } from "../../assess/index.ts";
import { differencesChart } from "../../report/charts/differences.ts";
import type { ComparedViews } from "../engine/side-protocol.ts";
import { contextOf } from "../state/context.ts";
import { Figure } from "../ui/figure.tsx";
import { Table } from "../ui/table.tsx";
import { compareWords as say } from "../words/compare.ts";
import type { Compared } from "./compare.tsx";
import { Causes } from "./compare-causes.tsx";
import { changeWords, intervalWords, isClear, type Metric, measuredOf, valueWords } from "./compare-metric.ts";

/** A view whose comparison with the baseline is there. */
export interface Measured {
  readonly side: Compared;
  readonly result: NonNullable<ComparedViews["simulation"]>;
  readonly output: ComparedOutput;
  /** The output's place among all. */
  readonly index: number;
}

/** Differences of the chosen outcome, what makes them, and every other outcome. */
export function Differences({
  sides,
  results,
  metric,
  assessment,
  runs,
}: {
  readonly sides: readonly Compared[];
  readonly results: readonly (ComparedViews | undefined)[];
  readonly metric: Metric;
  readonly assessment: Assessment;
  readonly runs: number;
}) {
  const measured = results.flatMap((result, i): Measured[] => {
    const side = sides[i + 1];
    const simulation = result?.simulation ?? null;
    const found = simulation === null ? undefined : measuredOf(simulation, metric);
    return side === undefined || simulation === null || found === undefined
      ? []
      : [{ side, result: simulation, ...found }];
  });
  const [first] = measured;
  return (
    <section aria-labelledby="differences-h">
      <h2 id="differences-h">{say.differences}</h2>
      {first === undefined ? (
        <p className="waiting">{say.awaited}</p>
      ) : (
        <>
          <DifferencesFigure measured={measured} assessment={assessment} runs={runs} />
          <h2>{say.causes}</h2>
          <p className="note">{say.causesSays}</p>
          {measured.map((each) => (
            <Causes key={each.side.letter} measured={each} assessment={assessment} />
          ))}
          <Outcomes measured={measured} />
        </>
      )}
    </section>
  );
}

const unitOf = ({ unit }: ComparedOutput): readonly [unit: string, scale: number] =>
  unit === "probability" ? [say.points, 100] : [say.force, 1];

function DifferencesFigure({
  measured,
  assessment,
  runs,
}: {
  readonly measured: readonly Measured[];
  readonly assessment: Assessment;
  readonly runs: number;
}) {
  const rows = measured.map(({ side, output }) => ({
    id: side.letter,
    label: say.headed(side.letter, side.name),
    value: output.difference.value,
    se: output.difference.se,
  }));
  const key = JSON.stringify(rows);
  const [first] = measured;
  const [unit, scale] = first === undefined ? ["", 1] : unitOf(first.output);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the rows are known by their key.
  const chart = useMemo(() => differencesChart(rows, unit, scale), [key, unit, scale]);
  if (first === undefined) return null;
  const { label } = first.output;
  const clear = measured.filter(({ output }) => isClear(output.difference)).length;
  const title =
    measured.length === 1
      ? say.differencesTitle(label, first.side.letter, changeWords(first.output, first.output.difference.value))
      : say.differencesTitleMore(label, measured.length, clear);
  const told = measured.map(({ side, output }) =>
    say.differenceSaid(
      side.letter,
      changeWords(output, output.difference.value),
      intervalWords(output, output.difference.value, output.difference.se),
    ),
  );
  return (
    <Figure
      title={title}
      alt={say.differencesAlt(label, valueWords(first.output, first.output.a.value), told.join("; "))}
      chart={chart}
      context={`${say.differencesKey}. ${contextOf(assessment, say.runs(number(runs)))}`}
    >
      <Table
        caption={label}
        head={[...say.differencesHead]}
        rows={measured.map(({ side, output }) => ({
          id: side.letter,
          cells: [
            say.headed(side.letter, side.name),
            valueWords(output, output.a.value),
            valueWords(output, output.b.value),
            changeWords(output, output.difference.value),
            intervalWords(output, output.difference.value, output.difference.se),
          ],
        }))}
      />
    </Figure>
  );
}

/** Every outcome of every view against the baseline. */
function Outcomes({ measured }: { readonly measured: readonly Measured[] }) {
  const [first] = measured;
  if (first === undefined) return null;
  return (
    <>
      <h2>{say.outcomes}</h2>
      <p className="note">{say.outcomesSays}</p>
      <Table
        caption={say.outcomes}
        head={[say.outcome, say.letter(0), ...measured.map(({ side }) => side.letter)]}
        rows={first.result.outputs.map((output) => ({
          id: output.id,
          cells: [
            output.label,
            valueWords(output, output.a.value),
            ...measured.map(({ side, result }) => {
              const own = result.outputs.find(({ id }) => id === output.id);
              if (own === undefined) return "–";
              const { value, se } = own.difference;
              const change = changeWords(own, value);
              const interval = intervalWords(own, value, se);
              return (
                <span key={side.letter} className={isClear(own.difference) ? "" : "note"}>
                  {valueWords(own, own.b.value)} ({change}) {interval === change ? null : <small>{interval}</small>}
                </span>
              );
            }),
          ],
        }))}
      />
    </>
  );
}
