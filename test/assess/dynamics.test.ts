import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { bindDynamics } from "../../src/assess/index.ts";
import { PARAMETERS } from "../../src/dynamics/index.ts";
import { bundled, viewed, written } from "../support/cases.ts";

const HEAD = `parley: 1
title: T
asOf: 2024-11-28
parties:
  north: {name: North, roles: [{role: belligerent}]}
  south: {name: South, roles: [{role: belligerent}]}
  friend: {name: Friend, aid: {to: south, share: 0.3, cutRate: 0.02, replaces: 0.5}}
`;
const bound = (yaml: string) => bindDynamics(viewed(written(HEAD + yaml)));
const inputsOf = (yaml: string) => {
  const { inputs, problems } = bound(yaml);
  if (inputs === undefined) throw new Error(problems.map(({ message }) => message).join("; "));
  return inputs;
};
const at = ({ layout, vector }: ReturnType<typeof inputsOf>, name: string) => vector[layout.index(name)];

describe("binding a case to the simulation", () => {
  it("has a place in the case for every parameter: set all, and none is assumed", () => {
    const war: Record<string, unknown> = {};
    for (const { name, path, default: value } of PARAMETERS) {
      if (name.includes("#")) continue;
      const keys = path.replace("{a}", "north").replace("{b}", "south").split(".").slice(1);
      let node = war;
      for (const key of keys.slice(0, -1)) {
        node[key] ??= {};
        node = node[key] as Record<string, unknown>;
      }
      node[keys.at(-1) ?? ""] = value;
    }
    const inputs = inputsOf(stringify({ war }));
    const own = inputs.parameters.filter(({ path }) => path.startsWith("war."));
    expect(own).toHaveLength(PARAMETERS.filter(({ name }) => !name.includes("#")).length);
    expect(own.filter(({ assumed }) => assumed)).toEqual([]);
    for (const { name, default: value } of PARAMETERS)
      if (!name.includes("#")) expect(at(inputs, name), name).toBe(value);
  });

  it("lists what the case leaves out as assumed, with the default", () => {
    const inputs = inputsOf("war: {front: {strength: 0.4 to 0.6}}\n");
    const strength = inputs.parameters.find(({ name }) => name === "th0");
    expect(strength).toMatchObject({ path: "war.front.strength", assumed: false, uncertain: true, text: "0.4 to 0.6" });
    const hazard = inputs.parameters.find(({ name }) => name === "hT");
    expect(hazard).toMatchObject({ path: "war.talks.onset", assumed: true, uncertain: false, central: 0.02 });
    expect(inputs.uncertain.map(({ index }) => inputs.layout.names[index])).toEqual(["th0"]);
    expect(inputs.uncertain[0]?.quantile(0.5)).toBeCloseTo(strength?.central ?? 0, 12);
  });

  it("calls sides by their names", () => {
    const inputs = inputsOf("war: {}\n");
    expect(inputs.sideNames).toEqual(["North", "South"]);
    for (const { label } of inputs.parameters) expect(label).not.toMatch(/\b[AB]\b/);
    expect(inputs.parameters.find(({ name }) => name === "JAB")?.label).toContain(
      "jump of North's rate after a step by South",
    );
  });

  it("takes values by side, alone or with their reason", () => {
    const inputs = inputsOf(
      "war: {sides: {a: south, b: north}, attrition: {losses: {south: 0.01, north: {value: 0.02, because: x}}}}\n",
    );
    expect([at(inputs, "kA"), at(inputs, "kB")]).toEqual([0.01, 0.02]);
  });

  it("takes backers from aid: what a side has of its own is the rest", () => {
    const inputs = inputsOf("war: {}\n");
    expect(inputs.backers).toEqual(["friend"]);
    expect(["b0s", "b0f", "b0x", "b0c", "b0i", "ownA", "ownB"].map((name) => at(inputs, name))).toEqual([
      1, 0.3, 0.02, 0.5, 1, 1, 0.7,
    ]);
  });

  it("takes broken agreements between the sides from the case", () => {
    const agreements = `agreements:
  one: {signed: 2014-09-05, status: failed, parties: [north, south]}
  two: {signed: 2015-02-12, status: failed, parties: [north, south, friend]}
  other: {signed: 2015-02-12, status: failed, parties: [north, friend]}
  kept: {signed: 2016-02-12, status: kept, parties: [north, south]}
`;
    expect(at(inputsOf(`${agreements}war: {}\n`), "nb0")).toBe(2);
    expect(at(inputsOf(`${agreements}war: {relapse: {broken: 5}}\n`), "nb0")).toBe(5);
  });

  it("takes scheduled effects from events, in months from the day of the case; what lies behind moves nothing", () => {
    const inputs = inputsOf(`events:
  past: {text: past, date: 2024-01-01, effects: [{cut: friend}]}
  vote: {text: vote, date: 2025-11-28, kind: scheduled, effects: [{cut: friend, probability: 0.4}, {mediation: 0.5 to 1}]}
  turn: {text: turn, date: 2025-01-20, kind: scheduled, effects: [{leader: south}, {wantsTalks: friend}, {raises: []}]}
  slow: {text: slow, date: 2026-01-01, kind: scheduled, effects: [{cutRate: friend, times: 3}]}
war: {}
`);
    expect(inputs.events.map(({ name }) => name)).toEqual(["vote", "vote", "turn", "turn", "slow"]);
    const of = (i: number) => ["k", "g", "p", "z"].map((field) => at(inputs, `e${i}${field}`));
    expect(at(inputs, "e0t")).toBeCloseTo(365 / 30.436875, 12);
    expect(of(0)).toEqual([1, 0, 0.4, 0]);
    expect(of(1).slice(0, 3)).toEqual([3, 0, 1]);
    expect(of(2)).toEqual([4, 1, 1, 0]);
    expect(of(3)).toEqual([6, 0, 1, 1]);
    expect(of(4)).toEqual([5, 0, 1, 3]);
    expect(inputs.layout.events).toBe(5);
  });

  it("offers the case's packages and no other", () => {
    const inputs = inputsOf("war: {packages: {swap: {value: {north: 0.1, south: -0.1}, guarantee: 0.4}}}\n");
    expect(["p0a", "p0b", "p0g"].map((name) => at(inputs, name))).toEqual([0.1, -0.1, 0.4]);
    expect(["p1a", "p2a"].map((name) => at(inputs, name))).toEqual([-9, -9]);
  });

  it("does not apply without the section, or without exactly two sides", () => {
    expect(bound("")).toMatchObject({ doesNotApply: expect.stringContaining("no section") });
    const three = written(
      `${HEAD.replace("friend: {name: Friend,", "friend: {name: Friend, roles: [{role: belligerent}],")}war: {}\n`,
    );
    expect(bindDynamics(viewed(three))).toMatchObject({ doesNotApply: expect.stringContaining("3 belligerents") });
    expect(bound("war: {sides: {a: north, b: north}}\n")).toMatchObject({
      doesNotApply: expect.stringContaining("one party"),
    });
  });

  it.each([
    [
      "war: {front: {share: 0.4, collapse: {north: 0.5}}}",
      /invalid collapse line: 0\.5 \(expected below the share held, 0\.4\)/,
    ],
    [
      "war: {front: {share: 0.4, collapse: {south: 0.3}}}",
      /invalid collapse line: 0\.3 \(expected above the share held, 0\.4\)/,
    ],
    ["war: {escalation: {answer: {north: 2, south: 2}}}", /invalid escalation: 2\.\d+ \(expected answers/],
    ["war: {clock: {horizon: 12 to 24}}", /invalid clock/],
    ["war: {attrition: {losses: {friend: 0.1}}}", /unknown side: friend/],
  ])("says where values do not go together: %s", (yaml, message) => {
    const { inputs, problems } = bound(`${yaml}\n`);
    expect(inputs).toBeUndefined();
    expect(problems[0]?.message).toMatch(message);
    expect(problems[0]?.line).toBe(8);
  });

  it.each(["war: {clock: {horizon: 0}}", "war: {clock: {horizon: 10000}}", "war: {payoff: {cost: {north: -1}}}"])(
    "refuses what is out of range with its line: %s",
    (yaml) => {
      expect(() => viewed(written(`${HEAD}${yaml}\n`))).toThrow(/invalid/);
    },
  );
});

describe("the war of the first case", () => {
  it("is of two sides, with four backers, and every number has a reason or is told as assumed", () => {
    const { inputs, problems } = bindDynamics(viewed(bundled("ukraine-2024")));
    expect(problems).toEqual([]);
    expect(inputs?.sideNames).toEqual(["Russia", "Ukraine"]);
    expect(inputs?.backers).toEqual(["us", "europe", "china", "north-korea"]);
    expect(inputs?.uncertain.length).toBeGreaterThan(60);
    expect(inputs?.parameters.find(({ name }) => name === "hX")?.central).toBe(0);
    expect(inputs?.parameters.find(({ name }) => name === "nb0")?.central).toBe(2);
    expect(inputs?.parameters.filter(({ unusual }) => unusual).map(({ name }) => name)).toEqual([]);
  });

  it("holds stress tests by mechanism, each with its opposite, and shows them as nobody's view", () => {
    const readings = bundled("ukraine-2024").raw["readings"] as Record<string, { kind: string; because: string }>;
    const stress = Object.entries(readings).filter(([, { kind }]) => kind === "stress");
    expect(stress.map(([id]) => id)).toEqual([
      "time-favours-larger-force",
      "costs-bind-advancing-side",
      "outside-aid-ends",
      "outside-aid-rises",
      "holder-of-less-gains",
    ]);
    for (const [, { because }] of stress) expect(because).toContain("nobody's view");
  });
});
