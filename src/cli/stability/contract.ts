import {
  type Analysis,
  type BasicConcept,
  type ConceptResult,
  codeOf,
  type Extension,
  type Model,
  maskOf,
} from "../../stability/index.ts";
import type { StabilitySubject } from "./target.ts";

/** Moves above which they are counted and not listed: a listing would not fit into memory, nor serve a reader. */
export const MOST_LISTED_MOVES = 2_000_000;

/** Names that tell decision makers apart: a second of the same name carries its number. */
export function distinctNames(names: readonly string[]): string[] {
  return names.map((name, i) => (names.indexOf(name) === i ? name : `${name} (${i + 1})`));
}

const ids = (states: Iterable<number>): number[] => Array.from(states, (state) => state + 1);

/** The contract of `parley stability --json`, with more fields beside it. */
export function stabilityContract(subject: StabilitySubject, analysis: Analysis) {
  const { model, names, situations, statusQuo } = subject;
  const decisionMakers = distinctNames(model.decisionMakers);
  const byName = <T>(value: (dm: number) => T): Record<string, T> =>
    Object.fromEntries(decisionMakers.map((name, dm) => [name, value(dm)]));
  const moves = model.moves.reduce((sum, { count }) => sum + count, 0);
  const listed = moves <= MOST_LISTED_MOVES;
  const tables = conceptTables(analysis.concepts, byName);
  return {
    title: subject.title,
    decisionMakers,
    options: model.options.map(({ name, owner, direction }) => ({
      name,
      owner: decisionMakers[owner] ?? "",
      direction,
    })),
    names: { decisionMakers: [...names.decisionMakers], options: [...names.options] },
    states: Array.from({ length: model.size }, (_, s) => ({
      id: s + 1,
      mask: maskOf(model, s),
      code: codeOf(model, s),
    })),
    moves: listed ? byName((dm) => listMoves(model, dm)) : null,
    movesCount: byName((dm) => model.moves[dm]?.count ?? 0),
    payoffs: byName((dm) => Array.from(model.preferences[dm]?.ranks ?? [])),
    ...tables,
    extensions:
      analysis.extensions === undefined
        ? null
        : Object.fromEntries(
            (Object.entries(analysis.extensions) as [Extension, Analysis["concepts"]][]).map(
              ([extension, concepts]) => [extension, conceptTables(concepts, byName)],
            ),
          ),
    strong: analysis.strong === undefined ? null : conceptTables(analysis.strong, byName),
    statusQuo: statusQuo === undefined ? null : statusQuo + 1,
    situations: situations.map(({ id, name, states }) => ({ id, name, states: ids(states) })),
    method: analysis.method,
    analysisOptions: { ...analysis.options },
    notes: [...subject.notes],
  };
}

function conceptTables<T>(
  concepts: Readonly<Partial<Record<string, ConceptResult>>>,
  byName: (value: (dm: number) => boolean[]) => Record<string, T>,
) {
  const entries = Object.entries(concepts) as [BasicConcept, ConceptResult][];
  return {
    stability: Object.fromEntries(
      entries.map(([concept, { stable }]) => [
        concept,
        byName((dm) => Array.from(stable[dm] ?? [], (each) => each === 1)),
      ]),
    ),
    equilibria: Object.fromEntries(entries.map(([concept, each]) => [concept, ids(each.equilibria)])),
  };
}

function listMoves(model: Model, dm: number): [from: number, to: number][] {
  const scratch = new Int32Array(model.size);
  const list: [number, number][] = [];
  for (let s = 0; s < model.size; s++) {
    const n = model.moves[dm]?.from(s, scratch) ?? 0;
    for (let k = 0; k < n; k++) list.push([s + 1, (scratch[k] ?? 0) + 1]);
  }
  return list;
}

/** The contract of `parley stability --summary --json`: counts alone, for big models. */
export function summaryContract({ model }: StabilitySubject, analysis: Analysis, ms: number) {
  const decisionMakers = distinctNames(model.decisionMakers);
  const entries = Object.entries(analysis.concepts) as [BasicConcept, ConceptResult][];
  const count = (of: Uint8Array | undefined): number => of?.reduce((sum, each) => sum + each, 0) ?? 0;
  return {
    states: model.size,
    stable: Object.fromEntries(
      entries.map(([concept, { stable }]) => [
        concept,
        Object.fromEntries(decisionMakers.map((name, dm) => [name, count(stable[dm])])),
      ]),
    ),
    equilibria: Object.fromEntries(entries.map(([concept, each]) => [concept, each.equilibria.length])),
    ms,
  };
}
