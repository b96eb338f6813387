import * as Plot from "@observablehq/plot";
import type { SimulationExhibit } from "../../assess/index.ts";
import { type Chart, COLOUR, isNarrow, reasonHref } from "./plot.ts";

type Exhibit = NonNullable<SimulationExhibit>;

/** Which event's chance by month is drawn. */
export type FanOf = "talksBy" | "stopBy" | "settlementBy";

/**
 * The chance that an event has come, by month, a line a reading: the one looked at is heavy, other views are thin, stress
 * tests are dashed; parameters drawn anew are a dotted line.
 */
export function fanChart(simulation: Exhibit, of: FanOf, reading: string | null): Chart {
  const lines = simulation.readings.map((each) => ({
    id: each.reading ?? "",
    own: each.reading === reading,
    stress: each.kind === "stress",
    points: [0, ...each[of]].map((p, month) => ({ month, p: 100 * p, id: each.reading ?? "" })),
  }));
  const drawn = [0, ...simulation.predictive[of]].map((p, month) => ({ month, p: 100 * p }));
  const views = lines.filter(({ stress, own }) => !stress && !own);
  const stress = lines.filter((each) => each.stress);
  const own = lines.filter((each) => each.own);
  const points = (from: typeof lines) => from.flatMap((each) => each.points);
  const line = { x: "month", y: "p", z: "id", href: () => reasonHref(simulation.node) } as const;
  return (width) => ({
    height: isNarrow(width) ? 220 : 280,
    marginLeft: 44,
    marginRight: 12,
    marginTop: 20,
    marginBottom: 40,
    x: {
      label: "months from the day of the case",
      ticks: isNarrow(width) ? 5 : 10,
      tickSize: 0,
      domain: [0, simulation.months],
    },
    y: {
      domain: [0, 100],
      label: null,
      tickFormat: (value: number) => `${value} %`,
      grid: true,
      tickSize: 0,
      ticks: 5,
    },
    marks: [
      Plot.line(points(stress), { ...line, stroke: COLOUR.obstacle, strokeWidth: 1, strokeDasharray: "4,3" }),
      Plot.line(points(views), { ...line, stroke: COLOUR.soft, strokeWidth: 1.25 }),
      Plot.line(drawn, { x: "month", y: "p", stroke: COLOUR.accent, strokeWidth: 1.5, strokeDasharray: "1,3" }),
      Plot.line(points(own), { ...line, stroke: COLOUR.accent, strokeWidth: 2.5 }),
    ],
  });
}

/** What is stacked in the picture of where trajectories are, from the bottom up. */
export const STACK = [
  { key: "war", name: "war", of: ["war"], fill: COLOUR.obstacle, opacity: 0.85 },
  { key: "talks", name: "fighting, in talks", of: ["talks"], fill: COLOUR.obstacle, opacity: 0.45 },
  {
    key: "truce",
    name: "truce: ceasefire or freeze",
    of: ["ceasefire", "freeze", "ceasefireDurable", "freezeDurable"],
    fill: COLOUR.driver,
    opacity: 0.4,
  },
  {
    key: "settlement",
    name: "settlement",
    of: ["settlement", "settlementDurable"],
    fill: COLOUR.driver,
    opacity: 0.85,
  },
  { key: "victoryA", name: "", of: ["victoryA"], fill: COLOUR.accent, opacity: 0.8 },
  { key: "victoryB", name: "", of: ["victoryB"], fill: COLOUR.accent, opacity: 0.4 },
  { key: "escalatedOut", name: "out of control", of: ["escalatedOut"], fill: COLOUR.ink, opacity: 0.7 },
] as const;

/** Shares of trajectories in each state by month, stacked to 100 %. */
export function occupancyChart({ occupancy, months }: Exhibit): Chart {
  const rows = occupancy.flatMap((shares, i) =>
    STACK.map(({ key, of }) => ({
      month: i + 1,
      key,
      p: 100 * of.reduce((sum, name) => sum + (shares[name] ?? 0), 0),
    })),
  );
  return (width) => ({
    height: isNarrow(width) ? 220 : 280,
    marginLeft: 44,
    marginRight: 12,
    marginTop: 20,
    marginBottom: 40,
    x: { label: "months from the day of the case", ticks: isNarrow(width) ? 5 : 10, tickSize: 0, domain: [1, months] },
    y: { domain: [0, 100], label: null, tickFormat: (value: number) => `${value} %`, tickSize: 0, ticks: 5 },
    marks: STACK.map(({ key, fill, opacity }, index) =>
      Plot.areaY(stacked(rows, index, key), { x: "month", y1: "low", y2: "high", fill, fillOpacity: opacity }),
    ),
  });
}

/** The band of one state: from the sum of those below it. */
function stacked(rows: readonly { month: number; key: string; p: number }[], index: number, key: string) {
  const below = new Set<string>(STACK.slice(0, index).map((each) => each.key));
  const months = [...new Set(rows.map(({ month }) => month))];
  return months.map((month) => {
    const own = rows.filter((row) => row.month === month);
    const low = own.filter((row) => below.has(row.key)).reduce((sum, { p }) => sum + p, 0);
    return { month, low, high: low + (own.find((row) => row.key === key)?.p ?? 0) };
  });
}
