import type { CompiledDomain } from "./compile.ts";
import { utilities } from "./compile.ts";
import { efficient, type Frontier } from "./frontier.ts";
import { pointsOf } from "./points.ts";
import { type Expression, PackageProgram, type ProgramAnswer, type Row, type SolveProgram } from "./program.ts";
import { allowedOptions, floorOf, type Space, unitOf, withScales } from "./space.ts";

/** A frontier had by programs: what each point rests on. */
export interface SolvedFrontier extends Frontier {
  /** Whether each point, in order, is proved undominated. */
  readonly proved: readonly boolean[];
  /** Programs solved. */
  readonly programs: number;
}

/** Utilities closer than this share of the range are one, where they are not multiples of a step. */
const FINEST = 1e-6;

/**
 * The space with the least and greatest utility of each party, by programs.
 *
 * @throws Error where the solver gives up
 */
export function solveScales(space: Space, solve: SolveProgram): Space {
  const { compiled, parties } = space;
  const program = new PackageProgram(compiled, allowedOptions(compiled, []));
  const extreme = (i: number, sign: 1 | -1): number => {
    const { constant, terms } = program.uncapped[i]!;
    const objective = terms.map(([column, value]) => [column, sign * value] as const);
    const answer = solve({ ...program, objective }, 0);
    if (answer.status !== "optimal") throw new Error(`the solver ended with ${answer.status} at a utility's range`);
    // The package's own worth, since the solver's objective is rounded.
    const value = utilities(compiled, program.packageOf(answer.values))[i]!;
    return Math.abs(value - (constant + sign * answer.objective)) > 1e-3 ? constant + sign * answer.objective : value;
  };
  const least = Float64Array.from({ length: parties }, (_, i) => Math.min(extreme(i, -1), compiled.cap[i]!));
  const greatest = Float64Array.from({ length: parties }, (_, i) => Math.min(extreme(i, 1), compiled.cap[i]!));
  return withScales({ ...space, least, greatest });
}

/** Parts of a scale that programs still tell apart. */
const FINEST_GAP = 1e-8;

/**
 * The frontier by mixed-integer programs, for utilities that cannot be taken apart.
 *
 * Between two parties whose utilities are whole multiples of a step that is not too fine, it is walked from the one's best
 * package to the other's, a program for each point. Else each program makes a sum of utilities greatest above bounds for every party; its solution is undominated, and splits the
 * region that may hold more into one for each party, bounded by what the solution gives to it (Klamroth, Lacour &
 * Vanderpooten 2015). It ends when every region is proved empty. Where utilities are whole multiples of a step, points
 * apart by a step are told apart; else by a millionth of the range.
 *
 * @param rational whether all who must accept must be as well off as without agreement
 * @param mostPoints after which it stops, and is not exact
 */
export function solvedFrontier(
  space: Space,
  solve: SolveProgram,
  rational: boolean,
  mostPoints = 10_000,
): SolvedFrontier {
  const { compiled, bargainers, allowed } = space;
  const program = new PackageProgram(compiled, allowed);
  const steps = bargainers.map((i) => stepOf(compiled, i) ?? FINEST * unitOf(space, i));
  const floors = rational ? space.acceptors.filter((i) => Number.isFinite(space.reservation[i]!)) : [];
  const floorRows = floors.map((i) => atLeast(program.utilities[i]!, floorOf(space, i)));
  const walked = bargainers.length === 2 ? walk(space, program, solve, steps, floorRows, mostPoints) : undefined;
  if (walked !== undefined) return solved(space, walked.found, rational, true, walked.programs);
  const gap = Math.min(...bargainers.map((i, j) => steps[j]! / unitOf(space, i))) / 4;
  const objective = bargainers.flatMap((i) => scaled(program.utilities[i]!, 1 / unitOf(space, i)));
  const found: FoundPoint[] = [];
  let zones: number[][] = [bargainers.map(() => Number.NEGATIVE_INFINITY)];
  let programs = 0;
  let exact = true;
  while (zones.length > 0 && found.length < mostPoints) {
    const zone = zones.pop()!;
    const rows = zone.flatMap((above, j) =>
      above === Number.NEGATIVE_INFINITY ? [] : [atLeast(program.utilities[bargainers[j]!]!, above + steps[j]! / 2)],
    );
    if (bargainers.length === 2) rows.push(...below(program, bargainers, found, zone, steps));
    const answer: ProgramAnswer = solve({ ...program, objective, rows: [...program.rows, ...floorRows, ...rows] }, gap);
    programs++;
    if (answer.status === "infeasible") continue;
    if (answer.status === "unknown") {
      exact = false;
      continue;
    }
    const outcome = program.packageOf(answer.values);
    const values = utilities(compiled, outcome);
    const at = bargainers.map((i) => values[i]!);
    const proved = answer.status === "optimal";
    exact &&= proved;
    found.push({ outcome, at, proved });
    zones = split([...zones, zone], at, steps);
  }
  exact &&= zones.length === 0;
  return solved(space, found, rational, exact, programs);
}

interface FoundPoint {
  readonly outcome: Int32Array;
  /** Utilities of those who bargain. */
  readonly at: readonly number[];
  readonly proved: boolean;
}

function solved(
  space: Space,
  found: readonly FoundPoint[],
  rational: boolean,
  exact: boolean,
  programs: number,
): SolvedFrontier {
  const { compiled } = space;
  const outcomes = new Int32Array(found.length * compiled.sizes.length);
  for (const [p, { outcome }] of found.entries()) outcomes.set(outcome, p * compiled.sizes.length);
  const points = efficient(space, pointsOf(compiled, outcomes, found.length), rational);
  const provedAt = new Map(found.map(({ outcome, proved }) => [outcome.join(), proved]));
  const proved = Array.from({ length: points.size }, (_, p) => {
    const outcome = points.outcomes.subarray(p * points.issues, (p + 1) * points.issues);
    return provedAt.get(outcome.join()) ?? false;
  });
  return { points, method: "program", exact, epsilon: 0, proved, programs };
}

/**
 * Walks the frontier of two parties: what is best for the first, and by less than a step for the second, then the same with
 * more for the second than before, until there is no more. Half the programs of dividing regions, and none of them only proves
 * a region empty but the last. Undefined where steps are too fine to be told apart, a program is given up, or there are too
 * many points.
 */
function walk(
  space: Space,
  program: PackageProgram,
  solve: SolveProgram,
  steps: readonly number[],
  floors: readonly Row[],
  mostPoints: number,
): { readonly found: readonly FoundPoint[]; readonly programs: number } | undefined {
  const { compiled, bargainers } = space;
  const [first, second] = bargainers as readonly [number, number];
  const units = bargainers.map((i) => unitOf(space, i));
  const share = steps[0]! / units[0]! / 2;
  const gap = (share * steps[1]!) / units[1]! / 4;
  if (gap < FINEST_GAP) return undefined;
  const objective = [
    ...scaled(program.utilities[first]!, 1 / units[0]!),
    ...scaled(program.utilities[second]!, share / units[1]!),
  ];
  const found: FoundPoint[] = [];
  let rows: readonly Row[] = [];
  for (let programs = 1; found.length <= mostPoints; programs++) {
    const answer = solve({ ...program, objective, rows: [...program.rows, ...floors, ...rows] }, gap);
    if (answer.status === "infeasible") return { found, programs };
    if (answer.status !== "optimal") return undefined;
    const outcome = program.packageOf(answer.values);
    const values = utilities(compiled, outcome);
    const at = bargainers.map((i) => values[i]!);
    found.push({ outcome, at, proved: true });
    const { constant, terms } = program.uncapped[first]!;
    rows = [
      atLeast(program.utilities[second]!, at[1]! + steps[1]! / 2),
      { terms, low: Number.NEGATIVE_INFINITY, high: at[0]! - steps[0]! / 2 - constant },
    ];
  }
  return undefined;
}

/**
 * Between two parties a region lies between two neighbours on the frontier, and neither party can have as much there as at
 * its better neighbour: else that would be dominated. Said to the solver, it proves regions empty several times faster.
 */
function below(
  program: PackageProgram,
  bargainers: readonly number[],
  found: readonly { readonly at: readonly number[] }[],
  zone: readonly number[],
  steps: readonly number[],
): Row[] {
  return bargainers.flatMap((party, j) => {
    const other = 1 - j;
    const neighbour = found.find(({ at }) => at[other] === zone[other]);
    if (neighbour === undefined) return [];
    const { constant, terms } = program.uncapped[party]!;
    return [{ terms, low: Number.NEGATIVE_INFINITY, high: neighbour.at[j]! - steps[j]! / 2 - constant }];
  });
}

/** Replaces each zone that holds the point by its parts beyond the point, and drops those that lie within another. */
function split(zones: readonly (readonly number[])[], at: readonly number[], steps: readonly number[]): number[][] {
  const holds = (zone: readonly number[]) => zone.every((above, j) => at[j]! > above + steps[j]! / 4);
  const kept = zones.filter((zone) => !holds(zone)).map((zone) => [...zone]);
  const parts = zones
    .filter(holds)
    .flatMap((zone) => at.map((value, j) => zone.map((above, l) => (l === j ? value : above))));
  const all = [...kept, ...parts];
  const within = (a: readonly number[], b: readonly number[]) => a.every((above, j) => above >= b[j]! - steps[j]! / 4);
  return all.filter(
    (zone, z) => !all.some((other, o) => o !== z && within(zone, other) && !(within(other, zone) && o > z)),
  );
}

function scaled({ terms }: Expression, factor: number): [number, number][] {
  return terms.map(([column, value]) => [column, value * factor]);
}

function atLeast({ constant, terms }: Expression, value: number): Row {
  return { terms, low: value - constant, high: Number.POSITIVE_INFINITY };
}

/** The step of which all of a party's utilities are multiples, apart from a constant; undefined where there is none. */
function stepOf({ domain, values, factors, parties: n, cap, bias }: CompiledDomain, i: number): number | undefined {
  const { divisor = 1 } = domain.parties[i]!.utility;
  const numbers = factors.flatMap((factor) =>
    factor.kind === "exclusion" || factor.party !== i
      ? []
      : factor.kind === "box"
        ? [factor.amount]
        : [...factor.values],
  );
  for (const value of values) for (let at = i; at < value.length; at += n) numbers.push(value[at]!);
  if (Number.isFinite(cap[i]!)) numbers.push(cap[i]! - bias[i]!);
  let step = 0;
  for (const number of numbers) {
    const whole = Math.round(number * divisor);
    if (Math.abs(number * divisor - whole) > 1e-9) return undefined;
    step = commonDivisor(step, Math.abs(whole));
  }
  return step === 0 ? undefined : step / divisor;
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}
