import type { CaseFiles } from "../case/index.ts";
import type { ParleyError } from "../core/problems/index.ts";

/** A case that an assistant can name. */
export interface ShelvedCase {
  /** What it is called by the tools; the same case in every thread and for as long as it stays where it is. */
  readonly id: string;
  /** Where it is, as its owner knows it: its folder or file. */
  readonly path: string;
  /** Whether it ships with Parley. */
  readonly bundled: boolean;
  readonly writable: boolean;
  /** What names it on a command line. */
  readonly target: string;
}

/** Somewhere that new cases may be made in: a folder, a workspace. */
export interface WritePlace {
  /** What the tools call it, and what ids of its cases begin with. */
  readonly name: string;
  /** Where it is, as its owner knows it. */
  readonly path: string;
}

/** A write, as it is kept beside the texts that it replaced. */
export interface Version {
  /** Counts from 1, for each case. */
  readonly version: number;
  /** When, ISO 8601. */
  readonly at: string;
  /** What wrote it, and what for. */
  readonly did: string;
  /** The version that this one took back. */
  readonly undoes: number | null;
  readonly files: readonly VersionedFile[];
}

export interface VersionedFile {
  /** Its path inside the case. */
  readonly name: string;
  /** SHA-256 of the text before and after; null where it was not there. */
  readonly before: string | null;
  readonly after: string | null;
}

/** What a write puts into a case. */
export interface Change {
  /** The tool that writes, and what for. */
  readonly did: string;
  /** Texts by their paths inside the case; null takes a file away. */
  readonly texts: ReadonlyMap<string, string | null>;
}

/**
 * The cases that an assistant sees, and may write to: folders here, a database's workspaces on a server for a team.
 *
 * A shelf is of one bearer: what it does not list is not there for that bearer. It is asked anew at every call and keeps
 * nothing open between two, so it may answer from a connection of its own each time.
 */
export interface Shelf {
  /** Where new cases may be made, as of when the shelf was made; none where nothing may be written. */
  readonly places: readonly WritePlace[];
  /**
   * Why nothing new may be made, or a case not be written to; where a shelf does not tell, the reason is that no folder
   * was opened for writing.
   */
  refusal?(shelved?: ShelvedCase): ParleyError;
  /** All cases, the bearer's own first. */
  list(): Promise<readonly ShelvedCase[]>;
  /** @throws ParleyError where there is no case of this id, with the near one */
  get(id: string): Promise<ShelvedCase>;
  /**
   * The files of a case as they stand now. What was read once reads the same again: a snapshot, which `write` compares
   * with what is there by then.
   */
  filesOf(shelved: ShelvedCase): Promise<CaseFiles>;
  /**
   * Writes texts of a case, all or none, and keeps what they replace as a version.
   *
   * @param base the snapshot that the change was made from
   * @throws ParleyError where the case was changed since its snapshot (`write-stale`), unless the shelf can bring the two
   *   together field by field; another where it may not be written to, or cannot be; nothing is written then
   */
  write(shelved: ShelvedCase, change: Change, base: CaseFiles): Promise<Version>;
  /**
   * Takes back the last write that is not taken back yet, as a version of its own.
   *
   * @throws ParleyError where there is none, or somebody else has changed a file since; nothing is written then
   */
  undo(shelved: ShelvedCase): Promise<{ readonly undone: Version; readonly now: Version }>;
  /** Makes a case. @throws ParleyError where there is one of this name, or none can be made */
  create(
    place: WritePlace,
    name: string,
    change: Change,
  ): Promise<{ readonly shelved: ShelvedCase; readonly version: Version }>;
}
