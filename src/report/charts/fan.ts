import * as Plot from "@observablehq/plot";
import { type Chart, COLOUR, isNarrow, reasonHref } from "./plot.ts";

/** Which event's chance by month is drawn. */
export type FanOf = "talksBy" | "stopBy" | "settlementBy";

/** What a fan is drawn from: an exhibit, or the line of one view alone while the rest is worked out. */
export interface FanInput {
  readonly months: number;
  readonly readings: readonly (FanCurves & { readonly reading: string | null; readonly kind: string })[];
  readonly predictive?: FanCurves | undefined;
  /** The reason that its lines lead to. */
  readonly node?: string | undefined;
}
export type FanCurves = Readonly<Record<FanOf, readonly number[]>>;

/**
 * The chance that an event has come, by month, a line a reading: the one looked at is heavy, other views are thin, stress
 * tests are dashed; parameters drawn anew are a dotted line.
 *
 * @param base the base rate by month, dashes and dots; empty where there is none
 * @param ghost the chance by month as it stood under the view before, a dashed grey line
 */
export function fanChart(
  simulation: FanInput,
  of: FanOf,
  reading: string | null,
  ghost: readonly number[] = [],
  base: readonly number[] = [],
): Chart {
  const lines = simulation.readings.map((each) => ({
    id: each.reading ?? "",
    own: each.reading === reading,
    stress: each.kind === "stress",
    points: [0, ...each[of]].map((p, month) => ({ month, p: 100 * p, id: each.reading ?? "" })),
  }));
  const before = ghost.length === 0 ? [] : [0, ...ghost].map((p, month) => ({ month, p: 100 * p }));
  const history =
    base.length === 0 ? [] : [0, ...base.slice(0, simulation.months)].map((p, month) => ({ month, p: 100 * p }));
  const drawn = [0, ...(simulation.predictive?.[of] ?? [])].map((p, month) => ({ month, p: 100 * p }));
  const views = lines.filter(({ stress, own }) => !stress && !own);
  const stress = lines.filter((each) => each.stress);
  const own = lines.filter((each) => each.own);
  const points = (from: typeof lines) => from.flatMap((each) => each.points);
  const { node } = simulation;
  const leads = node === undefined ? {} : { href: () => reasonHref(node) };
  const line = { x: "month", y: "p", z: "id", ...leads } as const;
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
      ...(before.length === 0
        ? []
        : [Plot.line(before, { x: "month", y: "p", stroke: COLOUR.soft, strokeWidth: 2, strokeDasharray: "6,4" })]),
      ...(history.length === 0
        ? []
        : [
            Plot.line(history, {
              x: "month",
              y: "p",
              stroke: COLOUR.ink,
              strokeWidth: 1.5,
              strokeDasharray: "9,3,2,3",
            }),
            Plot.text(history.slice(-1), {
              x: "month",
              y: "p",
              text: () => "base rate",
              textAnchor: "end",
              dy: -8,
              fill: COLOUR.ink,
              stroke: COLOUR.paper,
              strokeWidth: 3,
            }),
          ]),
      Plot.line(drawn, { x: "month", y: "p", stroke: COLOUR.accent, strokeWidth: 1.5, strokeDasharray: "1,3" }),
      Plot.line(points(own), { ...line, stroke: COLOUR.accent, strokeWidth: 2.5 }),
    ],
  });
}
