import * as Plot from "@observablehq/plot";
import type { ForecasterScore } from "../../assess/index.ts";
import { type Chart, COLOUR, isNarrow } from "./plot.ts";

type Reliability = NonNullable<ForecasterScore["reliability"]>;

/**
 * What was said against what came, bin by bin, with how many there are in each; a bar shows where the share would lie, were the
 * forecasts right (Bröcker & Smith 2007). On the diagonal what is said is what comes.
 */
export function reliabilityChart({ points }: Reliability): Chart {
  const shown = points
    .filter(({ count }) => count > 0)
    .map((each) => ({
      ...each,
      x: 100 * each.said,
      y: 100 * each.came,
      lowP: each.low === null ? 100 * each.came : 100 * each.low,
      highP: each.high === null ? 100 * each.came : 100 * each.high,
    }));
  const percents = (value: number) => `${value} %`;
  const most = Math.max(1, ...shown.map(({ count }) => count));
  return (width) => ({
    height: isNarrow(width) ? 300 : 380,
    marginLeft: 48,
    marginRight: isNarrow(width) ? 20 : Math.max(20, width - 48 - 420),
    marginTop: 20,
    marginBottom: 42,
    x: {
      label: "said",
      labelAnchor: "center",
      labelArrow: "none",
      domain: [0, 100],
      ticks: 5,
      tickSize: 0,
      tickFormat: percents,
    },
    y: { label: "came", domain: [0, 100], ticks: 5, tickSize: 0, grid: true, tickFormat: percents },
    r: { domain: [0, most], range: [0, 9] },
    marks: [
      Plot.line(
        [
          { x: 0, y: 0 },
          { x: 100, y: 100 },
        ],
        { x: "x", y: "y", stroke: COLOUR.soft, strokeDasharray: "4 4" },
      ),
      Plot.ruleX(shown, {
        x: "x",
        y1: "lowP",
        y2: "highP",
        stroke: COLOUR.band,
        strokeWidth: 9,
      }),
      Plot.dot(shown, { x: "x", y: "y", r: "count", fill: COLOUR.accent, stroke: COLOUR.paper }),
      Plot.text(shown, {
        x: "x",
        y: "y",
        text: ({ count }: { count: number }) => String(count),
        dx: 13,
        dy: -9,
        fill: COLOUR.ink,
        stroke: COLOUR.paper,
        strokeWidth: 3,
      }),
    ],
  });
}
