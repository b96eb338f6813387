import { useEffect, useRef, useState } from "react";
import type { StabilityExhibit } from "../../assess/index.ts";
import { drawStateGraph } from "../../report/charts/state-graph.ts";
import { words } from "../words.ts";

type Graph = NonNullable<StabilityExhibit>["graph"];

const [SMALLEST, LARGEST, STEP] = [0.5, 2, 1.25];
/** A press that moves less than this is a click. */
const STILL = 4;

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
  const holder = useRef<HTMLDivElement>(null);
  const [svg, setSvg] = useState<SVGSVGElement>();
  const [zoom, setZoom] = useState(1);

  useEffect(() => {
    let left = false;
    void stateGraphPicture(graph).then((drawn) => {
      if (!left) setSvg(drawn);
    });
    return () => {
      left = true;
    };
  }, [graph]);

  useEffect(() => {
    if (svg === undefined || holder.current === null) return;
    const [, , w = 0, h = 0] = (svg.getAttribute("viewBox") ?? "").split(" ").map(Number);
    svg.setAttribute("width", String(Math.round(w * zoom)));
    svg.setAttribute("height", String(Math.round(h * zoom)));
    holder.current.replaceChildren(svg);
  }, [svg, zoom]);

  useEffect(() => {
    // Boxes stand in the order of the graph's nodes.
    const boxes = [...(svg?.querySelectorAll(":scope > g") ?? [])];
    boxes.forEach((each, index) => {
      const { id } = graph.nodes[index] ?? {};
      each.classList.toggle("chosen", id !== undefined && chosen.includes(id));
    });
  }, [svg, graph, chosen]);

  const drag = useRef<{ x: number; y: number; left: number; top: number } | undefined>(undefined);
  return (
    <div className="state-graph">
      <p className="zoom">
        <button type="button" aria-label={words.zoomOut} onClick={() => setZoom((z) => Math.max(SMALLEST, z / STEP))}>
          −
        </button>
        <button type="button" aria-label={words.zoomIn} onClick={() => setZoom((z) => Math.min(LARGEST, z * STEP))}>
          +
        </button>
      </p>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: what a click chooses, the table above chooses by keyboard. */}
      <div
        className="pane"
        role="group"
        aria-label={alt}
        tabIndex={0}
        onPointerDown={({
          clientX: x,
          clientY: y,
          currentTarget: { scrollLeft: left, scrollTop: top },
          pointerType,
        }) => {
          if (pointerType === "mouse") drag.current = { x, y, left, top };
        }}
        onPointerMove={({ clientX, clientY, currentTarget, buttons }) => {
          const from = drag.current;
          if (from === undefined || buttons === 0) return;
          currentTarget.scrollLeft = from.left - (clientX - from.x);
          currentTarget.scrollTop = from.top - (clientY - from.y);
        }}
        onClick={({ target, clientX, clientY }) => {
          const from = drag.current;
          drag.current = undefined;
          if (from !== undefined && Math.hypot(clientX - from.x, clientY - from.y) > STILL) return;
          const group = (target as Element).closest(".holder > svg > g");
          const index = [...(svg?.querySelectorAll(":scope > g") ?? [])].indexOf(group as SVGGElement);
          const id = graph.nodes[index]?.id;
          if (id !== undefined) onChoose(id);
        }}
      >
        {svg === undefined ? <p className="waiting">{words.drawing}</p> : null}
        <div className="holder" ref={holder} />
      </div>
    </div>
  );
}
