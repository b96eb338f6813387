import {
  beta,
  constant,
  type Distribution,
  exponential,
  gamma,
  logitNormal,
  lognormal,
  mixture,
  normal,
  poisson,
  triangular,
  truncated,
  uniform,
} from "../../../src/core/distributions/index.ts";

/** A label and a distribution: several of each kind, with ordinary and with awkward parameters. */
export const CONTINUOUS: readonly (readonly [string, Distribution])[] = [
  ["normal(5, 1)", normal(5, 1)],
  ["normal(-1e6, 1e-3)", normal(-1e6, 1e-3)],
  ["lognormal(0, 1)", lognormal(0, 1)],
  ["lognormal(-3, 0.01)", lognormal(-3, 0.01)],
  ["logitNormal(0, 1)", logitNormal(0, 1)],
  ["logitNormal(-4, 3)", logitNormal(-4, 3)],
  ["uniform(2, 4)", uniform(2, 4)],
  ["uniform(-1e-9, 1e9)", uniform(-1e-9, 1e9)],
  ["triangular(0, 1, 3)", triangular(0, 1, 3)],
  ["triangular(-1, -1, 2)", triangular(-1, -1, 2)],
  ["triangular(0, 5, 5)", triangular(0, 5, 5)],
  ["beta(2, 5)", beta(2, 5)],
  ["beta(0.5, 10.5)", beta(0.5, 10.5)],
  ["beta(300, 200)", beta(300, 200)],
  ["gamma(2, 3)", gamma(2, 3)],
  ["gamma(0.2, 10)", gamma(0.2, 10)],
  ["gamma(400, 1)", gamma(400, 1)],
  ["exponential(2)", exponential(2)],
  ["mixture of normals", mixture([normal(0, 1), normal(6, 2)], [0.3, 0.7])],
  ["mixture of three kinds", mixture([uniform(0, 1), gamma(2, 1), lognormal(0, 0.5)], [1, 1, 2])],
  ["truncated(normal(0, 1), -1, 2)", truncated(normal(0, 1), -1, 2)],
  ["truncated(normal(0, 1), 8, Infinity)", truncated(normal(0, 1), 8, Number.POSITIVE_INFINITY)],
  ["truncated(lognormal(0, 1), 0.5, 1)", truncated(lognormal(0, 1), 0.5, 1)],
  ["truncated mixture", truncated(mixture([normal(0, 1), normal(6, 2)], [0.3, 0.7]), -1, 5)],
];

/** Distributions that give single values a probability. */
export const DISCRETE: readonly (readonly [string, Distribution])[] = [
  ["constant(3)", constant(3)],
  ["poisson(0.3)", poisson(0.3)],
  ["poisson(40)", poisson(40)],
  ["truncated(poisson(3), 2, 5)", truncated(poisson(3), 2, 5)],
  ["mixture of a constant and a normal", mixture([constant(0), normal(0, 1)], [0.3, 0.7])],
  ["mixture of counts", mixture([poisson(2), poisson(30)], [0.5, 0.5])],
  ["mixture of counts and shares", mixture([poisson(2), uniform(0, 10)], [0.5, 0.5])],
];

export const EVERY: readonly (readonly [string, Distribution])[] = [...CONTINUOUS, ...DISCRETE];
