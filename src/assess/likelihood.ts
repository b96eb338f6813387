/** Scales of probability words: the US Intelligence Community Directive 203 and the UK PHIA yardstick. */
export type WordScale = "icd-203" | "phia";

const ICD_203: readonly (readonly [below: number, words: string])[] = [
  [0.05, "almost no chance"],
  [0.2, "very unlikely"],
  [0.45, "unlikely"],
  [0.55, "roughly even chance"],
  [0.8, "likely"],
  [0.95, "very likely"],
  [Number.POSITIVE_INFINITY, "almost certain"],
];

/** The yardstick has gaps between its terms; a probability in one takes the nearer term, the lower one half-way. */
const PHIA: readonly (readonly [from: number, to: number, words: string])[] = [
  [0, 0.05, "remote chance"],
  [0.1, 0.2, "highly unlikely"],
  [0.25, 0.35, "unlikely"],
  [0.4, 0.5, "realistic possibility"],
  [0.55, 0.75, "likely"],
  [0.8, 0.9, "highly likely"],
  [0.95, 1, "almost certain"],
];

/**
 * A probability in words.
 *
 * @example
 * inWords(0.57, "icd-203"); // "likely"
 * inWords(0.23, "phia"); // "unlikely"
 */
export function inWords(probability: number, scale: WordScale): string {
  if (scale === "icd-203") return ICD_203.find(([below]) => probability < below)?.[1] ?? "almost certain";
  const distance = ([from, to]: readonly [number, number, string]): number =>
    Math.max(from - probability, probability - to, 0);
  let best = PHIA[0] as (typeof PHIA)[number];
  for (const term of PHIA) if (distance(term) < distance(best) - 1e-12) best = term;
  return best[2];
}

/** Keeps a number and its unit in one line. */
const NBSP = "\u00a0";

/**
 * A probability as people read it: whole percents, never 0 or 100.
 *
 * @example
 * percent(0.004); // "less than 1 %"
 */
export function percent(probability: number): string {
  if (probability < 0.005) return `less than 1${NBSP}%`;
  if (probability >= 0.995) return `more than 99${NBSP}%`;
  return `${Math.round(probability * 100)}${NBSP}%`;
}

/** A range of probabilities: `35–62 %`; a single figure where the ends round to the same. */
export function percentRange(low: number, high: number): string {
  const [a, b] = [percent(low), percent(high)];
  if (a === b) return a;
  const digits = /^\d+\u00a0%$/;
  if (digits.test(a) && digits.test(b)) return `${a.slice(0, -2)}–${b}`;
  return `${a} to ${b}`;
}

/** Decibans with their sign: `+3.2 dB`, `−0.4 dB`. */
export function decibans(value: number): string {
  const text = Math.abs(value).toFixed(1);
  if (text === "0.0") return `0.0${NBSP}dB`;
  return `${value < 0 ? "−" : "+"}${text}${NBSP}dB`;
}

/** A difference of probabilities in points of percent, with its sign: `+15 points`, `−0.4 points`. */
export function points(difference: number): string {
  const size = Math.abs(difference * 100);
  const text = size >= 9.95 ? size.toFixed(0) : size.toFixed(1);
  if (Number(text) === 0) return `0${NBSP}points`;
  return `${difference < 0 ? "−" : "+"}${text}${NBSP}points`;
}

/** A range of differences: `−21 to +11 points`; a single figure where the ends read the same. */
export function pointsRange(low: number, high: number): string {
  const [a, b] = [points(low), points(high)];
  return a === b ? a : `${a.replace(`${NBSP}points`, "")} to ${b}`;
}
