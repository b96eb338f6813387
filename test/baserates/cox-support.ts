import { expect } from "vitest";
import type { Spell } from "../../src/baserates/index.ts";

export function near(got: number | undefined, expected: number, relative = 1e-6): void {
  expect(Math.abs((got ?? Number.NaN) - expected)).toBeLessThan(relative * Math.max(1e-3, Math.abs(expected)));
}

export const at = (values: readonly number[], k: number): number => values[k] ?? Number.NaN;

/** Data set 1 of Therneau & Grambsch (2000), Modeling Survival Data, appendix E, for which everything has a closed form. */
export const appendixE: readonly Spell[] = [
  [1, true, 1],
  [1, false, 1],
  [6, true, 1],
  [6, true, 0],
  [8, false, 0],
  [9, true, 0],
].map(([duration, ended, x], k) => ({
  id: String(k),
  duration: Number(duration),
  ended: ended === true,
  covariates: { x: Number(x) },
}));
