import type { ComparedOutput, ComparedSimulation, EventByMonth } from "../../assess/index.ts";
import { ALSO, number, percent, points, pointsRange } from "../../assess/index.ts";
import { Z95 } from "../../report/charts/differences.ts";

/** Events that can be asked for by any month. */
export const EVENTS = ["stop", "talks", "settlement", "freeze"] as const satisfies readonly EventByMonth["passage"][];
export type EventName = (typeof EVENTS)[number];

/** The month that is looked at unless another is. */
const USUAL = 24;

/** What views are compared by: an event by a month, or an outcome by its id. */
export type Metric = { readonly event: EventName; readonly month: number } | { readonly output: string };

/** The metric that an address names; an end of the fighting within two years where it names none that is there. */
export function metricOf(
  selected: string | undefined,
  month: number | undefined,
  months: number,
  outputs: readonly string[],
): Metric {
  const event = EVENTS.find((each) => each === selected);
  if (event === undefined && selected !== undefined && outputs.includes(selected)) return { output: selected };
  return { event: event ?? "stop", month: Math.min(months, Math.max(1, month ?? USUAL)) };
}

/** The output of a comparison that a metric means, and its place among the others. */
export function measuredOf(
  { outputs }: Pick<ComparedSimulation, "outputs">,
  metric: Metric,
): { readonly output: ComparedOutput; readonly index: number } | undefined {
  const id = "output" in metric ? metric.output : ALSO;
  const index = outputs.findIndex((each) => each.id === id);
  const output = outputs[index];
  return output === undefined ? undefined : { output, index };
}

type Unit = Pick<ComparedOutput, "unit">;

/** A value in the unit of its output. */
export const valueWords = ({ unit }: Unit, value: number): string =>
  unit === "probability" ? percent(value) : number(value);

/** A change in the unit of its output. */
export function changeWords({ unit }: Unit, value: number): string {
  if (unit === "probability") return points(value);
  const text = Math.abs(value).toFixed(2);
  return Number(text) === 0 ? "0" : `${value < 0 ? "−" : "+"}${text}`;
}

/** A change's 95 % interval, in words; a single figure where its ends read the same. */
export function intervalWords(unit: Unit, value: number, se: number): string {
  const [low, high] = [value - Z95 * se, value + Z95 * se];
  if (unit.unit === "probability") return pointsRange(low, high);
  const [a, b] = [changeWords(unit, low), changeWords(unit, high)];
  return a === b ? a : `${a} to ${b}`;
}

/** Whether a difference is more than chance would give. */
export const isClear = ({ value, se }: { readonly value: number; readonly se: number }): boolean =>
  Math.abs(value) > Z95 * se;
