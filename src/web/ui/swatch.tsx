import * as Plot from "@observablehq/plot";
import { useLayoutEffect, useRef } from "react";
import type { Chart } from "../../report/charts/plot.ts";

const SIZE = 16;

/** A small square of a chart's fill, beside its name in a key. */
export function Swatch({ chart }: { readonly chart: Chart }) {
  const place = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const drawn = Plot.plot({ ...chart(SIZE), width: SIZE });
    for (const style of drawn.querySelectorAll("style")) style.remove();
    drawn.removeAttribute("class");
    place.current?.replaceChildren(drawn);
  }, [chart]);
  return <span className="swatch" aria-hidden="true" ref={place} />;
}
