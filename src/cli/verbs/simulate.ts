import { writeFileSync } from "node:fs";
import { availableParallelism, homedir } from "node:os";
import { join } from "node:path";
import type { Command } from "commander";
import { reasonOf } from "../../case/folder.ts";
import { ParleyError } from "../../core/problems/index.ts";
import { runRange } from "../../dynamics/index.ts";
import { folderLedger, inlineRunner, planRun, poolRunner, type RunOptions, type RunResult } from "../../runs/index.ts";
import { VERSION } from "../../version.ts";
import { helpWithExamples } from "../help.ts";
import { EXIT, Exit, type Output } from "../output.ts";
import { renderSimulation } from "../render/simulation.ts";
import { contractOf, dateOfMonth, summaryOf } from "../simulation/contract.ts";
import { dump } from "../simulation/dump.ts";
import { openSubject, type Subject, type SubjectSpec } from "../simulation/subject.ts";
import { threadPool } from "../simulation/threads.ts";
import { trace } from "../simulation/trace.ts";
import { seedOf, type ViewOptions, withSeed, withViewOptions } from "../view-options.ts";

interface SimulateOptions extends ViewOptions {
  readonly runs?: string;
  readonly workers?: string;
  readonly prior?: boolean;
  readonly trace?: string;
  readonly dump?: string;
  readonly csv?: string;
  readonly cache?: boolean;
}

const RUNS = 10_000;
const MOST_RUNS = 10_000_000;
/** Fewer trajectories than these are done before a second thread has started. */
const WORTH_THREADS = 30_000;
/** Fewer trajectories than these are done again rather than kept. */
const WORTH_KEEPING = 30_000;

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
        .option("--trace <n>", "tell trajectory n month by month")
        .option("--dump <n>", "print the first n trajectories as CSV")
        .option("--csv <file>", "write the chances by month as CSV")
        .option("--no-cache", "neither read nor keep finished parts of long runs"),
    ),
  ).action((target: string, options: SimulateOptions) => simulate(target, options, outputOf(command)));
  helpWithExamples(command, [
    "parley simulate ukraine-2024",
    "parley simulate my-case/ --runs 100000 --prior --json",
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
  const result = await runEnsemble(spec, subject, { seed, runs, options, output });
  const summary = summaryOf(subject, result);
  if (options.csv !== undefined) writeCsv(options.csv, subject, result, output);
  output.printJson(contractOf(subject, seed, spec.prior, result));
  output.print(renderSimulation(subject, summary, result, output.terminal));
  if (!result.complete) {
    output.note(`stopped after ${result.done} of ${runs} trajectories; the same command goes on from there`);
    throw new Exit(EXIT.interrupted);
  }
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

interface RunRequest {
  readonly seed: number;
  readonly runs: number;
  readonly options: SimulateOptions;
  readonly output: Output;
}

async function runEnsemble(spec: SubjectSpec, subject: Subject, request: RunRequest): Promise<RunResult> {
  const { seed, runs, options } = request;
  const plan = planRun({ scenario: subject.scenario, version: VERSION, seed, runs });
  const wanted = options.workers === undefined ? undefined : countOf("--workers", options.workers, 256);
  const workers = wanted ?? (runs >= WORTH_THREADS && spec.target !== "-" ? availableParallelism() : 1);
  const stop = new AbortController();
  const onSignal = () => stop.abort();
  process.once("SIGINT", onSignal);
  const keeps = options.cache !== false && runs >= WORTH_KEEPING;
  const runOptions: RunOptions = {
    signal: stop.signal,
    ledger: keeps ? folderLedger(cacheFolder()) : undefined,
    onProgress: progressTo(process.stderr),
  };
  try {
    if (workers === 1) {
      const work = inlineRunner((from, { first, count }) => runRange(subject.input, from, first, count));
      return await work.run(plan, runOptions);
    }
    const pool = threadPool(spec, workers);
    try {
      return await poolRunner(pool).run(plan, runOptions);
    } finally {
      await pool.close();
    }
  } finally {
    process.off("SIGINT", onSignal);
    if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
  }
}

/** Where finished parts of long runs are kept: numbers alone, under a hash. */
function cacheFolder(): string {
  const own = process.env["PARLEY_CACHE"];
  if (own !== undefined && own !== "") return join(own, "runs");
  const base = process.env["XDG_CACHE_HOME"];
  return join(base !== undefined && base !== "" ? base : join(homedir(), ".cache"), "parley", "runs");
}

/** How far a run has come, on one line of a terminal; nothing elsewhere. */
function progressTo(stream: NodeJS.WriteStream): RunOptions["onProgress"] {
  if (!stream.isTTY) return undefined;
  let last = 0;
  return ({ done, total, perSecond, secondsLeft }) => {
    const now = Date.now();
    if (now - last < 200) return;
    last = now;
    const left = secondsLeft === undefined ? "" : `, ${Math.ceil(secondsLeft)} s left`;
    stream.write(`\r\u001b[K${done} of ${total} trajectories, ${Math.round(perSecond)} a second${left}`);
  };
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
