import type { Case } from "../../case/index.ts";
import { logit } from "../../core/math/index.ts";
import { type EvidenceOptions, type QuestionResult, toDecibans, weighEvidence } from "../../evidence/index.ts";
import { compileEvidence, hypothesesOf } from "../inputs/evidence.ts";
import { leanOf } from "../question.ts";
import { nameOfClaim } from "../reasons.ts";
import type { ComparedQuestion } from "./types.ts";

/** Decibans below which two weights count as the same: a hundredth of what is told. */
const SAME = 1e-9;

/** Questions that both cases ask, on the evidence alone: probabilities, and which claims make the difference. */
export function compareEvidence(a: Case, b: Case, options: EvidenceOptions): ComparedQuestion[] {
  const results = [a, b].map((content) => weighEvidence(compileEvidence(content).questions, options).questions);
  return (results[0] ?? []).flatMap((under) => {
    const other = results[1]?.find(({ question }) => question === under.question);
    return other === undefined ? [] : [compareQuestion(a, b, under, other)];
  });
}

function compareQuestion(a: Case, b: Case, under: QuestionResult, other: QuestionResult): ComparedQuestion {
  const id = under.question;
  const hypotheses = hypothesesOf(a.questions[id]);
  const [hypothesis] = hypotheses;
  const first = hypothesis?.id ?? "";
  const leans = [under, other].map(
    ({ claims }) => new Map(claims.map((claim) => [claim.id, leanOf(hypotheses, claim)] as const)),
  );
  const ids = new Set([...(leans[0]?.keys() ?? []), ...(leans[1]?.keys() ?? [])]);
  const odds = ({ prior }: QuestionResult) =>
    prior?.[first] === undefined ? null : toDecibans(logit(prior[first].central));
  const part = (of: string, name: string, from: number | null, to: number | null) => ({
    id: of,
    name,
    a: from,
    b: to,
    differenceDb: (to ?? 0) - (from ?? 0),
  });
  const claims = [...ids].map((claim) =>
    part(
      claim,
      nameOfClaim(a.claims[claim] === undefined ? b : a, claim),
      leans[0]?.get(claim) ?? null,
      leans[1]?.get(claim) ?? null,
    ),
  );
  const parts = [part("prior", "The prior", odds(under), odds(other)), ...claims].filter(
    ({ differenceDb }) => Math.abs(differenceDb) > SAME,
  );
  const told = ({ posterior }: QuestionResult) => {
    const estimate = posterior?.[first];
    return estimate === undefined
      ? null
      : { central: estimate.central, low80: estimate.low80, high80: estimate.high80 };
  };
  const [from, to] = [told(under), told(other)];
  return {
    question: id,
    text: a.questions[id]?.text ?? id,
    hypothesis: hypothesis?.text ?? first,
    a: from,
    b: to,
    differenceDb: from === null || to === null ? null : toDecibans(logit(to.central) - logit(from.central)),
    parts: parts.toSorted((one, two) => Math.abs(two.differenceDb) - Math.abs(one.differenceDb)),
  };
}
