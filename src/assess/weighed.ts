import { madeOnce } from "../core/kept/index.ts";
import type { EvidenceQuestion, EvidenceResult, QuestionResult } from "../evidence/index.ts";
import { weighEvidence } from "../evidence/index.ts";

/** Results that are kept: some questions under some readings, before and after an edit. */
const MOST = 512;

const once = madeOnce<QuestionResult>(MOST);

/**
 * Weighs the evidence on questions as `weighEvidence` does; a question whose inputs were weighed before is not again. Most
 * readings leave most questions as they are, and so does an edit.
 */
export function weighOnce(
  questions: readonly EvidenceQuestion[],
  options: { readonly draws: number; readonly seed: number },
): EvidenceResult {
  const { draws, seed } = options;
  const results = questions.map((question) =>
    once(JSON.stringify([draws, seed, question]), () => {
      const [result] = weighEvidence([question], options).questions;
      if (result === undefined) throw new RangeError("no question");
      return result;
    }),
  );
  return { ...weighEvidence([], options), questions: results };
}
