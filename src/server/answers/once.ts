import { ParleyError } from "../../core/problems/index.ts";

interface Flight<T> {
  readonly result: Promise<T>;
  readonly stop: AbortController;
  askers: number;
  leaving: NodeJS.Timeout | undefined;
}

/**
 * Work that several ask for at a time and that is done once.
 *
 * It is stopped when nobody has waited for it for a while: a page that is loaded anew finds it under way.
 */
export class Once<T> {
  readonly #flights = new Map<string, Flight<T>>();
  readonly #patience: number;

  /** @param patience - milliseconds for which work goes on that nobody waits for. */
  constructor(patience = 20_000) {
    this.#patience = patience;
  }

  /** What the work under a name gives, begun where it is not under way. @throws ParleyError where the signal ends first */
  async do(name: string, signal: AbortSignal | undefined, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (signal?.aborted === true) throw ParleyError.of("work-stopped", undefined);
    const flight = this.#flights.get(name) ?? this.#begin(name, work);
    flight.askers += 1;
    clearTimeout(flight.leaving);
    let left = (): void => {};
    const gone = new Promise<never>((_, reject) => {
      left = () => reject(ParleyError.of("work-stopped", undefined));
      signal?.addEventListener("abort", left, { once: true });
    });
    try {
      return await Promise.race([flight.result, gone]);
    } finally {
      signal?.removeEventListener("abort", left);
      flight.askers -= 1;
      if (flight.askers === 0) flight.leaving = setTimeout(() => flight.stop.abort(), this.#patience).unref();
    }
  }

  #begin(name: string, work: (signal: AbortSignal) => Promise<T>): Flight<T> {
    const stop = new AbortController();
    const result = work(stop.signal).finally(() => {
      clearTimeout(flight.leaving);
      this.#flights.delete(name);
    });
    result.catch(() => {});
    const flight: Flight<T> = { result, stop, askers: 0, leaving: undefined };
    this.#flights.set(name, flight);
    return flight;
  }
}
