import { useCallback, useMemo } from "react";
import type { StabilityExhibit } from "../../assess/index.ts";
import { drawStateGraph } from "../../report/charts/state-graph.ts";
import { GraphPane } from "./graph-pane.tsx";

type Graph = NonNullable<StabilityExhibit>["graph"];

/** The state graph: scrolled and dragged about, enlarged, and its boxes chosen. */
export function StateGraphView({
  graph,
  alt,
  chosen,
  onChoose,
}: {
  readonly graph: Graph;
  readonly alt: string;
  readonly chosen: readonly number[];
  readonly onChoose: (state: number) => void;
}) {
  const draw = useCallback(() => drawStateGraph(graph, 720), [graph]);
  const ids = useMemo(() => graph.nodes.map(({ id }) => id), [graph]);
  return <GraphPane draw={draw} ids={ids} alt={alt} chosen={chosen} onChoose={onChoose} />;
}
