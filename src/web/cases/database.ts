/** What this browser keeps: cases of one's own, and drafts of their texts. */

const VERSION = 2;
const STORES = { cases: "id", drafts: "id" } as const;

/** Runs a request; undefined where the browser keeps nothing (a private window, a full disk). */
export function withStore<T>(
  name: keyof typeof STORES,
  mode: IDBTransactionMode,
  request: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T | undefined> {
  return new Promise((resolve) => {
    try {
      const opened = indexedDB.open("parley", VERSION);
      opened.onupgradeneeded = () => {
        // What an earlier version kept stays.
        for (const [each, keyPath] of Object.entries(STORES)) {
          if (!opened.result.objectStoreNames.contains(each)) opened.result.createObjectStore(each, { keyPath });
        }
      };
      opened.onerror = () => resolve(undefined);
      opened.onsuccess = () => {
        // A later version in another tab may make its changes.
        opened.result.onversionchange = () => opened.result.close();
        const made = request(opened.result.transaction(name, mode).objectStore(name));
        made.addEventListener("success", () => resolve(made.result));
        made.onerror = () => resolve(undefined);
        made.transaction?.addEventListener("complete", () => opened.result.close());
      };
    } catch {
      resolve(undefined);
    }
  });
}
