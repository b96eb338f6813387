/** What pages that have a case open are told. */
export type CaseNews =
  | { readonly kind: "saved"; readonly version: number; readonly hash: string }
  | { readonly kind: "comments" }
  | { readonly kind: "presence" }
  | { readonly kind: "runs" }
  /** Nobody may read it any more, or not everybody who did: each page asks anew. */
  | { readonly kind: "access" }
  | { readonly kind: "gone" };

export type Listener = (news: CaseNews) => void;

/** Hands news of cases from whoever changes them to the pages that have them open, within this server. */
export class Changes {
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #watchers = new Set<(caseId: string, news: CaseNews) => void>();

  tell(caseId: string, news: CaseNews): void {
    for (const watcher of [...this.#watchers]) watcher(caseId, news);
    for (const listener of [...(this.#listeners.get(caseId) ?? [])]) listener(news);
  }

  /** Calls back with each piece of news of any case, for the server's own work, until the function returned is called. */
  watch(watcher: (caseId: string, news: CaseNews) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Calls back with each piece of news of a case, until the function that is returned is called. */
  listen(caseId: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(caseId) ?? new Set();
    this.#listeners.set(caseId, listeners);
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(caseId);
    };
  }

  /** How many pages listen. */
  get count(): number {
    return [...this.#listeners.values()].reduce((sum, listeners) => sum + listeners.size, 0);
  }
}
