import type { Assessment } from "../../assess/index.ts";
import { words } from "../words.ts";

/** What stands by every figure: when, under which reading, how computed, and that it is no prediction. */
export function contextOf({ case: { asOf, hash }, reading, seed }: Assessment, ...extra: readonly string[]): string {
  const parts = [
    asOf === null ? undefined : words.asOf(asOf),
    reading.id === null ? words.asCoded.toLowerCase() : `${words.reading.toLowerCase()} “${reading.name}”`,
    ...extra,
    `${words.seed.toLowerCase()} ${seed}`,
    words.notPrediction,
    `${words.hash.toLowerCase()} ${hash.slice(0, 12)}`,
  ].filter((part) => part !== undefined);
  const text = parts.join(" · ");
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
