import type { Case } from "../case/index.ts";
import { isAmount } from "../case/index.ts";
import { logit } from "../core/math/index.ts";
import type { ClaimResult, EvidenceQuestion, QuestionResult } from "../evidence/index.ts";
import { analyseHypotheses, toDecibans } from "../evidence/index.ts";
import { priorFromBaseRate } from "./base-rates/prior.ts";
import { capital, humanize } from "./format.ts";
import type { EvidenceInputs } from "./inputs/evidence.ts";
import { hypothesesOf } from "./inputs/evidence.ts";
import { decibans, percent } from "./likelihood.ts";
import type { Reasons } from "./reasons.ts";
import { nameOfClaim, shortCitation, shortName } from "./reasons.ts";
import type { ClaimRow, QuestionAssessment } from "./schema.ts";

/** What the evidence says on one question, with a node for every figure. */
export function assessQuestion(
  content: Case,
  inputs: EvidenceInputs,
  compiled: EvidenceQuestion,
  result: QuestionResult,
  readings: QuestionAssessment["readings"],
  reasons: Reasons,
  engine: string,
): QuestionAssessment {
  const id = result.question;
  const question = content.questions[id];
  if (question === undefined) throw new RangeError(`unknown question: ${id}`);
  const claims = result.claims.map((claim) => claimRow(content, inputs, id, claim, reasons));
  const prior = priorNode(content, id, reasons);
  const node = reasons.table.add({
    id: `figure:${id}/posterior`,
    kind: "figure",
    label: posteriorLabel(content, id, result),
    ...(result.posterior === null ? {} : { value: first(result, result.posterior).median }),
    ...reasons.at(`questions.${id}`),
    because: [
      engine,
      reasons.definition("posterior"),
      ...(prior === undefined ? [] : [prior]),
      ...claims.map((claim) => claim.node),
    ],
  });
  const sources = question.source ?? [];
  const known = sources.filter(({ source }) => content.sources[source] !== undefined);
  const ach = analyseHypotheses(compiled.hypotheses, inputs.ach.get(id) ?? []);
  return {
    id,
    text: question.text,
    event: question.event ?? null,
    by: question.by?.text ?? null,
    settledBy: question.settledBy ?? null,
    // Who had not yet spoken on the day that is looked at asserts nothing.
    thesis: sources.length > 0 && known.length === 0 ? null : (question.thesis ?? null),
    citations: known.map((ref) => shortCitation(content, ref)),
    hypotheses: hypothesesOf(question).map((hypothesis) => ({ ...hypothesis })),
    threshold: result.threshold,
    prior: result.prior,
    priorBecause: question.because ?? null,
    posterior: result.posterior,
    certain: result.certain,
    totalDb: result.totalDb,
    shapleyMethod: result.shapleyMethod,
    waterfall: waterfall(result, claims, prior, node),
    claims,
    groups: result.groups.map((group) => ({
      id: group.id,
      name: content.groups[group.id]?.name ?? nameOfClaim(content, group.id),
      claims: [...group.claims],
      correlation: group.correlation,
      weightDb: group.weightDb,
      shapley: group.shapley,
      leaveOneOut: group.leaveOneOut,
    })),
    sources: result.sources.map((source) => ({
      id: source.id,
      name: shortName(content, source.id),
      claims: [...source.claims],
      alone: [...source.alone],
      weightDb: source.weightDb,
      leaveOneOut: source.leaveOneOut,
    })),
    ach: {
      hypotheses: [...ach.hypotheses],
      rows: ach.rows.map((row) => ({
        id: row.id,
        name: nameOfClaim(content, row.id),
        credence: row.credence,
        diagnosticity: row.diagnosticity,
        ratings: row.ratings.map((rating) => ({ ...rating })),
      })),
      inconsistency: [...ach.inconsistency],
      ranking: [...ach.ranking],
    },
    readings,
    node,
  };
}

/** The value of the first hypothesis: the one that a question asks for. */
export function first<T>({ hypotheses }: Pick<QuestionResult, "hypotheses">, record: Readonly<Record<string, T>>): T {
  const value = record[hypotheses[0] ?? ""];
  if (value === undefined) throw new RangeError("invalid question: no hypotheses");
  return value;
}

function posteriorLabel(content: Case, id: string, result: QuestionResult): string {
  const [name = "", ...others] = hypothesesOf(content.questions[id]).map(({ text }) => text);
  const asked = content.questions[id]?.text ?? id;
  if (result.posterior === null) return `${asked} — no prior, so no posterior`;
  const estimate = first(result, result.posterior);
  const of = others.length === 1 && name === "yes" ? "" : `${name}: `;
  return `${asked} — ${of}${percent(estimate.median)} on the evidence`;
}

function priorNode(content: Case, id: string, reasons: Reasons): string | undefined {
  const question = content.questions[id];
  const prior = question?.prior;
  if (question === undefined || prior === undefined) return undefined;
  if (prior === "base-rate") {
    const rate = priorFromBaseRate(content, id);
    if (rate === undefined) return undefined;
    return reasons.parameter(`questions.${id}.prior`, `prior of “${humanize(id)}”`, `base rate, ${rate.text}`, {
      because: [`figure:${id}/base-rate`],
    });
  }
  const value = isAmount(prior)
    ? prior.text
    : Object.entries(prior)
        .map(([name, amount]) => `${name} ${amount.text}`)
        .join(", ");
  return reasons.parameter(`questions.${id}.prior`, `prior of “${humanize(id)}”`, value, {
    note: question.because,
    because: reasons.sources(question.source),
  });
}

function claimRow(
  content: Case,
  inputs: EvidenceInputs,
  question: string,
  result: ClaimResult,
  reasons: Reasons,
): ClaimRow {
  const { id } = result;
  const claim = content.claims[id];
  const name = nameOfClaim(content, id);
  const basis = inputs.credences.get(id);
  const bears = claim?.bears?.[question];
  const written =
    bears === undefined
      ? ""
      : isAmount(bears)
        ? bears.text
        : Object.entries(bears)
            .map(([hypothesis, amount]) => `${hypothesis} ${amount.text}`)
            .join(", ");
  const encoded = claim?.encoded;
  const leanDb = leanOf(hypothesesOf(content.questions[question]), result);
  const strength = reasons.parameter(
    `claims.${id}.bears.${question}`,
    `${bears !== undefined && isAmount(bears) ? "likelihood ratio" : "likelihoods"} of “${name}”`,
    written,
    { note: encoded === undefined ? undefined : `Set by ${encoded.by}: ${encoded.because}` },
  );
  const because = [strength, reasons.credence(id), reasons.claim(id), reasons.definition("weight-of-evidence")];
  if (claim?.group !== undefined) {
    const group = content.groups[claim.group];
    because.push(
      reasons.parameter(
        `groups.${claim.group}.correlation`,
        `correlation of the group “${group?.name ?? humanize(claim.group)}”`,
        group?.correlation?.text ?? "0.5",
        { note: group?.because ?? "Parley's default", because: [reasons.definition("dependence")] },
      ),
    );
  }
  const node = reasons.table.add({
    id: `figure:${question}/${id}`,
    kind: "figure",
    label: `“${name}” adds ${decibans(leanDb)}`,
    value: leanDb,
    unit: "dB",
    ...reasons.at(`claims.${id}`),
    because,
  });
  return {
    id,
    name: capital(name),
    text: claim?.text ?? id,
    kind: claim?.kind ?? null,
    status: claim?.status ?? "accepted",
    citations: (claim?.source ?? []).map((ref) => shortCitation(content, ref)),
    argues: claim?.argues?.[question] ?? null,
    leans: leanDb > 0 ? "driver" : leanDb < 0 ? "obstacle" : "neither",
    leanDb,
    weightDb: result.weightDb,
    weightsDb: result.weightsDb,
    fullDb: result.fullDb,
    diagnosticityDb: result.diagnosticityDb,
    credence: result.credence,
    credenceFrom: basis?.from ?? "graded",
    strength: basis?.strength ?? result.credence,
    counted: result.counted,
    group: result.group,
    favours: result.favours,
    encodedBy: encoded?.by ?? null,
    verdict: inputs.tests.get(id)?.verdict ?? null,
    leaveOneOut: result.leaveOneOut,
    flip: result.flip === null ? null : { ...result.flip },
    node,
  };
}

/** Decibans that a claim adds for the first hypothesis: against the other, or against the mean of more. */
export function leanOf(hypotheses: readonly { readonly id: string }[], result: ClaimResult): number {
  return hypotheses.length === 2 ? result.weightDb : (result.weightsDb[hypotheses[0]?.id ?? ""] ?? 0);
}

/** From prior to posterior in decibans for the first hypothesis, claims by size; empty with more than two hypotheses. */
function waterfall(
  result: QuestionResult,
  claims: readonly ClaimRow[],
  prior: string | undefined,
  posterior: string,
): QuestionAssessment["waterfall"] {
  if (result.hypotheses.length !== 2) return [];
  const start = result.prior === null ? 0 : toDecibans(logit(first(result, result.prior).central));
  const steps: QuestionAssessment["waterfall"] = [];
  if (prior !== undefined && result.prior !== null) {
    const text = `${decibans(start)} · ${percent(first(result, result.prior).central)}`;
    steps.push({ id: "prior", kind: "prior", label: "Prior", from: 0, to: start, text, node: prior });
  }
  let at = start;
  const rising = claims.filter(({ leanDb }) => leanDb > 0).toSorted((a, b) => b.leanDb - a.leanDb);
  const falling = claims.filter(({ leanDb }) => leanDb < 0).toSorted((a, b) => a.leanDb - b.leanDb);
  for (const claim of [...rising, ...falling]) {
    const to = at + claim.leanDb;
    const { id, name: label, node } = claim;
    steps.push({ id, kind: "claim", label, from: at, to, text: decibans(claim.leanDb), node });
    at = to;
  }
  if (result.posterior !== null) {
    const text = `${decibans(at)} · ${percent(first(result, result.posterior).central)}`;
    steps.push({ id: "posterior", kind: "posterior", label: "Posterior", from: 0, to: at, text, node: posterior });
  }
  return steps;
}
