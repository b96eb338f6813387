import {
  beta,
  type Distribution,
  drawInto,
  exponential,
  fromInterval90,
  gamma,
  mixture,
  normal,
  poisson,
  triangular,
  truncated,
  uniform,
} from "../../src/core/distributions/index.ts";
import { createStream, PARAMETERS } from "../../src/core/random/index.ts";
import { betaQuantile, gammaQuantile, normalCdf, normalQuantile, tQuantile } from "../../src/core/special/index.ts";
import { perSecond, type Report, spread } from "../measure.ts";

const MANY = 100_000;
const FEW = 10_000;

const DISTRIBUTIONS: readonly (readonly [string, Distribution, number])[] = [
  ["normal(0, 1)", normal(0, 1), MANY],
  ["2 to 4, lognormal", fromInterval90(2, 4), MANY],
  ["20 % to 60 %, logit-normal", fromInterval90(0.2, 0.6, { range: [0, 1] }), MANY],
  ["uniform(0, 1)", uniform(0, 1), MANY],
  ["triangular(0, 1, 3)", triangular(0, 1, 3), MANY],
  ["exponential(1)", exponential(1), MANY],
  ["truncated(normal(0, 1), -1, 1)", truncated(normal(0, 1), -1, 1), MANY],
  ["beta(2, 5)", beta(2, 5), FEW],
  ["gamma(2, 1)", gamma(2, 1), FEW],
  ["poisson(3)", poisson(3), FEW],
  ["mixture of two normals", mixture([normal(0, 1), normal(3, 1)], [0.4, 0.6]), FEW],
];

const QUANTILES: readonly (readonly [string, (p: number) => number])[] = [
  ["normalQuantile", normalQuantile],
  ["normalCdf of it", (p) => normalCdf(8 * p - 4)],
  ["betaQuantile(p, 0.5, 10.5)", (p) => betaQuantile(p, 0.5, 10.5)],
  ["betaQuantile(p, 200, 300)", (p) => betaQuantile(p, 200, 300)],
  ["gammaQuantile(p, 2)", (p) => gammaQuantile(p, 2)],
  ["tQuantile(p, 5)", (p) => tQuantile(p, 5)],
];

export default async function (report: Report): Promise<void> {
  const stream = createStream(42, PARAMETERS);
  for (const [name, d, count] of DISTRIBUTIONS) {
    const out = new Float64Array(count);
    report({
      name: `core/distributions draws of ${name}`,
      perSecond: perSecond(() => drawInto(d, stream, 1, 0, 0, out), count),
    });
  }
  const probabilities = spread(0, 1, FEW).subarray(1);
  let sum = 0;
  for (const [name, quantile] of QUANTILES) {
    const speed = perSecond(() => {
      for (const p of probabilities) sum += quantile(p);
    }, probabilities.length);
    report({ name: `core/special ${name}`, perSecond: speed, note: Number.isNaN(sum) ? "not a number" : "" });
  }
}
