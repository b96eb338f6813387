/** Gathers a run of a test as a process: `node gather-process.ts URL RUN FOLDER`; says how far it is, then what came of it. */
import { queueAddress, runOnQueue } from "../../src/queue/index.ts";
import { folderLedger } from "../../src/runs/index.ts";
import { CODE, planOf, type TestRun } from "./kernel.ts";

const [url = "", text = "", folder = ""] = process.argv.slice(2);
const result = await runOnQueue(queueAddress(url), planOf(JSON.parse(text) as TestRun), {
  code: CODE,
  text,
  ledger: folderLedger(folder),
  backoff: 10,
  onProgress: ({ done }) => process.stdout.write(`done ${done};\n`),
});
process.stdout.write(`result ${JSON.stringify({ ...result, counts: undefined })}\n`);
