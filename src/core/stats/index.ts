export { mean, variance } from "./moments.ts";
export { quantile, quantileSorted } from "./quantile.ts";
export type { MannKendallTest, TheilSenLine } from "./trend.ts";
export { mannKendall, theilSen } from "./trend.ts";
export type { WelchTest } from "./welch.ts";
export { welchT } from "./welch.ts";
export type { ShareInterval } from "./wilson.ts";
export { wilson } from "./wilson.ts";
