import type { Problem } from "../../core/problems/index.ts";
import { type Plan, shardsOf } from "../plan.ts";

/**
 * Where a run stands. `incomplete`: shards failed on every try, and the answer holds the others; `failed`: there is no answer,
 * and `problems` say why.
 */
export type RunState = "queued" | "running" | "done" | "incomplete" | "failed" | "cancelled";

/** Shards of a run, counted. */
export interface ShardCounts {
  readonly total: number;
  /** Computed and kept, those found from earlier included. */
  readonly done: number;
  /** Found from earlier when the run was begun, or begun again. */
  readonly resumed: number;
  /** Computed once more, and equal. */
  readonly replayed: number;
  /** Tries beyond the first. */
  readonly retried: number;
  /** Failed on every try. */
  readonly parked: number;
}

/** All that is told of a run, and kept of it beside its text and its shards. Plain data. */
export interface RunRecord {
  readonly id: string;
  /** Whose run it is: whoever is told of runs decides by it what to show to whom. */
  readonly owner: string;
  /** What people call it. */
  readonly label: string;
  /** What whoever submitted it wants to find again: a case, a version. */
  readonly about: Readonly<Record<string, string>>;
  readonly state: RunState;
  /** Names what is computed, to the last bit, and by which code: runs of one key share their shards. */
  readonly key: string;
  readonly seed: number;
  /** Trajectories asked for. */
  readonly runs: number;
  readonly shardSize: number;
  readonly gather: Plan["gather"];
  readonly shards: ShardCounts;
  /** Trajectories that are computed and kept. */
  readonly done: number;
  /** Trajectories a second over the last half minute; null before the first and when it is over. */
  readonly perSecond: number | null;
  /** Moments as ISO 8601 in UTC. */
  readonly submitted: string;
  readonly started: string | null;
  readonly ended: string | null;
  /** SHA-256 of the counts of a run that is done: that of `parley simulate` for the same case, seed and number of runs. */
  readonly digest: string | null;
  readonly problems: readonly Problem[];
  /** Where it is computed: on threads of this process, or by workers at a queue. */
  readonly executor: "threads" | "cluster" | null;
  /** Who computed shards of it: names of workers; at most a hundred. */
  readonly workers: readonly string[];
}

/** Whether nothing more comes of a run. */
export const isOver = ({ state }: RunRecord): boolean => state !== "queued" && state !== "running";

/** A run's plan as its record tells it; it has the shards, and is known by its key. */
export function planOfRecord({ key, seed, runs, shardSize, gather }: RunRecord): Plan {
  return { runId: key, seed, runs, shardSize, gather, shards: shardsOf(runs, shardSize) };
}
