import { expectCount, invalid } from "../check.ts";
import { TOL_POINT } from "../tolerances.ts";
import { runSession } from "./alternating-offers.ts";
import type { Arena } from "./arena.ts";
import { STRATEGIES, type Strategy } from "./strategies.ts";

export interface TournamentOptions {
  /** Strategies by name; all that are known unless given. */
  readonly strategies?: Readonly<Record<string, Strategy>> | undefined;
  readonly rounds?: number | undefined;
  /** Sessions for each combination of strategies: 1 unless given; more where a strategy draws. */
  readonly sessions?: number | undefined;
  readonly seed?: number | undefined;
}

/** What a combination of strategies, one for each seat, came to on average. */
export interface TournamentCell {
  readonly strategies: readonly string[];
  readonly utilities: readonly number[];
  /** Share of sessions that ended in agreement, and the mean round in which they ended. */
  readonly agreements: number;
  readonly round: number;
}

/** Every combination played, as an empirical game: strategies are its moves, mean utilities its payoffs. */
export interface Tournament {
  readonly strategies: readonly string[];
  readonly cells: readonly TournamentCell[];
  /** Combinations in which no seat does better with another strategy, the others' given: pure Nash equilibria. */
  readonly equilibria: readonly (readonly string[])[];
  readonly seed: number;
}

const MOST_CELLS = 100_000;

/** Plays every combination of strategies by alternating offers and finds the equilibria of the game they make (Wellman 2006). */
export function playTournament(arena: Arena, options: TournamentOptions = {}): Tournament {
  const { strategies = STRATEGIES, rounds = 100, sessions = 1, seed = 1 } = options;
  expectCount("sessions", sessions, 1);
  const names = Object.keys(strategies);
  const seats = arena.seats.length;
  const count = powerOf(names.length, seats);
  if (count === 0 || count > MOST_CELLS) throw invalid("number of combinations", count, `1 to ${MOST_CELLS}`);
  const cells: TournamentCell[] = [];
  for (let cell = 0; cell < count; cell++) {
    const chosen = movesOf(cell, names.length, seats).map((move) => names[move]!);
    const utilities = new Array<number>(seats).fill(0);
    let agreements = 0;
    let round = 0;
    for (let session = 0; session < sessions; session++) {
      const index = cell * sessions + session;
      const played = chosen.map((name) => strategies[name]!);
      const result = runSession(arena, played, { rounds, seed, index, trace: false });
      for (const [seat, value] of result.utilities.entries()) utilities[seat]! += value / sessions;
      if (result.agreement >= 0) agreements += 1 / sessions;
      round += result.round / sessions;
    }
    cells.push({ strategies: chosen, utilities, agreements, round });
  }
  const equilibria = cells
    .filter((_, cell) => isEquilibrium(cells, cell, names.length, seats))
    .map((cell) => cell.strategies);
  return { strategies: names, cells, equilibria, seed };
}

function powerOf(base: number, exponent: number): number {
  let product = 1;
  for (let k = 0; k < exponent; k++) product *= base;
  return product;
}

/** The move of each seat in a cell; the last seat's changes fastest. */
function movesOf(cell: number, moves: number, seats: number): number[] {
  const out = new Array<number>(seats);
  let rest = cell;
  for (let seat = seats - 1; seat >= 0; seat--) {
    out[seat] = rest % moves;
    rest = Math.floor(rest / moves);
  }
  return out;
}

function isEquilibrium(cells: readonly TournamentCell[], cell: number, moves: number, seats: number): boolean {
  const played = movesOf(cell, moves, seats);
  for (let seat = 0; seat < seats; seat++) {
    const stride = powerOf(moves, seats - 1 - seat);
    for (let move = 0; move < moves; move++) {
      const other = cells[cell + (move - played[seat]!) * stride]!;
      if (other.utilities[seat]! > cells[cell]!.utilities[seat]! + TOL_POINT) return false;
    }
  }
  return true;
}
