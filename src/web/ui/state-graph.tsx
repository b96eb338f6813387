import { useCallback, useMemo } from "react";
import type { StabilityExhibit } from "../../assess/index.ts";
import { drawStateGraph } from "../../report/charts/state-graph.ts";
import { GraphPane } from "./graph-pane.tsx";

type Graph = NonNullable<StabilityExhibit>["graph"];

/** The state graph as an element of the page. */
export async function stateGraphPicture(graph: Graph): Promise<SVGSVGElement> {
  const drawn = await drawStateGraph(graph, 720);
  // Parsed as XML it is inert; its texts were escaped when it was made.
  const text = String(drawn).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ');
  const parsed = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  return document.importNode(parsed, true) as unknown as SVGSVGElement;
}

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
