import { isEmpty, restrict } from "./diagram.ts";
import type { Objective } from "./objectives.ts";
import { packageAt, utilitiesAt } from "./points.ts";
import { Search } from "./search.ts";
import { allowedOptions, type Space, unitOf } from "./space.ts";
import { TOL_POINT } from "./tolerances.ts";
import type { OpenPackage, Package } from "./types.ts";

/** A party's red lines on an issue. */
export interface RedLine {
  readonly party: string;
  readonly issue: string;
  readonly options: readonly string[];
}

/** The package that comes nearest to being acceptable to all. */
export interface ClosestPackage {
  readonly outcome: Package;
  readonly utilities: readonly number[];
  /** The least surplus over reservation, as a share of the party's range; below 0 where no package is acceptable to all. */
  readonly leastSurplus: number;
  readonly exact: boolean;
}

/** Whether there is a package that nobody who must accept refuses, and what stands against it where there is none. */
export interface Deal {
  readonly exists: boolean;
  /** One sentence. */
  readonly because: string;
  /** Red lines that together leave no package, none of which could be missing for that; empty where they leave some. */
  readonly redLines: readonly RedLine[];
  /** Parties whose reservation values no package meets together, none of which could be missing for that. */
  readonly parties: readonly string[];
  readonly closest: ClosestPackage | undefined;
  readonly exact: boolean;
}

/** Whether a deal exists, of a space that could be taken apart; see `Deal`. */
export function findDeal(space: Space): Deal {
  if (isEmpty(space.open!)) {
    const redLines = conflictingRedLines(space);
    return freeze({
      exists: false,
      because: sentenceOf(redLines),
      redLines,
      parties: [],
      closest: undefined,
      exact: true,
    });
  }
  const closest = closestPackage(space, space.acceptors);
  if (closest === undefined || closest.leastSurplus >= -TOL_POINT) {
    const because = "there are packages that nobody who must accept would refuse";
    return freeze({ exists: true, because, redLines: [], parties: [], closest, exact: closest?.exact ?? true });
  }
  const parties = conflictingParties(space).map((i) => space.compiled.domain.parties[i]!.name);
  const because =
    parties.length === 1
      ? `no deal exists: no package is worth its reservation value to ${parties[0]}`
      : `no deal exists: no package is worth their reservation values to ${listOf(parties)} together`;
  return freeze({ exists: false, because, redLines: [], parties, closest, exact: closest.exact });
}

/** The same without why: much quicker, as nothing need be best. Of a space that could be taken apart. */
export function dealExists(space: Space): boolean {
  return !isEmpty(space.open!) && new Search(space).exists();
}

function freeze(deal: Deal): Deal {
  return Object.freeze(deal);
}

/**
 * The package with the greatest least surplus over the reservation values of some parties, in shares of their ranges:
 * undefined where none of them has one. Branch and bound.
 */
export function closestPackage(space: Space, parties: readonly number[]): ClosestPackage | undefined {
  const judged = parties.filter((i) => space.reservation[i]! > Number.NEGATIVE_INFINITY);
  if (judged.length === 0) return undefined;
  const free: Space = {
    ...space,
    acceptors: judged,
    bargainers: judged,
    reservation: space.reservation.map(() => Number.NEGATIVE_INFINITY),
  };
  const objective: Objective = {
    concept: "egalitarian",
    parties: judged,
    leftOut: [],
    from: Float64Array.from(judged, (i) => space.reservation[i]!),
    per: Float64Array.from(judged, (i) => unitOf(space, i)),
    judged: "least",
  };
  const found = new Search(free).best(objective);
  if (found === undefined) return undefined;
  const { points } = found;
  let best = -1;
  let greatest = Number.NEGATIVE_INFINITY;
  for (let p = 0; p < points.size; p++) {
    const surplus = Math.min(
      ...judged.map((i) => (points.utilities[p * points.parties + i]! - space.reservation[i]!) / unitOf(space, i)),
    );
    if (surplus <= greatest) continue;
    greatest = surplus;
    best = p;
  }
  return {
    outcome: packageAt(space.compiled, points, best),
    utilities: utilitiesAt(points, best),
    leastSurplus: greatest,
    exact: found.exact,
  };
}

/** Parties whose acceptance conflicts: none can be left out without making a package acceptable to the others. */
function conflictingParties(space: Space): number[] {
  let kept = space.acceptors.filter((i) => space.reservation[i]! > Number.NEGATIVE_INFINITY);
  for (const party of kept) {
    const without = kept.filter((i) => i !== party);
    const closest = closestPackage(space, without);
    if (closest !== undefined && closest.leastSurplus < -TOL_POINT) kept = without;
  }
  return kept;
}

/** Red lines that leave no package together, of those that are locked: what can be left out is, one after the other. */
function conflictingRedLines(space: Space): RedLine[] {
  const { compiled, whole, acceptors, lock } = space;
  const { domain } = compiled;
  let kept: (RedLine & { readonly place: number })[] = acceptors.flatMap((place) =>
    Object.entries(domain.parties[place]!.redLines ?? {}).map(([issue, options]) => ({
      place,
      party: domain.parties[place]!.name,
      issue,
      options,
    })),
  );
  const leavesNone = (lines: typeof kept): boolean => {
    const allowed = allowedOptions(compiled, [], lock);
    for (const { issue, options } of lines) {
      const k = domain.issues.findIndex(({ name }) => name === issue);
      for (const option of options) allowed[k]![domain.issues[k]!.options.indexOf(option)] = 0;
    }
    return isEmpty(restrict(whole!, allowed));
  };
  if (!leavesNone(kept)) return [];
  for (const line of kept) {
    const without = kept.filter((other) => other !== line);
    if (leavesNone(without)) kept = without;
  }
  return kept.map(({ party, issue, options }) => ({ party, issue, options }));
}

function sentenceOf(redLines: readonly RedLine[]): string {
  if (redLines.length === 0) return "no package is left: the options that are locked exclude each other";
  const parties = [...new Set(redLines.map(({ party }) => party))];
  const issues = [...new Set(redLines.map(({ issue }) => issue))];
  const whose = parties.length === 1 ? `the red lines of ${parties[0]}` : `the red lines of ${listOf(parties)}`;
  return `no deal exists: ${whose} on ${listOf(issues)} exclude ${parties.length === 1 ? "every package" : "each other"}`;
}

function listOf(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** What the red lines of all parties together do to the set of packages. Never told for one party alone. */
export interface RedLineEffect {
  /** Feasible packages without red lines, and with those of all who must accept. */
  readonly without: bigint;
  readonly with: bigint;
  /** Options that they rule out together, by issue. */
  readonly ruledOut: OpenPackage;
}

/** How many packages the red lines of all parties leave. */
export function redLineEffect(space: Space, count: (space: Space) => bigint): RedLineEffect {
  const { compiled, acceptors, whole } = space;
  const allowed = allowedOptions(compiled, acceptors);
  const ruledOut = compiled.domain.issues.flatMap(({ name, options }, k) => {
    const gone = options.filter((_, option) => allowed[k]![option] === 0);
    return gone.length === 0 ? [] : [[name, gone] as const];
  });
  return Object.freeze({
    without: count({ ...space, open: whole! }),
    with: count({ ...space, open: restrict(whole!, allowed) }),
    ruledOut: Object.fromEntries(ruledOut),
  });
}
