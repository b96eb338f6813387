import { log1p } from "../../src/core/math/index.ts";
import { mean } from "../../src/core/stats/index.ts";
import { crpsEnsemble } from "../../src/record/index.ts";
import { type BlockInterval, movingBlocks } from "./blocks.ts";
import { DEATH_BASELINES, DEATH_MODELS, type DeathModel, deathForecasts, FEWEST_MONTHS, MOST_AHEAD } from "./deaths.ts";
import { RESAMPLES, SEED } from "./scores.ts";

/** Months ahead that are told together. */
export const SPANS = [
  [1, 12],
  [1, 3],
  [4, 12],
] as const;
/** A block is as long as the furthest forecast: two forecasts further apart share no month that is forecast. */
export const BLOCK = MOST_AHEAD;

/** In deaths, and in log(1 + deaths), where a month of 10 counts as much as one of 1000 (Bosse et al. 2023). */
export const SCALES = ["deaths", "log"] as const;
export type Scale = (typeof SCALES)[number];

export interface DeathScores {
  readonly scale: Scale;
  readonly from: number;
  readonly to: number;
  /** Months in which a forecast was made. */
  readonly origins: number;
  readonly models: readonly {
    readonly model: DeathModel;
    readonly crps: number;
    /** The model's mean score less the baseline's, with an interval; none for the baseline itself. */
    readonly less: Readonly<Partial<Record<(typeof DEATH_BASELINES)[number], BlockInterval>>>;
  }[];
}

/** The score of every model by origin (rows) and months ahead (columns 0 .. 11), in the order of time. */
export type Grid = Readonly<Record<Scale, Readonly<Record<DeathModel, readonly (readonly number[])[]>>>>;

/**
 * Rolling origins: from the month on by which {@link FEWEST_MONTHS} are known to the last with {@link MOST_AHEAD} months
 * after it, each model is given what lies before and scored by the continuous ranked probability score.
 */
export function deathGrid(values: readonly number[], each: (share: number) => void = () => {}): Grid {
  const rows = () =>
    Object.fromEntries(DEATH_MODELS.map((model) => [model, [] as number[][]])) as Record<DeathModel, number[][]>;
  const grid = { deaths: rows(), log: rows() };
  const last = values.length - MOST_AHEAD;
  for (let origin = FEWEST_MONTHS; origin <= last; origin++) {
    const said = deathForecasts(values.slice(0, origin));
    for (const model of DEATH_MODELS) {
      const ensembles = Array.from({ length: MOST_AHEAD }, (_, i) => said[model](i + 1));
      const came = (i: number) => values[origin + i] ?? Number.NaN;
      grid.deaths[model].push(ensembles.map((members, i) => crpsEnsemble(members, came(i))));
      grid.log[model].push(
        ensembles.map((members, i) =>
          crpsEnsemble(
            members.map((x) => log1p(x)),
            log1p(came(i)),
          ),
        ),
      );
    }
    each((origin - FEWEST_MONTHS + 1) / (last - FEWEST_MONTHS + 1));
  }
  return grid;
}

/** Mean scores over so many months ahead, and paired differences with moving-block intervals over origins. */
export function deathScores(grid: Grid, scale: Scale, [from, to]: readonly [number, number]): DeathScores {
  const by = (model: DeathModel) => grid[scale][model].map((row) => mean(row.slice(from - 1, to)));
  const models = DEATH_MODELS.map((model) => {
    const own = by(model);
    const less = DEATH_BASELINES.filter((baseline) => baseline !== model).map((baseline) => {
      const other = by(baseline);
      return [
        baseline,
        movingBlocks(
          own.map((score, i) => score - (other[i] ?? 0)),
          BLOCK,
          RESAMPLES,
          SEED,
        ),
      ];
    });
    return { model, crps: mean(own), less: Object.fromEntries(less) };
  });
  return { scale, from, to, origins: grid[scale].last.length, models };
}
