/** The queue that workers of some code listen at: those of other code never see its shards. */
export const queueName = (code: string): string => `parley-${code}`;

/** What a job says: which shard of which run, and whether it is computed once more to compare. */
export interface ShardJob {
  readonly run: string;
  readonly i: number;
  readonly again: boolean;
}

/** A result as it came from a worker. */
export interface Arrived {
  readonly i: number;
  readonly again: boolean;
  readonly counts: Float64Array;
  /** Who computed the shard first, where that is known. */
  readonly worker: string | undefined;
  /** Tries that it took, those included that were lost with their worker. */
  readonly tries: number;
}

/** What became of a result: it is the first of its shard, or equal to it, or not; or nobody needs it any more. */
export type Kept = "kept" | "known" | "differs" | "over";

/** A shard that two workers computed differently. */
export interface Differing {
  readonly i: number;
  readonly first: string;
  readonly second: string;
}

/** What is left of a run that nobody gathers goes away after this many seconds. */
export const KEEP = 7 * 24 * 3600;
/** Whoever gathers a run says so again within this time, in milliseconds. */
export const OWNED = 15_000;
/** Results that are taken over at a time. */
export const AT_A_TIME = 64;

/**
 * What a run has on the server beside its jobs: its plan, results on their way, digests of all that came. Losing it loses
 * no more than the results on their way.
 */
export interface RunStore {
  publish(plan: string): Promise<void>;
  /** The plan; null where the run is over or was forgotten. */
  plan(): Promise<string | null>;
  isPublished(): Promise<boolean>;
  /** Takes or keeps the right to gather; gives who has it. */
  own(name: string): Promise<string>;
  /** Gives it up. */
  disown(name: string): Promise<void>;
  /** Keeps a worker's result, in one step, whoever is ended when. */
  keep(job: ShardJob, counts: Float64Array, worker: string, tries: number): Promise<Kept>;
  /** Hands over results that have arrived, some at a time, and forgets each that was taken over; gives how many. */
  arrived(take: (result: Arrived) => Promise<void>): Promise<number>;
  differing(): Promise<Differing | undefined>;
  /** Forgets the run. */
  remove(): Promise<void>;
}

/** Where a result stands among those of its run. */
export const fieldOf = ({ i, again }: ShardJob): string => (again ? `again-${i}` : String(i));

/** A result from its place. */
export function placeOf(field: string): { readonly i: number; readonly again: boolean } {
  const again = field.startsWith("again-");
  return { i: Number(again ? field.slice(6) : field), again };
}
