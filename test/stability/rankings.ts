import fc from "fast-check";
import type { Model } from "../../src/stability/index.ts";
import { models, statesOf } from "./random-models.ts";

/** All orders of the numbers from 0 to n - 1. */
export function permutations(n: number): readonly (readonly number[])[] {
  if (n === 0) return [[]];
  return permutations(n - 1).flatMap((order) => Array.from({ length: n }, (_, k) => order.toSpliced(k, 0, n - 1)));
}

/** Exchanges of neighbours that lead from a strict ranking to another: pairs that they order differently (Kendall 1938). */
export function kendall(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let pairs = 0;
  for (let s = 0; s < one.length; s++) {
    for (let t = 0; t < s; t++) {
      if (Number(one[s]) > Number(one[t]) !== Number(other[s]) > Number(other[t])) pairs++;
    }
  }
  return pairs;
}

/** The model with one decision maker's states valued otherwise: higher is better. */
export function withWorth(model: Model, dm: number, worth: readonly number[]): Model {
  const order = [...new Set(worth)].sort((a, b) => a - b);
  const ranks = Int32Array.from(worth, (value) => order.indexOf(value) + 1);
  const preferences = model.preferences.with(dm, { ranks, greatest: order.length, relation: undefined, ordered: true });
  return { ...model, preferences };
}

/** Small models, so small that all rankings of a decision maker can be tried; strict or with ties. */
export const rankable = (most: number, shape: Parameters<typeof models>[0] = {}): fc.Arbitrary<Model> =>
  models(shape).filter(({ size }) => size >= 3 && size <= most);

/** Small models in which no decision maker is indifferent between two states. */
export const strictlyRanked = (most: number, shape: Parameters<typeof models>[0] = {}): fc.Arbitrary<Model> =>
  rankable(most, shape).chain((model) => {
    const order = fc.shuffledSubarray(statesOf(model), { minLength: model.size });
    return fc
      .array(order, { minLength: model.decisionMakers.length, maxLength: model.decisionMakers.length })
      .map((orders) => orders.reduce((ranked, own, dm) => withWorth(ranked, dm, own), model));
  });
