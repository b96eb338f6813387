/** How far back a rate looks, in milliseconds. */
const SPAN = 30_000;

/** Things a second over the last half minute. */
export class Rate {
  readonly #start = performance.now();
  #seen: { readonly at: number; readonly count: number }[] = [];

  add(count: number): void {
    const at = performance.now();
    this.#seen = this.#seen.filter((each) => each.at > at - SPAN);
    this.#seen.push({ at, count });
  }

  /** Null where nothing came yet. */
  get perSecond(): number | null {
    const now = performance.now();
    const seconds = Math.min(SPAN, now - this.#start) / 1000;
    const recent = this.#seen.filter(({ at }) => at > now - SPAN);
    return recent.length === 0 || seconds <= 0 ? null : recent.reduce((sum, { count }) => sum + count, 0) / seconds;
  }
}
