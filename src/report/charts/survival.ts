import * as Plot from "@observablehq/plot";
import type { BaseRatesExhibit } from "../../assess/index.ts";
import { type Chart, COLOUR, isNarrow, reasonHref } from "./plot.ts";

type ClassExhibit = NonNullable<BaseRatesExhibit>["classes"][number];

/** Months beyond which a curve is not drawn. */
const LONGEST = 120;

/** Ages at which the numbers at risk stand below the curve: those between are too close to be read. */
const RISK_MONTHS = [0, 12, 24, 36, 48, 60, 120];

/**
 * How long the members of a class lasted: Kaplan and Meier's curve as steps with its 80 % interval, the family of durations with
 * the smallest criterion dashed, this war's own age as an upright line, and below the axis how many were still at risk.
 */
export function survivalChart({ curve, table, fits, node }: ClassExhibit, age: number | null): Chart {
  const steps = curve.filter(({ months }) => months <= LONGEST);
  const last = steps.at(-1);
  const points = [...steps, ...(last === undefined ? [] : [{ ...last, months: LONGEST }])].map((each) => ({
    ...each,
    p: 100 * each.survival,
    lowP: 100 * each.low,
    highP: 100 * each.high,
  }));
  const risk = table.filter(({ months }) => RISK_MONTHS.includes(months));
  const [fit] = fits;
  const fitted = fit === undefined ? [] : table.map(({ months }, k) => ({ months, p: 100 * (fit.curve[k] ?? 0) }));
  return (width) => ({
    height: isNarrow(width) ? 250 : 310,
    marginLeft: 44,
    marginRight: 14,
    marginTop: 20,
    marginBottom: 70,
    x: {
      label: "months of fighting",
      labelOffset: 34,
      domain: [0, LONGEST],
      ticks: isNarrow(width) ? 4 : 10,
      tickSize: 0,
    },
    y: {
      domain: [0, 100],
      label: null,
      tickFormat: (value: number) => `${value} %`,
      grid: true,
      ticks: 5,
      tickSize: 0,
    },
    marks: [
      Plot.areaY(points, { x: "months", y1: "lowP", y2: "highP", curve: "step-after", fill: COLOUR.band }),
      Plot.ruleY([0], { stroke: COLOUR.line }),
      Plot.text(risk, {
        x: "months",
        frameAnchor: "bottom",
        dy: 66,
        text: ({ atRisk }: (typeof risk)[number]) => String(atRisk),
        fill: COLOUR.ink,
      }),
      Plot.text(["at risk"], {
        frameAnchor: "bottom-left",
        dy: 50,
        dx: -40,
        textAnchor: "start",
        text: (words: string) => words,
        fill: COLOUR.soft,
      }),
      Plot.line(fitted, { x: "months", y: "p", stroke: COLOUR.soft, strokeDasharray: "4 4", curve: "monotone-x" }),
      Plot.line(points, {
        x: "months",
        y: "p",
        stroke: COLOUR.ink,
        strokeWidth: 2,
        curve: "step-after",
        href: () => reasonHref(node),
      }),
      ...(age === null || age > LONGEST
        ? []
        : [
            Plot.ruleX([age], { stroke: COLOUR.accent, strokeWidth: 1.5, strokeDasharray: "2 3" }),
            Plot.text([age], {
              x: (months: number) => months,
              text: () => `this war: ${age.toFixed(0)} months`,
              frameAnchor: "top",
              textAnchor: age > LONGEST / 2 ? "end" : "start",
              dx: age > LONGEST / 2 ? -6 : 6,
              fill: COLOUR.accent,
            }),
          ]),
    ],
  });
}
