import type { Case } from "../../case/index.ts";
import { isAmount, YES_NO } from "../../case/index.ts";
import { constant, type Distribution } from "../../core/distributions/index.ts";
import type {
  AchClaim,
  Argument,
  ArgumentResult,
  EvidenceQuestion,
  GradeTable,
  Prior,
  Weight,
} from "../../evidence/index.ts";
import {
  argumentStrengths,
  bestReliability,
  CONTRADICTED,
  DEFAULT_GRADES,
  gradedCredence,
  interestedLimit,
} from "../../evidence/index.ts";
import { priorFromBaseRate } from "../base-rates/prior.ts";
import type { ClaimTests } from "./indicators.ts";
import { testClaim } from "./indicators.ts";

type Claim = Case["claims"][string];
type Question = Case["questions"][string];

/** How a claim's credence came about. */
export interface CredenceBasis {
  readonly distribution: Distribution;
  /** Stated in the case, from the grades of claim and sources, or from the argument graph. */
  readonly from: "stated" | "graded" | "argued";
  /** Credence before the limits below. */
  readonly before: number;
  /** An interested source without confirmation: C3 at most. */
  readonly interested: boolean;
  /** Contradicted by its own test. */
  readonly contradicted: boolean;
  /** Strength in the argument graph, shown beside the credence. */
  readonly strength: number;
}

/** A case compiled for the evidence engine under one view. */
export interface EvidenceInputs {
  readonly questions: readonly EvidenceQuestion[];
  readonly credences: ReadonlyMap<string, CredenceBasis>;
  readonly tests: ReadonlyMap<string, ClaimTests>;
  readonly argument: ArgumentResult;
  readonly ach: ReadonlyMap<string, readonly AchClaim[]>;
}

/** Whether a claim enters computations: drafts and rejected claims do not. */
export const isActive = (claim: Claim): boolean => claim.status !== "draft" && claim.status !== "rejected";

/** The hypotheses of a question. */
export const hypothesesOf = (question: Pick<Question, "hypotheses"> | undefined) => question?.hypotheses ?? YES_NO;

/** Compiles a case into the evidence engine's input; case paths are those of claims, questions and groups. */
export function compileEvidence(content: Case): EvidenceInputs {
  const active = Object.entries(content.claims).filter(([, claim]) => isActive(claim));
  const tests = new Map(Object.keys(content.claims).map((id) => [id, testClaim(content, id)]));
  const grades = gradesOf(content);
  const before = new Map(active.map(([id, claim]) => [id, credenceBefore(content, claim, grades)]));
  const graph = active.map(([id, claim]): Argument => {
    const base = before.get(id);
    const limit = tests.get(id)?.verdict === "contradicted" ? CONTRADICTED : 1;
    return {
      id,
      base: Math.min(base?.distribution.quantile(0.5) ?? 0, limit),
      supports: claim.supports ?? [],
      attacks: claim.attacks ?? [],
    };
  });
  const argument = argumentStrengths(graph, content.settings.argument ?? "df-quad");
  const credences = new Map(
    active.map(([id, claim]) => {
      const strength = argument.strengths.get(id) ?? 0;
      const contradicted = tests.get(id)?.verdict === "contradicted";
      return [id, finalCredence(claim, before.get(id), strength, contradicted)] as const;
    }),
  );
  const questions = Object.entries(content.questions).map(([id, question]) =>
    compileQuestion(content, id, question, active, credences),
  );
  const ach = new Map(
    Object.entries(content.questions).map(([id, question]) => [id, achClaims(id, question, active, credences)]),
  );
  return { questions, credences, tests, argument, ach };
}

function gradesOf({ settings }: Case): GradeTable {
  const central = (table: Readonly<Record<string, { central: number } | undefined>> | undefined) =>
    Object.fromEntries(
      Object.entries(table ?? {}).flatMap(([grade, amount]) => (amount ? [[grade, amount.central]] : [])),
    );
  return {
    reliability: { ...DEFAULT_GRADES.reliability, ...central(settings.reliability) },
    credibility: { ...DEFAULT_GRADES.credibility, ...central(settings.credibility) },
  };
}

interface CredenceBefore {
  readonly distribution: Distribution;
  readonly from: "stated" | "graded";
  readonly interested: boolean;
}

function credenceBefore(content: Case, claim: Claim, grades: GradeTable): CredenceBefore {
  if (claim.credence !== undefined && claim.credence !== "argued") {
    return { distribution: claim.credence.distribution, from: "stated", interested: false };
  }
  const sources = sourcesOf(claim);
  const reliability = bestReliability(sources.map((id) => content.sources[id]?.reliability));
  const graded = gradedCredence(reliability, claim.credibility as 1 | 2 | 3 | 4 | 5 | 6 | undefined, grades);
  const interested = isInterested(content, claim);
  const limited = interested ? Math.min(graded, interestedLimit(grades)) : graded;
  return { distribution: constant(limited), from: "graded", interested: limited < graded };
}

function finalCredence(
  claim: Claim,
  before: CredenceBefore | undefined,
  strength: number,
  contradicted: boolean,
): CredenceBasis {
  const base = before?.distribution ?? constant(0);
  const argued = claim.credence === "argued";
  const uncut = argued ? constant(strength) : base;
  const median = uncut.quantile(0.5);
  const cut = contradicted && median > CONTRADICTED;
  return {
    distribution: cut ? constant(CONTRADICTED) : uncut,
    from: argued ? "argued" : (before?.from ?? "graded"),
    before: base.quantile(0.5),
    interested: before?.interested ?? false,
    contradicted,
    strength,
  };
}

/** Names of the sources of a claim, each once. */
export function sourcesOf(claim: Pick<Claim, "source">): string[] {
  return [...new Set((claim.source ?? []).map(({ source }) => source))];
}

/**
 * Whether every source of a claim is interested in it: its own side or its adversary is what the claim is about.
 *
 * A claim that does not say whom it is about counts as about everybody.
 */
export function isInterested(content: Case, claim: Claim): boolean {
  const sources = sourcesOf(claim);
  if (sources.length === 0) return false;
  return sources.every((id) => {
    const sides = content.sources[id]?.interested ?? [];
    const concerned = new Set(sides.flatMap((party) => [party, ...adversariesOf(content, party)]));
    if (sides.length === 0) return false;
    return claim.about === undefined || claim.about.some((party) => concerned.has(party));
  });
}

/** The belligerents on the other side from a party, be it a belligerent or the backer of one. */
function adversariesOf(content: Case, party: string): string[] {
  const rolesOf = (id: string) => content.parties[id]?.roles ?? [];
  const belligerents = Object.keys(content.parties).filter((id) =>
    rolesOf(id).some(({ role }) => role === "belligerent"),
  );
  const own = new Set([party, ...rolesOf(party).flatMap(({ role, of }) => (role === "backer" && of ? [of] : []))]);
  return belligerents.some((id) => own.has(id)) ? belligerents.filter((id) => !own.has(id)) : [];
}

function compileQuestion(
  content: Case,
  id: string,
  question: Question,
  active: readonly (readonly [string, Claim])[],
  credences: ReadonlyMap<string, CredenceBasis>,
): EvidenceQuestion {
  const hypotheses = hypothesesOf(question).map((hypothesis) => hypothesis.id);
  const claims = active.flatMap(([name, claim]) => {
    const weight = weightOf(claim, id, hypotheses);
    const credence = credences.get(name)?.distribution;
    if (weight === undefined || credence === undefined) return [];
    return [{ id: name, weight, credence, group: claim.group, sources: sourcesOf(claim) }];
  });
  const correlations = Object.fromEntries(
    Object.entries(content.groups).flatMap(([name, { correlation }]) =>
      correlation === undefined ? [] : [[name, correlation.distribution]],
    ),
  );
  const threshold = question.threshold?.central ?? 0.5;
  return { id, hypotheses, prior: priorOf(content, id, question, hypotheses), claims, correlations, threshold };
}

function priorOf(content: Case, id: string, question: Question, hypotheses: readonly string[]): Prior {
  const { prior } = question;
  if (prior === undefined) return { kind: "none" };
  if (prior === "base-rate") {
    const rate = hypotheses.length === 2 ? priorFromBaseRate(content, id) : undefined;
    return rate === undefined ? { kind: "none" } : { kind: "first", probability: rate.distribution };
  }
  if (isAmount(prior)) return { kind: "first", probability: prior.distribution };
  const probabilities = hypotheses.flatMap((name) => prior[name]?.distribution ?? []);
  return probabilities.length === hypotheses.length ? { kind: "each", probabilities } : { kind: "none" };
}

function weightOf(claim: Claim, question: string, hypotheses: readonly string[]): Weight | undefined {
  const bears = claim.bears?.[question];
  if (bears === undefined) return undefined;
  if (isAmount(bears)) return { kind: "ratio", ratio: bears.distribution };
  const distributions = hypotheses.flatMap((name) => bears[name]?.distribution ?? []);
  return distributions.length === hypotheses.length ? { kind: "likelihoods", likelihoods: distributions } : undefined;
}

function achClaims(
  question: string,
  asked: Question,
  active: readonly (readonly [string, Claim])[],
  credences: ReadonlyMap<string, CredenceBasis>,
): AchClaim[] {
  const names = hypothesesOf(asked).map(({ id }) => id);
  return active.flatMap(([id, claim]) => {
    const weight = weightOf(claim, question, names);
    const ratings = claim.ratings?.[question] ?? {};
    if (weight === undefined && Object.keys(ratings).length === 0) return [];
    const likelihoods =
      weight === undefined
        ? undefined
        : weight.kind === "ratio"
          ? [weight.ratio.quantile(0.5), 1]
          : weight.likelihoods.map((likelihood) => likelihood.quantile(0.5));
    return [{ id, credence: credences.get(id)?.distribution.quantile(0.5) ?? 0, likelihoods, ratings }];
  });
}
