import type { StateGraph } from "../../assess/index.ts";

/** Colours of decision makers on paper, in their order; they come again dashed. */
const COLOURS = ["#1f5c86", "#b5470a", "#00795a", "#63605a"];

/** A state graph in Graphviz's language: equilibria by Nash in bold boxes, the status quo dashed. */
export function writeDot(graph: StateGraph, decisionMakers: readonly string[]): string {
  const lines = graph.nodes.map(({ id, name, code, concepts, statusQuo }) => {
    const label = [name ?? `state ${id}`, ...(name === null ? [] : [`state ${id}`]), code, concepts.join(" ")];
    const style = [concepts.includes("nash") ? "bold" : "", statusQuo ? "dashed" : ""].filter((each) => each !== "");
    return `  s${id} [label=${quoted(label.filter((line) => line !== "").join("\n"))}${style.length === 0 ? "" : `, style=${quoted(style.join(","))}`}];`;
  });
  const arrows = graph.edges.map(({ from, to, dm }) => {
    const dash = dm >= COLOURS.length ? ", style=dashed" : "";
    return `  s${from} -> s${to} [color=${quoted(COLOURS[dm % COLOURS.length] ?? "")}, label=${quoted(decisionMakers[dm] ?? "")}${dash}];`;
  });
  const head = ["digraph states {", "  node [shape=box, fontname=sans];", "  edge [fontname=sans, fontsize=9];"];
  return `${[...head, ...lines, ...arrows, "}"].join("\n")}\n`;
}

const quoted = (text: string): string =>
  `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;
