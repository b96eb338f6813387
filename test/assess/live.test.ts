import { describe, expect, it } from "vitest";
import { Live, type LiveKind, type LivePart } from "../../src/assess/index.ts";
import { dynamicsOf } from "../../src/assess/looks.ts";
import { filesInMemory, readDossier, type View } from "../../src/case/index.ts";
import { runRange, Summary, tallyLayoutOf } from "../../src/dynamics/index.ts";
import { assessed, bundled, viewed, written } from "../support/cases.ts";

const CASE = `parley: 1
title: T
asOf: 2024-01-31
parties:
  north: {name: North, roles: [{role: belligerent}]}
  south: {name: South, roles: [{role: belligerent}]}
claims:
  tired: {name: Tired, text: They are tired, credence: 0.8, because: x, bears: {talks: 2 to 4}}
  proud: {name: Proud, text: They are proud, credence: 0.7, because: x, bears: {talks: 0.5}}
questions:
  talks: {text: Will they talk by June?, event: talks, by: 2024-06-29, prior: 0.3, because: x}
war: {front: {strength: {value: 0.1 to 0.4, because: a guess}}, clock: {horizon: 24}}
issues:
  line: {name: The line, options: {here: {name: Here}, there: {name: There}}}
  arms: {name: Arms, options: {few: {name: Few}, many: {name: Many}}}
positions:
  north: {reservation: 0.5, issues: {line: {weight: 0.6, values: {here: 1, there: 0}}, arms: {weight: 0.4, values: {few: 1, many: 0}}}}
  south: {reservation: 0.3, issues: {line: {weight: 0.5, values: {here: 0, there: 1}}, arms: {weight: 0.5, values: {few: 0.9, many: 1}}}}
proposals:
  plain: {name: Plain, package: {line: here, arms: few}}
  open: {name: Open, package: {line: there}}
graph:
  options:
    north: {press: {name: Press on}}
    south: {yield: {name: Yield}}
  situations:
    stand: {name: They stand, state: {press: true, yield: false}}
    peace: {name: They stop, state: {press: false, yield: true}}
  statusQuo: stand
  preferences:
    north: [yield, not press]
    south: [not press, not yield]
readings:
  pressed: {name: Pressed, kind: held, by: x, because: x, set: {war.mediation.level: 1.5}}
`;

type Parts = { [K in LiveKind]?: Extract<LivePart, { kind: K }> };

function answered(live: Live, dossier: Parameters<Live["answer"]>[0], view: View, runs = 1000) {
  const order: LivePart[] = [];
  for (const step of live.answer(dossier, view, { seed: 1, runs })) if (step !== undefined) order.push(step);
  return { order, parts: Object.fromEntries(order.map((part) => [part.kind, part])) as Parts };
}

/** That every figure of the live answer stands in the assessment with the same bits. */
function same(parts: Parts, assessment: ReturnType<typeof assessed>): void {
  const own = assessment.reading.id;
  const of = <T extends { readonly reading: string | null }>(all: readonly T[] | undefined) =>
    all?.find(({ reading }) => reading === own);
  const { simulation, terms, stability } = assessment;
  if (simulation === null) expect(parts.curve).toBeUndefined();
  else {
    const { talksBy, stopBy, settlementBy, relapse } = of(simulation.readings) ?? {};
    expect(parts.curve).toMatchObject({ talksBy, stopBy, settlementBy, dates: simulation.dates, runs: 1000 });
    expect(parts.curve?.figures).toMatchObject({ relapse, runs: simulation.runs });
    const questions = simulation.questions.map(({ question, readings }) => {
      const { p, se } = of(readings) ?? {};
      return { question, p, se };
    });
    expect(parts.curve?.figures.questions).toEqual(questions);
  }
  const posteriors = assessment.questions.flatMap(({ id, hypotheses, posterior }) => {
    const [hypothesis] = hypotheses;
    return posterior === null || hypothesis === undefined ? [] : [{ question: id, ...posterior[hypothesis.id] }];
  });
  expect(parts.posteriors?.questions ?? []).toEqual(posteriors);
  expect(parts.deal?.exists).toBe(terms?.zone.exists);
  expect(parts.proposals?.proposals.map(({ id, acceptable, accepts }) => ({ id, acceptable, accepts }))).toEqual(
    terms?.proposals.map(({ id, acceptable, verdicts }) => ({
      id,
      acceptable,
      accepts: Object.fromEntries(verdicts.map(({ party, accepts }) => [party, accepts])),
    })),
  );
  expect(parts.situations?.situations).toEqual(
    stability?.situations.map(({ id, readings }) => ({ id, stable: (of(readings)?.equilibria["seq"] ?? 0) > 0 })),
  );
}

const EDITS: readonly (readonly [what: string, view: View])[] = [
  ["as coded", {}],
  ["without a claim", { sets: ["claims.tired.status=rejected"] }],
  ["under a reading", { reading: "pressed" }],
  ["with a parameter of the war set", { sets: ["war.mediation.level=0.9"] }],
  ["with a position's value set", { sets: ["positions.south.issues.line.values.here=0.9"] }],
];

describe("the live answer", () => {
  const dossier = written(CASE);

  it.each(EDITS)("has the assessment's own figures %s", (_, view) => {
    const { parts } = answered(new Live(), dossier, view);
    expect(Object.keys(parts)).toEqual(["curve", "posteriors", "situations", "deal", "proposals"]);
    same(parts, assessed(dossier, view));
  });

  it.each(["colombia-2012", "cuba-1962"])("has them of the bundled case %s", (name) => {
    const { parts } = answered(new Live(), bundled(name), {});
    same(parts, assessed(bundled(name)));
  });

  it("gives a first curve before all else, and grows it to all trajectories telling it when it has doubled", () => {
    const { order, parts } = answered(new Live(), dossier, {}, 4000);
    const kinds = order.map((part) => (part.kind === "curve" ? `curve ${part.runs}` : part.kind));
    expect(kinds).toEqual(["curve 1000", "posteriors", "situations", "deal", "proposals", "curve 2000", "curve 4000"]);
    const { inputs } = dynamicsOf(viewed(dossier));
    if (inputs === undefined) throw new Error("not bound");
    const input = { ...inputs, uncertain: [] };
    const summary = new Summary(tallyLayoutOf(input), runRange(input, 1, 0, 4000));
    expect(parts.curve?.stopBy).toEqual(summary.by("stop").map(({ p }) => p));
  });

  it("works out anew what an edit touches, and nothing else", () => {
    const live = new Live();
    answered(live, dossier, {}, 2000);
    const start = { ...live.made };
    expect(start).toEqual({ curve: 2, posteriors: 1, situations: 1, deal: 1, proposals: 1, problems: 0 });
    const grown = (view: View) => {
      const before = { ...live.made };
      const { order } = answered(live, dossier, view, 2000);
      expect(new Set(order.map(({ kind }) => kind)).size).toBe(5);
      return Object.entries(live.made).flatMap(([kind, count]) => (count > before[kind as LiveKind] ? [kind] : []));
    };
    expect(grown({ sets: ["claims.tired.status=rejected"] })).toEqual(["posteriors"]);
    expect(grown({ sets: ["war.mediation.level=0.9"] })).toEqual(["curve"]);
    expect(grown({ sets: ["positions.south.issues.line.values.here=0.9"] })).toEqual(["deal", "proposals"]);
    expect(grown({ sets: ["graph.preferences.north=[press]"] })).toEqual(["situations"]);
    expect(grown({})).toEqual([]);
  });

  it("works out anew what an edit of the text touches, and nothing else", () => {
    const live = new Live();
    answered(live, dossier, {});
    const { dossier: edited } = readDossier(
      filesInMemory({ "case.yaml": CASE.replace("credence: 0.7", "credence: 0.6") }),
    );
    if (edited === undefined) throw new Error("not read");
    answered(live, edited, {});
    expect(live.made).toEqual({ curve: 1, posteriors: 2, situations: 1, deal: 1, proposals: 1, problems: 0 });
  });

  it("goes on where it was dropped", () => {
    const live = new Live();
    const work = live.answer(dossier, {}, { seed: 1, runs: 3000 });
    for (const step of work) if (step?.kind === "curve" && step.runs === 2000) break;
    expect(live.made.curve).toBe(2);
    const { order } = answered(live, dossier, {}, 3000);
    expect(order.flatMap((part) => (part.kind === "curve" ? [part.runs] : []))).toEqual([2000, 3000]);
    expect(live.made.curve).toBe(3);
  });

  it("rests before each piece of work, so that it can be dropped", () => {
    const steps = [...new Live().answer(dossier, {}, { seed: 1, runs: 3000 })];
    const works = steps.flatMap((step, i) => (step === undefined ? [] : [steps[i - 1]]));
    expect(works.every((before) => before === undefined)).toBe(true);
    expect(works.length).toBe(7);
  });

  it("says why there is no such view", () => {
    const { order } = answered(new Live(), dossier, { sets: ["claims.nobody.credence=0.3"] });
    expect(order.map(({ kind }) => kind)).toEqual(["problems"]);
    expect(order[0]).toMatchObject({ problems: [{ severity: "error" }] });
  });

  it("leaves out what the case has no section for", () => {
    const bare = written("parley: 1\ntitle: T\nquestions: {q: {text: Is it so?, prior: 0.5, because: x}}\n");
    expect(answered(new Live(), bare, {}).order.map(({ kind }) => kind)).toEqual(["posteriors"]);
  });
});
