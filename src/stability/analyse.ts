import { BASIC_CONCEPTS, type BasicConcept, equilibria, orderedStability } from "./concepts.ts";
import type { Model } from "./model.ts";
import { UNKNOWN } from "./preferences.ts";
import { EXTENSIONS, type Extension, isRelational, type Reach, reachOf, relationStability } from "./relations.ts";
import type { JointMoves } from "./sweep.ts";

/** What each state is under a concept: stable for whom, and where for all. */
export interface ConceptResult {
  /** For each decision maker, 1 for each state that is stable for it, else 0. */
  readonly stable: readonly Uint8Array[];
  /** States that are stable for all, ascending. */
  readonly equilibria: Int32Array;
}

export interface AnalyseOptions {
  /** All five unless given. */
  readonly concepts?: readonly BasicConcept[] | undefined;
  /** `legal` unless given; others are for comparison with other programs. */
  readonly joint?: JointMoves | undefined;
}

/** Which states are stable, by concept, and how it was found out. */
export interface Analysis {
  readonly model: Model;
  readonly concepts: Readonly<Partial<Record<BasicConcept, ConceptResult>>>;
  /** The four extensions by what unknown preferences count, where something is unknown. */
  readonly extensions: Readonly<Record<Extension, Readonly<Record<BasicConcept, ConceptResult>>>> | undefined;
  /** Strong stability, where preferences have degrees: sanctions must be greatly worse. No strong Nash is defined. */
  readonly strong: Readonly<Record<Exclude<BasicConcept, "nash">, ConceptResult>> | undefined;
  readonly options: { readonly joint: JointMoves };
  /** How joint moves were found: see docs/stability.md. */
  readonly method: string;
}

/**
 * Analyses which states are stable.
 *
 * Where preferences are unknown in part, the plain concepts leave what is unknown out (extension b); where they have degrees,
 * they count any.
 *
 * @throws ParleyError too-many-for
 *
 * @example
 * const { concepts } = analyseStability(compileModel(conflict));
 * concepts.seq?.equilibria; // Int32Array of states
 */
export function analyseStability(model: Model, options: AnalyseOptions = {}): Analysis {
  const { concepts = BASIC_CONCEPTS, joint = "legal" } = options;
  if (!isRelational(model)) {
    const table = orderedStability(model, { concepts, joint });
    return {
      model,
      concepts: resultsOf(table, concepts),
      extensions: undefined,
      strong: undefined,
      options: { joint },
      method: methodOf(model, joint),
    };
  }
  const reach = reachOf(model);
  const unknown = model.preferences.some(({ relation }) => relation?.cells.includes(UNKNOWN));
  const graded = model.preferences.some(({ relation }) =>
    relation?.cells.some((cell) => cell !== UNKNOWN && Math.abs(cell) > 1),
  );
  return {
    model,
    concepts: resultsOf(relationStability(model, { extension: "b" }, reach), concepts),
    extensions: unknown ? extensionsOf(model, reach) : undefined,
    strong: graded ? strongOf(model, reach) : undefined,
    options: { joint: "legal" },
    method: "sets of states reached by legal sequences, pair by pair of states",
  };
}

function resultsOf(
  table: Readonly<Record<BasicConcept, readonly Uint8Array[]>>,
  concepts: readonly BasicConcept[],
): Record<BasicConcept, ConceptResult> {
  const entries = concepts.map((concept) => {
    const stable = table[concept];
    return [concept, { stable, equilibria: equilibria(stable) }] as const;
  });
  return Object.fromEntries(entries) as Record<BasicConcept, ConceptResult>;
}

function extensionsOf(model: Model, reach: Reach) {
  const entries = EXTENSIONS.map((extension) => {
    return [extension, resultsOf(relationStability(model, { extension }, reach), BASIC_CONCEPTS)] as const;
  });
  return Object.fromEntries(entries) as Record<Extension, Record<BasicConcept, ConceptResult>>;
}

/** Degree from which a preference is a great one. */
const GREAT = 2;

function strongOf(model: Model, reach: Reach) {
  const { nash: _, ...strong } = resultsOf(
    relationStability(model, { extension: "b", degree: GREAT }, reach),
    BASIC_CONCEPTS,
  );
  return strong;
}

function methodOf({ moves }: Model, joint: JointMoves): string {
  if (moves.length < 3 || joint === "legal") {
    if (moves.every(({ blocks }) => blocks !== undefined)) return "block pointers: every option can be changed freely";
    if (moves.every(({ transitive }) => transitive)) return "arc search: moves of one decision maker are transitive";
    return moves.length < 3
      ? "arc search: one opponent moves once"
      : "arc search over states with their last movers: moves are not transitive";
  }
  return joint === "each-once"
    ? "each opponent at most once, as GMCR+ has it: not the definition"
    : "one move of one opponent: not the definition";
}
