import type { Case } from "../case/index.ts";
import type { ArgumentClaim, ArgumentExhibit } from "./argument-schema.ts";
import { criticalQuestions } from "./critical.ts";
import { capital, humanize } from "./format.ts";
import { type EvidenceInputs, isActive } from "./inputs/evidence.ts";
import type { Reasons } from "./reasons.ts";
import { nameOfClaim, shortCitation } from "./reasons.ts";
import { verdictSentence } from "./verdict-words.ts";

/** The claims of a case as an argument: groups, who supports and attacks whom, what to ask of each, what contradicts what. */
export function argumentExhibitOf(content: Case, inputs: EvidenceInputs, reasons: Reasons): ArgumentExhibit {
  const claims = Object.entries(content.claims).map(([id, claim]): ArgumentClaim => {
    const counts = isActive(claim);
    return {
      id,
      name: capital(nameOfClaim(content, id)),
      text: claim.text,
      kind: claim.kind ?? null,
      status: claim.status ?? "accepted",
      counts,
      group: claim.group ?? null,
      supports: [...(claim.supports ?? [])],
      attacks: [...(claim.attacks ?? [])],
      date: claim.date?.text ?? null,
      credence: inputs.credences.get(id)?.distribution.quantile(0.5) ?? null,
      strength: inputs.argument.strengths.get(id) ?? null,
      verdict: inputs.tests.get(id)?.verdict ?? null,
      sources: (claim.source ?? []).map(({ source, locator }) => ({ source, locator: locator ?? null })),
      citations: (claim.source ?? []).map((ref) => shortCitation(content, ref)),
      critical: criticalQuestions(content, inputs, id),
      line: content.line(["claims", id]),
      node: reasons.claim(id),
    };
  });
  const groups = [...new Set(claims.flatMap(({ group }) => group ?? []))].map((id) => ({
    id,
    name: capital(content.groups[id]?.name ?? humanize(id)),
    claims: claims.filter(({ group }) => group === id).map((claim) => claim.id),
    correlation: content.groups[id]?.correlation?.text ?? "0.5",
    because: content.groups[id]?.because ?? null,
  }));
  return {
    semantics: inputs.argument.method,
    claims,
    groups,
    contradictions: contradictionsIn(content, inputs, claims),
  };
}

/** Attacks between claims that count, then claims that their own test contradicts. */
function contradictionsIn(
  content: Case,
  inputs: EvidenceInputs,
  claims: readonly ArgumentClaim[],
): ArgumentExhibit["contradictions"] {
  const counting = new Set(claims.filter(({ counts }) => counts).map(({ id }) => id));
  const attacks = claims
    .filter(({ id }) => counting.has(id))
    .flatMap(({ id, attacks: attacked }) =>
      attacked.filter((other) => counting.has(other)).map((claim) => ({ claim, by: id, says: null })),
    );
  const byData = claims
    .filter(({ id, verdict }) => counting.has(id) && verdict === "contradicted")
    .map(({ id }) => {
      const failed = inputs.tests.get(id)?.tests.find(({ verdict }) => verdict.verdict === "contradicted");
      const unit = content.indicators[failed?.test.series ?? ""]?.unit.text ?? "";
      return { claim: id, by: null, says: failed === undefined ? null : capital(verdictSentence(failed, unit)) };
    });
  return [...attacks, ...byData];
}
