import * as Plot from "@observablehq/plot";
import type { IndicatorExhibit } from "../../assess/index.ts";
import { number } from "../../assess/index.ts";
import { type Chart, COLOUR, isNarrow } from "./plot.ts";

const MS_PER_DAY = 86_400_000;
const dateOf = (day: number): Date => new Date(day * MS_PER_DAY);

/** A series with what its tests compare: periods as bands with their means, bounds as dashed lines. */
export function seriesChart(indicator: IndicatorExhibit): Chart {
  const points = indicator.points.map((point) => ({ ...point, at: dateOf(point.day) }));
  const bounded = points.filter(({ low, high }) => low !== null && high !== null);
  return (width) => {
    const narrow = isNarrow(width);
    return {
      height: narrow ? 200 : 230,
      marginLeft: 64,
      marginRight: 16,
      marginTop: 26,
      marginBottom: 30,
      x: { type: "utc", label: null, ticks: narrow ? 4 : 8, tickSize: 0 },
      y: {
        label: indicator.unit,
        grid: true,
        nice: true,
        tickSize: 0,
        ticks: 5,
        tickFormat: (value: number) => number(value),
        zero: isShare(indicator),
      },
      marks: [
        Plot.rectX(laterPeriods(indicator), { x1: "from", x2: "to", fill: COLOUR.band }),
        Plot.ruleY(boundsOf(indicator), { stroke: COLOUR.ink, strokeDasharray: "4,3", strokeOpacity: 0.7 }),
        bounded.length > 0
          ? Plot.ruleX(bounded, { x: "at", y1: "low", y2: "high", stroke: COLOUR.soft, strokeWidth: 1.5 })
          : null,
        points.length > 1 && !indicator.estimates
          ? Plot.lineY(points, { x: "at", y: "value", stroke: COLOUR.accent, strokeWidth: 1.75 })
          : null,
        points.length <= 60 ? Plot.dot(points, { x: "at", y: "value", r: 2.6, fill: COLOUR.accent }) : null,
      ],
    };
  };
}

function isShare({ unit }: IndicatorExhibit): boolean {
  return unit === "%";
}

/** The bounds of the series' threshold tests, each once. */
function boundsOf({ tests }: IndicatorExhibit): number[] {
  const bounds = tests.flatMap(({ is, figures }) =>
    is === "threshold" ? ["above", "atLeast", "below", "atMost"].flatMap((name) => figures[name] ?? []) : [],
  );
  return [...new Set(bounds)];
}

/** The later periods that the series' tests of change look at, each once. */
function laterPeriods({ tests }: IndicatorExhibit): { readonly from: Date; readonly to: Date }[] {
  const seen = new Map<string, { from: Date; to: Date }>();
  for (const { is, figures } of tests) {
    const { from, to } = figures;
    if (is === "change" && from !== undefined && to !== undefined)
      seen.set(`${from} ${to}`, { from: dateOf(from), to: dateOf(to) });
  }
  return [...seen.values()];
}
