import { ParleyError } from "../core/problems/index.ts";
import { createStream, purpose, type Stream } from "../core/random/index.ts";
import { type ShareInterval, wilson } from "../core/stats/index.ts";
import { analyseStability } from "./analyse.ts";
import type { BasicConcept } from "./concepts.ts";
import { codeOf, type Model } from "./model.ts";
import { type Compared, compilePreferences } from "./preferences.ts";
import type { Preferences, Statement } from "./types.ts";

/**
 * What is uncertain about a decision maker's preferences.
 *
 * `alternatives`: one of several, each with a probability; they add up to 1. `swaps`: its statements in an order that may be
 * slightly otherwise: from the most important on, each changes places with the next with this probability.
 */
export type Uncertainty =
  | {
      readonly kind: "alternatives";
      readonly of: readonly { readonly probability: number; readonly preferences: Preferences }[];
    }
  | { readonly kind: "swaps"; readonly statements: readonly Statement[]; readonly probability: number };

export interface RobustnessOptions {
  readonly concept: BasicConcept;
  /** Draws where there are too many combinations to look at all; 2000 unless given. */
  readonly draws?: number | undefined;
  /** A whole number from 0 to 2^53 - 1; 1 unless given. */
  readonly seed?: number | undefined;
}

/** A probability: exact with an interval of no width, or a share of draws with Wilson's 95 % interval. */
export interface Robust extends ShareInterval {
  readonly exact: boolean;
}

export interface Robustness {
  readonly concept: BasicConcept;
  /** For each state, the probability that it is an equilibrium. */
  readonly equilibrium: readonly Robust[];
  /** For each decision maker and state, the probability that the state is stable for it. */
  readonly stable: readonly (readonly Robust[])[];
  /**
   * For each decision maker and state: were only its preferences other than they are thought to be, the probability that the
   * state changed from equilibrium to none or the other way round.
   */
  readonly misjudged: readonly (readonly Robust[])[];
  /** Combinations of preferences looked at, all of them where `exact`, else draws. */
  readonly looked: number;
  readonly exact: boolean;
  readonly seed: number;
  readonly method: string;
}

/** Combinations up to which all are looked at. */
const MOST_COMBINATIONS = 4096;
const DRAWS = 2000;
const TOL_SUM = 1e-9;

/** Ways in which a decision maker's preferences may be: all with their probabilities, or how to draw one. */
interface Ways {
  readonly count: number | undefined;
  at(k: number): { readonly probability: number; readonly preferences: Compared };
  draw(stream: Stream, slot: number, index: number): Compared;
}

/**
 * How surely states are equilibria where preferences are uncertain, decision makers independently of each other.
 *
 * @param uncertain by decision maker; undefined where its preferences are as the model has them
 * @throws ParleyError preference-shape where a probability is none, or those of alternatives do not add up to 1
 */
export function robustness(
  model: Model,
  uncertain: readonly (Uncertainty | undefined)[],
  options: RobustnessOptions,
): Robustness {
  const { concept, draws = DRAWS, seed = 1 } = options;
  const ways = model.preferences.map((own, dm) => waysOf(model, dm, uncertain[dm], own));
  const all = weigh(model, ways, concept, draws, seed);
  const base = stabilityOf(model, concept);
  const isBase = Uint8Array.from({ length: model.size }, (_, s) => (base.every((of) => of[s] === 1) ? 1 : 0));
  const misjudged = ways.map((own, dm) => {
    const alone = model.preferences.map((preferences, i) => (i === dm ? own : certain(preferences)));
    const { equilibrium } = weigh(model, alone, concept, draws, seed);
    return equilibrium.map((each, s) => (isBase[s] === 1 ? complement(each) : each));
  });
  return {
    concept,
    equilibrium: all.equilibrium,
    stable: all.stable,
    misjudged,
    looked: all.looked,
    exact: all.exact,
    seed,
    method: all.exact ? "all combinations of preferences" : `${all.looked} draws, Wilson 95 % intervals`,
  };
}

const complement = ({ estimate, low, high, exact }: Robust): Robust => ({
  estimate: 1 - estimate,
  low: 1 - high,
  high: 1 - low,
  exact,
});

function stabilityOf(model: Model, concept: BasicConcept): readonly Uint8Array[] {
  return analyseStability(model, { concepts: [concept] }).concepts[concept]?.stable ?? [];
}

const certain = (preferences: Compared): Ways => ({
  count: 1,
  at: () => ({ probability: 1, preferences }),
  draw: () => preferences,
});

function waysOf(model: Model, dm: number, uncertain: Uncertainty | undefined, own: Compared): Ways {
  if (uncertain === undefined) return certain(own);
  const party = model.decisionMakers[dm] ?? "";
  const compiled = (preferences: Preferences) =>
    compilePreferences(party, preferences, model.states, (s) => `state ${s + 1} (${codeOf(model, s)})`);
  if (uncertain.kind === "alternatives") {
    for (const { probability } of uncertain.of) expectProbability(party, probability);
    const total = uncertain.of.reduce((sum, { probability }) => sum + probability, 0);
    if (Math.abs(total - 1) > TOL_SUM) {
      const detail = `have alternatives whose probabilities add up to ${Number(total.toFixed(6))} (expected 1)`;
      throw ParleyError.of("preference-shape", { party, detail });
    }
    const of = uncertain.of.map(({ probability, preferences }) => ({
      probability,
      preferences: compiled(preferences),
    }));
    return {
      count: of.length,
      at: (k) => of[k]!,
      draw: (stream, slot, index) => {
        let left = stream.uniform(slot, 0, index);
        const found = of.find(({ probability }) => {
          left -= probability;
          return left < 0;
        });
        return (found ?? of[of.length - 1]!).preferences;
      },
    };
  }
  const { statements, probability } = uncertain;
  expectProbability(party, probability);
  const pairs = Math.max(0, statements.length - 1);
  const known = new Map<string, Compared>();
  const under = (swaps: (pair: number) => boolean): Compared => {
    const order = statements.map((_, k) => k);
    for (let pair = 0; pair < pairs; pair++) {
      if (swaps(pair)) [order[pair], order[pair + 1]] = [order[pair + 1]!, order[pair]!];
    }
    const key = order.join(",");
    const before = known.get(key);
    if (before !== undefined) return before;
    const fresh = compiled({ kind: "statements", statements: order.map((k) => statements[k]!) });
    known.set(key, fresh);
    return fresh;
  };
  return {
    count: pairs < 20 ? 1 << pairs : undefined,
    at: (k) => {
      let p = 1;
      for (let pair = 0; pair < pairs; pair++) p *= (k >> pair) & 1 ? probability : 1 - probability;
      return { probability: p, preferences: under((pair) => ((k >> pair) & 1) === 1) };
    },
    draw: (stream, slot, index) => under((pair) => stream.uniform(slot, pair + 1, index) < probability),
  };
}

function expectProbability(party: string, probability: number): void {
  if (probability >= 0 && probability <= 1 + TOL_SUM) return;
  throw ParleyError.of("preference-shape", { party, detail: `have a probability of ${probability} (expected 0 to 1)` });
}

interface Weighed {
  readonly equilibrium: readonly Robust[];
  readonly stable: readonly (readonly Robust[])[];
  readonly looked: number;
  readonly exact: boolean;
}

function weigh(model: Model, ways: readonly Ways[], concept: BasicConcept, draws: number, seed: number): Weighed {
  const { size } = model;
  const combinations = ways.reduce((product, { count }) => product * (count ?? Number.POSITIVE_INFINITY), 1);
  const exact = combinations <= MOST_COMBINATIONS;
  const looked = exact ? combinations : draws;
  const stream = createStream(seed, purpose("GRPH"));
  const equilibrium = new Float64Array(size);
  const stable = ways.map(() => new Float64Array(size));
  for (let k = 0; k < looked; k++) {
    let probability = 1;
    let rest = k;
    const preferences = ways.map((own, dm) => {
      if (!exact) return own.draw(stream, dm, k);
      const way = own.at(rest % own.count!);
      rest = Math.floor(rest / own.count!);
      probability *= way.probability;
      return way.preferences;
    });
    if (probability === 0) continue;
    const found = stabilityOf({ ...model, preferences }, concept);
    for (let s = 0; s < size; s++) {
      let forAll = true;
      for (let dm = 0; dm < found.length; dm++) {
        if (found[dm]![s] === 1) stable[dm]![s]! += probability;
        else forAll = false;
      }
      if (forAll) equilibrium[s]! += probability;
    }
  }
  const told = (weights: Float64Array): Robust[] =>
    Array.from(weights, (weight) => {
      if (!exact) return { ...wilson(weight, looked), exact };
      const estimate = Math.min(1, Math.max(0, weight));
      return { estimate, low: estimate, high: estimate, exact };
    });
  return { equilibrium: told(equilibrium), stable: stable.map(told), looked, exact };
}

/** What one statement of a decision maker does to the equilibria. */
export interface StatementEffect {
  readonly dm: number;
  /** Its place in the list, from 0. */
  readonly statement: number;
  /** `removed`, or `swapped` with the next. */
  readonly change: "removed" | "swapped";
  /** Equilibria that are lost, and those that come, ascending. */
  readonly lost: readonly number[];
  readonly gained: readonly number[];
}

/** Which equilibria hang on which statement: each left out in turn, and each exchanged with the next. */
export function statementEffects(
  model: Model,
  statements: readonly (readonly Statement[] | undefined)[],
  concept: BasicConcept,
): StatementEffect[] {
  const before = new Set(analyseStability(model, { concepts: [concept] }).concepts[concept]!.equilibria);
  return statements.flatMap((own, dm) =>
    (own ?? []).flatMap((_, k) => {
      const changes: [StatementEffect["change"], Statement[]][] = [["removed", own!.toSpliced(k, 1)]];
      if (k + 1 < own!.length) changes.push(["swapped", own!.toSpliced(k, 2, own![k + 1]!, own![k]!)]);
      return changes.map(([change, changed]): StatementEffect => {
        const preferences = model.preferences.with(
          dm,
          compilePreferences("", { kind: "statements", statements: changed }, model.states, String),
        );
        const after = new Set(
          analyseStability({ ...model, preferences }, { concepts: [concept] }).concepts[concept]!.equilibria,
        );
        return { dm, statement: k, change, lost: [...before.difference(after)], gained: [...after.difference(before)] };
      });
    }),
  );
}
