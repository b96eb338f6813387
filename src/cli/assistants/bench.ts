import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { ParleyError, type Problem, problem } from "../../core/problems/index.ts";
import type { Answer, Bench, CallOptions, FolderShelfOptions } from "../../mcp/index.ts";

/** What the thread is asked. */
export interface ToWorker {
  readonly tool: string;
  readonly input: unknown;
}

/** What it says: a part that is done, then an answer or what is wrong. */
export type FromWorker =
  | { readonly kind: "progress"; readonly message: string }
  | { readonly kind: "answer"; readonly answer: Answer }
  | { readonly kind: "problems"; readonly problems: readonly Problem[] };

interface Job extends ToWorker, CallOptions {
  done(answer: Answer): void;
  fail(problems: readonly Problem[]): void;
}

/** How often a call that goes on is told so, in milliseconds. */
const STILL = 2000;

/** Where the thread's code is: beside this file in a clone, an entry of its own in the built package. */
function workerFile(): string {
  const places = ["./worker.ts", "./cli/mcp-worker.js", "./mcp-worker.js", "../cli/mcp-worker.js"];
  for (const place of places) {
    const file = fileURLToPath(new URL(place, import.meta.url));
    if (existsSync(file)) return file;
  }
  throw new Error("the worker of the assistants' server is missing from this installation");
}

/**
 * A thread that works for the tools that take long, one call at a time in the order of their coming. A call that is
 * stopped ends its thread, and the next has a new one; what was worked out before is kept on disk.
 */
export function threadBench(options: FolderShelfOptions, note: (text: string) => void): Bench {
  const waiting: Job[] = [];
  let current: Job | undefined;
  let thread: Worker | undefined;
  let isClosed = false;

  const start = (): Worker => {
    // What a library prints must not get among the protocol's messages.
    const made = new Worker(workerFile(), { workerData: options, stdout: true, stderr: true });
    made.stdout.on("data", (text) => note(String(text).trimEnd()));
    made.stderr.on("data", (text) => note(String(text).trimEnd()));
    made.on("message", (message: FromWorker) => {
      const job = current;
      if (made !== thread || job === undefined) return;
      if (message.kind === "progress") return job.progress?.(message.message);
      current = undefined;
      if (message.kind === "answer") job.done(message.answer);
      else job.fail(message.problems);
      next();
    });
    made.on("error", (error) => lost(made, error.message));
    made.on("exit", () => lost(made, "its thread ended"));
    return made;
  };

  const lost = (which: Worker, detail: string): void => {
    if (which !== thread) return;
    thread = undefined;
    const job = current;
    current = undefined;
    job?.fail([problem("internal", { detail })]);
    next();
  };

  const next = (): void => {
    if (isClosed || current !== undefined) return;
    current = waiting.shift();
    if (current === undefined) return;
    thread ??= start();
    const { tool, input } = current;
    thread.postMessage({ tool, input } satisfies ToWorker);
  };

  const stop = (job: Job): void => {
    const place = waiting.indexOf(job);
    if (place >= 0) waiting.splice(place, 1);
    if (job === current) {
      current = undefined;
      const old = thread;
      thread = undefined;
      void old?.terminate();
    }
    job.fail(ParleyError.of("work-stopped", undefined).problems);
    next();
  };

  return {
    run: (tool, input, { signal, progress }) =>
      new Promise<Answer>((resolve, reject) => {
        const began = Date.now();
        const still = setInterval(() => {
          const seconds = Math.round((Date.now() - began) / 1000);
          progress?.(job === current ? `at work for ${seconds} s` : `waiting for ${seconds} s, behind another call`);
        }, STILL);
        const stopped = () => stop(job);
        const over = () => {
          clearInterval(still);
          signal?.removeEventListener("abort", stopped);
        };
        const job: Job = {
          tool,
          input,
          signal,
          progress,
          done: (answer) => {
            over();
            resolve(answer);
          },
          fail: (problems) => {
            over();
            reject(new ParleyError(problems));
          },
        };
        if (signal?.aborted === true || isClosed) return stop(job);
        signal?.addEventListener("abort", stopped, { once: true });
        waiting.push(job);
        next();
      }),
    async close() {
      isClosed = true;
      for (const job of [...waiting, ...(current === undefined ? [] : [current])]) stop(job);
      const old = thread;
      thread = undefined;
      await old?.terminate();
    },
  };
}
