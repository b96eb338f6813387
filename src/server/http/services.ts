import type { Accounts } from "../accounts/accounts.ts";
import type { Answers } from "../answers/answers.ts";
import type { TeamAssistants } from "../assistants/assistants.ts";
import type { Changes } from "../cases/changes.ts";
import type { SaveOutcome } from "../cases/save.ts";
import type { Versions } from "../cases/versions.ts";
import type { Store } from "../db/open.ts";
import type { TeamRuns } from "../runs/runs.ts";
import type { Streams } from "./streams.ts";
import type { Identity } from "./who.ts";

/** What the routes work with. */
export interface Services {
  readonly store: Store;
  readonly identity: Identity;
  /** Accounts of people, and their sessions. */
  readonly accounts: Accounts;
  /** Reads versions of cases. */
  readonly versions: Versions;
  /** Assessments of versions, and what differs between two. */
  readonly answers: Answers;
  /** Long runs; without a desk there are none, and no routes to them. */
  readonly runs: TeamRuns | undefined;
  /** The tools for assistants. */
  readonly assistants: TeamAssistants;
  /** News of cases, to whoever has them open. */
  readonly changes: Changes;
  /** The streams of events that are open. */
  readonly streams: Streams;
  /** The address that people use, without a slash at its end; where undefined, the server answers on loopback only. */
  readonly origin: string | undefined;
  /** Hears of an error of the server's own, and on which route (its pattern) it came. */
  readonly report: (error: unknown, route: string) => void;
  /** Hears how each save ended, where somebody counts. */
  readonly counted?: ((outcome: SaveOutcome) => void) | undefined;
  /** The moment; tests give another. */
  readonly now: () => Date;
}
