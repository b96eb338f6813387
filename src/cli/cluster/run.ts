import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type QueueAddress, type QueueRunResult, runOnQueue } from "../../queue/index.ts";
import { folderLedger } from "../../runs/index.ts";
import { onInterrupt } from "../interrupt.ts";
import { cacheFolder } from "../memo-folder.ts";
import type { Output } from "../output.ts";
import { progressTo } from "../simulation/run.ts";
import type { Subject } from "../simulation/subject.ts";
import { openPlan, type PlanFile, planText } from "./plan-file.ts";

/** Runs a plan on the workers at a queue; Ctrl-C ends it with what is finished, and the same plan goes on from there. */
export async function runOnCluster(
  address: QueueAddress,
  file: PlanFile,
  cache: boolean,
  output: Output,
): Promise<{ readonly subject: Subject; readonly result: QueueRunResult }> {
  const { plan, subject } = openPlan(file, "the plan");
  const folder = cache ? cacheFolder("runs") : mkdtempSync(join(tmpdir(), "parley-run-"));
  const stop = new AbortController();
  const stopListening = onInterrupt(() => stop.abort(), ["SIGINT", "SIGTERM"]);
  try {
    const result = await runOnQueue(address, plan, {
      code: file.code,
      text: planText(file),
      ledger: folderLedger(folder),
      signal: stop.signal,
      onProgress: progressTo(process.stderr, file.analysis === undefined ? "trajectories" : "rows"),
      onNobody: () =>
        output.note(`no worker with this code (${file.code}) listens at ${address.shown}; parley worker starts one`),
    });
    return { subject, result };
  } finally {
    stopListening();
    if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
    if (!cache) rmSync(folder, { recursive: true, force: true });
  }
}
