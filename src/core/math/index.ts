export { exp, expm1 } from "./exp.ts";
export { cosh, sinh, tanh } from "./hyperbolic.ts";
export { log, log1p, log2, log10 } from "./log.ts";
export { log1pexp, logistic, logit } from "./logistic.ts";
export { pow } from "./pow.ts";
export { cos, sin, tan } from "./trigonometry.ts";
