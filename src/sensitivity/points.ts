import { createSobol, createStream, purpose } from "../core/random/index.ts";
import { expectCount, invalid } from "./check.ts";
import type { Subject } from "./subject.ts";

/** Writes draw n of matrix A (0) or B (1) to the places of a vector that vary. */
export type Points = (matrix: number, n: number, out: Float64Array) => void;

/** How the draws of a plan are made: by chance, or from scrambled Sobol sequences. */
export interface PointSet {
  readonly points: Points;
  /** Into how many independent groups the draws fall, n mod groups; 0 where each draw is independent. */
  readonly groups: number;
}

/** Most coordinates that a Sobol sequence has here. */
const MOST_COORDINATES = 1111;

/** Independent draws by address. */
export function randomPoints(subject: Subject): PointSet {
  return { points: subject.draws(), groups: 0 };
}

/**
 * Points of independently scrambled Sobol sequences: draw n is point floor(n / scrambles) of sequence n mod scrambles.
 *
 * A and B are the two halves of one sequence's coordinates (Saltelli et al. 2010). The spread among the scrambles gives
 * the standard errors (Owen 1995), as draws of one sequence are not independent.
 */
export function scrambledPoints(subject: Subject, draws: number, scrambles: number): PointSet {
  const { inputs, seed } = subject;
  const k = inputs.length;
  expectCount("scrambles", scrambles, 2);
  const each = draws / scrambles;
  if (!isPowerOfTwo(each)) {
    throw invalid("draws", draws, `${scrambles} scrambles times a power of two`);
  }
  if (2 * k > MOST_COORDINATES) {
    throw invalid("number of inputs", k, `at most ${Math.floor(MOST_COORDINATES / 2)} for Sobol points`);
  }
  const first = purpose("QMC0");
  const sequences = Array.from({ length: scrambles }, (_, r) =>
    createSobol(2 * k, { scramble: createStream(seed, first + r) }),
  );
  const point = new Float64Array(2 * k);
  let held = -1;
  const points: Points = (matrix, n, out) => {
    if (held !== n) sequences[n % scrambles]!.point(Math.floor(n / scrambles), point);
    held = n;
    for (let j = 0; j < k; j++) {
      const { name, place, distribution } = inputs[j]!;
      const value = distribution.quantile(point[matrix * k + j]!);
      if (!Number.isFinite(value)) throw invalid(`draw of ${name}`, value, "a finite number");
      out[place] = value;
    }
  };
  return { points, groups: scrambles };
}

function isPowerOfTwo(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= 1073741824 && (value & (value - 1)) === 0;
}
