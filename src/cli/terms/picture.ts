import type { MarkedPackage, TermsPicture } from "../../report/charts/terms.ts";
import { type Analysis, type Concept, utilitiesAt } from "../../terms/index.ts";
import type { TermsSubject } from "./target.ts";

const LABELS: readonly (readonly [Concept, string])[] = [
  ["nash", "Nash"],
  ["kalaiSmorodinsky", "Kalai-Smorodinsky"],
  ["egalitarian", "Egalitarian"],
];

/** Points that a picture draws of a frontier. */
const MOST_DRAWN = 5_000;

/** What a picture of the analysis shows, for those who bargain. */
export function pictureOf({ domain, names }: TermsSubject, analysis: Analysis): TermsPicture {
  const must = [...analysis.space.bargainers];
  const only = (utilities: readonly number[]) => must.map((i) => utilities[i] ?? 0);
  const points = ({ points: set }: Analysis["frontier"]) =>
    Array.from({ length: Math.min(MOST_DRAWN, set.size) }, (_, p) => only(utilitiesAt(set, p)));
  const solutions = LABELS.flatMap(([concept, name]): MarkedPackage[] => {
    const solution = analysis.solutions[concept];
    return solution === undefined ? [] : [{ name, kind: "solution", utilities: only(solution.utilities) }];
  });
  // A proposal that red lines leave no way to fill in has no place on the picture.
  const proposals = Object.entries(analysis.proposals).flatMap(([id, { completion }]): MarkedPackage[] =>
    completion === undefined
      ? []
      : [{ name: names.proposal(id), kind: "proposal", utilities: only(completion.utilities) }],
  );
  return {
    parties: must.map((i) => names.party(domain.parties[i]?.name ?? "")),
    frontier: points(analysis.frontier),
    frontierAll: points(analysis.frontierAll),
    reservation: must.map((i) => {
      const r = analysis.space.reservation[i] ?? Number.NaN;
      return Number.isFinite(r) ? r : null;
    }),
    marked: [...solutions, ...proposals],
  };
}
