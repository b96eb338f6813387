import type { OpenRun } from "../runner.ts";
import type { DeskCluster } from "./cluster.ts";
import type { RunStore } from "./store.ts";

/** What one owner may ask for. */
export interface DeskLimits {
  /** Runs that wait. */
  readonly queued: number;
  /** Runs that are computed at a time. */
  readonly running: number;
  /** Trajectories of one run. */
  readonly trajectories: number;
  /** Shards of one run. */
  readonly shards: number;
}

/** What one owner may ask for unless it is set otherwise. */
export const LIMITS: DeskLimits = { queued: 20, running: 2, trajectories: 1_000_000_000, shards: 100_000 };

export interface DeskOptions {
  readonly store: RunStore;
  /** What code computes: shards that other code kept are left alone. */
  readonly code: string;
  /** Shards that are computed here at a time. */
  readonly threads: number;
  /** Opens a plan from its text. @throws ParleyError where it cannot be used */
  open(text: string): OpenRun;
  /** Where large runs go; without one, all are computed here. */
  readonly cluster?: DeskCluster | undefined;
  /** Trajectories from which a run goes to the cluster; a million unless given. */
  readonly clusterFrom?: number | undefined;
  readonly limits?: Partial<DeskLimits> | undefined;
  /** Tries of a shard before it is parked; 5 unless given. */
  readonly attempts?: number | undefined;
  /** Milliseconds before the second try, doubled with each; a second unless given. */
  readonly backoff?: number | undefined;
  /** Seconds that a shard may take here; half an hour unless given. */
  readonly timeout?: number | undefined;
  /** Milliseconds that the store may be gone before a run fails by it; two minutes unless given. */
  readonly patience?: number | undefined;
  /** Milliseconds that shards have to end when the desk is closed; ten seconds unless given. */
  readonly grace?: number | undefined;
}

export interface RunRequest {
  readonly owner: string;
  readonly label: string;
  /** The plan in words, as `parley simulate --plan` writes it. */
  readonly text: string;
  readonly about?: Readonly<Record<string, string>> | undefined;
  /** Within what runs share what they computed, such as a case: nothing is found from outside it. */
  readonly within?: string | undefined;
}

/** What a run came to so far. */
export interface DeskResult {
  readonly counts: Float64Array;
  /** Trajectories that the counts hold. */
  readonly done: number;
  readonly complete: boolean;
  readonly digest: string;
}
