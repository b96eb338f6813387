import type { Command } from "commander";
import { ParleyError } from "../../core/problems/index.ts";
import { makePlan, planText } from "../cluster/plan-file.ts";
import { tellMerged } from "../cluster/tell.ts";
import { helpWithExamples } from "../help.ts";
import { countOf } from "../options.ts";
import { EXIT, Exit, type Output } from "../output.ts";
import { renderAnalyses } from "../render/analyses.ts";
import { renderSimulation } from "../render/simulation.ts";
import { runAnalyses } from "../simulation/analyses.ts";
import { leversOf, namesOf } from "../simulation/analysis.ts";
import { writeChances } from "../simulation/chances.ts";
import { contractOf, summaryOf } from "../simulation/contract.ts";
import { dump } from "../simulation/dump.ts";
import { type RunRequest, runEnsemble } from "../simulation/run.ts";
import { openSubject, type Subject, type SubjectSpec } from "../simulation/subject.ts";
import { trace } from "../simulation/trace.ts";
import { seedOf, type ViewOptions, withSeed, withViewOptions } from "../view-options.ts";
import { writeText } from "../write.ts";

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
  readonly plan?: string;
  readonly shardSize?: string;
  readonly from?: string;
}

const RUNS = 10_000;
const MOST_RUNS = 10_000_000;
/** On many machines there may be more. */
const MOST_SHARED_RUNS = 1_000_000_000;
/** Trajectories of a shard that another machine computes: some seconds of work. */
const SHARED_SHARD = 100_000;
/** Draws of a Sobol screen. */
const DRAWS = 700;
const MOST_DRAWS = 1_000_000;

/** `parley simulate CASE`: the ensemble of fighting and talking. */
export function addSimulate(program: Command, outputOf: (command: Command) => Output): void {
  const command = withSeed(
    withViewOptions(
      program
        .command("simulate")
        .argument("[case]", "a case folder, a case.yaml, a bundled case, or a .par file of the reference engine")
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
        .option("--no-cache", "neither read nor keep finished parts of long runs")
        .option("--plan <file>", "write a plan for parley shard on many machines, and run nothing")
        .option("--shard-size <n>", `trajectories in a shard of a plan (default: ${SHARED_SHARD})`)
        .option("--from <folder>", "take the shards that parley shard computed, and run nothing"),
    ),
  ).action((target: string | undefined, options: SimulateOptions) =>
    options.from === undefined
      ? simulate(target, options, outputOf(command))
      : merge(target, options, outputOf(command)),
  );
  helpWithExamples(command, [
    "parley simulate ukraine-2024",
    "parley simulate my-case/ --runs 100000 --prior --json",
    "parley simulate ukraine-2024 --lever mediation-more --tornado",
    "parley simulate ukraine-2024 --flip war.talks.onset@0.8 --drivers",
    "parley simulate ukraine-2024 --set war.mediation.level=0.8 --trace 3",
  ]);
}

async function simulate(target: string | undefined, options: SimulateOptions, output: Output): Promise<void> {
  if (target === undefined) {
    const detail = "invalid usage: missing required argument 'case'";
    throw ParleyError.of("usage", { detail, hint: "give a case, or --from with a folder of shards" });
  }
  const seed = seedOf(options);
  const most = options.plan === undefined ? MOST_RUNS : MOST_SHARED_RUNS;
  const runs = countOf("--runs", options.runs ?? String(RUNS), most);
  const view = {
    reading: options.reading,
    sets: options.set ?? [],
    asOf: options.asOf,
    strictAsOf: options.strictAsOf,
  };
  const spec: SubjectSpec = { target, view, prior: options.prior === true };
  if (options.plan !== undefined) return plan(options.plan, spec, seed, runs, options, output);
  if (options.shardSize !== undefined) refuse("--shard-size", "it is for --plan");
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
  if (options.csv !== undefined) writeChances(options.csv, subject, result, output);
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

/** What a plan does not hold: it is of the ensemble alone. */
const ANALYSES = ["lever", "tornado", "drivers", "flip", "trace", "dump", "csv", "workers"] as const;
/** What the shards of a folder are of is settled. */
const SETTLED = ["reading", "set", "asOf", "strictAsOf", "seed", "runs", "prior", "plan", "shardSize"] as const;

/** Refuses the first option that was given and does not go together with another. */
function refuseGiven(options: SimulateOptions, names: readonly (keyof SimulateOptions)[], why: string): void {
  const given = names.find((name) => {
    const value = options[name];
    return Array.isArray(value) ? value.length > 0 : value !== undefined;
  });
  if (given !== undefined) refuse(`--${given.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, why);
}

function refuse(option: string, why: string): never {
  throw ParleyError.of("usage", { detail: `invalid usage: ${option} cannot be given here: ${why}`, hint: undefined });
}

function plan(
  file: string,
  spec: SubjectSpec,
  seed: number,
  runs: number,
  options: SimulateOptions,
  output: Output,
): void {
  refuseGiven(options, ANALYSES, "a plan is of the ensemble alone, and nothing is run");
  const size = countOf("--shard-size", options.shardSize ?? String(SHARED_SHARD), MOST_SHARED_RUNS);
  const made = makePlan(spec, seed, runs, size);
  writeText(file, planText(made), output);
  const { hash, code, shards, shardSize } = made;
  output.printJson({ file, plan: hash, code, seed, runs, shards, shardSize });
  output.print(`${runs} trajectories in ${shards} ${shards === 1 ? "shard" : "shards"} of at most ${shardSize}`);
  output.print(`parley shard ${file} --index 0 --out FOLDER computes the first`);
}

function merge(target: string | undefined, options: SimulateOptions, output: Output): void {
  if (target !== undefined) refuse(target, "the case stands in the plan beside the shards");
  refuseGiven(options, SETTLED, "it stands in the plan beside the shards");
  refuseGiven(options, [...ANALYSES.filter((name) => name !== "csv")], "nothing is run");
  tellMerged(options.from ?? "", options.csv, output);
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

function tell(subject: Subject, seed: number, value: string, output: Output): void {
  const lines = trace(subject, seed, countOf("--trace", value, Number.MAX_SAFE_INTEGER, 0));
  output.printJson({ trajectory: Number(value), seed, lines });
  output.print(lines.join("\n"));
}
