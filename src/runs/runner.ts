import type { Plan, Shard } from "./plan.ts";
import { digestOf } from "./plan.ts";

/** How far a run has come. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  /** Trajectories a second since the run began, those found in the ledger left out. */
  readonly perSecond: number;
  /** Seconds that are left at this rate; undefined before the first shard is done. */
  readonly secondsLeft: number | undefined;
}

/** Finished shards, kept where a run can be taken up again. */
export interface Ledger {
  /** The counts of a finished shard, or undefined. */
  read(plan: Plan, shard: Shard): Float64Array | undefined;
  /** Keeps a finished shard. @throws where the shard is there with other counts: the run is not deterministic */
  write(plan: Plan, shard: Shard, counts: Float64Array): void;
}

export interface RunOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  readonly ledger?: Ledger | undefined;
}

/** What a run came to: whole, or as far as it got before it was stopped. */
export interface RunResult {
  readonly counts: Float64Array;
  /** Trajectories that the counts hold. */
  readonly done: number;
  readonly complete: boolean;
  readonly digest: string;
  readonly perSecond: number;
  /** Shards that were found in the ledger. */
  readonly resumed: number;
}

/** Computes the shards of a plan; every runner gives the same digest. */
export interface Runner {
  run(plan: Plan, options?: RunOptions): Promise<RunResult>;
}

/** Adds up counts: whole numbers, so their order does not matter. */
class Sum {
  counts: Float64Array | undefined;
  done = 0;
  computed = 0;
  resumed = 0;
  readonly #plan: Plan;
  readonly #options: RunOptions;
  readonly #start = performance.now();

  constructor(plan: Plan, options: RunOptions) {
    this.#plan = plan;
    this.#options = options;
  }

  /** Shards of the ledger are added; the others are still to be computed. */
  waiting(): Shard[] {
    return this.#plan.shards.filter((shard) => {
      const counts = this.#options.ledger?.read(this.#plan, shard);
      if (counts === undefined) return true;
      this.#add(counts);
      this.done += shard.count;
      this.resumed++;
      return false;
    });
  }

  finish(shard: Shard, counts: Float64Array): void {
    this.#options.ledger?.write(this.#plan, shard, counts);
    this.#add(counts);
    this.done += shard.count;
    this.computed += shard.count;
    const { perSecond } = this;
    this.#options.onProgress?.({
      done: this.done,
      total: this.#plan.runs,
      perSecond,
      secondsLeft: perSecond > 0 ? (this.#plan.runs - this.done) / perSecond : undefined,
    });
  }

  get perSecond(): number {
    const seconds = (performance.now() - this.#start) / 1000;
    return seconds > 0 ? this.computed / seconds : 0;
  }

  result(): RunResult {
    const counts = this.counts ?? new Float64Array(0);
    return {
      counts,
      done: this.done,
      complete: this.done === this.#plan.runs,
      digest: digestOf(counts),
      perSecond: this.perSecond,
      resumed: this.resumed,
    };
  }

  #add(counts: Float64Array): void {
    if (this.counts === undefined) this.counts = Float64Array.from(counts);
    else for (let i = 0; i < counts.length; i++) this.counts[i] = (this.counts[i] ?? 0) + (counts[i] ?? 0);
  }
}

/** Computes one shard. */
export type Work = (seed: number, shard: Shard) => Float64Array;

/** Runs on the thread that calls, and lets others have their turn between shards, so that it can be stopped. */
export function inlineRunner(work: Work): Runner {
  return {
    async run(plan, options = {}) {
      const sum = new Sum(plan, options);
      for (const shard of sum.waiting()) {
        if (options.signal?.aborted === true) break;
        sum.finish(shard, work(plan.seed, shard));
        await new Promise<void>((resolve) => setTimeout(resolve, 0));
      }
      return sum.result();
    },
  };
}

/** A pool of workers that compute shards, each given the shard and the seed. */
export interface WorkerPool {
  readonly size: number;
  compute(seed: number, shard: Shard, signal: AbortSignal | undefined): Promise<Float64Array>;
}

/** Runs on a pool of workers; shards come back in any order and the sum is the same. */
export function poolRunner(pool: WorkerPool): Runner {
  return {
    async run(plan, options = {}) {
      const sum = new Sum(plan, options);
      const waiting = sum.waiting();
      let next = 0;
      const lane = async (): Promise<void> => {
        for (let shard = waiting[next++]; shard !== undefined; shard = waiting[next++]) {
          if (options.signal?.aborted === true) return;
          const counts = await pool.compute(plan.seed, shard, options.signal).catch((error: unknown) => {
            if (options.signal?.aborted === true) return undefined;
            throw error;
          });
          if (counts === undefined) return;
          sum.finish(shard, counts);
        }
      };
      await Promise.all(Array.from({ length: pool.size }, lane));
      return sum.result();
    },
  };
}
