import * as Plot from "@observablehq/plot";
import type { QuestionAssessment } from "../../assess/index.ts";
import { type Chart, COLOUR, isNarrow, reasonHref, rowLabels, rows } from "./plot.ts";

/** From prior to posterior in decibans, a bar a claim: drivers push right, obstacles left. */
export function waterfallChart(question: QuestionAssessment): Chart {
  const steps = question.waterfall;
  const ids = steps.map(({ id }) => id);
  return (width) => {
    const narrow = isNarrow(width);
    const layout = rows(
      steps.map(({ label, kind, from, to }) => (kind === "claim" ? `${to >= from ? "▲" : "▼"} ${label}` : label)),
      width,
    );
    const links = steps.slice(0, -1).flatMap((step, index) => {
      const next = steps[index + 1];
      return next === undefined ? [] : [{ x: step.to, y1: step.id, y2: next.id }];
    });
    const barInset = narrow ? 13 : 5;
    return {
      height: layout.height,
      marginLeft: layout.marginLeft,
      marginRight: narrow ? 8 : 120,
      marginTop: 34,
      marginBottom: 8,
      x: { axis: "top", label: "decibans", grid: true, tickSize: 0, nice: true, ticks: narrow ? 5 : 8 },
      y: { type: "band", domain: ids, axis: null, padding: 0 },
      marks: [
        Plot.ruleX([0], { stroke: COLOUR.ink, strokeOpacity: 0.6 }),
        Plot.link(links, { x: "x", y1: "y1", y2: "y2", stroke: COLOUR.soft, strokeWidth: 0.75, strokeOpacity: 0.7 }),
        Plot.barX(steps, {
          x1: "from",
          x2: "to",
          y: "id",
          insetTop: narrow ? 20 : barInset,
          insetBottom: narrow ? 6 : barInset,
          fill: (step: (typeof steps)[number]) => colourOf(step),
          href: ({ node }: (typeof steps)[number]) => reasonHref(node),
        }),
        rowLabels(ids, layout),
        Plot.text(steps, {
          y: "id",
          text: "text",
          ...(narrow ? { frameAnchor: "right" as const, textAnchor: "end" as const, dy: -layout.above } : {}),
          ...(narrow
            ? {}
            : {
                x: (step: (typeof steps)[number]) => Math.max(step.from, step.to),
                textAnchor: "start" as const,
                dx: 6,
              }),
          fill: COLOUR.ink,
          fontVariant: "tabular-nums",
          // Lines run through where the numbers stand above their bars.
          stroke: narrow ? COLOUR.paper : "none",
          strokeWidth: 4,
        }),
      ],
    };
  };
}

function colourOf({ kind, from, to }: QuestionAssessment["waterfall"][number]): string {
  if (kind !== "claim") return COLOUR.soft;
  return to >= from ? COLOUR.driver : COLOUR.obstacle;
}
