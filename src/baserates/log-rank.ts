import { ParleyError } from "../core/problems/index.ts";
import { chiSquaredSurvival } from "../core/special/index.ts";
import { factorise, quadraticForm } from "./cholesky.ts";
import { lastUpTo, riskTable } from "./risk-table.ts";
import { columnsOf, type Spell } from "./spells.ts";

/** What a group would have seen were all groups alike. */
export interface LogRankGroup {
  readonly name: string;
  readonly spells: number;
  readonly ended: number;
  readonly expected: number;
}

/** Whether groups of spells last alike. */
export interface LogRankTest {
  readonly method: "log-rank";
  readonly chiSquared: number;
  readonly degrees: number;
  readonly p: number;
  readonly groups: readonly LogRankGroup[];
}

/**
 * Log-rank test of two or more groups of spells: whether they end at the same rates.
 *
 * Mantel (1966); Peto & Peto (1972), J. R. Stat. Soc. A 135, 185-207; hypergeometric variance, so that ties count
 * exactly. Groups of which nobody could end at any time at which something ended do not count for the degrees of freedom.
 *
 * Throws `endings-none` where nobody ended, `groups-too-few` where fewer than two groups can be compared.
 *
 * @example
 * const last = (...times) => times.map((t) => ({ id: `${t}`, duration: t, ended: true }));
 * logRank({ short: last(1, 2), long: last(3, 4) }).degrees; // 1
 */
export function logRank(groups: Readonly<Record<string, readonly Spell[]>>): LogRankTest {
  const named = Object.entries(groups);
  const all = named.flatMap(([, spells]) => spells);
  const { times, atRisk, ended } = riskTable(columnsOf(all, "groups to compare"));
  const endings = ended.reduce((sum, d) => sum + d, 0);
  if (endings === 0) throw ParleyError.of("endings-none", { what: "log-rank test", count: all.length });
  const own = named.map(([, spells]) => (spells.length === 0 ? undefined : groupCounts(spells, times)));
  const count = named.length;
  const observed = new Float64Array(count);
  const expected = new Float64Array(count);
  const covariance = new Float64Array(count * count);
  for (let row = 0; row < times.length; row++) {
    const d = ended[row]!;
    const n = atRisk[row]!;
    if (d === 0) continue;
    const spread = n > 1 ? (d * (n - d)) / (n - 1) : 0;
    for (let g = 0; g < count; g++) {
      const share = (own[g]?.atRisk[row] ?? 0) / n;
      observed[g]! += own[g]?.ended[row] ?? 0;
      expected[g]! += d * share;
      for (let h = 0; h < count; h++) {
        const other = (own[h]?.atRisk[row] ?? 0) / n;
        covariance[g * count + h]! += spread * share * ((g === h ? 1 : 0) - other);
      }
    }
  }
  const compared = named.flatMap((_, g) => (expected[g]! > 0 ? [g] : []));
  const degrees = compared.length - 1;
  if (degrees < 1) throw ParleyError.of("groups-too-few", { count: compared.length });
  const kept = compared.slice(0, degrees);
  const factor = Float64Array.from(kept.flatMap((g) => kept.map((h) => covariance[g * count + h]!)));
  if (factorise(factor, degrees) >= 0) throw ParleyError.of("groups-too-few", { count: 1 });
  const chiSquared = quadraticForm(
    factor,
    degrees,
    kept.map((g) => observed[g]! - expected[g]!),
  );
  return Object.freeze({
    method: "log-rank",
    chiSquared,
    degrees,
    p: chiSquaredSurvival(chiSquared, degrees),
    groups: named.map(([name, spells], g) => ({
      name,
      spells: spells.length,
      ended: observed[g]!,
      expected: expected[g]!,
    })),
  });
}

/** At risk and ended of one group at each of the times of all. */
function groupCounts(spells: readonly Spell[], times: Float64Array): { atRisk: Uint32Array; ended: Uint32Array } {
  const rows = new Map(Array.from(times, (t, row) => [t, row]));
  const ended = new Uint32Array(times.length);
  const atRisk = new Uint32Array(times.length);
  const change = new Int32Array(times.length + 1);
  for (const spell of spells) {
    const last = rows.get(spell.duration)!;
    if (spell.ended) ended[last]!++;
    const entry = spell.entry ?? 0;
    change[entry === 0 ? 0 : lastUpTo(times, entry) + 1]!++;
    change[last + 1]!--;
  }
  let now = 0;
  for (let row = 0; row < times.length; row++) {
    now += change[row]!;
    atRisk[row] = now;
  }
  return { atRisk, ended };
}
