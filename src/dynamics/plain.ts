import { fromPlain, type PlainDistribution, toPlain } from "../core/distributions/index.ts";
import { ParleyError } from "../core/problems/index.ts";
import type { EnsembleInput } from "./ensemble.ts";
import { Layout } from "./layout.ts";

/** What an ensemble is run from, without functions: another thread can be sent it. */
export interface PlainEnsemble {
  readonly backers: number;
  readonly packages: number;
  readonly events: number;
  readonly vector: Float64Array;
  readonly uncertain: readonly { readonly index: number; readonly distribution: PlainDistribution }[];
}

/** The input of an ensemble as plain data. @throws ParleyError where an uncertain parameter has a quantile only */
export function ensembleToPlain({ layout, vector, uncertain = [] }: EnsembleInput): PlainEnsemble {
  const { backers, packages, events } = layout;
  return {
    backers,
    packages,
    events,
    vector: Float64Array.from(vector),
    uncertain: uncertain.map(({ index, distribution }) => {
      if (distribution !== undefined) return { index, distribution: toPlain(distribution) };
      const name = layout.names[index] ?? String(index);
      throw ParleyError.of("invalid-parameter", { name, value: "a quantile", expected: "a distribution" });
    }),
  };
}

/** The input that `ensembleToPlain` was given: its trajectories and draws have the same bits. */
export function ensembleFromPlain({ backers, packages, events, vector, uncertain }: PlainEnsemble): EnsembleInput {
  return {
    layout: new Layout({ backers, packages, events }),
    vector: Float64Array.from(vector),
    uncertain: uncertain.map(({ index, distribution: plain }) => {
      const distribution = fromPlain(plain);
      return { index, distribution, quantile: (u: number) => distribution.quantile(u) };
    }),
  };
}
