import type { SobolOutput } from "./sobol-output.ts";
import type { Estimate } from "./types.ts";

/** What knowing one parameter would be worth to a forecaster. */
export interface ForecastInformation {
  readonly name: string;
  /** Expected fall of the squared error; of the Brier score where the output is a probability. */
  readonly value: Estimate;
  /** The same as a share of what knowing every parameter would bring. */
  readonly share: Estimate;
}

/**
 * Value of information for forecasting: how far the Brier score would fall, on average, if one parameter were known.
 *
 * The forecast is the mean given what is known; learning a parameter takes Var(E[Y | it]) off its expected squared
 * error, which is S times the variance that is parameters (law of total variance; Oakley & O'Hagan
 * 2004, Journal of the Royal Statistical Society B 66, 751-769). So it is read off the Sobol indices; the most telling first.
 */
export function forecastInformation({ inputs }: SobolOutput): readonly ForecastInformation[] {
  const values = inputs.map(({ name, firstVariance, first }) =>
    Object.freeze({ name, value: firstVariance, share: first }),
  );
  return Object.freeze(values.sort((a, b) => b.value.estimate - a.value.estimate));
}
