import { describe, expect, it } from "vitest";
import { digestOf, planRun, poolRunner, type Work, type WorkerScope, webWorkerPool } from "../../src/runs/index.ts";
import { serveShards, type WebWorker } from "../../src/runs/web-workers.ts";

const work: Work = (seed, { first, count }) => Float64Array.of(count, first * count, seed * count);
const plan = planRun({ scenario: "s", version: "1", seed: 3, runs: 1000, shardSize: 70 });
const whole = digestOf(
  plan.shards
    .map((shard) => work(3, shard))
    .reduce((sum, counts) => sum.map((value, i) => value + (counts[i] ?? Number.NaN))),
);

/** Workers on this thread, which answer a little later; what crosses is cloned. */
function fakeWorkers(workOf: (job: unknown) => Work) {
  const made: { ended: boolean; jobs: number; shards: number }[] = [];
  const make = (): WebWorker => {
    const seen = { ended: false, jobs: 0, shards: 0 };
    made.push(seen);
    const later = (task: () => void) => setTimeout(() => !seen.ended && task(), 1);
    const worker: WebWorker = {
      onmessage: null,
      onmessageerror: null,
      onerror: null,
      postMessage(message) {
        const data = structuredClone(message) as object;
        if ("job" in data) seen.jobs++;
        else seen.shards++;
        later(() => scope.onmessage?.({ data }));
      },
      terminate() {
        seen.ended = true;
      },
    };
    const scope: WorkerScope = {
      onmessage: null,
      postMessage(message, transfer) {
        const data: unknown = structuredClone(message, { transfer: [...transfer] });
        later(() => worker.onmessage?.({ data }));
      },
    };
    serveShards(scope, workOf);
    return worker;
  };
  return { made, make };
}

describe("a pool of web workers", () => {
  it.each([1, 2, 5])("gives the digest of the shards: %d workers, each sent the job once", async (size) => {
    const { made, make } = fakeWorkers((job) => (job === "the job" ? work : () => Float64Array.of(0)));
    const pool = webWorkerPool(make, "the job", size);
    expect(await poolRunner(pool).run(plan)).toMatchObject({ digest: whole, complete: true });
    expect(made.map(({ jobs }) => jobs)).toEqual(Array.from({ length: size }, () => 1));
    expect(made.reduce((sum, { shards }) => sum + shards, 0)).toBe(plan.shards.length);
    pool.close();
    expect(made.every(({ ended }) => ended)).toBe(true);
    await expect(poolRunner(pool).run(plan)).rejects.toThrow("closed");
  });

  it("ends its workers where a run is stopped, and goes on with new ones", async () => {
    const { made, make } = fakeWorkers(() => work);
    const pool = webWorkerPool(make, 0, 2);
    const stop = new AbortController();
    const onProgress = ({ done }: { readonly done: number }) => done >= 300 && stop.abort();
    const first = await poolRunner(pool).run(plan, { signal: stop.signal, onProgress });
    expect(first.complete).toBe(false);
    // The one that had just answered is idle and stays; the other was at work.
    expect(made.map(({ ended }) => ended).toSorted()).toEqual([false, true]);
    expect(await poolRunner(pool).run(plan)).toMatchObject({ digest: whole, complete: true });
    expect(made).toHaveLength(3);
    pool.close();
  });

  it("passes on what a shard throws, and what its job throws", async () => {
    const broken = fakeWorkers(() => () => {
      throw new Error("no such shard");
    });
    await expect(poolRunner(webWorkerPool(broken.make, 0, 2)).run(plan)).rejects.toThrow("no such shard");
    const senseless = fakeWorkers((job) => {
      throw new Error(`no work in ${String(job)}`);
    });
    await expect(poolRunner(webWorkerPool(senseless.make, "this", 1)).run(plan)).rejects.toThrow("no work in this");
    expect(senseless.made.every(({ ended }) => ended)).toBe(true);
  });

  it("fails where a worker cannot be started", async () => {
    const { make } = fakeWorkers(() => work);
    const dead = (): WebWorker => {
      const worker = make();
      worker.postMessage = () => void setTimeout(() => worker.onerror?.({}), 1);
      return worker;
    };
    await expect(poolRunner(webWorkerPool(dead, 0, 1)).run(plan)).rejects.toThrow("could not be started");
  });

  it("does not wait where a run was stopped before it began", async () => {
    const { made, make } = fakeWorkers(() => work);
    const result = await poolRunner(webWorkerPool(make, 0, 2)).run(plan, { signal: AbortSignal.abort() });
    expect(result).toMatchObject({ done: 0, complete: false });
    expect(made).toEqual([]);
  });
});
