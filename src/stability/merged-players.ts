import { ParleyError } from "../core/problems/index.ts";
import { commonTo, judge } from "./coalitions.ts";
import { groupOf } from "./groups.ts";
import { type JointReach, jointMoves, legalRows, type Steps, stepsIn } from "./joint-moves.ts";
import type { Model } from "./model.ts";

export interface MergedPlayer {
  readonly members: readonly number[];
  /** Its moves. */
  readonly reach: JointReach;
  /** Its moves to states that every member prefers. */
  readonly improvements: Steps;
  /** 1 for each state that is stable for the player, else 0. */
  readonly stable: MergedStability<Uint8Array>;
}

interface MergedStability<T> {
  readonly nash: T;
  readonly gmr: T;
  readonly smr: T;
  readonly seq: T;
}

export interface MergedAnalysis {
  readonly method: string;
  readonly options: { readonly players: readonly (readonly number[])[] };
  readonly players: readonly MergedPlayer[];
  /** States that are stable for every player, ascending. */
  readonly equilibria: MergedStability<Int32Array>;
}

/**
 * Stability among coalitions as the program GMCR+ has it, for comparison: not the definition of coalition stability.
 *
 * Each coalition is one player. It changes any options of its members in one move, where the definition asks for a legal
 * sequence of their moves through feasible states; it improves where every member does; and a sanction leaves some member no
 * better off. Only the coalitions of one partition are looked at. Sequences of several opponents follow the definition.
 *
 * @param partition every decision maker in one coalition, alone or with others
 * @throws ParleyError coalition-shape, options-needed, too-many-for
 */
export function mergedStability(model: Model, partition: readonly (readonly number[])[]): MergedAnalysis {
  const groups = partition.map((members) => groupOf(model, members));
  const count = model.decisionMakers.length;
  if (groups.flat().length !== count || new Set(groups.flat()).size !== count) {
    const value = groups.map((members) => `[${members.map((i) => i + 1).join(", ")}]`).join(", ");
    throw ParleyError.of("coalition-shape", { value, detail: "everybody belongs to one coalition of a partition" });
  }
  const reaches = groups.map((members) => jointMoves(model, members, { rule: "one-move" }));
  const steps = (improvements: boolean): Steps[] =>
    groups.map((members, g) => {
      if (!improvements) return asSteps(reaches[g]!, model.size);
      return asSteps(jointMoves(model, members, { rule: "one-move", improvements }), model.size);
    });
  const [moves, better] = [steps(false), steps(true)];
  const players = groups.map((members, g): MergedPlayer => {
    const others = <T>(of: readonly T[]): T[] => of.filter((_, k) => k !== g);
    const { cnash, cgmr, csmr, cseq } = judge(model, members, better[g]!, reaches[g]!, {
      moves: groups.length === 1 ? undefined : legalRows(model.size, others(moves)),
      improvements: groups.length === 1 ? undefined : legalRows(model.size, others(better)),
    });
    return Object.freeze({
      members: Object.freeze([...members]),
      reach: reaches[g]!,
      improvements: better[g]!,
      stable: Object.freeze({ nash: cnash, gmr: cgmr, smr: csmr, seq: cseq }),
    });
  });
  const common = commonTo(
    model.size,
    players.map(({ stable: { nash, gmr, smr, seq } }) => ({ cnash: nash, cgmr: gmr, csmr: smr, cseq: seq })),
  );
  return Object.freeze({
    method: "merged players: each coalition of a partition moves as one, as GMCR+ has it: not the definition",
    options: Object.freeze({ players: Object.freeze(players.map(({ members }) => members)) }),
    players: Object.freeze(players),
    equilibria: Object.freeze({ nash: common.cnash, gmr: common.cgmr, smr: common.csmr, seq: common.cseq }),
  });
}

const asSteps = (reach: JointReach, size: number): Steps =>
  stepsIn(Array.from({ length: size }, (_, s) => reach.from(s)));
