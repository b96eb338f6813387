/** How many failures are borne within a span of time. */
export interface FailureLimits {
  readonly failures: number;
  /** In milliseconds. */
  readonly within: number;
}

/** Addresses that are counted apart; the one that failed first makes room for another. */
const MOST = 10_000;

/** Counts what each address did wrong, so that nobody tries tokens by the thousand. */
export class Failures {
  readonly #limits: FailureLimits;
  readonly #now: () => number;
  readonly #counts = new Map<string, { count: number; readonly since: number }>();

  constructor(limits: FailureLimits, now: () => number) {
    this.#limits = limits;
    this.#now = now;
  }

  /** Milliseconds until an address may try again; 0 where it may now. */
  wait(from: string): number {
    const known = this.#counts.get(from);
    if (known === undefined) return 0;
    const left = known.since + this.#limits.within - this.#now();
    if (left <= 0) {
      this.#counts.delete(from);
      return 0;
    }
    return known.count >= this.#limits.failures ? left : 0;
  }

  add(from: string): void {
    this.wait(from);
    const known = this.#counts.get(from);
    if (known !== undefined) {
      known.count += 1;
      return;
    }
    if (this.#counts.size >= MOST) this.#counts.delete(this.#counts.keys().next().value ?? "");
    this.#counts.set(from, { count: 1, since: this.#now() });
  }
}
