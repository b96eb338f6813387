import { writeFileSync } from "node:fs";
import type { Command } from "commander";
import { reasonOf } from "../../case/folder.ts";
import { ParleyError } from "../../core/problems/index.ts";
import type { RunResult } from "../../runs/index.ts";
import { helpWithExamples } from "../help.ts";
import { EXIT, Exit, type Output } from "../output.ts";
import { renderAnalyses } from "../render/analyses.ts";
import { renderSimulation } from "../render/simulation.ts";
import { runAnalyses } from "../simulation/analyses.ts";
import { leversOf, namesOf } from "../simulation/analysis.ts";
import { contractOf, dateOfMonth, summaryOf } from "../simulation/contract.ts";
import { dump } from "../simulation/dump.ts";
import { type RunRequest, runEnsemble } from "../simulation/run.ts";
import { openSubject, type Subject, type SubjectSpec } from "../simulation/subject.ts";
import { trace } from "../simulation/trace.ts";
import { seedOf, type ViewOptions, withSeed, withViewOptions } from "../view-options.ts";

interface SimulateOptions extends ViewOptions {
  readonly runs?: string;
  readonly workers?: string;
  readonly prior?: boolean;
  readonly lever?: readonly string[];
  readonly tornado?: boolean;
  readonly drivers?: string | true;
  readonly flip?: readonly string[];
  readonly trace?: string;
  readonly dump?: string;
  readonly csv?: string;
  readonly cache?: boolean;
}

const RUNS = 10_000;
const MOST_RUNS = 10_000_000;
/** Draws of a Sobol screen. */
const DRAWS = 700;
const MOST_DRAWS = 1_000_000;

/** `parley simulate CASE`: the ensemble of fighting and talking. */
export function addSimulate(program: Command, outputOf: (command: Command) => Output): void {
  const command = withSeed(
    withViewOptions(
      program
        .command("simulate")
        .argument("<case>", "a case folder, a case.yaml, a bundled case, or a .par file of the reference engine")
        .description("simulate fighting and talking: chances by date of talks, a stop, a settlement, and relapse")
        .option("--runs <n>", `trajectories (default: ${RUNS})`)
        .option("--workers <n>", "threads (default: one, or all cores for long runs)")
        .option("--prior", "draw uncertain parameters anew for each trajectory")
        .option("--lever <name>", "what a lever changes: its name, all, or path=value; may be given again", collect, [])
        .option("--tornado", "move one uncertain parameter at a time")
        .option("--drivers [draws]", `which parameters drive the outcome: Sobol indices (default: ${DRAWS} draws)`)
        .option("--flip <path>", "the value of a parameter at which the chance crosses 50 % (or path@0.3)", collect, [])
        .option("--trace <n>", "tell trajectory n month by month")
        .option("--dump <n>", "print the first n trajectories as CSV")
        .option("--csv <file>", "write the chances by month as CSV")
        .option("--no-cache", "neither read nor keep finished parts of long runs"),
    ),
  ).action((target: string, options: SimulateOptions) => simulate(target, options, outputOf(command)));
  helpWithExamples(command, [
    "parley simulate ukraine-2024",
    "parley simulate my-case/ --runs 100000 --prior --json",
    "parley simulate ukraine-2024 --lever mediation-more --tornado",
    "parley simulate ukraine-2024 --flip war.talks.onset@0.8 --drivers",
    "parley simulate ukraine-2024 --set war.mediation.level=0.8 --trace 3",
  ]);
}

async function simulate(target: string, options: SimulateOptions, output: Output): Promise<void> {
  const seed = seedOf(options);
  const runs = countOf("--runs", options.runs ?? String(RUNS), MOST_RUNS);
  const view = {
    reading: options.reading,
    sets: options.set ?? [],
    asOf: options.asOf,
    strictAsOf: options.strictAsOf,
  };
  const spec: SubjectSpec = { target, view, prior: options.prior === true };
  const subject = openSubject(spec);
  if (options.dump !== undefined) {
    process.stdout.write(`${dump(subject, seed, countOf("--dump", options.dump, MOST_RUNS))}\n`);
    return;
  }
  if (options.trace !== undefined) return tell(subject, seed, options.trace, output);
  const request: RunRequest = {
    spec,
    subject,
    seed,
    workers: options.workers === undefined ? undefined : countOf("--workers", options.workers, 256),
    cache: options.cache !== false,
  };
  const draws = typeof options.drivers === "string" ? options.drivers : String(DRAWS);
  const asked = {
    levers: options.lever ?? [],
    tornado: options.tornado === true,
    drivers: options.drivers !== undefined,
    flips: options.flip ?? [],
    runs,
    draws: countOf("--drivers", draws, MOST_DRAWS, 2),
    background: spec.prior ? ("prior" as const) : ("central" as const),
  };
  // What was asked for in words that mean nothing is said before anything runs.
  leversOf(subject, asked.levers);
  for (const path of asked.flips) namesOf(subject, path.split("@")[0] ?? "");
  const result = await runEnsemble(request, runs);
  const summary = summaryOf(subject, result);
  if (options.csv !== undefined) writeCsv(options.csv, subject, result, output);
  const analyses = result.complete ? await runAnalyses(request, asked) : { complete: false };
  const { complete, ...found } = analyses;
  output.printJson({ ...contractOf(subject, seed, spec.prior, result), ...found });
  output.print(renderSimulation(subject, summary, result, output.terminal));
  if (Object.keys(found).length > 0) output.print(renderAnalyses(analyses, output.terminal));
  if (!complete) {
    const how = result.complete ? "within an analysis" : `after ${result.done} of ${runs} trajectories`;
    output.note(`stopped ${how}; the same command goes on from there`);
    throw new Exit(EXIT.interrupted);
  }
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

/** A whole number from an option. @throws ParleyError where it is none. */
function countOf(option: string, value: string, most: number, least = 1): number {
  const count = Number(value);
  if (/^\d+$/.test(value) && count >= least && count <= most) return count;
  throw ParleyError.of("invalid-option", { option, value, expected: `a whole number, ${least} to ${most}` });
}

function tell(subject: Subject, seed: number, value: string, output: Output): void {
  const lines = trace(subject, seed, countOf("--trace", value, Number.MAX_SAFE_INTEGER, 0));
  output.printJson({ trajectory: Number(value), seed, lines });
  output.print(lines.join("\n"));
}

function writeCsv(file: string, subject: Subject, result: RunResult, output: Output): void {
  const summary = summaryOf(subject, result);
  const [talks, stop, settlement, freeze, relapse] = (
    ["talks", "stop", "settlement", "freeze", "relapse"] as const
  ).map((passage) => summary.by(passage));
  const rows = (talks ?? []).map(({ month }, i) => {
    const chances = [talks, stop, settlement, freeze, relapse].map(
      (all) => `${all?.[i]?.p ?? ""},${all?.[i]?.se ?? ""}`,
    );
    return [month, dateOfMonth(subject, month) ?? "", ...chances].join(",");
  });
  const head = "month,date,talks,talks_se,stop,stop_se,settlement,settlement_se,freeze,freeze_se,relapse,relapse_se";
  try {
    writeFileSync(file, `${[head, ...rows].join("\n")}\n`);
  } catch (error) {
    throw ParleyError.of("write-failed", { path: file, reason: reasonOf(error) });
  }
  output.note(`wrote ${file}`);
}
