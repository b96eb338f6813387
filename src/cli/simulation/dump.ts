import { compileModel, drawParameters, runTrajectory, State } from "../../dynamics/index.ts";
import type { Subject } from "./subject.ts";

/** Outcomes as the reference engine's dump calls them. */
const OUTCOME_NAMES = [
  "victoryA",
  "victoryB",
  "settlement_durable",
  "ceasefire_durable",
  "freeze_durable",
  "escalated_out",
  "war_no_talks",
  "war_with_talks",
  "ceasefire_young",
  "settlement_young",
  "freeze_young",
];

/** Columns of a dump; the reference engine's, in its order. */
const HEAD =
  "traj,out,tend,ttalk,tcf,tset,tfrz,trel,xend,termC,termS,DA,DB,twar,ntalk,ncf,nset,nrel,nesc,mA,mB,wA,wB,muA,muB,th";

const twelve = (value: number): string => String(Number(value.toPrecision(12)));
const six = (value: number): string => String(Number(value.toPrecision(6)));

/** The first trajectories of an ensemble as CSV, a line each. */
export function dump({ input }: Subject, seed: number, count: number): string {
  const { layout, uncertain = [] } = input;
  const vector = Float64Array.from(input.vector);
  let model = compileModel(layout, vector);
  const s = new State(model);
  const lines = [HEAD];
  for (let trajectory = 0; trajectory < count; trajectory++) {
    if (uncertain.length > 0) {
      drawParameters(uncertain, seed, trajectory, vector);
      model = compileModel(layout, vector);
    }
    runTrajectory(model, s, seed, trajectory);
    const times = [s.t, s.talksAt, s.stopAt, s.settlementAt, s.freezeAt, s.relapseAt].map(six);
    const values = [s.x, s.ceasefireTerm, s.settlementTerm, s.lossA, s.lossB].map(twelve);
    const counts = [s.rounds, s.ceasefires, s.settlements, s.relapses, s.steps];
    const last = [s.mA, s.mB, s.wA, s.wB, s.muA, s.muB, s.theta].map(twelve);
    const row = [trajectory, OUTCOME_NAMES[s.outcome], ...times, ...values, six(s.fighting), ...counts, ...last];
    lines.push(row.join(","));
  }
  return lines.join("\n");
}
