import { useMemo } from "react";
import type { Assessment, Likelihood, LiveCurve } from "../../assess/index.ts";
import { number, percent, percentRange } from "../../assess/index.ts";
import { fanChart } from "../../report/charts/fan.ts";
import { readingsChart } from "../../report/charts/readings.ts";
import { contextOf } from "../state/context.ts";
import { hrefOf } from "../state/session.ts";
import { usePick } from "../state/store.ts";
import { Figure } from "../ui/figure.tsx";
import { Table } from "../ui/table.tsx";
import { figureWords } from "../words/figure.ts";
import { words } from "../words.ts";

/** The charts of the brief: how likely under each reading, and month by month. */
export default function BriefFigures({
  assessment,
  current,
  curve,
  former,
}: {
  readonly assessment: Assessment;
  /** Whether the assessment is of the view looked at, and not of the one before. */
  readonly current: boolean;
  /** The line of the view looked at, as far as it is worked out. */
  readonly curve: LiveCurve | undefined;
  /** The view before, whose line stays as a ghost. */
  readonly former: Assessment | undefined;
}) {
  const { likelihood } = assessment.when;
  if (likelihood.length === 0) return null;
  return (
    <section aria-labelledby="likelihoods-h">
      <h2 id="likelihoods-h">{words.likelihoods}</h2>
      {likelihood.slice(0, 1).map((each) => (
        <LikelihoodFigure key={each.question} assessment={assessment} each={each} />
      ))}
      <FanFigure assessment={assessment} current={current} curve={curve} former={former} />
    </section>
  );
}

function LikelihoodFigure({ assessment, each }: { readonly assessment: Assessment; readonly each: Likelihood }) {
  const { address } = usePick("address");
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

/** Months at which the table and the sentence tell the curve. */
const TOLD = [12, 24, 36];

function FanFigure({
  assessment,
  current,
  curve,
  former,
}: {
  readonly assessment: Assessment;
  /** Whether the assessment is of the view looked at, and not of the one before. */
  readonly current: boolean;
  readonly curve: LiveCurve | undefined;
  readonly former: Assessment | undefined;
}) {
  const simulation = current ? assessment.simulation : null;
  const { address } = usePick("address");
  const { id } = assessment.reading;
  const ghost = ownLine(former);
  const fan = useMemo(() => fanOf(assessment, current, curve), [assessment, current, curve]);
  const base = baseLine(assessment, "stop");
  const chart = useMemo(
    () => (fan === undefined ? undefined : fanChart(fan, "stopBy", id, ghost, base?.byMonth)),
    [fan, id, ghost, base],
  );
  if (fan === undefined || chart === undefined) return null;
  const at = [...TOLD, fan.months].filter((month, index, all) => month <= fan.months && all.indexOf(month) === index);
  const event = words.fanEvent;
  const runs = Math.max(curve?.runs ?? 0, simulation?.runs ?? 0);
  const notes = [
    simulation === null ? words.ofViewAlone : words.fanKey,
    ...(base === undefined ? [] : [words.fanBase]),
    ...(ghost === undefined ? [] : [words.fanGhost]),
    ...(runs > (simulation?.runs ?? 0) ? [words.fanGrown(number(runs))] : []),
  ];
  /** What goes into files: every line of the assessment, month by month. */
  const exported =
    simulation === null
      ? []
      : [
          ...simulation.readings,
          { name: figureWords.drawn, stopBy: simulation.predictive.stopBy },
          ...(base === undefined ? [] : [{ name: words.baseRate, stopBy: base.byMonth }]),
        ];
  const lines = [
    ...fan.readings,
    ...(base === undefined ? [] : [{ name: words.baseRate, reading: "base", stopBy: base.byMonth, node: base.node }]),
    ...(ghost === undefined ? [] : [{ name: words.viewBefore, reading: "-", stopBy: ghost }]),
  ];
  return (
    <Figure
      title={words.fan(event)}
      alt={lines
        .map(
          (each) =>
            `${each.name}: ${at.map((month) => words.byMonth(percent(each.stopBy[month - 1] ?? 0), month)).join(", ")}`,
        )
        .join("; ")}
      chart={chart}
      context={`${notes.map(sentence).join(" ")} ${contextOf(assessment, words.runs(simulation?.runs ?? runs))}`}
      because={simulation?.node}
      data={
        simulation === null
          ? undefined
          : {
              columns: [
                { name: figureWords.monthOf },
                { name: figureWords.dateOf },
                ...exported.map(({ name }) => ({ name, unit: figureWords.probability })),
              ],
              rows: simulation.dates.map((date, k) => [k + 1, date, ...exported.map((each) => each.stopBy[k] ?? null)]),
            }
      }
    >
      <Table
        caption={words.fan(event)}
        head={[words.reading, ...at.map((month) => words.month(month))]}
        rows={lines.map((each) => ({
          id: each.reading ?? "",
          cells: [
            simulation === null ? (
              each.name
            ) : (
              <a key="name" href={hrefOf(address, { because: "node" in each ? each.node : simulation.node })}>
                {each.name}
              </a>
            ),
            ...at.map((month) => percent(each.stopBy[month - 1] ?? 0)),
          ],
        }))}
      />
    </Figure>
  );
}

/** The lines that are there: of all readings, or of the view looked at alone. */
function fanOf({ simulation, reading }: Assessment, current: boolean, curve: LiveCurve | undefined) {
  const grown =
    curve === undefined
      ? undefined
      : { ...curve, reading: reading.id, name: current ? reading.name : words.viewNow, kind: reading.kind };
  if (simulation === null || !current)
    return grown === undefined ? undefined : { months: grown.months, readings: [grown] };
  const own =
    grown !== undefined && grown.runs > simulation.runs && grown.months === simulation.months ? grown : undefined;
  const readings = simulation.readings.map((each) => (each.reading === reading.id && own !== undefined ? own : each));
  return { months: simulation.months, readings, predictive: simulation.predictive, node: simulation.node };
}

/** The base rate of an event by month, where a question asks for it and history answers. */
export function baseLine({ baseRates }: Assessment, event: string) {
  return baseRates?.questions.find((each) => each.event === event && each.byMonth.length > 0);
}

function ownLine(of: Assessment | undefined): readonly number[] | undefined {
  return of?.simulation?.readings.find(({ reading }) => reading === of.reading.id)?.stopBy;
}

const sentence = (text: string): string => {
  const whole = `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  return whole.endsWith(".") ? whole : `${whole}.`;
};
