import { logistic, logit } from "../math/index.ts";
import { normalCdf, normalQuantile } from "../special/index.ts";
import { logitNormalMoments } from "./logit-normal-moments.ts";
import { expectFinite, expectPositive } from "./parameters.ts";
import type { LogitNormal } from "./types.ts";

/**
 * The distribution of a share between 0 and 1 whose log-odds are normal with mean mu and standard deviation sigma.
 *
 * Its mean and standard deviation have no closed form; they are integrated when first asked for, to 1e-12 relative.
 *
 * @example
 * logitNormal(0, 1).quantile(0.5); // 0.5
 */
export function logitNormal(mu: number, sigma: number): LogitNormal {
  expectFinite("mu", mu);
  expectPositive("sigma", sigma);
  let moments: { readonly mean: number; readonly sd: number } | undefined;
  const known = () => {
    moments ??= logitNormalMoments(mu, sigma);
    return moments;
  };
  const score = (x: number) => (logit(Math.max(0, Math.min(x, 1))) - mu) / sigma;
  return Object.freeze({
    kind: "logitNormal",
    mu,
    sigma,
    get mean() {
      return known().mean;
    },
    get sd() {
      return known().sd;
    },
    support: Object.freeze([0, 1] as const),
    quantile: (p) => logistic(mu + sigma * normalQuantile(p)),
    upperQuantile: (q) => logistic(mu - sigma * normalQuantile(q)),
    cdf: (x) => normalCdf(score(x)),
    survival: (x) => normalCdf(-score(x)),
  } satisfies LogitNormal);
}
