import type { ElkExtendedEdge, ElkNode } from "elkjs/lib/elk.bundled.js";
import type { StateGraph, StateNode } from "../../assess/index.ts";
import { type Html, html, raw } from "../html.ts";
import { isNarrow, shorten, standalone } from "./plot.ts";

/** How a decision maker's arrows are drawn: a colour of the style sheet, and a dash where colours come again. */
const STROKES: readonly (readonly [colour: string, dash: string])[] = [
  ["var(--accent)", ""],
  ["var(--obstacle)", ""],
  ["var(--driver)", ""],
  ["var(--soft)", ""],
  ["var(--accent)", "5,3"],
  ["var(--obstacle)", "5,3"],
  ["var(--driver)", "5,3"],
  ["var(--soft)", "2,3"],
];

export const strokeOf = (dm: number): readonly [colour: string, dash: string] =>
  STROKES[dm % STROKES.length] ?? ["var(--ink)", ""];

/** Marks of concepts, in the order in which they ask less. */
export const CONCEPT_MARKS: Readonly<Record<string, string>> = {
  nash: "N",
  sseq: "Y",
  seq: "Q",
  smr: "S",
  gmr: "G",
};

const CHARACTER = 6.9;
/** Codes of Y and N are capitals. */
const CAPITAL = 8.6;
const LINE = 15;

/** A state as a box: its lines, and its size. */
interface Box {
  readonly lines: readonly string[];
  readonly marks: string;
  readonly width: number;
  readonly height: number;
}

function boxOf({ id, name, code, concepts }: StateNode, narrow: boolean): Box {
  const room = narrow ? 16 : 24;
  const lines = name === null ? [`state ${id}`, code] : [...wrapped(name, room), `state ${id}`];
  const shown = lines.map((line) => shorten(line, room + 2));
  const marks = Object.keys(CONCEPT_MARKS)
    .filter((concept) => concepts.includes(concept))
    .map((concept) => CONCEPT_MARKS[concept])
    .join(" ");
  const widths = shown.map((line) => line.length * (/^[YN]+$/.test(line) ? CAPITAL : CHARACTER));
  return {
    lines: shown,
    marks,
    width: Math.ceil(Math.max(...widths, (marks.length + 2) * CHARACTER)) + 18,
    height: (shown.length + (marks === "" ? 0 : 1)) * LINE + 12,
  };
}

function wrapped(text: string, room: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines[lines.length - 1];
    if (last !== undefined && last.length + 1 + word.length <= room) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.length <= 3 ? lines : [...lines.slice(0, 2), `${lines.slice(2).join(" ")}`];
}

/**
 * Draws part of a graph model: states as boxes in layers, improvements as arrows in their decision maker's colour.
 *
 * Laid out by ELK's layered algorithm; the same graph gives the same picture.
 */
export async function drawStateGraph(graph: StateGraph, width: number): Promise<Html> {
  const { default: bundle } = await import("elkjs/lib/elk.bundled.js");
  const narrow = isNarrow(width);
  const boxes = new Map(graph.nodes.map((node) => [node.id, boxOf(node, narrow)]));
  const root: ElkNode = {
    id: "root",
    layoutOptions: {
      "elk.algorithm": "layered",
      "elk.direction": "DOWN",
      "elk.edgeRouting": "SPLINES",
      "elk.layered.spacing.nodeNodeBetweenLayers": "38",
      "elk.spacing.nodeNode": narrow ? "14" : "22",
      "elk.spacing.edgeNode": "12",
      "elk.aspectRatio": narrow ? "0.5" : "1.1",
      "elk.separateConnectedComponents": "true",
      "elk.spacing.componentComponent": "24",
      "elk.randomSeed": "1",
    },
    children: graph.nodes.map(({ id }) => {
      const { width: w, height } = boxes.get(id) ?? { width: 60, height: 40 };
      return { id: `s${id}`, width: w, height };
    }),
    edges: graph.edges.map(({ from, to }, k) => ({ id: `e${k}`, sources: [`s${from}`], targets: [`s${to}`] })),
  };
  const laid = await new bundle.default().layout(root);
  const [w, h] = [Math.ceil(laid.width ?? width), Math.ceil(laid.height ?? 200)];
  const arrows = (laid.edges ?? []) as ElkExtendedEdge[];
  const dms = [...new Set(graph.edges.map(({ dm }) => dm))];
  return html`<svg viewBox="${`0 0 ${w} ${h}`}" width="${w}" height="${h}" font-size="12" fill="none">
<defs>${dms.map((dm) => html`<marker id="${`arrow-${width}-${dm}`}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0,0.5 L8,4 L0,7.5 z" fill="${strokeOf(dm)[0]}"/></marker>`)}</defs>
${arrows.map((arrow, k) => {
  const dm = graph.edges[k]?.dm ?? 0;
  const [colour, dash] = strokeOf(dm);
  return html`<path d="${pathOf(arrow)}" stroke="${colour}" stroke-width="1.4" stroke-dasharray="${dash}" marker-end="${`url(#arrow-${width}-${dm})`}"/>`;
})}
${graph.nodes.map((node) =>
  drawBox(
    node,
    boxes.get(node.id),
    laid.children?.find(({ id }) => id === `s${node.id}`),
  ),
)}
</svg>`;
}

function drawBox({ statusQuo, concepts }: StateNode, box: Box | undefined, at: ElkNode | undefined): Html {
  if (box === undefined || at === undefined) return html``;
  const [x, y] = [at.x ?? 0, at.y ?? 0];
  const stable = concepts.length > 0;
  return html`<g transform="${`translate(${round(x)},${round(y)})`}"><rect width="${box.width}" height="${box.height}" rx="4" fill="var(--paper)" stroke="${stable ? "var(--ink)" : "var(--line)"}" stroke-width="${concepts.includes("nash") ? "2.5" : "1.25"}"/>${statusQuo ? html`<rect x="3" y="3" width="${box.width - 6}" height="${box.height - 6}" rx="2" stroke="var(--soft)" stroke-dasharray="3,2"/>` : ""}${box.lines.map((line, k) => html`<text x="9" y="${17 + k * LINE}" fill="${k === box.lines.length - 1 ? "var(--soft)" : "var(--ink)"}">${line}</text>`)}${box.marks === "" ? "" : html`<text x="9" y="${17 + box.lines.length * LINE}" font-weight="600" fill="var(--ink)">${box.marks}</text>`}</g>`;
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** ELK's bend points are the control points of cubic curves, three to a curve; what is left over is joined by lines. */
function pathOf({ sections = [] }: ElkExtendedEdge): string {
  return sections
    .map(({ startPoint, bendPoints = [], endPoint }) => {
      const at = ({ x, y }: { readonly x: number; readonly y: number }) => `${round(x)},${round(y)}`;
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

/** Whose arrows are whose, as rows of a legend. */
export function legendOf(
  graph: StateGraph,
  decisionMakers: readonly string[],
): { readonly dm: number; readonly name: string }[] {
  const drawn = new Set(graph.edges.map(({ dm }) => dm));
  return decisionMakers.flatMap((name, dm) => (drawn.has(dm) ? [{ dm, name }] : []));
}

/** A state graph as an SVG file of its own, its legend below. */
export async function standaloneStateGraph(
  graph: StateGraph,
  decisionMakers: readonly string[],
  title: string,
): Promise<string> {
  const drawn = String(await drawStateGraph(graph, 960));
  const size = /viewBox="0 0 (\d+) (\d+)"/.exec(drawn);
  const [w, h] = [Number(size?.[1] ?? 960), Number(size?.[2] ?? 400)];
  const entries = legendOf(graph, decisionMakers);
  const legend = entries.map(({ dm, name }, k) => {
    const [colour, dash] = strokeOf(dm);
    const y = h + 22 + k * 18;
    return html`<path d="${`M8,${y - 4} h28`}" stroke="${colour}" stroke-width="1.8" stroke-dasharray="${dash}"/><text x="44" y="${y}" fill="var(--ink)">${name}</text>`;
  });
  const marks = "bold: nobody can improve (N); Y SSEQ, Q SEQ, S SMR, G GMR: equilibria by these; dashed: status quo";
  const key = html`<text x="8" y="${h + 26 + entries.length * 18}" fill="var(--soft)">${marks}</text>`;
  const height = h + 40 + entries.length * 18;
  const width = Math.max(w, Math.ceil(marks.length * CHARACTER) + 16);
  const whole = drawn
    .replace(
      /viewBox="[^"]*" width="[^"]*" height="[^"]*"/,
      `viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`,
    )
    .replace(/<\/svg>\s*$/, `${legend.map(String).join("")}${String(key)}</svg>`);
  return standalone(raw(whole), title);
}
