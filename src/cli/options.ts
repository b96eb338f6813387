import { ParleyError } from "../core/problems/index.ts";

/** A whole number from an option. @throws ParleyError where it is none. */
export function countOf(option: string, value: string, most: number, least = 1): number {
  const count = Number(value);
  if (/^\d+$/.test(value) && count >= least && count <= most) return count;
  throw ParleyError.of("invalid-option", { option, value, expected: `a whole number, ${least} to ${most}` });
}
