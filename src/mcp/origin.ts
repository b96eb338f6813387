import { z } from "zod";
import type { Assessment, AssessmentNode } from "../assess/index.ts";

/** What a figure rests on, by name. */
export const origin = z.object({
  node: z.string().describe("Its node: explain_figure walks on from it."),
  engines: z.array(z.string()),
  claims: z.array(z.string()).describe("Ids of the claims that it rests on."),
  sources: z.array(z.string()).describe("Ids of its sources, with the place in them: report#4."),
  lines: z
    .array(z.string())
    .describe("Where it and what it rests on stand in the case folder, the nearest first: case.yaml:12."),
  more: z.int().describe("How many claims, sources and lines are left out here."),
});
export type Origin = z.output<typeof origin>;

/** How a figure is made again. */
export const reproduction = z.object({
  command: z.string().describe("A command line that gives the same figure."),
  at: z.string().describe("Where the figure stands in what the command prints."),
});

/** Names of each kind that are listed with a figure. */
const MOST = 25;

/** What a node rests on, down to claims, sources and lines of the case. */
export function originOf({ nodes }: Pick<Assessment, "nodes">, node: string): Origin {
  const all = chainOf(nodes, node).map(({ node: each }) => each);
  const named = (kind: AssessmentNode["kind"]) =>
    all.filter((each) => each.kind === kind).map(({ id }) => id.slice(kind.length + 1));
  const lines = [...new Set(all.flatMap(({ line }) => line ?? []))].filter((line) => line !== "");
  const [engines, claims, sources] = [named("engine"), named("claim"), named("source")];
  const left = [claims, sources, lines].reduce((sum, each) => sum + Math.max(0, each.length - MOST), 0);
  return {
    node,
    engines,
    claims: claims.slice(0, MOST),
    sources: sources.slice(0, MOST),
    lines: lines.slice(0, MOST),
    more: left,
  };
}

/** A node and how many steps it is from the figure. */
export interface ChainLink {
  readonly node: AssessmentNode;
  readonly depth: number;
}

/** A node and all that it rests on, the nearest first, each once. */
export function chainOf(nodes: Assessment["nodes"], from: string): ChainLink[] {
  const seen = new Set([from]);
  const chain: ChainLink[] = [];
  let step = [from];
  for (let depth = 0; step.length > 0; depth += 1) {
    const after: string[] = [];
    for (const id of step) {
      const node = nodes[id];
      if (node === undefined) continue;
      chain.push({ node, depth });
      for (const reason of node.because) {
        if (seen.has(reason)) continue;
        seen.add(reason);
        after.push(reason);
      }
    }
    step = after;
  }
  return chain;
}
