import { describe, expect, it } from "vitest";
import { bindDynamics, bindLevers, warModel } from "../../src/assess/index.ts";
import { pullLevers } from "../../src/sensitivity/index.ts";
import { assessed, bundled, viewed, written } from "../support/cases.ts";

const HEAD = `parley: 1
title: T
asOf: 2024-11-28
parties:
  north: {name: North, roles: [{role: belligerent}]}
  south: {name: South, roles: [{role: belligerent}]}
  friend: {name: Friend, aid: {to: south, share: 0.3, cutRate: 0.02}}
events:
  vote: {text: A vote, date: 2025-02-01, kind: scheduled, effects: [{cut: friend, probability: 0.4}]}
questions:
  talks: {text: Talks?, event: talks, by: 2025-12-31, prior: 0.4, because: x}
  far: {text: Far?, event: none, by: 2025-12-31, prior: 0.4, because: x}
claims:
  louder: {text: More outside effort., bears: {talks: 2}, argues: {talks: driver, far: driver}, mechanism: {more: effort}}
  paid: {text: Aid keeps it going., bears: {talks: 0.5}, argues: {talks: obstacle}, mechanism: {without: gone}}
  other: {text: Something else., bears: {talks: 2}, argues: {talks: driver}}
`;
const WAR = `war: {front: {strength: -0.8 to 1.2}, mediation: {level: 0.2}, payoff: {cost: {north: 0.004}}, clock: {horizon: 24}}
`;
const LEVERS = `levers:
  effort: {name: More effort, kind: option, doneBy: friend, consentOf: [north, south], add: {war.mediation.level: 0.6}, because: x}
  gone: {name: Aid gone, kind: sensitivity, set: {parties.friend.aid.share: 0, events.vote.effects.0.probability: 1}, because: x}
  dearer: {name: Dearer, kind: sensitivity, times: {war.payoff.cost.north: 2}, because: x}
`;

/** The same without what claims name as their mechanism, for cases that lack those levers. */
const PLAIN = HEAD.replaceAll(/, mechanism: \{[^}]*\}/g, "");
const caseOf = (levers: string) => viewed(written(PLAIN + WAR + levers));
function boundIn(levers: string) {
  const content = caseOf(levers);
  const { inputs } = bindDynamics({ ...content, levers: {} });
  if (inputs === undefined) throw new Error("no war");
  return { ...bindLevers(content, inputs), inputs, content };
}

describe("binding levers", () => {
  it("sets, multiplies and adds, by the parameters' places in the case", () => {
    const { levers, problems } = boundIn(LEVERS);
    expect(problems).toEqual([]);
    expect(levers.map(({ id, set }) => [id, set])).toEqual([
      ["effort", { Mbar: 0.8 }],
      ["gone", { b0f: 0, e0p: 1 }],
      ["dearer", { cA: 0.008 }],
    ]);
    expect(levers[0]).toMatchObject({ doneBy: ["Friend"], consentOf: ["North", "South"] });
    expect(levers[2]?.changes).toEqual([
      {
        path: "war.payoff.cost.north",
        label: expect.stringContaining("North"),
        unit: "stake/month",
        from: 0.004,
        to: 0.008,
        way: "times",
      },
    ]);
  });

  it.each([
    ["war.mediation.levle: 0.5", "unknown path: war.mediation.levle"],
    ["war.payoff.cost.nrth: 0.5", "war.payoff.cost.north"],
    ["claims.louder.bears.talks: 0.5", ""],
  ])("says that %s is no parameter of the simulation, with its line", (set, near) => {
    const yaml = `${PLAIN}${WAR}levers:\n  bad: {name: Bad, kind: option, set: {${set}}, because: x}\n`;
    const dossier = written(yaml);
    let problems: readonly { message: string; hint: string; line: number }[];
    try {
      const { problems: found } = bindDynamics(viewed(dossier));
      problems = found;
    } catch (error) {
      problems = (error as { problems: typeof problems }).problems ?? [
        { message: String(error), hint: String(error), line: 0 },
      ];
    }
    expect(problems).toHaveLength(1);
    expect(`${problems[0]?.message} ${problems[0]?.hint}`).toContain(near);
  });

  it("refuses a value that the parameter cannot have, and a lever that changes nothing", () => {
    const low = boundIn("levers:\n  bad: {name: Bad, kind: option, add: {war.payoff.cost.north: -1}, because: x}\n");
    expect(low.problems.map(({ message }) => message)).toEqual([expect.stringContaining("-0.996")]);
    const none = boundIn("levers:\n  bad: {name: Bad, kind: option, because: x}\n");
    expect(none.problems.map(({ message }) => message)).toEqual([expect.stringContaining("no change")]);
  });
});

describe("what moves the simulation", () => {
  const dossier = written(HEAD + WAR + LEVERS);
  const assessment = assessed(dossier);
  const { sensitivity, links, nodes } = assessment;

  it("shows every lever on every answer, as the sensitivity engine has it", () => {
    expect(sensitivity?.levers.map(({ id }) => id)).toEqual(["effort", "gone", "dearer"]);
    expect(sensitivity?.outputs.map(({ id }) => id)).toEqual([
      "talks",
      "settlement",
      "relapse",
      "durable",
      "victory-a",
      "victory-b",
      "loss-a",
      "loss-b",
    ]);
    const { inputs } = bindDynamics(viewed(dossier));
    if (inputs === undefined) throw new Error("no war");
    const model = warModel({ ...inputs, uncertain: [] }, [{ name: "talks", kind: "by", passage: "talks", month: 13 }]);
    const [lever] = pullLevers(model, [{ name: "effort", set: { Mbar: 0.8 } }], { batchSize: 50, batches: 20 }).levers;
    const [expected] = lever?.effects ?? [];
    const [effect] = sensitivity?.levers[0]?.effects ?? [];
    expect(effect?.difference).toBe(expected?.difference.estimate);
    expect(effect?.se).toBe(expected?.difference.se);
    expect(effect?.base).toBe(expected?.base.estimate);
    expect(effect?.difference).toBeGreaterThan(0.05);
  });

  it("tells a broken stop as a share of stops: the differences of the ratio itself", () => {
    const { inputs } = bindDynamics(viewed(dossier));
    if (inputs === undefined) throw new Error("no war");
    const model = warModel({ ...inputs, uncertain: [] }, [
      { name: "broken", kind: "relapse", within: 12 },
      { name: "stopped", kind: "by", passage: "stop" },
    ]);
    const [lever] = pullLevers(model, [{ name: "effort", set: { Mbar: 0.8 } }], { batchSize: 50, batches: 20 }).levers;
    const [broken, stopped] = lever?.effects ?? [];
    const ratio = (of: "base" | "result") => (broken?.[of].estimate ?? 0) / (stopped?.[of].estimate ?? 1);
    const effect = sensitivity?.levers[0]?.effects.find(({ output }) => output === "relapse");
    expect(effect?.base).toBeCloseTo(ratio("base"), 12);
    expect(effect?.difference).toBeCloseTo(ratio("result") - ratio("base"), 12);
    expect(effect?.se).toBeGreaterThan(0);
  });

  it("moves the one uncertain parameter, and says what share of the variance it is", () => {
    const bars = sensitivity?.tornado.find(({ output }) => output === "loss-b")?.bars;
    expect(bars?.map(({ path }) => path)).toEqual(["war.front.strength"]);
    expect(bars?.[0]?.swing).not.toBe(0);
    const driver = sensitivity?.drivers.find(({ output }) => output === "loss-b");
    expect(driver?.parameterShare).toBeGreaterThan(0);
    expect(driver?.parameterShare).toBeLessThan(1);
    // One parameter makes all that parameters make.
    const [only] = driver?.inputs ?? [];
    expect(Math.abs((only?.first ?? 0) - 1)).toBeLessThan(4 * (only?.se ?? 0) + 0.25);
  });

  it("has a reason for every figure, down to the line of the lever", () => {
    for (const { node, line } of sensitivity?.levers ?? []) {
      expect(nodes[node]?.line).toBe(line);
      expect(nodes[node]?.because.length).toBeGreaterThan(1);
    }
    for (const { node } of [...(sensitivity?.tornado ?? []), ...(sensitivity?.drivers ?? [])])
      expect(nodes[node]).toBeDefined();
    expect(assessment.changes.headline).toContain("of 1 uncertain parameter");
    expect(assessment.changes.figures.map(({ id }) => id)).toContain("simulation/effort");
  });

  it("fills the simulation's column of the link table: more of a claim, or without what it claims", () => {
    const row = (question: string, claim: string) =>
      links.find((table) => table.question === question)?.rows.find((each) => each.claim === claim)?.engines[1];
    const effect = (lever: string) =>
      sensitivity?.levers.find(({ id }) => id === lever)?.effects.find(({ output }) => output === "talks")?.difference;
    expect(row("talks", "louder")).toMatchObject({ engine: "simulation", unit: "points", finding: "agree" });
    expect(row("talks", "louder")?.effects[0]?.size).toBeCloseTo(100 * (effect("effort") ?? 0), 10);
    expect(row("talks", "paid")?.effects[0]?.size).toBeCloseTo(-100 * (effect("gone") ?? 0), 10);
    expect(row("talks", "other")?.finding).toBe("silent");
    expect(row("far", "louder")?.finding).toBe("silent");
  });

  it("is nothing where the case has no war, which the answer says", () => {
    const none = assessed(written("parley: 1\ntitle: T\n"));
    expect(none.sensitivity).toBeNull();
    expect(none.changes.awaits.map(({ engine }) => engine)).toContain("sensitivity");
  });
});

describe("the levers of the bundled case", () => {
  const { sensitivity, links } = assessed(bundled("ukraine-2024"));

  it("tell options apart from sensitivities, and give every option who does it and who consents", () => {
    for (const { kind, doneBy, consentOf, because, changes } of sensitivity?.levers ?? []) {
      expect(because).not.toBeNull();
      expect(changes.length).toBeGreaterThan(0);
      if (kind === "option") expect([doneBy.length > 0, consentOf.length > 0]).toEqual([true, true]);
    }
    expect(sensitivity?.levers.filter(({ kind }) => kind === "option").length).toBeGreaterThanOrEqual(6);
  });

  it("hold the figure as looked at within its range over readings, which stress tests stand beside", () => {
    for (const { effects } of sensitivity?.levers ?? []) {
      for (const { difference, range, stress, readings } of effects) {
        expect(range.low).toBeLessThanOrEqual(difference);
        expect(range.high).toBeGreaterThanOrEqual(difference);
        expect(stress).not.toBeNull();
        expect(readings.length).toBeGreaterThan(5);
      }
    }
  });

  it("treat the two sides alike: what doubles one side's cost doubles the other's", () => {
    const ids = sensitivity?.levers.map(({ id }) => id) ?? [];
    expect(ids.filter((id) => id.startsWith("cost-"))).toEqual(["cost-russia-higher", "cost-ukraine-higher"]);
    const times = ["cost-russia-higher", "cost-ukraine-higher"].map((id) => {
      const change = sensitivity?.levers.find((lever) => lever.id === id)?.changes[0];
      return (change?.to ?? 0) / (change?.from ?? 1);
    });
    expect(times[0]).toBeCloseTo(times[1] ?? 0, 12);
  });

  it("stand for every driver and obstacle that the source claims of talks", () => {
    const table = links.find(({ question }) => question === "talks-2025");
    for (const { argues, claim, engines } of table?.rows ?? []) {
      if (argues !== null) expect(engines[1]?.effects.length, claim).toBeGreaterThan(0);
    }
  });

  it("find the drivers that the reference engine's screen found", () => {
    const telling = (output: string) =>
      sensitivity?.drivers
        .find((each) => each.output === output)
        ?.inputs.slice(0, 3)
        .map(({ path }) => path);
    expect(telling("talks-2025")).toEqual(expect.arrayContaining(["war.talks.mediation", "war.talks.onset"]));
    expect(telling("victory-a")?.[0]).toBe("war.front.collapse.ukraine");
  });
});
