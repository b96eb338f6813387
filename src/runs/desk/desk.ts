import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { ParleyError, type Problem, problem } from "../../core/problems/index.ts";
import { digestOf } from "../plan.ts";
import { Gatherer, type OpenRun } from "../runner.ts";
import { clusterRun } from "./cluster.ts";
import { storeLedger } from "./ledger.ts";
import { LiveRun, type RunListener } from "./live.ts";
import { type DeskLimits, type DeskOptions, type DeskResult, LIMITS, type RunRequest } from "./options.ts";
import { type Patiently, patience } from "./patience.ts";
import { isOver, planOfRecord, type RunRecord } from "./record.ts";
import { type ParkedShard, parkedProblems, ShardRun } from "./shard-run.ts";
import { Turns } from "./turns.ts";

/**
 * The long runs of many people, on the threads of one process and on a cluster.
 *
 * Owners take turns, shard by shard, and so do the runs of one: a short run does not wait for a long one. What is
 * finished stands in the store's ledger; a desk that is opened anew goes on from there. Whatever computes a run, it has
 * the digest that `parley simulate` gives it.
 */
export class RunDesk {
  readonly #options: DeskOptions;
  readonly #limits: DeskLimits;
  readonly #runs = new Map<string, LiveRun>();
  /** Runs that wait. */
  readonly #queue = new Turns<LiveRun>();
  /** Runs whose shards are computed here. */
  readonly #here = new Turns<ShardRun>();
  readonly #running = new Map<LiveRun, Promise<void>>();
  readonly #closing = new AbortController();
  readonly #patiently: Patiently;
  #busy = 0;
  #closed = false;

  /** Opens a desk, and goes on with the runs that its store has unfinished. */
  static async open(options: DeskOptions): Promise<RunDesk> {
    const desk = new RunDesk(options);
    const records = await desk.#patiently(() => options.store.load());
    for (const record of records.toSorted((a, b) => (a.submitted < b.submitted ? -1 : 1))) desk.#takeUp(record);
    desk.#begin();
    return desk;
  }

  private constructor(options: DeskOptions) {
    this.#options = options;
    this.#limits = { ...LIMITS, ...options.limits };
    this.#patiently = patience(options.patience ?? 120_000, this.#closing.signal);
  }

  /**
   * Takes a run; it begins when it is its owner's turn.
   *
   * @throws ParleyError where the plan cannot be used, a limit is passed, or the desk is closed
   */
  async submit({ owner, label, text, about = {}, within }: RunRequest): Promise<RunRecord> {
    if (this.#closed) throw ParleyError.of("runs-closed", undefined);
    const { plan } = this.#options.open(text);
    const { trajectories, shards, queued } = this.#limits;
    if (plan.runs > trajectories) throw ParleyError.of("run-limit", { what: "trajectories", most: trajectories });
    if (plan.shards.length > shards) throw ParleyError.of("run-limit", { what: "shards", most: shards });
    const own = [...this.#runs.values()].filter(({ record }) => record.owner === owner);
    const begins = own.filter(({ record }) => !isOver(record)).length < this.#limits.running;
    if (!begins && own.filter(({ record }) => record.state === "queued").length >= queued) {
      throw ParleyError.of("run-limit", { what: "waiting", most: queued });
    }
    const { runs, seed, shardSize, gather } = plan;
    const record: RunRecord = {
      id: randomUUID(),
      owner,
      label,
      about,
      state: "queued",
      key: [this.#options.code, ...(within === undefined ? [] : [within]), plan.runId].join("/"),
      seed,
      runs,
      shardSize,
      gather,
      shards: { total: plan.shards.length, done: 0, resumed: 0, replayed: 0, retried: 0, parked: 0 },
      done: 0,
      perSecond: null,
      submitted: new Date().toISOString(),
      started: null,
      ended: null,
      digest: null,
      problems: [],
      executor: null,
      workers: [],
    };
    const live = this.#add(record);
    try {
      await this.#patiently(() => this.#options.store.saveText(record.id, text));
      await live.save();
    } catch (error) {
      this.#runs.delete(record.id);
      throw error;
    }
    // It may have been cancelled meanwhile.
    if (!isOver(live.record)) this.#queue.add(owner, live);
    this.#begin();
    return live.record;
  }

  /** Runs, the newest first: of one owner, or all. */
  list(owner?: string): RunRecord[] {
    const records = [...this.#runs.values()].map(({ record }) => record);
    return records.filter((record) => owner === undefined || record.owner === owner).reverse();
  }

  get(id: string): RunRecord | undefined {
    return this.#runs.get(id)?.record;
  }

  /** The plan of a run as it was submitted. */
  text(id: string): Promise<string | undefined> {
    return this.#patiently(() => this.#options.store.readText(id));
  }

  /** What a run came to so far; undefined where there is no such run. */
  async result(id: string): Promise<DeskResult | undefined> {
    const record = this.get(id);
    if (record === undefined) return undefined;
    const counts = await this.#patiently(() => this.#options.store.readWhole(record.key));
    if (counts !== undefined) return { counts, done: record.runs, complete: true, digest: digestOf(counts) };
    const nothing = { found() {}, kept() {} };
    const ledger = storeLedger(this.#options.store, record.key, this.#patiently, nothing);
    const gatherer = new Gatherer(planOfRecord(record), { ledger });
    await gatherer.waiting();
    return gatherer.result();
  }

  /** Ends a run; what is finished of it stays. @returns whether there was such a run that was not over */
  async cancel(id: string): Promise<boolean> {
    const live = this.#runs.get(id);
    if (live === undefined || isOver(live.record)) return false;
    this.#queue.remove(live.record.owner, live);
    this.#over(live, { state: "cancelled" });
    live.stop.abort();
    await this.#running.get(live);
    await live.saved();
    this.#begin();
    return true;
  }

  /** Forgets a run that is over, its plan, and what no other run shares. @returns whether there was one */
  async remove(id: string): Promise<boolean> {
    const live = this.#runs.get(id);
    if (live === undefined || !isOver(live.record)) return false;
    await this.#running.get(live);
    await live.saved().catch(() => {});
    const { key } = live.record;
    await this.#patiently(() => this.#options.store.remove(id));
    this.#runs.delete(id);
    const shared = [...this.#runs.values()].some(({ record }) => record.key === key);
    if (!shared) await this.#patiently(() => this.#options.store.forget(key));
    return true;
  }

  /**
   * Tells of a run at once and whenever it changes, several times a second at most, until it is over.
   *
   * @returns what ends it; undefined where there is no such run
   */
  subscribe(id: string, listener: RunListener): (() => void) | undefined {
    return this.#runs.get(id)?.subscribe(listener);
  }

  /** Takes no more shards, waits for those that are under way, and keeps the rest for the next desk on this store. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const { grace = 10_000 } = this.#options;
    const idle = async () => {
      while (this.#busy > 0) await sleep(10);
    };
    await Promise.race([idle(), sleep(grace, undefined, { ref: false })]);
    // From here on nobody waits for a store that is gone.
    this.#closing.abort();
    const unfinished = [...this.#running];
    for (const [live] of unfinished) live.stop.abort();
    await Promise.all(unfinished.map(([, end]) => end));
    await Promise.all([...this.#runs.values()].map((live) => live.saved().catch(() => {})));
  }

  #add(record: RunRecord): LiveRun {
    const live = new LiveRun(Object.freeze(record), this.#options.store, this.#patiently);
    this.#runs.set(record.id, live);
    return live;
  }

  /** A run of the store: what was not over when its desk went is begun again. */
  #takeUp(record: RunRecord): void {
    const live = this.#add(isOver(record) ? record : { ...record, state: "queued", perSecond: null });
    if (!isOver(record)) this.#queue.add(record.owner, live);
  }

  /** Begins runs that wait, as far as their owners may have more. */
  #begin(): void {
    for (;;) {
      if (this.#closed) return;
      const running = [...this.#running.keys()].map(({ record }) => record);
      const next = this.#queue.next((live) => {
        const { owner, key } = live.record;
        const own = running.filter((each) => each.owner === owner);
        // What is computed already is not computed twice: the second waits, and finds it.
        const same = running.some((each) => runIdOf(each.key) === runIdOf(key));
        return own.length < this.#limits.running && !same ? live : undefined;
      });
      if (next === undefined) return;
      this.#queue.remove(next.record.owner, next);
      const end = this.#run(next).finally(() => {
        this.#running.delete(next);
        this.#begin();
      });
      this.#running.set(next, end);
    }
  }

  /** A run from its beginning to its end; it never rejects. */
  async #run(live: LiveRun): Promise<void> {
    const { cluster, clusterFrom = 1_000_000, store, open } = this.#options;
    const { record, stop } = live;
    const onCluster = cluster !== undefined && record.runs >= clusterFrom;
    const started = record.started ?? new Date().toISOString();
    live.begin({ state: "running", started, executor: onCluster ? "cluster" : "threads", problems: [] });
    try {
      const whole = await this.#patiently(() => store.readWhole(record.key));
      if (whole !== undefined) return this.#found(live, whole);
      const text = await this.#patiently(() => store.readText(record.id));
      const run = open(text ?? "");
      const ledger = storeLedger(store, record.key, this.#patiently, {
        found({ count }) {
          const { done, resumed } = live.record.shards;
          live.progress({ done: done + 1, resumed: resumed + 1 }, count);
        },
        kept: ({ count }) => live.progress({ done: live.record.shards.done + 1 }, count, true),
      });
      const outcome = onCluster
        ? await clusterRun(cluster, { run, text: text ?? "", ledger, live })
        : await this.#runHere(live, run, ledger);
      if (stop.signal.aborted) return;
      await this.#ended(live, outcome);
    } catch (error) {
      if (stop.signal.aborted) return;
      this.#over(live, { state: "failed", problems: problemsOf(error) });
    }
    await live.saved().catch(() => {});
  }

  async #runHere(live: LiveRun, run: OpenRun, ledger: ReturnType<typeof storeLedger>) {
    const { attempts = 5, backoff = 1000, timeout = 1800 } = this.#options;
    const gatherer = new Gatherer(run.plan, { ledger });
    const waiting = await gatherer.waiting();
    const counted = (which: "retried" | "replayed" | "parked") => () =>
      live.progress({ [which]: live.record.shards[which] + 1 });
    const shards = new ShardRun(run, waiting, gatherer, ledger, {
      attempts,
      backoff,
      timeout: 1000 * timeout,
      signal: live.stop.signal,
      onReady: () => this.#pump(),
      onRetried: counted("retried"),
      onReplayed: counted("replayed"),
      onParked: counted("parked"),
    });
    const { owner } = live.record;
    this.#here.add(owner, shards);
    this.#pump();
    try {
      await shards.over;
    } finally {
      this.#here.remove(owner, shards);
    }
    return { ...gatherer.result(), parked: shards.parked };
  }

  /** Gives every thread that is free a shard. */
  #pump(): void {
    while (!this.#closed && this.#busy < this.#options.threads) {
      const shard = this.#here.next((run) => run.take());
      if (shard === undefined) return;
      this.#busy++;
      shard().finally(() => {
        this.#busy--;
        this.#pump();
      });
    }
  }

  async #ended(live: LiveRun, outcome: DeskResult & { readonly parked: readonly ParkedShard[] }): Promise<void> {
    const { counts, complete, digest, done, parked } = outcome;
    if (complete) {
      await this.#patiently(() => this.#options.store.writeWhole(live.record.key, counts));
      return this.#over(live, { state: "done", digest, problems: [] });
    }
    const error = parked[0]?.error ?? "no shard came";
    const problems = done > 0 ? parkedProblems(parked, live.record.shards.total) : [problem("run-failed", { error })];
    this.#over(live, { state: done > 0 ? "incomplete" : "failed", problems });
  }

  /** A run that was whole before it began. */
  #found(live: LiveRun, counts: Float64Array): void {
    const { shards, runs } = live.record;
    const all = { ...shards, done: shards.total, resumed: shards.total };
    this.#over(live, { state: "done", digest: digestOf(counts), done: runs, shards: all });
  }

  #over(live: LiveRun, change: Partial<RunRecord>): void {
    if (isOver(live.record)) return;
    live.change({ ...change, perSecond: null, ended: new Date().toISOString() });
  }
}

/** What a key says is computed, whoever shares it. */
const runIdOf = (key: string): string => key.slice(key.lastIndexOf("/") + 1);

function problemsOf(error: unknown): readonly Problem[] {
  if (error instanceof ParleyError) return error.problems;
  return [problem("run-failed", { error: error instanceof Error ? error.message : String(error) })];
}
