import type { Patiently } from "./patience.ts";
import { Rate } from "./rate.ts";
import type { RunRecord, ShardCounts } from "./record.ts";
import { isOver } from "./record.ts";
import type { RunStore } from "./store.ts";

/** Told of a run: now, and whenever it changes. */
export type RunListener = (record: RunRecord) => void;

/** Milliseconds between two tellings of progress. */
const TELL = 200;
/** Milliseconds between two savings of progress: the ledger has what counts. */
const SAVE = 5000;
/** Names of workers that are kept of a run. */
const MOST_WORKERS = 100;

/** A run of a desk as it changes: who is told of it, and what is kept. */
export class LiveRun {
  record: RunRecord;
  /** Aborted where the run is cancelled, or its desk closed. */
  readonly stop = new AbortController();
  readonly #store: RunStore;
  readonly #patiently: Patiently;
  readonly #listeners = new Set<RunListener>();
  #rate = new Rate();
  #saving: Promise<void> = Promise.resolve();
  #toSave = false;
  #savedAt = performance.now();
  #toldAt = 0;
  #telling: NodeJS.Timeout | undefined;

  constructor(record: RunRecord, store: RunStore, patiently: Patiently) {
    this.record = record;
    this.#store = store;
    this.#patiently = patiently;
  }

  /** Changes the record, tells everyone, and keeps it. */
  change(change: Partial<RunRecord>): void {
    this.record = Object.freeze({ ...this.record, ...change });
    this.#tell();
    this.#save();
  }

  /** Changes counts of shards; who listens is told of many of these at a time. */
  progress(change: Partial<ShardCounts>, trajectories = 0, isNew = false): void {
    if (isNew) this.#rate.add(trajectories);
    const { shards, done } = this.record;
    this.record = Object.freeze({
      ...this.record,
      shards: { ...shards, ...change },
      done: done + trajectories,
      perSecond: isOver(this.record) ? null : this.#rate.perSecond,
    });
    const wait = TELL - (performance.now() - this.#toldAt);
    if (wait <= 0) this.#tell();
    else this.#telling ??= setTimeout(() => this.#tell(), wait).unref();
    if (performance.now() - this.#savedAt > SAVE) this.#save();
  }

  /** Begins to count anew. */
  begin(change: Partial<RunRecord>): void {
    this.#rate = new Rate();
    const { total, retried, replayed } = this.record.shards;
    this.change({ shards: { total, retried, replayed, done: 0, resumed: 0, parked: 0 }, done: 0, ...change });
  }

  seen(worker: string): void {
    const { workers } = this.record;
    if (workers.includes(worker) || workers.length >= MOST_WORKERS) return;
    this.record = Object.freeze({ ...this.record, workers: [...workers, worker] });
  }

  subscribe(listener: RunListener): () => void {
    listener(this.record);
    if (!isOver(this.record)) this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Waits until what is to be kept is kept. */
  async saved(): Promise<void> {
    await this.#saving;
  }

  /** Keeps the record as it is now. */
  save(): Promise<void> {
    this.#save();
    return this.#saving;
  }

  #tell(): void {
    this.#toldAt = performance.now();
    clearTimeout(this.#telling);
    this.#telling = undefined;
    for (const listener of [...this.#listeners]) {
      try {
        listener(this.record);
      } catch {
        // Who listens badly keeps nobody else from listening.
        this.#listeners.delete(listener);
      }
    }
    if (isOver(this.record)) this.#listeners.clear();
  }

  /** One after the other, each as the record is then: an older one is never kept after a newer one. */
  #save(): void {
    this.#savedAt = performance.now();
    if (this.#toSave) return;
    this.#toSave = true;
    const before = this.#saving;
    this.#saving = (async () => {
      await before.catch(() => {});
      this.#toSave = false;
      await this.#patiently(() => this.#store.save(this.record));
    })();
    // Told to whoever waits for it; else the next saving tries again.
    this.#saving.catch(() => {});
  }
}
