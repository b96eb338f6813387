export type {
  AttributedGroup,
  AttributedOutput,
  AttributionOptions,
  AttributionResult,
} from "./attribution.ts";
export { attributeDifference, planAttribution } from "./attribution.ts";
export type { Decision, DecisionSample, DecisionSampleOptions } from "./decisions.ts";
export { planDecisions } from "./decisions.ts";
export type { EvppiOptions, EvppiResult, PartialInformation } from "./evppi.ts";
export { evppi } from "./evppi.ts";
export type { FlipCrossing, FlipOptions, FlipPlan, FlipResult, FlipSearch } from "./flip.ts";
export { flipPoints, planFlip } from "./flip.ts";
export type { ForecastInformation } from "./information.ts";
export { forecastInformation } from "./information.ts";
export type { JointSampler } from "./joint.ts";
export { gaussianCopula, independentSampler } from "./joint.ts";
export type { Lever, LeverEffect, LeverOptions, LeverPlan, LeverResult } from "./levers.ts";
export { planLevers, pullLevers } from "./levers.ts";
export { logTriangular } from "./log-triangular.ts";
export type { OneSampleIndex, OneSampleOptions, OneSampleOutput, OneSampleResult } from "./one-sample.ts";
export { oneSampleIndices, planOneSample } from "./one-sample.ts";
export { evaluateRows, runPlan } from "./plan.ts";
export type { ShapleyIndex, ShapleyOptions, ShapleyOutput, ShapleyResult } from "./shapley.ts";
export { planShapley, shapleyEffects } from "./shapley.ts";
export type { SobolOptions, SobolResult } from "./sobol.ts";
export { planSobol, sobolIndices } from "./sobol.ts";
export type { SobolIndex, SobolOutput } from "./sobol-output.ts";
export type { BatchCounts, StoppingOptions, StoppingResult, Watched } from "./stopping.ts";
export { stoppingPoint, trajectoriesForDifference, trajectoriesForProbability } from "./stopping.ts";
export type { TornadoBar, TornadoEnd, TornadoOptions, TornadoOutput, TornadoResult } from "./tornado.ts";
export { planTornado, tornado } from "./tornado.ts";
export type {
  Background,
  Chance,
  Estimate,
  Evaluate,
  Model,
  Output,
  Parameter,
  Plan,
  Quantiles,
} from "./types.ts";
