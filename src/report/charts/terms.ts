import * as Plot from "@observablehq/plot";
import { type Chart, COLOUR, isNarrow, reasonHref, shorten } from "./plot.ts";

/** A package on a picture of utilities. */
export interface MarkedPackage {
  readonly name: string;
  /** `picked`: the one that is tried out. */
  readonly kind: "solution" | "proposal" | "picked";
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
  const picked = marked.filter(({ kind }) => kind === "picked");
  const [rx, ry] = [picture.reservation[x] ?? null, picture.reservation[y] ?? null];
  const all = [...picture.frontierAll, ...picture.frontier].map(at);
  const values = [...all, ...marked];
  const top = (of: (point: { x: number; y: number }) => number) => Math.max(1, ...values.map(of));
  const low = (of: (point: { x: number; y: number }) => number) => Math.min(0, ...values.map(of));
  return (width) => {
    const height = isNarrow(width) ? 340 : Math.min(520, width * 0.68);
    const margins = { marginLeft: 48, marginRight: legend ? 230 : 24, marginTop: 24, marginBottom: 44 };
    const across = width - margins.marginLeft - margins.marginRight;
    const upwards = height - margins.marginTop - margins.marginBottom;
    const squares = apart(
      proposals,
      (SQUARE * (top((p) => p.x) - low((p) => p.x))) / across,
      (SQUARE * (top((p) => p.y) - low((p) => p.y))) / upwards,
    );
    const moved = squares.filter((each) => each.atX !== each.x || each.atY !== each.y);
    return {
      height,
      ...margins,
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
        Plot.link(moved, { x1: "x", y1: "y", x2: "atX", y2: "atY", stroke: COLOUR.obstacle }),
        Plot.dot(moved, { x: "x", y: "y", r: 2.5, fill: COLOUR.obstacle }),
        Plot.dot(squares, {
          x: "atX",
          y: "atY",
          r: 9,
          symbol: "square",
          stroke: COLOUR.obstacle,
          fill: COLOUR.paper,
          strokeWidth: 1.75,
          href: opens,
        }),
        Plot.dot(solutions, { x: "x", y: "y", r: 6, symbol: "diamond", fill: COLOUR.accent, href: opens }),
        Plot.text(squares, { x: "atX", y: "atY", text: "label", fill: COLOUR.ink, fontSize: 9.5 }),
        Plot.dot(picked, { x: "x", y: "y", r: 13, stroke: COLOUR.ink, strokeWidth: 2 }),
        Plot.dot(picked, { x: "x", y: "y", r: 3.5, fill: COLOUR.ink }),
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
    };
  };
}

/** The room that a proposal's square takes, in pixels. */
const SQUARE = 20;
/** Where a square goes that would lie on another: near its point first, and right of it, where names stand, last. */
const ASIDE = [1, 2].flatMap((k) => [
  [-k, 0],
  [0, -k],
  [0, k],
  [-k, -k],
  [-k, k],
  [k, 0],
  [k, -k],
  [k, k],
]) as readonly (readonly [number, number])[];

/** Squares at their points, or beside them where they would lie on another; `stepX` and `stepY` are as wide and as high as one. */
function apart<T extends { readonly x: number; readonly y: number }>(
  points: readonly T[],
  stepX: number,
  stepY: number,
): readonly (T & { readonly atX: number; readonly atY: number })[] {
  const placed: (T & { readonly atX: number; readonly atY: number })[] = [];
  for (const point of points) {
    const free = ([kx, ky]: readonly [number, number]) =>
      placed.every(
        ({ atX, atY }) =>
          Math.abs(atX - point.x - kx * stepX) >= stepX * 0.99 || Math.abs(atY - point.y - ky * stepY) >= stepY * 0.99,
      );
    const [kx, ky] = free([0, 0]) ? [0, 0] : (ASIDE.find(free) ?? [0, 0]);
    placed.push({ ...point, atX: point.x + kx * stepX, atY: point.y + ky * stepY });
  }
  return placed;
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

/** Labels at the ends of lines, each beside its own; those that end together share a line of text, as long as it fits. */
function bundled(
  ends: readonly { readonly x: number; readonly y: number; readonly label: string }[],
  gap: number,
  most: number,
): readonly { readonly x: number; readonly shown: number; readonly label: string }[] {
  const groups: { x: number; first: number; shown: number; labels: string[] }[] = [];
  for (const { x, y, label } of ends.toSorted((a, b) => b.y - a.y)) {
    const group = groups.at(-1);
    const fits = group !== undefined && [...group.labels, label].join(", ").length <= most;
    if (group !== undefined && group.first - y < gap && fits) group.labels.push(label);
    else
      groups.push({
        x,
        first: y,
        shown: Math.min(y, (group?.shown ?? Number.POSITIVE_INFINITY) - gap),
        labels: [label],
      });
  }
  return groups.map(({ x, shown, labels }) => ({ x, shown, label: labels.join(", ") }));
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
  const picked = lines.filter(({ kind }) => kind === "picked");
  const last = parties.length - 1;
  let number = 0;
  const ends = picture.marked.flatMap(({ name, kind, utilities }) => {
    if (kind === "picked") return [];
    return [{ y: utilities[last] ?? 0, x: last, label: kind === "proposal" ? String(++number) : name }];
  });
  return (width) => {
    const narrow = isNarrow(width);
    const slanted = narrow || parties.length > 5;
    return {
      height: narrow ? 400 : 440,
      marginLeft: slanted ? 72 : 40,
      marginRight: narrow ? 96 : 120,
      marginTop: 24,
      marginBottom: slanted ? 96 : 44,
      x: {
        domain: [-ARM, parties.length - 1 + ARM],
        label: null,
        tickSize: 0,
        ticks: parties.map((_, i) => i),
        tickFormat: (i: number) => parties[i] ?? "",
        tickRotate: slanted ? -40 : 0,
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
        Plot.line(picked, { x: "party", y: "value", z: "line", stroke: COLOUR.ink, strokeWidth: 3.5 }),
        Plot.dot(picked, { x: "party", y: "value", r: 4, fill: COLOUR.ink }),
        Plot.text(bundled(ends, narrow ? 0.045 : 0.04, narrow ? 14 : 18), {
          x: "x",
          y: "shown",
          text: "label",
          textAnchor: "start",
          dx: 12,
          fill: COLOUR.ink,
          fontSize: 10.5,
        }),
        Plot.ruleY(floors, { y: "value", x1: "from", x2: "to", stroke: COLOUR.ink, strokeWidth: 2.5 }),
      ],
    };
  };
}
