import { addedLines, type EntryDraft, readRecord } from "../../src/assess/index.ts";

/** Questions of the case: enough for a diagram. */
const COUNT = 40;

/** A case of forty questions that are all settled, and its record: two forecasters, one who tells more than the other. */
export function recordCase(): Readonly<Record<"case.yaml" | "record.jsonl", string>> {
  const questions = Array.from(
    { length: COUNT },
    (_, i) =>
      `  q${i}: {text: "Question ${i}?", opened: 2025-01-01, by: 2025-01-31, stays: no, prior: 0.3, because: a guess}`,
  );
  let state = 7;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const lines: EntryDraft[] = [];
  const resolutions: EntryDraft[] = [];
  for (let i = 0; i < COUNT; i++) {
    const question = {
      id: `q${i}`,
      text: `Question ${i}?`,
      hypotheses: ["yes", "no"],
      ordered: false,
      stays: "no",
      opened: "2025-01-01",
      closes: "2025-01-31",
    };
    const common = { question, case: "a".repeat(64) };
    const chance = Math.round(next() * 9 + 0.5) / 10;
    const came = next() < chance;
    for (const [by, yes] of [
      ["model:evidence", chance],
      ["A. Analyst", Math.min(0.95, Math.max(0.05, Math.round((0.5 + 1.6 * (chance - 0.5)) * 100) / 100))],
    ] as const) {
      const says = { yes, no: Math.round((1 - yes) * 100) / 100 };
      lines.push({ kind: "forecast", on: "2025-01-01", by, says, seed: 1, reading: null, because: null, ...common });
    }
    const outcome = came ? "yes" : "no";
    resolutions.push({
      kind: "resolution",
      on: "2025-01-31",
      by: "A. Clerk",
      outcome,
      source: "The Gazette",
      because: null,
      ...common,
    });
  }
  const first = addedLines({ file: "record.jsonl", entries: [], tails: [] }, lines, "2025-01-01T09:00:00Z");
  const { record } = readRecord(first, "record.jsonl");
  return {
    "case.yaml": `parley: 1\ntitle: Forty questions\nasOf: 2025-01-01\nquestions:\n${questions.join("\n")}\n`,
    "record.jsonl": first + addedLines(record, resolutions, "2025-01-31T18:00:00Z"),
  };
}
