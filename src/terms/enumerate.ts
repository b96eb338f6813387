import { type CompiledDomain, isFeasible, utilities } from "./compile.ts";
import type { Frontier } from "./frontier.ts";
import { maxima } from "./maxima.ts";
import { type PointSet, pointsOf } from "./points.ts";
import { allowedOptions, isRational, type Space, unitOf, withScales } from "./space.ts";
import { TOL_POINT, TOL_ROUNDING } from "./tolerances.ts";

/** Packages beyond which a domain is not enumerated. */
export const MOST_ENUMERATED = 10_000_000;

/** How many combinations of options there are, infeasible ones among them. */
export function combinations(allowed: readonly Uint8Array[]): number {
  return allowed.reduce((product, flags) => product * flags.reduce((sum, flag) => sum + flag, 0), 1);
}

/** What one pass over all packages tells. */
export interface Enumerated {
  readonly space: Space;
  readonly frontier: Frontier;
  readonly frontierAll: Frontier;
  /** Feasible packages, those that red lines and locks leave, and those that nobody who must accept refuses. */
  readonly outcomes: bigint;
  readonly packages: bigint;
  readonly acceptable: bigint;
}

/** Analyses a space by going through all packages: for utilities of any kind, exact. */
export function enumerate(space: Space): Enumerated {
  const { compiled } = space;
  const least = new Float64Array(space.parties).fill(Number.POSITIVE_INFINITY);
  const greatest = new Float64Array(space.parties).fill(Number.NEGATIVE_INFINITY);
  let outcomes = 0;
  forEachPackage(compiled, allowedOptions(compiled, []), (_, values) => {
    outcomes++;
    for (let i = 0; i < values.length; i++) {
      if (values[i]! < least[i]!) least[i] = values[i]!;
      if (values[i]! > greatest[i]!) greatest[i] = values[i]!;
    }
  });
  const scaled = withScales({ ...space, least, greatest });
  const rational = new Archive(scaled);
  const all = new Archive(scaled);
  let packages = 0;
  let acceptable = 0;
  forEachPackage(compiled, space.allowed, (outcome, values) => {
    packages++;
    all.add(outcome, values);
    if (!isRational(scaled, values)) return;
    acceptable++;
    rational.add(outcome, values);
  });
  const frontierOf = (archive: Archive): Frontier => ({
    points: archive.points(),
    method: "enumeration",
    exact: true,
    epsilon: 0,
  });
  return {
    space: scaled,
    frontier: frontierOf(rational),
    frontierAll: frontierOf(all),
    outcomes: BigInt(outcomes),
    packages: BigInt(packages),
    acceptable: BigInt(acceptable),
  };
}

/** Visits every feasible package of allowed options, the last issue changing fastest. */
export function forEachPackage(
  compiled: CompiledDomain,
  allowed: readonly Uint8Array[],
  visit: (outcome: Int32Array, values: Float64Array) => void,
): void {
  const options = allowed.map((flags) => Int32Array.from([...flags.keys()].filter((option) => flags[option] === 1)));
  if (options.some(({ length }) => length === 0)) return;
  const issues = options.length;
  const at = new Int32Array(issues);
  const outcome = Int32Array.from(options, ([first]) => first!);
  const values = new Float64Array(compiled.parties);
  const isFree = !compiled.factors.some(({ kind }) => kind === "exclusion");
  for (;;) {
    if (isFree || isFeasible(compiled, outcome)) visit(outcome, utilities(compiled, outcome, values));
    let k = issues - 1;
    while (k >= 0 && ++at[k]! === options[k]!.length) {
      at[k] = 0;
      outcome[k] = options[k]![0]!;
      k--;
    }
    if (k < 0) return;
    outcome[k] = options[k]![at[k]!]!;
  }
}

/** Packages that wait to be compared with the undominated ones so far. */
const WAITING = 1 << 15;

/** Keeps the undominated of the packages that are added. */
class Archive {
  readonly #space: Space;
  readonly #n: number;
  readonly #units: number[];
  #shares: Float64Array;
  #outcomes: Int32Array;
  #size = 0;
  #kept = 0;

  constructor(space: Space) {
    this.#space = space;
    this.#n = space.bargainers.length;
    this.#units = space.bargainers.map((i) => unitOf(space, i));
    this.#shares = new Float64Array(2 * WAITING * this.#n);
    this.#outcomes = new Int32Array(2 * WAITING * space.compiled.sizes.length);
  }

  add(outcome: Int32Array, values: Float64Array): void {
    const n = this.#n;
    const issues = outcome.length;
    if ((this.#size + 1) * n > this.#shares.length) {
      const shares = new Float64Array(2 * this.#shares.length);
      shares.set(this.#shares);
      this.#shares = shares;
      const outcomes = new Int32Array(2 * this.#outcomes.length);
      outcomes.set(this.#outcomes);
      this.#outcomes = outcomes;
    }
    for (let j = 0; j < n; j++)
      this.#shares[this.#size * n + j] = values[this.#space.bargainers[j]!]! / this.#units[j]!;
    this.#outcomes.set(outcome, this.#size * issues);
    this.#size++;
    if (this.#size - this.#kept >= WAITING) this.#reduce(TOL_ROUNDING);
  }

  points(): PointSet {
    this.#reduce(TOL_POINT);
    return pointsOf(this.#space.compiled, this.#outcomes, this.#size);
  }

  #reduce(tolerance: number): void {
    const n = this.#n;
    const issues = this.#space.compiled.sizes.length;
    const kept = maxima(this.#shares.subarray(0, this.#size * n), this.#size, n, tolerance).toSorted();
    for (const [to, from] of kept.entries()) {
      this.#shares.copyWithin(to * n, from * n, (from + 1) * n);
      this.#outcomes.copyWithin(to * issues, from * issues, (from + 1) * issues);
    }
    this.#size = kept.length;
    this.#kept = kept.length;
  }
}
