import { parentPort, workerData } from "node:worker_threads";
import { ParleyError } from "../../core/problems/index.ts";
import { answerCall, Desk, FolderShelf, type FolderShelfOptions } from "../../mcp/index.ts";
import { cacheFolder, memoInFolder } from "../memo-folder.ts";
import type { FromWorker, ToWorker } from "./bench.ts";

/** A thread that works for the tools that take long, one call at a time. */
const port = parentPort;
if (port !== null) {
  const tell = (message: FromWorker) => port.postMessage(message);
  const desk = new Desk({
    shelf: new FolderShelf(workerData as FolderShelfOptions),
    memo: memoInFolder(cacheFolder("assess")),
    progress: (message) => tell({ kind: "progress", message }),
  });
  port.on("message", async ({ tool, input }: ToWorker) => {
    try {
      tell({ kind: "answer", answer: await answerCall(desk, tool, input) });
    } catch (error) {
      tell({ kind: "problems", problems: error instanceof ParleyError ? error.problems : [] });
    }
  });
}
