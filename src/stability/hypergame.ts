import { equilibria } from "./concepts.ts";
import { matchView, type View } from "./hypergame-views.ts";
import type { Model } from "./model.ts";

/** Which states of a model are stable for a decision maker of it, by whatever concept: 1 for each that is, else 0. */
export type StableIn = (model: Model, decisionMaker: number) => Uint8Array;

/**
 * What kind of equilibrium a state is, in Parley's reading.
 *
 * `steady`: stable for everybody in its own view, and an equilibrium in every view: everybody expects what everybody does.
 * `unsteady`: stable for everybody in its own view, but somebody's view expects another one to leave it: it lasts only while
 * nobody acts on that. `stealthy`: hidden from somebody, and stable for everybody who sees it, in its own view.
 */
export type HypergameClass = "steady" | "unsteady" | "stealthy";

export interface HypergameEquilibrium {
  readonly state: number;
  readonly class: HypergameClass;
  /** Whether it is an equilibrium of the model as it is, too. */
  readonly objective: boolean;
  /** Who does not see it. */
  readonly hiddenFrom: readonly number[];
  /** Who sees it and expects another one to leave it. */
  readonly doubtedBy: readonly number[];
}

/** An equilibrium of the model as it is that the views undo. */
export interface MissedEquilibrium {
  readonly state: number;
  readonly hiddenFrom: readonly number[];
  /** Who would leave it by its own view. */
  readonly leftBy: readonly number[];
}

export interface Hypergame {
  readonly method: string;
  readonly options: { readonly concept: string };
  /** By decision maker: how the states of its view stand for those of the model. */
  readonly views: readonly View[];
  /** By decision maker, 1 for each state of the model that its view leaves out, else 0. */
  readonly hidden: readonly Uint8Array[];
  /** By decision maker, 1 for each state of the model that is stable for it in its own view, else 0; 0 where it is hidden. */
  readonly stable: readonly Uint8Array[];
  /** States that are stable for everybody in its own view, ascending: those that are steady or unsteady. */
  readonly equilibria: Int32Array;
  /** Equilibria of the model as it is, ascending. */
  readonly objective: Int32Array;
  /** By decision maker: the equilibria that its view expects, as states of the model, ascending. */
  readonly expected: readonly Int32Array[];
  /** Those of `equilibria` and the stealthy ones, by state. */
  readonly classified: readonly HypergameEquilibrium[];
  /** Equilibria of the model as it is that are not stable for everybody in its own view. */
  readonly missed: readonly MissedEquilibrium[];
}

export interface HypergameOptions {
  /** Name of the concept that `stableIn` stands for; said in the result. */
  readonly concept?: string | undefined;
}

/**
 * A first-level hypergame: each decision maker acts on its own view of the conflict, and knows of no other (Wang, Hipel & Fraser
 * 1988; Aljefri, Hipel, Fang & Bashar 2014, 2018).
 *
 * Each view is a model of its own, with the preferences that the viewer ascribes to everybody. A state is stable for a decision
 * maker if it is in that one's view; a hypergame equilibrium is stable for everybody, each in its own. A state that a view leaves
 * out is hidden from the viewer, who cannot hold to it. How equilibria are told apart is Parley's reading: see
 * {@link HypergameClass}.
 *
 * @param model the conflict as it is
 * @param views by decision maker; undefined for one that sees the conflict as it is
 * @param stableIn which states are stable for a decision maker of a model, by the concept to be used
 * @throws ParleyError view-mismatch
 */
export function hypergame(
  model: Model,
  views: readonly (Model | undefined)[],
  stableIn: StableIn,
  options: HypergameOptions = {},
): Hypergame {
  const { size } = model;
  const everybody = model.decisionMakers.map((_, i) => i);
  const matched = everybody.map((i) => matchView(model, i, views[i]));
  const hidden = matched.map((view) => Uint8Array.from(view.seenAs, (at) => (at < 0 ? 1 : 0)));
  // What each view holds of each decision maker in it; who is not in it is not expected to move.
  const held = matched.map((view) => {
    const marks = view.model.decisionMakers.map((_, j) => stableIn(view.model, j));
    return { own: marks[view.viewer]!, all: marks };
  });
  const stable = matched.map(({ seenAs }, i) =>
    Uint8Array.from(seenAs, (at) => (at >= 0 && held[i]!.own[at] === 1 ? 1 : 0)),
  );
  const expects = (i: number, s: number): boolean => {
    const at = matched[i]!.seenAs[s]!;
    return at >= 0 && held[i]!.all.every((marks) => marks[at] === 1);
  };
  const objective = equilibria(everybody.map((i) => stableIn(model, i)));
  const isObjective = new Set(objective);
  const classified: HypergameEquilibrium[] = [];
  const missed: MissedEquilibrium[] = [];
  for (let state = 0; state < size; state++) {
    const hiddenFrom = Object.freeze(everybody.filter((i) => hidden[i]![state] === 1));
    const leftBy = Object.freeze(everybody.filter((i) => hidden[i]![state] === 0 && stable[i]![state] === 0));
    if (isObjective.has(state) && (hiddenFrom.length > 0 || leftBy.length > 0)) {
      missed.push(Object.freeze({ state, hiddenFrom, leftBy }));
    }
    // A state that nobody sees is nobody's to hold to.
    if (leftBy.length > 0 || hiddenFrom.length === everybody.length) continue;
    const doubtedBy = Object.freeze(everybody.filter((i) => hidden[i]![state] === 0 && !expects(i, state)));
    const kind = hiddenFrom.length > 0 ? "stealthy" : doubtedBy.length > 0 ? "unsteady" : "steady";
    classified.push(Object.freeze({ state, class: kind, objective: isObjective.has(state), hiddenFrom, doubtedBy }));
  }
  return Object.freeze({
    method: "each decision maker's stability in its own view",
    options: Object.freeze({ concept: options.concept ?? "" }),
    views: Object.freeze(matched),
    hidden: Object.freeze(hidden),
    stable: Object.freeze(stable),
    equilibria: equilibria(stable),
    objective,
    expected: Object.freeze(
      everybody.map((i) => Int32Array.from({ length: size }, (_, s) => s).filter((s) => expects(i, s))),
    ),
    classified: Object.freeze(classified),
    missed: Object.freeze(missed),
  });
}
