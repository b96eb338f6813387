import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** A part of a run: trajectories, or rows of a table, first .. first + count - 1. */
export interface Shard {
  readonly i: number;
  readonly first: number;
  readonly count: number;
}

/** A run cut into shards that any machine may compute in any order. */
export interface Plan {
  readonly runId: string;
  readonly seed: number;
  readonly runs: number;
  readonly shardSize: number;
  readonly shards: readonly Shard[];
  /**
   * What becomes of the shards' numbers: counts are added up; rows of a table are put one after the other, in order, so that
   * a run that was stopped has the first of them.
   */
  readonly gather: "sum" | "rows";
}

export interface PlanOptions {
  /** What is computed, down to the last bit: a hash of the case and the view, or of the parameters. */
  readonly scenario: string;
  /** Version of the model. */
  readonly version: string;
  /** A whole number from 0 to 2^53 - 1. */
  readonly seed: number;
  readonly runs: number;
  readonly shardSize?: number;
  /** Counts unless given. */
  readonly gather?: "sum" | "rows";
}

/** Small enough to stop soon and to share out evenly, large enough that starting one costs nothing. */
export const SHARD_SIZE = 1000;

/** Cuts a run into shards; its id names everything that its result depends on. */
export function planRun({ scenario, version, seed, runs, shardSize = SHARD_SIZE, gather = "sum" }: PlanOptions): Plan {
  const runId = hashOf(JSON.stringify(["parley-run-1", scenario, version, seed, runs, shardSize]));
  return { runId, seed, runs, shardSize, shards: shardsOf(runs, shardSize), gather };
}

/** The shards of so many trajectories: all of one size, but for the last. */
export function shardsOf(runs: number, shardSize: number): Shard[] {
  return Array.from({ length: Math.ceil(runs / shardSize) }, (_, i) => ({
    i,
    first: i * shardSize,
    count: Math.min(shardSize, runs - i * shardSize),
  }));
}

/** One shard in so many is computed twice, at least one of each run, to find machines that compute wrongly. */
const REPLAY = 100;

/** The shards that are computed twice: which ones depends on the run's id alone. */
export function replaysOf({ runId, shards }: Plan): Set<number> {
  const every = Math.min(REPLAY, shards.length);
  const place = Number.parseInt(runId.slice(0, 8), 16) % every;
  return new Set(shards.map(({ i }) => i).filter((i) => i % every === place));
}

/** SHA-256 of a text, in hexadecimal digits. */
export function hashOf(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

/** SHA-256 over counts in their order, each as a little-endian double: equal wherever and on however many workers they were made. */
export function digestOf(counts: Float64Array): string {
  const bytes = new Uint8Array(counts.length * 8);
  const view = new DataView(bytes.buffer);
  for (const [i, count] of counts.entries()) view.setFloat64(8 * i, count, true);
  return bytesToHex(sha256(bytes));
}
