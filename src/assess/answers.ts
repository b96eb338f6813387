import type { Case } from "../case/index.ts";
import { dateInWords } from "../core/dates/index.ts";
import type { BaseRatesExhibit } from "./base-rates/schema.ts";
import { confidenceIn } from "./confidence.ts";
import { count, list, number } from "./format.ts";
import type { EvidenceInputs } from "./inputs/evidence.ts";
import { decibans, inWords, percent, percentRange } from "./likelihood.ts";
import type { Reasons } from "./reasons.ts";
import type {
  Answer,
  ClaimRow,
  Figure,
  Likelihood,
  LinkTable,
  QuestionAssessment,
  SensitivityExhibit,
  SimulationExhibit,
  StabilityExhibit,
  TermsExhibit,
} from "./schema.ts";

/** What an engine adds to an answer: its headline where it has one, figures and their roots. */
export type Contribution = Partial<Pick<Answer, "headline" | "likelihood" | "confidence" | "figures" | "because">>;

/** What the engines found, ready to be told. */
export interface Findings {
  readonly content: Case;
  readonly inputs: EvidenceInputs;
  readonly questions: readonly QuestionAssessment[];
  readonly links: readonly LinkTable[];
  readonly simulation: SimulationExhibit;
  readonly sensitivity: SensitivityExhibit;
  readonly terms: TermsExhibit;
  /** Why there is no negotiation analysis. */
  readonly noTerms: string | undefined;
  readonly stability: StabilityExhibit;
  /** Why there is no graph model. */
  readonly noStability: string | undefined;
  readonly baseRates: BaseRatesExhibit;
  readonly reasons: Reasons;
}

/** The question that the headlines speak of: the first on talks, else the first. */
function leading(questions: readonly QuestionAssessment[]): QuestionAssessment | undefined {
  return questions.find(({ event }) => event === "talks") ?? questions[0];
}

/** Why: drivers and obstacles, and what the data say of them. */
export function whyFromEvidence({ inputs, questions, links }: Findings): Contribution {
  const question = leading(questions);
  if (question === undefined) return {};
  const of = (leans: ClaimRow["leans"]) =>
    question.claims
      .filter((claim) => claim.leans === leans)
      .toSorted((a, b) => Math.abs(b.leanDb) - Math.abs(a.leanDb));
  const drivers = of("driver");
  const obstacles = of("obstacle");
  const tested = [...inputs.tests.values()].filter(({ verdict }) => verdict !== undefined);
  const supported = tested.filter(({ verdict }) => verdict === "supported").length;
  const contradicted = tested.filter(({ verdict }) => verdict === "contradicted").length;
  const strongest = (claim: ClaimRow | undefined, kind: string) =>
    claim === undefined ? undefined : `the strongest ${kind} is “${claim.name}” (${decibans(claim.leanDb)})`;
  const lead = [strongest(drivers[0], "driver"), strongest(obstacles[0], "obstacle")].filter((t) => t !== undefined);
  const data =
    tested.length === 0
      ? "No claim is tested against data."
      : tested.length === 1
        ? `The one claim tested against data is ${supported === 1 ? "supported" : contradicted === 1 ? "contradicted" : "neither supported nor contradicted"}.`
        : `Of ${count(tested.length, "claim")} tested against data, ${supported === 0 ? "none is" : supported === 1 ? "1 is" : `${supported} are`} supported` +
          `${contradicted === 0 ? "" : ` and ${contradicted} contradicted`}.`;
  const table = links.find((each) => each.question === question.id);
  const signs = table?.rows.some(({ argues }) => argues !== null) === true ? ` ${table.finding}` : "";
  const headline =
    question.claims.length === 0
      ? "No claim bears on the question."
      : `${count(drivers.length, "driver")} and ${count(obstacles.length, "obstacle")}: ${list(lead)}. ${data}${signs}`;
  return { headline, figures: claimFigures(questions), because: questions.map(({ node }) => node) };
}

function claimFigures(questions: readonly QuestionAssessment[]): Figure[] {
  return questions.flatMap((question) =>
    question.claims.map((claim) => ({
      id: `${question.id}/${claim.id}`,
      label: `${claim.name}, for “${question.text}”`,
      value: claim.leanDb,
      unit: "dB",
      text: decibans(claim.leanDb),
      node: claim.node,
    })),
  );
}

/** When: how likely each question's first hypothesis is on the evidence alone, over the readings and as coded. */
export function whenFromEvidence(findings: Findings): Contribution {
  const likelihood = findings.questions.flatMap((question) => likelihoodOf(findings, question) ?? []);
  const question = leading(findings.questions.filter(({ posterior }) => posterior !== null));
  const lead = likelihood.find((each) => each.question === question?.id);
  if (question === undefined || lead === undefined) {
    return { headline: "No question has a prior, so the evidence gives weights and no probability." };
  }
  const interval = lead.certain
    ? "every input is a plain number, so there is no interval"
    : `80 % interval ${percentRange(lead.estimate.low80, lead.estimate.high80)}`;
  const coded = `${percent(lead.estimate.median)} (${interval})`;
  const about = lead.text;
  const range =
    lead.readings.length > 1
      ? `${percentRange(lead.range.low, lead.range.high)} over ${lead.readings.length} readings; ${readingName(findings.content)} ${coded}, ${lead.words}`
      : `${coded}, ${lead.words}`;
  return {
    headline: `${about}: on the evidence alone ${range}.`,
    likelihood,
    confidence: confidenceIn(question, lead),
    figures: likelihood.map((each) => ({
      id: `${each.question}/posterior`,
      label: each.text,
      value: each.estimate.median,
      unit: "probability",
      low: each.estimate.low80,
      high: each.estimate.high80,
      text: percent(each.estimate.median),
      node: each.node,
    })),
    because: likelihood.map(({ node }) => node),
  };
}

function readingName(content: Case): string {
  const { reading } = content;
  return reading === undefined ? "as coded" : `under “${content.readings[reading]?.name ?? reading}”`;
}

function until(content: Case, question: string): string {
  const by = content.questions[question]?.by;
  return by === undefined ? "" : ` by ${dateInWords(by)}`;
}

/** An event of the simulation in words, for headlines. */
const EVENTS: Readonly<Record<string, string>> = {
  talks: "Talks",
  stop: "An end of the fighting",
  settlement: "A settlement",
  freeze: "A freeze of the front",
  relapse: "A relapse into fighting",
};

function likelihoodOf({ content }: Findings, question: QuestionAssessment): Likelihood | undefined {
  const [hypothesis] = question.hypotheses;
  const estimate = hypothesis === undefined ? undefined : question.posterior?.[hypothesis.id];
  if (hypothesis === undefined || estimate === undefined) return undefined;
  const scale = content.settings.words ?? "icd-203";
  const medians = [estimate, ...question.readings.map((reading) => reading.estimate)].map(({ median }) => median);
  const event = question.event === null ? undefined : EVENTS[question.event];
  return {
    question: question.id,
    text:
      event === undefined
        ? `${question.text.replace(/\?$/, "")}: ${hypothesis.text}`
        : `${event}${until(content, question.id)}`,
    hypothesis: hypothesis.id,
    engine: "evidence",
    estimate,
    words: inWords(estimate.median, scale),
    scale,
    readings: question.readings,
    range: { low: Math.min(...medians), high: Math.max(...medians) },
    certain: question.certain,
    node: question.node,
  };
}

/** What would change the answer: claims that flip it, sources that it rests on, readings. */
export function changesFromEvidence({ questions, reasons }: Findings): Contribution {
  const question = leading(questions.filter(({ posterior }) => posterior !== null));
  const [hypothesis] = question?.hypotheses ?? [];
  const posterior = hypothesis === undefined ? undefined : question?.posterior?.[hypothesis.id];
  if (question === undefined || hypothesis === undefined || posterior === undefined) return {};
  const moves = (row: { readonly leaveOneOut: Readonly<Record<string, number>> | null }): number =>
    (row.leaveOneOut?.[hypothesis.id] ?? posterior.central) - posterior.central;
  const bySize = <T extends Parameters<typeof moves>[0]>(rows: readonly T[]): T[] =>
    rows.toSorted((a, b) => Math.abs(moves(b)) - Math.abs(moves(a)));
  const [source] = bySize(question.sources.filter(({ alone }) => alone.length > 0));
  const flips = question.claims
    .filter(({ flip }) => flip !== null)
    .toSorted((a, b) => flipDistance(a) - flipDistance(b));
  const [flip] = flips;
  const parts: string[] = [];
  if (source !== undefined) {
    const without = source.leaveOneOut?.[hypothesis.id] ?? posterior.central;
    const rests = count(source.alone.length, "claim");
    parts.push(
      `without the ${rests} that rest${source.alone.length === 1 ? "s" : ""} on ${source.name} alone, ` +
        `${percent(posterior.central)} becomes ${percent(without)}`,
    );
  }
  const threshold = percent(question.threshold);
  parts.push(
    flip === undefined
      ? `no single claim could carry it across ${threshold}`
      : `“${flip.name}” alone would carry it across ${threshold} with ${flipWords(flip)}`,
  );
  const node = reasons.definition("flip-point");
  const figures = bySize(question.claims).map(
    (claim): Figure => ({
      id: `${question.id}/${claim.id}/without`,
      label: `without “${claim.name}”`,
      value: claim.leaveOneOut?.[hypothesis.id] ?? posterior.central,
      unit: "probability",
      text: percent(claim.leaveOneOut?.[hypothesis.id] ?? posterior.central),
      node: claim.node,
    }),
  );
  const [first = "", ...rest] = parts;
  const headline = `${first.charAt(0).toUpperCase()}${first.slice(1)}${rest.map((part) => `; ${part}`).join("")}.`;
  return { headline, figures, because: [question.node, node] };
}

/** How far a claim's ratio is from its flip point, in decibans of its own ln LR. */
function flipDistance(claim: ClaimRow): number {
  const factor = claim.flip?.factor;
  if (factor === null || factor === undefined) return Number.POSITIVE_INFINITY;
  return Math.abs((factor - 1) * claim.fullDb);
}

function flipWords(claim: ClaimRow): string {
  const { ratio = null, factor = null } = claim.flip ?? {};
  if (ratio !== null) return `a likelihood ratio of ${number(ratio)}`;
  return `${number(factor ?? 0)} times its weight`;
}
