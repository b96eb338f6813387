import { ParleyError, problem } from "../core/problems/index.ts";
import { type Deal, findDeal, type RedLineEffect, redLineEffect } from "./deal.ts";
import { countPaths, isEmpty } from "./diagram.ts";
import { combinations, enumerate, MOST_ENUMERATED } from "./enumerate.ts";
import { efficient, type Frontier, hasReservations, mergedFrontier } from "./frontier.ts";
import { MOST_POINTS } from "./merge.ts";
import { type Concept, type Ideals, objectiveOf } from "./objectives.ts";
import type { SolveProgram } from "./program.ts";
import { Search } from "./search.ts";
import { idealsOf, type Opposition, oppositionOn, type Solution, solutionOn } from "./solutions.ts";
import { solvedFrontier, solveScales } from "./solve-frontier.ts";
import { allowedOptions, countPackages, makeSpace, type Space, type SpaceOptions } from "./space.ts";
import type { Domain, OpenPackage } from "./types.ts";
import { judgeProposal, type Verdict } from "./verdict.ts";
import { type Logroll, logrolls } from "./weights.ts";
import { countZopa, type Zopa, type ZopaOptions } from "./zopa.ts";

export interface AnalysisOptions extends SpaceOptions, ZopaOptions {
  /** Concepts wanted: Nash, Kalai-Smorodinsky and egalitarian unless given. Sums of utilities only when asked for. */
  readonly concepts?: readonly Concept[] | undefined;
  /** Weights of the egalitarian solution, by party. */
  readonly weights?: Readonly<Record<string, number>> | undefined;
  /** Packages to be judged, by name. */
  readonly proposals?: Readonly<Record<string, OpenPackage>> | undefined;
  /** Points beyond which a frontier is approximated: 200 000 unless given. */
  readonly mostPoints?: number | undefined;
  /** A solver, for domains too entangled to be taken apart and too large to be enumerated. */
  readonly solve?: SolveProgram | undefined;
}

/** The analysis of a domain. Utilities are undiscounted; parties and issues stand in the domain's order. */
export interface Analysis {
  readonly space: Space;
  /** All feasible packages; undefined where exclusions cannot be counted. */
  readonly outcomes: bigint | undefined;
  readonly deal: Deal;
  readonly zopa: Zopa | undefined;
  /** Undominated packages that nobody who must accept refuses; and without that condition. */
  readonly frontier: Frontier;
  readonly frontierAll: Frontier;
  readonly ideals: Ideals;
  readonly solutions: Readonly<Partial<Record<Concept, Solution | undefined>>>;
  readonly opposition: Opposition | undefined;
  readonly proposals: Readonly<Record<string, Verdict>>;
  readonly redLines: RedLineEffect | undefined;
  readonly logrolls: readonly Logroll[];
}

const CONCEPTS: readonly Concept[] = ["nash", "kalaiSmorodinsky", "egalitarian"];

/**
 * Analyses a domain: whether a deal exists, the packages that waste nothing, the focal ones, and what each party would make
 * of the proposals.
 *
 * The way is chosen by what the domain allows: its diagram, which is exact at any size for utilities that are sums over issues
 * and small groups of issues; enumeration up to ten million packages; a solver. Each result says whether it is exact.
 *
 * @throws ParleyError where something is wrong with the domain, or it needs a solver and has none
 *
 * @example
 * const values = (north, south) => ({ kind: "table", values: { north, south } });
 * const issues = [{ name: "town", options: ["north", "south"] }, { name: "port", options: ["north", "south"] }];
 * const want = (town, port) => ({
 *   issues: { town: { weight: town, values: values(1, 0) }, port: { weight: port, values: values(1, 0) } },
 * });
 * const turned = { issues: { town: { weight: 0.3, values: values(0, 1) }, port: { weight: 0.7, values: values(0, 1) } } };
 * const parties = [{ name: "north", utility: want(0.8, 0.2) }, { name: "south", utility: turned }];
 * analyse({ issues, parties }).solutions.nash.outcome; // { town: "north", port: "south" }
 */
export function analyse(domain: Domain, options: AnalysisOptions = {}): Analysis {
  const space = makeSpace(domain, options);
  const parts = space.whole !== undefined ? byDiagram(space, options) : withoutDiagram(space, options);
  const { frontier, exact } = parts;
  const weights = weightsOf(domain, options.weights);
  const wanted = options.concepts ?? CONCEPTS;
  const solutions = wanted.map((concept): [Concept, Solution | undefined] => {
    const solution = solutionOn(parts.space, frontier, concept, parts.ideals, weights);
    if (exact || solution === undefined || space.whole === undefined) return [concept, solution];
    return [concept, searched(parts.space, concept, parts.ideals, weights) ?? solution];
  });
  const proposals = Object.entries(options.proposals ?? {}).map(([name, proposal]) => [
    name,
    judgeProposal(parts.space, proposal),
  ]);
  return Object.freeze({
    space: parts.space,
    outcomes: parts.outcomes,
    deal: parts.deal,
    zopa: parts.zopa,
    frontier,
    frontierAll: parts.frontierAll,
    ideals: parts.ideals,
    solutions: Object.freeze(Object.fromEntries(solutions)),
    opposition: oppositionOn(parts.space, frontier, parts.ideals),
    proposals: Object.freeze(Object.fromEntries(proposals)),
    redLines:
      space.whole === undefined
        ? undefined
        : redLineEffect(space, (of) => (isEmpty(of.open!) ? 0n : countPaths(of.open!))),
    logrolls: logrolls(space),
  });
}

interface Parts {
  readonly space: Space;
  readonly outcomes: bigint | undefined;
  readonly deal: Deal;
  readonly zopa: Zopa | undefined;
  readonly frontier: Frontier;
  readonly frontierAll: Frontier;
  readonly ideals: Ideals;
  readonly exact: boolean;
}

function byDiagram(space: Space, options: AnalysisOptions): Parts {
  const deal = findDeal(space);
  const frontierAll = mergedFrontier(space, false, options.mostPoints ?? MOST_POINTS);
  const isSame = !hasReservations(space) && space.acceptors.length === space.bargainers.length;
  const frontier = isSame ? frontierAll : mergedFrontier(space, true, options.mostPoints ?? MOST_POINTS);
  // An approximate frontier may miss a party's best package: then it is searched for.
  const ideals = frontier.exact ? undefined : new Search(space).ideals();
  return {
    space,
    outcomes: countPackages(space),
    deal,
    zopa: countZopa(space, options),
    frontier,
    frontierAll,
    ideals: ideals ?? idealsOf(space, frontier),
    exact: frontier.exact,
  };
}

/** A concept's package by branch and bound, where the frontier is approximate. */
function searched(
  space: Space,
  concept: Concept,
  ideals: Ideals,
  weights: ArrayLike<number> | undefined,
): Solution | undefined {
  const found = new Search(space).best(objectiveOf(space, concept, ideals, weights));
  if (found === undefined) return undefined;
  const frontier: Frontier = { points: found.points, method: "merge", exact: found.exact, epsilon: 0 };
  return solutionOn(space, frontier, concept, ideals, weights);
}

function withoutDiagram(space: Space, options: AnalysisOptions): Parts {
  if (combinations(allowedOptions(space.compiled, [])) <= MOST_ENUMERATED) {
    const found = enumerate(space);
    const exactly = { low: found.acceptable, high: found.acceptable, method: "counted", standardError: 0 } as const;
    return {
      ...found,
      deal: plainDeal(found.frontier, found.frontierAll),
      zopa: { size: found.acceptable, packages: found.packages, ...exactly },
      ideals: idealsOf(found.space, found.frontier),
      exact: true,
    };
  }
  const { solve } = options;
  if (solve === undefined) throw new ParleyError([problem("needs-solver", undefined)]);
  const scaled = solveScales(space, solve);
  const frontierAll = solvedFrontier(scaled, solve, false, options.mostPoints);
  const frontier = rationalFrontier(scaled, frontierAll) ?? solvedFrontier(scaled, solve, true, options.mostPoints);
  return {
    space: scaled,
    outcomes: countPackages(scaled),
    deal: plainDeal(frontier, frontierAll),
    zopa: undefined,
    frontier,
    frontierAll,
    ideals: idealsOf(scaled, frontier),
    exact: frontier.exact,
  };
}

/**
 * The rational frontier as the part of the whole one that nobody refuses: what dominates an acceptable package is acceptable
 * too, where only those who bargain must accept. Undefined where others must too, or where the whole frontier is not exact.
 */
function rationalFrontier(space: Space, all: Frontier): Frontier | undefined {
  if (!hasReservations(space)) return all;
  if (!all.exact || space.acceptors.some((i) => !space.bargainers.includes(i))) return undefined;
  return { ...all, points: efficient(space, all.points) };
}

/** Whether a deal exists, told by the frontier: nothing is said about who stands in the way. */
function plainDeal(frontier: Frontier, all: Frontier): Deal {
  const exists = frontier.points.size > 0;
  const because = exists
    ? "there are packages that nobody who must accept would refuse"
    : all.points.size === 0
      ? "no deal exists: red lines leave no package"
      : "no deal exists: no package is worth their reservation values to all who must accept";
  return Object.freeze({ exists, because, redLines: [], parties: [], closest: undefined, exact: frontier.exact });
}

function weightsOf(
  { parties }: Domain,
  weights: Readonly<Record<string, number>> | undefined,
): Float64Array | undefined {
  return weights === undefined ? undefined : Float64Array.from(parties, ({ name }) => weights[name] ?? 1);
}
