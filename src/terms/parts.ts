import { ParleyError } from "../core/problems/index.ts";
import { checkPackage, invalid, placeOf } from "./check.ts";
import { utilities } from "./compile.ts";
import { contributions } from "./decompose.ts";
import { extremePackage } from "./extremes.ts";
import { type Space, unitOf } from "./space.ts";
import { TOL_POINT } from "./tolerances.ts";
import type { Package } from "./types.ts";

/**
 * What a package is worth to a party over no agreement, taken apart by issue: the parts add up to its surplus.
 *
 * No agreement is worth some share of the way from the party's worst package to its best. An issue that goes as far along its
 * own way has a part of 0; one that goes further pays, one that falls behind costs. Without a reservation value the parts are
 * those over the worst package. Empty where all packages are worth the same to the party. Tied issues share as in Shapley (1953).
 *
 * @throws ParleyError where the party is unknown, or the package lacks an issue or names an unknown option
 */
export function surplusParts(space: Space, party: string, chosen: Package): Readonly<Record<string, number>> {
  const { compiled, reservation } = space;
  const { domain } = compiled;
  const i = placeOf(
    "party",
    party,
    domain.parties.map(({ name }) => name),
  );
  const problems = checkPackage(domain, chosen);
  if (problems.length > 0) throw new ParleyError(problems);
  const outcome = domain.issues.map(({ name, options }) => {
    const option = chosen[name];
    if (option === undefined) throw invalid("package", `without ${name}`, "an option of every issue");
    return options.indexOf(option);
  });
  const worst = extremePackage(space, i, -1);
  const best = extremePackage(space, i, 1);
  const [least, greatest] = [utilities(compiled, worst)[i]!, utilities(compiled, best)[i]!];
  const range = greatest - least;
  if (!(range > TOL_POINT * unitOf(space, i))) return {};
  const r = reservation[i]!;
  const share = Number.isFinite(r) ? (r - least) / range : 0;
  const here = contributions(compiled, i, worst, outcome);
  const way = contributions(compiled, i, worst, best);
  return Object.fromEntries(
    domain.issues.flatMap(({ name }, k): [string, number][] => {
      const matters = Math.abs(way[k]!) > TOL_POINT * range || Math.abs(here[k]!) > TOL_POINT * range;
      return matters ? [[name, here[k]! - share * way[k]!]] : [];
    }),
  );
}
