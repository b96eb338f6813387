import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { z } from "zod";
import { reasonOf } from "../../case/folder.ts";
import { ParleyError, type Problem, problem } from "../../core/problems/index.ts";
import { digestOf, type Shard } from "../../runs/index.ts";
import type { PlanFile } from "./plan-file.ts";

const whole = z.number().int().nonnegative();

/** What the file of a computed shard holds. */
const shardFile = z.strictObject({
  format: z.literal("parley-shard-1"),
  /** Hash of the plan. */
  plan: z.string(),
  code: z.string(),
  index: whole,
  first: whole,
  count: whole,
  /** How long it took, in seconds. */
  seconds: z.number().nonnegative(),
  /** SHA-256 of the counts. */
  digest: z.string(),
  counts: z.array(whole),
});
export type ShardFile = z.output<typeof shardFile>;

/** The name of a shard's file in the folder of its run. */
export const shardName = (index: number): string => `shard-${String(index).padStart(6, "0")}.json`;

/** Whether a file of a run's folder is a shard's, copies included. */
export const isShardName = (name: string): boolean => /^shard-.*\.json$/.test(name);

/** The content of a shard's file. */
export function shardContent(plan: PlanFile, shard: Shard, counts: Float64Array, seconds: number): ShardFile {
  return {
    format: "parley-shard-1",
    plan: plan.hash,
    code: plan.code,
    index: shard.i,
    first: shard.first,
    count: shard.count,
    seconds,
    digest: digestOf(counts),
    counts: [...counts],
  };
}

/** Reads a shard's file for a plan: its content, or what is wrong with it; undefined where there is no such file. */
export function readShard(file: string, plan: PlanFile): ShardFile | { readonly problem: Problem } | undefined {
  const path = basename(file);
  const damaged = (why: string) => ({ problem: problem("shard-damaged", { path, why }) });
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT" ? undefined : damaged(reasonOf(error));
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return damaged(text === "" ? "it is empty" : "it is no JSON, or cut off");
  }
  const parsed = shardFile.safeParse(value);
  if (!parsed.success)
    return damaged(`${String(parsed.error.issues[0]?.path[0] ?? "the whole")} is missing or of another kind`);
  const { data } = parsed;
  if (data.plan !== plan.hash) return { problem: problem("shard-foreign", { path, of: "plan" }) };
  if (data.code !== plan.code) return { problem: problem("shard-foreign", { path, of: "code" }) };
  if (digestOf(Float64Array.from(data.counts)) !== data.digest) return damaged("its counts do not match its digest");
  const first = data.index * plan.shardSize;
  if (data.first !== first || data.index >= plan.shards || data.count !== Math.min(plan.shardSize, plan.runs - first)) {
    return damaged("its range is none of the plan");
  }
  return data;
}

/**
 * Writes a text that appears whole or not at all, also where the machine goes down: to a file of its own, which is
 * flushed and then takes its place.
 *
 * @throws ParleyError write-failed
 */
export function writeWhole(folder: string, name: string, text: string): void {
  const path = join(folder, name);
  const part = join(folder, `.${name}.${process.pid}-${Math.trunc(performance.timeOrigin)}.part`);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(part, text, { flush: true });
    renameSync(part, path);
  } catch (error) {
    rmSync(part, { force: true });
    throw ParleyError.of("write-failed", { path, reason: reasonOf(error) });
  }
}
