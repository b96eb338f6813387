export * from "./concordance.ts";
export * from "./conditional.ts";
export * from "./cox.ts";
export * from "./incidence.ts";
export * from "./kaplan-meier.ts";
export * from "./log-rank.ts";
export * from "./parametric.ts";
export * from "./spells.ts";
