import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import type { Queue } from "bullmq";
import { ParleyError } from "../core/problems/index.ts";
import {
  digestOf,
  Gatherer,
  type Ledger,
  type Plan,
  type RunOptions,
  type RunResult,
  replaysOf,
  type Shard,
} from "../runs/index.ts";
import type { QueueAddress } from "./address.ts";
import { connect, type QueueServer } from "./connect.ts";
import type { Arrived, RunStore, ShardJob } from "./store.ts";

export interface QueueRunOptions extends RunOptions {
  /** What code computes the shards. */
  readonly code: string;
  /** The plan in words that workers open. */
  readonly text: string;
  /** What is finished, kept on this side: it is the truth of the run, and the server may forget all. */
  readonly ledger: Ledger;
  /** Tries of a shard before it is parked; 5 unless given. */
  readonly attempts?: number | undefined;
  /** Milliseconds before the second try, doubled with each; a second unless given. */
  readonly backoff?: number | undefined;
  /** Milliseconds without any result after which shards are asked for again; five seconds unless given. */
  readonly quiet?: number | undefined;
  /** Shards that stand in the queue at a time; 2000 unless given. */
  readonly window?: number | undefined;
  /** Whether shards of runs that were asked for by others come in turn with these: workers take them by their place. */
  readonly inTurn?: boolean | undefined;
  /** Told once where nobody listens. */
  onNobody?(): void;
  /** Told of each shard that came: who computed it, in how many tries, and whether it was computed once more. */
  onShard?(shard: {
    readonly i: number;
    readonly worker: string | undefined;
    readonly tries: number;
    readonly again: boolean;
  }): void;
}

/** A shard that failed on every try. */
export interface Parked {
  readonly shard: Shard;
  readonly error: string;
}

export interface QueueRunResult extends RunResult {
  readonly parked: readonly Parked[];
}

/** Jobs that stand in the queue at a time: enough for hundreds of workers, few enough for any server. */
const WINDOW = 2000;
/** Milliseconds between two looks at the server. */
const LOOK = 150;
/** Milliseconds between two looks for shards that failed on every try. */
const LOOK_FOR_PARKED = 600;

/**
 * Runs a plan on whoever listens at a queue; same digest as every other runner.
 *
 * The ledger on this side is the truth. Shards that it lacks are asked for; results are written to it before they count. A
 * shard that arrives twice counts once; one that arrives with other counts fails the run. What fails on every try is parked
 * and told. Stopped or lost, the same plan goes on from the ledger and from results that came meanwhile.
 *
 * @throws ParleyError where the server does not answer, another gathers the same run, or a shard came out differently
 */
export async function runOnQueue(address: QueueAddress, plan: Plan, options: QueueRunOptions): Promise<QueueRunResult> {
  const gatherer = new Gatherer(plan, options);
  const open = new Map((await gatherer.waiting()).map((shard) => [shard.i, shard]));
  if (open.size === 0) return { ...gatherer.result(), parked: [] };
  const server = await connect(address);
  const queue = server.queue(options.code);
  queue.on("error", () => {
    // The connection comes back by itself; until then commands wait.
  });
  const store = server.store(options.code, plan.runId);
  const gathering = new Gathering(plan, options, gatherer, open, queue, store, server);
  try {
    return await gathering.run();
  } finally {
    await Promise.race([gathering.leave().catch(() => {}), sleep(3000)]);
    await Promise.race([server.close().catch(() => {}), sleep(1000)]);
  }
}

/** What is remembered from one look to the next. */
interface Watch {
  /** When something came last, or was asked for again. */
  quietSince: number;
  /** When parked shards were looked for last. */
  looked: number;
  nobodyTold: boolean;
}

class Gathering {
  readonly #me = `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`;
  readonly #plan: Plan;
  readonly #options: QueueRunOptions;
  readonly #gatherer: Gatherer;
  /** Shards that have not come. */
  readonly #open: Map<number, Shard>;
  /** Shards to be computed once more that have not come. */
  readonly #again: Set<number>;
  readonly #queue: Queue<ShardJob>;
  readonly #store: RunStore;
  readonly #server: QueueServer;
  readonly #parked = new Map<string, string>();
  /** Jobs that were put into the queue and have not come back, by id. */
  readonly #asked = new Map<string, ShardJob>();
  #owner = false;
  #over = false;
  /** Ends when nothing more is asked of the server. */
  #gathering: Promise<void> = Promise.resolve();

  constructor(
    plan: Plan,
    options: QueueRunOptions,
    gatherer: Gatherer,
    open: Map<number, Shard>,
    queue: Queue<ShardJob>,
    store: RunStore,
    server: QueueServer,
  ) {
    this.#server = server;
    this.#plan = plan;
    this.#options = options;
    this.#gatherer = gatherer;
    this.#open = open;
    this.#queue = queue;
    this.#store = store;
    this.#again = replaysOf(plan);
  }

  async run(): Promise<QueueRunResult> {
    const { signal } = this.#options;
    const stopped = new Promise<"stopped">((resolve) => {
      if (signal?.aborted === true) resolve("stopped");
      signal?.addEventListener("abort", () => resolve("stopped"), { once: true });
    });
    const gathering = this.#gather(signal);
    this.#gathering = gathering.catch(() => {});
    // A command may wait for a server that is gone: whoever stops does not.
    await Promise.race([gathering, stopped]);
    const parked = [...this.#parked].flatMap(([id, error]) => {
      const shard = this.#open.get(this.#asked.get(id)?.i ?? -1);
      return shard === undefined ? [] : [{ shard, error }];
    });
    return { ...this.#gatherer.result(), parked: parked.sort((a, b) => a.shard.i - b.shard.i) };
  }

  async #gather(signal: AbortSignal | undefined): Promise<void> {
    await this.#own(true);
    await this.#store.publish(this.#options.text);
    await this.#retryParked();
    const watch: Watch = { quietSince: Date.now(), looked: 0, nobodyTold: false };
    while (signal?.aborted !== true && !this.#over) {
      try {
        await this.#look(watch);
      } catch (error) {
        if (!this.#server.isOutage(error)) throw error;
      }
      if (!this.#over) await sleep(LOOK);
    }
  }

  /** Takes what has come, asks for what has not, and sees whether the run is over. */
  async #look(watch: Watch): Promise<void> {
    const { quiet = 5000 } = this.#options;
    const came = await this.#store.arrived((result) => this.#take(result));
    const differing = await this.#store.differing();
    if (differing !== undefined) this.#alarm(differing.i, differing.first, differing.second);
    const now = Date.now();
    if (came > 0) watch.quietSince = now;
    else if (now - watch.looked > LOOK_FOR_PARKED) {
      await this.#findParked();
      watch.looked = now;
    }
    this.#over = this.#isDone();
    if (this.#over || this.#options.signal?.aborted === true) return;
    await this.#own(false);
    if (now - watch.quietSince > quiet || !(await this.#store.isPublished())) {
      // The server may have lost everything, or a job. What it still has is not added twice.
      await this.#store.publish(this.#options.text);
      await this.#ask([...this.#asked.values()].filter((job) => !this.#parked.has(this.#idOf(job))));
      watch.quietSince = now;
      if (!watch.nobodyTold && (await this.#queue.getWorkersCount()) === 0) {
        watch.nobodyTold = true;
        this.#options.onNobody?.();
      }
    }
    await this.#askMore();
  }

  /** Takes the right to gather this run; where someone else has it, waits as long as one who is gone would keep it. */
  async #own(first: boolean): Promise<void> {
    for (let tries = 0; ; tries++) {
      const owner = await this.#store.own(this.#me);
      if (owner === this.#me) break;
      if (!first || tries >= 16 || this.#options.signal?.aborted === true) {
        const [host = "", pid = ""] = owner.split(":");
        throw ParleyError.of("run-taken", { host, pid });
      }
      await sleep(1000);
    }
    this.#owner = true;
  }

  async #take({ i, again, counts, worker, tries }: Arrived): Promise<void> {
    const shard = this.#plan.shards[i];
    if (shard === undefined) return;
    if (this.#open.has(i)) {
      await this.#gatherer.finish(shard, counts);
      this.#open.delete(i);
    } else {
      const before = await this.#options.ledger.read(this.#plan, shard);
      if (before !== undefined && digestOf(before) !== digestOf(counts)) this.#alarm(i, "the ledger", "a worker");
    }
    if (again) this.#again.delete(i);
    this.#options.onShard?.({ i, worker, tries, again });
    // Whether at first or once more: the shard is there.
    for (const once of again ? [false, true] : [false]) {
      const id = this.#idOf({ run: this.#plan.runId, i, again: once });
      this.#asked.delete(id);
      this.#parked.delete(id);
    }
  }

  #alarm(index: number, first: string, second: string): never {
    this.#over = true;
    throw ParleyError.of("shard-differs", { index, first, second });
  }

  #isDone(): boolean {
    if ([...this.#asked.keys()].some((id) => !this.#parked.has(id))) return false;
    return this.#jobs().next().done === true;
  }

  /** Jobs that are still to be put into the queue. */
  *#jobs(): Generator<ShardJob> {
    const { runId: run } = this.#plan;
    for (const i of this.#open.keys()) {
      if (!this.#asked.has(this.#idOf({ run, i, again: false }))) yield { run, i, again: false };
    }
    for (const i of this.#again) {
      if (!this.#asked.has(this.#idOf({ run, i, again: true }))) yield { run, i, again: true };
    }
  }

  async #askMore(): Promise<void> {
    const { window = WINDOW } = this.#options;
    if (this.#asked.size - this.#parked.size > window / 2) return;
    const more: ShardJob[] = [];
    for (const job of this.#jobs()) {
      if (this.#asked.size - this.#parked.size + more.length >= window) break;
      more.push(job);
    }
    await this.#ask(more, this.#asked.size - this.#parked.size);
    for (const job of more) this.#asked.set(this.#idOf(job), job);
  }

  /** Puts shards into the queue, behind as many of this run as stand there. */
  async #ask(jobs: readonly ShardJob[], behind = 0): Promise<void> {
    const { attempts = 5, backoff = 1000, inTurn = false } = this.#options;
    if (jobs.length === 0) return;
    await this.#queue.addBulk(
      jobs.map((data, at) => ({
        name: "shard",
        data,
        opts: {
          jobId: this.#idOf(data),
          attempts,
          backoff: { type: "exponential", delay: backoff },
          removeOnComplete: true,
          stackTraceLimit: 0,
          // The first of each run go before the second of any.
          ...(inTurn ? { priority: 1 + behind + at } : {}),
        },
      })),
    );
  }

  #idOf({ run, i, again }: ShardJob): string {
    return `${run}-${i}${again ? "-again" : ""}`;
  }

  /** Shards that were parked when this run was tried before get another try. */
  async #retryParked(): Promise<void> {
    for (const job of await this.#queue.getFailed()) if (job.data.run === this.#plan.runId) await job.remove();
  }

  async #findParked(): Promise<void> {
    for (const job of await this.#queue.getFailed()) {
      const id = this.#idOf(job.data);
      if (this.#asked.has(id)) this.#parked.set(id, job.failedReason);
    }
  }

  /** Leaves the server as it should be: without a run that is over; with what came meanwhile for one that was stopped. */
  async leave(): Promise<void> {
    // Who still looks would take the run again after it was given up.
    await Promise.race([this.#gathering, sleep(1000)]);
    if (this.#owner) {
      await Promise.all(
        [...this.#asked.keys()].filter((id) => !this.#parked.has(id)).map((id) => this.#queue.remove(id)),
      );
      if (this.#over) await this.#store.remove();
      await this.#store.disown(this.#me);
    }
    await this.#queue.close();
  }
}
