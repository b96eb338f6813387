import { invalid } from "../check.ts";
import { combinations, forEachPackage } from "../enumerate.ts";
import { floorOf, makeSpace, type Space, type SpaceOptions, withScales } from "../space.ts";
import type { Discount, Domain } from "../types.ts";

/** Packages beyond which a domain is too large to be negotiated step by step. */
export const MOST_NEGOTIATED = 2_000_000;

/** A domain laid out for negotiators: every package, ranked by each party that bargains or ratifies. */
export interface Arena {
  readonly space: Space;
  /** The parties at the table, as places in the domain: all who must accept. */
  readonly seats: readonly number[];
  readonly packages: number;
  /** Options of package o: outcomes[o * issues + issue]. */
  readonly outcomes: Int32Array;
  /** utilities[seat][package] */
  readonly utilities: readonly Float64Array[];
  /** Packages from the best to the worst: ranking[seat][rank]. */
  readonly ranking: readonly Int32Array[];
  /** Utilities from the best to the worst: falling[seat][rank]. */
  readonly falling: readonly Float64Array[];
  /** How many packages, from the best down, are worth the reservation value. */
  readonly acceptable: readonly number[];
  /** Reservation value of each seat; its least utility without one. */
  readonly reservation: readonly number[];
  readonly discounts: readonly (Discount | undefined)[];
}

/**
 * Lays out a domain for negotiation.
 *
 * @throws ParleyError where it has more than two million packages, or none
 */
export function makeArena(domain: Domain, options: SpaceOptions = {}): Arena {
  const rough = makeSpace(domain, options);
  const size = combinations(rough.allowed);
  if (size > MOST_NEGOTIATED)
    throw invalid("number of packages", size, `at most ${MOST_NEGOTIATED} to negotiate step by step`);
  const seats = rough.acceptors;
  const outcomes: number[] = [];
  const columns: number[][] = seats.map(() => []);
  forEachPackage(rough.compiled, rough.allowed, (outcome, values) => {
    for (const option of outcome) outcomes.push(option);
    for (const [seat, party] of seats.entries()) columns[seat]!.push(values[party]!);
  });
  const packages = columns[0]!.length;
  if (packages === 0) throw invalid("number of packages", 0, "at least one");
  const utilities = columns.map((column) => Float64Array.from(column));
  const space = rough.whole === undefined ? scaledBy(rough, utilities) : rough;
  const ranking = utilities.map((values) =>
    Int32Array.from(values, (_, o) => o).sort((a, b) => values[b]! - values[a]! || a - b),
  );
  const falling = ranking.map((order, seat) => Float64Array.from(order, (o) => utilities[seat]![o]!));
  return {
    space,
    seats,
    packages,
    outcomes: Int32Array.from(outcomes),
    utilities,
    ranking,
    falling,
    acceptable: falling.map((values, seat) => countAtLeast(values, floorOf(space, seats[seat]!))),
    reservation: seats.map((party) => space.disagreement[party]!),
    discounts: seats.map((party) => domain.parties[party]!.discount),
  };
}

function scaledBy(space: Space, utilities: readonly Float64Array[]): Space {
  const least = space.least.slice();
  const greatest = space.greatest.slice();
  for (const [seat, party] of space.acceptors.entries()) {
    least[party] = utilities[seat]!.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY);
    greatest[party] = utilities[seat]!.reduce((high, value) => Math.max(high, value), Number.NEGATIVE_INFINITY);
  }
  return withScales({ ...space, least, greatest });
}

/** How many of falling values are at least a bound: by bisection. */
export function countAtLeast(falling: Float64Array, bound: number): number {
  let low = 0;
  let high = falling.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (falling[middle]! >= bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
