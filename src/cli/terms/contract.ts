import { type Analysis, type Concept, type Solution, swings, utilitiesAt, type Verdict } from "../../terms/index.ts";
import type { TermsSubject } from "./target.ts";

/** Points of a frontier that are printed; the size says how many there are. */
const MOST_PRINTED = 20_000;

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** The contract of `parley terms --json`, with more fields beside it. */
export function termsContract(subject: TermsSubject, analysis: Analysis) {
  const { domain, names } = subject;
  const { space, frontier, frontierAll, zopa, deal, opposition } = analysis;
  const solution = (concept: Concept) => solutionContract(analysis.solutions[concept]);
  return {
    title: subject.title,
    parties: domain.parties.map(({ name }) => name),
    issues: domain.issues.map(({ name, options }) => ({ name, options: [...options] })),
    names: {
      parties: domain.parties.map(({ name }) => names.party(name)),
      issues: domain.issues.map(({ name, options }) => ({
        name: names.issue(name),
        options: options.map((option) => names.option(name, option)),
      })),
    },
    accepts: domain.parties.map(({ accepts = "required" }) => accepts),
    outcomes: analysis.outcomes === undefined ? null : String(analysis.outcomes),
    frontier: {
      size: frontier.points.size,
      utilities: Array.from({ length: Math.min(MOST_PRINTED, frontier.points.size) }, (_, p) =>
        utilitiesAt(frontier.points, p),
      ),
      exact: frontier.exact,
      epsilon: frontier.epsilon,
      method: frontier.method,
    },
    frontierAll: { size: frontierAll.points.size, exact: frontierAll.exact, epsilon: frontierAll.epsilon },
    solutions: {
      nash: solution("nash"),
      kalaiSmorodinsky: solution("kalaiSmorodinsky"),
      egalitarian: solution("egalitarian"),
      utilitarian: solution("utilitarian"),
    },
    opposition: opposition ?? null,
    reservation: Array.from(space.reservation, finite),
    reservations: [...subject.reservations],
    zopa: {
      size: zopa === undefined ? null : String(zopa.size),
      empty: !deal.exists,
      packages: zopa === undefined ? null : String(zopa.packages),
      method: zopa?.method ?? null,
      low: zopa === undefined ? null : String(zopa.low),
      high: zopa === undefined ? null : String(zopa.high),
      standardError: zopa?.standardError ?? null,
    },
    deal: { ...deal, closest: deal.closest ?? null },
    proposals: Object.fromEntries(
      Object.entries(analysis.proposals).map(([id, verdict]) => [id, verdictContract(id, subject, verdict)]),
    ),
    redLines: analysis.redLines === undefined ? null : plain(analysis.redLines),
    logrolls: analysis.logrolls.map(plain),
    weights: weightsOf(analysis),
    notes: [...subject.notes],
  };
}

/** Counts as decimal strings, so that JSON holds them. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_, each) => (typeof each === "bigint" ? String(each) : each)));
}

function solutionContract(solution: Solution | undefined) {
  if (solution === undefined) return null;
  const { utilities, outcome, ties, exact, tied, value, gains, disagreement, ideal, leftOut, tolerance } = solution;
  return {
    utilities: [...utilities],
    outcome,
    ties,
    exact,
    tied: tied.map((each) => [...each]),
    value: finite(value),
    gains: [...gains],
    disagreement: [...disagreement],
    ideal: [...ideal],
    leftOut: [...leftOut],
    tolerance,
  };
}

/** What is told of a proposal: by its best joint completion where it leaves things open. */
function verdictContract(id: string, subject: TermsSubject, verdict: Verdict) {
  const { names } = subject;
  const { parties, completion, open, feasible, acceptable, dominatedBy, nearest } = verdict;
  const isOpen = open.length > 0;
  return {
    name: names.proposal(id),
    utilities:
      isOpen && completion !== undefined ? [...completion.utilities] : parties.map(({ utility }) => utility.best),
    accepts: parties.map(({ accepts }) => accepts !== "no"),
    blockedBy: parties
      .filter(({ accepts, role }) => accepts === "no" && role !== "none")
      .map(({ party, issues, redLines, shortfall }) => ({ party, issues: { ...issues }, redLines, shortfall })),
    verdicts: parties.map(({ party, role, utility, surplus, accepts }) => ({
      party,
      role,
      worst: utility.worst,
      best: utility.best,
      surplus: { worst: finite(surplus.worst), best: finite(surplus.best) },
      accepts,
    })),
    open: [...open],
    feasible,
    acceptable,
    completion: completion?.outcome ?? null,
    dominatedBy: dominatedBy ?? null,
    norms: normsOf(subject, id),
    nearest: nearest.map((each) => ({ ...each, keeping: each.keeping ?? null })),
  };
}

/** The share of each issue in what a party could win or lose at all. */
export function weightsOf({ space }: Analysis): number[][] {
  return swings(space).map((row) => {
    const total = row.reduce((sum, value) => sum + value, 0);
    return row.map((value) => (total > 0 ? value / total : 0));
  });
}

/** Norms of the case that an option of a proposal stands against, whatever is chosen of what it leaves open. */
export function normsOf({ content, proposals }: TermsSubject, id: string): string[] {
  const terms = proposals[id];
  if (content === undefined || terms === undefined) return [];
  const isAgainst = (touches: Readonly<Record<string, readonly string[]>>) =>
    Object.entries(terms).some(([issue, chosen]) => {
      const options = typeof chosen === "string" ? [chosen] : chosen;
      return options.length > 0 && options.every((option) => touches[issue]?.includes(option) === true);
    });
  return Object.entries(content.norms).flatMap(([norm, { name, touches }]) =>
    touches !== undefined && isAgainst(touches) ? [name ?? norm] : [],
  );
}
