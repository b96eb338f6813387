import type { Case } from "../case/index.ts";
import { compileModel, OUTCOMES, type Outcome, PHASES, runTrajectory, State } from "../dynamics/index.ts";
import { bindDynamics, type DynamicsInputs } from "./inputs/dynamics.ts";
import { dayOfMonth, monthsOfWar } from "./war-views.ts";

/** Something that happens in a trajectory. */
export type CourseEvent =
  | { readonly kind: "aid-cut" | "aid-restored" | "new-leader"; readonly who: string }
  | { readonly kind: "escalation"; readonly steps: number }
  | { readonly kind: "ceasefire" | "settlement"; readonly share: number }
  | { readonly kind: "talks" | "freeze" | "talks-fail" | "relapse" };

export type Phase = (typeof PHASES)[number];

/** A month of a trajectory, as it ends. */
export interface CourseMonth {
  readonly month: number;
  readonly date: string | null;
  readonly phase: Phase;
  /** The first side's share of the stake. */
  readonly share: number;
  /** What each side has lost by then, in shares of its force at the start. */
  readonly losses: readonly [number, number];
  readonly rungs: readonly [number, number];
  readonly events: readonly CourseEvent[];
}

/** One of the trajectories of an ensemble, month by month. */
export interface Course {
  readonly trajectory: number;
  readonly sides: readonly [string, string];
  /** All months that the simulation looks ahead; the course may end before. */
  readonly horizon: number;
  readonly months: readonly CourseMonth[];
  readonly outcome: Outcome;
}

/** Rounding that a month's end forgives. */
const ROOM = 1e-9;

/**
 * Trajectories of a case's war by their numbers, at central values: with the same seed the same ones that its ensemble counts.
 * None where the case has no war of two sides.
 */
export function coursesOf(content: Case, seed: number, trajectories: readonly number[]): Course[] {
  const { inputs } = bindDynamics(content);
  return inputs === undefined ? [] : trajectories.map((each) => courseOf(content, inputs, seed, each));
}

function courseOf(content: Case, inputs: DynamicsInputs, seed: number, trajectory: number): Course {
  const model = compileModel(inputs.layout, inputs.vector);
  const state = new State(model);
  const horizon = monthsOfWar(inputs);
  const nameOf = (party: string) => content.parties[party]?.name ?? party;
  const months: CourseMonth[] = [];
  const watcher = new Watcher(inputs, nameOf);
  let next = 1;
  let events: CourseEvent[] = [];
  runTrajectory(model, state, seed, trajectory, (s) => {
    events.push(...watcher.news(s));
    if (!s.done && s.t < next - ROOM) return;
    const month = s.done ? Math.min(horizon, Math.max(next, Math.ceil(s.t - ROOM))) : Math.floor(s.t + ROOM);
    months.push({
      month,
      date: dayOfMonth(content, month),
      phase: PHASES[s.phase] ?? "war",
      share: s.x,
      losses: [s.lossA, s.lossB],
      rungs: [s.LA, s.LB],
      events,
    });
    events = [];
    next = month + 1;
  });
  return {
    trajectory,
    sides: [inputs.sideNames[0], inputs.sideNames[1]],
    horizon,
    months,
    outcome: OUTCOMES[state.outcome] ?? "war",
  };
}

/** Tells what a step has changed, from what the step before left. */
class Watcher {
  readonly #inputs: DynamicsInputs;
  readonly #nameOf: (party: string) => string;
  readonly #on: number[];
  #phase = 0;
  #failed = 0;
  #steps = 0;
  #hawks = [1, 1];

  constructor(inputs: DynamicsInputs, nameOf: (party: string) => string) {
    this.#inputs = inputs;
    this.#nameOf = nameOf;
    this.#on = inputs.backers.map(() => 1);
  }

  news(s: State): CourseEvent[] {
    const events: CourseEvent[] = [];
    for (const [j, party] of this.#inputs.backers.entries()) {
      const on = s.on[j] ?? 0;
      if (on !== this.#on[j]) events.push({ kind: on === 1 ? "aid-restored" : "aid-cut", who: this.#nameOf(party) });
      this.#on[j] = on;
    }
    for (const [side, hawk] of [s.hawkA, s.hawkB].entries()) {
      if (hawk !== this.#hawks[side]) events.push({ kind: "new-leader", who: this.#inputs.sideNames[side] ?? "" });
      this.#hawks[side] = hawk;
    }
    if (s.steps > this.#steps) events.push({ kind: "escalation", steps: s.steps - this.#steps });
    if (s.phase !== this.#phase) events.push(this.#turn(s));
    this.#phase = s.phase;
    this.#failed = s.failed;
    this.#steps = s.steps;
    return events;
  }

  #turn(s: State): CourseEvent {
    const phase = PHASES[s.phase];
    if (phase === "talks" || phase === "freeze") return { kind: phase };
    if (phase === "ceasefire" || phase === "settlement") return { kind: phase, share: s.term };
    return { kind: s.failed > this.#failed ? "talks-fail" : "relapse" };
  }
}
