import * as Plot from "@observablehq/plot";
import { type Chart, COLOUR, isNarrow, rowLabels, rows } from "./plot.ts";

/** An estimate against another, with its error: a row of a chart of differences. */
export interface Difference {
  readonly id: string;
  readonly label: string;
  readonly value: number;
  readonly se: number;
}

/** Standard errors on either side that hold 95 % of what chance would give. */
export const Z95 = 1.96;

/**
 * Differences as dots with their 95 % intervals, a row each in the order given; hollow where the interval holds nothing at all.
 *
 * @param scale what a unit is multiplied by: 100 for points of percent
 */
export function differencesChart(data: readonly Difference[], unit: string, scale: number): Chart {
  const drawn = data.map(({ id, value, se }) => ({
    id,
    value: scale * value,
    low: scale * (value - Z95 * se),
    high: scale * (value + Z95 * se),
    clear: Math.abs(value) > Z95 * se,
  }));
  return frame(data, unit, drawn, (dy) => [
    Plot.ruleY(drawn, { x1: "low", x2: "high", y: "id", dy, stroke: COLOUR.ink, strokeWidth: 1.5 }),
    ...(["low", "high"] as const).map((at) =>
      Plot.tickX(drawn, { x: at, y: "id", dy, stroke: COLOUR.ink, strokeWidth: 1.5, insetTop: 8, insetBottom: 8 }),
    ),
    Plot.dot(drawn, {
      x: "value",
      y: "id",
      dy,
      r: 4.5,
      fill: ({ clear }: (typeof drawn)[number]) => (clear ? COLOUR.accent : COLOUR.paper),
      stroke: COLOUR.accent,
      strokeWidth: 1.75,
    }),
  ]);
}

/** Parts of a difference as bars from nothing, each with its 95 % interval: the widest first, which the caller sees to. */
export function causesChart(data: readonly Difference[], unit: string, scale: number): Chart {
  const drawn = data.map(({ id, value, se }) => ({
    id,
    value: scale * value,
    low: scale * (value - Z95 * se),
    high: scale * (value + Z95 * se),
  }));
  return frame(data, unit, drawn, (dy, narrow) => [
    Plot.barX(drawn, {
      x1: 0,
      x2: "value",
      y: "id",
      dy,
      fill: ({ value }: (typeof drawn)[number]) => (value > 0 ? COLOUR.accent : COLOUR.obstacle),
      fillOpacity: 0.7,
      insetTop: narrow ? 14 : 6,
      insetBottom: narrow ? 12 : 6,
    }),
    Plot.ruleY(drawn, { x1: "low", x2: "high", y: "id", dy, stroke: COLOUR.ink, strokeWidth: 1.25 }),
  ]);
}

function frame(
  data: readonly Difference[],
  unit: string,
  drawn: readonly { readonly low: number; readonly high: number }[],
  marks: (dy: number, narrow: boolean) => Plot.Markish[],
): Chart {
  const ids = data.map(({ id }) => id);
  // One row that is nothing at all still needs a scale.
  const most = Math.max(...drawn.flatMap(({ low, high }) => [Math.abs(low), Math.abs(high)]), 0);
  const ends = drawn.flatMap(({ low, high }) => [low, high]);
  const domain = most === 0 ? [-1, 1] : [Math.min(0, ...ends), Math.max(0, ...ends)];
  return (width) => {
    const narrow = isNarrow(width);
    const layout = rows(
      data.map(({ label }) => label),
      width,
      46,
    );
    return {
      height: layout.height,
      marginLeft: layout.marginLeft,
      marginRight: 16,
      marginTop: 34,
      marginBottom: 8,
      x: { axis: "top", label: unit, grid: true, tickSize: 0, nice: true, ticks: narrow ? 5 : 8, domain },
      y: { type: "band", domain: ids, axis: null, padding: 0 },
      marks: [
        Plot.ruleX([0], { stroke: COLOUR.ink, strokeOpacity: 0.6 }),
        ...marks(narrow ? 6 : 0, narrow),
        rowLabels(ids, layout),
      ],
    };
  };
}
