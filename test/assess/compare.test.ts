import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bindDynamics, compareEvidence, compareWars } from "../../src/assess/index.ts";
import { viewCase } from "../../src/case/index.ts";
import { bundled, viewed, written } from "../support/cases.ts";

const WAR = `parley: 1
title: T
asOf: 2024-11-28
parties:
  north: {name: North, roles: [{role: belligerent}]}
  south: {name: South, roles: [{role: belligerent}]}
questions: {talks: {text: Talks?, event: talks, by: 2025-12-31, prior: 0.4, because: x}}
claims:
  a: {text: A, bears: {talks: 2}, credence: 1}
  b: {text: B, bears: {talks: 0.4 to 0.9}, credence: 0.6}
war: {front: {strength: 0.2}, mediation: {level: 0.2 to 0.4}, clock: {horizon: 24}}
`;
const caseOf = (yaml: string) => {
  const content = viewed(written(yaml));
  const { inputs } = bindDynamics(content);
  if (inputs === undefined) throw new Error("no war");
  return { content, inputs };
};
const options = { seed: 1, runs: 1000, prior: false };

describe("comparing two wars", () => {
  const a = caseOf(WAR);

  it("finds nothing between a war and itself", () => {
    const { outputs, inputs, attribution } = compareWars(a, caseOf(WAR), options);
    expect(outputs.every(({ difference }) => difference.value === 0 && difference.se === 0)).toBe(true);
    expect(inputs).toEqual([]);
    expect(attribution).toBeNull();
  });

  it("gives a single change the whole difference", () => {
    const b = caseOf(WAR.replace("level: 0.2 to 0.4", "level: 0.9"));
    const { outputs, inputs, attribution } = compareWars(a, b, options);
    expect(inputs).toEqual([{ path: "war.mediation.level", label: expect.any(String), a: "0.2 to 0.4", b: "0.9" }]);
    expect(attribution?.inputs.map(({ path }) => path)).toEqual(["war.mediation.level"]);
    expect(attribution?.runs).toBe(1000);
    for (const [w, { difference, id }] of outputs.entries()) {
      const part = attribution?.inputs[0]?.parts[w];
      if (id === "relapse") expect(part).toBeNull();
      else expect(part?.value, id).toBeCloseTo(difference.value, 12);
    }
    const [talks] = outputs;
    expect(talks?.difference.value).toBeGreaterThan(5 * (talks?.difference.se ?? 1));
    // Paired: less error than two runs of their own would have.
    expect(talks?.difference.se).toBeLessThan(Math.hypot(talks?.a.se ?? 0, talks?.b.se ?? 0));
  });

  it("shares a difference out among several changes so that the parts add up", () => {
    const b = caseOf(WAR.replace("strength: 0.2", "strength: 0.9").replace("level: 0.2 to 0.4", "level: 0.9"));
    const { attribution, outputs } = compareWars(a, b, options);
    expect(attribution?.inputs).toHaveLength(2);
    for (const [w, { difference, id }] of outputs.entries()) {
      if (id === "relapse") continue;
      const sum = attribution?.inputs.reduce((total, { parts }) => total + (parts[w]?.value ?? 0), 0);
      expect(sum, id).toBeCloseTo(difference.value, 10);
    }
  });

  it("says that a war with another backer is built differently, and gives no parts", () => {
    const more = "  friend: {name: Friend, aid: {to: south, share: 0.3}}\nquestions:";
    const { attribution, inputs, outputs } = compareWars(a, caseOf(WAR.replace("questions:", more)), options);
    expect(attribution).toBeNull();
    expect(inputs.find(({ path }) => path === "parties.friend.aid.share")).toMatchObject({ a: null, b: "0.3" });
    expect(outputs.length).toBeGreaterThan(5);
  });

  it("draws the same parameters on both sides where they are drawn", () => {
    const b = caseOf(WAR.replace("strength: 0.2", "strength: 0.21"));
    const [talks] = compareWars(a, b, { ...options, prior: true }).outputs;
    const [same] = compareWars(a, caseOf(WAR), { ...options, prior: true }).outputs;
    expect(same?.difference).toEqual({ value: 0, se: 0 });
    expect(talks?.difference.se).toBeLessThan(0.4 * (talks?.a.se ?? 0));
  });
});

describe("comparing what the evidence says", () => {
  const total = ({ parts }: { parts: readonly { differenceDb: number }[] }) =>
    parts.reduce((sum, { differenceDb }) => sum + differenceDb, 0);

  it("finds nothing between a case and itself", () => {
    const content = viewed(written(WAR));
    expect(compareEvidence(content, content, { seed: 1, draws: 500 })).toMatchObject([{ differenceDb: 0, parts: [] }]);
  });

  it("takes the difference of log odds apart by prior and claim, for every reading of the bundled case", () => {
    const dossier = bundled("ukraine-2024");
    const base = viewed(dossier);
    for (const reading of ["source", "no-bargaining-range", "security-dilemma"]) {
      const other = viewCase(dossier, { reading }).case;
      if (other === undefined) throw new Error(reading);
      for (const compared of compareEvidence(base, other, { seed: 1, draws: 200 })) {
        expect(total(compared), `${reading} ${compared.question}`).toBeCloseTo(compared.differenceDb ?? Number.NaN, 8);
      }
    }
  });

  it("adds up whatever the prior and the ratios", () => {
    const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
    fc.assert(
      fc.property(number(0.05, 0.95), number(0.2, 5), number(0, 1), (prior, ratio, credence) => {
        const other = WAR.replace("prior: 0.4", `prior: ${prior}`).replace(
          "bears: {talks: 2}, credence: 1",
          `bears: {talks: ${ratio}}, credence: ${credence}`,
        );
        const [compared] = compareEvidence(viewed(written(WAR)), viewed(written(other)), { seed: 1, draws: 100 });
        expect(total(compared ?? { parts: [] })).toBeCloseTo(compared?.differenceDb ?? Number.NaN, 8);
      }),
      { numRuns: 20 },
    );
  });
});
