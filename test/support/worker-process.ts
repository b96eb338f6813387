import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { root } from "./cli.ts";

export interface WorkerProcess {
  readonly child: ChildProcess;
  /** Waits until it has said something since it was started. */
  says(words: string): Promise<void>;
  /** All that it has said. */
  said(): string;
  /** Waits for its end. */
  readonly gone: Promise<void>;
  end(): Promise<void>;
}

/** Starts a test's worker as a process: at which address, with which lock in seconds and delay in milliseconds. */
export function workerProcess(url: string, lock: number, delay: number, deadly?: number | string): WorkerProcess {
  const words = [url, String(lock), String(delay), ...(deadly === undefined ? [] : [String(deadly)])];
  return testProcess([process.execPath, join(root, "test", "queue", "worker-process.ts"), ...words]);
}

/** Starts a process whose words a test waits for. */
export function testProcess([command = "", ...words]: readonly string[]): WorkerProcess {
  const child = spawn(command, words, { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  const waiting = new Set<() => void>();
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
    for (const look of waiting) look();
  });
  const gone = new Promise<void>((resolve) => child.once("close", () => resolve()));
  return {
    child,
    gone,
    said: () => said,
    says: (wanted) =>
      new Promise((resolve) => {
        const look = () => {
          if (!said.includes(wanted)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    async end() {
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
      await gone;
    },
  };
}
