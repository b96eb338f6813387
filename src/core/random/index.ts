export type { DirectionNumbers } from "./direction-numbers.ts";
export { directionNumbers, MOST_DIMENSIONS } from "./direction-numbers.ts";
export { philox4x32 } from "./philox.ts";
export type { Sobol } from "./sobol.ts";
export { createSobol } from "./sobol.ts";
export type { Stream } from "./stream.ts";
export { createStream, DYNAMICS, LARGEST_SEED, PARAMETERS, purpose, unitOfWord } from "./stream.ts";
