import type { Issue } from "../../terms/index.ts";

/** Options that stand for a range of real numbers: as many as GENIUS takes where it needs a list. */
const STEPS = 20;

/** An issue of real numbers from `low` to `high`, as equally spaced options; both ends are among them. */
export function realIssue(name: string, low: number, high: number): Issue {
  const last = high > low ? STEPS : 0;
  const numbers = Array.from({ length: last + 1 }, (_, k) =>
    k === last ? high : Number((low + ((high - low) * k) / STEPS).toPrecision(12)),
  );
  if (last === 0) numbers[0] = low;
  return { name, options: numbers.map(String), ordered: true, numbers };
}

/** What is to be said of it. */
export function realNote({ name, options }: Issue): string {
  return `${name}: real numbers from ${options[0]} to ${options.at(-1)}, of which ${options.length} equally spaced ones are options.`;
}
