import type { Distribution } from "../../core/distributions/index.ts";
import {
  beta,
  constant,
  exponential,
  fromInterval90,
  gamma,
  lognormal,
  mixture,
  normal,
  triangular,
  truncated,
  uniform,
} from "../../core/distributions/index.ts";
import { nearest, ParleyError } from "../../core/problems/index.ts";
import type { Unit } from "../../core/units/index.ts";
import { nearestUnit, parseUnit } from "../../core/units/index.ts";
import type { NotationFault, Term } from "./grammar.ts";
import { formatNotation, isFault, parseNotation } from "./grammar.ts";

/** An uncertain number of a case: a distribution, and how it was written. */
export interface Amount {
  /** Shortest text in the value notation that means the same. */
  readonly text: string;
  readonly distribution: Distribution;
  /** The median; the number itself where it is certain. */
  readonly central: number;
  /** Whether it is a plain number. */
  readonly certain: boolean;
  /** How much of the distribution was cut off because it lay outside the field's range; 0 for most. */
  readonly cut: number;
}

/** Whether a value of a case is an amount, and not a mapping with amounts below it. */
export function isAmount(value: object): value is Amount {
  return "distribution" in value && "central" in value && "certain" in value;
}

/** A certain number with its unit: `50 %`, `603 628 km2`, `12 months`. */
export interface Quantity {
  readonly text: string;
  readonly value: number;
  readonly unit: Unit | undefined;
}

/** The values that a field may take. */
export interface FieldRange {
  readonly low?: number;
  readonly high?: number;
  /** Whether `low` itself is excluded: a likelihood ratio is above 0. */
  readonly aboveLow?: boolean;
  /** Whether `high` itself is excluded: a prior of 1 could not be argued with. */
  readonly belowHigh?: boolean;
}

/** Values from 0 to 1: probabilities, shares, weights. */
export const UNIT_INTERVAL: FieldRange = { low: 0, high: 1 };
/** Probabilities that evidence can still move: above 0 and below 1. */
export const OPEN_INTERVAL: FieldRange = { low: 0, high: 1, aboveLow: true, belowHigh: true };
/** Values above 0: likelihood ratios and likelihoods. */
export const POSITIVE: FieldRange = { low: 0, aboveLow: true };

/** A field's range in words: `0..1`, `above 0`, `at least 0`. */
export function rangeInWords({ low, high, aboveLow = false, belowHigh = false }: FieldRange): string {
  if (low !== undefined && high !== undefined) {
    return aboveLow && belowHigh ? `above ${low} and below ${high}` : `${low}..${high}`;
  }
  if (low !== undefined) return aboveLow ? `above ${low}` : `at least ${low}`;
  return high !== undefined ? `at most ${high}` : "any number";
}

/**
 * Reads an uncertain value for a field; a fault says where and why it cannot be.
 *
 * A range `a to b` is a logit-normal where the field lies in [0, 1], else a lognormal where both ends are positive,
 * else a normal. A distribution that leaves the field's range is truncated by inversion.
 *
 * @example
 * readAmount("2 to 4", POSITIVE); // lognormal with 5 % point 2 and 95 % point 4
 */
export function readAmount(written: string | number, range: FieldRange): Amount | NotationFault {
  if (typeof written === "number") {
    const fault = outside(written, range, 0);
    return fault ?? amountOf(constant(written), String(written), 0);
  }
  const parsed = parseNotation(written);
  if (isFault(parsed)) return parsed;
  if (parsed.unit !== undefined) {
    return {
      offset: written.indexOf(parsed.unit.slice(0, 1), 1),
      detail: "a plain value belongs here, without a unit",
    };
  }
  try {
    const whole = distributionOf(parsed.term, range);
    if ("detail" in whole) return whole;
    const { distribution, cut } = confine(whole, range);
    return amountOf(distribution, formatNotation(parsed), cut);
  } catch (error) {
    if (error instanceof ParleyError) return { offset: 0, detail: parameterFault(error) };
    throw error;
  }
}

/** Reads a certain number with an optional unit; a range or a distribution is a fault here. */
export function readQuantity(written: string | number): Quantity | NotationFault {
  if (typeof written === "number") return { text: String(written), value: written, unit: undefined };
  const parsed = parseNotation(written);
  if (isFault(parsed)) return parsed;
  if (parsed.term.kind !== "number") return { offset: 0, detail: "a single number belongs here, not a range" };
  const unitText = parsed.term.percent ? `% ${parsed.unit ?? ""}`.trim() : parsed.unit;
  if (unitText === undefined) return { text: formatNotation(parsed), value: parsed.term.value, unit: undefined };
  const unit = parseUnit(unitText);
  if (unit === undefined) {
    const near = nearestUnit(unitText);
    return {
      offset: written.lastIndexOf(unitText),
      detail: `unknown unit ${unitText}`,
      hint: near === undefined ? undefined : `did you mean ${near}?`,
    };
  }
  return { text: formatNotation(parsed), value: parsed.term.value, unit };
}

/** What is wrong with a distribution's parameter, to stand inside another message. */
function parameterFault({ problems: [first] }: ParleyError): string {
  const message = first?.message ?? "invalid distribution";
  return message.replace(/^invalid (.*): (\S*) \(expected (.*)\)$/, "$1 is $2, expected $3");
}

function amountOf(distribution: Distribution, text: string, cut: number): Amount {
  const certain = distribution.kind === "constant";
  return { text, distribution, central: distribution.quantile(0.5), certain, cut };
}

function outside(value: number, range: FieldRange, offset: number): NotationFault | undefined {
  const { low = Number.NEGATIVE_INFINITY, high = Number.POSITIVE_INFINITY } = range;
  const inside = (range.belowHigh ? value < high : value <= high) && (range.aboveLow ? value > low : value >= low);
  return inside ? undefined : { offset, detail: `expected ${rangeInWords(range)}` };
}

type Maker = (values: readonly number[]) => Distribution;

const MAKERS: Readonly<Record<string, { readonly names: readonly string[]; readonly make: Maker }>> = {
  normal: { names: ["mean", "sd"], make: ([mean = 0, sd = 0]) => normal(mean, sd) },
  lognormal: { names: ["mu", "sigma"], make: ([mu = 0, sigma = 0]) => lognormal(mu, sigma) },
  beta: { names: ["alpha", "beta"], make: ([a = 0, b = 0]) => beta(a, b) },
  uniform: { names: ["low", "high"], make: ([low = 0, high = 0]) => uniform(low, high) },
  triangular: {
    names: ["low", "mode", "high"],
    make: ([low = 0, mode = 0, high = 0]) => triangular(low, mode, high),
  },
  gamma: { names: ["shape", "scale"], make: ([shape = 0, scale = 0]) => gamma(shape, scale) },
  exponential: { names: ["rate"], make: ([rate = 0]) => exponential(rate) },
};

/** Names of the distributions of the notation. */
export const DISTRIBUTION_NAMES: readonly string[] = [...Object.keys(MAKERS), "mixture"];

function distributionOf(term: Term, range: FieldRange): Distribution | NotationFault {
  if (term.kind === "number") {
    const value = term.percent ? term.value / 100 : term.value;
    return outside(value, range, 0) ?? constant(value);
  }
  if (term.kind === "range") return intervalOf(term, range);
  if (term.name === "mixture") return mixtureOf(term.terms, term.weights, range);
  const maker = Object.hasOwn(MAKERS, term.name) ? MAKERS[term.name] : undefined;
  if (maker === undefined) {
    const near = nearest(term.name, DISTRIBUTION_NAMES);
    return {
      offset: 0,
      detail: `unknown distribution ${term.name}`,
      hint: near === undefined ? `known: ${DISTRIBUTION_NAMES.join(", ")}` : `did you mean ${near}?`,
    };
  }
  const { names, make } = maker;
  const values = term.terms.map((t) => (t.kind === "number" ? (t.percent ? t.value / 100 : t.value) : Number.NaN));
  if (term.weights !== undefined || values.length !== names.length || values.some(Number.isNaN)) {
    return { offset: 0, detail: `expected ${term.name}(${names.join(", ")})` };
  }
  return make(values);
}

function intervalOf(term: Term & { kind: "range" }, range: FieldRange): Distribution | NotationFault {
  const scale = term.percent ? 0.01 : 1;
  const low = term.low * scale;
  const high = term.high * scale;
  const unit = range.low === 0 && range.high === 1;
  if (unit && low >= 0 && high <= 1 && (low === 0 || high === 1)) {
    return {
      offset: 0,
      detail: "the ends of a range stand for the 5 % and 95 % points, so they must lie strictly between 0 and 1",
      hint: `write uniform(${low}, ${high}) for a flat range`,
    };
  }
  const fault = outside(low, range, 0) ?? outside(high, range, 0);
  if (fault !== undefined) return fault;
  return fromInterval90(low, high, { kind: unit ? "logitNormal" : low > 0 ? "lognormal" : "normal" });
}

function mixtureOf(
  terms: readonly Term[],
  weights: readonly number[] | undefined,
  range: FieldRange,
): Distribution | NotationFault {
  if (terms.length === 0) return { offset: 0, detail: "expected mixture(value, value, ..., [weights])" };
  if (weights !== undefined && weights.length !== terms.length) {
    return { offset: 0, detail: `expected ${terms.length} weights, one for each part` };
  }
  const parts: Distribution[] = [];
  for (const term of terms) {
    const part = distributionOf(term, range);
    if ("detail" in part) return part;
    parts.push(part);
  }
  return mixture(parts, weights ?? parts.map(() => 1 / parts.length));
}

/** Cuts a distribution to a field's range where it reaches out of it. */
function confine(whole: Distribution, range: FieldRange): { distribution: Distribution; cut: number } {
  const { low = Number.NEGATIVE_INFINITY, high = Number.POSITIVE_INFINITY } = range;
  if (whole.support[0] >= low && whole.support[1] <= high) return { distribution: whole, cut: 0 };
  const below = low === Number.NEGATIVE_INFINITY ? 0 : whole.cdf(low);
  const above = high === Number.POSITIVE_INFINITY ? 0 : 1 - whole.cdf(high);
  return { distribution: truncated(whole, low, high), cut: below + above };
}
