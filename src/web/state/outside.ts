import { create } from "zustand";
import type { Problem } from "../../core/problems/index.ts";
import type { News } from "../cases/server.ts";

/** What others do to the case that is open, and whether the server still answers. */
export interface Outside {
  /** Somebody else changed the case, and what is shown follows. */
  readonly changed: boolean;
  /** What is written now has problems; what is shown is from before. */
  readonly broken: boolean;
  /** Why the files cannot be read any more; what is shown is from before. */
  readonly gone: readonly Problem[] | undefined;
  readonly connection: "there" | "lost" | "locked";
  /** The folder of the case that is open, where it has one. */
  readonly folder: { readonly path: string; readonly readOnly: boolean } | undefined;
}

const NOTHING: Outside = { changed: false, broken: false, gone: undefined, connection: "there", folder: undefined };

export const useOutside = create<Outside>(() => NOTHING);

/** How long a notice that needs no act stays, in milliseconds. */
const SHOWN = 12_000;
let timer: ReturnType<typeof setTimeout> | undefined;

export function hearOutside(news: Exclude<News, { readonly kind: "beside" | "version" }>): void {
  const set = useOutside.setState;
  if (news.kind === "gone") set({ gone: news.problems, changed: false });
  else if (news.kind === "there") set({ gone: undefined });
  else if (news.kind === "connection") set({ connection: news.state });
  else {
    set({ changed: true, gone: undefined });
    clearTimeout(timer);
    timer = setTimeout(() => set({ changed: false }), SHOWN);
  }
}

export function forgetOutside(): void {
  clearTimeout(timer);
  useOutside.setState(NOTHING);
}
