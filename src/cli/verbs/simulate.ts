import type { Command } from "commander";
import { ParleyError } from "../../core/problems/index.ts";
import { tellEnsemble } from "../cluster/tell.ts";
import { helpWithExamples } from "../help.ts";
import { countOf } from "../options.ts";
import { EXIT, Exit, type Output } from "../output.ts";
import { refuse } from "../refuse.ts";
import { runAnalyses } from "../simulation/analyses.ts";
import { dump } from "../simulation/dump.ts";
import { type RunRequest, runEnsemble } from "../simulation/run.ts";
import { openSubject, type Subject, type SubjectSpec } from "../simulation/subject.ts";
import { trace } from "../simulation/trace.ts";
import { seedOf, type ViewOptions, withSeed, withViewOptions } from "../view-options.ts";
import { askedAnalyses, DRAWS, MOST_RUNS } from "./simulate-asked.ts";
import { MOST_SHARED_RUNS, merge, SHARED_SHARD, share } from "./simulate-shared.ts";

export interface SimulateOptions extends ViewOptions {
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
  readonly cluster?: string | true;
}

const RUNS = 10_000;

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
        .option("--cluster [url]", "run on the workers at redis:// or postgres:// (default: PARLEY_CLUSTER)")
        .option("--plan <file>", "write a plan for parley shard on many machines, and run nothing")
        .option("--shard-size <n>", `trajectories in a shard of a plan or cluster (default: ${SHARED_SHARD})`)
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
  const shared = options.plan !== undefined || options.cluster !== undefined;
  const most = shared ? MOST_SHARED_RUNS : MOST_RUNS;
  const runs = countOf("--runs", options.runs ?? String(RUNS), most);
  const view = {
    reading: options.reading,
    sets: options.set ?? [],
    asOf: options.asOf,
    strictAsOf: options.strictAsOf,
  };
  const spec: SubjectSpec = { target, view, prior: options.prior === true };
  if (shared) return share(spec, seed, runs, options, output);
  if (options.shardSize !== undefined) refuse("--shard-size", "it is for --plan and --cluster");
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
  const asked = askedAnalyses(subject, options, runs);
  const result = await runEnsemble(request, runs);
  const analyses = result.complete ? await runAnalyses(request, asked) : { complete: false };
  tellEnsemble({ subject, seed, prior: spec.prior, csv: options.csv }, result, output, analyses);
  if (!analyses.complete) {
    const how = result.complete ? "within an analysis" : `after ${result.done} of ${runs} trajectories`;
    output.note(`stopped ${how}; the same command goes on from there`);
    throw new Exit(EXIT.interrupted);
  }
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

function tell(subject: Subject, seed: number, value: string, output: Output): void {
  const lines = trace(subject, seed, countOf("--trace", value, Number.MAX_SAFE_INTEGER, 0));
  output.printJson({ trajectory: Number(value), seed, lines });
  output.print(lines.join("\n"));
}
