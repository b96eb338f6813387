import { ParleyError } from "../../core/problems/index.ts";
import type { ForecasterScore, Score } from "./score-schema.ts";

const METRICS: Readonly<Record<string, (score: ForecasterScore) => number | null>> = {
  brier: ({ brier }) => brier.mean,
  log: ({ log }) => log.mean,
  ranked: ({ ranked }) => ranked?.mean ?? null,
  bias: ({ calibration }) => calibration.bias,
  covered: ({ covered }) => covered,
  questions: ({ questions }) => questions,
  "skill-base-rate": ({ skill }) => skill?.baseRate?.skill ?? null,
  "skill-persistence": ({ skill }) => skill?.persistence?.skill ?? null,
  "skill-uniform": ({ skill }) => skill?.uniform?.skill ?? null,
};

const HOLDS: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  "<": (value, bound) => value < bound,
  "<=": (value, bound) => value <= bound,
  ">": (value, bound) => value > bound,
  ">=": (value, bound) => value >= bound,
};

/**
 * Holds a score against what is asserted of it, such as `brier<0.25`: for each forecaster of the first set. What is not
 * known does not hold; nor does anything where nobody is scored.
 *
 * @throws ParleyError where the assertion cannot be read.
 */
export function asserted({ sets }: Score, text: string): Score["assertions"] {
  const [, name = "", sign = "", digits = ""] = /^\s*([a-z-]+)\s*(<=?|>=?)\s*(-?\d*\.?\d+)\s*$/.exec(text) ?? [];
  const metric = Object.hasOwn(METRICS, name) ? METRICS[name] : undefined;
  const holds = HOLDS[sign];
  if (metric === undefined || holds === undefined) {
    const expected = `for example brier<0.25; of ${Object.keys(METRICS).join(", ")}`;
    throw ParleyError.of("invalid-option", { option: "--assert", value: text, expected });
  }
  const [set] = sets;
  if (set === undefined) return [{ text, by: "nobody", value: null, holds: false }];
  return set.forecasters.map((score) => {
    const value = metric(score);
    return { text, by: score.by, value, holds: value !== null && holds(value, Number(digits)) };
  });
}
