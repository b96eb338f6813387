import * as Plot from "@observablehq/plot";
import { geoArea, geoAzimuthalEqualArea, geoCentroid } from "d3-geo";
import type { FeatureCollection, Position } from "geojson";
import type { PlacesExhibit } from "../../assess/index.ts";
import { type Chart, COLOUR, isNarrow } from "../../report/charts/plot.ts";
import type { Countries, Land } from "./countries.ts";

type Country = NonNullable<PlacesExhibit>["countries"][number];

/** Neutral fills that tell parties apart by pattern, not by colour: dots, lines and crossings of one ink. */
const PATTERNS = [
  "M-1,1 l2,-2 M0,8 l8,-8 M7,9 l2,-2",
  "M2,2 h1.4 v1.4 h-1.4 z M6,6 h1.4 v1.4 h-1.4 z",
  "M0,4 h8",
  "M4,0 v8",
  "M0,4 h8 M4,0 v8",
  "M7,-1 l2,2 M0,0 l8,8 M-1,7 l2,2",
] as const;
/** About the width of a letter of a name, in pixels. */
const CHARACTER = 7.6;
const NS = "http://www.w3.org/2000/svg";

/** The patterns of a map, under ids of its own. */
function patterns(map: string, countries: readonly Country[]): Plot.RenderFunction {
  return (_index, _scales, _values, _dimensions, context) => {
    const make = (name: string, attributes: Readonly<Record<string, string>>, parent?: Element) => {
      const element = context.document.createElementNS(NS, name);
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
      parent?.append(element);
      return element as SVGElement;
    };
    const defs = make("defs", {});
    const pattern = (id: string, path: string, stroke: string, ground: string) => {
      const tile = make("pattern", { id, width: "8", height: "8", patternUnits: "userSpaceOnUse" }, defs);
      make("rect", { width: "8", height: "8", fill: ground }, tile);
      make("path", { d: path, stroke, "stroke-width": "0.9", fill: "none" }, tile);
    };
    countries.forEach(({ party }, k) => {
      pattern(`${map}-${party}`, PATTERNS[k % PATTERNS.length] ?? "", COLOUR.soft, COLOUR.band);
    });
    const hatch = make(
      "pattern",
      { id: `${map}-crimea`, width: "5", height: "5", patternUnits: "userSpaceOnUse" },
      defs,
    );
    make("path", { d: "M-1,1 l2,-2 M0,5 l5,-5 M4,6 l2,-2", stroke: COLOUR.ink, "stroke-width": "1.1" }, hatch);
    return defs;
  };
}

/** The countries of a case's parties, by name, in neutral patterns; Crimea within Ukraine, hatched where Ukraine is shown. */
export function mapChart(places: NonNullable<PlacesExhibit>, { all, crimea }: Countries, map: string): Chart {
  const shown = places.countries.flatMap((country) => {
    const land = all.find(({ id }) => id === country.iso);
    return land === undefined ? [] : [{ country, land }];
  });
  const fighting = shown.filter(({ country }) => country.belligerent);
  const framed: FeatureCollection = {
    type: "FeatureCollection",
    features: (fighting.length > 0 ? fighting : shown).map(({ land }) => land),
  };
  const [lon, lat] = geoCentroid(framed);
  const labels = shown.map(({ country, land }) => ({ name: country.name, at: middle(land) }));
  return (width) => {
    const height = Math.round(width * (isNarrow(width) ? 0.8 : 0.56));
    const inset = isNarrow(width) ? 14 : 28;
    const project = geoAzimuthalEqualArea()
      .rotate([-lon, -lat])
      .fitExtent(
        [
          [inset, inset],
          [width - inset, height - inset],
        ],
        framed,
      );
    return {
      height,
      margin: 0,
      projection: { type: "azimuthal-equal-area", rotate: [-lon, -lat], domain: framed, inset },
      marks: [
        patterns(map, places.countries),
        Plot.geo([...all], { fill: COLOUR.paper, stroke: COLOUR.line, strokeWidth: 0.7 }),
        ...shown.map(({ country, land }) =>
          Plot.geo(land, { fill: `url(#${map}-${country.party})`, stroke: COLOUR.soft, strokeWidth: 0.9 }),
        ),
        shown.some(({ country }) => country.iso === "804")
          ? Plot.geo(crimea, { fill: `url(#${map}-crimea)`, stroke: COLOUR.soft, strokeWidth: 0.6 })
          : null,
        ...labels.flatMap(({ name, at }) => {
          const [x = 0, y = 0] = project([at[0] ?? 0, at[1] ?? 0]) ?? [];
          if (x < 0 || x > width || y < 0 || y > height) return [];
          // A name at the edge is moved in until all of it stands within the frame.
          const half = (name.length * CHARACTER) / 2;
          const dx = Math.max(half - x, Math.min(width - half - x, 0));
          return [
            Plot.text([at], {
              x: ([x0]: Position) => x0,
              y: ([, y0]: Position) => y0,
              text: () => name,
              dx,
              fill: COLOUR.ink,
              stroke: COLOUR.paper,
              strokeWidth: 4,
              fontWeight: 600,
            }),
          ];
        }),
      ],
    };
  };
}

/** Where a country's name stands: the middle of its largest part. */
function middle({ geometry }: Land): Position {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  const parts = polygons.map((coordinates) => ({ type: "Polygon" as const, coordinates }));
  const [largest] = parts.toSorted((a, b) => geoArea(b) - geoArea(a));
  return largest === undefined ? [0, 0] : geoCentroid(largest);
}
