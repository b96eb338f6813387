import type { Feature, FeatureCollection, MultiPolygon, Polygon, Position } from "geojson";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";

export type Land = Feature<Polygon | MultiPolygon, { readonly name: string }>;

/** The countries of the world with the boundaries that a case has chosen. */
export interface Countries {
  readonly all: readonly Land[];
  /** Crimea, part of Ukraine in `all` too: it is hatched over. */
  readonly crimea: Land;
}

const [RUSSIA, UKRAINE] = ["643", "804"];
/** Simferopol: what polygon of Russia's holds it is Crimea, whatever its place in the file. */
const SIMFEROPOL: Position = [34.1, 44.95];

/**
 * Countries of a world-atlas file with Crimea as internationally recognised (UN General Assembly resolution 68/262).
 *
 * Natural Earth draws Crimea as a polygon of its own inside Russia's (index 11 at 1:110m, 98 at 1:50m); it is moved to
 * Ukraine's.
 */
export function recognisedCountries(topology: Topology): Countries {
  const collection = feature(topology, topology.objects["countries"] as GeometryCollection) as FeatureCollection;
  const lands = collection.features as Land[];
  const russia = lands.find(({ id }) => id === RUSSIA);
  const at = russia === undefined ? -1 : crimeaIn(russia);
  if (russia?.geometry.type !== "MultiPolygon" || at < 0) throw new Error("missing polygon: Crimea");
  const polygon = russia.geometry.coordinates[at] as Position[][];
  const all = lands.map((land): Land => {
    if (land.id === RUSSIA && land.geometry.type === "MultiPolygon") {
      return {
        ...land,
        geometry: { ...land.geometry, coordinates: land.geometry.coordinates.filter((_, k) => k !== at) },
      };
    }
    if (land.id !== UKRAINE) return land;
    const own = land.geometry.type === "Polygon" ? [land.geometry.coordinates] : land.geometry.coordinates;
    return { ...land, geometry: { type: "MultiPolygon", coordinates: [...own, polygon] } };
  });
  const crimea: Land = {
    type: "Feature",
    properties: { name: "Crimea" },
    geometry: { type: "Polygon", coordinates: polygon },
  };
  return { all, crimea };
}

/** The place of Crimea among the polygons of a country; -1 where it is not there. */
export function crimeaIn({ geometry }: Land): number {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return polygons.findIndex(([ring = []]) => holds(ring, SIMFEROPOL));
}

/** Whether a small ring holds a point, on the plane of longitude and latitude. */
function holds(ring: readonly Position[], [x = 0, y = 0]: Position): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [ax = 0, ay = 0] = ring[i] ?? [];
    const [bx = 0, by = 0] = ring[j] ?? [];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}
