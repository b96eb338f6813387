export * from "./dates/index.ts";
export * from "./distributions/index.ts";
export * from "./math/index.ts";
export * from "./problems/index.ts";
export * from "./random/index.ts";
export * from "./special/index.ts";
export * from "./stats/index.ts";
export * from "./units/index.ts";
