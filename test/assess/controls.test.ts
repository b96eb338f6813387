import { describe, expect, it } from "vitest";
import {
  ALSO,
  bindDynamics,
  bindLevers,
  compareWars,
  coursesOf,
  warControls,
  warModel,
} from "../../src/assess/index.ts";
import { bundled, viewed, written } from "../support/cases.ts";
import { SMALL_CASE } from "../support/cli.ts";

const dossier = bundled("ukraine-2024");
const content = viewed(dossier);
const { inputs } = bindDynamics(content);
if (inputs === undefined) throw new Error("the case has no war");
const controls = warControls(content);

describe("what can be moved by hand", () => {
  it("is every place of the case that the simulation reads, once, its value within its span", () => {
    const paths = controls?.parameters.map(({ path }) => path) ?? [];
    expect(new Set(paths)).toEqual(new Set(inputs.parameters.map(({ path }) => path)));
    expect(paths.length).toBe(new Set(paths).size);
    for (const { central, span, interval } of controls?.parameters ?? []) {
      expect(central).toBeGreaterThanOrEqual(span.low);
      expect(central).toBeLessThanOrEqual(span.high);
      if (interval !== null) expect(span.low).toBeLessThanOrEqual(interval.low);
    }
  });

  it("sets through the case what a lever sets in the engine", () => {
    const bound = new Map(bindLevers(content, inputs).levers.map((each) => [each.id, each.set]));
    expect(controls?.levers.length).toBeGreaterThan(20);
    for (const { id, sets } of (controls?.levers ?? []).filter((_, i) => i % 4 === 0)) {
      const pulled = bindDynamics(viewed(dossier, { sets: sets.map(({ path, value }) => `${path}=${value}`) })).inputs;
      for (const [name, value] of Object.entries(bound.get(id) ?? {})) {
        expect(pulled?.parameters.find((each) => each.name === name)?.central, `${id}: ${name}`).toBe(value);
      }
    }
  });

  it("is nothing where there is no war", () => {
    expect(warControls(viewed(written(SMALL_CASE)))).toBeNull();
  });
});

describe("single trajectories", () => {
  const courses = coursesOf(
    content,
    1,
    Array.from({ length: 60 }, (_, i) => i),
  );

  it("are those that the ensemble counts", () => {
    const model = warModel({ ...inputs, uncertain: [] }, [
      { name: "victoryA", kind: "end", as: ["victoryA"] },
      { name: "talks", kind: "by", passage: "talks", month: 12 },
      { name: "lossA", kind: "value", of: "lossA" },
    ]);
    const table = new Float64Array(60 * 3);
    model.evaluateEach?.(inputs.vector, { seed: 1, first: 0, count: 60 }, table);
    for (const [i, { outcome, months }] of courses.entries()) {
      expect(outcome === "victoryA").toBe(table[3 * i] === 1);
      const talks = months.some(({ month, events }) => month <= 12 && events.some(({ kind }) => kind === "talks"));
      expect(talks).toBe(table[3 * i + 1] === 1);
      expect(months.at(-1)?.losses[0]).toBeCloseTo(table[3 * i + 2] ?? 0, 12);
    }
  });

  it("go on month by month to their end", () => {
    for (const { months, horizon } of courses) {
      expect(months.map(({ month }) => month)).toEqual(months.map((_, i) => i + 1));
      expect(months.length).toBeLessThanOrEqual(horizon);
    }
    expect(courses.some(({ months, horizon }) => months.length === horizon)).toBe(true);
  });

  it("are none where there is no war", () => {
    expect(coursesOf(viewed(written(SMALL_CASE)), 1, [0])).toEqual([]);
  });
});

describe("two views compared by an event of one's own", () => {
  it("has it first, and leaves the other outcomes as they are", () => {
    const other = viewed(dossier, { sets: ["war.mediation.level=0.9"] });
    const two = bindDynamics(other).inputs;
    if (two === undefined) throw new Error("the view has no war");
    const options = { seed: 1, runs: 200, prior: false };
    const sides = [
      { content, inputs },
      { content: other, inputs: two },
    ] as const;
    const plain = compareWars(...sides, options);
    const also = compareWars(...sides, { ...options, also: { passage: "talks", month: 6 } });
    expect(also.outputs[0]?.id).toBe(ALSO);
    expect(also.outputs[0]?.label).toBe("Talks by 2025-05-28");
    expect(also.outputs.slice(1)).toEqual(plain.outputs);
    expect(also.attribution?.inputs[0]?.parts[0]?.value).toBeGreaterThan(0);
  });
});
