import { withStore } from "./database.ts";

/** A text that was typed and is not saved: it brought errors, or its home did not answer. */
export interface KeptDraft {
  readonly text: string;
  /** The text that it was begun from. */
  readonly base: string;
  /** When it was last changed, ISO 8601. */
  readonly at: string;
}

export interface DraftStore {
  find(file: string): Promise<KeptDraft | undefined>;
  keep(file: string, draft: KeptDraft): Promise<void>;
  drop(file: string): Promise<void>;
}

/** Drafts of a case's files, kept in this browser. */
export function draftsOf(caseId: string): DraftStore {
  const idOf = (file: string): string => `${caseId}\n${file}`;
  return {
    async find(file) {
      type Stored = KeptDraft & { readonly id: string };
      const found = await withStore(
        "drafts",
        "readonly",
        (store) => store.get(idOf(file)) as IDBRequest<Stored | undefined>,
      );
      return found === undefined ? undefined : { text: found.text, base: found.base, at: found.at };
    },
    async keep(file, draft) {
      await withStore("drafts", "readwrite", (store) => store.put({ id: idOf(file), ...draft }));
    },
    async drop(file) {
      await withStore("drafts", "readwrite", (store) => store.delete(idOf(file)));
    },
  };
}
