import { ParleyError, type Problem } from "../core/problems/index.ts";

/** Runs a reading; what it throws becomes problems. */
export function attempt<T>(problems: Problem[], read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ParleyError)) throw error;
    problems.push(...error.problems);
    return undefined;
  }
}
