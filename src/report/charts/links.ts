import * as Plot from "@observablehq/plot";
import type { LinkRow } from "../../assess/index.ts";
import { type Chart, COLOUR, isNarrow, rowLabels, rows } from "./plot.ts";

/** The sign that a source claims, as a mark before a claim's name. */
export const SIGNS = { driver: "▲", obstacle: "▼", neither: "○" } as const;

/** What one engine makes of each claim: a dot a reading, the case as coded filled, beside the sign that the source claims. */
export function linksChart(table: readonly LinkRow[], engine: number): Chart {
  const shown = table.filter((row) => (row.engines[engine]?.effects.length ?? 0) > 0);
  const ids = shown.map(({ claim }) => claim);
  const dots = shown.flatMap((row) =>
    (row.engines[engine]?.effects ?? []).map(({ reading, size }) => ({ id: row.claim, size, coded: reading === null })),
  );
  const spans = shown.map((row) => {
    const sizes = (row.engines[engine]?.effects ?? []).map(({ size }) => size);
    return { id: row.claim, low: Math.min(...sizes), high: Math.max(...sizes) };
  });
  const colour = ({ size }: { readonly size: number }) =>
    size > 0 ? COLOUR.driver : size < 0 ? COLOUR.obstacle : COLOUR.soft;
  return (width) => {
    const narrow = isNarrow(width);
    const layout = rows(
      shown.map(({ argues, name }) => `${argues === null ? "–" : SIGNS[argues]} ${name}`),
      width,
    );
    const dy = narrow ? 6 : 0;
    return {
      height: layout.height,
      marginLeft: layout.marginLeft,
      marginRight: 12,
      marginTop: 34,
      marginBottom: 8,
      x: {
        axis: "top",
        label: table[0]?.engines[engine]?.unit === "dB" ? "decibans" : "points of percent",
        grid: true,
        tickSize: 0,
        nice: true,
        ticks: narrow ? 5 : 8,
      },
      y: { type: "band", domain: ids, axis: null, padding: 0 },
      marks: [
        Plot.ruleX([0], { stroke: COLOUR.ink, strokeOpacity: 0.6 }),
        Plot.ruleY(spans, {
          x1: "low",
          x2: "high",
          y: "id",
          dy,
          stroke: COLOUR.line,
          strokeWidth: 4,
          strokeLinecap: "round",
        }),
        Plot.dot(
          dots.filter(({ coded }) => !coded),
          { x: "size", y: "id", dy, r: 3.5, stroke: colour, fill: COLOUR.paper, strokeWidth: 1.5 },
        ),
        Plot.dot(
          dots.filter(({ coded }) => coded),
          { x: "size", y: "id", dy, r: 4.5, fill: colour },
        ),
        rowLabels(ids, layout),
      ],
    };
  };
}
