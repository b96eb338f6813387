import type { DraftStore, KeptDraft } from "../state/texts.ts";
import { withStore } from "./database.ts";

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
