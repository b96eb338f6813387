import { log } from "../core/math/index.ts";
import { ParleyError } from "../core/problems/index.ts";
import { chiSquaredSurvival } from "../core/special/index.ts";
import { factorise, quadraticForm } from "./cholesky.ts";
import type { ChiSquaredTest, CoxFit } from "./cox.ts";
import { fittedDesign } from "./cox-baseline.ts";
import { eachEnding, shareOf } from "./cox-risk.ts";
import { riskTable } from "./risk-table.ts";
import { type Columns, called, type Spell } from "./spells.ts";

/**
 * The function of time along which effects might change:
 *
 * - `km`: 1 - the survival curve just before, which long times with few at risk do not rule;
 * - `rank`: the place of an ending among all endings, tied ones sharing the mean of theirs;
 * - `identity`, `log`: time itself, or its logarithm.
 */
export type TimeTransform = "km" | "rank" | "identity" | "log";

/** Whether effects stay the same over time. */
export interface ProportionalityTest {
  readonly method: "Grambsch-Therneau score test";
  readonly transform: TimeTransform;
  readonly terms: readonly (ChiSquaredTest & { readonly term: string })[];
  readonly global: ChiSquaredTest;
}

export interface ProportionalityOptions {
  /** `km` unless given. */
  readonly transform?: TimeTransform | undefined;
  /** Covariates that are tested together, such as the dummies of one category, by a name; each alone unless given. */
  readonly terms?: Readonly<Record<string, readonly string[]>> | undefined;
}

/**
 * Tests that effects of a proportional hazards fit do not change over time (Grambsch & Therneau 1994, Biometrika 81,
 * 515-526): the score test of adding covariate x g(time), as R's `cox.zph` from survival 3.0 on; its earlier
 * approximation took the covariance as constant.
 *
 * A small p speaks against proportional hazards; a large one only says that these endings do not show otherwise.
 * Throws `times-few` where spells ended at too few times to tell, `invalid-parameter` for a term that is not of the fit.
 *
 * @param spells those of the fit
 */
export function testProportionality(
  spells: readonly Spell[],
  fit: CoxFit,
  { transform = "km", terms }: ProportionalityOptions = {},
): ProportionalityTest {
  const { columns, design, at } = fittedDesign(spells, fit);
  const { n, values } = design;
  const g = transformed(columns, spells, transform);
  const size = 2 * n;
  const score = new Float64Array(size);
  const information = new Float64Array(size * size);
  const mean = new Float64Array(n);
  const bend = new Float64Array(n * n);
  eachEnding(columns, design, at, ({ time, risk, tied, members }) => {
    const x = g.get(time)!;
    const off = new Float64Array(n);
    bend.fill(0);
    for (const i of members) for (let k = 0; k < n; k++) off[k]! += values[i * n + k]!;
    for (let l = 0; l < members.length; l++) {
      const share = shareOf(fit.ties, l, members.length);
      const sum = risk.total - share * tied.total;
      for (let a = 0; a < n; a++) {
        mean[a] = (risk.first[a]! - share * tied.first[a]!) / sum;
        off[a]! -= mean[a]!;
        for (let b = 0; b <= a; b++) {
          bend[a * n + b]! += (risk.second[a * n + b]! - share * tied.second[a * n + b]!) / sum - mean[a]! * mean[b]!;
        }
      }
    }
    for (let a = 0; a < n; a++) {
      score[n + a]! += x * off[a]!;
      for (let b = 0; b < n; b++) {
        const value = a >= b ? bend[a * n + b]! : bend[b * n + a]!;
        information[a * size + b]! += value;
        information[(n + a) * size + b]! += x * value;
        information[a * size + n + b]! += x * value;
        information[(n + a) * size + n + b]! += x * x * value;
      }
    }
  });
  const names = fit.terms.map(({ covariate }) => covariate);
  const groups = Object.entries(terms ?? Object.fromEntries(names.map((name) => [name, [name]])));
  const test = (places: readonly number[]): ChiSquaredTest => {
    const kept = [...names.keys(), ...places.map((k) => n + k)];
    const part = Float64Array.from(kept.flatMap((a) => kept.map((b) => information[a * size + b]!)));
    if (factorise(part, kept.length) >= 0) throw ParleyError.of("times-few", { count: g.size });
    // At the maximum the score of the effects themselves is 0.
    const u = kept.map((a) => (a < n ? 0 : score[a]!));
    const chiSquared = quadraticForm(part, kept.length, u);
    return { chiSquared, degrees: places.length, p: chiSquaredSurvival(chiSquared, places.length) };
  };
  return Object.freeze({
    method: "Grambsch-Therneau score test",
    transform,
    terms: groups.map(([term, covariates]) => ({
      term,
      ...test(covariates.map((covariate) => placeOf(names, covariate))),
    })),
    global: test([...names.keys()]),
  });
}

function placeOf(names: readonly string[], covariate: string): number {
  const place = names.indexOf(covariate);
  if (place >= 0) return place;
  throw ParleyError.of("invalid-parameter", {
    name: "terms",
    value: covariate,
    expected: `one of ${names.join(", ")}`,
  });
}

/**
 * g at each time at which spells end, its mean over all endings taken off: the test is the same, and its sums lose less.
 */
function transformed(columns: Columns, spells: readonly Spell[], transform: TimeTransform): Map<number, number> {
  const { times, atRisk, ended } = riskTable(columns);
  const out = new Map<number, number>();
  let survival = 1;
  let before = 0;
  let sum = 0;
  for (let row = 0; row < times.length; row++) {
    const d = ended[row]!;
    const time = times[row]!;
    if (d === 0) continue;
    if (transform === "log" && time <= 0) {
      const spell = called(spells.find(({ duration }) => duration === time)!);
      throw ParleyError.of("spell-time", { spell, value: time, expected: "a finite number above 0" });
    }
    const value =
      transform === "km"
        ? 1 - survival
        : transform === "rank"
          ? before + (d + 1) / 2
          : transform === "log"
            ? log(time)
            : time;
    out.set(time, value);
    sum += d * value;
    survival *= (atRisk[row]! - d) / atRisk[row]!;
    before += d;
  }
  const mean = sum / before;
  for (const [time, value] of out) out.set(time, value - mean);
  return out;
}
