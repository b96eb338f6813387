import { log, logit } from "../math/index.ts";
import { normalQuantile } from "../special/index.ts";
import { logitNormal } from "./logit-normal.ts";
import { lognormal } from "./lognormal.ts";
import { normal } from "./normal.ts";
import { expectFinite, invalid } from "./parameters.ts";
import type { LogitNormal, Lognormal, Normal } from "./types.ts";

/** The 95 % point of the standard normal distribution. */
const POINT_95 = normalQuantile(0.95);

/** How a 90 % interval is to be read. */
export interface IntervalOptions {
  /** The family; without it the range and the ends decide. */
  readonly kind?: "normal" | "lognormal" | "logitNormal";
  /** Least and greatest value that the field may take. */
  readonly range?: readonly [number, number];
}

/**
 * The distribution with the given 5 % and 95 % points: what people mean by "2 to 4".
 *
 * A logit-normal where the field's range lies in [0, 1], else a lognormal where both ends are positive, else a
 * normal; or the kind that is asked for. The ends of a logit-normal lie strictly between 0 and 1, those of a
 * lognormal above 0.
 *
 * @example
 * fromInterval90(2, 4).kind; // "lognormal"
 */
export function fromInterval90(
  low: number,
  high: number,
  options: IntervalOptions = {},
): Normal | Lognormal | LogitNormal {
  expectFinite("low end", low);
  expectFinite("high end", high);
  if (low >= high) throw invalid("high end", high, `a number above the low end, ${low}`);
  switch (options.kind ?? kindFor(low, options.range)) {
    case "logitNormal":
      if (low <= 0) throw invalid("low end", low, "a number strictly between 0 and 1");
      if (high >= 1) throw invalid("high end", high, "a number strictly between 0 and 1");
      return between(logit(low), logit(high), logitNormal);
    case "lognormal":
      if (low <= 0) throw invalid("low end", low, "a number above 0");
      return between(log(low), log(high), lognormal);
    default:
      return between(low, high, normal);
  }
}

function kindFor(low: number, range: readonly [number, number] | undefined): "normal" | "lognormal" | "logitNormal" {
  if (range !== undefined && range[0] >= 0 && range[1] <= 1) return "logitNormal";
  return low > 0 ? "lognormal" : "normal";
}

function between<D>(low: number, high: number, make: (centre: number, spread: number) => D): D {
  return make(0.5 * low + 0.5 * high, (0.5 * high - 0.5 * low) / POINT_95);
}
