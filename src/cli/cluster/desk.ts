import type { View } from "../../case/index.ts";
import { type QueueAddress, queueCluster } from "../../queue/index.ts";
import { type DeskOptions, RunDesk } from "../../runs/desk/index.ts";
import { codeName } from "../memo-folder.ts";
import { contractOf } from "../simulation/contract.ts";
import type { SubjectTexts } from "../simulation/subject.ts";
import { startThreads } from "../simulation/threads.ts";
import { makePlan, openOnThreads, openPlan, parsePlan, planText } from "./plan-file.ts";

/** What is to be simulated: the texts of a case (or of a parameter file) and how they are seen. */
export interface SimulationRequest {
  readonly texts: SubjectTexts;
  readonly view: View;
  /** Whether uncertain parameters are drawn anew for each trajectory. */
  readonly prior: boolean;
  readonly seed: number;
  readonly runs: number;
}

export interface SimulationDeskOptions
  extends Pick<DeskOptions, "store" | "threads" | "clusterFrom" | "limits" | "grace" | "patience"> {
  /** The queue to which large runs go. */
  readonly cluster?: QueueAddress | undefined;
}

/** A desk of simulations: what is submitted, and how its answer is read. */
export interface SimulationDesk {
  readonly desk: RunDesk;
  /** The plan of a simulation, as `desk.submit` takes it. @throws ParleyError where the case cannot be simulated */
  planOf(request: SimulationRequest): string;
  /** What a run came to so far, as `parley simulate --json` tells it; undefined where there is no such run. */
  answer(id: string): Promise<ReturnType<typeof contractOf> | undefined>;
  /** Closes the desk, then its threads. */
  close(): Promise<void>;
}

/** Shards of a run on a desk: a second or so of work, so that turns come soon; more for runs that are very long. */
const SHARD = 20_000;
const MOST_SHARDS = 10_000;

/** Opens a desk whose runs are simulations, on threads of this process and, where one is given, on a cluster. */
export async function openSimulationDesk(options: SimulationDeskOptions): Promise<SimulationDesk> {
  const { cluster: address, ...more } = options;
  const code = codeName();
  const threads = startThreads(options.threads);
  try {
    const desk = await RunDesk.open({
      ...more,
      code,
      open: (text) => openOnThreads(text, threads),
      cluster: address === undefined ? undefined : queueCluster(address, code),
    });
    return {
      desk,
      planOf({ texts, view, prior, seed, runs }) {
        const shardSize = Math.max(Math.min(SHARD, Math.ceil(runs / 20)), Math.ceil(runs / MOST_SHARDS));
        return planText(makePlan({ target: texts.main, texts, view, prior }, seed, runs, shardSize));
      },
      async answer(id) {
        const [record, text, result] = [desk.get(id), await desk.text(id), await desk.result(id)];
        if (record === undefined || text === undefined || result === undefined) return undefined;
        const { subject, file } = openPlan(parsePlan(text, "the plan"), "the plan");
        const rate = { perSecond: record.perSecond ?? 0, resumed: record.shards.resumed };
        return contractOf(subject, file.seed, file.prior, { ...result, ...rate });
      },
      async close() {
        await desk.close();
        await threads.close();
      },
    };
  } catch (error) {
    await threads.close();
    throw error;
  }
}
