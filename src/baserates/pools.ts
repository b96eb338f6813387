import { exp, log } from "../core/math/index.ts";
import { ParleyError } from "../core/problems/index.ts";

/** What one source says: the chance of each hypothesis, adding up to 1. */
export interface PoolMember {
  readonly name: string;
  readonly chances: Readonly<Record<string, number>>;
  /** At least 0; see {@link scoreWeights}. Equal for all unless given. */
  readonly weight?: number | undefined;
}

/**
 * - `linear`: the weighted mean (Stone 1961). What one thinks possible stays possible.
 * - `logarithmic`: the weighted geometric mean, normalised (Genest & Zidek 1986, Statistical Science 1, 114-135). It is
 *   externally Bayesian: new evidence that all accept may come before or after pooling. A chance of 0 is a veto.
 * - `extremised`: the logarithmic pool sharpened (see {@link extremise}); of two hypotheses that is the weighted mean of
 *   log-odds times the exponent (Satopaa et al. 2014, International Journal of Forecasting 30, 344-356).
 */
export type PoolMethod = "linear" | "logarithmic" | "extremised";

export interface PoolOptions {
  /** For `extremised` alone, which needs it: 1 changes nothing, more goes away from even chances. */
  readonly exponent?: number | undefined;
  /**
   * Chances below this are raised to it, and the rest made to add up again, before pooling; 0, that is none, unless
   * given.
   */
  readonly floor?: number | undefined;
}

/** A pool, with what was pooled, as plain data. */
export interface Pool {
  readonly method: PoolMethod;
  readonly chances: Readonly<Record<string, number>>;
  /** By source, adding up to 1. */
  readonly weights: Readonly<Record<string, number>>;
  readonly exponent: number;
  readonly floor: number;
  /** Hypotheses that a source with weight rules out, and so the pool. */
  readonly vetoed: readonly string[];
}

/** Chances add up to 1 within this. */
const ROUNDING = 1e-9;

/**
 * Pools what several sources say of the same hypotheses.
 *
 * A pool takes its sources as separate: an estimate that another already starts from does not belong in it
 * (docs/baserates.md). A source with weight 0 has no say, and no veto. A chance of 1 is one of 0 for all other
 * hypotheses.
 *
 * Throws `pool-opposed` where every hypothesis is ruled out by somebody; `invalid-parameter` for chances that do not add
 * up, sources that differ in their hypotheses or have no weight at all.
 *
 * @example
 * const said = [{ name: "a", chances: { yes: 0.2, no: 0.8 } }, { name: "b", chances: { yes: 0.6, no: 0.4 } }];
 * pool("linear", said).chances.yes; // 0.4
 */
export function pool(method: PoolMethod, members: readonly PoolMember[], options: PoolOptions = {}): Pool {
  const { floor = 0, exponent = 1 } = options;
  const hypotheses = hypothesesOf(members);
  if (method === "extremised" ? !(options.exponent !== undefined && exponent > 0) : exponent !== 1) {
    const expected = method === "extremised" ? "a number above 0" : "none but for an extremised pool";
    throw ParleyError.of("invalid-parameter", { name: "exponent", value: String(options.exponent), expected });
  }
  if (!(floor >= 0 && floor * hypotheses.length < 1)) {
    const expected = `a number from 0 to below 1/${hypotheses.length}`;
    throw ParleyError.of("invalid-parameter", { name: "floor", value: floor, expected });
  }
  const weights = normalised(members);
  const given = members.map(({ chances }) =>
    raised(
      hypotheses.map((hypothesis) => chances[hypothesis] ?? 0),
      floor,
    ),
  );
  const geometric = method !== "linear";
  const vetoed = geometric
    ? hypotheses.filter((_, h) => given.some((chances, i) => weights[i]! > 0 && chances[h] === 0))
    : [];
  if (vetoed.length === hypotheses.length) throw ParleyError.of("pool-opposed", undefined);
  const scores = hypotheses.map((hypothesis, h) => {
    if (vetoed.includes(hypothesis)) return Number.NEGATIVE_INFINITY;
    let sum = 0;
    for (const [i, chances] of given.entries()) {
      if (weights[i] === 0) continue;
      sum += weights[i]! * (geometric ? log(chances[h]!) : chances[h]!);
    }
    return sum;
  });
  const pooled = geometric ? ofLogarithms(scores, exponent) : scores;
  return Object.freeze({
    method,
    chances: Object.fromEntries(hypotheses.map((hypothesis, h) => [hypothesis, pooled[h]!])),
    weights: Object.fromEntries(members.map(({ name }, i) => [name, weights[i]!])),
    exponent,
    floor,
    vetoed,
  });
}

/**
 * Chances to a power, made to add up again: above 1 it sharpens, making up for what each source left unsaid of what all
 * know (Baron et al. 2014, Decision Analysis 11, 133-145); below 1 it blunts. 0 and 1 stay as they are.
 *
 * @example
 * extremise({ yes: 0.8, no: 0.2 }, 2).yes; // 0.9411764705882353
 */
export function extremise(
  chances: Readonly<Record<string, number>>,
  exponent: number,
): Readonly<Record<string, number>> {
  const hypotheses = hypothesesOf([{ name: "the forecast", chances }]);
  if (!(exponent > 0 && exponent < Number.POSITIVE_INFINITY)) {
    throw ParleyError.of("invalid-parameter", { name: "exponent", value: exponent, expected: "a number above 0" });
  }
  const out = ofLogarithms(
    hypotheses.map((hypothesis) => log(chances[hypothesis] ?? 0)),
    exponent,
  );
  return Object.freeze(Object.fromEntries(hypotheses.map((hypothesis, h) => [hypothesis, out[h]!])));
}

/**
 * Weights of sources by how they did: proportional to exp(-k x mean log score), a loss; equal until every source has a
 * score. With k = 1 a source whose score is less by log 2 has twice the weight; with k the number of questions they are
 * posterior chances of which source is right.
 *
 * Throws `invalid-parameter` for a k below 0 or a score that is no number.
 */
export function scoreWeights(scores: readonly (number | undefined)[], k = 1): number[] {
  if (!(k >= 0 && k < Number.POSITIVE_INFINITY)) {
    throw ParleyError.of("invalid-parameter", { name: "k", value: k, expected: "a finite number from 0" });
  }
  const known = scores.filter((score) => score !== undefined);
  if (known.length < scores.length || known.length === 0) return scores.map(() => 1 / scores.length);
  const wrong = known.find((score) => !Number.isFinite(score));
  if (wrong !== undefined) {
    throw ParleyError.of("invalid-parameter", { name: "score", value: wrong, expected: "a finite number" });
  }
  const best = known.reduce((least, score) => Math.min(least, score));
  const weights = known.map((score) => exp(-k * (score - best)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

function hypothesesOf(members: readonly PoolMember[]): readonly string[] {
  const [first] = members;
  if (first === undefined) {
    throw ParleyError.of("invalid-parameter", { name: "sources", value: 0, expected: "at least 1" });
  }
  const hypotheses = Object.keys(first.chances);
  const names = new Set<string>();
  for (const { name, chances } of members) {
    if (names.has(name))
      throw ParleyError.of("invalid-parameter", { name: "source", value: name, expected: "each once" });
    names.add(name);
    const own = Object.keys(chances);
    if (own.length !== hypotheses.length || own.some((hypothesis) => !Object.hasOwn(first.chances, hypothesis))) {
      const expected = hypotheses.join(", ");
      throw ParleyError.of("invalid-parameter", { name: `hypotheses of ${name}`, value: own.join(", "), expected });
    }
    let sum = 0;
    for (const [hypothesis, chance] of Object.entries(chances)) {
      if (!(chance >= 0 && chance <= 1)) {
        const expected = "a number from 0 to 1";
        throw ParleyError.of("invalid-parameter", {
          name: `chance of ${hypothesis} by ${name}`,
          value: chance,
          expected,
        });
      }
      sum += chance;
    }
    if (!(Math.abs(sum - 1) <= ROUNDING)) {
      throw ParleyError.of("invalid-parameter", { name: `sum of chances by ${name}`, value: sum, expected: "1" });
    }
  }
  return hypotheses;
}

function normalised(members: readonly PoolMember[]): number[] {
  for (const { name, weight = 1 } of members) {
    if (weight >= 0 && weight < Number.POSITIVE_INFINITY) continue;
    const expected = "a finite number from 0";
    throw ParleyError.of("invalid-parameter", { name: `weight of ${name}`, value: weight, expected });
  }
  const total = members.reduce((sum, { weight = 1 }) => sum + weight, 0);
  if (total > 0) return members.map(({ weight = 1 }) => weight / total);
  throw ParleyError.of("invalid-parameter", { name: "weights", value: 0, expected: "at least one above 0" });
}

/** Chances raised to a floor; those above it give what that takes, in proportion to how far they are above. */
function raised(chances: readonly number[], floor: number): readonly number[] {
  const above = chances.reduce((sum, chance) => sum + Math.max(0, chance - floor), 0);
  const share = (1 - floor * chances.length) / above;
  if (chances.every((chance) => chance >= floor)) return chances;
  return chances.map((chance) => floor + Math.max(0, chance - floor) * share);
}

/** Chances proportional to exp(exponent x scores). */
function ofLogarithms(scores: readonly number[], exponent: number): number[] {
  const most = scores.reduce((max, score) => Math.max(max, score));
  const chances = scores.map((score) => exp(exponent * (score - most)));
  const total = chances.reduce((sum, chance) => sum + chance, 0);
  return chances.map((chance) => chance / total);
}
