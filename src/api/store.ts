import type { CaseFiles } from "../case/index.ts";

/** A case that the workbench has open. */
export interface StoredCase {
  /** What the case is called in addresses; the same for as long as the store lives. */
  readonly id: string;
  /** Its folder or file, as the user knows it. */
  readonly path: string;
  readonly readOnly: boolean;
  /** Whether anybody on this machine may read it: only cases that ship with Parley. */
  readonly open: boolean;
  /** Its files as they are at the time of each reading. */
  readonly files: CaseFiles;
}

/** Where cases are kept: folders on disk, or anything else that gives and takes texts. */
export interface CaseStore {
  /** The cases that are there now, in the order in which they were opened. */
  list(): readonly StoredCase[];
  /** A case by its name, also where its files went away meanwhile; undefined where it never was. */
  get(id: string): StoredCase | undefined;
  /**
   * Writes texts of a case, all or none, where each file still holds what it held `before` (undefined: where it is not
   * there).
   *
   * @throws ParleyError where a file holds something else by now, is gone or cannot be written.
   */
  write(id: string, texts: ReadonlyMap<string, string>, before: ReadonlyMap<string, string | undefined>): void;
  /**
   * Makes a new case of texts.
   *
   * @throws ParleyError where the name is taken, or there is no place for new cases.
   */
  create(name: string, texts: ReadonlyMap<string, string>): StoredCase;
  /** Calls back when a case's files may have changed, until the function that is returned is called. */
  watch(id: string, changed: () => void): () => void;
}
