import { list } from "./format.ts";
import { percent } from "./likelihood.ts";
import type { Answer, Likelihood, QuestionAssessment } from "./schema.ts";

/** Bounds of the three levels; widths and spreads are in probability. */
const LOW = { width: 0.4, spread: 0.4, concentration: 0.6 };
const HIGH = { width: 0.15, spread: 0.1, concentration: 0.35, sources: 3 };

/**
 * Confidence in the analysis of a question: apart from how likely the event is.
 *
 * Low where the interval or the spread over readings is wider than 40 points, or one source alone carries over 60 %
 * of the weight; high where the interval is narrower than 15 points, readings agree within 10, no source alone
 * carries over 35 % and three or more carry some; else moderate.
 */
export function confidenceIn(question: QuestionAssessment, likelihood: Likelihood): NonNullable<Answer["confidence"]> {
  const width = likelihood.estimate.high80 - likelihood.estimate.low80;
  const spread = likelihood.range.high - likelihood.range.low;
  const { name, share, sources } = concentration(question);
  const reasons: string[] = [];
  const points = (value: number) => `${Math.round(value * 100)} points`;
  const states = [
    likelihood.certain
      ? "every input is a plain number, so that no interval can be given"
      : `the 80 % interval spans ${points(width)}`,
    likelihood.readings.length > 1
      ? `${likelihood.readings.length} readings span ${points(spread)}`
      : "no reading is there to compare with",
    name === undefined ? "no claim carries weight" : `${name} alone carries ${percent(share)} of the weight`,
  ];
  reasons.push(...states);
  const low = width > LOW.width || spread > LOW.spread || share > LOW.concentration || sources === 0;
  const high =
    !low &&
    !likelihood.certain &&
    likelihood.readings.length > 1 &&
    width < HIGH.width &&
    spread < HIGH.spread &&
    share < HIGH.concentration &&
    sources >= HIGH.sources;
  return { level: low ? "low" : high ? "high" : "moderate", because: list(reasons) };
}

/** The source on which most weight rests alone, its share of all weight, and how many sources carry weight. */
function concentration(question: QuestionAssessment): { name: string | undefined; share: number; sources: number } {
  const size = new Map(question.claims.map(({ id, leanDb }) => [id, Math.abs(leanDb)]));
  const total = [...size.values()].reduce((sum, value) => sum + value, 0);
  if (total === 0) return { name: undefined, share: 0, sources: 0 };
  let name: string | undefined;
  let most = 0;
  let sources = 0;
  for (const source of question.sources) {
    const weight = source.alone.reduce((sum, id) => sum + (size.get(id) ?? 0), 0);
    if (source.claims.length > 0) sources += 1;
    if (weight > most) {
      most = weight;
      name = source.name;
    }
  }
  return { name: name ?? question.sources[0]?.name, share: most / total, sources };
}
