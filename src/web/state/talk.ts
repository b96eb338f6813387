import { create } from "zustand";

/** How many open comments there are on the parts of the case that is open, by path; kept by what asks the server for them. */

export interface Talk {
  /** Whether whoever looks may comment. */
  readonly open: boolean;
  /** Unresolved threads by their path; the whole case is the empty one. */
  readonly counts: ReadonlyMap<string, number>;
}

const NOTHING: Talk = { open: false, counts: new Map() };

export const useTalk = create<Talk>(() => NOTHING);

export function forgetTalk(): void {
  useTalk.setState(NOTHING);
}
