import * as Plot from "@observablehq/plot";
import type { QuestionAssessment } from "../../assess/index.ts";
import { percent } from "../../assess/index.ts";
import { type Chart, COLOUR, isNarrow, reasonHref, rowLabels, rows } from "./plot.ts";

/** The posterior of a question under each reading: median and 80 % interval on a scale from 0 to 100 %. */
export function readingsChart(readings: QuestionAssessment["readings"], threshold: number, node?: string): Chart {
  const data = readings.map(({ reading, name, estimate: { median, low80, high80 } }) => ({
    id: reading ?? "",
    name,
    median: median * 100,
    low80: low80 * 100,
    high80: high80 * 100,
    text: percent(median),
  }));
  const ids = data.map(({ id }) => id);
  return (width) => {
    const narrow = isNarrow(width);
    const layout = rows(
      data.map(({ name }) => name),
      width,
    );
    const dy = narrow ? 4 : 0;
    return {
      height: layout.height,
      marginLeft: layout.marginLeft,
      marginRight: narrow ? 10 : 60,
      marginTop: 34,
      marginBottom: 8,
      x: {
        domain: [0, 100],
        axis: "top",
        label: null,
        tickFormat: (value: number) => `${value} %`,
        grid: true,
        tickSize: 0,
        ticks: 5,
      },
      y: { type: "band", domain: ids, axis: null, padding: 0 },
      marks: [
        Plot.ruleX([threshold * 100], { stroke: COLOUR.soft, strokeDasharray: "3,3" }),
        Plot.ruleY(data, {
          x1: "low80",
          x2: "high80",
          y: "id",
          dy,
          stroke: COLOUR.accent,
          strokeWidth: 5,
          strokeOpacity: 0.35,
          strokeLinecap: "round",
        }),
        Plot.dot(data, { x: "median", y: "id", dy, r: 5, fill: COLOUR.accent, href: () => reasonHref(node) }),
        rowLabels(ids, layout),
        Plot.text(data, {
          y: "id",
          text: "text",
          frameAnchor: "right",
          textAnchor: narrow ? "end" : "start",
          dx: narrow ? 0 : 8,
          dy: -layout.above,
          fill: COLOUR.ink,
        }),
      ],
    };
  };
}
