import * as Plot from "@observablehq/plot";
import { type MouseEvent, useLayoutEffect, useRef, useState } from "react";
import { type Chart, nodeOfHref } from "../../report/charts/plot.ts";
import { tellDrawn } from "../state/drawn.ts";
import { go } from "../state/session.ts";

/** Widths between which a chart is drawn as wide as its place. */
const [LEAST, MOST] = [280, 760];
/** A mark is hit as far as this from its edge, so that a finger finds it: with a small dot, 24 pixels and more across. */
const REACH = 12;

/** Draws a chart as SVG that is ready for the page; marks that lead to reasons are marked with their node. */
export function drawPlot(chart: Chart, width: number): SVGSVGElement {
  const made = Plot.plot({ ...chart(width), width, style: { fontSize: "12px", overflow: "visible" } });
  const drawn = made instanceof SVGSVGElement ? made : made.querySelector("svg");
  if (drawn === null) throw new Error("a chart without a picture");
  // The figure tells the chart in words, and the policy of the page forbids styles inside it.
  for (const style of drawn.querySelectorAll("style")) style.remove();
  for (const link of drawn.querySelectorAll("a")) {
    const node = nodeOfHref(link.getAttribute("href") ?? link.getAttribute("xlink:href") ?? "");
    // A link in a picture would be a stop of the keyboard for every point; the numbers of the figure hold the same links.
    for (const mark of link.children) if (node !== undefined) mark.setAttribute("data-node", node);
    link.replaceWith(...link.childNodes);
  }
  for (const part of [drawn, ...drawn.querySelectorAll("*")]) {
    for (const { name } of [...part.attributes])
      if (name.startsWith("aria-") || name === "class") part.removeAttribute(name);
  }
  return drawn;
}

/** A chart of the report, drawn into the page in the width that it has. A mark opens its reasons. */
export function PlotChart({ chart, alt }: { readonly chart: Chart; readonly alt: string }) {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const box = place.current;
    if (box === null) return;
    const measure = () => setWidth(Math.round(Math.min(MOST, Math.max(LEAST, box.clientWidth)) / 10) * 10);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => {
    if (width === 0) return;
    place.current?.replaceChildren(drawPlot(chart, width));
    tellDrawn();
  }, [chart, width]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: what a click opens, the links in the figure's numbers open by keyboard.
    <div className="chart" role="img" aria-label={alt} ref={place} tabIndex={0} onClick={open} />
  );
}

function open({ clientX, clientY, currentTarget }: MouseEvent<HTMLElement>): void {
  const node = markAt(currentTarget, clientX, clientY)?.getAttribute("data-node");
  if (node) go({ because: node });
}

/** The mark under a point, or the nearest in reach of it. */
function markAt(box: HTMLElement, x: number, y: number): Element | undefined {
  const under = document.elementFromPoint(x, y)?.closest("[data-node]");
  if (under && box.contains(under)) return under;
  let [best, least]: [Element | undefined, number] = [undefined, REACH];
  for (const mark of box.querySelectorAll<SVGGraphicsElement>("[data-node]")) {
    const distance = distanceTo(mark, x, y);
    if (distance < least) [best, least] = [mark, distance];
  }
  return best;
}

function distanceTo(mark: SVGGraphicsElement, x: number, y: number): number {
  // A line's box is much larger than the line.
  if (mark instanceof SVGPathElement && mark.getAttribute("fill") === "none") return alongLine(mark, x, y);
  const { left, right, top, bottom } = mark.getBoundingClientRect();
  return Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));
}

function alongLine(line: SVGPathElement, x: number, y: number): number {
  const matrix = line.getScreenCTM();
  if (matrix === null) return Number.POSITIVE_INFINITY;
  const length = line.getTotalLength();
  let least = Number.POSITIVE_INFINITY;
  for (let at = 0; at <= length; at += 6) {
    const point = line.getPointAtLength(at).matrixTransform(matrix);
    least = Math.min(least, Math.hypot(point.x - x, point.y - y));
  }
  return least;
}
