import * as Plot from "@observablehq/plot";
import type { SimulationExhibit } from "../../assess/index.ts";
import { type Hatch, hatches, hatchFill } from "./hatch.ts";
import { type Chart, COLOUR, isNarrow } from "./plot.ts";

type Exhibit = NonNullable<SimulationExhibit>;
/** What the picture is drawn from. */
export type Occupied = Pick<Exhibit, "occupancy" | "months" | "sides">;

/** A band of the picture of where trajectories are. */
export interface Band {
  readonly key: string;
  readonly name: string;
  /** Phases and ends of the simulation that it holds. */
  readonly of: readonly string[];
}

/** Where trajectories are by month, from the bottom up; the two sides share a colour and differ by their hatch. */
const BANDS: readonly (Band & Omit<Hatch, "id">)[] = [
  { key: "war", name: "war", of: ["war"], fill: "#d98b4a" },
  { key: "talks", name: "fighting, in talks", of: ["talks"], fill: "#efc04c", angle: 45 },
  { key: "ceasefire", name: "ceasefire", of: ["ceasefire", "ceasefireDurable"], fill: "#8fc7ea" },
  { key: "freeze", name: "freeze", of: ["freeze", "freezeDurable"], fill: "#5b9cc9", angle: 0, gap: 5 },
  { key: "settlement", name: "settlement", of: ["settlement", "settlementDurable"], fill: "#2aa17e" },
  { key: "victoryA", name: "", of: ["victoryA"], fill: "#cf93b6", angle: 135 },
  { key: "victoryB", name: "", of: ["victoryB"], fill: "#cf93b6", angle: 90, gap: 5 },
  { key: "escalatedOut", name: "escalation out of control", of: ["escalatedOut"], fill: "#8a8780", angle: 45, gap: 4 },
];

/** The bands with the sides' names: a side prevails where the other collapses. */
export function bandsOf({ sides }: Pick<Occupied, "sides">): readonly Band[] {
  const prevails = { victoryA: `${sides[0]} prevails`, victoryB: `${sides[1]} prevails` } as const;
  return BANDS.map(({ key, name, of }) => ({
    key,
    name: key === "victoryA" || key === "victoryB" ? prevails[key] : name,
    of,
  }));
}

/** The share of trajectories in a band at the end of a month; month 0 is the day of the case. */
export function shareOf({ occupancy }: Pick<Occupied, "occupancy">, { of }: Band, month: number): number {
  return of.reduce((sum, name) => sum + (occupancy[month - 1]?.[name] ?? 0), 0);
}

/** Room around the picture, which a pointer is measured against. */
export const OCCUPANCY_MARGIN = { left: 44, right: 12 } as const;

/** A band says its name where it is at least this high, in percent. */
const NAMED_FROM = 9;
const CHARACTER = 6.6;

interface Stacked {
  readonly band: Band;
  readonly rows: readonly { readonly month: number; readonly low: number; readonly high: number }[];
}

/** A name in each band that has room for it, where the band is highest: inside the frame, and not on another name. */
function labelsOf(stacked: readonly Stacked[], character: number, months: number) {
  const placed: { readonly name: string; readonly month: number; readonly p: number; readonly half: number }[] = [];
  for (const { band, rows } of stacked) {
    const half = (band.name.length / 2 + 1) * character * (months - 1);
    const free = ({ month, low, high }: (typeof rows)[number]) =>
      high - low >= NAMED_FROM &&
      month - half >= 1 &&
      month + half <= months &&
      placed.every(
        (each) => Math.abs(each.month - month) > each.half + half || Math.abs(each.p - (low + high) / 2) > NAMED_FROM,
      );
    const [best] = rows.filter(free).toSorted((a, b) => b.high - b.low - (a.high - a.low));
    if (best !== undefined) placed.push({ name: band.name, month: best.month, p: (best.low + best.high) / 2, half });
  }
  return placed;
}

/** Shares of trajectories in each state by month, stacked to 100 %; a line at the month that is looked at. */
export function occupancyChart(simulation: Occupied, month?: number): Chart {
  const { months } = simulation;
  const bands = bandsOf(simulation);
  const stacked = bands.map((band, index) => ({
    band,
    rows: Array.from({ length: months }, (_, i) => {
      const low = bands.slice(0, index).reduce((sum, below) => sum + shareOf(simulation, below, i + 1), 0);
      const own = shareOf(simulation, band, i + 1);
      return { month: i + 1, low: 100 * low, high: 100 * (low + own) };
    }),
  }));
  return (width) => {
    const narrow = isNarrow(width);
    const inner = width - OCCUPANCY_MARGIN.left - OCCUPANCY_MARGIN.right;
    const labels = labelsOf(stacked, CHARACTER / inner, months);
    return {
      height: narrow ? 260 : 340,
      marginLeft: OCCUPANCY_MARGIN.left,
      marginRight: OCCUPANCY_MARGIN.right,
      marginTop: 20,
      marginBottom: 40,
      x: { label: "months from the day of the case", ticks: narrow ? 5 : 10, tickSize: 0, domain: [1, months] },
      y: { domain: [0, 100], label: null, tickFormat: (value: number) => `${value} %`, tickSize: 0, ticks: 5 },
      marks: [
        hatches(
          BANDS.map(({ key, fill, angle, gap }) => ({
            id: bandId(key),
            fill,
            ...(angle === undefined ? {} : { angle }),
            ...(gap === undefined ? {} : { gap }),
          })),
          width,
        ),
        ...stacked.map(({ band, rows }) =>
          Plot.areaY(rows, { x: "month", y1: "low", y2: "high", fill: hatchFill(bandId(band.key), width) }),
        ),
        // Bands of nearly the same grey are told apart by the line between them.
        ...stacked
          .slice(0, -1)
          .map(({ rows }) => Plot.line(rows, { x: "month", y: "high", stroke: COLOUR.paper, strokeWidth: 1 })),
        Plot.text(labels, {
          x: "month",
          y: "p",
          text: "name",
          fill: COLOUR.ink,
          stroke: COLOUR.paper,
          strokeWidth: 4,
          strokeOpacity: 0.85,
          fontWeight: 500,
        }),
        ...(month === undefined
          ? []
          : [
              Plot.ruleX([month], { stroke: COLOUR.paper, strokeWidth: 4 }),
              Plot.ruleX([month], { stroke: COLOUR.ink, strokeWidth: 1.75 }),
            ]),
      ],
    };
  };
}

/** The name of a band's hatch in a file that people may open: sides have no letters there. */
const bandId = (key: string): string => key.replace(/A$/, "-first").replace(/B$/, "-second").toLowerCase();

/** The hatch of a band as a picture of its own, for a key beside the numbers. */
export function bandSwatch(key: string): Chart {
  return SWATCHES[key] ?? swatchOf({ id: "none", fill: "none" });
}

function swatchOf(hatch: Hatch): Chart {
  return (width) => ({
    width,
    height: width,
    margin: 0,
    axis: null,
    x: { domain: [0, 1] },
    y: { domain: [0, 1] },
    marks: [hatches([hatch], width), Plot.rect([0], { x1: 0, x2: 1, y1: 0, y2: 1, fill: hatchFill(hatch.id, width) })],
  });
}

const SWATCHES: Readonly<Record<string, Chart>> = Object.fromEntries(
  BANDS.map(({ key, name: _, of: __, ...hatch }) => [key, swatchOf({ ...hatch, id: `swatch-${bandId(key)}` })]),
);
