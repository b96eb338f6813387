import { z } from "zod";
import type { Assessment } from "../../assess/index.ts";
import { nearest, ParleyError } from "../../core/problems/index.ts";
import { commandOf } from "../commands.ts";
import { chainOf, origin, originOf, reproduction } from "../origin.ts";
import { caseId, defineTool, moreOf, pageInput, pageOf, pageOutput, viewInput } from "../tool.ts";

const USUAL = 40;

const reason = z.object({
  id: z.string(),
  kind: z.enum(["figure", "engine", "parameter", "claim", "source", "series", "definition"]),
  depth: z.int().describe("Steps from the figure."),
  label: z.string(),
  value: z.union([z.number(), z.string()]).optional(),
  unit: z.string().optional(),
  casePath: z.string().optional().describe("Where read_case finds it."),
  line: z.string().optional().describe("Where it stands in the case folder: case.yaml:12."),
  citation: z.string().optional(),
  note: z.string().optional().describe("The reason in an analyst's words."),
  because: z.array(z.string()).describe("What it rests on in turn."),
});

/** `explain_figure`: why a figure is what it is. */
export const explainFigure = defineTool({
  name: "explain_figure",
  title: "Explain a figure",
  description:
    "Walks a figure of an assessment down its reasons, the nearest first: other figures, engines, parameters, claims, sources with the place in them, series, definitions, and the line of the case where each stands. Takes the node of any answer of the other tools.",
  long: true,
  input: z.strictObject({
    case: caseId,
    node: z.string().min(1).max(500).describe("A node as the other tools name it, or the id of a figure or claim."),
    depth: z.int().min(0).max(50).optional().describe("How many steps down; to the end unless given."),
    ...viewInput,
    ...pageInput(200, USUAL),
  }),
  output: z.object({
    case: z.string(),
    reasons: z.array(reason),
    ...pageOutput,
    from: origin.describe("All that it rests on, by name."),
    reproduce: reproduction,
  }),
  async answer(input, desk) {
    const { shelved, assessment } = await desk.assess(input.case, input);
    const id = nodeOf(assessment, input.node);
    const { depth: deepest = Number.POSITIVE_INFINITY } = input;
    const chain = chainOf(assessment.nodes, id).filter(({ depth }) => depth <= deepest);
    const { items, ...page } = pageOf(chain, input, USUAL);
    const command = commandOf("assess", shelved, input);
    const text = [
      ...items.map(({ node, depth }) => {
        const where = node.line === undefined || node.line === "" ? "" : ` (${node.line})`;
        return `${"  ".repeat(Math.min(depth, 6))}${node.kind}: ${node.label}${where}`;
      }),
      ...moreOf(page),
      `Again: ${command}`,
    ].join("\n");
    return {
      text,
      data: {
        case: input.case,
        reasons: items.map(({ node, depth }) => ({ ...node, depth })),
        ...page,
        from: originOf(assessment, id),
        reproduce: { command, at: `nodes["${id}"]` },
      },
    };
  },
});

/** The node that is meant, by its own id or without its kind. @throws ParleyError where there is none */
function nodeOf({ nodes }: Assessment, written: string): string {
  const kinds = ["figure", "claim", "parameter", "source", "series", "definition", "engine"];
  const found = [written, ...kinds.map((kind) => `${kind}:${written}`)].find((id) => Object.hasOwn(nodes, id));
  if (found !== undefined) return found;
  const ids = Object.keys(nodes);
  const bare = new Map(ids.map((id) => [id.slice(id.indexOf(":") + 1), id]));
  const near = nearest(written, ids) ?? bare.get(nearest(written, bare.keys()) ?? "");
  const known = "the other tools name the node of each figure";
  throw ParleyError.of("unknown-reference", { kind: "figure", value: written, near, known });
}
