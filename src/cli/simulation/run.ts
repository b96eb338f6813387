import { availableParallelism } from "node:os";
import { runRange } from "../../dynamics/index.ts";
import {
  folderLedger,
  hashOf,
  inlineRunner,
  type Plan,
  planRun,
  poolRunner,
  type RunOptions,
  type RunResult,
} from "../../runs/index.ts";
import { evaluateRows, type Plan as Rows } from "../../sensitivity/index.ts";
import { VERSION } from "../../version.ts";
import { onInterrupt } from "../interrupt.ts";
import { cacheFolder } from "../memo-folder.ts";
import { type Analysis, type AnalysisResults, planAnalysis, ROWS_OF_SHARD } from "./analysis.ts";
import type { Subject, SubjectSpec } from "./subject.ts";
import { threadPool } from "./threads.ts";

/** Fewer trajectories than these are done before a second thread has started. */
const WORTH_THREADS = 30_000;
/** Fewer trajectories than these are done again rather than kept. */
const WORTH_KEEPING = 30_000;

export interface RunRequest {
  readonly spec: SubjectSpec;
  readonly subject: Subject;
  readonly seed: number;
  /** Threads; one, or all cores for long runs, unless given. */
  readonly workers: number | undefined;
  /** Whether finished parts of long runs are read and kept. */
  readonly cache: boolean;
  /** Computes the rows of an analysis elsewhere than on threads of this machine. */
  readonly elsewhere?: ((analysis: Analysis) => Promise<RunResult>) | undefined;
}

/** Runs an ensemble; Ctrl-C ends it with what is finished. */
export function runEnsemble(request: RunRequest, runs: number): Promise<RunResult> {
  const { subject, seed } = request;
  const plan = planRun({ scenario: subject.scenario, version: VERSION, seed, runs });
  return run(request, plan, undefined, runs, "trajectories", ({ first, count }) =>
    runRange(subject.input, seed, first, count),
  );
}

/** What an analysis came to: from all of its rows, or from the first where it was stopped. */
export interface AnalysisRun<K extends Analysis["kind"]> {
  /** Undefined where it was stopped before there was enough for any result. */
  readonly result: AnalysisResults[K] | undefined;
  readonly rows: number;
  readonly done: number;
  readonly complete: boolean;
}

/** Runs an analysis over the ensemble; Ctrl-C ends it with the rows that are finished. */
export async function runAnalysis<K extends Analysis["kind"]>(
  request: RunRequest,
  analysis: Extract<Analysis, { readonly kind: K }>,
): Promise<AnalysisRun<K>> {
  const { subject, seed } = request;
  const rows: Rows<AnalysisResults[K]> = planAnalysis<K>(subject, analysis, seed);
  const plan = planRun({
    scenario: hashOf(JSON.stringify([subject.scenario, analysis])),
    version: VERSION,
    seed,
    runs: rows.rows,
    shardSize: ROWS_OF_SHARD[analysis.kind],
    gather: "rows",
  });
  const cost = rows.rows * rows.replications;
  const { counts, done, complete } = await (request.elsewhere?.(analysis) ??
    run(request, plan, analysis, cost, "rows", ({ first, count }) => evaluateRows(rows, first, count)));
  // What is there of fewer than two rows has no error.
  const result = complete || done >= 2 ? rows.merge(counts) : undefined;
  return { result, rows: rows.rows, done, complete };
}

async function run(
  { spec, workers: wanted, cache }: RunRequest,
  plan: Plan,
  analysis: Analysis | undefined,
  cost: number,
  unit: string,
  work: (shard: { readonly first: number; readonly count: number }) => Float64Array,
): Promise<RunResult> {
  // Another thread cannot read standard input again.
  const workers = wanted ?? (cost >= WORTH_THREADS && spec.target !== "-" ? availableParallelism() : 1);
  const stop = new AbortController();
  const stopListening = onInterrupt(() => stop.abort());
  const options: RunOptions = {
    signal: stop.signal,
    ledger: cache && cost >= WORTH_KEEPING ? folderLedger(cacheFolder("runs")) : undefined,
    onProgress: progressTo(process.stderr, unit),
  };
  try {
    if (workers === 1) return await inlineRunner((_, shard) => work(shard)).run(plan, options);
    const pool = threadPool(spec, analysis, workers);
    try {
      return await poolRunner(pool).run(plan, options);
    } finally {
      await pool.close();
    }
  } finally {
    stopListening();
    if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
  }
}

/** How far a run has come, on one line of a terminal; nothing elsewhere. */
export function progressTo(stream: NodeJS.WriteStream, unit: string): RunOptions["onProgress"] {
  if (!stream.isTTY) return undefined;
  let last = 0;
  return ({ done, total, perSecond, secondsLeft }) => {
    const now = Date.now();
    if (now - last < 200) return;
    last = now;
    const left = secondsLeft === undefined ? "" : `, ${Math.ceil(secondsLeft)} s left`;
    stream.write(`\r\u001b[K${done} of ${total} ${unit}, ${number(perSecond)} a second${left}`);
  };
}

const number = (value: number): string => (value < 10 ? value.toFixed(1) : String(Math.round(value)));
