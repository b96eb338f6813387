import * as Plot from "@observablehq/plot";
import type { QuestionAssessment } from "../../assess/index.ts";
import { type Chart, COLOUR, isNarrow, reasonHref, rowLabels, rows } from "./plot.ts";

/** How dark a cell is: inconsistency is what the method counts. */
const SHADE: Readonly<Record<string, number>> = { II: 0.85, I: 0.5, N: 0.12, C: 0.05, CC: 0, NA: 0 };

/** Claims against hypotheses: the darker a cell, the more the claim speaks against the hypothesis. */
export function achChart(question: QuestionAssessment): Chart {
  const { ach } = question;
  const names = new Map(question.hypotheses.map(({ id, text }) => [id, text]));
  const nodes = new Map(question.claims.map(({ id, node }) => [id, node]));
  const cells = ach.rows.flatMap((row) =>
    row.ratings.map(({ rating, derived }, h) => ({
      id: row.id,
      hypothesis: ach.hypotheses[h] ?? "",
      rating: derived ? rating : `${rating} ✎`,
      shade: SHADE[rating] ?? 0,
    })),
  );
  const ids = ach.rows.map(({ id }) => id);
  return (width) => {
    const narrow = isNarrow(width);
    const layout = rows(
      ach.rows.map(({ name }) => name),
      width,
    );
    return {
      height: layout.height,
      marginLeft: layout.marginLeft,
      marginRight: 8,
      marginTop: 34,
      marginBottom: 8,
      x: {
        domain: [...ach.hypotheses],
        axis: "top",
        label: null,
        tickSize: 0,
        padding: 0.04,
        tickFormat: (id: string) => names.get(id) ?? id,
      },
      y: { type: "band", domain: ids, axis: null, padding: 0 },
      marks: [
        Plot.cell(cells, {
          x: "hypothesis",
          y: "id",
          insetTop: narrow ? 15 : 2,
          insetBottom: narrow ? 8 : 2,
          fill: COLOUR.obstacle,
          fillOpacity: "shade",
          stroke: COLOUR.line,
          href: ({ id }: (typeof cells)[number]) => reasonHref(nodes.get(id)),
        }),
        Plot.text(cells, {
          x: "hypothesis",
          y: "id",
          text: "rating",
          dy: narrow ? 3.5 : 0,
          fill: COLOUR.ink,
          fontWeight: 600,
        }),
        rowLabels(ids, layout),
      ],
      opacity: { type: "identity" },
    };
  };
}
