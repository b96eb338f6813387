import { useEffect, useRef, useState } from "react";
import { words } from "../words.ts";

const [SMALLEST, LARGEST, STEP] = [0.5, 2, 1.25];
/** A press that moves less than this is a click. */
const STILL = 4;

/**
 * A picture of boxes and arrows: scrolled and dragged about, enlarged, and its boxes chosen.
 *
 * The boxes are the groups right below the picture's root, in the order of `ids`. `draw` must stay the same function for the
 * same picture.
 */
export function GraphPane<Id extends string | number>({
  draw,
  ids,
  alt,
  chosen,
  onChoose,
}: {
  readonly draw: () => Promise<{ toString(): string }>;
  readonly ids: readonly Id[];
  readonly alt: string;
  readonly chosen: readonly Id[];
  readonly onChoose: (id: Id) => void;
}) {
  const holder = useRef<HTMLDivElement>(null);
  /** The picture that has been scrolled to what is chosen in it. */
  const settled = useRef<SVGSVGElement>(undefined);
  const [svg, setSvg] = useState<SVGSVGElement>();
  const [zoom, setZoom] = useState(1);

  useEffect(() => {
    let left = false;
    void draw().then((drawn) => {
      if (left) return;
      // Parsed as XML it is inert; its texts were escaped when it was made.
      const text = String(drawn).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ');
      const parsed = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
      setSvg(document.importNode(parsed, true) as unknown as SVGSVGElement);
    });
    return () => {
      left = true;
    };
  }, [draw]);

  useEffect(() => {
    if (svg === undefined || holder.current === null) return;
    const [, , w = 0, h = 0] = (svg.getAttribute("viewBox") ?? "").split(" ").map(Number);
    svg.setAttribute("width", String(Math.round(w * zoom)));
    svg.setAttribute("height", String(Math.round(h * zoom)));
    holder.current.replaceChildren(svg);
  }, [svg, zoom]);

  useEffect(() => {
    const boxes = [...(svg?.querySelectorAll(":scope > g") ?? [])];
    boxes.forEach((each, index) => {
      const id = ids[index];
      each.classList.toggle("chosen", id !== undefined && chosen.includes(id));
    });
    const first = boxes.find((each) => each.classList.contains("chosen"));
    const pane = holder.current?.parentElement;
    if (svg === undefined || svg === settled.current || first === undefined || !pane) return;
    settled.current = svg;
    // A picture that is larger than its pane begins with what is chosen in it.
    const [box, frame] = [first.getBoundingClientRect(), pane.getBoundingClientRect()];
    pane.scrollBy(
      box.left + box.width / 2 - frame.left - frame.width / 2,
      box.top + box.height / 2 - frame.top - frame.height / 2,
    );
  }, [svg, ids, chosen]);

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
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: what a click chooses, a table or an outline beside it chooses by keyboard. */}
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
          const id = ids[index];
          if (id !== undefined) onChoose(id);
        }}
      >
        {svg === undefined ? <p className="waiting">{words.drawing}</p> : null}
        <div className="holder" ref={holder} />
      </div>
    </div>
  );
}
