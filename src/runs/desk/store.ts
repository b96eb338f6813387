import type { RunRecord } from "./record.ts";

/** What became of a shard's counts: the first of it, equal to what was there, or not. */
export type KeptShard = "kept" | "known" | "differs";

/**
 * Where a desk keeps its runs: a folder, memory, or a server's database. One desk at a time uses a store.
 *
 * Shards are kept under a key that says what is computed and by which code; runs of one key share them. What a promise
 * settles on is kept for good: a store that loses power after it still has it. A method that rejects is called again.
 */
export interface RunStore {
  /** Keeps a run as it is now, in place of what was kept of it. */
  save(record: RunRecord): Promise<void>;
  /** Every run that is kept, in any order. */
  load(): Promise<RunRecord[]>;
  /** Keeps the plan of a run, which holds the text of its case. Called before the run is first saved. */
  saveText(id: string, text: string): Promise<void>;
  readText(id: string): Promise<string | undefined>;
  /** Forgets a run and its text. */
  remove(id: string): Promise<void>;

  /** Indices of the shards that are kept. */
  finished(key: string): Promise<readonly number[]>;
  readShard(key: string, i: number): Promise<Float64Array | undefined>;
  /** Keeps a shard in one step, whoever is ended when; where it is there already, what is there stays. */
  writeShard(key: string, i: number, counts: Float64Array): Promise<KeptShard>;
  /** What all shards of a key come to, where they are complete. */
  readWhole(key: string): Promise<Float64Array | undefined>;
  /** Keeps what all shards of a key come to, and may forget the shards. */
  writeWhole(key: string, counts: Float64Array): Promise<void>;
  /** Forgets all that is kept under a key. */
  forget(key: string): Promise<void>;
}
