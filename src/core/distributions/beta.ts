import { betaIPair } from "../special/incomplete-beta.ts";
import { betaI, betaQuantile, betaUpperQuantile } from "../special/index.ts";
import { expectPositive } from "./parameters.ts";
import type { Beta } from "./types.ts";

/**
 * The beta distribution of a share between 0 and 1, with parameters above 0: its mean is alpha / (alpha + beta).
 *
 * @example
 * beta(2, 5).mean; // 0.2857142857142857
 */
export function beta(alpha: number, beta: number): Beta {
  expectPositive("alpha", alpha);
  expectPositive("beta", beta);
  const sum = alpha + beta;
  const mean = alpha / sum;
  const inside = (x: number) => Math.max(0, Math.min(x, 1));
  return Object.freeze({
    kind: "beta",
    alpha,
    beta,
    mean,
    sd: Math.sqrt((mean * (beta / sum)) / (sum + 1)),
    support: Object.freeze([0, 1] as const),
    quantile: (p) => betaQuantile(p, alpha, beta),
    upperQuantile: (q) => betaUpperQuantile(q, alpha, beta),
    cdf: (x) => betaI(inside(x), alpha, beta),
    survival: (x) => betaIPair(1 - inside(x), inside(x), beta, alpha),
  } satisfies Beta);
}
