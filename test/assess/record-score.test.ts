import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addedLines,
  asserted,
  type CaseToScore,
  type EntryDraft,
  emptyRecord,
  forecastersOf,
  modelForecasts,
  type RecordFile,
  readRecord,
  type Score,
  scoreCases,
  scoreSchema,
} from "../../src/assess/index.ts";
import { formatDay, parseDate } from "../../src/core/dates/index.ts";
import { assessed, bundled, viewed, written } from "../support/cases.ts";

const TOL_EXACT = 1e-12;
const near = (value: number | null | undefined, other: number, tolerance = TOL_EXACT) =>
  expect(Math.abs((value ?? Number.NaN) - other)).toBeLessThanOrEqual(tolerance);
const day = (text: string) => parseDate(text)?.first ?? Number.NaN;

/** A case that asks as many questions, each from 2025-01-01 to 2025-01-31, with extra lines of the case. */
const caseOf = (count: number, more = "") =>
  viewed(
    written(`parley: 1
title: Many questions
questions:
${Array.from(
  { length: count },
  (_, i) =>
    `  q${i}: {text: "Question ${i}?", opened: 2025-01-01, by: 2025-01-31, stays: no, prior: 0.5, because: a guess}`,
).join("\n")}
${more}`),
  );

const HASH = "a".repeat(64);
const asked = (id: string, change: object = {}) => ({
  id,
  text: `Question ${id.slice(1)}?`,
  hypotheses: ["yes", "no"],
  ordered: false,
  stays: "no" as string | null,
  opened: "2025-01-01" as string | null,
  closes: "2025-01-31" as string | null,
  ...change,
});
const says = (by: string, id: string, yes: number, on = "2025-01-01", change: object = {}): EntryDraft => ({
  kind: "forecast",
  on,
  by,
  question: asked(id, change),
  says: { yes, no: 1 - yes },
  case: HASH,
  seed: null,
  reading: null,
  because: null,
});
const came = (id: string, outcome: string | null, on = "2025-01-31"): EntryDraft => ({
  kind: "resolution",
  on,
  by: "me",
  question: asked(id),
  outcome,
  source: "a newspaper",
  because: outcome === null ? "cannot be settled" : null,
  case: HASH,
});

/** Lines written on their own day, unless said otherwise. */
function recordOf(drafts: readonly EntryDraft[], writtenOn?: string): RecordFile {
  let text = "";
  for (const draft of drafts) {
    text += addedLines(readRecord(text, "r").record, [draft], `${writtenOn ?? draft.on}T12:00:00.000Z`);
  }
  return readRecord(text, "r.jsonl").record;
}

const scored = (drafts: readonly EntryDraft[], count = 3, more = ""): Score =>
  scoreCases([{ id: "many", content: caseOf(count, more), record: recordOf(drafts) }]);
const of = (score: Score, by: string, kind = "made") =>
  score.sets.find((set) => set.kind === kind)?.forecasters.find((each) => each.by === by);

describe("scores of a record", () => {
  it("give the check values over five questions: Brier 0.0965, log 0.338265", () => {
    const said = [0.1, 0.7, 0.35, 0.9, 0.5];
    const outcomes = ["no", "yes", "no", "yes", "yes"];
    const score = scored(
      [...said.map((p, i) => says("ada", `q${i}`, p)), ...outcomes.map((outcome, i) => came(`q${i}`, outcome))],
      5,
    );
    near(of(score, "ada")?.brier.mean, 0.0965);
    near(of(score, "ada")?.log.mean, 0.338265, 5e-7);
    expect(of(score, "ada")?.covered).toBe(1);
  });

  it("average over each day of a question's life, as a loop over days does", () => {
    const forecasts = [
      ["2025-01-04", 0.3],
      ["2025-01-10", 0.6],
      ["2025-01-10", 0.7],
      ["2025-01-25", 0.1],
    ] as const;
    const drafts = [...forecasts.map(([on, p]) => says("ada", "q0", p, on)), came("q0", "yes", "2025-01-20")];
    const score = scored(drafts);
    let sum = 0;
    let days = 0;
    for (let today = day("2025-01-01"); today <= day("2025-01-20"); today++) {
      const held = forecasts.filter(([on]) => day(on) <= today).at(-1);
      if (held === undefined) continue;
      sum += (1 - held[1]) ** 2;
      days += 1;
    }
    near(of(score, "ada")?.brier.mean, sum / days);
    near(of(score, "ada")?.covered, 17 / 20);
    // The one after the answer was known is left out, and told.
    expect(score.problems).toMatchObject([{ code: "forecast-late", severity: "warning", line: 4 }]);
    expect(of(score, "ada")?.forecasts).toBe(3);
  });

  it("agree with a loop over days whatever is said when", () => {
    const day1 = day("2025-01-01");
    const moments = fc.array(fc.tuple(fc.nat({ max: 30 }), fc.integer({ min: 0, max: 100 })), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(moments, fc.nat({ max: 30 }), fc.boolean(), (said, end, yes) => {
        const schedule = said.toSorted(([a], [b]) => a - b);
        const score = scored([
          ...schedule.map(([k, p]) => says("ada", "q0", p / 100, formatDay(day1 + k))),
          came("q0", yes ? "yes" : "no", formatDay(day1 + end)),
        ]);
        let [sum, days] = [0, 0];
        for (let k = 0; k <= end; k++) {
          const held = schedule.filter(([from]) => from <= k).at(-1);
          if (held === undefined) continue;
          sum += (held[1] / 100 - (yes ? 1 : 0)) ** 2;
          days += 1;
        }
        if (days === 0) expect(of(score, "ada")).toBeUndefined();
        else {
          near(of(score, "ada")?.brier.mean, sum / days);
          near(of(score, "ada")?.covered, days / (end + 1));
        }
      }),
      { numRuns: 60 },
    );
  });

  it("count a life without a day of opening from the first forecast of anybody", () => {
    const content = viewed(
      written(
        "parley: 1\ntitle: T\nquestions: {q0: {text: 'Question 0?', by: 2025-01-31, stays: no, prior: 0.5, because: x}}\n",
      ),
    );
    const open = { opened: null };
    const outcome = { ...came("q0", "yes"), question: asked("q0", open) } as EntryDraft;
    const record = recordOf([
      says("ada", "q0", 0.9, "2025-01-02", open),
      says("bob", "q0", 0.9, "2025-01-17", open),
      outcome,
    ]);
    const score = scoreCases([{ id: "x", content, record }]);
    expect(of(score, "ada")?.covered).toBe(1);
    expect(of(score, "bob")?.covered).toBe(0.5);
  });

  it("measure skill on the same questions and days as the reference", () => {
    const score = scored([
      says("model:base-rate", "q0", 0.2, "2025-01-01"),
      says("model:base-rate", "q1", 0.2, "2025-01-01"),
      says("ada", "q0", 0.9, "2025-01-11"),
      came("q0", "yes"),
      came("q1", "yes"),
    ]);
    const skill = of(score, "ada")?.skill;
    near(skill?.baseRate?.own, 0.01);
    near(skill?.baseRate?.reference, 0.64);
    near(skill?.baseRate?.skill, 1 - 0.01 / 0.64);
    expect(skill?.baseRate?.questions).toBe(1);
    near(skill?.persistence?.reference, 1);
    near(skill?.uniform?.reference, 0.25);
    expect(of(score, "model:base-rate")?.skill?.baseRate).toBeNull();
  });

  it("leave annulled questions out, and tell them", () => {
    const score = scored([says("ada", "q0", 0.9), says("ada", "q1", 0.9), came("q0", "yes"), came("q1", null)]);
    expect(of(score, "ada")?.questions).toBe(1);
    expect(score.questions.map(({ status }) => status)).toEqual(["resolved", "annulled", "open"]);
    expect(score.headline).toMatch(/^Of 3 questions 1 resolved, 1 annulled, 1 open\./);
  });

  it("take the record's last resolution, and refuse to choose between record and case", () => {
    const again = scored([says("ada", "q0", 0.9), came("q0", "yes"), came("q0", "no")]);
    near(of(again, "ada")?.brier.mean, 0.81);
    const two = scored(
      [says("ada", "q0", 0.9), came("q0", "yes")],
      3,
      "resolutions:\n  q0: {outcome: no, date: 2025-01-31, because: so it was}",
    );
    expect(two.problems).toMatchObject([{ code: "resolution-two", severity: "error" }]);
    expect(two.questions[0]?.status).toBe("open");
    const same = scored(
      [says("ada", "q0", 0.9), came("q0", "yes")],
      3,
      "resolutions:\n  q0: {outcome: yes, date: 2025-01-31, because: so it was}",
    );
    expect(same.problems).toEqual([]);
    near(of(same, "ada")?.brier.mean, 0.01);
  });

  it("leave out what was asked otherwise, keep what was worded otherwise, and say both", () => {
    const score = scored([
      says("ada", "q0", 0.9, "2025-01-01", { closes: "2025-06-30" }),
      says("bob", "q0", 0.6, "2025-01-01", { text: "Another wording?" }),
      says("cyd", "q0", 0.7, "2025-01-01", { id: "q7" }),
      came("q0", "yes"),
    ]);
    expect(score.sets[0]?.forecasters.map(({ by }) => by)).toEqual(["bob"]);
    expect(score.problems.map(({ code, line }) => `${line} ${code}`)).toEqual([
      "1 question-reworded",
      "2 question-reworded",
      "3 question-gone",
    ]);
  });

  it("count dated-back forecasts apart, and never as skill", () => {
    const content = caseOf(1);
    const record = recordOf([says("ada", "q0", 0.9), says("bob", "q0", 0.5), came("q0", "yes")], "2025-02-10");
    const score = scoreCases([{ id: "x", content, record }]);
    expect(score.sets).toMatchObject([{ kind: "dated-back", showsSkill: false }]);
    expect(score.sets[0]?.says).toMatch(/no skill/);
    expect(of(score, "ada", "dated-back")?.skill).toBeNull();
    expect(score.sets[0]?.comparisons.map(({ verdict }) => verdict)).toEqual(["no-skill"]);
  });

  it("conclude nothing from few questions, and say so", () => {
    const score = scored([says("ada", "q0", 0.9), says("bob", "q0", 0.1), came("q0", "yes")]);
    expect(score.headline).toMatch(/nothing can be concluded about anybody's skill/);
    expect(score.sets[0]?.comparisons).toMatchObject([
      { first: "ada", second: "bob", verdict: "too-few", needed: null },
    ]);
    expect(of(score, "ada")?.reliability).toBeNull();
    expect(of(score, "ada")?.murphy).toBeNull();
  });

  it("compare and decompose where there are enough: the parts add up to the whole", () => {
    const drafts = Array.from({ length: 40 }, (_, i) => [
      says("ada", `q${i}`, i % 4 === 0 ? 0.2 : 0.8),
      says("bob", `q${i}`, 0.5),
      came(`q${i}`, i % 5 === 0 ? "no" : "yes"),
    ]).flat();
    const score = scored(drafts, 40);
    const ada = of(score, "ada");
    const { brier = 0, reliability = 0, resolution = 0, uncertainty = 0, withinBins = 0 } = ada?.murphy ?? {};
    near(reliability - resolution + uncertainty + withinBins, brier);
    near(ada?.brier.mean, brier);
    expect(ada?.reliability?.points.map(({ count }) => count)).toEqual([10, 30]);
    for (const { low, high } of ada?.reliability?.points ?? []) expect(low).toBeLessThanOrEqual(high ?? -1);
    expect(score.sets[0]?.comparisons[0]).toMatchObject({ first: "ada", second: "bob", questions: 40 });
    expect(score.headline).toMatch(/intervals are narrower than they should be/);
  });

  it("give models the weights of a pool that follow from their logarithmic scores, where there are enough questions", () => {
    const drafts = (count: number) =>
      Array.from({ length: count }, (_, i) => `q${i}`).flatMap((id) => [
        says("model:evidence", id, 0.8),
        says("model:simulation", id, 0.4),
        says("A person", id, 0.99),
        came(id, "yes"),
      ]);
    const of = (count: number) =>
      scoreCases([
        {
          id: "c",
          content: caseOf(count),
          record: recordOf(drafts(count).toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))),
        },
      ]).sets[0];
    expect(of(9)?.poolWeights).toBeNull();
    const { poolWeights } = of(10) ?? {};
    expect(poolWeights?.questions).toBe(10);
    expect(poolWeights?.weights.map(({ by }) => by)).toEqual(["model:evidence", "model:simulation"]);
    // exp(-mean log score) of always the same is the probability itself: 0.8 to 0.4.
    near(poolWeights?.weights[0]?.weight, 2 / 3);
    near(poolWeights?.weights[1]?.weight, 1 / 3);
  });

  it("draw whole cases where there are several", () => {
    const cases = Array.from({ length: 12 }, (_, i): CaseToScore => {
      const drafts = [
        says("ada", "q0", 0.8),
        says("ada", "q1", 0.7),
        says("bob", "q0", 0.4),
        came("q0", "yes"),
        came("q1", "no"),
      ];
      return { id: `c${i}`, content: caseOf(2), record: recordOf(drafts) };
    });
    const score = scoreCases(cases);
    expect(score.clusteredBy).toBe("case");
    expect(of(score, "ada")).toMatchObject({ questions: 24, brier: { clusters: 12 } });
    expect(score.sets[0]?.says).toMatch(/24 questions of 12 cases/);
  });

  it("rank a near miss above a wide one where hypotheses are ordered", () => {
    const content = viewed(
      written(`parley: 1
title: Ordered
questions:
  q0: {text: "How far?", hypotheses: [near, far, beyond], ordered: true, by: 2025-01-31, prior: {near: 0.3, far: 0.3, beyond: 0.4}, because: a guess}
`),
    );
    const question = asked("q0", {
      text: "How far?",
      hypotheses: ["near", "far", "beyond"],
      ordered: true,
      stays: null,
      opened: null,
    });
    const draft = (by: string, of3: readonly number[]) =>
      ({ ...says(by, "q0", 0.5), question, says: { near: of3[0], far: of3[1], beyond: of3[2] } }) as EntryDraft;
    const outcome = { ...came("q0", "beyond"), question } as EntryDraft;
    const record = recordOf([draft("ada", [0, 1, 0]), draft("bob", [1, 0, 0]), outcome]);
    const score = scoreCases([{ id: "x", content, record }]);
    expect(score.problems).toEqual([]);
    expect(of(score, "ada")?.brier.mean).toBe(of(score, "bob")?.brier.mean);
    near(of(score, "ada")?.ranked?.mean, 0.5);
    near(of(score, "bob")?.ranked?.mean, 1);
    expect(of(score, "ada")?.skill?.persistence).toBeNull();
  });

  it("are the same for the same seed, keep to the schema, and choose forecasters by name", () => {
    const drafts = [
      says("ada", "q0", 0.9),
      says("model:evidence", "q0", 0.4),
      says("bob", "q1", 0.1),
      came("q0", "yes"),
    ];
    const score = scored(drafts);
    expect(scored(drafts)).toEqual(score);
    expect(scoreSchema.strict().parse(JSON.parse(JSON.stringify(score)))).toEqual(score);
    expect(forecastersOf(score)).toEqual(["model:evidence", "ada", "bob"]);
    const content = caseOf(3);
    const only = scoreCases([{ id: "many", content, record: recordOf(drafts) }], { by: ["ada"] });
    expect(only.sets[0]?.forecasters.map(({ by }) => by)).toEqual(["ada"]);
  });

  it("say that there is nothing yet where nothing is resolved", () => {
    const score = scored([says("ada", "q0", 0.9)]);
    expect(score.sets).toEqual([]);
    expect(score.headline).toMatch(/nothing to score yet/);
    expect(scoreCases([{ id: "x", content: caseOf(1), record: emptyRecord("r") }]).sets).toEqual([]);
  });
});

describe("assertions", () => {
  const score = scored([says("ada", "q0", 0.9), says("bob", "q0", 0.2), came("q0", "yes")]);

  it("hold or not, forecaster by forecaster", () => {
    expect(asserted(score, "brier < 0.25")).toMatchObject([
      { by: "ada", holds: true },
      { by: "bob", holds: false },
    ]);
    expect(asserted(score, "questions>=1").every(({ holds }) => holds)).toBe(true);
    expect(asserted(score, "skill-base-rate>0").some(({ holds }) => holds)).toBe(false);
    expect(asserted(scored([]), "brier<1")).toMatchObject([{ by: "nobody", holds: false }]);
  });

  it.each(["brier", "brier=0.25", "breir<0.25", "brier<x", "constructor<1"])("%s is none", (text) => {
    expect(() => asserted(score, text)).toThrow(/invalid --assert/);
  });
});

describe("answers as forecasts", () => {
  it("are those that the assessment shows, and add up", () => {
    const assessment = assessed(bundled("colombia-2012"));
    const said = modelForecasts(assessment);
    expect(said.map(({ by, question }) => `${by} ${question}`)).toEqual([
      "model:evidence agreement-2016",
      "model:evidence talks-end-2016",
    ]);
    for (const { says: of } of said)
      near(
        Object.values(of).reduce((sum, p) => sum + p, 0),
        1,
        2e-6,
      );
    near(said[0]?.says["yes"], assessment.questions[0]?.posterior?.["yes"]?.median ?? 0, 1e-6);
  });

  it("stand in for a record that is not there, as hindsight", () => {
    const dossier = bundled("colombia-2012");
    const score = scoreCases([
      { id: "colombia-2012", content: viewed(dossier), record: undefined, hindsight: assessed(dossier) },
    ]);
    expect(score.sets).toMatchObject([{ kind: "hindsight", showsSkill: false, questions: 2 }]);
    expect(score.headline).toMatch(/written when the outcomes were known: it cannot show skill/);
  });
});
