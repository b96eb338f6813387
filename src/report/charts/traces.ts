import * as Plot from "@observablehq/plot";
import type { SimulationExhibit } from "../../assess/index.ts";
import { type Chart, COLOUR, isNarrow } from "./plot.ts";

type Traces = NonNullable<SimulationExhibit>["traces"];

/** A line of a chart by month. */
export interface MonthLine {
  readonly name: string;
  readonly values: readonly number[];
  readonly stroke: string;
  readonly dash?: string;
}

const STROKES = [COLOUR.accent, COLOUR.driver, COLOUR.obstacle, COLOUR.ink, COLOUR.soft] as const;
const DASHES = ["", "6,3", "2,3", "8,3,2,3", "1,4"] as const;

/** A line for each backer: the share of trajectories in which its aid flows. */
export function aidLines({ aid }: Traces): MonthLine[] {
  return aid.map(({ name, flowing }, i) => ({
    name,
    values: flowing.map((share) => 100 * share),
    stroke: STROKES[i % STROKES.length] ?? COLOUR.ink,
    dash: DASHES[i % DASHES.length] ?? "",
  }));
}

/** A line for each side: the mean rung of the ladder of escalation. */
export function rungLines({ rungs }: Traces, sides: readonly [string, string]): MonthLine[] {
  return rungs.map((values, i) => ({
    name: sides[i] ?? "",
    values,
    stroke: i === 0 ? COLOUR.obstacle : COLOUR.accent,
    dash: i === 0 ? "" : "6,3",
  }));
}

/** Lines by month, each with its name at its end. */
export function monthLines(lines: readonly MonthLine[], unit: "%" | "", top?: number): Chart {
  const months = Math.max(...lines.map(({ values }) => values.length));
  const most = top ?? Math.max(1, ...lines.flatMap(({ values }) => values)) * 1.1;
  const ends = spread(
    lines.map(({ name, values, stroke }) => ({ name, stroke, month: values.length, value: values.at(-1) ?? 0 })),
    most / 14,
  );
  return (width) => {
    const narrow = isNarrow(width);
    return {
      height: narrow ? 220 : 260,
      marginLeft: 44,
      marginRight: narrow ? 96 : 120,
      marginTop: 20,
      marginBottom: 40,
      x: { label: "months from the day of the case", ticks: narrow ? 4 : 10, tickSize: 0, domain: [1, months] },
      y: {
        domain: [0, most],
        label: null,
        tickFormat: (value: number) => `${value}${unit === "" ? "" : ` ${unit}`}`,
        grid: true,
        tickSize: 0,
        ticks: 5,
      },
      marks: [
        ...lines.map(({ values, stroke, dash }) =>
          Plot.line(
            values.map((value, i) => ({ month: i + 1, value })),
            { x: "month", y: "value", stroke, strokeWidth: 2, ...(dash ? { strokeDasharray: dash } : {}) },
          ),
        ),
        Plot.text(ends, {
          x: "month",
          y: "shown",
          text: "name",
          textAnchor: "start",
          dx: 6,
          fill: "stroke",
          lineWidth: 8,
        }),
      ],
    };
  };
}

/** Puts labels apart that would lie on one another, the lowest first. */
function spread<T extends { readonly value: number }>(ends: readonly T[], gap: number): (T & { shown: number })[] {
  let last = Number.NEGATIVE_INFINITY;
  return ends
    .toSorted((a, b) => a.value - b.value)
    .map((end) => {
      last = Math.max(end.value, last + gap);
      return { ...end, shown: last };
    });
}

/** Where the front is by month: the median, and the band from the 5 % to the 95 % point. */
export function frontChart({ front }: Traces): Chart {
  const data = front.median.map((median, i) => ({
    month: i + 1,
    median: 100 * median,
    low: 100 * (front.low[i] ?? 0),
    high: 100 * (front.high[i] ?? 0),
  }));
  return (width) => ({
    height: isNarrow(width) ? 220 : 260,
    marginLeft: 44,
    marginRight: 12,
    marginTop: 20,
    marginBottom: 40,
    x: { label: "months from the day of the case", ticks: isNarrow(width) ? 5 : 10, tickSize: 0 },
    y: { domain: [0, 100], label: null, tickFormat: (v: number) => `${v} %`, grid: true, tickSize: 0, ticks: 5 },
    marks: [
      Plot.areaY(data, { x: "month", y1: "low", y2: "high", fill: COLOUR.accent, fillOpacity: 0.2 }),
      Plot.line(data, { x: "month", y: "median", stroke: COLOUR.accent, strokeWidth: 2.5 }),
    ],
  });
}
