import { LRUCache } from "lru-cache";
import type { View } from "../../case/index.ts";
import { oneLine, ParleyError } from "../../core/problems/index.ts";
import type { RunDesk, RunRecord } from "../../runs/desk/index.ts";
import type { Action } from "../audit/actions.ts";
import { note } from "../audit/log.ts";
import type { Changes } from "../cases/changes.ts";
import type { Version } from "../cases/versions.ts";
import type { Compute } from "../compute/compute.ts";
import { type Texts, textsOf } from "../compute/task.ts";
import type { Db } from "../db/open.ts";
import type { CaseRow } from "../db/tables.ts";

/** A desk of simulations, as the command line opens one. */
export interface Simulations {
  readonly desk: RunDesk;
  /** @throws ParleyError where the case cannot be simulated */
  planOf(request: {
    readonly texts: Texts;
    readonly view: View;
    readonly prior: boolean;
    readonly seed: number;
    readonly runs: number;
  }): string;
  /** What a run came to so far, as `parley simulate --json` tells it. */
  answer(id: string): Promise<object | undefined>;
}

export interface TeamRunsOptions {
  readonly db: Db;
  readonly simulations: Simulations;
  readonly compute: Compute;
  readonly changes: Changes;
  /** Trajectories that a run may have; a thousand million unless given. */
  readonly most?: number | undefined;
}

export interface RunOptions {
  readonly runs: number;
  readonly seed: number;
  readonly prior: boolean;
  readonly reading: string | undefined;
  readonly sets: readonly string[];
}

/** Milliseconds between two pieces of news of a run that goes on. */
const TELL = 2000;

/** Long runs of a team's cases: whoever may read a case sees its runs, and a run goes with its case. */
export class TeamRuns {
  readonly #options: TeamRunsOptions;
  readonly #results = new LRUCache<string, object>({ max: 50 });

  /** Takes up the runs of a desk; those whose case is gone end. */
  static async open(options: TeamRunsOptions): Promise<TeamRuns> {
    const runs = new TeamRuns(options);
    const rows = await options.db.selectFrom("cases").select("id").where("deletedAt", "is", null).execute();
    const there = new Set(rows.map(({ id }) => id));
    for (const record of options.simulations.desk.list()) {
      if (there.has(caseOf(record))) runs.#follow(record);
      else await runs.#end(record.id);
    }
    return runs;
  }

  private constructor(options: TeamRunsOptions) {
    this.#options = options;
    options.changes.watch((caseId, { kind }) => {
      if (kind !== "gone") return;
      for (const { id } of this.ofCase(caseId)) this.#end(id).catch(() => {});
    });
  }

  /**
   * Takes a run of a version; it begins when it is its owner's turn.
   *
   * @throws ParleyError where the case cannot be simulated, or a limit is passed
   */
  async start(row: CaseRow, version: Version, options: RunOptions, ownerId: string): Promise<RunRecord> {
    const { simulations, compute, db, most = 1_000_000_000 } = this.#options;
    const { runs, seed, prior, reading, sets } = options;
    if (runs > most) throw ParleyError.of("run-too-long", { most });
    const texts = textsOf(version);
    const view: View = { reading, sets };
    // What could hang or fill the memory does so on a thread, before this one looks at it.
    const outcome = await compute.run(ownerId, { kind: "simulable", texts, view });
    if (!outcome.ok) throw new ParleyError(outcome.problems);
    const text = simulations.planOf({ texts, view, prior, seed, runs });
    const about = {
      case: row.id,
      version: String(version.number),
      hash: version.snapshot.hash,
      options: JSON.stringify({ prior, reading: reading ?? null, sets }),
      command: commandOf(row.name, options),
    };
    const label = oneLine(version.snapshot.title ?? row.name).slice(0, 200);
    const record = await simulations.desk.submit({ owner: ownerId, label, text, about, within: row.id });
    this.#follow(record);
    await this.#note("run.started", record, ownerId, row.workspaceId);
    const isThere = await db.selectFrom("cases").select("id").where("id", "=", row.id).executeTakeFirst();
    if (isThere === undefined) await this.#end(record.id);
    return record;
  }

  /** Runs of a case, the newest first. */
  ofCase(caseId: string): readonly RunRecord[] {
    return this.#options.simulations.desk.list().filter((record) => caseOf(record) === caseId);
  }

  /** Runs that somebody started, the newest first. */
  ofOwner(ownerId: string): readonly RunRecord[] {
    return this.#options.simulations.desk.list(ownerId);
  }

  /** A run of a case. @throws ParleyError where the case has no such run */
  get(caseId: string, id: string): RunRecord {
    const record = this.#options.simulations.desk.get(id);
    if (record === undefined || caseOf(record) !== caseId) throw ParleyError.of("run-unknown", { id });
    return record;
  }

  /** What a run came to, as `parley simulate --json` tells it; null where it came to nothing yet. */
  async results({ id, state }: RunRecord): Promise<object | null> {
    if (state !== "done" && state !== "incomplete") return null;
    const kept = this.#results.get(id) ?? (await this.#options.simulations.answer(id));
    if (kept !== undefined) this.#results.set(id, kept);
    return kept ?? null;
  }

  /** Cancels a run that is not over; forgets one that is. */
  async stop(record: RunRecord, actorId: string, workspaceId: string): Promise<RunRecord | null> {
    const { desk } = this.#options.simulations;
    const isCancelled = await desk.cancel(record.id);
    if (!isCancelled) await desk.remove(record.id);
    await this.#note(isCancelled ? "run.cancelled" : "run.removed", record, actorId, workspaceId);
    this.#options.changes.tell(caseOf(record), { kind: "runs" });
    return desk.get(record.id) ?? null;
  }

  async #end(id: string): Promise<void> {
    const { desk } = this.#options.simulations;
    await desk.cancel(id);
    await desk.remove(id);
    this.#results.delete(id);
  }

  /** Tells those who have the case open how a run goes: each change of its state, and now and then how far it is. */
  #follow({ id }: RunRecord): void {
    const { simulations, changes } = this.#options;
    let [state, at] = ["", 0];
    simulations.desk.subscribe(id, (record) => {
      const now = performance.now();
      if (record.state === state && now - at < TELL) return;
      [state, at] = [record.state, now];
      changes.tell(caseOf(record), { kind: "runs" });
    });
  }

  async #note(action: Action, record: RunRecord, actorId: string, workspaceId: string): Promise<void> {
    const detail = { run: record.id, runs: record.runs };
    await this.#options.db
      .transaction()
      .execute((tx) => note(tx, { actorId, action, workspaceId, caseId: caseOf(record), detail }));
  }
}

function caseOf({ about }: RunRecord): string {
  return about["case"] ?? "";
}

/** The command that gives the same digest for the files of the version in a folder. */
function commandOf(folder: string, { runs, seed, prior, reading, sets }: RunOptions): string {
  const words = ["parley", "simulate", folder, "--runs", String(runs), "--seed", String(seed)];
  if (prior) words.push("--prior");
  if (reading !== undefined) words.push("--reading", reading);
  for (const set of sets) words.push("--set", set);
  return [...words, "--json"].map(quoted).join(" ");
}

/** A word of a shell, whatever is in it. */
function quoted(word: string): string {
  return /^[\w./@%+=:,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
