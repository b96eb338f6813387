import { isEmpty } from "./diagram.ts";
import type { Frontier } from "./frontier.ts";
import { type Concept, type Ideals, objectiveOf } from "./objectives.ts";
import { Search } from "./search.ts";
import { type Solution, solutionOn } from "./solutions.ts";
import type { Space } from "./space.ts";
import { TOL_DEGENERATE } from "./tolerances.ts";

/** A focal package; the greatest utilities that others could hope for are not worked out. */
export type Focal = Omit<Solution, "ideal">;

/**
 * A concept's package without the frontier, by branch and bound: what `analyse` gives, at the price of one search. Undefined
 * where no package is acceptable to all who must accept.
 *
 * What each party could win at most takes a search for each of them. Nash's and the egalitarian solution need it only to leave
 * out those who can win nothing: where all win under the solution, nobody is.
 */
export function focalPackage(space: Space, concept: "nash" | "egalitarian" | "utilitarian"): Focal | undefined {
  if (space.open === undefined || isEmpty(space.open)) return undefined;
  const hoped: Ideals = { rational: space.greatest, all: space.greatest };
  const first = under(space, concept, hoped);
  const allWin = first?.gains.every((gain) => gain > TOL_DEGENERATE);
  if (first === undefined || concept === "utilitarian" || allWin === true) return first;
  const ideals = new Search(space).ideals();
  return ideals === undefined ? undefined : under(space, concept, ideals);
}

function under(space: Space, concept: Concept, ideals: Ideals): Solution | undefined {
  const found = new Search(space).best(objectiveOf(space, concept, ideals));
  if (found === undefined) return undefined;
  const frontier: Frontier = { points: found.points, method: "merge", exact: found.exact, epsilon: 0 };
  return solutionOn(space, frontier, concept, ideals);
}
