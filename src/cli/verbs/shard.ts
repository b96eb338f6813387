import { join } from "node:path";
import type { Command } from "commander";
import { ParleyError } from "../../core/problems/index.ts";
import { openPlan, readPlan } from "../cluster/plan-file.ts";
import { claimFolder, computeShard, keepShard, shardThere } from "../cluster/shard.ts";
import { shardName } from "../cluster/shard-file.ts";
import { tellMerged } from "../cluster/tell.ts";
import { helpWithExamples } from "../help.ts";
import { onInterrupt } from "../interrupt.ts";
import { countOf } from "../options.ts";
import { EXIT, Exit, type Output } from "../output.ts";
import { refuse } from "../refuse.ts";

interface ShardOptions {
  readonly index?: string;
  readonly out?: string;
  readonly workers?: string;
  readonly replay?: boolean;
  readonly merge?: string;
}

/** Where schedulers say which of their jobs this is. */
const INDEX_VARIABLES = ["JOB_COMPLETION_INDEX", "SLURM_ARRAY_TASK_ID"] as const;

/** `parley shard PLAN`: one part of a run, for schedulers that start many. */
export function addShard(program: Command, outputOf: (command: Command) => Output): void {
  const command = program
    .command("shard")
    .argument("[plan]", "a plan, as parley simulate --plan writes it")
    .description("compute one shard of a run that is spread over many machines, or merge the shards of one")
    .option("--index <n>", `the shard, from 0 (default: ${INDEX_VARIABLES.join(" or ")})`)
    .option("--out <folder>", "where shards are put; a shard that is there already is not computed again")
    .option("--workers <n>", "threads (default: 1)")
    .option("--replay", "compute a shard that is there already once more, and compare")
    .option("--merge <folder>", "merge the shards of a folder, as parley simulate --from does")
    .action((plan: string | undefined, options: ShardOptions) => shard(plan, options, outputOf(command)));
  helpWithExamples(command, [
    "parley simulate ukraine-2024 --runs 10000000 --plan run.json",
    "parley shard run.json --index 17 --out shards/",
    "parley shard --merge shards/ --json",
  ]);
}

async function shard(path: string | undefined, options: ShardOptions, output: Output): Promise<void> {
  if (options.merge !== undefined) {
    if (path !== undefined) {
      const detail = `invalid usage: --merge takes a folder and no plan, not also ${path}`;
      throw ParleyError.of("usage", { detail, hint: "the plan stands in the folder of its shards" });
    }
    const { merge: _, ...others } = options;
    const [other] = Object.keys(others);
    if (other !== undefined && other !== "json") refuse(`--${other}`, "--merge computes nothing");
    return tellMerged(options.merge, undefined, output);
  }
  if (path === undefined || options.out === undefined) {
    const detail = `invalid usage: missing ${path === undefined ? "a plan" : "--out"}`;
    throw ParleyError.of("usage", { detail, hint: "parley shard PLAN --index N --out FOLDER" });
  }
  const folder = options.out;
  const file = readPlan(path);
  const index = indexOf(options.index, file.shards);
  const workers = countOf("--workers", options.workers ?? "1", 256);
  const open = openPlan(file, path);
  claimFolder(folder, file);
  const { first = 0, count = 0 } = open.plan.shards[index] ?? {};
  const told = {
    shard: index,
    shards: file.shards,
    first,
    count,
    plan: file.hash,
    file: join(folder, shardName(index)),
  };
  const there = shardThere(folder, file, index);
  if (there !== undefined && options.replay !== true) {
    output.printJson({ ...told, digest: there.digest, computed: false });
    output.print(`shard ${index} of ${file.shards} is there already: ${told.file}`);
    return;
  }
  const stop = new AbortController();
  const stopListening = onInterrupt(() => stop.abort(), ["SIGINT", "SIGTERM"]);
  const begun = performance.now();
  const result = await computeShard(open, index, workers, { signal: stop.signal });
  stopListening();
  if (!result.complete) {
    output.note(`stopped within shard ${index}; nothing was written`);
    throw new Exit(EXIT.interrupted);
  }
  keepShard(folder, open, index, result.counts, (performance.now() - begun) / 1000);
  output.printJson({ ...told, digest: result.digest, computed: true });
  const what = there === undefined ? `wrote ${told.file}` : "came out the same again";
  output.print(`shard ${index} of ${file.shards} (trajectories ${first} to ${first + count - 1}): ${what}`);
}

function indexOf(given: string | undefined, shards: number): number {
  const variable = INDEX_VARIABLES.find((name) => (process.env[name] ?? "") !== "");
  if (given !== undefined) return countOf("--index", given, shards - 1, 0);
  if (variable !== undefined) return countOf(variable, process.env[variable] ?? "", shards - 1, 0);
  const detail = "invalid usage: missing --index";
  throw ParleyError.of("usage", { detail, hint: `give one from 0 to ${shards - 1}, or set ${INDEX_VARIABLES[0]}` });
}
