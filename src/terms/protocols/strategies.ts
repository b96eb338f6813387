import { pow } from "../../core/math/index.ts";
import { createStream, purpose } from "../../core/random/index.ts";
import { invalid } from "../check.ts";
import { TOL_POINT } from "../tolerances.ts";
import { type Arena, countAtLeast } from "./arena.ts";

/** Where a negotiation stands: the round from 0 on, and time as a share of the deadline. */
export interface Moment {
  readonly round: number;
  readonly time: number;
}

/** How a party at the table behaves. It sees offers, never the others' utilities. */
export interface Negotiator {
  /** The package that it would offer now, or -1 to leave. Asking twice at one moment gives the same. */
  offer(moment: Moment): number;
  /** Whether it accepts an offer. */
  accepts(offer: number, moment: Moment): boolean;
  /** Told of every offer of another party. */
  hears?(offer: number, from: number): void;
}

/** Makes the negotiator of a seat; `index` is the number of the session, by which its chance is addressed. */
export type Strategy = (arena: Arena, seat: number, seed: number, index: number) => Negotiator;

/** Exponents of time-dependent aspiration, as in NegMAS. */
export const EXPONENTS = { boulware: 4, linear: 1, conceder: 0.25 } as const;

/** Strategies by name. */
export const STRATEGIES: Readonly<Record<string, Strategy>> = {
  boulware: timeDependent(EXPONENTS.boulware),
  linear: timeDependent(EXPONENTS.linear),
  conceder: timeDependent(EXPONENTS.conceder),
  "tit-for-tat": titForTat,
  micro,
};

/**
 * Time-dependent concession (Faratin, Sierra & Jennings 1998): aspires to reservation + (best - reservation) (1 - t^exponent),
 * offers the least package that meets the aspiration, and accepts what is at least as good as its own next offer (ACnext).
 *
 * Above 1 it holds out and concedes late (Boulware), below 1 early (conceder).
 */
export function timeDependent(exponent: number): Strategy {
  if (!(exponent > 0)) throw invalid("exponent", exponent, "above 0");
  return (arena, seat) => aspiring(arena, seat, ({ time }) => Math.max(0, 1 - pow(time, exponent)));
}

/**
 * Tit for tat: concedes as much, in its own utility, as the others have conceded to it on average since their first offers
 * (a relative of the behaviour-dependent tactics of Faratin, Sierra & Jennings 1998). Accepts by ACnext.
 */
export function titForTat(arena: Arena, seat: number): Negotiator {
  const utilities = arena.utilities[seat]!;
  const first = new Map<number, number>();
  const best = new Map<number, number>();
  const range = arena.falling[seat]![0]! - arena.reservation[seat]!;
  const negotiator = aspiring(arena, seat, () => {
    let conceded = 0;
    for (const [from, value] of best) conceded += value - first.get(from)!;
    return range > 0 && best.size > 0 ? Math.max(0, 1 - conceded / best.size / range) : 1;
  });
  return {
    ...negotiator,
    hears(offer, from) {
      const value = utilities[offer]!;
      if (!first.has(from)) first.set(from, value);
      best.set(from, Math.max(best.get(from) ?? value, value));
    },
  };
}

/** Offers the least package at or above an aspiration, from 0 at the reservation value to 1 at its best package. */
function aspiring(arena: Arena, seat: number, aspirationAt: (moment: Moment) => number): Negotiator {
  const falling = arena.falling[seat]!;
  const ranking = arena.ranking[seat]!;
  const utilities = arena.utilities[seat]!;
  const acceptable = arena.acceptable[seat]!;
  const best = falling[0]!;
  const reservation = Math.min(arena.reservation[seat]!, best);
  const tolerance = TOL_POINT * Math.max(best - falling[falling.length - 1]!, TOL_POINT);
  const rankAt = (moment: Moment): number => {
    const wanted = reservation + (best - reservation) * aspirationAt(moment);
    const meeting = countAtLeast(falling, wanted - tolerance);
    return Math.min(acceptable, Math.max(1, meeting)) - 1;
  };
  return {
    offer: (moment) => (acceptable === 0 ? -1 : ranking[rankAt(moment)]!),
    accepts: (offer, moment) => acceptable > 0 && utilities[offer]! >= falling[rankAt(moment)]! - tolerance,
  };
}

/**
 * MiCRO (de Jonge 2022): offers its packages from the best down, a new one only where it has not offered more than it heard,
 * else one of those it offered before, at random. Accepts what is at least as good as the next it would offer.
 */
export function micro(arena: Arena, seat: number, seed: number, index: number): Negotiator {
  const stream = createStream(seed, purpose("MICR"));
  const falling = arena.falling[seat]!;
  const ranking = arena.ranking[seat]!;
  const utilities = arena.utilities[seat]!;
  const acceptable = arena.acceptable[seat]!;
  const heard = new Map<number, Set<number>>();
  const others = arena.seats.length - 1;
  let offered = 0;
  let asked = -1;
  let answer = -1;
  const mayConcede = () => {
    if (offered === 0) return true;
    let least = Number.POSITIVE_INFINITY;
    for (const offers of heard.values()) least = Math.min(least, offers.size);
    return offered < acceptable && heard.size === others && offered <= least;
  };
  return {
    offer({ round }) {
      if (acceptable === 0) return -1;
      if (round === asked) return answer;
      asked = round;
      if (mayConcede()) answer = ranking[offered++]!;
      else answer = ranking[Math.floor(stream.uniform(seat, round, index) * offered)]!;
      return answer;
    },
    accepts(offer) {
      if (acceptable === 0) return false;
      const next = mayConcede() ? offered : offered - 1;
      return utilities[offer]! >= falling[Math.min(next, acceptable - 1)]! - TOL_POINT;
    },
    hears(offer, from) {
      const offers = heard.get(from) ?? new Set<number>();
      offers.add(offer);
      heard.set(from, offers);
    },
  };
}
