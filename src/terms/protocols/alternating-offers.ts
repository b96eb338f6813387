import { pow } from "../../core/math/index.ts";
import { expectCount, invalid } from "../check.ts";
import { namesOf } from "../points.ts";
import type { Package } from "../types.ts";
import type { Arena } from "./arena.ts";
import type { Moment, Negotiator, Strategy } from "./strategies.ts";

/** An offer in a trace: who made it, when, and what it is worth to each seat. */
export interface TracedOffer {
  readonly round: number;
  readonly seat: number;
  readonly package: number;
  readonly utilities: readonly number[];
}

/** How a negotiation ended. */
export interface SessionResult {
  /** The package agreed on, by place in the arena; -1 without an agreement. */
  readonly agreement: number;
  readonly outcome: Package | undefined;
  /** Utility of each seat: of the agreement, else its reservation value; discounted where the party discounts. */
  readonly utilities: readonly number[];
  /** The round of the agreement, or the last, counted from 1. */
  readonly round: number;
  readonly endedBy: "agreement" | "leaving" | "deadline";
  readonly trace: readonly TracedOffer[];
}

export interface SessionOptions {
  /** Rounds in which each party speaks once: 100 unless given. */
  readonly rounds?: number | undefined;
  readonly seed?: number | undefined;
  /** The number of the session among those of a seed: 0 unless given. */
  readonly index?: number | undefined;
  /** Whether every offer is kept: true unless given. */
  readonly trace?: boolean | undefined;
}

/** What a party does when it is its turn: accept what lies on the table, offer something else, or leave. */
export type Action = "accept" | "leave" | { readonly offer: number };

/**
 * The stacked alternating offers protocol for any number of parties (Aydogan, Festen, Hindriks & Jonker 2017), a turn at a time.
 *
 * In turn, a party accepts the offer on the table or makes another one; an offer that all others accept is agreed on. Time runs
 * from 1/(rounds + 1) in the first round to rounds/(rounds + 1) in the last. A person at the keyboard plays by `play`.
 */
export class AlternatingOffers {
  readonly arena: Arena;
  readonly rounds: number;
  readonly trace: TracedOffer[] = [];
  #seat = 0;
  #round = 0;
  /** The offer on the table, whose it is, and how many have accepted it since. */
  #offer = -1;
  #accepted = 0;
  #endedBy: SessionResult["endedBy"] | undefined;
  readonly #isTraced: boolean;

  constructor(arena: Arena, { rounds = 100, trace = true }: SessionOptions = {}) {
    expectCount("rounds", rounds, 1);
    this.arena = arena;
    this.rounds = rounds;
    this.#isTraced = trace;
  }

  /** The seat whose turn it is. */
  get turn(): number {
    return this.#seat;
  }

  /** The offer on the table, -1 before the first. */
  get onTable(): number {
    return this.#offer;
  }

  get isOver(): boolean {
    return this.#endedBy !== undefined;
  }

  get moment(): Moment {
    return { round: this.#round, time: (this.#round + 1) / (this.rounds + 1) };
  }

  /** Plays the turn of the party whose turn it is. */
  play(action: Action): void {
    if (this.isOver) throw invalid("action", JSON.stringify(action), "none after the end");
    if (action === "leave") {
      this.#endedBy = "leaving";
      return;
    }
    if (action === "accept") {
      if (this.#offer < 0) throw invalid("action", "accept", "an offer first");
      this.#accepted++;
      if (this.#accepted === this.arena.seats.length - 1) {
        this.#endedBy = "agreement";
        return;
      }
    } else {
      const { offer } = action;
      if (!Number.isInteger(offer) || offer < 0 || offer >= this.arena.packages)
        throw invalid("offer", offer, "a package");
      this.#offer = offer;
      this.#accepted = 0;
      if (this.#isTraced) {
        const utilities = this.arena.utilities.map((values) => values[offer]!);
        this.trace.push({ round: this.#round + 1, seat: this.#seat, package: offer, utilities });
      }
    }
    this.#seat++;
    if (this.#seat < this.arena.seats.length) return;
    this.#seat = 0;
    this.#round++;
    if (this.#round === this.rounds) this.#endedBy = "deadline";
  }

  result(): SessionResult {
    const { arena } = this;
    const isAgreed = this.#endedBy === "agreement";
    const round = Math.min(this.#round + 1, this.rounds);
    const time = this.#endedBy === "deadline" ? 1 : this.moment.time;
    const issues = arena.space.compiled.sizes.length;
    const agreement = isAgreed ? this.#offer : -1;
    return {
      agreement,
      outcome: isAgreed
        ? namesOf(arena.space.compiled, arena.outcomes.subarray(agreement * issues, (agreement + 1) * issues))
        : undefined,
      utilities: arena.seats.map((_, seat) => {
        const discount = arena.discounts[seat];
        const value = isAgreed ? arena.utilities[seat]![agreement]! : arena.reservation[seat]!;
        if (discount === undefined || (!isAgreed && discount.reservation !== true)) return value;
        return value * pow(discount.factor, discount.clock === "deadline" ? time : round);
      }),
      round,
      endedBy: this.#endedBy ?? "deadline",
      trace: this.trace,
    };
  }
}

/** Lets strategies negotiate by alternating offers, one for each seat. */
export function runSession(arena: Arena, strategies: readonly Strategy[], options: SessionOptions = {}): SessionResult {
  const { seed = 1, index = 0 } = options;
  const { length } = arena.seats;
  if (strategies.length !== length)
    throw invalid("number of strategies", strategies.length, `${length}, one for each party`);
  const table = strategies.map((strategy, seat) => strategy(arena, seat, seed, index));
  const session = new AlternatingOffers(arena, options);
  while (!session.isOver) session.play(actionOf(table, session));
  return session.result();
}

function actionOf(table: readonly Negotiator[], session: AlternatingOffers): Action {
  const { turn, onTable, moment } = session;
  const negotiator = table[turn]!;
  if (onTable >= 0 && negotiator.accepts(onTable, moment)) return "accept";
  const offer = negotiator.offer(moment);
  if (offer < 0) return "leave";
  for (const [seat, other] of table.entries()) if (seat !== turn) other.hears?.(offer, turn);
  return { offer };
}
