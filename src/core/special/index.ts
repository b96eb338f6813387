export { betaQuantile, betaUpperQuantile } from "./beta-quantile.ts";
export { erf, erfc, erfcx } from "./erf.ts";
export { gammaQuantile, gammaUpperQuantile } from "./gamma-quantile.ts";
export { betaI, lbeta } from "./incomplete-beta.ts";
export { chiSquaredSurvival, gammaP, gammaQ } from "./incomplete-gamma.ts";
export { lgamma } from "./lgamma.ts";
export { normalCdf, normalQuantile } from "./normal.ts";
export { tCdf, tQuantile, tSurvival } from "./student.ts";
