import { countOf } from "../options.ts";
import type { AskedAnalyses } from "../simulation/analyses.ts";
import { leversOf, namesOf } from "../simulation/analysis.ts";
import type { Subject } from "../simulation/subject.ts";
import type { SimulateOptions } from "./simulate.ts";

/** The most trajectories on one machine, and of any analysis. */
export const MOST_RUNS = 10_000_000;
/** Draws of a Sobol screen. */
export const DRAWS = 700;
const MOST_DRAWS = 1_000_000;

/**
 * The analyses that were asked for beside the ensemble. What was asked for in words that mean nothing is said here, before
 * anything runs.
 *
 * @throws ParleyError where a lever or a parameter is unknown, or a number is out of bounds
 */
export function askedAnalyses(subject: Subject, options: SimulateOptions, runs: number): AskedAnalyses {
  const draws = typeof options.drivers === "string" ? options.drivers : String(DRAWS);
  const asked: AskedAnalyses = {
    levers: options.lever ?? [],
    tornado: options.tornado === true,
    drivers: options.drivers !== undefined,
    flips: options.flip ?? [],
    runs,
    draws: countOf("--drivers", draws, MOST_DRAWS, 2),
    background: options.prior === true ? "prior" : "central",
  };
  leversOf(subject, asked.levers);
  for (const path of asked.flips) namesOf(subject, path.split("@")[0] ?? "");
  return asked;
}
