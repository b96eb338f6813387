import type { Case, Dossier, View } from "../case/index.ts";
import { ParleyError } from "../core/problems/index.ts";
import {
  type Analysis,
  acceptanceChances,
  acceptanceOf,
  analyse,
  type Concept,
  countZopa,
  type Deal,
  type Domain,
  dealChance,
  findDeal,
  makeSpace,
  type Package,
  type Space,
  swings,
  utilitiesAt,
  type Verdict,
} from "../terms/index.ts";
import { capital, humanize, list } from "./format.ts";
import { bindTerms, type TermsBinding, type TermsInputs } from "./inputs/terms.ts";
import { termsKey } from "./keys.ts";
import { dynamicsOf, lookAt } from "./looks.ts";
import { type Memo, remembered } from "./memo.ts";
import { readingInfo } from "./readings.ts";
import type { Reasons } from "./reasons.ts";
import type { TermsExhibit } from "./schema.ts";
import { warWorths } from "./war-reservations.ts";

type Exhibit = NonNullable<TermsExhibit>;
type Proposal = Exhibit["proposals"][number];
type Zone = Pick<Exhibit["zone"], "exists" | "says" | "size" | "packages">;

const CONCEPTS: readonly (readonly [Concept, string])[] = [
  ["nash", "Nash"],
  ["kalaiSmorodinsky", "Kalai-Smorodinsky"],
  ["egalitarian", "Egalitarian"],
];
/** Points of a frontier that are kept for pictures. */
const MOST_POINTS = 300;
/** Draws for chances of acceptance, and for that of a deal, each of which is a search. */
export const DRAWS = 1000;
const DEAL_DRAWS = 50;

/** The analysis, or why there is none. */
export interface Negotiated {
  readonly exhibit: TermsExhibit;
  readonly reason: string | undefined;
}

/** What one reading comes to: the zone, and which proposals some completion of which nobody refuses. */
interface UnderReading {
  readonly zone: Zone;
  readonly proposals: Readonly<Record<string, Omit<Proposal["readings"][number], "reading">>>;
}

/**
 * The negotiation analysis of a case: whether a deal exists among those who must accept, under every reading; what each party
 * makes of every proposal; the packages that waste nothing. Null where the case has no issues or no positions on them.
 */
export function termsExhibitOf(
  dossier: Dossier,
  view: View,
  content: Case,
  reasons: Reasons,
  seed: number,
  memo: Memo,
): Negotiated {
  const { inputs, doesNotApply } = termsOf(content, seed);
  if (inputs === undefined) return { exhibit: null, reason: doesNotApply };
  try {
    return { exhibit: exhibitOf(dossier, view, content, inputs, reasons, seed, memo), reason: undefined };
  } catch (error) {
    // A domain that cannot be analysed leaves this answer open and no other.
    if (!(error instanceof ParleyError)) throw error;
    return { exhibit: null, reason: error.problems.map(({ message }) => message).join("; ") };
  }
}

function exhibitOf(
  dossier: Dossier,
  view: View,
  content: Case,
  inputs: TermsInputs,
  reasons: Reasons,
  seed: number,
  memo: Memo,
): Exhibit {
  const { domain } = inputs;
  const keyFor = (looked: Case) => termsKey(looked, dynamicsOf(looked).inputs);
  const own = remembered(memo, ["terms", keyFor(content), seed], () => analysedOf(inputs, content, seed));
  const ids = [undefined, ...Object.keys(content.readings)].filter(
    (id) => content.readings[id ?? ""]?.kind !== "stress",
  );
  const readings = ids.flatMap((reading) => {
    const { name, kind } = readingInfo(dossier, content, reading);
    const looked = reading === content.reading ? content : lookAt(dossier, { ...view, reading }).case;
    if (looked === undefined) return [];
    const under = remembered(memo, ["terms under", keyFor(looked), seed], () => {
      const bound = termsOf(looked, seed).inputs;
      return bound === undefined ? null : underReading(bound, looked);
    });
    return under === null ? [] : [{ reading: reading ?? null, name, kind, ...under }];
  });
  const engine = reasons.table.add({
    id: "engine:terms",
    kind: "engine",
    label: `terms engine: exact analysis of ${domain.issues.length} issues and ${domain.parties.length} parties`,
    because: [reasons.definition("zopa"), reasons.definition("pareto"), reasons.definition("solutions")],
  });
  const parties = inputs.reservations.map((basis, i) => ({
    party: basis.party,
    name: nameOf(content, basis.party),
    accepts: domain.parties[i]?.accepts ?? ("required" as const),
    reservation: own.reservation[i] ?? null,
    basis: basis.text,
    node: reasons.table.add({
      id: `parameter:positions.${basis.party}.reservation`,
      kind: "parameter",
      label: basis.text,
      ...(own.reservation[i] === null || own.reservation[i] === undefined ? {} : { value: own.reservation[i] }),
      ...reasons.at(`positions.${basis.party}`),
      because:
        basis.kind === "from-war" && reasons.table.get("engine:dynamics") !== undefined ? ["engine:dynamics"] : [],
    }),
  }));
  const because = [engine, ...parties.map(({ node }) => node)];
  const told = own.proposals.map((proposal) => ({
    ...proposal,
    name: content.proposals[proposal.id]?.name ?? proposal.id,
    readings: readings.flatMap(({ reading, proposals }) => {
      const under = proposals[proposal.id];
      return under === undefined ? [] : [{ reading, ...under }];
    }),
    node: reasons.table.add({
      id: `figure:terms/${proposal.id}`,
      kind: "figure",
      label: `“${content.proposals[proposal.id]?.name ?? proposal.id}”: what each party makes of it`,
      ...reasons.at(`proposals.${proposal.id}`),
      because: [...because, reasons.definition("verdict"), ...reasons.sources(content.proposals[proposal.id]?.source)],
    }),
  }));
  const { proposals: _, reservation: __, ...rest } = own;
  return {
    ...rest,
    parties,
    issues: domain.issues.map(({ name }) => ({ id: name, name: content.issues[name]?.name ?? name })),
    readings: readings.map(({ reading, name, kind, zone }) => ({ reading, name, kind, ...zone })),
    solutions: own.solutions.map((solution) => ({
      ...solution,
      node: reasons.table.add({
        id: `figure:terms/${solution.concept}`,
        kind: "figure",
        label: `${solution.name} solution: ${packageWords(content, solution.outcome)}`,
        because,
      }),
    })),
    proposals: told,
    assumed: [...inputs.assumed],
    node: reasons.table.add({
      id: "figure:terms",
      kind: "figure",
      label: own.zone.says,
      because,
    }),
  };
}

/** The case as the negotiation analysis reads it, with what fighting on is worth. */
export function termsOf(content: Case, seed: number): TermsBinding {
  const { inputs: war } = dynamicsOf(content);
  return bindTerms(content, war === undefined ? undefined : warWorths(war, seed));
}

export const nameOf = (content: Case, party: string): string =>
  content.parties[party]?.name ?? capital(humanize(party));
const issueName = (content: Case, issue: string): string => content.issues[issue]?.name ?? humanize(issue);

/** A package in words: its options by name, in the order of the issues. */
export function packageWords(content: Case, outcome: Package): string {
  return Object.entries(outcome)
    .map(([issue, option]) => content.issues[issue]?.options[option]?.name ?? option)
    .join(", ");
}

function analysedOf({ domain, proposals }: TermsInputs, content: Case, seed: number) {
  const analysis = analyse(domain, { proposals, seed });
  const { space, zopa } = analysis;
  // An open proposal is looked at as it would best be filled in.
  const filled = Object.fromEntries(
    Object.entries(analysis.proposals).flatMap(([id, { completion }]) =>
      completion === undefined ? [] : [[id, completion.outcome]],
    ),
  );
  const chances = acceptanceChances(domain, filled, { draws: DRAWS, seed });
  const chance = dealChance(domain, { draws: DEAL_DRAWS, seed });
  return {
    reservation: Array.from(space.reservation, (r) => (Number.isFinite(r) ? r : null)),
    weights: swings(space).map((row) => {
      const total = row.reduce((sum, value) => sum + value, 0);
      return row.map((value) => (total > 0 ? value / total : 0));
    }),
    feasible: analysis.outcomes === undefined ? null : String(analysis.outcomes),
    zone: zoneOf(analysis.deal, zopa, content),
    chance: { p: chance.probability, se: chance.standardError, draws: DEAL_DRAWS },
    frontier: pointsOf(analysis.frontier),
    frontierAll: pointsOf(analysis.frontierAll),
    solutions: CONCEPTS.flatMap(([concept, name]) => {
      const solution = analysis.solutions[concept];
      if (solution === undefined) return [];
      const { utilities, outcome, ties, exact } = solution;
      return [{ concept, name, utilities: [...utilities], outcome: { ...outcome }, ties, exact }];
    }),
    proposals: Object.entries(analysis.proposals).map(([id, verdict]) => toldOf(id, verdict, chances[id])),
    logrolls: analysis.logrolls.map(({ parties, issues, shares, rates }) => ({
      parties: [...parties] as [string, string],
      issues: [...issues] as [string, string],
      shares: shares.map((row) => [...row]) as [[number, number], [number, number]],
      rates: [...rates] as [number, number],
    })),
    opens: opensOf(domain, space),
  };
}

function pointsOf({ points, exact }: Analysis["frontier"]) {
  const step = Math.max(1, Math.ceil(points.size / MOST_POINTS));
  return {
    size: points.size,
    exact,
    points: Array.from({ length: Math.ceil(points.size / step) }, (_, p) => utilitiesAt(points, p * step)),
  };
}

export function toldOf(id: string, verdict: Verdict, chance: ReturnType<typeof acceptanceChances>[string] | undefined) {
  const { parties, completion } = verdict;
  return {
    id,
    open: [...verdict.open],
    feasible: verdict.feasible,
    acceptable: verdict.acceptable,
    utilities: [...(completion?.utilities ?? parties.map(({ utility }) => utility.best))],
    completion: completion === undefined ? null : { ...completion.outcome },
    chance: chance === undefined ? null : { p: chance.all.probability, se: chance.all.standardError },
    verdicts: parties.map(({ party, accepts, utility, surplus, redLines, shortfall, issues }, i) => ({
      party,
      accepts,
      worst: utility.worst,
      best: utility.best,
      surplus: Number.isFinite(surplus.best) ? surplus.best : null,
      redLines: { ...redLines },
      shortfall,
      issues: { ...issues },
      chance: chance?.parties[i]?.probability ?? null,
    })),
    nearest: verdict.nearest.map(({ changed, outcome, utilities }) => ({
      changed: [...changed],
      outcome: { ...outcome },
      utilities: [...utilities],
    })),
  };
}

/** How large the zone were if one party dropped its red lines on one issue; for every party alike. */
function opensOf(domain: Domain, space: Space): Exhibit["opens"] {
  return space.acceptors.flatMap((i) => {
    const party = domain.parties[i];
    return Object.entries(party?.redLines ?? {}).map(([issue, options]) => {
      const parties = domain.parties.map((each, j) => {
        if (j !== i) return each;
        const { [issue]: _, ...kept } = each.redLines ?? {};
        return { ...each, redLines: kept };
      });
      const { size } = countZopa(makeSpace({ ...domain, parties }));
      return { party: party?.name ?? "", issue, options: [...options], size: String(size) };
    });
  });
}

export function underReading({ domain, proposals }: TermsInputs, content: Case): UnderReading {
  const space = makeSpace(domain);
  const deal = findDeal(space);
  return {
    zone: zoneOf(deal, deal.exists ? countZopa(space) : undefined, content),
    proposals: Object.fromEntries(
      Object.entries(proposals).map(([id, proposal]) => {
        const { acceptable, parties } = acceptanceOf(space, proposal);
        const surplus = parties.filter(({ surplus: { best } }) => Number.isFinite(best));
        return [
          id,
          {
            acceptable,
            accepts: Object.fromEntries(parties.map(({ party, accepts }) => [party, accepts])),
            surplus: Object.fromEntries(surplus.map((each) => [each.party, each.surplus.best])),
          },
        ];
      }),
    ),
  };
}

export function zoneOf(deal: Deal, zopa: Analysis["zopa"], content: Case): Zone {
  return {
    exists: deal.exists,
    says: dealWords(deal, content),
    size: deal.exists ? (zopa === undefined ? null : String(zopa.size)) : "0",
    packages: zopa === undefined ? null : String(zopa.packages),
  };
}

/** Whether a deal exists, in a sentence without its full stop. */
function dealWords({ exists, redLines, parties }: Deal, content: Case): string {
  if (exists) return "there are packages that nobody who must accept would refuse";
  if (redLines.length > 0) {
    const lines = redLines.map(
      ({ party, issue }) => `${nameOf(content, party)} on ${issueName(content, issue).toLowerCase()}`,
    );
    return `red lines leave no package: those of ${list(lines)} exclude each other`;
  }
  if (parties.length > 0) {
    const names = list(parties.map((party) => nameOf(content, party)));
    return `no package is worth what they get without agreement to ${names} together`;
  }
  return "no package is acceptable to all who must accept";
}
