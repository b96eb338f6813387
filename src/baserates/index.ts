export * from "./bootstrap.ts";
export * from "./concordance.ts";
export * from "./conditional.ts";
export * from "./cox.ts";
export {
  type BaselineStep,
  type CoxBaseline,
  type CoxSurvival,
  coxBaseline,
  coxChance,
  coxSurvival,
} from "./cox-baseline.ts";
export * from "./cox-residuals.ts";
export * from "./discrete-time.ts";
export * from "./incidence.ts";
export * from "./kaplan-meier.ts";
export * from "./log-rank.ts";
export * from "./nelson-aalen.ts";
export * from "./parametric.ts";
export * from "./periods.ts";
export * from "./pools.ts";
export * from "./proportionality.ts";
export type { ClusterCorrection } from "./sandwich.ts";
export * from "./shrinkage.ts";
export * from "./spells.ts";
