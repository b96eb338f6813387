import { ParleyError } from "../problems/index.ts";

/** The error of a parameter that is not what was expected. */
export function invalid(name: string, value: number | string, expected: string): ParleyError {
  return ParleyError.of("invalid-parameter", { name, value, expected });
}

/** Throws unless a parameter is a finite number. */
export function expectFinite(name: string, value: number): void {
  if (!Number.isFinite(value)) throw invalid(name, value, "a finite number");
}

/** Throws unless a parameter is finite and above 0. */
export function expectPositive(name: string, value: number): void {
  if (!(value > 0 && value < Number.POSITIVE_INFINITY)) throw invalid(name, value, "a finite number above 0");
}

/** Whether a number is a probability, 0 and 1 included; NaN is none. */
export function isProbability(p: number): boolean {
  return p >= 0 && p <= 1;
}
