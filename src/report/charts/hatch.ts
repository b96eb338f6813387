import type { RenderFunction } from "@observablehq/plot";

/** A fill that can be told from others without its colour. */
export interface Hatch {
  readonly id: string;
  readonly fill: string;
  /** Of its lines, in degrees; plain where there is none. */
  readonly angle?: number;
  /** Between its lines, in pixels. */
  readonly gap?: number;
}

/** The name of a hatch in a picture of a width; a page may hold the same picture in two widths. */
export const hatchId = (id: string, width: number): string => `hatch-${id}-${width}`;
export const hatchFill = (id: string, width: number): string => `url(#${hatchId(id, width)})`;

const SVG = "http://www.w3.org/2000/svg";
const GAP = 7;

/** A mark that draws nothing and defines the hatches of a picture. */
export function hatches(all: readonly Hatch[], width: number): RenderFunction {
  return (_index, _scales, _values, _dimensions, { document }) => {
    const make = (name: string, attributes: Readonly<Record<string, string | number>>) => {
      const made = document.createElementNS(SVG, name);
      for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
      return made;
    };
    const defs = make("defs", {}) as NonNullable<ReturnType<RenderFunction>>;
    for (const { id, fill, angle, gap = GAP } of all) {
      const pattern = make("pattern", {
        id: hatchId(id, width),
        width: gap,
        height: gap,
        patternUnits: "userSpaceOnUse",
        patternTransform: `rotate(${angle ?? 0})`,
      });
      pattern.append(make("rect", { width: gap, height: gap, fill }));
      if (angle !== undefined) {
        pattern.append(make("rect", { width: 1.6, height: gap, fill: "#000", "fill-opacity": 0.38 }));
      }
      defs.append(pattern);
    }
    return defs;
  };
}
