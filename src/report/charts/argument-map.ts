import type { ElkExtendedEdge, ElkNode } from "elkjs/lib/elk.bundled.js";
import { type Html, html } from "../html.ts";
import { isNarrow, shorten } from "./plot.ts";

/** A claim, or the question, as a box of the map. */
export interface ArgumentNode {
  readonly id: string;
  readonly name: string;
  /** Its weight in words; empty where it has none. */
  readonly weight: string;
  readonly leans: "driver" | "obstacle" | "neither" | "question";
  /** Whether it enters computations. */
  readonly counts: boolean;
  readonly group: string | null;
}

export interface ArgumentEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: "supports" | "attacks";
}

/** Part of a case's argument, ready to be drawn. */
export interface ArgumentMap {
  readonly nodes: readonly ArgumentNode[];
  readonly edges: readonly ArgumentEdge[];
  readonly groups: readonly { readonly id: string; readonly name: string }[];
}

const MARKS = { driver: "▲", obstacle: "▼", neither: "○", question: "" } as const;
const COLOURS = {
  driver: "var(--driver)",
  obstacle: "var(--obstacle)",
  neither: "var(--soft)",
  question: "var(--ink)",
} as const;

const CHARACTER = 6.7;
const LINE = 15;
const PAD = 9;
const HEAD = 22;

interface Box {
  readonly lines: readonly string[];
  readonly width: number;
  readonly height: number;
}

function boxOf({ name, weight, leans }: ArgumentNode, narrow: boolean): Box {
  const room = leans === "question" ? (narrow ? 16 : 18) : narrow ? 20 : 22;
  const lines = wrapped(name, room, leans === "question" ? 9 : 2);
  const all = weight === "" ? lines : [...lines, weight];
  const longest = Math.max(...all.map((line) => line.length), 6);
  return { lines: all, width: Math.ceil(longest * CHARACTER) + 2 * PAD + 8, height: all.length * LINE + 12 };
}

/** Words in lines of a length; what is beyond the last line is cut. */
function wrapped(text: string, room: number, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= room) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.length <= most
    ? lines.map((line) => shorten(line, room + 2))
    : [...lines.slice(0, most - 1), shorten(lines.slice(most - 1).join(" "), room)];
}

/**
 * Draws an argument from left to right: claims in the frames of their groups, what they support (solid) and attack
 * (dashed), and the question that they bear on.
 *
 * Laid out by ELK's layered algorithm; the same map gives the same picture. Boxes stand in the order of the nodes.
 */
export async function drawArgumentMap({ nodes, edges, groups }: ArgumentMap, width: number): Promise<Html> {
  const { default: bundle } = await import("elkjs/lib/elk.bundled.js");
  const narrow = isNarrow(width);
  const boxes = new Map(nodes.map((node) => [node.id, boxOf(node, narrow)]));
  const leaf = ({ id }: ArgumentNode): ElkNode => {
    const { width: w = 60, height = 40 } = boxes.get(id) ?? {};
    return { id: `n/${id}`, width: w, height };
  };
  const framed = groups
    .map((group) => ({ ...group, members: nodes.filter((node) => node.group === group.id) }))
    .filter(({ members }) => members.length > 1);
  const inFrame = new Set(framed.flatMap(({ members }) => members.map(({ id }) => id)));
  const spacing = {
    "elk.layered.spacing.nodeNodeBetweenLayers": narrow ? "26" : "34",
    "elk.spacing.nodeNode": "9",
    "elk.spacing.edgeNode": "8",
    "elk.layered.spacing.edgeNodeBetweenLayers": "10",
  };
  const root: ElkNode = {
    id: "root",
    layoutOptions: {
      "elk.algorithm": "layered",
      "elk.direction": "RIGHT",
      "elk.edgeRouting": "SPLINES",
      "elk.hierarchyHandling": "INCLUDE_CHILDREN",
      "elk.randomSeed": "1",
      ...spacing,
    },
    children: [
      ...framed.map(({ id, name, members }) => ({
        id: `g/${id}`,
        layoutOptions: { "elk.padding": `[top=${HEAD},left=8,bottom=8,right=8]`, ...spacing },
        labels: [{ text: name }],
        children: members.map(leaf),
      })),
      ...nodes.filter(({ id }) => !inFrame.has(id)).map(leaf),
    ],
    edges: edges.map(({ from, to }, k) => ({ id: `e${k}`, sources: [`n/${from}`], targets: [`n/${to}`] })),
  };
  const laid = await new bundle.default().layout(root);
  const [w, h] = [Math.ceil(laid.width ?? width), Math.ceil(laid.height ?? 200)];
  const placed = placesOf(laid);
  const arrows = arrowsOf(laid, placed);
  return html`<svg viewBox="${`0 0 ${w} ${h}`}" width="${w}" height="${h}" font-size="12" fill="none">
<defs>${(["supports", "attacks"] as const).map((kind) => html`<marker id="${`argues-${kind}-${width}`}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0,0.5 L8,4 L0,7.5 z" fill="${kind === "supports" ? "var(--driver)" : "var(--obstacle)"}"/></marker>`)}</defs>
${framed.map(({ id, name }) => {
  const at = placed.get(`g/${id}`);
  if (at === undefined) return html``;
  return html`<rect x="${at.x}" y="${at.y}" width="${at.width}" height="${at.height}" rx="6" fill="var(--wash)" stroke="var(--line)"/><text x="${at.x + 9}" y="${at.y + 15}" font-size="11" fill="var(--soft)">${shorten(name, Math.floor(at.width / CHARACTER) - 1)}</text>`;
})}
${edges.map(({ kind }, k) => {
  const path = arrows.get(`e${k}`);
  if (path === undefined) return html``;
  return html`<path d="${path}" stroke="${kind === "supports" ? "var(--driver)" : "var(--obstacle)"}" stroke-width="1.3" stroke-dasharray="${kind === "supports" ? "" : "5,3"}" marker-end="${`url(#argues-${kind}-${width})`}"/>`;
})}
${nodes.map((node) => drawBox(node, boxes.get(node.id), placed.get(`n/${node.id}`)))}
</svg>`;
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where every box and frame stands in the whole picture: ELK places children inside their parents. */
function placesOf(root: ElkNode): Map<string, Place> {
  const places = new Map<string, Place>();
  const walk = (node: ElkNode, dx: number, dy: number): void => {
    const [x, y] = [dx + (node.x ?? 0), dy + (node.y ?? 0)];
    places.set(node.id, { x: round(x), y: round(y), width: round(node.width ?? 0), height: round(node.height ?? 0) });
    for (const child of node.children ?? []) walk(child, x, y);
  };
  walk(root, 0, 0);
  return places;
}

/** The paths of arrows; ELK counts them from the node that contains them. */
function arrowsOf(root: ElkNode, placed: ReadonlyMap<string, Place>): Map<string, string> {
  const paths = new Map<string, string>();
  for (const edge of (root.edges ?? []) as (ElkExtendedEdge & { readonly container?: string })[]) {
    const from = placed.get(edge.container ?? "root");
    paths.set(edge.id, pathOf(edge, from?.x ?? 0, from?.y ?? 0));
  }
  return paths;
}

function drawBox({ leans, weight, counts }: ArgumentNode, box: Box | undefined, at: Place | undefined): Html {
  if (box === undefined || at === undefined) return html``;
  const dash = counts ? "" : "4,3";
  const mark = MARKS[leans];
  return html`<g transform="${`translate(${at.x},${at.y})`}"><rect width="${box.width}" height="${box.height}" rx="4" fill="var(--paper)" stroke="${leans === "question" ? "var(--ink)" : "var(--line)"}" stroke-width="${leans === "question" ? "2" : "1.25"}" stroke-dasharray="${dash}"/>${leans === "question" ? "" : html`<path d="${`M2,5 V${box.height - 5}`}" stroke="${COLOURS[leans]}" stroke-width="3" stroke-linecap="round"/>`}${box.lines.map(
    (line, k) => {
      const last = weight !== "" && k === box.lines.length - 1;
      return html`<text x="${PAD + 3}" y="${17 + k * LINE}" fill="${last ? COLOURS[leans] : counts ? "var(--ink)" : "var(--soft)"}">${last && mark !== "" ? `${mark} ${line}` : line}</text>`;
    },
  )}</g>`;
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** ELK's bend points are the control points of cubic curves, three to a curve; what is left over is joined by lines. */
function pathOf({ sections = [] }: ElkExtendedEdge, dx: number, dy: number): string {
  const at = ({ x, y }: { readonly x: number; readonly y: number }) => `${round(x + dx)},${round(y + dy)}`;
  return sections
    .map(({ startPoint, bendPoints = [], endPoint }) => {
      const points = [...bendPoints, endPoint];
      const parts = [`M${at(startPoint)}`];
      let k = 0;
      for (; k + 3 <= points.length; k += 3)
        parts.push(
          `C${points
            .slice(k, k + 3)
            .map(at)
            .join(" ")}`,
        );
      for (; k < points.length; k++) parts.push(`L${at(points[k] ?? endPoint)}`);
      return parts.join(" ");
    })
    .join(" ");
}
