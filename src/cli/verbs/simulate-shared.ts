import { ParleyError, problem } from "../../core/problems/index.ts";
import { clusterAddress } from "../cluster/address.ts";
import { makePlan, type PlanFile, planText } from "../cluster/plan-file.ts";
import { runOnCluster } from "../cluster/run.ts";
import { tellEnsemble, tellMerged } from "../cluster/tell.ts";
import { countOf } from "../options.ts";
import { EXIT, Exit, type Output, problemsText } from "../output.ts";
import type { SubjectSpec } from "../simulation/subject.ts";
import { writeText } from "../write.ts";
import type { SimulateOptions } from "./simulate.ts";

/** On many machines there may be more trajectories than on one. */
export const MOST_SHARED_RUNS = 1_000_000_000;
/** Trajectories of a shard that another machine computes: some seconds of work. */
export const SHARED_SHARD = 100_000;

/** What a plan does not hold: it is of the ensemble alone. */
const ANALYSES = ["lever", "tornado", "drivers", "flip", "trace", "dump", "csv", "workers"] as const;
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
  const given = names.find((name) => {
    const value = options[name];
    return Array.isArray(value) ? value.length > 0 : value !== undefined;
  });
  if (given !== undefined) refuse(`--${given.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, why);
}

export function refuse(option: string, why: string): never {
  throw ParleyError.of("usage", { detail: `invalid usage: ${option} cannot be given here: ${why}`, hint: undefined });
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
  const analyses = ANALYSES.filter((name) => name !== "csv" || cluster === undefined);
  refuseGiven(options, analyses, "what runs on other machines is the ensemble alone");
  const shardSize = countOf("--shard-size", size, MOST_SHARED_RUNS);
  if (file !== undefined) return writePlan(file, makePlan(spec, seed, runs, shardSize), output);
  const address = clusterAddress(cluster === true ? undefined : cluster);
  const plan = makePlan(spec, seed, runs, shardSize);
  const { subject, result } = await runOnCluster(address, plan, options.cache !== false, output);
  tellEnsemble({ subject, seed, prior: spec.prior, csv }, result, output);
  if (result.complete) return;
  const parked = result.parked.map(({ shard, error }) => problem("shard-parked", { index: shard.i, error }));
  if (parked.length > 0) output.note(problemsText(parked, output.terminal));
  const percent = Math.floor((1000 * result.done) / runs) / 10;
  const how = parked.length > 0 ? "incomplete" : "stopped";
  output.note(`${how}: ${result.done} of ${runs} trajectories (${percent} %); the same command goes on from there`);
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
  refuseGiven(options, [...ANALYSES.filter((name) => name !== "csv")], "nothing is run");
  tellMerged(options.from ?? "", options.csv, output);
}
