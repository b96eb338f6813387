import { readFileSync } from "node:fs";
import {
  type ConflictOption,
  type DecisionMaker,
  type Direction,
  type Formula,
  type OptionForm,
  ofPattern,
  or,
  type Preferences,
} from "../../src/stability/index.ts";
import { shared } from "../support/shared.ts";

/** Where the vectors of the graph model lie beside the project. */
export const VECTORS = "vectors/stability";

/** States are ids from 1, in ascending order of their decimal value. */
type Ranking = readonly (number | readonly number[])[];

interface VectorOption {
  readonly name: string;
  readonly permittedDirection: "both" | "fwd" | "back";
}

/** A pattern such as `N-Y-`, or a list of them one of which must hold. */
type VectorStatement = string | readonly string[];

interface VectorDecisionMaker {
  readonly name: string;
  readonly options: readonly number[];
  readonly payoffs?: readonly number[];
  readonly ranking?: Ranking;
  readonly statements?: readonly VectorStatement[];
  readonly misperceivedStates?: readonly number[];
}

/** A model as the format `.gmcr` has it: ranked by hand, with infeasible combinations as lists of options and marks. */
interface SavedModel {
  readonly options: readonly VectorOption[];
  readonly infeasibles: readonly (readonly (readonly [option: number, mark: "Y" | "N"])[])[];
  readonly decisionMakers: readonly {
    readonly name: string;
    readonly options: readonly number[];
    readonly preferenceRanking: Ranking;
  }[];
}

/** By decision maker, in the order of the model or by name; see {@link byDecisionMaker}. */
export type PerDecisionMaker<T> = readonly T[] | Readonly<Record<string, T>>;

export interface VectorCoalition {
  readonly R_H: readonly (readonly number[])[];
  readonly CI: readonly (readonly number[])[];
  readonly cnash: readonly boolean[];
  readonly cgmr: readonly boolean[];
  readonly csmr: readonly boolean[];
  readonly cseq: readonly boolean[];
}

/** A vector file of a model: what is common to those of the named cases and of the random ones. */
export interface Vector {
  readonly name: string;
  readonly states: readonly { readonly id: number; readonly decimal: number; readonly yn?: string }[];
  readonly UM: PerDecisionMaker<readonly (readonly number[])[]>;
  readonly UI: PerDecisionMaker<readonly (readonly number[])[]>;
  readonly reference: {
    readonly stability: Readonly<Record<string, PerDecisionMaker<readonly boolean[]>>>;
    readonly equilibria: Readonly<Record<string, readonly number[]>>;
    /** By horizon; of the named cases with two decision makers only. */
    readonly Lh?: Readonly<
      Record<
        string,
        {
          readonly stability: PerDecisionMaker<readonly boolean[]>;
          readonly equilibria: readonly number[];
        }
      >
    >;
    /** By members, as in `0,2`; of the named cases only. */
    readonly coalitions?: Readonly<Record<string, VectorCoalition>>;
    readonly coalitionEquilibria?: Readonly<Record<string, readonly number[]>>;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

interface VectorFile extends Vector {
  readonly options?: readonly VectorOption[];
  readonly infeasiblePatterns?: readonly string[];
  readonly decisionMakers?: readonly VectorDecisionMaker[];
  readonly model?: SavedModel;
}

const DIRECTIONS = { both: "both", fwd: "forward", back: "back" } as const satisfies Record<string, Direction>;

/** The formula of a pattern such as `N-Y-`. */
export function markedPattern(marks: string): Formula {
  return ofPattern(
    [...marks].flatMap((mark, option): [number, boolean][] => (mark === "-" ? [] : [[option, mark === "Y"]])),
  );
}

/** Values by decision maker in the order of the model. */
export function byDecisionMaker<T>(values: PerDecisionMaker<T>): readonly T[] {
  return Array.isArray(values) ? (values as readonly T[]) : Object.values(values as Readonly<Record<string, T>>);
}

/** State ids, which begin at 1, as positions of states. */
export const positions = (ids: readonly number[]): number[] => ids.map((id) => id - 1);

/** Positions of states as ids. */
export const ids = (states: Iterable<number>): number[] => Array.from(states, (state) => state + 1);

/** 1 and 0 as true and false. */
export const booleans = (marks: ArrayLike<number>): boolean[] => Array.from(marks, (mark) => mark === 1);

const groups = (ranking: Ranking): number[][] =>
  ranking.map((each) => positions(typeof each === "number" ? [each] : each));

/**
 * From which field of the file preferences are read: the ranking unless given, which is what all results rest on. The
 * statements give the same, but for Elmira, whose ranking was changed by hand so that the states where Uniroyal abandons tie.
 */
export type PreferenceSource = "statements" | "ranking";

function preferencesOf(each: VectorDecisionMaker, source: PreferenceSource): Preferences {
  const { statements = [], ranking = [] } = each;
  if (source === "ranking" || statements.length === 0) return { kind: "ranking", ranking: groups(ranking) };
  const formulas = statements.map((statement) =>
    typeof statement === "string" ? markedPattern(statement) : or(...statement.map(markedPattern)),
  );
  return { kind: "statements", statements: formulas.map((formula) => ({ formula })) };
}

/**
 * The model of a vector file and the whole file. Options of one decision maker are neighbours, in the order of the model.
 *
 * Only for use within `describeWith(VECTORS, ...)`.
 */
export function vectorConflict(
  name: string,
  source: PreferenceSource = "ranking",
): { readonly conflict: OptionForm; readonly vector: Vector } {
  const vector = JSON.parse(readFileSync(shared(`${VECTORS}/${name}.json`), "utf8")) as VectorFile;
  const options = vector.options ?? vector.model?.options ?? [];
  const saved: readonly VectorDecisionMaker[] =
    vector.decisionMakers ??
    vector.model?.decisionMakers.map((each) => ({ ...each, ranking: each.preferenceRanking })) ??
    [];
  const owned = saved.flatMap((each) => each.options);
  if (owned.some((option, position) => option !== position))
    throw new Error(`${name}: options of a decision maker apart`);
  const optionOf = (option: number): ConflictOption => {
    const { name: label = "", permittedDirection = "both" } = options[option] ?? {};
    return { name: label, direction: DIRECTIONS[permittedDirection] };
  };
  const decisionMakers = saved.map((each): DecisionMaker => {
    const unseen = (each.misperceivedStates ?? []).map((id) => markedPattern(vector.states[id - 1]?.yn ?? ""));
    return {
      name: each.name,
      options: each.options.map(optionOf),
      preferences: preferencesOf(each, source),
      ...(unseen.length === 0 ? {} : { misperceives: unseen }),
    };
  });
  const infeasible = [
    ...(vector.infeasiblePatterns ?? []).map(markedPattern),
    ...(vector.model?.infeasibles ?? []).map((pattern) => ofPattern(pattern.map(([o, mark]) => [o, mark === "Y"]))),
  ];
  return { conflict: { form: "options", name: vector.name, decisionMakers, infeasible }, vector };
}
