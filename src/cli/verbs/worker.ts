import { availableParallelism } from "node:os";
import type { Command } from "commander";
import { startQueueWorker } from "../../queue/index.ts";
import { clusterAddress } from "../cluster/address.ts";
import { openOnThreads } from "../cluster/plan-file.ts";
import { helpWithExamples } from "../help.ts";
import { onInterrupt } from "../interrupt.ts";
import { codeName } from "../memo-folder.ts";
import { countOf } from "../options.ts";
import type { Output } from "../output.ts";
import { startThreads } from "../simulation/threads.ts";

interface WorkerOptions {
  readonly workers?: string;
  readonly lock?: string;
  readonly timeout?: string;
  readonly idle?: string;
}

const LOCK = 30;
const TIMEOUT = 1800;

/** `parley worker [URL]`: computes shards of runs that others started, until it is stopped. */
export function addWorker(program: Command, outputOf: (command: Command) => Output): void {
  const command = program
    .command("worker")
    .argument("[url]", "redis://host:port or postgres://host/database (default: PARLEY_CLUSTER)")
    .description("compute shards of runs that parley simulate --cluster puts into a queue, on any number of machines")
    .option("--workers <n>", "threads (default: all cores)")
    .option("--lock <s>", `seconds after which a silent worker's shard goes to another (default: ${LOCK})`)
    .option("--timeout <s>", `seconds that a shard may take (default: ${TIMEOUT})`)
    .option("--idle <s>", "leave after so many seconds without a shard (default: stay)")
    .action((url: string | undefined, options: WorkerOptions) => work(url, options, outputOf(command)));
  helpWithExamples(command, [
    "parley worker redis://queue.local:6379",
    "PARLEY_CLUSTER_FILE=/run/secrets/queue parley worker --workers 8",
  ]);
}

async function work(url: string | undefined, options: WorkerOptions, output: Output): Promise<void> {
  const size = countOf("--workers", options.workers ?? String(availableParallelism()), 256);
  const lock = countOf("--lock", options.lock ?? String(LOCK), 3600);
  const timeout = countOf("--timeout", options.timeout ?? String(TIMEOUT), 30 * 24 * 3600);
  const idle = options.idle === undefined ? undefined : countOf("--idle", options.idle, 30 * 24 * 3600);
  const address = clusterAddress(url);
  const threads = startThreads(size);
  const counted = { computed: 0, failed: 0 };
  let lastTrouble = "";
  let leave: (() => void) | undefined;
  const left = new Promise<void>((resolve) => {
    leave = resolve;
  });
  let timer: NodeJS.Timeout | undefined;
  let busy = 0;
  const rest = () => {
    clearTimeout(timer);
    if (idle !== undefined && busy === 0) timer = setTimeout(() => leave?.(), 1000 * idle);
  };
  try {
    const worker = await startQueueWorker(address, {
      code: codeName(),
      size,
      lock,
      timeout,
      open(text) {
        const run = openOnThreads(text, threads);
        return {
          ...run,
          async compute(shard, signal) {
            busy++;
            clearTimeout(timer);
            try {
              return await run.compute(shard, signal);
            } finally {
              busy--;
              rest();
            }
          },
        };
      },
      onShard({ i }, outcome) {
        if ("seconds" in outcome) {
          counted.computed++;
          lastTrouble = "";
          return;
        }
        counted.failed++;
        output.note(`shard ${i} failed: ${outcome.error}`);
      },
      onTrouble(reason) {
        if (reason !== lastTrouble) output.note(`${address.shown}: ${reason}; waiting for it`);
        lastTrouble = reason;
      },
    });
    const stopListening = onInterrupt(() => leave?.(), ["SIGINT", "SIGTERM"]);
    output.note(
      `worker ${worker.name} at ${address.shown}: ${size} ${size === 1 ? "thread" : "threads"}, code ${codeName()}`,
    );
    rest();
    await left;
    await worker.close();
    stopListening();
  } finally {
    clearTimeout(timer);
    await threads.close();
  }
  output.printJson({ ...counted, code: codeName() });
  output.print(`computed ${counted.computed} ${counted.computed === 1 ? "shard" : "shards"}`);
}
