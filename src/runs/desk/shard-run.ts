import { ParleyError, problem } from "../../core/problems/index.ts";
import { digestOf, replaysOf, type Shard } from "../plan.ts";
import type { Gatherer, Ledger, OpenRun } from "../runner.ts";

export interface ShardRunOptions {
  /** Tries of a shard before it is parked. */
  readonly attempts: number;
  /** Milliseconds before the second try, doubled with each. */
  readonly backoff: number;
  /** Milliseconds that a shard may take. */
  readonly timeout: number;
  readonly signal: AbortSignal;
  /** Told where there may be something to take that was not there before. */
  onReady(): void;
  onRetried(): void;
  onReplayed(): void;
  onParked(): void;
}

/** A shard that failed on every try. */
export interface ParkedShard {
  readonly shard: Shard;
  readonly error: string;
}

interface Task {
  readonly shard: Shard;
  readonly again: boolean;
  readonly tries: number;
}

/** A run is given up when so many of its shards failed on every try: the rest would as well. */
const MOST_PARKED = 20;

/** A run whose shards are taken one at a time, by whoever has a thread free: what is next, what failed, what is left. */
export class ShardRun {
  readonly parked: ParkedShard[] = [];
  /** When nothing is left to take and nothing is under way, or one that cannot go on failed. */
  readonly over: Promise<void>;
  readonly #run: OpenRun;
  readonly #gatherer: Gatherer;
  readonly #ledger: Ledger;
  readonly #options: ShardRunOptions;
  readonly #ready: Task[];
  /** Shards that are to be computed once more when they were kept. */
  readonly #replays: Set<number>;
  readonly #again: Task[] = [];
  /** Taken, or waiting for the next try. */
  #underWay = 0;
  #ended = false;
  #end: (error?: unknown) => void = () => {};

  constructor(run: OpenRun, waiting: readonly Shard[], gatherer: Gatherer, ledger: Ledger, options: ShardRunOptions) {
    this.#run = run;
    this.#gatherer = gatherer;
    this.#ledger = ledger;
    this.#options = options;
    // The last is taken first.
    this.#ready = waiting.map((shard): Task => ({ shard, again: false, tries: 0 })).reverse();
    this.#replays = replaysOf(run.plan);
    this.over = new Promise((resolve, reject) => {
      this.#end = (error) => {
        this.#ended = true;
        if (error === undefined) resolve();
        else reject(error);
      };
    });
    options.signal.addEventListener("abort", () => this.#look(), { once: true });
    this.#look();
  }

  /** Takes the next shard, as what computes and keeps it; undefined where there is none just now. It never rejects. */
  take(): (() => Promise<void>) | undefined {
    if (this.#ended || this.#options.signal.aborted) return undefined;
    const task = this.#ready.pop() ?? this.#again.pop();
    if (task === undefined) return undefined;
    this.#underWay++;
    return () => this.#do(task);
  }

  async #do(task: Task): Promise<void> {
    const { signal, timeout } = this.#options;
    const { shard, again } = task;
    const limit = AbortSignal.timeout(timeout);
    let counts: Float64Array;
    try {
      counts = await this.#run.compute(shard, AbortSignal.any([signal, limit]));
    } catch (error) {
      if (signal.aborted) return this.#left();
      const why = limit.aborted ? new Error(`it took more than ${timeout / 1000} s`) : error;
      return this.#failed(task, why);
    }
    if (signal.aborted) return this.#left();
    try {
      if (again) await this.#compare(shard, counts);
      else {
        await this.#gatherer.finish(shard, counts);
        if (this.#replays.delete(shard.i)) this.#again.push({ shard, again: true, tries: 0 });
      }
    } catch (error) {
      this.#end(error);
    }
    this.#left();
  }

  async #compare(shard: Shard, counts: Float64Array): Promise<void> {
    const before = await this.#ledger.read(this.#run.plan, shard);
    if (before !== undefined && digestOf(before) !== digestOf(counts)) {
      throw ParleyError.of("shard-differs", { index: shard.i, first: "the ledger", second: "this computer" });
    }
    this.#options.onReplayed();
  }

  #failed(task: Task, error: unknown): void {
    const { attempts, backoff, onRetried, onParked, onReady } = this.#options;
    const tries = task.tries + 1;
    // Input that cannot be used is not better the next time.
    if (tries < attempts && !(error instanceof ParleyError)) {
      onRetried();
      const timer = setTimeout(
        () => {
          this.#options.signal.removeEventListener("abort", soon);
          if (!this.#isGivenUp()) this.#ready.push({ ...task, tries });
          this.#left();
          onReady();
        },
        backoff * 2 ** task.tries,
      );
      const soon = () => {
        clearTimeout(timer);
        this.#left();
      };
      this.#options.signal.addEventListener("abort", soon, { once: true });
      return;
    }
    // A shard that was kept and could not be computed once more is there all the same.
    if (!task.again) {
      this.parked.push({ shard: task.shard, error: error instanceof Error ? error.message : String(error) });
      onParked();
    }
    if (this.#isGivenUp()) this.#ready.length = 0;
    this.#left();
  }

  #isGivenUp(): boolean {
    return this.parked.length >= MOST_PARKED;
  }

  #left(): void {
    this.#underWay--;
    this.#look();
  }

  #look(): void {
    const nothing = this.#ready.length + this.#again.length === 0 || this.#options.signal.aborted;
    if (nothing && this.#underWay <= 0) this.#end();
  }
}

/** What is told of shards that failed on every try: the first few by name. */
export function parkedProblems(parked: readonly ParkedShard[], total: number) {
  const some = parked.slice(0, 5);
  return [
    problem("run-parked", { count: parked.length, total }),
    ...some.map(({ shard, error }) => problem("shard-parked", { index: shard.i, error })),
  ];
}
