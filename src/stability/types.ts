import type { Formula } from "./formula.ts";

/** Which way its owner can change an option: freely, only take it up (`forward`: N to Y), or only give it up (`back`: Y to N). */
export type Direction = "both" | "forward" | "back";

/** Something that a decision maker can do or leave. */
export interface ConflictOption {
  readonly name: string;
  /** `both` unless given. */
  readonly direction?: Direction | undefined;
}

/** A statement of what a decision maker wants, in a list with the most important first. */
export interface Statement {
  readonly formula: Formula;
  /**
   * How much more a state is preferred that makes it true to one that does not, all weightier statements being equal:
   * 1 mildly (unless given), 2 greatly, and so on (degrees of Xu, Hipel & Kilgour 2009).
   */
  readonly degree?: number | undefined;
  /** Whether it is not known how the decision maker stands to it (Li, Hipel, Kilgour & Fang 2004); false unless given. */
  readonly unknown?: boolean | undefined;
  /** As a person wrote it; used in explanations. */
  readonly text?: string | undefined;
}

/**
 * How a decision maker compares a state with another: preferred, equal, less preferred, greatly so, or nobody knows.
 *
 * `>>>` and so on stand for higher degrees.
 */
export type Relation = ">" | "<" | "=" | "U" | ">>" | "<<" | ">>>" | "<<<";

/**
 * What a decision maker wants. States are named by their position, from 0.
 *
 * `statements`: option prioritisation (Peng, Hipel, Kilgour & Fang 1997): compared by the first statement on which two states
 * differ. `weights`: the sum of the weights of the options that are taken, one weight for each option of the model in its
 * order. `ranking`: groups of equally good states, best first, each state once. `payoffs`: a number for each state, higher
 * better, of which only the order counts. `relation`: every state compared with every other.
 */
export type Preferences =
  | { readonly kind: "statements"; readonly statements: readonly Statement[] }
  | { readonly kind: "weights"; readonly weights: readonly number[] }
  | { readonly kind: "ranking"; readonly ranking: readonly (readonly number[])[] }
  | { readonly kind: "payoffs"; readonly payoffs: ArrayLike<number> }
  | { readonly kind: "relation"; readonly relation: readonly (readonly Relation[])[] };

/** Moves between states for which both formulas hold: from a state where `from` holds to one where `to` holds. */
export interface ArcRule {
  readonly from: Formula;
  readonly to: Formula;
}

export interface DecisionMaker {
  readonly name: string;
  readonly options: readonly ConflictOption[];
  readonly preferences: Preferences;
  /** Moves that it cannot make though its options would let it. */
  readonly removed?: readonly ArcRule[] | undefined;
  /** Moves that it can make though its options would not let it. */
  readonly added?: readonly ArcRule[] | undefined;
  /** States that it does not see: it has no moves to or from a state where one of these holds. */
  readonly misperceives?: readonly Formula[] | undefined;
}

/**
 * A conflict in option form (Howard 1971; Fraser & Hipel 1984): states are combinations of options taken or not.
 *
 * Options are counted through all decision makers in their order; option 0 is the least significant bit of a state.
 */
export interface OptionForm {
  readonly form: "options";
  readonly name?: string | undefined;
  readonly decisionMakers: readonly DecisionMaker[];
  /** A state where one of these holds cannot be. */
  readonly infeasible?: readonly Formula[] | undefined;
}

export interface GraphDecisionMaker {
  readonly name: string;
  /** Moves from a state to another, by position from 0. */
  readonly arcs: readonly (readonly [from: number, to: number])[];
  /** Of the kinds that need no options: ranking, payoffs or relation. */
  readonly preferences: Preferences;
}

/** A conflict in graph form (Kilgour, Hipel & Fraser 1987): states and moves are given one by one. */
export interface GraphForm {
  readonly form: "graph";
  readonly name?: string | undefined;
  /** Names of the states. */
  readonly states: readonly string[];
  readonly decisionMakers: readonly GraphDecisionMaker[];
}

export type Conflict = OptionForm | GraphForm;
