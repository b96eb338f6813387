import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bindDynamics } from "../../src/assess/index.ts";
import { ensembleToPlain, runRange } from "../../src/dynamics/index.ts";
import { inlineRunner, planRun } from "../../src/runs/index.ts";
import { launchBrowser } from "../support/browser.ts";
import { bundled, viewed } from "../support/cases.ts";
import { openSite } from "../support/site.ts";
import type { InPage } from "./web-workers-page.ts";

const OPTIONS = { scenario: "first case", version: "1", seed: 20241128, runs: 3000, shardSize: 250 };
const MODULE = "/src/workers/ensemble.ts";

const { inputs } = bindDynamics(viewed(bundled("ukraine-2024")));
if (inputs === undefined) throw new Error("the bundled case has no war");
const war = inputs;

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await launchBrowser();
  page = await browser.newPage();
  await openSite(page);
});
afterAll(() => browser?.close());

/** Calls `runInPage` in the page; numbers cross as they are. */
function inPage(workers: number, module: string, stopAfter?: number): Promise<InPage> {
  const plain = ensembleToPlain(war);
  const job = JSON.stringify({ ...plain, vector: [...plain.vector] });
  return page.evaluate(`import("/test/runs/web-workers-page.ts").then(({ runInPage }) => {
    const job = ${job};
    const of = { ...job, vector: Float64Array.from(job.vector) };
    return runInPage(of, ${JSON.stringify(OPTIONS)}, ${workers}, ${JSON.stringify(module)}, ${stopAfter ?? "undefined"});
  })`);
}

describe("a run on web workers in a browser", () => {
  it("has the digest that it has on one thread in Node, on 1 worker and on 2, with parameters drawn", async () => {
    const work = inlineRunner((seed, { first, count }) => runRange(war, seed, first, count));
    const { digest } = await work.run(planRun(OPTIONS));
    for (const workers of [1, 2]) {
      expect(await inPage(workers, MODULE)).toEqual({ digest, done: 3000, complete: true, again: undefined });
    }
  });

  it("can be stopped in the middle, and its pool then runs it whole", async () => {
    const { done, complete, again } = await inPage(2, MODULE, 700);
    expect(complete).toBe(false);
    expect(done).toBeGreaterThanOrEqual(700);
    expect(done).toBeLessThan(3000);
    expect(again).toBe((await inPage(2, MODULE)).digest);
  });

  it("fails where the module of its workers is missing", async () => {
    await expect(inPage(1, "/src/workers/absent.ts")).rejects.toThrow(/a worker could not be started/);
  });
});
