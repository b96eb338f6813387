import { describe, expect, test } from "vitest";
import { normal } from "../../src/core/distributions/index.ts";
import { exp } from "../../src/core/math/index.ts";
import { normalCdf, normalQuantile } from "../../src/core/special/index.ts";
import {
  type Decision,
  type DecisionSample,
  type EvppiOptions,
  evaluateRows,
  evppi,
  type Model,
  planDecisions,
  runPlan,
} from "../../src/sensitivity/index.ts";
import { ERRORS, off, unit } from "./support.ts";

/** To act gains 0.3 + a + b / 2 and noise; not to act gains nothing. Both share a noise of their own. */
const GAIN = 0.3;
const model: Model = {
  parameters: [...["a", "b", "idle"].map((name) => ({ name, distribution: normal(0, 1) })), { name: "act", value: 0 }],
  outputs: [{ name: "utility" }],
  evaluate: ([a = 0, b = 0, , act = 0], { seed, first, count }, out) => {
    let sum = 0;
    for (let i = first; i < first + count; i++) {
      sum += 5 * unit(seed, i) + act * (GAIN + a + b / 2 + normalQuantile(unit(seed, i, 1)));
    }
    out[0] = sum / count;
  },
};
const decisions: readonly Decision[] = [
  { name: "wait", set: {} },
  { name: "act", set: { act: 1 } },
];

/** E max(0, m + s Z) - max(0, m) for a standard normal Z. */
function closedForm(m: number, s: number): number {
  const density = exp(-0.5 * (m / s) * (m / s)) / Math.sqrt(2 * Math.PI);
  return m * normalCdf(m / s) + s * density - Math.max(0, m);
}

const sampleOf = (draws: number, seed = 1, costs = 0): DecisionSample =>
  runPlan(
    planDecisions(
      model,
      decisions.map((d) => (d.name === "act" ? { ...d, cost: costs } : d)),
      { utility: "utility", draws, seed },
    ),
  );

function worthOf(name: string, sample: DecisionSample, options: EvppiOptions = {}) {
  const found = evppi(sample, options).inputs.find((input) => input.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

describe("the value of information for deciding", () => {
  test.each(["bins", "spline"] as const)("of normal parameters is the closed form, by %s", (regression) => {
    const result = evppi(sampleOf(5000), { regression });
    expect(result.inputs.map(({ name }) => name)).toEqual(["a", "b", "idle"]);
    const [a, b, idle] = result.inputs;
    expect(off(a?.value ?? { estimate: 0, se: 1 }, closedForm(GAIN, 1))).toBeLessThan(ERRORS);
    expect(off(b?.value ?? { estimate: 0, se: 1 }, closedForm(GAIN, 0.5))).toBeLessThan(ERRORS);
    expect(Math.abs(idle?.value.estimate ?? 1)).toBeLessThan(0.003);
    expect(a?.value.se).toBeLessThan(0.015);
    expect(result.best).toBe("act");
    expect(off(result.decisions[1]?.utility ?? { estimate: 0, se: 1 }, 2.5 + GAIN)).toBeLessThan(ERRORS);
  });

  test("takes off what a parameter that tells nothing would seem to be worth", () => {
    // With a cost as large as the gain both decisions are equal, and every wiggle of a fit looks like a gain.
    const sample = sampleOf(2000, 2, GAIN);
    const { raw, bias, value } = worthOf("idle", sample, { regression: "bins" });
    expect(raw).toBeGreaterThan(0.05);
    expect(Math.abs(raw - bias)).toBeLessThan(ERRORS * value.se);
    expect(value.estimate).toBe(raw - bias);
    // By a spline, which wiggles less, a parameter that tells much keeps its value.
    expect(off(worthOf("a", sample).value, closedForm(0, 1))).toBeLessThan(ERRORS);
  });

  test("has standard errors as large as the errors that it makes", () => {
    const RUNS = 30;
    /** Root mean square of 30 numbers, within 4 of its standard errors. */
    const [LEAST, MOST] = [0.5, 1.55];
    let squares = 0;
    for (let seed = 1; seed <= RUNS; seed++) {
      const { value } = worthOf("a", sampleOf(1000, seed), { resamples: 50, permutations: 10 });
      squares += off(value, closedForm(GAIN, 1)) ** 2 / RUNS;
    }
    expect(Math.sqrt(squares)).toBeGreaterThan(LEAST);
    expect(Math.sqrt(squares)).toBeLessThan(MOST);
  });

  test("follows a curved utility by its spline", () => {
    const curved: Model = {
      ...model,
      deterministic: true,
      evaluate: ([a = 0, , , act = 0], _, out) => {
        out[0] = act * (a * a - 1);
      },
    };
    const sample = runPlan(planDecisions(curved, decisions, { utility: "utility", draws: 2000 }));
    // E max(0, Z^2 - 1) = 2 phi(1), where the mean of Z^2 - 1 is 0.
    const truth = 2 * (exp(-0.5) / Math.sqrt(2 * Math.PI));
    for (const regression of ["bins", "spline"] as const) {
      expect(Math.abs(worthOf("a", sample, { regression }).raw - truth)).toBeLessThan(0.05);
    }
  });

  test("of several decisions counts the best of them all", () => {
    const more = [...decisions, { name: "against", set: { act: -1 } }];
    const sample = runPlan(planDecisions(model, more, { utility: "utility", draws: 5000 }));
    // max(0, m + Z, -m - Z) = |m + Z| = 2 max(0, m + Z) - (m + Z).
    const truth = 2 * closedForm(GAIN, 1);
    expect(off(worthOf("a", sample).value, truth)).toBeLessThan(ERRORS);
  });

  test("is the same to the bit for the same seed, in whatever order the sample's rows were evaluated", () => {
    const options = { utility: "utility", draws: 200 };
    const plan = planDecisions(model, decisions, options);
    const table = new Float64Array(plan.rows * plan.width);
    for (let i = 199; i >= 0; i--) planDecisions(model, decisions, options).evaluate(i, table, i * plan.width);
    expect(table).toEqual(evaluateRows(plan, 0, 200));
    expect(evppi(plan.merge(table), { seed: 7 })).toEqual(evppi(runPlan(plan), { seed: 7 }));
  });

  test("is refused for samples that are short, uneven or not finite, and for decisions without names", () => {
    const sample = sampleOf(100);
    expect(() => evppi(sample, { regression: "bins" })).toThrow("invalid draws: 100 (expected at least 120)");
    expect(() => evppi({ ...sample, utilities: [Float64Array.of(1), Float64Array.of(1)] })).toThrow(
      "number of draws of a",
    );
    expect(() => evppi({ ...sample, decisions: ["wait"] })).toThrow("invalid number of decisions: 1");
    const plan = (list: readonly Decision[]) => () => planDecisions(model, list, { utility: "utility", draws: 10 });
    expect(plan([{ name: "wait", set: {} }])).toThrow("invalid number of decisions: 1");
    expect(plan([decisions[0] ?? { name: "", set: {} }, { name: "x", set: { actt: 1 } }])).toThrow(
      "unknown parameter: actt",
    );
  });
});
