import { ParleyError } from "../../core/problems/index.ts";

/** Most streams of events at a time. */
export interface StreamLimits {
  /** Of one person; a browser opens one for each page that has a case open. */
  readonly person: number;
  /** Of all together. */
  readonly all: number;
}

const LIMITS: StreamLimits = { person: 20, all: 1000 };

/** Seconds after which a page that found no room may ask again. */
const LATER = 30;

/** The streams of events that are open: how many there may be, and how they all end when the server does. */
export class Streams {
  readonly #limits: StreamLimits;
  readonly #counted: (change: 1 | -1) => void;
  readonly #open = new Map<string, Set<() => void>>();
  #count = 0;

  /** @param counted - told when one is opened or has ended. */
  constructor(limits: Partial<StreamLimits> = {}, counted: (change: 1 | -1) => void = () => {}) {
    this.#limits = { ...LIMITS, ...limits };
    this.#counted = counted;
  }

  get count(): number {
    return this.#count;
  }

  /**
   * Counts a stream of somebody's in.
   *
   * @param end - ends it.
   * @returns what to call when it has ended; more than once does no harm.
   * @throws ParleyError where there are too many.
   */
  open(owner: string, end: () => void): () => void {
    const own = this.#open.get(owner) ?? new Set();
    if (own.size >= this.#limits.person || this.#count >= this.#limits.all) {
      throw ParleyError.of("request-often", { seconds: LATER });
    }
    this.#open.set(owner, own);
    // One function may end several.
    const one = () => end();
    own.add(one);
    this.#count += 1;
    this.#counted(1);
    return () => {
      if (!own.delete(one)) return;
      if (own.size === 0) this.#open.delete(owner);
      this.#count -= 1;
      this.#counted(-1);
    };
  }

  /** Ends all that are open, since the server stops. */
  endAll(): void {
    for (const own of [...this.#open.values()]) for (const end of [...own]) end();
  }
}
