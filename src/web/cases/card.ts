import type { Assessment } from "../../assess/index.ts";

/** What a case's card in the gallery shows: its leading answer as a range over readings, or which situations hold. */
export interface Card {
  readonly title: string;
  readonly about: string | null;
  readonly asOf: string | null;
  readonly leading: Leading | null;
}

export type Leading =
  | {
      readonly kind: "likelihood";
      readonly text: string;
      readonly low: number;
      readonly high: number;
      readonly median: number;
      readonly dots: readonly number[];
    }
  | { readonly kind: "situations"; readonly items: readonly { readonly name: string; readonly stable: boolean }[] };

/** The card of a case, from its assessment. */
export function cardOf(assessment: Assessment): Card {
  const { title, about, asOf } = assessment.case;
  return { title, about, asOf, leading: leadingOf(assessment) };
}

function leadingOf({ when, stability }: Assessment): Leading | null {
  const [first] = when.likelihood;
  if (first !== undefined) {
    const { low, high } = first.range;
    const dots = first.readings.map(({ estimate }) => estimate.median);
    return { kind: "likelihood", text: first.text, low, high, median: first.estimate.median, dots };
  }
  if (stability === null || stability.situations.length === 0) return null;
  const items = stability.situations.map(({ name, readings }) => ({
    name,
    stable: (readings[0]?.equilibria["seq"] ?? 0) > 0,
  }));
  return { kind: "situations", items };
}
