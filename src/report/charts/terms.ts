import * as Plot from "@observablehq/plot";
import { type Chart, COLOUR, isNarrow, reasonHref, shorten } from "./plot.ts";

/** A package on a picture of utilities. */
export interface MarkedPackage {
  readonly name: string;
  readonly kind: "solution" | "proposal";
  readonly utilities: readonly number[];
  /** Where its reasons are. */
  readonly node?: string | undefined;
}

/** What a picture of utilities shows. */
export interface TermsPicture {
  readonly parties: readonly string[];
  /** Points of the frontier that nobody who must accept refuses, and of the frontier where nobody may refuse. */
  readonly frontier: readonly (readonly number[])[];
  readonly frontierAll: readonly (readonly number[])[];
  /** Null where a party has none. */
  readonly reservation: readonly (number | null)[];
  readonly marked: readonly MarkedPackage[];
}

/**
 * Two parties: utilities against each other, the frontier, reservation values as lines; proposals by number, in their order,
 * which a legend at the right explains where it is asked for.
 */
export function planeChart(picture: TermsPicture, legend = false): Chart {
  const [x, y] = [0, 1];
  const at = (utilities: readonly number[]) => ({ x: utilities[x] ?? 0, y: utilities[y] ?? 0 });
  let number = 0;
  const marked = picture.marked.map(({ name, kind, utilities, node }) => ({
    name,
    node,
    kind,
    label: kind === "proposal" ? String(++number) : name,
    ...at(utilities),
  }));
  const opens = ({ node }: (typeof marked)[number]) => reasonHref(node);
  const proposals = marked.filter(({ kind }) => kind === "proposal");
  const solutions = marked.filter(({ kind }) => kind === "solution");
  const [rx, ry] = [picture.reservation[x] ?? null, picture.reservation[y] ?? null];
  const all = [...picture.frontierAll, ...picture.frontier].map(at);
  const values = [...all, ...marked];
  const top = (of: (point: { x: number; y: number }) => number) => Math.max(1, ...values.map(of));
  const low = (of: (point: { x: number; y: number }) => number) => Math.min(0, ...values.map(of));
  return (width) => ({
    height: isNarrow(width) ? 340 : Math.min(520, width * 0.68),
    marginLeft: 48,
    marginRight: legend ? 230 : 24,
    marginTop: 24,
    marginBottom: 44,
    x: {
      label: `worth to ${picture.parties[x] ?? ""}`,
      domain: [low((p) => p.x), top((p) => p.x)],
      grid: true,
      tickSize: 0,
    },
    y: {
      label: `worth to ${picture.parties[y] ?? ""}`,
      domain: [low((p) => p.y), top((p) => p.y)],
      grid: true,
      tickSize: 0,
    },
    marks: [
      ...(rx === null || ry === null
        ? []
        : [
            Plot.rect([{}], {
              x1: rx,
              x2: top((p) => p.x),
              y1: ry,
              y2: top((p) => p.y),
              fill: COLOUR.driver,
              fillOpacity: 0.08,
            }),
          ]),
      ...(rx === null ? [] : [Plot.ruleX([rx], { stroke: COLOUR.soft, strokeDasharray: "4,3" })]),
      ...(ry === null ? [] : [Plot.ruleY([ry], { stroke: COLOUR.soft, strokeDasharray: "4,3" })]),
      Plot.dot(picture.frontierAll.map(at), { x: "x", y: "y", r: 2, fill: COLOUR.soft, fillOpacity: 0.7 }),
      Plot.dot(picture.frontier.map(at), { x: "x", y: "y", r: 3, fill: COLOUR.driver }),
      Plot.dot(proposals, {
        x: "x",
        y: "y",
        r: 9,
        symbol: "square",
        stroke: COLOUR.obstacle,
        fill: COLOUR.paper,
        strokeWidth: 1.75,
        href: opens,
      }),
      Plot.dot(solutions, { x: "x", y: "y", r: 6, symbol: "diamond", fill: COLOUR.accent, href: opens }),
      Plot.text(proposals, { x: "x", y: "y", text: "label", fill: COLOUR.ink, fontSize: 9.5 }),
      Plot.text(spread(solutions, top((p) => p.y) / (isNarrow(width) ? 16 : 24)), {
        x: "x",
        y: "shown",
        text: "label",
        textAnchor: "start",
        dx: 10,
        fill: COLOUR.ink,
        stroke: COLOUR.paper,
        strokeWidth: 4,
        fontSize: 11,
      }),
      ...(legend
        ? [
            Plot.text([proposals.map(({ label, name }) => `${label} ${shorten(name, 34)}`).join("\n")], {
              frameAnchor: "top-right",
              textAnchor: "start",
              dx: 12,
              lineHeight: 1.5,
              fontSize: 11,
              fill: COLOUR.ink,
            }),
          ]
        : []),
    ],
  });
}

/** Puts labels apart that would lie on one another. */
function spread<T extends { readonly x: number; readonly y: number }>(
  labels: readonly T[],
  gap: number,
): (T & { shown: number })[] {
  const placed: (T & { shown: number })[] = [];
  for (const label of labels.toSorted((a, b) => b.y - a.y)) {
    let shown = label.y;
    for (const other of placed) {
      if (Math.abs(other.x - label.x) < 0.25 && Math.abs(other.shown - shown) < gap) shown = other.shown - gap;
    }
    placed.push({ ...label, shown });
  }
  return placed;
}

/** How far a reservation value reaches to either side of its axis. */
const ARM = 0.12;

/** More than two parties: an axis each, a line a package; reservation values as bars across. */
export function parallelChart(picture: TermsPicture): Chart {
  const { parties } = picture;
  const lines = picture.marked.flatMap(({ name, kind, utilities, node }, line) =>
    utilities.map((value, party) => ({ line, name, kind, party, value, node })),
  );
  const faint = picture.frontier
    .slice(0, 400)
    .flatMap((utilities, line) => utilities.map((value, party) => ({ line, party, value })));
  const floors = picture.reservation.flatMap((value, party) =>
    value === null ? [] : [{ value, from: party - ARM, to: party + ARM }],
  );
  const opens = ({ node }: (typeof lines)[number]) => reasonHref(node);
  const solutions = lines.filter(({ kind }) => kind === "solution");
  const proposals = lines.filter(({ kind }) => kind === "proposal");
  return (width) => {
    const narrow = isNarrow(width);
    return {
      height: narrow ? 320 : 380,
      marginLeft: 40,
      marginRight: narrow ? 24 : 40,
      marginTop: 24,
      marginBottom: narrow ? 70 : 44,
      x: {
        domain: [-ARM, parties.length - 1 + ARM],
        label: null,
        tickSize: 0,
        ticks: parties.map((_, i) => i),
        tickFormat: (i: number) => parties[i] ?? "",
        tickRotate: narrow ? -40 : 0,
      },
      y: { label: "worth", grid: true, tickSize: 0 },
      marks: [
        Plot.ruleX(
          parties.map((_, i) => i),
          { stroke: COLOUR.line },
        ),
        Plot.line(faint, {
          x: "party",
          y: "value",
          z: "line",
          stroke: COLOUR.driver,
          strokeOpacity: 0.12,
          strokeWidth: 1,
        }),
        Plot.line(proposals, {
          x: "party",
          y: "value",
          z: "line",
          stroke: COLOUR.obstacle,
          strokeWidth: 1.25,
          strokeDasharray: "4,3",
          href: opens,
        }),
        Plot.line(solutions, {
          x: "party",
          y: "value",
          z: "line",
          stroke: COLOUR.accent,
          strokeWidth: 2.25,
          href: opens,
        }),
        Plot.ruleY(floors, { y: "value", x1: "from", x2: "to", stroke: COLOUR.ink, strokeWidth: 2.5 }),
      ],
    };
  };
}
