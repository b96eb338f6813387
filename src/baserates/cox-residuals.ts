import type { CoxFit } from "./cox.ts";
import { fittedDesign } from "./cox-baseline.ts";
import { eachEnding, shareOf } from "./cox-risk.ts";
import { called, type Spell } from "./spells.ts";

/** How far the covariates of a spell that ended are from those of who was at risk then. */
export interface SchoenfeldResidual {
  /** The spell's id. */
  readonly spell: string;
  readonly name: string;
  readonly time: number;
  /** By covariate, in the order of the fit's terms. They add up to 0 over all endings. */
  readonly residuals: readonly number[];
  /** Each an estimate of the effect at that time: the fit's estimate + number of endings x covariance x residuals. */
  readonly scaled: readonly number[];
}

/**
 * Schoenfeld's (1982) residuals of a proportional hazards fit, and scaled as by Grambsch & Therneau (1994): plotted over
 * time the scaled ones show how an effect changes. One for each spell that ended, times rising.
 *
 * With Efron's ties those that end together are compared with the mean over the steps in which they leave, as R's
 * survival does.
 *
 * @param spells those of the fit
 */
export function schoenfeldResiduals(spells: readonly Spell[], fit: CoxFit): readonly SchoenfeldResidual[] {
  const { columns, design, at } = fittedDesign(spells, fit);
  const { n, values, spreads } = design;
  const out: SchoenfeldResidual[] = [];
  eachEnding(columns, design, at, ({ time, risk, tied, members }) => {
    const mean = new Float64Array(n);
    for (let l = 0; l < members.length; l++) {
      const share = shareOf(fit.ties, l, members.length);
      const sum = (risk.total - share * tied.total) * members.length;
      for (let k = 0; k < n; k++) mean[k]! += (risk.first[k]! - share * tied.first[k]!) / sum;
    }
    // Places come last first, as times do.
    for (const i of members) {
      const residuals = Array.from(mean, (m, k) => (values[i * n + k]! - m) * spreads[k]!);
      const scaled = fit.terms.map(({ estimate }, a) =>
        residuals.reduce((sum, r, b) => sum + fit.endings * fit.covariance[a * n + b]! * r, estimate),
      );
      const spell = spells[i]!;
      out.push({ spell: spell.id, name: called(spell), time, residuals, scaled });
    }
  });
  return out.reverse();
}
