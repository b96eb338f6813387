/**
 * A worker in a process of its own, which tests end and stop: says each shard that it begins.
 *
 * Usage: node worker-process.ts URL LOCK DELAY [SHARD-THAT-ENDS-IT]
 */
import { queueAddress, startQueueWorker } from "../../src/queue/index.ts";
import { CODE, openTestRun } from "./kernel.ts";

const [url = "", lock = "1", delay = "50", deadly] = process.argv.slice(2);
const open = openTestRun(Number(delay), (i) => {
  process.stdout.write(`begun ${i}\n`);
  if (deadly === String(i)) process.kill(process.pid, "SIGKILL");
  if (deadly === `exit-${i}`) process.exit(3);
});
await startQueueWorker(queueAddress(url), { code: CODE, size: 1, lock: Number(lock), open });
process.stdout.write("ready\n");
