import { problem } from "../../core/problems/index.ts";
import { clusterAddress } from "../cluster/address.ts";
import { makePlan, openPlan, type PlanFile, planText, withAnalysis } from "../cluster/plan-file.ts";
import { runOnCluster } from "../cluster/run.ts";
import { tellEnsemble, tellMerged } from "../cluster/tell.ts";
import { countOf } from "../options.ts";
import { EXIT, Exit, type Output, problemsText } from "../output.ts";
import { refuse } from "../refuse.ts";
import { runAnalyses } from "../simulation/analyses.ts";
import type { RunRequest } from "../simulation/run.ts";
import type { SubjectSpec } from "../simulation/subject.ts";
import { writeText } from "../write.ts";
import type { SimulateOptions } from "./simulate.ts";
import { askedAnalyses, MOST_RUNS } from "./simulate-asked.ts";

/** On many machines there may be more trajectories than on one. */
export const MOST_SHARED_RUNS = 1_000_000_000;
/** Trajectories of a shard that another machine computes: some seconds of work. */
export const SHARED_SHARD = 100_000;

const ANALYSES = ["lever", "tornado", "drivers", "flip"] as const;
/** What a plan does not hold: it is of the ensemble alone. */
const NOT_PLANNED = [...ANALYSES, "trace", "dump", "csv", "workers"] as const;
/** What the shards of a folder are of is settled. */
const SETTLED = [
  "reading",
  "set",
  "asOf",
  "strictAsOf",
  "seed",
  "runs",
  "prior",
  "plan",
  "shardSize",
  "cluster",
] as const;

/** Refuses the first option that was given and does not go together with another. */
function refuseGiven(options: SimulateOptions, names: readonly (keyof SimulateOptions)[], why: string): void {
  const first = given(options, names);
  if (first !== undefined) refuse(`--${first.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, why);
}

function given<K extends keyof SimulateOptions>(options: SimulateOptions, names: readonly K[]): K | undefined {
  return names.find((name) => {
    const value = options[name];
    return Array.isArray(value) ? value.length > 0 : value !== undefined;
  });
}

/** `parley simulate CASE --plan FILE`, and `--cluster URL`: a run for other machines. */
export async function share(
  spec: SubjectSpec,
  seed: number,
  runs: number,
  options: SimulateOptions,
  output: Output,
): Promise<void> {
  const { plan: file, cluster, csv, shardSize: size = String(SHARED_SHARD) } = options;
  if (file !== undefined && cluster !== undefined) refuse("--cluster", "--plan writes a run down and runs nothing");
  if (file !== undefined) refuseGiven(options, NOT_PLANNED, "a plan is of the ensemble alone");
  else
    refuseGiven(options, ["trace", "dump", "workers"], "what runs on other machines is the ensemble and its analyses");
  const shardSize = countOf("--shard-size", size, MOST_SHARED_RUNS);
  if (file !== undefined) return writePlan(file, makePlan(spec, seed, runs, shardSize), output);
  const address = clusterAddress(cluster === true ? undefined : cluster);
  if (given(options, ANALYSES) !== undefined) countOf("--runs", String(runs), MOST_RUNS);
  const plan = makePlan(spec, seed, runs, shardSize);
  const cache = options.cache !== false;
  const asked = askedAnalyses(openPlan(plan, "the plan").subject, options, runs);
  const { subject, result } = await runOnCluster(address, plan, cache, output);
  const parked = result.parked.map(({ shard, error }) => problem("shard-parked", { index: shard.i, error }));
  const request: RunRequest = {
    spec,
    subject,
    seed,
    workers: undefined,
    cache,
    async elsewhere(analysis) {
      const found = await runOnCluster(address, withAnalysis(plan, analysis), cache, output);
      const of = `--${analysis.kind === "levers" ? "lever" : analysis.kind}`;
      for (const { shard, error } of found.result.parked) {
        parked.push(problem("shard-parked", { index: shard.i, error, of }));
      }
      return found.result;
    },
  };
  const analyses = result.complete ? await runAnalyses(request, asked) : { complete: false };
  tellEnsemble({ subject, seed, prior: spec.prior, csv }, result, output, analyses);
  if (analyses.complete) return;
  if (parked.length > 0) output.note(problemsText(parked, output.terminal));
  const percent = Math.floor((1000 * result.done) / runs) / 10;
  const how = parked.length > 0 ? "incomplete" : "stopped";
  const where = result.complete ? "an analysis" : `${result.done} of ${runs} trajectories (${percent} %)`;
  output.note(`${how}: ${where}; the same command goes on from there`);
  throw new Exit(EXIT.interrupted);
}

function writePlan(file: string, made: PlanFile, output: Output): void {
  writeText(file, planText(made), output);
  const { hash, code, seed, runs, shards, shardSize } = made;
  output.printJson({ file, plan: hash, code, seed, runs, shards, shardSize });
  output.print(`${runs} trajectories in ${shards} ${shards === 1 ? "shard" : "shards"} of at most ${shardSize}`);
  output.print(`parley shard ${file} --index 0 --out FOLDER computes the first`);
}

/** `parley simulate --from FOLDER`. */
export function merge(target: string | undefined, options: SimulateOptions, output: Output): void {
  if (target !== undefined) refuse(target, "the case stands in the plan beside the shards");
  refuseGiven(options, SETTLED, "it stands in the plan beside the shards");
  refuseGiven(options, [...NOT_PLANNED.filter((name) => name !== "csv")], "nothing is run");
  tellMerged(options.from ?? "", options.csv, output);
}
