import { namesOf } from "../points.ts";
import type { Package } from "../types.ts";
import type { Arena } from "./arena.ts";

export interface TauResult {
  /** The package agreed on, by place in the arena; -1 without an agreement. */
  readonly agreement: number;
  readonly outcome: Package | undefined;
  readonly utilities: readonly number[];
  /** Offers made in all. */
  readonly offers: number;
}

/**
 * Tentative acceptance with unique offers, open-ended (Mohammad 2023): no deadline, and no party offers anything twice.
 *
 * In turn each party offers its next package, from its best down to its reservation value. An offer counts as tentatively
 * accepted by those to whom it is worth at least as much as what they offered last; the first package that all have offered
 * or accepted is agreed on. It ends without agreement when nobody has anything left to offer.
 */
export function negotiateTau(arena: Arena): TauResult {
  const { seats, ranking, falling, acceptable, packages, utilities, reservation } = arena;
  const last = new Int32Array(seats.length).fill(-1);
  const isOffered = new Uint8Array(packages);
  const waiting: number[] = [];
  const isAgreed = (o: number) =>
    seats.every((_, seat) => last[seat]! >= 0 && utilities[seat]![o]! >= falling[seat]![last[seat]!]!);
  let offers = 0;
  for (;;) {
    let isSilent = true;
    for (const seat of seats.keys()) {
      if (last[seat]! + 1 >= acceptable[seat]!) continue;
      isSilent = false;
      last[seat]!++;
      offers++;
      const offer = ranking[seat]![last[seat]!]!;
      if (isOffered[offer] === 0) waiting.push(offer);
      isOffered[offer] = 1;
      // What was offered first is looked at first.
      const agreed = waiting.find(isAgreed);
      if (agreed !== undefined) return end(agreed);
    }
    if (isSilent) return end(-1);
  }

  function end(agreement: number): TauResult {
    const issues = arena.space.compiled.sizes.length;
    const isNone = agreement < 0;
    return {
      agreement,
      outcome: isNone
        ? undefined
        : namesOf(arena.space.compiled, arena.outcomes.subarray(agreement * issues, (agreement + 1) * issues)),
      utilities: seats.map((_, seat) => (isNone ? reservation[seat]! : utilities[seat]![agreement]!)),
      offers,
    };
  }
}
