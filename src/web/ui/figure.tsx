import * as Plot from "@observablehq/plot";
import { type ReactNode, useLayoutEffect, useRef, useState } from "react";
import type { Chart } from "../../report/charts/plot.ts";
import { words } from "../words.ts";

export interface FigureProps {
  readonly title: string;
  /** Of its heading: below a section's, unless given. */
  readonly level?: 2 | 3;
  /** One sentence for people who cannot see it, made from the numbers. */
  readonly alt: string;
  readonly chart: Chart;
  readonly context: string;
  /** The numbers behind it. */
  readonly children: ReactNode;
}

/** A chart with its title, its text alternative, its context and its numbers. */
export function Figure({ title, level = 3, alt, chart, context, children }: FigureProps) {
  return (
    <figure>
      <figcaption>{level === 2 ? <h2 className="figure-title">{title}</h2> : <h3>{title}</h3>}</figcaption>
      <PlotChart chart={chart} alt={alt} />
      <p className="context">{context}</p>
      <details>
        <summary>{words.numbers}</summary>
        {children}
      </details>
    </figure>
  );
}

/** Widths between which a chart is drawn as wide as its place. */
const [LEAST, MOST] = [280, 760];

/** A chart of the report, drawn into the page in the width that it has. */
function PlotChart({ chart, alt }: { readonly chart: Chart; readonly alt: string }) {
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
    const box = place.current;
    if (box === null || width === 0) return;
    const drawn = Plot.plot({ ...chart(width), width, style: { fontSize: "12px", overflow: "visible" } });
    // The figure tells the chart in words, and the policy of the page forbids styles inside it.
    for (const style of drawn.querySelectorAll("style")) style.remove();
    for (const part of [drawn, ...drawn.querySelectorAll("*")]) {
      for (const { name } of [...part.attributes])
        if (name.startsWith("aria-") || name === "class") part.removeAttribute(name);
    }
    box.replaceChildren(drawn);
  }, [chart, width]);
  return <div className="chart" role="img" aria-label={alt} ref={place} />;
}
