import type { Domain, OpenPackage, Package, Space } from "../../terms/index.ts";
import { analyse, countZopa, dealExists, findDeal, focalPackage, judgeProposal, makeSpace } from "../../terms/index.ts";
import { judgedOf } from "./terms-judge.ts";
import type { Blocks, FoundBy, FoundPackage, Opening, Search, SearchResult } from "./terms-protocol.ts";

/** The domain with nobody's red lines. */
export function withoutRedLines(domain: Domain): Domain {
  return { ...domain, parties: domain.parties.map(({ redLines: _, ...party }) => party) };
}

/**
 * The best packages that keep some issues as they are: with the greatest least gain, Nash's, the nearest to a package; or who
 * stands in the way, and what would open it.
 */
export function searchPackages(domain: Domain, { lock, redLines, from, sums }: Search): SearchResult {
  const judged = redLines ? domain : withoutRedLines(domain);
  const space = makeSpace(judged, { lock });
  if (space.open === undefined) return searchedWhole(judged, { lock, redLines, from, sums });
  const concepts = ["egalitarian", "nash", ...(sums ? (["utilitarian"] as const) : [])] as const;
  const found = concepts.flatMap((by) => {
    const solution = focalPackage(space, by);
    return solution === undefined ? [] : [foundOf(space, by, from, solution)];
  });
  const zopa = countZopa(space);
  const counted = { size: zopa === undefined ? null : String(zopa.size), packages: packagesOf(zopa?.packages) };
  if (found.length === 0) {
    const deal = findDeal(space);
    const blocks: Blocks = {
      redLines: deal.redLines.map(({ options, ...line }) => ({ ...line, options: [...options] })),
      parties: [...deal.parties],
      closest: deal.closest === undefined ? null : closestOf(space, judged, deal.closest.outcome),
      opens: openingsOf(judged, lock),
    };
    return { exists: false, ...counted, size: "0", found: [], blocks };
  }
  return { exists: true, ...counted, found: [...nearestOf(space, from), ...found], blocks: null };
}

const packagesOf = (count: bigint | undefined): string | null => (count === undefined ? null : String(count));

/** The package nearest to the one that the search starts from; that one itself where nobody refuses it. */
function nearestOf(space: Space, from: OpenPackage): FoundPackage[] {
  if (Object.keys(from).length === 0) return [];
  const kept = Object.entries(from).filter(([issue]) => space.lock[issue] === undefined);
  const start: OpenPackage = { ...Object.fromEntries(kept), ...space.lock };
  const { acceptable, completion, nearest } = judgeProposal(space, start, { most: 1 });
  const best = acceptable === true ? completion : nearest[0];
  if (best === undefined) return [];
  return [foundOf(space, "nearest", from, { ...best, ties: 1 })];
}

interface Best {
  readonly outcome: Package;
  readonly utilities: readonly number[];
  readonly ties: number;
  readonly exact: boolean;
}

function foundOf(
  space: Space,
  by: FoundBy,
  from: OpenPackage,
  { outcome, utilities, ties, exact }: Best,
): FoundPackage {
  return {
    by,
    outcome: { ...outcome },
    utilities: [...utilities],
    over: utilities.map((value, i) => {
      const noDeal = space.reservation[i] ?? Number.NaN;
      return Number.isFinite(noDeal) ? value - noDeal : null;
    }),
    changed: Object.entries(outcome).flatMap(([issue, option]) => {
      const was = from[issue];
      return was === undefined || [was].flat().includes(option) ? [] : [issue];
    }),
    ties,
    exact,
  };
}

function closestOf(space: Space, domain: Domain, outcome: Package): Blocks["closest"] {
  const { parties } = judgeProposal(space, outcome, { nearest: false });
  return { outcome: { ...outcome }, parties: parties.map((each) => judgedOf(space, domain, each, outcome, outcome)) };
}

/** Locks, and red lines of one party on one issue, without which alone there would be a deal. */
function openingsOf(domain: Domain, lock: Package): Opening[] {
  const locks = Object.keys(lock).filter((issue) => {
    const { [issue]: _, ...others } = lock;
    return dealExists(makeSpace(domain, { lock: others }));
  });
  const lines = domain.parties.flatMap(({ name, accepts, redLines = {} }) =>
    accepts === "none" ? [] : Object.keys(redLines).map((issue) => ({ party: name, issue })),
  );
  const freeing = lines.filter(({ party, issue }) => {
    const parties = domain.parties.map((each) => {
      if (each.name !== party) return each;
      const { [issue]: _, ...kept } = each.redLines ?? {};
      return { ...each, redLines: kept };
    });
    return dealExists(makeSpace({ ...domain, parties }, { lock }));
  });
  return [
    ...locks.map((issue): Opening => ({ kind: "lock", issue })),
    ...freeing.map((line): Opening => ({ kind: "red-line", ...line })),
  ];
}

/** A domain too entangled to be taken apart is gone through package by package. */
function searchedWhole(domain: Domain, { lock, from, sums }: Search): SearchResult {
  const concepts = ["egalitarian", "nash", ...(sums ? (["utilitarian"] as const) : [])] as const;
  const { space, deal, zopa, solutions } = analyse(domain, { lock, concepts });
  const found = concepts.flatMap((by) => {
    const solution = solutions[by];
    return solution === undefined ? [] : [foundOf(space, by, from, solution)];
  });
  const counted = { size: packagesOf(zopa?.size), packages: packagesOf(zopa?.packages) };
  const blocks: Blocks = { redLines: [], parties: [], closest: null, opens: openingsWhole(domain, lock) };
  return { exists: deal.exists, ...counted, found, blocks: deal.exists ? null : blocks };
}

function openingsWhole(domain: Domain, lock: Package): Opening[] {
  return Object.keys(lock).flatMap((issue): Opening[] => {
    const { [issue]: _, ...others } = lock;
    return analyse(domain, { lock: others, concepts: [] }).deal.exists ? [{ kind: "lock", issue }] : [];
  });
}
