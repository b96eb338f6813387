import type { DeskCluster } from "../runs/desk/index.ts";
import type { QueueAddress } from "./address.ts";
import { type QueueRunOptions, runOnQueue } from "./runner.ts";

/** Shards of a run that stand in the queue at a time: another run waits for no more than these. */
const WINDOW = 256;

/** The workers at a queue, for a desk of runs: shards of its runs come in turn. */
export function queueCluster(
  address: QueueAddress,
  code: string,
  more: Pick<QueueRunOptions, "attempts" | "backoff" | "quiet"> = {},
): DeskCluster {
  return {
    shown: address.shown,
    code,
    run: (plan, options) => runOnQueue(address, plan, { window: WINDOW, ...more, ...options, code, inTurn: true }),
  };
}
