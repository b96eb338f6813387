import { useMemo } from "react";
import type { Assessment, Likelihood } from "../../assess/index.ts";
import { number, percent, percentRange } from "../../assess/index.ts";
import { fanChart } from "../../report/charts/fan.ts";
import { readingsChart } from "../../report/charts/readings.ts";
import { contextOf } from "../state/context.ts";
import { hrefOf } from "../state/session.ts";
import { useStore } from "../state/store.ts";
import { Figure } from "../ui/figure.tsx";
import { Table } from "../ui/table.tsx";
import { figureWords } from "../words/figure.ts";
import { words } from "../words.ts";

/** The charts of the brief: how likely under each reading, and month by month. */
export default function BriefFigures({ assessment }: { readonly assessment: Assessment }) {
  const { likelihood } = assessment.when;
  if (likelihood.length === 0) return null;
  return (
    <section aria-labelledby="likelihoods-h">
      <h2 id="likelihoods-h">{words.likelihoods}</h2>
      {likelihood.slice(0, 1).map((each) => (
        <LikelihoodFigure key={each.question} assessment={assessment} each={each} />
      ))}
      {assessment.simulation === null ? null : <FanFigure assessment={assessment} simulation={assessment.simulation} />}
    </section>
  );
}

function LikelihoodFigure({ assessment, each }: { readonly assessment: Assessment; readonly each: Likelihood }) {
  const { address } = useStore();
  const question = assessment.questions.find(({ id }) => id === each.question);
  const threshold = question?.threshold ?? 0.5;
  const chart = useMemo(() => readingsChart(each.readings, threshold, each.node), [each, threshold]);
  const interval = each.certain ? "" : ` (80 % ${percentRange(each.estimate.low80, each.estimate.high80)})`;
  return (
    <Figure
      title={`${each.text}: ${percent(each.estimate.median)}${interval}, ${each.words}`}
      alt={`${each.readings.map(({ name, estimate: e }) => `${name} ${percent(e.median)}`).join("; ")}.`}
      chart={chart}
      context={contextOf(assessment)}
      because={each.node}
      definition={figureWords.definition(
        question?.settledBy ?? question?.text ?? each.text,
        percentRange(each.range.low, each.range.high),
        each.readings.length,
        number(assessment.draws),
      )}
      data={{
        columns: [
          { name: words.reading },
          ...figureWords.estimate.map((name) => ({ name, unit: figureWords.probability })),
        ],
        rows: each.readings.map(({ name, estimate: e }) => [name, e.median, e.low80, e.high80, e.central]),
      }}
    >
      <Table
        caption={each.text}
        head={[words.reading, "Median", "80 %"]}
        rows={each.readings.map(({ reading, name, estimate: e }) => ({
          id: reading ?? "",
          cells: [
            <a key="name" href={hrefOf(address, { because: each.node })}>
              {name}
            </a>,
            percent(e.median),
            percentRange(e.low80, e.high80),
          ],
        }))}
      />
    </Figure>
  );
}

function FanFigure({
  assessment,
  simulation,
}: {
  readonly assessment: Assessment;
  readonly simulation: NonNullable<Assessment["simulation"]>;
}) {
  const { address } = useStore();
  const { id } = assessment.reading;
  const chart = useMemo(() => fanChart(simulation, "stopBy", id), [simulation, id]);
  const at = [12, 24, 36, simulation.months].filter(
    (month, index, all) => month <= simulation.months && all.indexOf(month) === index,
  );
  const event = words.fanEvent;
  const drawn = { name: figureWords.drawn, stopBy: simulation.predictive.stopBy };
  return (
    <Figure
      title={words.fan(event)}
      alt={simulation.readings
        .map(
          (each) =>
            `${each.name}: ${at.map((month) => words.byMonth(percent(each.stopBy[month - 1] ?? 0), month)).join(", ")}`,
        )
        .join("; ")}
      chart={chart}
      context={`${words.fanKey} ${contextOf(assessment, words.runs(simulation.runs))}`}
      because={simulation.node}
      data={{
        columns: [
          { name: figureWords.monthOf },
          { name: figureWords.dateOf },
          ...[...simulation.readings, drawn].map(({ name }) => ({ name, unit: figureWords.probability })),
        ],
        rows: simulation.dates.map((date, k) => [
          k + 1,
          date,
          ...[...simulation.readings, drawn].map((each) => each.stopBy[k] ?? null),
        ]),
      }}
    >
      <Table
        caption={words.fan(event)}
        head={[words.reading, ...at.map((month) => words.month(month))]}
        rows={simulation.readings.map((each) => ({
          id: each.reading ?? "",
          cells: [
            <a key="name" href={hrefOf(address, { because: simulation.node })}>
              {each.name}
            </a>,
            ...at.map((month) => percent(each.stopBy[month - 1] ?? 0)),
          ],
        }))}
      />
    </Figure>
  );
}
