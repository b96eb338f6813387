import { ParleyError, problem } from "../core/problems/index.ts";
import { checkPackage } from "./check.ts";
import { type CompiledDomain, compileDomain } from "./compile.ts";
import { boundsOnward, buildDiagram, countPaths, type Diagram, isEmpty, project, restrict } from "./diagram.ts";
import { TOL_POINT, TOL_ROUNDING } from "./tolerances.ts";
import type { Domain, OpenPackage } from "./types.ts";

/** What is asked of a domain before anything is computed. */
export interface SpaceOptions {
  /** Options to which packages are held: `{territory: "line"}`; issues left out stay free. */
  readonly lock?: OpenPackage | undefined;
  /** Whether red lines remove options; true unless given. */
  readonly redLines?: boolean | undefined;
  /** Arcs beyond which a domain counts as too entangled for a decision diagram: 1 000 000 unless given. */
  readonly mostArcs?: number | undefined;
}

/** A domain made ready: who counts, what packages there are, and the scales of the parties. */
export interface Space {
  readonly compiled: CompiledDomain;
  readonly parties: number;
  /** Those who must accept, and among them those who bargain. */
  readonly acceptors: readonly number[];
  readonly bargainers: readonly number[];
  /** Options to which packages are held. */
  readonly lock: OpenPackage;
  /** Which options red lines and locks leave, by issue. */
  readonly allowed: readonly Uint8Array[];
  /** All feasible packages, red lines and locks not applied; undefined where the issues are too entangled. */
  readonly whole: Diagram | undefined;
  /** The packages that red lines and locks leave. */
  readonly open: Diagram | undefined;
  /** Least and greatest utility of each party over all feasible packages. */
  readonly least: Float64Array;
  readonly greatest: Float64Array;
  /** What is acceptable begins here: the reservation value, minus infinity without one. */
  readonly reservation: Float64Array;
  /** The reservation value where there is one of at least `least`, else `least`. */
  readonly disagreement: Float64Array;
}

/**
 * Makes a domain ready for analysis.
 *
 * @throws ParleyError where something is wrong with the domain or the lock, or exclusions leave no package
 */
export function makeSpace(domain: Domain, options: SpaceOptions = {}): Space {
  return spaceOf(compileDomain(domain), options);
}

/** The same for a compiled domain. */
export function spaceOf(compiled: CompiledDomain, options: SpaceOptions = {}): Space {
  const { lock = {}, redLines = true, mostArcs } = options;
  const { domain, parties } = compiled;
  const problems = checkPackage(domain, lock);
  if (problems.length > 0) throw new ParleyError(problems);
  const roles = domain.parties.map(({ accepts = "required" }) => accepts);
  const acceptors = [...roles.keys()].filter((i) => roles[i] !== "none");
  const allowed = allowedOptions(compiled, redLines ? acceptors : [], lock);
  const whole = buildDiagram(compiled, mostArcs);
  if (whole !== undefined && isEmpty(whole)) throw new ParleyError([problem("nothing-feasible", undefined)]);
  const least = whole === undefined ? new Float64Array(parties).fill(Number.NaN) : extreme(whole, -1);
  const greatest = whole === undefined ? new Float64Array(parties).fill(Number.NaN) : extreme(whole, 1);
  for (let i = 0; i < parties; i++) {
    least[i] = Math.min(least[i]!, compiled.cap[i]!);
    greatest[i] = Math.min(greatest[i]!, compiled.cap[i]!);
  }
  return withScales({
    compiled,
    parties,
    acceptors,
    bargainers: acceptors.filter((i) => roles[i] === "required"),
    lock,
    allowed,
    whole,
    open: whole === undefined ? undefined : restrict(whole, allowed),
    least,
    greatest,
    reservation: compiled.reservation.map((r) => (Number.isNaN(r) ? Number.NEGATIVE_INFINITY : r)),
    disagreement: new Float64Array(parties),
  });
}

/** A space with its disagreement utilities, once the least utilities are known. */
export function withScales(space: Space): Space {
  const { reservation, least } = space;
  return { ...space, disagreement: least.map((m, i) => Math.max(m, reservation[i]!)) };
}

function extreme(diagram: Diagram, sign: 1 | -1): Float64Array {
  return boundsOnward(diagram, sign)[0]!.map((value, i) => value + diagram.base[i]!);
}

/** Which options stay when the red lines of some parties and a lock have removed theirs. */
export function allowedOptions(
  { domain }: CompiledDomain,
  whose: readonly number[],
  lock: OpenPackage = {},
): Uint8Array[] {
  return domain.issues.map(({ name, options }) => {
    const held = Object.hasOwn(lock, name) ? lock[name] : undefined;
    const wanted = typeof held === "string" ? [held] : held;
    const refused = new Set(whose.flatMap((i) => domain.parties[i]!.redLines?.[name] ?? []));
    return Uint8Array.from(options, (option) =>
      !refused.has(option) && (wanted === undefined || wanted.includes(option)) ? 1 : 0,
    );
  });
}

/** What one unit of a party's scale is: its utility range, or 1 where all packages are worth the same to it. */
export function unitOf({ least, greatest }: Space, party: number): number {
  const range = greatest[party]! - least[party]!;
  return range > TOL_ROUNDING * Math.max(1, Math.abs(greatest[party]!)) ? range : 1;
}

/** Utility below which a party does not accept: its reservation value, less what counts as rounding. */
export function floorOf(space: Space, party: number): number {
  return space.reservation[party]! - TOL_POINT * unitOf(space, party);
}

/** Whether all who must accept are at least as well off as without agreement; a tie is acceptable. */
export function isRational(space: Space, values: ArrayLike<number>, at = 0): boolean {
  return space.acceptors.every((i) => values[at + i]! >= floorOf(space, i));
}

/** A floor that no package reaches. */
const IMPOSSIBLE = Number.POSITIVE_INFINITY;

/** Parties by their scales: a dimension for each class of parties whose utilities rise and fall together. */
export interface Dimensions {
  readonly diagram: Diagram;
  /** The dimension of each party of the list asked for, in its order. */
  readonly of: readonly number[];
  /** Least acceptable value in each dimension, in shares of the range, tolerance taken off; minus infinity for none. */
  readonly floor: Float64Array;
  /** Caps in shares of the range. */
  readonly ceiling: Float64Array;
}

/**
 * The diagram in shares of the parties' ranges, for the parties asked for.
 *
 * Parties whose utilities are positive affine functions of one another want the same: they share a dimension, so that
 * twenty parties with two sets of preferences are a problem of two dimensions.
 */
export function dimensionsOf(space: Space, diagram: Diagram, parties: readonly number[]): Dimensions {
  const shares = project(
    diagram,
    parties,
    parties.map((i) => space.least[i]!),
    parties.map((i) => unitOf(space, i)),
  );
  const chosen: number[] = [];
  const of = parties.map((party, j) => {
    const capped = (i: number) => Number.isFinite(space.compiled.cap[i]!);
    const same = chosen.findIndex((c) => !capped(party) && !capped(parties[c]!) && areSame(shares, c, j));
    if (same >= 0) return same;
    chosen.push(j);
    return chosen.length - 1;
  });
  const zeros = new Float64Array(chosen.length);
  const floor = zeros.slice().fill(Number.NEGATIVE_INFINITY);
  for (const [j, party] of parties.entries()) {
    const isReachable = space.compiled.cap[party]! >= floorOf(space, party);
    const share = isReachable ? (floorOf(space, party) - space.least[party]!) / unitOf(space, party) : IMPOSSIBLE;
    floor[of[j]!] = Math.max(floor[of[j]!]!, share);
  }
  const ceiling = Float64Array.from(chosen, (c) => {
    const party = parties[c]!;
    return (space.compiled.cap[party]! - space.least[party]!) / unitOf(space, party);
  });
  return { diagram: project(shares, chosen, zeros, zeros.slice().fill(1)), of, floor, ceiling };
}

/** Whether two dimensions are the same at every path: apart by a constant within each layer, and by nothing in sum. */
function areSame({ dimensions: n, base, layers }: Diagram, a: number, b: number): boolean {
  let sum = base[b]! - base[a]!;
  for (const { gain, from } of layers) {
    const apart = gain[b]! - gain[a]!;
    for (let arc = 1; arc < from.length; arc++) {
      if (Math.abs(gain[arc * n + b]! - gain[arc * n + a]! - apart) > TOL_ROUNDING) return false;
    }
    sum += apart;
  }
  return Math.abs(sum) <= layers.length * TOL_ROUNDING;
}

/** How many feasible packages there are, red lines and locks not applied; undefined where exclusions cannot be counted. */
export function countPackages({ compiled, whole }: Space): bigint | undefined {
  if (whole !== undefined) return countPaths(whole);
  if (compiled.factors.some(({ kind }) => kind === "exclusion")) return undefined;
  return compiled.sizes.reduce((product, size) => product * BigInt(size), 1n);
}
