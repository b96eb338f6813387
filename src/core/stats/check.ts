import { ParleyError } from "../problems/index.ts";

/** Throws unless there are at least so many values, all of them finite. */
export function expectValues(name: string, values: ArrayLike<number>, least: number): void {
  if (values.length < least) {
    throw ParleyError.of("invalid-parameter", {
      name: `number of ${name}`,
      value: values.length,
      expected: `at least ${least}`,
    });
  }
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) {
      throw ParleyError.of("invalid-parameter", { name, value: values[i]!, expected: "finite numbers" });
    }
  }
}

/** Throws unless a confidence level lies strictly between 0 and 1. */
export function expectLevel(level: number): void {
  if (level > 0 && level < 1) return;
  throw ParleyError.of("invalid-parameter", { name: "level", value: level, expected: "a number between 0 and 1" });
}
