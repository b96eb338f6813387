import type { Shard } from "./plan.ts";
import type { Work, WorkerPool } from "./runner.ts";

/** What is used here of a web worker; its own type comes with those of a whole browser. */
export interface WebWorker {
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onmessageerror: ((event: unknown) => void) | null;
  onerror: ((event: { readonly message?: string }) => void) | null;
  postMessage(message: unknown): void;
  terminate(): void;
}

/** What is used of a worker's own global scope. */
export interface WorkerScope {
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  postMessage(message: unknown, transfer: readonly ArrayBuffer[]): void;
}

/** To a worker: first the job, once; then shards of it, one at a time. */
type Request = { readonly job: unknown } | { readonly seed: number; readonly shard: Shard };
/** From a worker, for each shard. */
type Answer = { readonly counts: Float64Array } | { readonly error: string };

/** A worker with what it is doing. */
interface Seat {
  readonly worker: WebWorker;
  readonly settle: { done: ((answer: Answer) => void) | undefined };
}

/**
 * A pool of web workers that compute shards of one job, for `poolRunner`.
 *
 * A worker that is told to stop, or fails, is ended and replaced when there is work again; so a run that is stopped ends at
 * once, and the pool can be used for another.
 *
 * @param worker the address of a module that calls `serveShards`, or what makes a worker of it
 * @param job sent to each worker once: anything that can be cloned
 */
export function webWorkerPool(
  worker: string | URL | (() => WebWorker),
  job: unknown,
  size: number,
): WorkerPool & { close(): void } {
  const make = typeof worker === "function" ? worker : () => moduleWorker(worker);
  const idle: Seat[] = [];
  const busy = new Set<Seat>();
  let closed = false;

  function seat(): Seat {
    const free = idle.pop();
    if (free !== undefined) return free;
    const made = make();
    const settle: Seat["settle"] = { done: undefined };
    const fail = (error: string) => settle.done?.({ error });
    made.onmessage = ({ data }) => settle.done?.(data as Answer);
    made.onmessageerror = () => fail("a worker's answer could not be read");
    made.onerror = ({ message }) => fail(message ?? "a worker could not be started");
    made.postMessage({ job } satisfies Request);
    return { worker: made, settle };
  }

  function compute(seed: number, shard: Shard, signal: AbortSignal | undefined): Promise<Float64Array> {
    return new Promise((resolve, reject) => {
      if (closed) return reject(new Error("the pool of workers is closed"));
      if (signal?.aborted === true) return reject(stopped());
      const taken = seat();
      const { worker: own, settle } = taken;
      busy.add(taken);
      const leave = () => {
        busy.delete(taken);
        settle.done = undefined;
        signal?.removeEventListener("abort", stop);
      };
      const end = (error: Error) => {
        leave();
        own.terminate();
        reject(error);
      };
      const stop = () => end(stopped());
      settle.done = (answer) => {
        if (!("counts" in answer)) return end(new Error(answer.error));
        leave();
        idle.push(taken);
        resolve(answer.counts);
      };
      signal?.addEventListener("abort", stop);
      own.postMessage({ seed, shard } satisfies Request);
    });
  }

  function close(): void {
    closed = true;
    for (const { worker: own } of idle.splice(0)) own.terminate();
    for (const { settle } of [...busy]) settle.done?.({ error: "the pool of workers is closed" });
  }

  return { size, compute, close };
}

/** Answers a pool from inside a worker: makes the work of its job once, then computes shard after shard. */
export function serveShards(scope: WorkerScope, workOf: (job: unknown) => Work): void {
  let work: Work = () => {
    throw new Error("a shard came before its job");
  };
  scope.onmessage = ({ data }) => {
    const request = data as Request;
    if ("job" in request) {
      // A job that cannot be done is told with the first shard: only shards are answered.
      let made: Work | undefined;
      work = (seed, shard) => {
        made ??= workOf(request.job);
        return made(seed, shard);
      };
      return;
    }
    try {
      const counts = work(request.seed, request.shard);
      scope.postMessage({ counts } satisfies Answer, [counts.buffer as ArrayBuffer]);
    } catch (error) {
      scope.postMessage({ error: error instanceof Error ? error.message : String(error) } satisfies Answer, []);
    }
  };
}

function moduleWorker(address: string | URL): WebWorker {
  const { Worker } = globalThis as unknown as {
    readonly Worker: new (address: string | URL, options: { readonly type: "module" }) => WebWorker;
  };
  return new Worker(address, { type: "module" });
}

function stopped(): Error {
  const error = new Error("the run was stopped");
  error.name = "AbortError";
  return error;
}
