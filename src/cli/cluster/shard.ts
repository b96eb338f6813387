import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { ParleyError } from "../../core/problems/index.ts";
import { runRange } from "../../dynamics/index.ts";
import { inlineRunner, type Plan, poolRunner, type RunOptions, type RunResult, SHARD_SIZE } from "../../runs/index.ts";
import { threadPool } from "../simulation/threads.ts";
import { type OpenPlan, type PlanFile, planText, readPlan } from "./plan-file.ts";
import { isShardName, readShard, type ShardFile, shardContent, shardName, writeWhole } from "./shard-file.ts";

/** The plan that the shards of a folder belong to. */
export const PLAN_NAME = "plan.json";

/** Puts the plan into the folder of its shards. @throws ParleyError where the folder is another plan's */
export function claimFolder(folder: string, plan: PlanFile): void {
  const path = join(folder, PLAN_NAME);
  if (existsSync(path)) {
    if (readPlan(path).hash !== plan.hash) throw ParleyError.of("plan-other", { folder });
    return;
  }
  // Shards whose plan is lost say whose they are.
  const shards = existsSync(folder) ? readdirSync(folder).filter(isShardName) : [];
  if (shards.some((name) => isForeign(readShard(join(folder, name), plan)))) {
    throw ParleyError.of("plan-other", { folder });
  }
  writeWhole(folder, PLAN_NAME, planText(plan));
}

const isForeign = (found: ReturnType<typeof readShard>): boolean =>
  found !== undefined && "problem" in found && found.problem.code === "shard-foreign";

/**
 * The shard that is there already and whole; undefined where it is to be computed.
 *
 * @throws ParleyError where the file is of another plan, or of other code
 */
export function shardThere(folder: string, plan: PlanFile, index: number): ShardFile | undefined {
  const found = readShard(join(folder, shardName(index)), plan);
  if (isForeign(found)) throw ParleyError.of("plan-other", { folder });
  return found === undefined || "problem" in found ? undefined : found;
}

/** Computes one shard of a plan, on this thread or several; stopped, it is not complete. */
export async function computeShard(
  { plan, subject, spec }: OpenPlan,
  index: number,
  workers: number,
  options: RunOptions,
): Promise<RunResult> {
  const { first = 0, count = 0 } = plan.shards[index] ?? {};
  // In parts, so that it can be stopped and tells how far it is; whole numbers add up to the same.
  const parts: Plan = {
    ...plan,
    runs: count,
    shards: Array.from({ length: Math.ceil(count / SHARD_SIZE) }, (_, i) => ({
      i,
      first: first + i * SHARD_SIZE,
      count: Math.min(SHARD_SIZE, count - i * SHARD_SIZE),
    })),
  };
  if (workers === 1) {
    return await inlineRunner((seed, part) => runRange(subject.input, seed, part.first, part.count)).run(
      parts,
      options,
    );
  }
  const pool = threadPool(spec, undefined, workers);
  try {
    return await poolRunner(pool).run(parts, options);
  } finally {
    await pool.close();
  }
}

/**
 * Keeps a computed shard. Where it is there already, both must be equal; one that differs is kept beside it, so that
 * merging refuses both.
 *
 * @throws ParleyError where the shard came out differently
 */
export function keepShard(
  folder: string,
  { file, plan }: OpenPlan,
  index: number,
  counts: Float64Array,
  seconds: number,
): void {
  const shard = plan.shards[index];
  if (shard === undefined) throw new RangeError(`no shard ${index}`);
  const name = shardName(index);
  const content = shardContent(file, shard, counts, seconds);
  const there = shardThere(folder, file, index);
  const text = `${JSON.stringify(content)}\n`;
  if (there === undefined) {
    writeWhole(folder, name, text);
    return;
  }
  if (there.digest === content.digest) return;
  const beside = name.replace(".json", `-differs-${content.digest.slice(0, 8)}.json`);
  writeWhole(folder, beside, text);
  throw ParleyError.of("shard-differs", { index, first: name, second: beside });
}
