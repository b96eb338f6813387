import {
  type ComparedOutput,
  type ComparedSimulation,
  type Comparison,
  decibans,
  number,
  percent,
  points,
} from "../../assess/index.ts";
import { pad, type Terminal, wrap } from "../terminal.ts";
import { share } from "./simulation.ts";

/** Inputs and claims that a terminal shows of each difference. */
const SHOWN = 8;

/** A comparison for a terminal: answers side by side, then what makes them differ. */
export function renderComparison(comparison: Comparison, terminal: Terminal): string {
  const { style, width } = terminal;
  const { a, b, simulation, evidence, noSimulation } = comparison;
  const side = ({ name, title, asOf }: Comparison["a"]) =>
    [title, asOf === null ? undefined : `as of ${asOf}`, name].filter((part) => part !== undefined).join(" · ");
  return [
    `${style.accent("A")} ${wrap(side(a), width - 2)}`,
    `${style.accent("B")} ${wrap(side(b), width - 2)}`,
    ...evidenceLines(evidence, terminal),
    ...(simulation === null ? ["", style.dim(wrap(`No simulation: ${noSimulation ?? ""}.`, width))] : []),
    ...(simulation === null ? [] : simulationLines(simulation, terminal)),
  ].join("\n");
}

function evidenceLines(evidence: Comparison["evidence"], { style, width }: Terminal): string[] {
  if (evidence.length === 0) return [];
  const lines = ["", style.bold("On the evidence alone")];
  for (const { text, hypothesis, a, b, differenceDb, parts } of evidence) {
    const word = (side: typeof a) => (side === null ? "no prior" : percent(side.central));
    const change = differenceDb === null || parts.length === 0 ? "the same" : decibans(differenceDb);
    lines.push("", wrap(`${text} (${hypothesis})`, width, "  "), `    ${word(a)} to ${word(b)}, ${change}`);
    for (const part of parts.slice(0, SHOWN)) {
      const from = part.a === null ? "not there" : decibans(part.a);
      const to = part.b === null ? "not there" : decibans(part.b);
      lines.push(`    ${pad(decibans(part.differenceDb), 9, "right")}  ${part.name}: ${from} → ${to}`);
    }
    if (parts.length > SHOWN) lines.push(style.dim(`    and ${parts.length - SHOWN} more; --json has all`));
  }
  return lines;
}

const told = ({ unit }: Pick<ComparedOutput, "unit">, value: number): string =>
  unit === "probability" ? share({ p: value, se: 0 }) : number(value);
const change = ({ unit }: Pick<ComparedOutput, "unit">, value: number): string =>
  unit === "probability" ? points(value) : `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(2)}`;
const error = ({ unit }: Pick<ComparedOutput, "unit">, se: number): string =>
  unit === "probability" ? (100 * se).toFixed(1) : se.toFixed(2);

function simulationLines(simulation: ComparedSimulation, terminal: Terminal): string[] {
  const { style, width } = terminal;
  const { outputs, inputs, attribution, runs, paired } = simulation;
  const labels = Math.max(20, width - 42);
  const how = paired
    ? `${number(runs)} trajectories on each side, on the same chance`
    : "finished runs: their errors are taken as independent";
  const lines = ["", style.bold("In the simulation"), style.dim(wrap(how, width))];
  for (const output of outputs) {
    const { label, a, b, difference } = output;
    const clear = Math.abs(difference.value) > 2 * difference.se;
    const row = `  ${pad(label, labels)} ${pad(told(output, a.value), 6, "right")} to ${pad(told(output, b.value), 6)} ${pad(change(output, difference.value), 11, "right")} (±${error(output, difference.se)})`;
    lines.push(clear ? row : style.dim(row));
  }
  if (inputs.length === 0) return [...lines, "", style.dim("The two sides have the same parameters.")];
  lines.push("", style.bold("What makes it so"));
  if (attribution === null) {
    lines.push(
      style.dim(wrap("The two wars are built differently, so that no part can be given to each input.", width)),
    );
    for (const { path, a, b } of inputs.slice(0, 3 * SHOWN)) {
      lines.push(`  ${path}: ${a ?? "not there"} → ${b ?? "not there"}`);
    }
    return lines;
  }
  lines.push(
    style.dim(
      wrap(
        `Each input's part of the difference, over the orders in which they could change; the parts add up. ${number(attribution.runs)} trajectories at central values.`,
        width,
      ),
    ),
  );
  for (const [w, output] of outputs.entries()) {
    if (Math.abs(output.difference.value) <= 2 * output.difference.se) continue;
    const parts = attribution.inputs
      .flatMap(({ path, parts: of }) => {
        const part = of[w];
        return part === undefined || part === null ? [] : [{ path, ...part }];
      })
      .toSorted((one, two) => Math.abs(two.value) - Math.abs(one.value));
    if (parts.length === 0) continue;
    lines.push("", `  ${output.label}`);
    for (const { path, value, se } of parts.slice(0, SHOWN)) {
      const input = inputs.find((each) => each.path === path);
      const values = input === undefined ? "" : `: ${input.a ?? "not there"} → ${input.b ?? "not there"}`;
      const text = `    ${pad(change(output, value), 11, "right")} (±${error(output, se)})  ${path}${values}`;
      lines.push(Math.abs(value) > 2 * se ? text : style.dim(text));
    }
  }
  return lines;
}
