import * as Plot from "@observablehq/plot";
import type { TimelineEntry } from "../../assess/index.ts";
import { parseDate } from "../../core/dates/index.ts";
import { type Chart, COLOUR, isNarrow, rowLabels, rows } from "./plot.ts";

/** Days from the day of the analysis at which the scale has a tick, and how it is called. */
const TICKS: readonly (readonly [days: number, name: string])[] = [
  [-36525, "100 y"],
  [-9131, "25 y"],
  [-3652, "10 y"],
  [-1096, "3 y"],
  [-365, "1 y"],
  [-91, "3 mo"],
  [-14, ""],
  [0, "now"],
  [14, ""],
  [91, "3 mo"],
  [365, "1 y"],
  [1096, "3 y"],
  [3652, "10 y"],
];

/**
 * Events and agreements, a row each in the order of their dates.
 *
 * Time runs by the square root of the distance from the day of the analysis, so that the last weeks do not fall on one
 * point; the dates stand beside.
 */
export function timelineChart(entries: readonly TimelineEntry[], asOf: number | undefined): Chart {
  const now = asOf ?? entries.at(-1)?.day ?? 0;
  const data = entries.map((entry) => ({
    ...entry,
    at: entry.day - now,
    end: entry.until === null ? null : (parseDate(entry.until)?.last ?? entry.day) - now,
  }));
  const lasting = data.filter(({ end }) => end !== null);
  const ids = data.map(({ id }) => id);
  const days = data.flatMap(({ at, end }) => (end === null ? [at] : [at, end]));
  const [first, last] = [Math.min(0, ...days), Math.max(0, ...days)];
  return (width) => {
    const narrow = isNarrow(width);
    const layout = rows(
      data.map(({ name }) => name),
      width,
      44,
    );
    const dy = narrow ? 5 : 0;
    const dots = (kind: TimelineEntry["kind"]) => data.filter((entry) => entry.kind === kind);
    const ticks = TICKS.filter(([day]) => day >= first && day <= last);
    const names = new Map(ticks);
    return {
      height: layout.height,
      marginLeft: layout.marginLeft + (narrow ? 0 : 10),
      marginRight: narrow ? 12 : 90,
      marginTop: 34,
      marginBottom: 8,
      x: {
        type: "sqrt",
        domain: [first, last],
        axis: "top",
        label: null,
        grid: true,
        tickSize: 0,
        ticks: ticks.map(([day]) => day),
        tickFormat: (day: number) => names.get(day) ?? "",
      },
      y: { type: "band", domain: ids, axis: null, padding: 0 },
      marks: [
        asOf === undefined ? null : Plot.ruleX([0], { stroke: COLOUR.ink, strokeDasharray: "4,3", strokeOpacity: 0.7 }),
        Plot.ruleY(lasting, { x1: "at", x2: "end", y: "id", dy, stroke: COLOUR.soft, strokeWidth: 2 }),
        Plot.dot(dots("event"), { x: "at", y: "id", dy, r: 4, fill: COLOUR.accent }),
        Plot.dot(dots("scheduled"), {
          x: "at",
          y: "id",
          dy,
          r: 4,
          stroke: COLOUR.accent,
          strokeWidth: 1.75,
          fill: "none",
        }),
        Plot.dot(dots("agreement"), { x: "at", y: "id", dy, r: 5, symbol: "diamond2", fill: COLOUR.ink }),
        rowLabels(ids, layout),
        Plot.text(data, {
          y: "id",
          text: "date",
          frameAnchor: "right",
          textAnchor: narrow ? "end" : "start",
          dx: narrow ? 0 : 14,
          dy: -layout.above,
          fill: COLOUR.soft,
          fontVariant: "tabular-nums",
        }),
      ],
    };
  };
}
