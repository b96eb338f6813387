import { setTimeout as sleep } from "node:timers/promises";
import { ParleyError, problem } from "../../core/problems/index.ts";
import type { Plan } from "../plan.ts";
import type { Ledger, OpenRun, RunResult } from "../runner.ts";
import type { LiveRun } from "./live.ts";
import type { ParkedShard } from "./shard-run.ts";

/** What a cluster is given of a run. */
export interface ClusterRunOptions {
  readonly text: string;
  readonly ledger: Ledger;
  readonly signal: AbortSignal;
  /** Told where nobody computes. */
  onNobody(): void;
  onShard(shard: { readonly worker: string | undefined; readonly tries: number; readonly again: boolean }): void;
}

/** Workers on other machines, as a desk sees them. */
export interface DeskCluster {
  /** Where it is, without anything that is secret. */
  readonly shown: string;
  /** What code its workers must have. */
  readonly code: string;
  /** @throws ParleyError where its server does not answer, or a shard came out differently */
  run(plan: Plan, options: ClusterRunOptions): Promise<RunResult & { readonly parked: readonly ParkedShard[] }>;
}

/** Milliseconds between two tries to reach a cluster's server. */
const AGAIN = 5000;

/** Runs on a cluster; as long as its server does not answer, waits for it and says so. */
export async function clusterRun(
  cluster: DeskCluster,
  { run, text, ledger, live }: { run: OpenRun; text: string; ledger: Ledger; live: LiveRun },
): Promise<RunResult & { readonly parked: readonly ParkedShard[] }> {
  const { signal } = live.stop;
  const { shown: address, code } = cluster;
  for (;;) {
    try {
      const result = await cluster.run(run.plan, {
        text,
        ledger,
        signal,
        onNobody: () => live.change({ problems: [problem("run-nobody", { address, code })] }),
        onShard({ worker, tries, again }) {
          if (worker !== undefined) live.seen(worker);
          const { retried, replayed } = live.record.shards;
          live.progress({ retried: retried + tries - 1, replayed: replayed + (again ? 1 : 0) });
          if (live.record.problems.length > 0) live.change({ problems: [] });
        },
      });
      live.progress({ parked: result.parked.length });
      return result;
    } catch (error) {
      const codes = error instanceof ParleyError ? error.problems.map((each) => each.code) : [];
      if (signal.aborted || !codes.includes("queue-unreachable")) throw error;
      live.change({ problems: (error as ParleyError).problems });
      await sleep(AGAIN, undefined, { signal }).catch(() => {});
      if (signal.aborted) throw error;
    }
  }
}
