import type { Domain, OpenPackage, Package, Space } from "../../terms/index.ts";
import { judgeProposal, surplusParts } from "../../terms/index.ts";
import type { Evaluation, Judged } from "./terms-protocol.ts";

type Exclusions = Evaluation["excluded"];

/** What each party makes of a package, and whether it can be had at all. */
export function evaluated(
  space: Space,
  lax: () => Space,
  domain: Domain,
  exclusions: Exclusions,
  pick: OpenPackage,
): Evaluation {
  const { open, feasible, acceptable, completion, parties } = judgeProposal(space, pick, { nearest: false });
  // Where red lines leave no way to fill a package in, it is looked at as it would be without them.
  const filled = completion ?? (feasible ? judgeProposal(lax(), pick, { nearest: false }).completion : undefined);
  const outcome = open.length === 0 ? wholeOf(domain, pick) : (filled?.outcome ?? null);
  return {
    open,
    feasible,
    excluded: exclusions.filter(({ options }) => forbids(options, pick)),
    acceptable: feasible ? acceptable : false,
    outcome,
    parties: parties.map((each) => judgedOf(space, domain, each, pick, outcome)),
  };
}

/** A package that leaves nothing open, an option for each issue. */
function wholeOf({ issues }: Domain, pick: OpenPackage): Package {
  return Object.fromEntries(issues.map(({ name }) => [name, [pick[name] ?? ""].flat()[0] ?? ""]));
}

/** Whether a package, whatever is done with what it leaves open, has one of the options of every issue of a pattern. */
function forbids(pattern: OpenPackage, pick: OpenPackage): boolean {
  return Object.entries(pattern).every(([issue, options]) => {
    const chosen = [pick[issue] ?? []].flat();
    return chosen.length > 0 && chosen.every((option) => [options].flat().includes(option));
  });
}

type Verdict = ReturnType<typeof judgeProposal>["parties"][number];

/** A verdict as data; red lines are told of even where they do not count. */
export function judgedOf(
  space: Space,
  domain: Domain,
  { party, role, utility, surplus, accepts, shortfall, issues }: Verdict,
  pick: OpenPackage,
  outcome: Package | null,
): Judged {
  const i = domain.parties.findIndex(({ name }) => name === party);
  const noDeal = space.reservation[i] ?? Number.NaN;
  const lines = Object.entries(domain.parties[i]?.redLines ?? {}).flatMap(([issue, refused]) => {
    const chosen = [pick[issue] ?? []].flat();
    const crosses = chosen.length > 0 && chosen.every((option) => refused.includes(option));
    return crosses ? [[issue, chosen[0] ?? ""] as const] : [];
  });
  return {
    party,
    role,
    worst: utility.worst,
    best: utility.best,
    noDeal: Number.isFinite(noDeal) ? noDeal : null,
    over: Number.isFinite(surplus.best) ? surplus.best : null,
    accepts,
    redLines: Object.fromEntries(lines),
    shortfall,
    missing: { ...issues },
    parts: outcome === null ? {} : surplusParts(space, party, outcome),
  };
}
