import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { Piscina } from "piscina";
import { ParleyError, problem } from "../../core/problems/index.ts";
import { Turns } from "../../runs/desk/turns.ts";
import type { Outcome, Task } from "./task.ts";

export interface ComputeOptions {
  /** Threads; one less than there are cores, and at least one, unless given. */
  readonly threads?: number | undefined;
  /** Seconds that a task may take once its turn has come; five minutes unless given. */
  readonly seconds?: number | undefined;
  /** Megabytes of memory that a thread may have; 1024 unless given. */
  readonly megabytes?: number | undefined;
  /** Tasks of one person that may wait; 6 unless given. */
  readonly waitingOfOne?: number | undefined;
  /** Tasks of all that may wait; 200 unless given. */
  readonly waiting?: number | undefined;
}

interface Job {
  readonly person: string;
  readonly task: Task;
  readonly signal: AbortSignal | undefined;
  done(outcome: Outcome): void;
  fail(error: unknown): void;
}

/**
 * Threads that answer people's questions about cases, off the one that answers requests.
 *
 * People take turns, whoever asked for more; nobody has all threads but where there is one. A task that takes too long or
 * too much memory is ended with its thread, and the next has a new one: no case keeps the server from going on.
 */
export class Compute {
  readonly #pool: Piscina<Task, Outcome>;
  readonly #limits: Required<{ [K in keyof ComputeOptions]: number }>;
  readonly #turns = new Turns<Job>();
  readonly #waiting = new Map<Job, () => void>();
  readonly #running = new Map<Job, AbortController>();
  #isClosed = false;

  constructor(options: ComputeOptions = {}) {
    const {
      threads = Math.max(1, availableParallelism() - 1),
      seconds = 300,
      megabytes = 1024,
      waitingOfOne = 6,
      waiting = 200,
    } = options;
    this.#limits = { threads, seconds, megabytes, waitingOfOne, waiting };
    this.#pool = new Piscina({
      filename: workerFile(),
      minThreads: 0,
      maxThreads: threads,
      idleTimeout: 60_000,
      recordTiming: false,
      resourceLimits: { maxOldGenerationSizeMb: megabytes, maxYoungGenerationSizeMb: Math.ceil(megabytes / 16) },
      // Nothing that a case's answers depend on, and no secret.
      env: {},
    });
    // A thread that ends while it does nothing is made anew when it is needed.
    this.#pool.on("error", () => {});
  }

  /** Tasks under way, and those that wait. */
  get counts(): { readonly running: number; readonly waiting: number } {
    return { running: this.#running.size, waiting: this.#waiting.size };
  }

  /**
   * Computes a task when it is its person's turn.
   *
   * @throws ParleyError where too much waits already, it was stopped, or it took more time or memory than it may.
   */
  run(person: string, task: Task, signal?: AbortSignal): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      const job: Job = { person, task, signal, done: resolve, fail: reject };
      if (this.#isClosed) throw ParleyError.of("compute-closed", undefined);
      if (signal?.aborted === true) throw ParleyError.of("work-stopped", undefined);
      this.#begin(job);
      if (this.#running.has(job)) return;
      const { waiting, waitingOfOne: most } = this.#limits;
      const own = [...this.#waiting.keys()].filter((each) => each.person === person).length;
      if (own >= most) throw ParleyError.of("compute-waiting", { most });
      if (this.#waiting.size >= waiting) throw ParleyError.of("compute-full", { most: waiting });
      const stop = () => {
        this.#forget(job);
        reject(ParleyError.of("work-stopped", undefined));
      };
      this.#turns.add(person, job);
      this.#waiting.set(job, stop);
      signal?.addEventListener("abort", stop, { once: true });
    });
  }

  /** Ends what is under way and what waits, and the threads. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const stop of [...this.#waiting.values()]) stop();
    for (const stop of this.#running.values()) stop.abort();
    await this.#pool.destroy();
  }

  #forget(job: Job): void {
    const stop = this.#waiting.get(job);
    if (stop === undefined) return;
    this.#waiting.delete(job);
    this.#turns.remove(job.person, job);
    job.signal?.removeEventListener("abort", stop);
  }

  /** Gives every thread that is free a task, in turn. */
  #pump(): void {
    while (!this.#isClosed) {
      const job = this.#turns.next((each) => (this.#mayRun(each) ? each : undefined));
      if (job === undefined) return;
      this.#forget(job);
      this.#begin(job);
    }
  }

  #mayRun({ person }: Job): boolean {
    const { threads } = this.#limits;
    const own = [...this.#running.keys()].filter((each) => each.person === person).length;
    return this.#running.size < threads && own < Math.max(1, threads - 1);
  }

  #begin(job: Job): void {
    if (!this.#mayRun(job)) return;
    const stop = new AbortController();
    this.#running.set(job, stop);
    this.#work(job, stop.signal)
      .finally(() => {
        this.#running.delete(job);
        this.#pump();
      })
      .then(job.done, job.fail);
  }

  async #work({ task, signal: asked }: Job, closed: AbortSignal): Promise<Outcome> {
    const { seconds, megabytes } = this.#limits;
    const limit = AbortSignal.timeout(1000 * seconds);
    const signal = AbortSignal.any([limit, closed, ...(asked === undefined ? [] : [asked])]);
    try {
      return await this.#pool.run(task, { signal });
    } catch (error) {
      if (asked?.aborted === true || closed.aborted) throw ParleyError.of("work-stopped", undefined);
      if (limit.aborted) throw ParleyError.of("compute-time", { seconds });
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === "ERR_WORKER_OUT_OF_MEMORY") throw ParleyError.of("compute-memory", { megabytes });
      throw new ParleyError([problem("compute-failed", { detail: message })]);
    }
  }
}

/** Where the threads' code is: beside this file in a clone, an entry of its own in the built package. */
function workerFile(): string {
  const places = ["./worker.ts", "./server/compute-worker.js", "./compute-worker.js", "../server/compute-worker.js"];
  for (const place of places) {
    const file = fileURLToPath(new URL(place, import.meta.url));
    if (existsSync(file)) return file;
  }
  throw new Error("the worker of the team server is missing from this installation");
}
