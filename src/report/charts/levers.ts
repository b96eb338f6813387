import * as Plot from "@observablehq/plot";
import type { SensitivityExhibit } from "../../assess/index.ts";
import { type Chart, COLOUR, isNarrow, reasonHref, rowLabels, rows } from "./plot.ts";

type Exhibit = NonNullable<SensitivityExhibit>;
type Lever = Exhibit["levers"][number];

/**
 * What levers change of one output, a row each in the order of the case: a dot as looked at, a heavy line over the readings
 * and a thin one over the stress tests.
 */
export function leversChart(levers: readonly Lever[], output: string): Chart {
  const data = levers.flatMap(({ id, name, effects, node }) => {
    const effect = effects.find((each) => each.output === output);
    if (effect === undefined) return [];
    const { difference, se, range, stress } = effect;
    return [
      {
        id,
        name,
        node,
        size: 100 * difference,
        clear: Math.abs(difference) > 2 * se,
        low: 100 * range.low,
        high: 100 * range.high,
        stressLow: 100 * (stress?.low ?? range.low),
        stressHigh: 100 * (stress?.high ?? range.high),
      },
    ];
  });
  const ids = data.map(({ id }) => id);
  const colour = ({ size, clear }: { readonly size: number; readonly clear: boolean }) =>
    clear ? (size > 0 ? COLOUR.driver : COLOUR.obstacle) : COLOUR.soft;
  return (width) => {
    const narrow = isNarrow(width);
    const layout = rows(
      data.map(({ name }) => name),
      width,
    );
    const dy = narrow ? 6 : 0;
    return {
      height: layout.height,
      marginLeft: layout.marginLeft,
      marginRight: 12,
      marginTop: 34,
      marginBottom: 8,
      x: { axis: "top", label: "points of percent", grid: true, tickSize: 0, nice: true, ticks: narrow ? 5 : 8 },
      y: { type: "band", domain: ids, axis: null, padding: 0 },
      marks: [
        Plot.ruleX([0], { stroke: COLOUR.ink, strokeOpacity: 0.6 }),
        Plot.ruleY(data, { x1: "stressLow", x2: "stressHigh", y: "id", dy, stroke: COLOUR.soft, strokeWidth: 1 }),
        Plot.ruleY(data, {
          x1: "low",
          x2: "high",
          y: "id",
          dy,
          stroke: COLOUR.line,
          strokeWidth: 5,
          strokeLinecap: "round",
        }),
        Plot.dot(data, {
          x: "size",
          y: "id",
          dy,
          r: 4.5,
          fill: colour,
          href: ({ node }: (typeof data)[number]) => reasonHref(node),
        }),
        rowLabels(ids, layout),
      ],
    };
  };
}

/** Bars from the result at a parameter's low end to that at its high end, the base a line through them; widest first. */
export function tornadoChart({ base, bars }: Exhibit["tornado"][number]): Chart {
  const data = bars.map(({ path, label, low, high }) => ({
    id: path,
    label,
    low: 100 * low.result,
    high: 100 * high.result,
    base: 100 * base,
  }));
  const ids = data.map(({ id }) => id);
  return (width) => {
    const narrow = isNarrow(width);
    const layout = rows(
      data.map(({ label }) => label),
      width,
      46,
    );
    const dy = narrow ? 4 : 0;
    const bar = { y: "id", dy, insetTop: narrow ? 16 : 6, insetBottom: narrow ? 12 : 6 } as const;
    return {
      height: layout.height,
      marginLeft: layout.marginLeft,
      marginRight: 12,
      marginTop: 34,
      marginBottom: 8,
      x: {
        axis: "top",
        label: null,
        tickFormat: (value: number) => `${value} %`,
        grid: true,
        tickSize: 0,
        nice: true,
        ticks: narrow ? 5 : 8,
      },
      y: { type: "band", domain: ids, axis: null, padding: 0 },
      marks: [
        Plot.barX(data, { ...bar, x1: "base", x2: "low", fill: COLOUR.obstacle, fillOpacity: 0.55 }),
        Plot.barX(data, { ...bar, x1: "base", x2: "high", fill: COLOUR.accent, fillOpacity: 0.75 }),
        Plot.ruleX([100 * base], { stroke: COLOUR.ink }),
        rowLabels(ids, layout),
      ],
    };
  };
}
