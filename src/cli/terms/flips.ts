import { type Analysis, type Flip, flips, type Package } from "../../terms/index.ts";
import type { TermsSubject } from "./target.ts";

/** What could turn the parties' verdicts on one package. */
export interface PackageFlips {
  /** A proposal, or a focal package where there is none. */
  readonly id: string;
  readonly kind: "proposal" | "focal";
  /** The package that is judged: of an open proposal, the completion that comes nearest to what nobody refuses. */
  readonly outcome: Package | null;
  readonly parties: readonly PartyFlips[];
}

export interface PartyFlips {
  readonly party: string;
  /** Worth of the package over no agreement; null for a party that refuses nothing. */
  readonly surplus: number | null;
  readonly accepts: boolean;
  /** What would turn it, each alone, the smallest move first. */
  readonly flips: readonly Flip[];
}

/**
 * How far a weight or a value has to move before a verdict turns, for some proposals, or for the focal packages where there
 * are none. Those who must accept only.
 */
export function flipsOf(
  { domain }: TermsSubject,
  { proposals, solutions, space }: Analysis,
  ids: readonly string[],
): PackageFlips[] {
  const judged = ids.map((id) => ({ id, kind: "proposal" as const, found: proposals[id]?.completion }));
  const focal = Object.entries(solutions).map(([id, found]) => ({ id, kind: "focal" as const, found }));
  return (judged.length > 0 ? judged : focal).map(({ id, kind, found }): PackageFlips => {
    if (found === undefined) return { id, kind, outcome: null, parties: [] };
    const parties = domain.parties.flatMap(({ name, accepts = "required" }, i): PartyFlips[] => {
      if (accepts === "none") return [];
      const reservation = space.reservation[i] ?? Number.NaN;
      const surplus = Number.isFinite(reservation) ? (found.utilities[i] ?? 0) - reservation : null;
      const isAccepted = !space.acceptors.includes(i) || surplus === null || surplus >= -TOL_TIE;
      return [{ party: name, surplus, accepts: isAccepted, flips: flips(domain, name, found.outcome) }];
    });
    return { id, kind, outcome: found.outcome, parties };
  });
}

/** A tie is acceptable; utilities are sums of some tens of terms. */
const TOL_TIE = 1e-9;

/** The same as data, with null for what moves a weight. */
export function flipsContract(found: readonly PackageFlips[]) {
  return found.map(({ parties, ...about }) => ({
    ...about,
    parties: parties.map((each) => ({
      ...each,
      flips: each.flips.map(({ option, ...flip }) => ({ ...flip, option: option ?? null })),
    })),
  }));
}
