import { exp, logistic } from "../math/index.ts";
import { normalCdf } from "../special/index.ts";

/** Up to this sigma the normal density is the narrow factor and its variable the one to integrate over. */
const NARROW = 2;
/** Beyond this many standard deviations the integrand, with its peak at most 2 sigma from 0, is below 1e-21 of it. */
const REACH = 14;
const STEPS = 240;
/** Step in log-odds: the logistic function's poles at pi i leave an error of e^(-6 pi^2). */
const LOGIT_STEP = 1 / 3;
/** e^-40 is below half an ulp of 1. */
const FAR = 40;
/** e^-745 is the smallest double. */
const SMALLEST = -745;
const INVERSE_SQRT_TWO_PI = 0.3989422804014327;

/**
 * Mean and standard deviation of logistic(mu + sigma Z) for a standard normal Z.
 *
 * By the trapezoidal rule, whose error falls exponentially with the number of steps for a smooth function that
 * vanishes at both ends (Trefethen & Weideman 2014, SIAM Review 56, 385-458). For a large sigma the logistic function
 * is a step beside the normal density; then integration by parts puts its derivative under the integral.
 */
export function logitNormalMoments(mu: number, sigma: number): { readonly mean: number; readonly sd: number } {
  // The spread is the same for -mu and the mean its complement: taken where the mean is below 1/2 nothing cancels.
  const low = sigma <= NARROW ? narrow(-Math.abs(mu), sigma) : wide(-Math.abs(mu), sigma);
  return Object.freeze({ mean: mu > 0 ? 1 - low.mean : low.mean, sd: low.sd });
}

function narrow(mu: number, sigma: number): { mean: number; sd: number } {
  const step = (2 * REACH) / STEPS;
  let mean = 0;
  let square = 0;
  for (let i = 0; i <= STEPS; i++) {
    const z = -REACH + i * step;
    const weight = step * INVERSE_SQRT_TWO_PI * exp(-0.5 * z * z);
    mean += weight * logistic(mu + sigma * z);
  }
  for (let i = 0; i <= STEPS; i++) {
    const z = -REACH + i * step;
    const weight = step * INVERSE_SQRT_TWO_PI * exp(-0.5 * z * z);
    const value = logistic(mu + sigma * z) - mean;
    square += weight * value * value;
  }
  return { mean, sd: Math.sqrt(square) };
}

function wide(mu: number, sigma: number): { mean: number; sd: number } {
  // E logistic(X) = E P(L < X) for a logistic variable L, and E logistic(X)^2 the same for the larger of two.
  // Left of `first` the integrand, about e^t there, is nothing beside the whole, which is above P(X > 0) / 4.
  const score = mu / sigma;
  const first = Math.max(mu - FAR, -0.5 * score * score - 2 * FAR, SMALLEST);
  let mean = 0;
  let square = 0;
  for (let t = first; t <= FAR; t += LOGIT_STEP) {
    const below = logistic(t);
    const weight = LOGIT_STEP * below * logistic(-t) * normalCdf((mu - t) / sigma);
    mean += weight;
    square += 2 * below * weight;
  }
  return { mean, sd: Math.sqrt(square - mean * mean) };
}
