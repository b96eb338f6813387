import { type Estimate, type LevelOption, logInterval, zOf } from "./intervals.ts";
import { riskTable } from "./risk-table.ts";
import { columnsOf, type Spell } from "./spells.ts";

/** Cumulative hazard from a time at which spells ended, until the next. */
export interface HazardStep extends Estimate {
  readonly time: number;
  readonly atRisk: number;
  readonly ended: number;
}

/**
 * Nelson-Aalen estimate of the cumulative hazard: how many endings one spell would have had by a time, were it renewed.
 *
 * Nelson (1969); Aalen (1978), Ann. Stat. 6, 701-726, with his variance, the sum of d / n^2; intervals symmetric on the
 * log scale, 95 % unless given. One step for each time at which a spell ended. Throws as `kaplanMeier`.
 *
 * @example
 * nelsonAalen([{ id: "a", duration: 3, ended: true }, { id: "b", duration: 9, ended: true }])[1].estimate; // 1.5
 */
export function nelsonAalen(spells: readonly Spell[], { level = 0.95 }: LevelOption = {}): readonly HazardStep[] {
  const columns = columnsOf(spells, "a cumulative hazard");
  const z = zOf(level);
  const { times, atRisk, ended } = riskTable(columns);
  const steps: HazardStep[] = [];
  let hazard = 0;
  let variance = 0;
  for (let row = 0; row < times.length; row++) {
    const n = atRisk[row]!;
    const d = ended[row]!;
    if (d === 0) continue;
    hazard += d / n;
    variance += d / (n * n);
    const se = Math.sqrt(variance);
    steps.push({ time: times[row]!, atRisk: n, ended: d, estimate: hazard, se, ...logInterval(hazard, se, z) });
  }
  return Object.freeze(steps);
}
