import { setTimeout as sleep } from "node:timers/promises";
import { ParleyError } from "../../core/problems/index.ts";

/** Milliseconds before the second try; doubled with each, up to the longest. */
const FIRST_WAIT = 100;
const LONGEST_WAIT = 5000;

/** Does something with a store again and again until it can be done. */
export type Patiently = <T>(action: () => Promise<T>) => Promise<T>;

/**
 * Waits for a store that is gone for a while, as a database is that is started anew.
 *
 * @param most milliseconds after which it is given up
 * @throws ParleyError where it is given up, with the store's last words
 */
export function patience(most: number, signal?: AbortSignal): Patiently {
  return async (action) => {
    const begun = performance.now();
    for (let wait = FIRST_WAIT; ; wait = Math.min(2 * wait, LONGEST_WAIT)) {
      try {
        return await action();
      } catch (error) {
        if (error instanceof ParleyError) throw error;
        if (performance.now() - begun + wait > most || signal?.aborted === true) {
          throw ParleyError.of("run-store", { reason: error instanceof Error ? error.message : String(error) });
        }
        await sleep(wait, undefined, signal === undefined ? {} : { signal }).catch(() => {});
      }
    }
  };
}
