import fc from "fast-check";
import {
  type ArcRule,
  compileModel,
  type DecisionMaker,
  type Direction,
  type Formula,
  type GraphForm,
  type Model,
  maskOf,
  type OptionForm,
  ofPattern,
} from "../../src/stability/index.ts";

/** How many decision makers a random model has. */
export interface ModelShape {
  readonly least?: number;
  readonly most?: number;
  /** Whether moves may be removed and added beside those of options, so that moves are not transitive. */
  readonly changed?: boolean;
}

const pattern = (options: number): fc.Arbitrary<Formula> =>
  fc
    .uniqueArray(fc.tuple(fc.nat(options - 1), fc.boolean()), {
      selector: ([option]) => option,
      minLength: 1,
      maxLength: 2,
    })
    .map(ofPattern);

const rules = (options: number): fc.Arbitrary<ArcRule[]> =>
  fc.array(fc.record({ from: pattern(options), to: pattern(options) }), { maxLength: 1 });

/** Payoffs from a short range, so that ties are common. */
const payoffs = (length: number): fc.Arbitrary<number[]> =>
  fc.array(fc.nat(5), { minLength: length, maxLength: length });

/** Small conflicts in option form: directed options, infeasible patterns, ties. */
export function optionForms({ least = 2, most = 3, changed = false }: ModelShape = {}): fc.Arbitrary<OptionForm> {
  const direction = fc.constantFrom<Direction>("both", "both", "forward", "back");
  return fc
    .array(fc.array(direction, { minLength: 1, maxLength: 2 }), { minLength: least, maxLength: most })
    .filter((owned) => owned.flat().length <= 5)
    .chain((owned) => {
      const options = owned.flat().length;
      const own = fc.record({
        table: payoffs(1 << options),
        removed: changed ? rules(options) : fc.constant([]),
        added: changed ? rules(options) : fc.constant([]),
      });
      return fc.record({
        owned: fc.constant(owned),
        infeasible: fc.array(pattern(options), { maxLength: 2 }),
        own: fc.array(own, { minLength: owned.length, maxLength: owned.length }),
      });
    })
    .map(({ owned, infeasible, own }) => {
      const conflict = (of: readonly DecisionMaker["preferences"][]): OptionForm => ({
        form: "options",
        decisionMakers: owned.map((directions, i) => ({
          name: `dm${i}`,
          options: directions.map((each, k) => ({ name: `o${k}`, direction: each })),
          preferences: of[i] ?? { kind: "statements", statements: [] },
          removed: own[i]?.removed ?? [],
          added: own[i]?.added ?? [],
        })),
        infeasible,
      });
      try {
        const model = compileModel(conflict([]));
        const decimals = Array.from({ length: model.size }, (_, s) => maskOf(model, s));
        return conflict(own.map(({ table }) => ({ kind: "payoffs", payoffs: decimals.map((d) => table[d] ?? 0) })));
      } catch {
        return undefined;
      }
    })
    .filter((conflict) => conflict !== undefined);
}

/** Small conflicts in graph form, with any arcs: moves are not transitive. */
export function graphForms({ least = 2, most = 3 }: ModelShape = {}): fc.Arbitrary<GraphForm> {
  return fc.tuple(fc.integer({ min: 2, max: 6 }), fc.integer({ min: least, max: most })).chain(([size, count]) => {
    const arc = fc.tuple(fc.nat(size - 1), fc.nat(size - 1));
    const own = fc.record({ arcs: fc.array(arc, { maxLength: 2 * size }), payoffs: payoffs(size) });
    return fc.array(own, { minLength: count, maxLength: count }).map((owns) => ({
      form: "graph",
      states: Array.from({ length: size }, (_, s) => `s${s}`),
      decisionMakers: owns.map(({ arcs, payoffs: of }, i) => ({
        name: `dm${i}`,
        arcs,
        preferences: { kind: "payoffs", payoffs: of },
      })),
    }));
  });
}

/** Small models of all kinds. */
export function models(shape: ModelShape = {}): fc.Arbitrary<Model> {
  return fc
    .oneof(optionForms(shape), optionForms({ ...shape, changed: true }), graphForms(shape))
    .map((conflict) => compileModel(conflict));
}

export const statesOf = ({ size }: Pick<Model, "size">): number[] => Array.from({ length: size }, (_, s) => s);

/** How much a decision maker values a state. */
export const worth = (model: Model, dm: number, state: number): number => model.preferences[dm]?.ranks[state] ?? 0;

/** Where a decision maker can move, from the definition of a move alone. */
export const movesOf = (model: Model, dm: number, state: number): number[] =>
  statesOf(model).filter((t) => model.moves[dm]?.has(state, t));

/** Where a decision maker can improve. */
export const improvementsOf = (model: Model, dm: number, state: number): number[] =>
  movesOf(model, dm, state).filter((t) => worth(model, dm, t) > worth(model, dm, state));

/** All nonempty subsets. */
export const subsetsOf = <T>(of: readonly T[]): T[][] =>
  Array.from({ length: (1 << of.length) - 1 }, (_, k) => of.filter((_each, i) => ((k + 1) >> i) & 1));

/**
 * States reached by sequences no two of which in succession are of one mover, by the inductive definition: pairs of a state and
 * a last mover are added until nothing changes.
 */
export function reachedLegally(movers: readonly ((state: number) => readonly number[])[], from: number): Set<string> {
  const pairs = new Set(movers.flatMap((of, m) => of(from).map((t) => `${t}|${m}`)));
  for (let before = -1; before < pairs.size; ) {
    before = pairs.size;
    for (const pair of [...pairs]) {
      const [t = 0, last = 0] = pair.split("|").map(Number);
      for (const [m, of] of movers.entries()) if (m !== last) for (const u of of(t)) pairs.add(`${u}|${m}`);
    }
  }
  return pairs;
}

/** The states of {@link reachedLegally}, ascending. */
export const statesReached = (pairs: ReadonlySet<string>): number[] =>
  [...new Set([...pairs].map((pair) => Number(pair.split("|")[0])))].sort((a, b) => a - b);
