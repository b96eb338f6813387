/** One line of a bench's table. */
export interface Row {
  readonly name: string;
  readonly perSecond?: number;
  readonly ms?: number;
  readonly note?: string;
}

export type Report = (row: Row) => void;

const REPETITIONS = 15;

/**
 * Milliseconds that a task takes: the median of fifteen runs after three to warm up.
 *
 * The median, because a machine that does other things makes some runs slow and none too fast.
 */
export function milliseconds(task: () => void): number {
  for (let i = 0; i < 3; i++) task();
  const times: number[] = [];
  for (let i = 0; i < REPETITIONS; i++) {
    const begun = performance.now();
    task();
    times.push(performance.now() - begun);
  }
  return times.toSorted((a, b) => a - b)[(REPETITIONS - 1) / 2] as number;
}

/** The median time of a task that answers later. */
export async function millisecondsLater(task: () => Promise<unknown>): Promise<number> {
  for (let i = 0; i < 3; i++) await task();
  const times: number[] = [];
  for (let i = 0; i < REPETITIONS; i++) {
    const begun = performance.now();
    await task();
    times.push(performance.now() - begun);
  }
  return times.toSorted((a, b) => a - b)[(REPETITIONS - 1) / 2] as number;
}

/** How often per second something is done that a task does `count` times. */
export function perSecond(task: () => void, count: number): number {
  return (1000 * count) / milliseconds(task);
}

/** Numbers that jump about between two bounds, so that neither branches nor tables are helped by their order. */
export function spread(low: number, high: number, count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => low + (high - low) * ((i * 0.6180339887498949) % 1));
}
