import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { assess, checkHistory } from "../../src/assess/index.ts";
import { checkDossier, filesInMemory, readDossier, viewCase } from "../../src/case/index.ts";
import { bundled } from "../support/cases.ts";
import { describeWith } from "../support/shared.ts";

const ukraine = bundled("ukraine-2024");
const CASE = `parley: 1
title: T
asOf: 2024-11-28
history: {start: 2022-02-24, because: x}
questions: {q: {text: Will it stop?, event: stop, by: 2025-11-28, referenceClass: interstate-wars, prior: base-rate, because: x}}
claims: {a: {text: a, because: x, credence: 1, bears: {q: 2}}}
`;

function dossierOf(text: string) {
  const { dossier } = readDossier(filesInMemory({ "case.yaml": text }));
  if (dossier === undefined) throw new Error("no dossier");
  return dossier;
}

const told = (text: string, sets: readonly string[] = []) => {
  const { assessment } = assess(dossierOf(text), { sets }, { draws: 1000 });
  if (assessment === undefined) throw new Error("no assessment");
  return assessment;
};

describe("base rates of the bundled case", () => {
  const { assessment } = assess(ukraine, {}, { evidenceOnly: true });
  const rates = assessment?.baseRates;

  it("have the wars of the list, as its producers' data give them", () => {
    const wars = rates?.classes.find(({ id }) => id === "interstate-wars");
    expect(wars?.members).toBe(95);
    expect(wars?.median).toBeCloseTo(4.928131417, 6);
    const at = (months: number) => wars?.table.find((row) => row.months === months)?.survival;
    expect(at(12)).toBeCloseTo(0.29473684211, 9);
    expect(at(24)).toBeCloseTo(0.14736842105, 9);
    const weibull = wars?.fits.find(({ family }) => family === "weibull")?.parameters;
    expect(weibull?.find(({ name }) => name === "shape")?.estimate).toBeCloseTo(0.7146143184, 6);
    expect(wars?.named).toHaveLength(95);
    expect(wars?.named[0]?.name).toBe("Vietnam War, Phase 2");
  });

  it("compare the war with those that lasted as long, by name, and say how few they are", () => {
    const [asked] = rates?.questions ?? [];
    expect(asked?.question).toBe("ceasefire-2025");
    expect(asked?.atRisk).toBe(12);
    const since1946 = asked?.lasting.filter((name) => Number(name.slice(-4)) >= 1946);
    expect(since1946?.toSorted()).toEqual([
      "Iran-Iraq 1980",
      "Korean 1950",
      "Second Laotian, Phase 2 1968",
      "Vietnam War, Phase 2 1965",
    ]);
    expect(asked?.rates.map(({ model }) => model)).toEqual([
      "lognormal",
      "loglogistic",
      "weibull",
      "exponential",
      "kaplan-meier",
    ]);
    // 3 of the 12 ended within the 13 months.
    expect(asked?.rates.at(-1)?.p).toBeCloseTo(0.25, 12);
    for (const { p, low, high } of asked?.rates ?? []) expect(low < p && p < high && low > 0 && high < 1).toBe(true);
  });

  it("tell how much was fought again, by ending, with the mix of kinds", () => {
    const five = Object.fromEntries(
      (rates?.recurrence ?? []).map(({ ending, within }) => [ending, within.find(({ years }) => years === 5)?.p ?? 0]),
    );
    expect(five["agreement"]).toBeCloseTo(0.13, 2);
    expect(five["low-activity"]).toBeCloseTo(0.45, 2);
    expect(five["victory-a"]).toBeCloseTo(0.08, 2);
    expect(five["victory-b"]).toBeCloseTo(0.06, 2);
    expect(Math.abs((five["ceasefire"] ?? 0) - 0.34)).toBeLessThan(0.015);
    const ceasefires = rates?.recurrence.find(({ ending }) => ending === "ceasefire");
    expect(ceasefires?.kinds.find(({ kind }) => kind === "interstate")?.count).toBe(15);
  });

  it("stand beside evidence and simulation, and say what lacks", () => {
    const { assessment: whole } = assess(ukraine);
    const beside = whole?.baseRates?.beside ?? [];
    const of = (id: string) => beside.find(({ question }) => question === id);
    expect(of("ceasefire-2025")?.estimates.map(({ from }) => from)).toEqual(["base rate", "evidence", "simulation"]);
    expect(of("talks-2025")?.lacks).toEqual(["No base rate: the question names no reference class."]);
  });
});

const rates = assess(ukraine, {}, { evidenceOnly: true }).assessment?.baseRates;
const TABLE = rates?.classes[0]?.table.map(({ months }) => months) ?? [];

describe("what a base rate depends on", () => {
  const [asked] = assess(ukraine, {}, { evidenceOnly: true }).assessment?.baseRates?.questions ?? [];

  it("is told month by month to the horizon, and is the rate on the day that counts", () => {
    const { byMonth = [], rates = [], within = 0 } = asked ?? {};
    expect(asked?.event).toBe("stop");
    expect(byMonth).toHaveLength(60);
    for (const [k, p] of byMonth.entries()) expect(p).toBeGreaterThan(byMonth[k - 1] ?? 0);
    const month = Math.floor(within);
    const [before = 0, after = 0] = [byMonth[month - 1], byMonth[month]];
    expect(rates[0]?.p).toBeGreaterThanOrEqual(before);
    expect(rates[0]?.p).toBeLessThan(after);
  });

  it("is what it is without each of the few, as a class without that member has it", () => {
    expect(asked?.without).toHaveLength(12);
    const korea = asked?.without.find(({ name }) => name === "Korean 1950");
    const text = CASE.replace(
      "history: {start: 2022-02-24, because: x}",
      "history: {start: 2022-02-24, because: x, classes: {own: {name: Own, from: interstate-wars, exclude: [Korean], because: x}}}",
    )
      .replace("referenceClass: interstate-wars", "referenceClass: own")
      .replace("by: 2025-11-28", "by: 2025-12-31");
    expect(told(text).baseRates?.questions[0]?.rates[0]?.p).toBeCloseTo(korea?.p ?? 0, 12);
  });

  it("is told by every class that the case can name, as the case has it when it names that", () => {
    const across = asked?.across ?? [];
    expect(across.map((each) => each.class)).toContain("long-interstate-wars");
    for (const { class: id, p, atRisk } of across) {
      const { assessment } = assess(
        ukraine,
        { sets: [`questions.ceasefire-2025.referenceClass=${id}`] },
        { evidenceOnly: true },
      );
      const [other] = assessment?.baseRates?.questions ?? [];
      expect([other?.class, other?.rates[0]?.p, other?.atRisk]).toEqual([id, p, atRisk]);
    }
  });
});

describe("rates by other classes", () => {
  it("are of those alone that count the same endings, and hold no longer wars than the one at hand", () => {
    const classes = (more: string) =>
      CASE.replace(
        "history: {start: 2022-02-24, because: x}",
        `history: {start: 2022-02-24, because: x, classes: {own: {name: Own, from: interstate-wars, because: x${more}}, long: {name: Long, from: interstate-wars, lasting: 40, because: x}}}`,
      ).replace("referenceClass: interstate-wars", "referenceClass: own");
    const across = (more: string) => told(classes(more)).baseRates?.questions[0]?.across.map((each) => each.class);
    expect(across(", ends: [compromise, stalemate]")).toEqual(["own"]);
    expect(across("")).toEqual([
      "own",
      "interstate-wars",
      "interstate-wars-since-1946",
      "interstate-episodes",
      "civil-episodes",
      "all-episodes",
    ]);
  });
});

describe("what was known on the day of a case", () => {
  const korea = (day: string, own = "") =>
    told(
      CASE.replace("asOf: 2024-11-28", `asOf: ${day}`)
        .replace("history: {start: 2022-02-24, because: x}", `history: {start: 1950-06-25, because: x${own}}`)
        .replace("by: 2025-11-28", "by: 1953-12-31"),
    ).baseRates;

  it("is all that a base rate rests on: what began later is not in it, what went on had not ended", () => {
    const then = korea("1952-06-01");
    const [asked] = then?.questions ?? [];
    for (const name of asked?.lasting ?? []) expect(Number(name.slice(-4))).toBeLessThan(1952);
    const wars = then?.classes.find(({ id }) => id === "interstate-wars");
    expect(wars?.named.find(({ name }) => name === "Korean")).toMatchObject({ ending: "" });
    expect(wars?.leftOut.at(-1)?.why).toBe("began after 1952-06-01, the day of the case");
    expect((wars?.members ?? 0) + (wars?.leftOut.at(-1)?.count ?? 0)).toBe(95);
  });

  it("says of lists without days that they hold more", () => {
    const text = CASE.replace("asOf: 2024-11-28", "asOf: 2015-01-01")
      .replace("start: 2022-02-24", "start: 2014-04-12")
      .replace("by: 2025-11-28", "by: 2016-12-31")
      .replace("referenceClass: interstate-wars", "referenceClass: civil-episodes");
    expect(told(text).baseRates?.notes[0]).toContain("holds what was known by the end of 2020");
  });

  it("keeps a war that is left out by name out of the parent too", () => {
    const own = (exclude: string) =>
      `, classes: {own: {name: Own, from: interstate-wars, since: 1946, exclude: [${exclude}], parent: interstate-wars, because: x}}`;
    const shrunk = (exclude: string) =>
      told(
        CASE.replace(
          "history: {start: 2022-02-24, because: x}",
          `history: {start: 2022-02-24, because: x${own(exclude)}}`,
        ).replace("referenceClass: interstate-wars", "referenceClass: own"),
      ).baseRates?.questions[0]?.shrunk;
    const [all, without] = [shrunk(""), shrunk("Korean")];
    expect(without?.others).toEqual(all?.others);
    expect(without?.own.members).toBe((all?.own.members ?? 0) - 1);
  });

  it("has no class for talks, and none of longer wars than the one at hand", () => {
    const talks = dossierOf(CASE.replace("event: stop", "event: talks"));
    const { case: content } = viewCase(talks);
    expect(content === undefined ? [] : checkHistory(content)).toMatchObject([{ code: "invalid-value", line: 5 }]);
    const longer = korea("1952-06-01", ", classes: {own: {name: Own, from: interstate-wars, lasting: 36, because: x}}");
    expect(longer?.classes.some(({ id }) => id === "own")).toBe(true);
    const text = CASE.replace(
      "history: {start: 2022-02-24, because: x}",
      "history: {start: 2022-02-24, because: x, classes: {own: {name: Own, from: interstate-wars, lasting: 48, because: x}}}",
    ).replace("referenceClass: interstate-wars", "referenceClass: own");
    expect(told(text).baseRates?.notes[0]).toContain("lasted at least 48 months, longer than this war");
  });
});

describe("a class of what lasted so long", () => {
  it("is watched from then on: its constant hazard is endings by the time beyond, in closed form", () => {
    const long = rates?.classes.find(({ id }) => id === "long-interstate-wars");
    const beyond = (long?.named ?? []).reduce((sum, { months }) => sum + months - 12, 0);
    const scale = long?.fits.find(({ family }) => family === "exponential");
    const at24 = scale?.curve[TABLE.indexOf(24)] ?? 0;
    expect(at24).toBeCloseTo(Math.exp((-12 * (long?.ended ?? 0)) / beyond), 4);
    for (const { curve } of long?.fits ?? [])
      expect(curve.slice(0, TABLE.indexOf(12) + 1).every((p) => p > 0.999999)).toBe(true);
    const table = long?.table.find(({ months }) => months === 6);
    expect([table?.atRisk, table?.survival]).toEqual([28, 1]);
  });
});

describe("a pool of the three", () => {
  const pooled = (pool: string, prior = "0.2") => {
    const text = CASE.replace("prior: base-rate", `prior: ${prior}, pool: ${pool}`);
    return told(text).baseRates?.beside[0];
  };

  it("is none unless the case asks for one", () => {
    expect(told(CASE).baseRates?.beside[0]?.pool).toBeNull();
    expect(
      assess(ukraine, {}, { evidenceOnly: true }).assessment?.baseRates?.beside.every(({ pool }) => pool === null),
    ).toBe(true);
  });

  it("is the mean of what is there, by the weights that are given", () => {
    const beside = pooled("{how: linear, because: x}");
    const [base, evidence] = beside?.estimates ?? [];
    expect(beside?.pool).toMatchObject({
      how: "linear",
      of: [
        { from: "base rate", weight: 0.5 },
        { from: "evidence", weight: 0.5 },
      ],
      left: [],
    });
    expect(beside?.pool?.p).toBeCloseTo(((base?.p ?? 0) + (evidence?.p ?? 0)) / 2, 12);
    const weighted = pooled("{how: linear, weights: {base-rate: 3}, because: x}");
    expect(weighted?.pool?.p).toBeCloseTo((3 * (base?.p ?? 0) + (evidence?.p ?? 0)) / 4, 12);
    const odds = (p = 0) => p / (1 - p);
    const sharp = pooled("{how: extremised, exponent: 2, because: x}");
    expect(odds(sharp?.pool?.p ?? 0)).toBeCloseTo(odds(base?.p) * odds(evidence?.p), 9);
  });

  it("leaves the base rate out where the evidence starts from it, and says so", () => {
    const beside = pooled("{how: logarithmic, because: x}", "base-rate");
    expect(beside?.pool).toEqual({
      how: "logarithmic",
      p: null,
      of: [],
      left: [
        "The base rate is left out: the evidence starts from it.",
        "There is nothing to pool: fewer than two estimates.",
      ],
    });
  });
});

describe("a case's reference classes", () => {
  it("are counted from the day that the view says the war began", () => {
    const [asked] = told(CASE, ["history.start=2019-01-01"]).baseRates?.questions ?? [];
    expect(asked?.age).toBeCloseTo(70.9, 1);
    expect(asked?.atRisk).toBe(asked?.lasting.length);
    expect(asked?.atRisk).toBeLessThan(12);
    expect(told(CASE).baseRates?.questions[0]?.atRisk).toBe(12);
  });

  it("give the evidence its prior where the question asks for the base rate", () => {
    const { questions, baseRates } = told(CASE);
    const p = baseRates?.questions[0]?.rates[0]?.p ?? 0;
    const prior = questions[0]?.prior?.["yes"];
    const posterior = questions[0]?.posterior?.["yes"];
    expect(prior?.central).toBeCloseTo(p, 2);
    // One claim of ratio 2, wholly believed.
    expect(posterior?.central).toBeCloseTo((2 * p) / (1 + p), 2);
    expect(baseRates?.beside[0]?.shared[0]).toContain("starts from the base rate");
    expect(questions[0]?.waterfall[0]?.kind).toBe("prior");
  });

  it("filter their list, and tell who is left out and why", () => {
    const text = CASE.replace(
      "history: {start: 2022-02-24, because: x}",
      `history:
  start: 2022-02-24
  because: x
  classes:
    own: {name: Own, from: interstate-wars, since: 1946, lasting: 6, exclude: [Korean], ends: [stalemate, compromise], because: x}`,
    ).replace("referenceClass: interstate-wars", "referenceClass: own");
    const rates = told(text).baseRates;
    const own = rates?.classes.find(({ id }) => id === "own");
    expect(own?.named.every(({ start, months }) => start >= "1946" && months >= 6)).toBe(true);
    expect(own?.named.map(({ name }) => name)).not.toContain("Korean");
    expect(own?.leftOut.map(({ why }) => why)).toEqual([
      "left out by name",
      "began before 1946",
      "shorter than 6 months",
    ]);
    expect(own?.leftOut[0]?.names).toEqual(["Korean"]);
    expect((own?.members ?? 0) + (own?.leftOut ?? []).reduce((sum, { count }) => sum + count, 0)).toBe(95);
    expect(rates?.questions[0]?.rates.map(({ model }) => model)).toEqual(["aalen-johansen"]);
  });

  it("are drawn to the others of their parent, with the weight of their own, where they are part of one", () => {
    const small = CASE.replace("referenceClass: interstate-wars", "referenceClass: interstate-wars-since-1946");
    const assessment = told(small);
    const { baseRates } = assessment;
    const [asked] = baseRates?.questions ?? [];
    const shrunk = asked?.shrunk;
    // Of Iran-Iraq, Korea, Laos and Vietnam one ended within the year, of the eight before two.
    expect(asked?.atRisk).toBe(4);
    expect(shrunk?.own).toEqual({ ended: 1, members: 4 });
    expect(shrunk?.others).toEqual({ ended: 2, members: 8 });
    expect(shrunk?.name).toBe("Interstate wars, 1823–2003");
    const [own, others] = [shrunk?.own, shrunk?.others].map((of) => (of?.ended ?? 0) / (of?.members ?? 1));
    const weight = shrunk?.weight ?? Number.NaN;
    expect(weight > 0 && weight < 1).toBe(true);
    expect(shrunk?.p).toBeCloseTo(weight * (own ?? 0) + (1 - weight) * (others ?? 0), 10);
    expect((shrunk?.low ?? 1) < (shrunk?.p ?? 0) && (shrunk?.p ?? 1) < (shrunk?.high ?? 0)).toBe(true);
    // Who is in the parent stands there too, and the terminal's first answer tells of it.
    expect(baseRates?.classes.map(({ id }) => id)).toEqual(["interstate-wars", "interstate-wars-since-1946"]);
    expect(JSON.stringify(assessment)).toContain("others of “Interstate wars, 1823–2003”; drawn to these");
    expect(told(CASE).baseRates?.questions[0]?.shrunk).toBeNull();
  });

  it("count as the event of the class what it counts, in its parent too", () => {
    const text = CASE.replace(
      "because: x}",
      "because: x, classes: {own: {name: Own, from: interstate-wars, since: 1946, ends: [stalemate], parent: interstate-wars, because: x}}}",
    ).replace("referenceClass: interstate-wars", "referenceClass: own");
    const [asked] = told(text, ["history.start=2023-11-28"]).baseRates?.questions ?? [];
    const all = told(text.replace("ends: [stalemate], ", ""), ["history.start=2023-11-28"]).baseRates?.questions[0];
    expect(asked?.shrunk?.own.members).toBe(all?.shrunk?.own.members);
    expect(asked?.shrunk?.others.ended).toBeLessThan(all?.shrunk?.others.ended ?? 0);
  });

  it("say so where there is nobody else to draw them to, and are refused a parent that does not hold them", () => {
    const text = (filter: string) =>
      CASE.replace("because: x}", `because: x, classes: {own: {name: Own, because: x, ${filter}}}}`).replace(
        "referenceClass: interstate-wars",
        "referenceClass: own",
      );
    const long = told(text("from: interstate-wars, lasting: 12, parent: interstate-wars"));
    expect(long.baseRates?.questions[0]?.shrunk).toBeNull();
    expect(long.baseRates?.notes).toEqual([
      "“Own” is not drawn to its parent: no other member of “Interstate wars, 1823–2003” lasted longer than 33 months.",
    ]);
    const found = (filter: string) => {
      const content = viewCase(dossierOf(text(filter))).case;
      if (content === undefined) throw new Error("no case");
      return checkHistory(content).map(({ message, line }) => [message, line]);
    };
    const expected = "(expected a class that holds every member of “Own”, and is not that itself)";
    expect(found("from: interstate-wars, parent: civil-episodes")).toEqual([
      [`invalid parent: civil-episodes ${expected}`, 4],
    ]);
    expect(found("from: interstate-wars, parent: own")).toEqual([[`invalid parent: own ${expected}`, 4]]);
    expect(found("from: interstate-wars, parent: interstate-wars")).toEqual([]);
    expect(
      checkDossier(dossierOf(text("from: interstate-wars, parent: interstate-war"))).map(({ message, hint }) => [
        message,
        hint,
      ]),
    ).toEqual([["unknown reference class: interstate-war", "did you mean interstate-wars?"]]);
  });

  it("say why there is no base rate where there is none", () => {
    expect(told(CASE.replace("history: {start: 2022-02-24, because: x}", "")).baseRates?.notes[0]).toContain(
      "history.start",
    );
    expect(told(CASE, ["history.start=2014-04-06"]).baseRates?.notes[0]).toContain(
      "no member of “Interstate wars, 1823–2003” lasted longer than 128 months",
    );
  });

  it("are found wanting at their line, with a near miss", () => {
    const problems = (text: string) =>
      checkDossier(dossierOf(text)).map(({ message, hint, line }) => [message, hint, line]);
    expect(problems(CASE.replace("referenceClass: interstate-wars", "referenceClass: interstate-war"))).toEqual([
      ["unknown reference class: interstate-war", "did you mean interstate-wars?", 5],
    ]);
    const text = CASE.replace(
      "because: x}",
      "because: x, classes: {c: {name: C, from: civil-episodes, since: 1990, because: x}, w: {name: W, from: interstate-wars, exclude: [Koraen], because: x}}}",
    );
    const content = viewCase(dossierOf(text)).case;
    if (content === undefined) throw new Error("no case");
    expect(checkHistory(content).map(({ code, line, hint }) => [code, line, hint])).toEqual([
      ["invalid-value", 4, ""],
      ["unknown-reference", 4, "did you mean Korean?"],
    ]);
  });
});

describeWith("data", "the tables of facts", (folder) => {
  it("are what the producers' files give", () => {
    const made = spawnSync(process.execPath, ["scripts/base-rate-facts.ts", folder, "--check"], { encoding: "utf8" });
    expect([made.status, made.stderr]).toEqual([0, ""]);
  });
});
