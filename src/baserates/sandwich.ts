import { ParleyError } from "../core/problems/index.ts";
import type { Design } from "./design.ts";
import type { PeriodRow } from "./periods.ts";

/**
 * What the sandwich is multiplied by, with G clusters, N rows and K estimates:
 *
 * - `clusters`: G / (G - 1), as Stata's logit, cloglog and other commands of maximum likelihood do;
 * - `rows`: G / (G - 1) x (N - 1) / (N - K), as Stata's regress and R's `sandwich::vcovCL` for linear models;
 * - `none`: 1.
 */
export type ClusterCorrection = "clusters" | "rows" | "none";

export interface ClusterCovariance {
  readonly covariance: Float64Array;
  readonly clusters: number;
  readonly factor: number;
}

/**
 * Cluster-robust covariance: bread x (sum over clusters of outer products of their summed scores) x bread x factor.
 *
 * Throws `cluster-missing` where a row has none, `clusters-few` where fewer than two are there.
 *
 * @param bread inverse of the negative Hessian
 * @param scores derivative of each row's log-likelihood in its linear predictor
 */
export function clusterCovariance(
  { count, n, values }: Design,
  rows: readonly PeriodRow[],
  bread: Float64Array,
  scores: Float64Array,
  correction: ClusterCorrection,
): ClusterCovariance {
  const places = new Map<string, number>();
  const placeOf = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    const { cluster, unit, period } = rows[i]!;
    if (cluster === undefined) throw ParleyError.of("cluster-missing", { row: `${unit}, period ${period}` });
    const place = places.get(cluster) ?? places.size;
    places.set(cluster, place);
    placeOf[i] = place;
  }
  const clusters = places.size;
  if (clusters < 2) throw ParleyError.of("clusters-few", { count: clusters });
  const sums = new Float64Array(clusters * n);
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < n; k++) sums[placeOf[i]! * n + k]! += scores[i]! * values[i * n + k]!;
  }
  const factor =
    correction === "none"
      ? 1
      : (clusters / (clusters - 1)) * (correction === "rows" ? (count - 1) / Math.max(1, count - n) : 1);
  const covariance = new Float64Array(n * n);
  const influence = new Float64Array(n);
  for (let g = 0; g < clusters; g++) {
    influence.fill(0);
    for (let a = 0; a < n; a++) for (let k = 0; k < n; k++) influence[a]! += bread[a * n + k]! * sums[g * n + k]!;
    for (let a = 0; a < n; a++) {
      for (let b = 0; b < n; b++) covariance[a * n + b]! += factor * influence[a]! * influence[b]!;
    }
  }
  return { covariance, clusters, factor };
}
