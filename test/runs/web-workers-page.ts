import type { PlainEnsemble } from "../../src/dynamics/index.ts";
import { type PlanOptions, planRun } from "../../src/runs/plan.ts";
import { poolRunner } from "../../src/runs/runner.ts";
import { webWorkerPool } from "../../src/runs/web-workers.ts";

/** What a run in a page came to. */
export interface InPage {
  readonly digest: string;
  readonly done: number;
  readonly complete: boolean;
  /** Of a run of the same plan with the pool that was stopped. */
  readonly again: string | undefined;
}

/**
 * Runs an ensemble on web workers, in a page. Where it is stopped after some trajectories, the same pool then runs it whole.
 *
 * @param module the address of the workers' module
 */
export async function runInPage(
  job: PlainEnsemble,
  options: PlanOptions,
  workers: number,
  module: string,
  stopAfter = Number.POSITIVE_INFINITY,
): Promise<InPage> {
  const pool = webWorkerPool(module, job, workers);
  try {
    const plan = planRun(options);
    const stop = new AbortController();
    const { digest, done, complete } = await poolRunner(pool).run(plan, {
      signal: stop.signal,
      onProgress: (progress) => progress.done >= stopAfter && stop.abort(),
    });
    const again = complete ? undefined : (await poolRunner(pool).run(plan)).digest;
    return { digest, done, complete, again };
  } finally {
    pool.close();
  }
}
