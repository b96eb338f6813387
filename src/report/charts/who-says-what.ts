import * as Plot from "@observablehq/plot";
import type { ClaimRow, QuestionAssessment, SourceExhibit } from "../../assess/index.ts";
import { type Chart, COLOUR, isNarrow, rowLabels, rows, shorten } from "./plot.ts";

/** Claims by the sources that make them: the mark's size is the claim's weight, its shape the way it points. */
export function whoSaysWhatChart(question: QuestionAssessment, sources: readonly SourceExhibit[]): Chart {
  const claims = question.claims.toSorted((a, b) => b.leanDb - a.leanDb);
  const cited = sources.filter(({ claims: made }) => claims.some(({ id }) => made.includes(id)));
  const marks = cited.flatMap((source) =>
    claims.filter(({ id }) => source.claims.includes(id)).map((claim) => markOf(source, claim)),
  );
  const names = cited.map(
    (source) => `${nameOf(source, cited)}${source.reliability === null ? "" : ` (${source.reliability})`}`,
  );
  const ids = cited.map(({ id }) => id);
  const order = claims.map(({ id }) => id);
  return (width) => {
    const narrow = isNarrow(width);
    const layout = rows(names, width, 34);
    const dy = narrow ? 6 : 0;
    const shape = { x: "claim", y: "source", dy, r: "size" } as const;
    const drivers = marks.filter(({ weight }) => weight > 0);
    const obstacles = marks.filter(({ weight }) => weight < 0);
    const silent = marks.filter(({ weight }) => weight === 0);
    return {
      height: layout.height,
      marginLeft: layout.marginLeft,
      marginRight: 8,
      marginTop: 34,
      marginBottom: 8,
      x: {
        domain: order,
        axis: "top",
        label: null,
        tickSize: 0,
        tickFormat: (id: string) => String(order.indexOf(id) + 1),
      },
      y: { type: "band", domain: ids, axis: null, padding: 0 },
      r: { range: [2.5, narrow ? 6 : 9], domain: [0, Math.max(...marks.map(({ size }) => size), 1)] },
      marks: [
        Plot.ruleY(ids, { dy, stroke: COLOUR.line }),
        Plot.dot(drivers, { ...shape, symbol: "triangle", fill: COLOUR.driver }),
        Plot.dot(obstacles, { ...shape, symbol: "triangle", rotate: 180, fill: COLOUR.obstacle }),
        Plot.dot(silent, { ...shape, stroke: COLOUR.soft, fill: "none" }),
        rowLabels(ids, layout),
      ],
    };
  };
}

/** A source's author, or its title where another source has the same author. */
function nameOf(source: SourceExhibit, all: readonly SourceExhibit[]): string {
  const shared = source.by === null || all.some((other) => other !== source && other.by === source.by);
  return shared ? shorten(source.title, 30) : shorten(source.by ?? source.title, 30);
}

function markOf(source: SourceExhibit, claim: ClaimRow) {
  return { source: source.id, claim: claim.id, weight: claim.leanDb, size: Math.abs(claim.leanDb) };
}
