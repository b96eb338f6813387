import type { States } from "./feasible.ts";
import type { Formula } from "./formula.ts";

/** In which states a formula holds: 1 or 0 for each. */
export function columnOf(states: States, formula: Formula): Uint8Array {
  const { size, low, high } = states;
  const out = new Uint8Array(size);
  switch (formula.kind) {
    case "option": {
      const bits = formula.option < 32 ? low : high;
      const shift = formula.option % 32;
      for (let s = 0; s < size; s++) out[s] = (bits[s]! >>> shift) & 1;
      return out;
    }
    case "not": {
      const of = columnOf(states, formula.of);
      for (let s = 0; s < size; s++) out[s] = of[s]! ^ 1;
      return out;
    }
    case "and":
    case "or": {
      const isAnd = formula.kind === "and";
      out.fill(isAnd ? 1 : 0);
      for (const part of formula.of) {
        const of = columnOf(states, part);
        if (isAnd) for (let s = 0; s < size; s++) out[s]! &= of[s]!;
        else for (let s = 0; s < size; s++) out[s]! |= of[s]!;
      }
      return out;
    }
    case "if": {
      const consequence = columnOf(states, formula.consequence);
      const condition = columnOf(states, formula.condition);
      for (let s = 0; s < size; s++) out[s] = consequence[s]! | (condition[s]! ^ 1);
      return out;
    }
    case "iff": {
      const [a, b] = [columnOf(states, formula.of[0]), columnOf(states, formula.of[1])];
      for (let s = 0; s < size; s++) out[s] = a[s]! ^ b[s]! ^ 1;
      return out;
    }
  }
}
