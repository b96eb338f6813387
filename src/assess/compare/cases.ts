import type { Case } from "../../case/index.ts";
import { ParleyError } from "../../core/problems/index.ts";
import { bindDynamics } from "../inputs/dynamics.ts";
import { AS_CODED } from "../readings.ts";
import { compareEvidence } from "./evidence.ts";
import { type ComparedWar, compareWars } from "./simulation.ts";
import type { ComparedQuestion, ComparedSimulation } from "./types.ts";

/** One side of a comparison, as it is told. */
export interface ComparedSide {
  readonly name: string;
  readonly title: string;
  readonly asOf: string | null;
  readonly reading: string | null;
  readonly hash: string | null;
}

/** What `parley compare` prints. */
export interface Comparison {
  readonly a: ComparedSide;
  readonly b: ComparedSide;
  readonly seed: number;
  readonly simulation: ComparedSimulation | null;
  /** Why there is no simulation to compare; null where there is one. */
  readonly noSimulation: string | null;
  readonly evidence: readonly ComparedQuestion[];
}

/** A case under a view, and the changes that were made to it besides, each as `path=value`. */
export interface ComparedCase {
  readonly content: Case;
  readonly changes: readonly string[];
}

export interface CompareCasesOptions {
  readonly seed: number;
  /** Trajectories on each side. */
  readonly runs: number;
  /** Whether uncertain parameters are drawn anew for each trajectory. */
  readonly prior: boolean;
}

/** Trajectories on each side where nobody says. */
export const COMPARE_RUNS = 10_000;

/**
 * Two cases side by side: their simulations on the same chance, and what each gives its questions on the evidence alone.
 *
 * @throws ParleyError where a war cannot be simulated
 */
export function compareCases(a: ComparedCase, b: ComparedCase, options: CompareCasesOptions): Comparison {
  const [one, two] = [warOf(a.content), warOf(b.content)];
  const simulation = typeof one === "string" || typeof two === "string" ? null : compareWars(one, two, options);
  return {
    a: sideOf(a),
    b: sideOf(b),
    seed: options.seed,
    simulation,
    noSimulation: [one, two].find((each) => typeof each === "string") ?? null,
    evidence: compareEvidence(a.content, b.content, {
      seed: options.seed,
      draws: a.content.settings.draws ?? 10_000,
    }),
  };
}

/** The war of a case as it is simulated, or why it is not. @throws ParleyError where it cannot be */
export function warOf(content: Case): ComparedWar | string {
  const binding = bindDynamics(content);
  const errors = binding.problems.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new ParleyError(errors);
  return binding.inputs === undefined ? (binding.doesNotApply ?? "") : { content, inputs: binding.inputs };
}

function sideOf({ content, changes }: ComparedCase): ComparedSide {
  const reading =
    content.reading === undefined ? AS_CODED : (content.readings[content.reading]?.name ?? content.reading);
  return {
    name: changes.length === 0 ? reading : `${reading}, with ${changes.join(", ")}`,
    title: content.title,
    asOf: content.asOf?.text ?? null,
    reading: content.reading ?? null,
    hash: content.hash,
  };
}
