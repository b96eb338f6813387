import type { Command } from "commander";
import { type Comparison, compareCases, COMPARE_RUNS as RUNS } from "../../assess/index.ts";
import { type Case, type View, viewCase } from "../../case/index.ts";
import { ParleyError } from "../../core/problems/index.ts";
import { helpWithExamples } from "../help.ts";
import type { Output } from "../output.ts";
import { renderComparison } from "../render/compare.ts";
import { compareRuns, type FinishedRun, isFinishedRun, readFinishedRun } from "../simulation/finished-run.ts";
import { openDossier } from "../target.ts";
import { seedOf, type ViewOptions, withSeed } from "../view-options.ts";

interface CompareVerbOptions extends ViewOptions {
  readonly with?: readonly string[];
  readonly runs?: string;
  readonly prior?: boolean;
}

const MOST_RUNS = 1_000_000;

/** `parley compare A B`: which answers differ, and which inputs make it so. */
export function addCompare(program: Command, outputOf: (command: Command) => Output): void {
  const command = withSeed(
    program
      .command("compare")
      .argument("<a>", "a case, CASE@READING, or the JSON of a finished run")
      .argument("[b]", "the same; @READING is a reading of A's case")
      .description("compare two cases, two readings or two runs: which answers differ and which inputs make it so")
      .option("--with <path=value>", "a change that B has beside; may be given again", collect, [])
      .option("--runs <n>", `trajectories on each side (default: ${RUNS})`)
      .option("--prior", "draw uncertain parameters anew for each trajectory")
      .option("--as-of <date>", "leave out what was published after a day")
      .option("--strict-as-of", "leave out what is marked as hindsight"),
  ).action((a: string, b: string | undefined, options: CompareVerbOptions) =>
    compare(a, b, options, outputOf(command)),
  );
  helpWithExamples(command, [
    "parley compare ukraine-2024 @source",
    "parley compare ukraine-2024@ripeness @stalemate-not-felt",
    "parley compare ukraine-2024 --with war.mediation.level=0.8",
    "parley compare before.json after.json",
  ]);
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

function compare(a: string, b: string | undefined, options: CompareVerbOptions, output: Output): void {
  const seed = seedOf(options);
  const changes = options.with ?? [];
  if (b === undefined && changes.length === 0) {
    throw ParleyError.of("usage", {
      detail: "compare needs two sides",
      hint: "name a second case, a reading such as @source, or a change such as --with war.mediation.level=0.8",
    });
  }
  const comparison =
    isFinishedRun(a) || (b !== undefined && isFinishedRun(b))
      ? ofRuns(a, b, changes, seed)
      : ofCases(a, b ?? a, changes, options, seed);
  output.printJson(comparison);
  output.print(renderComparison(comparison, output.terminal));
}

function ofRuns(a: string, b: string | undefined, changes: readonly string[], seed: number): Comparison {
  if (b === undefined || !isFinishedRun(a) || !isFinishedRun(b) || changes.length > 0) {
    throw ParleyError.of("usage", {
      detail: "a finished run can be compared with another finished run alone",
      hint: "give two .json files, or two cases",
    });
  }
  const [from, to] = [readFinishedRun(a), readFinishedRun(b)];
  const side = (name: string, { title, asOf, reading }: FinishedRun) => ({ name, title, asOf, reading, hash: null });
  const simulation = compareRuns(from, to);
  return { a: side(a, from), b: side(b, to), seed, simulation, noSimulation: null, evidence: [] };
}

function ofCases(
  a: string,
  b: string,
  changes: readonly string[],
  options: CompareVerbOptions,
  seed: number,
): Comparison {
  const [target, reading] = sideOf(a);
  const [other, otherReading] = sideOf(b, target);
  const view = { asOf: options.asOf, strictAsOf: options.strictAsOf === true };
  const from = caseOf(target, { ...view, reading });
  const to = caseOf(other, { ...view, reading: otherReading, sets: changes });
  const how = { seed, runs: runsOf(options), prior: options.prior === true };
  return compareCases({ content: from, changes: [] }, { content: to, changes }, how);
}

/** A target and its reading: `CASE@READING`; `@READING` alone is of the case before. */
function sideOf(written: string, before?: string): readonly [target: string, reading: string | undefined] {
  const at = written.lastIndexOf("@");
  if (at < 0) return [written, undefined];
  const [target, reading] = [written.slice(0, at), written.slice(at + 1)];
  const known = target === "" ? before : target;
  if (known !== undefined && reading !== "") return [known, reading];
  throw ParleyError.of("usage", {
    detail: `invalid side: ${written}`,
    hint: "a side is a case, CASE@READING, or @READING after a case",
  });
}

function caseOf(target: string, view: View): Case {
  const { case: content, problems } = viewCase(openDossier(target), view);
  if (content === undefined) throw new ParleyError(problems);
  return content;
}

function runsOf({ runs = String(RUNS) }: CompareVerbOptions): number {
  const count = Number(runs);
  if (/^\d+$/.test(runs) && count >= 200 && count <= MOST_RUNS) return count;
  throw ParleyError.of("invalid-option", {
    option: "--runs",
    value: runs,
    expected: `a whole number, 200 to ${MOST_RUNS}`,
  });
}
