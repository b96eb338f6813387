import type { McpService } from "../service.ts";
import type { HttpSession } from "../transport.ts";

/** How many sessions there may be, and for how long. */
export interface SessionLimits {
  /** Of everybody. */
  readonly sessions: number;
  /** Of one bearer. */
  readonly sessionsEach: number;
  /** Milliseconds after which a session that nothing is asked of ends. */
  readonly idle: number;
}

/** A session, whose it is, and when something was last asked of it. */
export interface KeptSession {
  readonly id: string;
  readonly who: string;
  readonly session: HttpSession;
  /** What the bearer may see as of the last request. */
  service: McpService;
  used: number;
  /** Calls that are being answered. */
  working: number;
}

/**
 * The sessions of all clients. One that nothing is asked of ends after a while; where there are too many, the one that was
 * left alone for longest makes room, but never one that is at work.
 */
export class Sessions {
  readonly #limits: SessionLimits;
  readonly #now: () => number;
  readonly #kept = new Map<string, KeptSession>();

  constructor(limits: SessionLimits, now: () => number) {
    this.#limits = limits;
    this.#now = now;
  }

  get count(): number {
    return this.#kept.size;
  }

  has(id: string): boolean {
    this.sweep();
    return this.#kept.has(id);
  }

  /** A session by its name, for whom it belongs to; nobody else's is there. */
  of(id: string, who: string): KeptSession | undefined {
    this.sweep();
    const found = this.#kept.get(id);
    if (found === undefined || found.who !== who) return undefined;
    found.used = this.#now();
    return found;
  }

  /** Makes room for one more session of a bearer; false where all that would have to go are at work. */
  makeRoom(who: string): boolean {
    this.sweep();
    const own = [...this.#kept.values()].filter((each) => each.who === who);
    return this.#leave(own, this.#limits.sessionsEach) && this.#leave([...this.#kept.values()], this.#limits.sessions);
  }

  add(session: KeptSession): void {
    this.#kept.set(session.id, session);
  }

  drop(id: string): void {
    this.#kept.delete(id);
  }

  /** Ends the sessions that nothing was asked of for long. */
  sweep(): void {
    const last = this.#now() - this.#limits.idle;
    for (const each of [...this.#kept.values()]) if (each.working === 0 && each.used < last) this.#end(each);
  }

  async close(): Promise<void> {
    const all = [...this.#kept.values()];
    this.#kept.clear();
    await Promise.all(all.map(({ session }) => session.close()));
  }

  #leave(among: readonly KeptSession[], most: number): boolean {
    const over = among.length - most + 1;
    if (over <= 0) return true;
    const idle = among.filter(({ working }) => working === 0).toSorted((a, b) => a.used - b.used);
    if (idle.length < over) return false;
    for (const each of idle.slice(0, over)) this.#end(each);
    return true;
  }

  #end(each: KeptSession): void {
    this.#kept.delete(each.id);
    // Its client learns of it by its next request, which finds no session.
    each.session.close().catch(() => {});
  }
}
