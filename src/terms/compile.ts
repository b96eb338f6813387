import { ParleyError } from "../core/problems/index.ts";
import { checkDomain } from "./check.ts";
import type { Domain, IssueValue, NestedValues, OpenPackage, Party, Uncertain, Utility } from "./types.ts";

/** Options that go together on some issues: for each issue in `scope`, a flag for each of its options. */
interface Pattern {
  readonly scope: readonly number[];
  readonly within: readonly Uint8Array[];
}

/** What ties issues to one another. Values are in units of utility, divided already. */
export type Factor =
  /** Infeasible where all issues lie within. */
  | (Pattern & { readonly kind: "exclusion" })
  /** Adds `amount` to a party's utility where all issues lie within. */
  | (Pattern & { readonly kind: "box"; readonly party: number; readonly amount: number })
  /** Adds values[sum of option x stride] to a party's utility. */
  | {
      readonly kind: "table";
      readonly party: number;
      readonly scope: readonly number[];
      readonly strides: readonly number[];
      readonly values: Float64Array;
    };

/** A domain in flat arrays: utility of a party = min(cap, bias + a value for each issue + what the factors add). */
export interface CompiledDomain {
  readonly domain: Domain;
  readonly sizes: Int32Array;
  readonly parties: number;
  readonly bias: Float64Array;
  /** For each issue, values[option * parties + party]. */
  readonly values: readonly Float64Array[];
  readonly factors: readonly Factor[];
  /** The largest utility of each party, infinite where there is no cap. */
  readonly cap: Float64Array;
  /** NaN where a party has none, or one below every number. */
  readonly reservation: Float64Array;
}

/** What stands for an uncertain number: its median. */
export const central = (value: Uncertain): number => (typeof value === "number" ? value : value.quantile(0.5));

/**
 * Flattens a domain.
 *
 * @param numberOf what stands for an uncertain number of a party; its median unless given
 * @throws ParleyError with everything that `checkDomain` finds
 */
export function compileDomain(
  domain: Domain,
  numberOf: (value: Uncertain, party: number) => number = central,
): CompiledDomain {
  const problems = checkDomain(domain).filter(({ severity }) => severity === "error");
  if (problems.length > 0) throw new ParleyError(problems);
  return flatten(domain, numberOf);
}

/** The same for a domain that has been checked. */
export function flatten(domain: Domain, numberOf: (value: Uncertain, party: number) => number): CompiledDomain {
  const { issues, parties } = domain;
  const n = parties.length;
  const sizes = Int32Array.from(issues, ({ options }) => options.length);
  const values = issues.map(({ options }) => new Float64Array(options.length * n));
  const bias = new Float64Array(n);
  const cap = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
  const factors: Factor[] = (domain.exclusions ?? []).map((exclusion) => ({
    kind: "exclusion",
    ...patternOf(domain, exclusion),
  }));
  for (const [party, { utility }] of parties.entries()) {
    const number = (value: Uncertain) => numberOf(value, party);
    const { divisor = 1 } = utility;
    bias[party] = (utility.bias ?? 0) / divisor;
    cap[party] = utility.cap ?? Number.POSITIVE_INFINITY;
    for (const [k, issue] of issues.entries()) {
      const value = utility.issues?.[issue.name];
      if (value === undefined) continue;
      const weight = number(value.weight) / divisor;
      for (const option of issue.options.keys()) {
        values[k]![option * n + party] = weight * worthOf(value, issue, option, number);
      }
    }
    addFactors(domain, utility, party, number, factors, bias);
  }
  const compiled = { domain, sizes, parties: n, bias, values, factors, cap, reservation: new Float64Array(n) };
  for (const [party, stated] of parties.entries()) {
    compiled.reservation[party] = reservationOf(compiled, stated, party, numberOf);
  }
  return compiled;
}

function worthOf(
  { values }: IssueValue,
  issue: Domain["issues"][number],
  option: number,
  number: (value: Uncertain) => number,
): number {
  if (values.kind === "table") return number(values.values[issue.options[option]!]!);
  const x = issue.numbers?.[option] ?? option;
  if (values.kind === "affine") return (values.intercept ?? 0) + values.slope * x;
  return piecewise(values.points, x);
}

/** The height at x of straight lines between points that rise in the first coordinate. */
function piecewise(points: readonly (readonly [number, number])[], x: number): number {
  const next = points.findIndex(([at]) => at >= x);
  if (next < 0) return points.at(-1)![1];
  const [x1, y1] = points[next]!;
  if (next === 0 || x1 === x) return y1;
  const [x0, y0] = points[next - 1]!;
  return y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
}

function addFactors(
  domain: Domain,
  { tables = [], rectangles = [], divisor = 1 }: Utility,
  party: number,
  number: (value: Uncertain) => number,
  factors: Factor[],
  bias: Float64Array,
): void {
  for (const { over, values, weight = 1 } of tables) {
    const scope = over.map((name) => domain.issues.findIndex((issue) => issue.name === name));
    const strides: number[] = [];
    let size = 1;
    for (const issue of scope) {
      strides.push(size);
      size *= domain.issues[issue]!.options.length;
    }
    const flat = new Float64Array(size);
    const scale = number(weight) / divisor;
    fill(domain, scope, strides, values, 0, 0, (at, value) => {
      flat[at] = scale * number(value);
    });
    factors.push({ kind: "table", party, scope, strides, values: flat });
  }
  for (const { utility, kind, bounds } of rectangles) {
    const amount = utility / divisor;
    if (bounds.length === 0 || kind === "excludes") bias[party]! += amount;
    if (bounds.length === 0) continue;
    const scope = [...new Set(bounds.map(({ issue }) => issue))].map((name) =>
      domain.issues.findIndex((issue) => issue.name === name),
    );
    const within = scope.map((place) => {
      const { name, options, numbers } = domain.issues[place]!;
      const here = bounds.filter(({ issue }) => issue === name);
      return Uint8Array.from(options, (_, option) => {
        const x = numbers?.[option] ?? option;
        return here.every(({ low, high }) => x >= low && x <= high) ? 1 : 0;
      });
    });
    // To pay outside a box is to pay everywhere, and to take it back inside.
    factors.push({ kind: "box", party, amount: kind === "excludes" ? -amount : amount, scope, within });
  }
}

function fill(
  domain: Domain,
  scope: readonly number[],
  strides: readonly number[],
  values: NestedValues,
  level: number,
  at: number,
  set: (at: number, value: Uncertain) => void,
): void {
  for (const [option, below] of Object.entries(values)) {
    const here = at + domain.issues[scope[level]!]!.options.indexOf(option) * strides[level]!;
    if (level === scope.length - 1) set(here, below as Uncertain);
    else fill(domain, scope, strides, below as NestedValues, level + 1, here, set);
  }
}

/** The flags of a pattern of options; issues that it leaves out are not in its scope. */
export function patternOf(domain: Domain, options: OpenPackage): Pattern {
  const scope: number[] = [];
  const within: Uint8Array[] = [];
  for (const [place, issue] of domain.issues.entries()) {
    const wanted = Object.hasOwn(options, issue.name) ? options[issue.name] : undefined;
    if (wanted === undefined) continue;
    const names = typeof wanted === "string" ? [wanted] : wanted;
    scope.push(place);
    within.push(Uint8Array.from(issue.options, (option) => (names.includes(option) ? 1 : 0)));
  }
  return { scope, within };
}

function reservationOf(
  compiled: CompiledDomain,
  { reservation }: Party,
  party: number,
  numberOf: (value: Uncertain, party: number) => number,
): number {
  if (reservation === undefined) return Number.NaN;
  if (typeof reservation === "object" && "package" in reservation) {
    const outcome = compiled.domain.issues.map(({ name, options }) => options.indexOf(reservation.package[name] ?? ""));
    return utilities(compiled, outcome)[party]!;
  }
  const value = numberOf(reservation, party);
  return Number.isFinite(value) ? value : Number.NaN;
}

/**
 * What a package, given as the place of an option for each issue, is worth to each party.
 *
 * @param out where the utilities are written; a new array unless given
 */
export function utilities(
  { parties, bias, values, factors, cap }: CompiledDomain,
  outcome: ArrayLike<number>,
  out: Float64Array = new Float64Array(parties),
): Float64Array {
  out.set(bias);
  for (let k = 0; k < values.length; k++) {
    const at = outcome[k]! * parties;
    for (let i = 0; i < parties; i++) out[i]! += values[k]![at + i]!;
  }
  for (const factor of factors) {
    if (factor.kind === "table") {
      let at = 0;
      for (let j = 0; j < factor.scope.length; j++) at += outcome[factor.scope[j]!]! * factor.strides[j]!;
      out[factor.party]! += factor.values[at]!;
    } else if (factor.kind === "box" && lies(factor, outcome)) out[factor.party]! += factor.amount;
  }
  for (let i = 0; i < parties; i++) if (out[i]! > cap[i]!) out[i] = cap[i]!;
  return out;
}

/** Whether no exclusion forbids a package. */
export function isFeasible({ factors }: CompiledDomain, outcome: ArrayLike<number>): boolean {
  return !factors.some((factor) => factor.kind === "exclusion" && lies(factor, outcome));
}

function lies({ scope, within }: Pattern, outcome: ArrayLike<number>): boolean {
  for (let j = 0; j < scope.length; j++) if (within[j]![outcome[scope[j]!]!]! === 0) return false;
  return true;
}
