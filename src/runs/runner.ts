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

/** Finished shards, kept where a run can be taken up again: in files, or in a database that answers later. */
export interface Ledger {
  /** Indices of shards that may be there, so that no other is looked for; all are, unless given. */
  finished?(plan: Plan): Promise<ReadonlySet<number>>;
  /** The counts of a finished shard, or undefined. */
  read(plan: Plan, shard: Shard): Float64Array | undefined | Promise<Float64Array | undefined>;
  /** Keeps a finished shard. @throws where the shard is there with other counts: the run is not deterministic */
  write(plan: Plan, shard: Shard, counts: Float64Array): void | Promise<void>;
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

/** What the shards of a run come to: their sum, or one after the other. */
interface Gathering {
  add(shard: Shard, counts: Float64Array): void;
  /** The numbers so far, and how many trajectories or rows they hold. */
  result(): { readonly counts: Float64Array; readonly done: number };
}

/** Whole numbers added up: their order does not matter. */
function summing(): Gathering {
  let sum: Float64Array | undefined;
  let done = 0;
  return {
    add({ count }, counts) {
      done += count;
      if (sum === undefined) sum = Float64Array.from(counts);
      else for (let i = 0; i < counts.length; i++) sum[i] = (sum[i] ?? 0) + (counts[i] ?? 0);
    },
    result: () => ({ counts: sum ?? new Float64Array(0), done }),
  };
}

/** Rows in the order of shards, as far as none is missing: what was computed first does not matter. */
function inOrder({ shards }: Plan): Gathering {
  const parts = new Map<number, Float64Array>();
  return {
    add({ i }, counts) {
      parts.set(i, counts);
    },
    result() {
      const whole = shards.slice(0, firstMissing(shards, parts));
      const counts = new Float64Array(whole.reduce((length, { i }) => length + (parts.get(i)?.length ?? 0), 0));
      let at = 0;
      for (const { i } of whole) {
        const part = parts.get(i) ?? new Float64Array(0);
        counts.set(part, at);
        at += part.length;
      }
      return { counts, done: whole.reduce((sum, { count }) => sum + count, 0) };
    },
  };
}

function firstMissing(shards: readonly Shard[], parts: ReadonlyMap<number, unknown>): number {
  const missing = shards.findIndex(({ i }) => !parts.has(i));
  return missing < 0 ? shards.length : missing;
}

/** Gathers the shards of a run, tells how far it is, and keeps what is finished. What every runner is made of. */
export class Gatherer {
  done = 0;
  computed = 0;
  resumed = 0;
  readonly #gathering: Gathering;
  readonly #plan: Plan;
  readonly #options: RunOptions;
  readonly #start = performance.now();

  constructor(plan: Plan, options: RunOptions = {}) {
    this.#plan = plan;
    this.#options = options;
    this.#gathering = plan.gather === "rows" ? inOrder(plan) : summing();
  }

  /** Shards of the ledger are added; the others are still to be computed. */
  async waiting(): Promise<Shard[]> {
    const { ledger } = this.#options;
    if (ledger === undefined) return [...this.#plan.shards];
    const finished = await ledger.finished?.(this.#plan);
    const waiting: Shard[] = [];
    for (const shard of this.#plan.shards) {
      const counts = finished?.has(shard.i) === false ? undefined : await ledger.read(this.#plan, shard);
      if (counts === undefined) waiting.push(shard);
      else this.found(shard, counts);
    }
    return waiting;
  }

  /** Adds a shard that was computed before. */
  found(shard: Shard, counts: Float64Array): void {
    this.#gathering.add(shard, counts);
    this.done += shard.count;
    this.resumed++;
  }

  /** Keeps and adds a shard that was computed now. @throws where the ledger has other counts of it */
  async finish(shard: Shard, counts: Float64Array): Promise<void> {
    await this.#options.ledger?.write(this.#plan, shard, counts);
    this.#gathering.add(shard, counts);
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
    const { counts, done } = this.#gathering.result();
    return {
      counts,
      done,
      complete: done === this.#plan.runs,
      digest: digestOf(counts),
      perSecond: this.perSecond,
      resumed: this.resumed,
    };
  }
}

/** Computes one shard. */
export type Work = (seed: number, shard: Shard) => Float64Array;

/** Runs on the thread that calls, and lets others have their turn between shards, so that it can be stopped. */
export function inlineRunner(work: Work): Runner {
  return {
    async run(plan, options = {}) {
      const gatherer = new Gatherer(plan, options);
      for (const shard of await gatherer.waiting()) {
        if (options.signal?.aborted === true) break;
        await gatherer.finish(shard, work(plan.seed, shard));
        await new Promise<void>((resolve) => setTimeout(resolve, 0));
      }
      return gatherer.result();
    },
  };
}

/** A run as it was opened from a plan in words: its shards, and what computes one. */
export interface OpenRun {
  readonly plan: Plan;
  compute(shard: Shard, signal: AbortSignal): Promise<Float64Array>;
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
      const gatherer = new Gatherer(plan, options);
      const waiting = await gatherer.waiting();
      let next = 0;
      const lane = async (): Promise<void> => {
        for (let shard = waiting[next++]; shard !== undefined; shard = waiting[next++]) {
          if (options.signal?.aborted === true) return;
          const counts = await pool.compute(plan.seed, shard, options.signal).catch((error: unknown) => {
            if (options.signal?.aborted === true) return undefined;
            throw error;
          });
          if (counts === undefined) return;
          await gatherer.finish(shard, counts);
        }
      };
      await Promise.all(Array.from({ length: pool.size }, lane));
      return gatherer.result();
    },
  };
}
