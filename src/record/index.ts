export type { Bin, Binning } from "./bins.ts";
export { binned } from "./bins.ts";
export type {
  BootstrapOptions,
  Comparison,
  MeanInterval,
  NeededOptions,
  Scored,
} from "./bootstrap.ts";
export { bootstrapMean, compareScores, FEWEST, questionsNeeded } from "./bootstrap.ts";
export type { Calibration } from "./calibration.ts";
export { calibration } from "./calibration.ts";
export { checkForecast, checkQuestion, checkResolution, endOf, TOL_SUM } from "./check.ts";
export type { CrpsOptions } from "./crps.ts";
export { crpsEnsemble, crpsQuantiles } from "./crps.ts";
export type { Decomposition } from "./murphy.ts";
export { murphy } from "./murphy.ts";
export type { OverTime, OverTimeOptions } from "./over-time.ts";
export { firstShared, inTime, timeAveraged } from "./over-time.ts";
export { baseRate, leaveOneOutRates, persistence, skill, uniform } from "./references.ts";
export type { ReliabilityDiagram, ReliabilityOptions, ReliabilityPoint } from "./reliability.ts";
export { reliabilityDiagram } from "./reliability.ts";
export type { ScoreName } from "./scores.ts";
export { brier, LOG_CLIP, logScore, rankedProbabilityScore, scoreOf, scoresFor } from "./scores.ts";
export type { Day, Forecast, Outcome, Quantile, Question, Resolution, Said, Verified } from "./types.ts";
