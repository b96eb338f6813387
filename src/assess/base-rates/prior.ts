import type { Amount, Case } from "../../case/index.ts";
import { isAmount, OPEN_INTERVAL, readAmount } from "../../case/index.ts";
import { logistic, logit } from "../../core/math/index.ts";
import { rateOfQuestion } from "./question-rate.ts";

/** What a prior may be: never 0 or 1, which no evidence could move. */
const LEAST = 0.001;
const MOST = 0.999;
/** 5 % and 95 % points of a normal distribution lie this many times as far out as its 10 % and 90 % points. */
const WIDER = 1.6448536269514722 / 1.2815515655446004;

/**
 * The base rate of a question as the prior of its first hypothesis: a logit-normal with the rate's median and 80 % interval;
 * undefined where there is no base rate.
 */
export function priorFromBaseRate(content: Case, question: string): Amount | undefined {
  const found = rateOfQuestion(content, question);
  if (typeof found === "string") return undefined;
  const [rate] = found.rates;
  if (rate === undefined) return undefined;
  const within = (p: number) => Math.min(MOST, Math.max(LEAST, p));
  const half = (WIDER * (logit(within(rate.high)) - logit(within(rate.low)))) / 2;
  const ends = [-1, 1].map((sign) => within(logistic(logit(within(rate.p)) + sign * half)).toPrecision(4));
  const amount = readAmount(ends[0] === ends[1] ? (ends[0] ?? "") : ends.join(" to "), OPEN_INTERVAL);
  return isAmount(amount) ? amount : undefined;
}
