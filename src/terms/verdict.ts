import { ParleyError } from "../core/problems/index.ts";
import { checkPackage, invalid } from "./check.ts";
import { isFeasible, utilities } from "./compile.ts";
import { type ClosestPackage, closestPackage, dealExists } from "./deal.ts";
import { contributions } from "./decompose.ts";
import { isEmpty, project, restrict } from "./diagram.ts";
import { combinations, forEachPackage, MOST_ENUMERATED } from "./enumerate.ts";
import { extremePackage } from "./extremes.ts";
import { bestPath, linearBound, packageOfArcs } from "./linear.ts";
import { type NearestPackage, nearestPackages } from "./nearest.ts";
import type { Objective } from "./objectives.ts";
import { namesOf, packageAt, utilitiesAt } from "./points.ts";
import { Search } from "./search.ts";
import { allowedOptions, floorOf, type Space, unitOf } from "./space.ts";
import { TOL_POINT } from "./tolerances.ts";
import type { Acceptance, OpenPackage, Package } from "./types.ts";

/** A figure for the worst and the best way to fill in what a proposal leaves open; equal where nothing is open. */
export interface Span {
  readonly worst: number;
  readonly best: number;
}

/** What a party would make of a proposal. */
export interface PartyVerdict {
  readonly party: string;
  readonly role: Acceptance;
  readonly utility: Span;
  /** Utility over the reservation value; infinite without one. */
  readonly surplus: Span;
  /** Whether it would accept: `depends` on how what is open is filled in. */
  readonly accepts: "yes" | "no" | "depends";
  /** Options of the proposal, the only ones left on their issue, that cross its red lines. */
  readonly redLines: Package;
  /** What is missing to its reservation value at its best completion: 0 where it accepts. */
  readonly shortfall: number;
  /**
   * The issues responsible: each issue's part in what the party gives up against the package it likes best, scaled so that
   * the parts add up to the shortfall. Empty without one, and where the proposal is that package itself. A part is negative
   * where the proposal is better on its issue.
   */
  readonly issues: Readonly<Record<string, number>>;
}

export interface Verdict {
  /** Issues that the proposal leaves open. */
  readonly open: readonly string[];
  /** Whether exclusions allow it, in some completion. */
  readonly feasible: boolean;
  /** One for each party of the domain, in its order. */
  readonly parties: readonly PartyVerdict[];
  /** Whether it, or some completion, is acceptable to all who must accept, red lines heeded; null where that is not known. */
  readonly acceptable: boolean | null;
  /** The completion that comes nearest to being acceptable to all; undefined where red lines leave none. */
  readonly completion: ClosestPackage | undefined;
  /** A package that is at least as good for all who must accept and better for one; undefined where there is none. */
  readonly dominatedBy: { readonly outcome: Package; readonly utilities: readonly number[] } | undefined;
  /** Packages near it that nobody who must accept refuses; empty where it is such a package itself, or there is none. */
  readonly nearest: readonly NearestPackage[];
}

export interface VerdictOptions {
  /** Whether the packages near it are searched; true unless given. */
  readonly nearest?: boolean | undefined;
  /** How many of them: 4 unless given. */
  readonly most?: number | undefined;
}

/**
 * What each party would make of a proposal, who would not accept it and on what, and what would do better.
 *
 * @throws ParleyError where the proposal names an unknown issue or option, or, in a domain that cannot be taken apart, has over
 * ten million completions
 */
export function judgeProposal(space: Space, proposal: OpenPackage, options: VerdictOptions = {}): Verdict {
  const { proposed, ...heard } = hear(space, proposal);
  const { feasible, parties } = heard;
  if (space.open === undefined) {
    const acceptable = unsearched(space, feasible, parties);
    return Object.freeze({ ...heard, acceptable, completion: undefined, dominatedBy: undefined, nearest: [] });
  }
  const held = heldTo(space, proposed);
  const completion = isEmpty(held.open!) ? undefined : (closestPackage(held, space.acceptors) ?? anyPackage(held));
  const acceptable = completion !== undefined && completion.leastSurplus >= -TOL_POINT;
  const reference = completion?.utilities ?? parties.map(({ utility }) => utility.best);
  const wantsNearest = !acceptable && options.nearest !== false;
  return Object.freeze({
    ...heard,
    acceptable,
    completion,
    dominatedBy: feasible && completion !== undefined ? dominator(space, completion.utilities) : undefined,
    nearest: wantsNearest ? nearestPackages(space, proposed, reference, options.most) : [],
  });
}

/**
 * Whether a proposal is acceptable, and to whom: what `judgeProposal` says of it, without the packages near it, and much
 * quicker.
 *
 * @throws ParleyError as `judgeProposal` does
 */
export function acceptanceOf(space: Space, proposal: OpenPackage): Pick<Verdict, "acceptable" | "parties"> {
  const { proposed, feasible, parties } = hear(space, proposal);
  if (space.open === undefined) return { acceptable: unsearched(space, feasible, parties), parties };
  // One who would refuse every completion settles it.
  const refused = space.acceptors.some((i) => parties[i]!.accepts === "no");
  return { acceptable: !refused && dealExists(heldTo(space, proposed)), parties };
}

/** What each party makes of a proposal by itself. */
function hear(space: Space, proposal: OpenPackage) {
  const { compiled } = space;
  const { domain } = compiled;
  const problems = checkPackage(domain, proposal);
  if (problems.length > 0) throw new ParleyError(problems);
  const proposed = allowedOptions(compiled, [], proposal);
  const open = domain.issues.filter((_, k) => count(proposed[k]!) !== 1).map(({ name }) => name);
  const outcome = Int32Array.from(proposed, (flags) => flags.indexOf(1));
  const ends = open.length === 0 ? undefined : completions(space, proposed);
  const feasible = open.length === 0 ? isFeasible(compiled, outcome) : ends !== undefined;
  const parties = domain.parties.map((_, i) => judge(space, i, proposed, ends?.[i] ?? [outcome, outcome]));
  return { proposed, open, feasible, parties };
}

/** What exclusions and the red lines of all leave of a proposal. */
function heldTo(space: Space, proposed: readonly Uint8Array[]): Space {
  return { ...space, open: restrict(space.open!, proposed), allowed: both(space.allowed, proposed) };
}

function count(flags: Uint8Array): number {
  return flags.reduce((sum, flag) => sum + flag, 0);
}

function both(a: readonly Uint8Array[], b: readonly Uint8Array[]): Uint8Array[] {
  return a.map((flags, k) => flags.map((flag, option) => flag & b[k]![option]!));
}

/** Whether a proposal is acceptable as far as the parties' own verdicts tell, which is all there is without a diagram. */
function unsearched(space: Space, feasible: boolean, parties: readonly PartyVerdict[]): boolean | null {
  const must = space.acceptors.map((i) => parties[i]!);
  if (must.some(({ accepts }) => accepts === "no")) return false;
  return feasible && must.every(({ accepts }) => accepts === "yes") ? true : null;
}

/** Any package of a space in which nobody has a reservation value. */
function anyPackage({ compiled, open }: Space): ClosestPackage {
  const diagram = open!;
  const arcs = bestPath(
    diagram,
    linearBound(diagram, new Float64Array(diagram.dimensions)),
    new Float64Array(diagram.dimensions),
  );
  const outcome = packageOfArcs(diagram, arcs);
  const values = Array.from(utilities(compiled, outcome));
  return {
    outcome: namesOf(compiled, outcome),
    utilities: values,
    leastSurplus: Number.POSITIVE_INFINITY,
    exact: true,
  };
}

/** For each party the worst and the best feasible way to fill in what is open; undefined where there is none. */
function completions(space: Space, proposed: readonly Uint8Array[]): [Int32Array, Int32Array][] | undefined {
  const { whole, parties } = space;
  if (whole === undefined) return enumeratedCompletions(space, proposed);
  const diagram = restrict(whole, proposed);
  if (isEmpty(diagram)) return undefined;
  return Array.from({ length: parties }, (_, i) => {
    const end = (sign: 1 | -1): Int32Array => {
      const single = project(diagram, [i], [0], [sign]);
      return packageOfArcs(single, bestPath(single, linearBound(single, Float64Array.of(1)), new Float64Array(1)));
    };
    return [end(-1), end(1)];
  });
}

/** The same by going through all completions. */
function enumeratedCompletions(space: Space, proposed: readonly Uint8Array[]): [Int32Array, Int32Array][] | undefined {
  const count = combinations(proposed);
  if (count > MOST_ENUMERATED) throw invalid("completions of a proposal", count, `at most ${MOST_ENUMERATED}`);
  const ends: [Int32Array, Int32Array][] = [];
  const values: [number, number][] = [];
  forEachPackage(space.compiled, proposed, (outcome, worths) => {
    for (let i = 0; i < space.parties; i++) {
      const worth = worths[i]!;
      if (values[i] === undefined) {
        values[i] = [worth, worth];
        ends[i] = [outcome.slice(), outcome.slice()];
      } else if (worth < values[i]![0]) {
        values[i]![0] = worth;
        ends[i]![0] = outcome.slice();
      } else if (worth > values[i]![1]) {
        values[i]![1] = worth;
        ends[i]![1] = outcome.slice();
      }
    }
  });
  return ends.length === 0 ? undefined : ends;
}

function judge(
  space: Space,
  party: number,
  proposed: readonly Uint8Array[],
  [worst, best]: readonly [Int32Array, Int32Array],
): PartyVerdict {
  const { compiled, reservation } = space;
  const { name, accepts: role = "required", redLines = {} } = compiled.domain.parties[party]!;
  const utility = { worst: utilities(compiled, worst)[party]!, best: utilities(compiled, best)[party]! };
  const r = reservation[party]!;
  const crossed: Record<string, string> = {};
  let mayCross = false;
  for (const [k, issue] of compiled.domain.issues.entries()) {
    const refused = redLines[issue.name] ?? [];
    const options = issue.options.filter((_, option) => proposed[k]![option] === 1);
    const left = options.filter((option) => !refused.includes(option));
    if (left.length === 0) crossed[issue.name] = options[0]!;
    else if (left.length < options.length) mayCross = true;
  }
  const floor = floorOf(space, party);
  const refuses = utility.best < floor || Object.keys(crossed).length > 0;
  const isSure = utility.worst >= floor && !mayCross;
  const shortfall = utility.best < floor ? r - utility.best : 0;
  return {
    party: name,
    role,
    utility,
    surplus: { worst: utility.worst - r, best: utility.best - r },
    accepts: refuses ? "no" : isSure ? "yes" : "depends",
    redLines: crossed,
    shortfall,
    issues: shortfall > 0 ? partsOf(space, party, best, shortfall) : {},
  };
}

/** The shortfall by issue, in proportion to what each issue lacks against the party's best package. */
function partsOf(
  space: Space,
  party: number,
  outcome: Int32Array,
  shortfall: number,
): Readonly<Record<string, number>> {
  const { compiled } = space;
  const lacks = contributions(compiled, party, outcome, extremePackage(space, party, 1));
  const sum = lacks.reduce((total, lack) => total + lack, 0);
  const parts = compiled.domain.issues.flatMap(({ name }, k): [string, number][] =>
    Math.abs(lacks[k]!) <= TOL_POINT * unitOf(space, party) ? [] : [[name, lacks[k]!]],
  );
  const kept = parts.reduce((total, [, lack]) => total + lack, 0);
  if (!(sum > 0) || !(kept > 0)) return {};
  return Object.fromEntries(parts.map(([issue, lack]) => [issue, (lack * shortfall) / kept]));
}

/** A package that all who must accept like at least as well as given utilities, and one of them better. */
function dominator(space: Space, values: readonly number[]): Verdict["dominatedBy"] {
  const better: Space = { ...space, bargainers: space.acceptors, reservation: Float64Array.from(values) };
  const objective: Objective = {
    concept: "relativeUtilitarian",
    parties: space.acceptors,
    leftOut: [],
    from: Float64Array.from(space.acceptors, (i) => values[i]!),
    per: Float64Array.from(space.acceptors, (i) => unitOf(space, i)),
    judged: "sum",
  };
  const found = new Search(better).best(objective);
  if (found === undefined) return undefined;
  const { points } = found;
  for (let p = 0; p < points.size; p++) {
    const at = p * points.parties;
    const isBetter = space.acceptors.some((i) => points.utilities[at + i]! > values[i]! + TOL_POINT * unitOf(space, i));
    if (isBetter) return { outcome: packageAt(space.compiled, points, p), utilities: utilitiesAt(points, p) };
  }
  return undefined;
}
