import { describe, expect, it } from "vitest";
import { ANSWERS, type Assessment, assessmentSchema } from "../../src/assess/index.ts";
import { renderReport } from "../../src/report/index.ts";
import { assessed, bundled, written } from "../support/cases.ts";

const cases = ["ukraine-2024", "colombia-2012"] as const;

/** Ids of all reasons below some. */
function below(assessment: Assessment, roots: readonly string[]): Set<string> {
  const seen = new Set<string>();
  const waiting = [...roots];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    waiting.push(...(assessment.nodes[id]?.because ?? []));
  }
  return seen;
}

describe.each(cases)("the assessment of %s", (name) => {
  const assessment = assessed(bundled(name));

  it("keeps to its schema, with nothing beside it", () => {
    expect(assessmentSchema.parse(assessment)).toEqual(assessment);
  });

  it("has a reason for every figure, down to a source, a parameter with its reason, or a definition", () => {
    const figures = ANSWERS.flatMap((id) => assessment[id].figures);
    expect(figures.length).toBeGreaterThan(10);
    // Where no claim bears on a question, its prior is all there is.
    const weighsNothing = (figure: string) =>
      assessment.questions.some(({ id, claims }) => figure === `${id}/posterior` && claims.length === 0);
    for (const { id, node } of figures) {
      const kinds = [...below(assessment, [node])].map((reason) => assessment.nodes[reason]?.kind);
      expect(kinds, id).not.toContain(undefined);
      const needed = /(^|\/)(simulation|stability|terms)/.test(id)
        ? ["engine", "parameter", "definition"]
        : /^recurrence|base-rate$/.test(id)
          ? ["engine", "source", "definition"]
          : weighsNothing(id)
            ? ["parameter", "definition"]
            : ["parameter", "claim", "source", "definition"];
      expect(kinds, id).toEqual(expect.arrayContaining(needed));
    }
  });

  it("names no reason that is not in its table, and keeps none that nothing rests on", () => {
    const { nodes } = assessment;
    for (const node of Object.values(nodes))
      for (const id of node.because) expect(nodes[id], `${node.id} -> ${id}`).toBeDefined();
    const roots = [
      ...ANSWERS.flatMap((id) => [...assessment[id].because, ...assessment[id].figures.map(({ node }) => node)]),
      ...assessment.indicators.map(({ node }) => node),
      ...assessment.indicators.flatMap(({ tests }) => tests.map(({ node }) => node)),
      ...assessment.sources.map(({ node }) => node),
      ...assessment.links.flatMap(({ rows }) => rows.map(({ node }) => node)),
      ...assessment.negotiation.positions.flatMap(({ stances }) => stances.map(({ node }) => node)),
      ...(assessment.argument?.claims ?? []).map(({ node }) => node),
      ...assessment.watch.items.flatMap(({ node }) => node ?? []),
    ];
    const reached = below(assessment, roots);
    expect(Object.keys(nodes).filter((id) => !reached.has(id))).toEqual([]);
  });

  it("says where in the case each parameter stands", () => {
    for (const node of Object.values(assessment.nodes)) {
      if (node.kind !== "parameter") continue;
      expect(node.casePath, node.id).toBeTypeOf("string");
      expect(node.line, node.id).toMatch(/^[a-z-]+\.yaml:\d+$/);
    }
  });

  it("answers what it can and shows no figure where it awaits an engine", () => {
    const simulated = assessment.simulation !== null;
    const holds = simulated && assessment.stability !== null ? "answered" : simulated ? "partial" : "awaits";
    expect(ANSWERS.map((id) => assessment[id].status)).toEqual([
      "answered",
      assessment.baseRates === null ? "partial" : "answered",
      assessment.terms === null ? "awaits" : "answered",
      holds,
      simulated ? "answered" : "partial",
    ]);
    for (const id of simulated ? [] : (["what", "holds"] as const)) {
      expect(assessment[id].figures).toEqual([]);
      expect(assessment[id].awaits.length).toBeGreaterThan(0);
    }
  });

  it("puts a range over readings before any single figure", () => {
    expect(assessment.when.headline).toMatch(
      /on the evidence alone \d+–\d+\u00a0% over \d readings; as coded \d+\u00a0%/,
    );
  });

  it("never rounds a probability to 0 or 100", async () => {
    expect(await renderReport(assessment)).not.toMatch(/[^\d.]0\u00a0%|100\u00a0%/);
  });
});

describe("an assessment", () => {
  it("is moved by a resolution in nothing but the case's hash", () => {
    const text = `parley: 1
title: T
questions: {q: {text: Q, prior: 0.2 to 0.6, because: x}}
claims: {a: {text: a, credence: 0.5, bears: {q: 2 to 4}, because: x}}
`;
    const without = assessed(written(text));
    const settled = assessed(written(`${text}resolutions: {q: {outcome: yes, date: 2030-01-01, because: it came}}\n`));
    const other = assessed(written(`${text}resolutions: {q: {annulled: never settled}}\n`));
    const bare = (assessment: Assessment) => ({ ...assessment, case: { ...assessment.case, hash: "" } });
    expect(bare(settled)).toEqual(bare(without));
    expect(bare(other)).toEqual(bare(without));
  });

  it("of a case without questions says so and makes up nothing", () => {
    const { why, when, changes, questions } = assessed(written("parley: 1\ntitle: T\n"));
    expect([why.figures, when.figures, changes.figures, questions]).toEqual([[], [], [], []]);
    expect(when.headline).toContain("No question has a prior");
  });

  it("of a question without a prior gives weights and no probability", () => {
    const { when, questions } = assessed(
      written("parley: 1\ntitle: T\nquestions: {q: {text: Q}}\nclaims: {a: {text: a, bears: {q: 10}, credence: 1}}\n"),
    );
    expect(when.likelihood).toEqual([]);
    expect(questions[0]?.posterior).toBeNull();
    expect(questions[0]?.claims[0]?.leanDb).toBeCloseTo(10, 12);
  });

  it("of a prior that awaits base rates has no posterior before they come", () => {
    const { questions } = assessed(written("parley: 1\ntitle: T\nquestions: {q: {text: Q, prior: base-rate}}\n"));
    expect(questions[0]?.posterior).toBeNull();
  });
});
