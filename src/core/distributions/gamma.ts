import { gammaP, gammaQ, gammaQuantile, gammaUpperQuantile } from "../special/index.ts";
import { expectPositive } from "./parameters.ts";
import type { Gamma } from "./types.ts";

/**
 * The gamma distribution with a shape and a scale above 0: its mean is shape * scale.
 *
 * @example
 * gamma(2, 3).mean; // 6
 */
export function gamma(shape: number, scale: number): Gamma {
  expectPositive("shape", shape);
  expectPositive("scale", scale);
  const positive = (x: number) => Math.max(0, x / scale);
  return Object.freeze({
    kind: "gamma",
    shape,
    scale,
    mean: shape * scale,
    sd: Math.sqrt(shape) * scale,
    support: Object.freeze([0, Number.POSITIVE_INFINITY] as const),
    quantile: (p) => scale * gammaQuantile(p, shape),
    upperQuantile: (q) => scale * gammaUpperQuantile(q, shape),
    cdf: (x) => gammaP(shape, positive(x)),
    survival: (x) => gammaQ(shape, positive(x)),
  } satisfies Gamma);
}
