import * as Plot from "@observablehq/plot";
import type { Course, Phase } from "../../assess/index.ts";
import { hatches, hatchFill } from "./hatch.ts";
import { type Chart, COLOUR, isNarrow } from "./plot.ts";

const PHASES: Readonly<Record<Phase, { readonly fill: string; readonly angle?: number; readonly gap?: number }>> = {
  war: { fill: "#d98b4a" },
  talks: { fill: "#efc04c", angle: 45 },
  ceasefire: { fill: "#8fc7ea" },
  freeze: { fill: "#5b9cc9", angle: 0, gap: 5 },
  settlement: { fill: "#2aa17e" },
};

/** How high the strip of phases stands, in the units of its axis. */
const STRIP = 9;

/**
 * One trajectory month by month: a strip of its phases below, the first side's share of the stake, and each side's losses in
 * percent of its force at the start. Ticks above the strip are events.
 */
export function courseChart({ months, horizon, sides }: Course): Chart {
  const spans = months.map(({ month, phase }, i) => ({ from: months[i - 1]?.month ?? 0, to: month, phase }));
  const lines = months.map(({ month, share, losses: [a, b] }) => ({
    month,
    share: 100 * share,
    a: 100 * a,
    b: 100 * b,
  }));
  const top = Math.max(100, ...lines.flatMap(({ a, b }) => [a, b])) * 1.04;
  const events = months.filter((each) => each.events.length > 0).map(({ month }) => ({ month }));
  const last = lines.at(-1);
  const end = (value: number, name: string, stroke: string) =>
    last === undefined ? [] : [{ month: last.month, value, name, stroke }];
  return (width) => {
    const narrow = isNarrow(width);
    const low = -(top * STRIP) / 100;
    const labels = apart(
      [
        ...end(last?.share ?? 0, `held by ${sides[0]}`, COLOUR.ink),
        ...end(last?.a ?? 0, `losses, ${sides[0]}`, COLOUR.accent),
        ...end(last?.b ?? 0, `losses, ${sides[1]}`, COLOUR.driver),
      ],
      top / 12,
    );
    const line = { x: "month", strokeWidth: 2 } as const;
    return {
      height: narrow ? 230 : 250,
      marginLeft: 44,
      marginRight: narrow ? 112 : 140,
      marginTop: 16,
      marginBottom: 40,
      x: { label: "months from the day of the case", ticks: narrow ? 4 : 10, tickSize: 0, domain: [0, horizon] },
      y: {
        domain: [low, top],
        label: null,
        tickFormat: (value: number) => (value < 0 ? "" : `${value} %`),
        grid: true,
        tickSize: 0,
        ticks: 5,
      },
      marks: [
        hatches(
          Object.entries(PHASES).map(([id, hatch]) => ({ id: `phase-${id}`, ...hatch })),
          width,
        ),
        Plot.rect(spans, {
          x1: "from",
          x2: "to",
          y1: low,
          y2: low * 0.3,
          fill: ({ phase }: (typeof spans)[number]) => hatchFill(`phase-${phase}`, width),
        }),
        Plot.ruleX(events, { x: "month", y1: low * 0.3, y2: 0, stroke: COLOUR.ink, strokeWidth: 1.25 }),
        Plot.line(lines, { ...line, y: "share", stroke: COLOUR.ink }),
        Plot.line(lines, { ...line, y: "a", stroke: COLOUR.accent, strokeDasharray: "6,3" }),
        Plot.line(lines, { ...line, y: "b", stroke: COLOUR.driver, strokeDasharray: "2,3" }),
        Plot.text(labels, {
          x: "month",
          y: "shown",
          text: "name",
          textAnchor: "start",
          dx: 6,
          fill: "stroke",
          lineWidth: narrow ? 8 : 12,
        }),
      ],
    };
  };
}

/** Puts labels apart that would lie on one another, the lowest first. */
function apart<T extends { readonly value: number }>(ends: readonly T[], gap: number): (T & { shown: number })[] {
  let last = Number.NEGATIVE_INFINITY;
  return ends
    .toSorted((a, b) => a.value - b.value)
    .map((end) => {
      last = Math.max(end.value, last + gap);
      return { ...end, shown: last };
    });
}
