import { constant, fromInterval90 } from "../../src/core/distributions/index.ts";
import { createStream, purpose } from "../../src/core/random/index.ts";
import type { EvidenceQuestion } from "../../src/evidence/index.ts";
import { weighEvidence } from "../../src/evidence/index.ts";
import { milliseconds, type Report } from "../measure.ts";

const CLAIMS = 1000;
const DRAWS = 10_000;

/** A question with a thousand claims in groups of ten, each with an uncertain ratio; credences plain or uncertain. */
function question(uncertainCredence: boolean): EvidenceQuestion {
  const stream = createStream(1, purpose("BNCH"));
  const claims = Array.from({ length: CLAIMS }, (_, i) => {
    const low = 0.5 + stream.uniform(0, 0, i);
    const believed = 0.3 + 0.4 * stream.uniform(1, 0, i);
    return {
      id: `claim-${i}`,
      weight: { kind: "ratio" as const, ratio: fromInterval90(low, low * 2) },
      credence: uncertainCredence
        ? fromInterval90(believed, believed + 0.2, { kind: "logitNormal" })
        : constant(believed),
      group: i % 11 === 0 ? undefined : `group-${i % 100}`,
      sources: [`source-${i % 37}`],
    };
  });
  const prior = { kind: "first" as const, probability: fromInterval90(0.2, 0.6, { kind: "logitNormal" }) };
  return { id: "bench", hypotheses: ["yes", "no"], prior, claims, correlations: {}, threshold: 0.5 };
}

export default async function (report: Report): Promise<void> {
  const note = "aim: under 1 000 ms on one core";
  for (const [name, uncertain] of [
    ["1 000 claims, 10 000 draws: uncertain ratios", false],
    ["1 000 claims, 10 000 draws: uncertain ratios and credences", true],
  ] as const) {
    const asked = question(uncertain);
    report({ name, ms: milliseconds(() => weighEvidence([asked], { draws: DRAWS })), note });
  }
}
