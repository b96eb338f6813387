import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Argument, argumentStrengths } from "../../src/evidence/index.ts";

const node = (id: string, base: number, links: Partial<Pick<Argument, "supports" | "attacks">> = {}): Argument => ({
  id,
  base,
  supports: links.supports ?? [],
  attacks: links.attacks ?? [],
});
const strength = (graph: readonly Argument[], id: string, semantics?: "df-quad" | "quadratic-energy") =>
  argumentStrengths(graph, semantics).strengths.get(id);

describe("argument strength, at the figures of its definition", () => {
  it("one supporter of 0.8 lifts 0.5 to 0.9 (DF-QuAD) and to 0.695122 (quadratic energy)", () => {
    const graph = [node("a", 0.5), node("s", 0.8, { supports: ["a"] })];
    expect(strength(graph, "a")).toBeCloseTo(0.9, 12);
    expect(strength(graph, "a", "quadratic-energy")).toBeCloseTo(0.5 + (0.5 * 0.64) / 1.64, 12);
  });

  it("one supporter and one attacker alike leave 0.5, in both", () => {
    const graph = [node("a", 0.5), node("s", 0.8, { supports: ["a"] }), node("x", 0.8, { attacks: ["a"] })];
    expect(strength(graph, "a")).toBeCloseTo(0.5, 12);
    expect(strength(graph, "a", "quadratic-energy")).toBeCloseTo(0.5, 12);
  });

  it("an attacker under attack counts for less", () => {
    const graph = [node("a", 0.5), node("x", 0.8, { attacks: ["a"] }), node("y", 1, { attacks: ["x"] })];
    expect(strength(graph, "x")).toBeCloseTo(0, 12);
    expect(strength(graph, "a")).toBeCloseTo(0.5, 12);
  });

  it("several supporters combine as 1 - prod(1 - v)", () => {
    const graph = [node("a", 0.2), node("s", 0.5, { supports: ["a"] }), node("t", 0.4, { supports: ["a"] })];
    expect(strength(graph, "a")).toBeCloseTo(0.2 + 0.8 * (1 - 0.5 * 0.6), 12);
  });
});

describe("argument graphs", () => {
  it("with a cycle are iterated, name it, and say that they settled", () => {
    const result = argumentStrengths([node("a", 0.6, { attacks: ["b"] }), node("b", 0.6, { attacks: ["a"] })]);
    expect(result.converged).toBe(true);
    expect(new Set(result.cycle)).toEqual(new Set(["a", "b"]));
    // DF-QuAD at the fixed point: s = 0.6 (1 - s).
    expect(result.strengths.get("a")).toBeCloseTo(0.375, 8);
  });

  it("that do not settle say so", () => {
    const result = argumentStrengths([node("a", 1, { attacks: ["b"] }), node("b", 1, { attacks: ["a"] })]);
    expect([result.converged, result.iterations]).toEqual([false, 1000]);
  });

  it("keep strengths within 0 and 1, and more support never lowers", () => {
    const graph = fc
      .array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(), fc.boolean()), {
        minLength: 2,
        maxLength: 10,
      })
      .map((rows) =>
        rows.map(([base, to, supports], i) =>
          node(`n${i}`, base, i === 0 ? {} : { [supports ? "supports" : "attacks"]: [`n${to % i}`] }),
        ),
      );
    fc.assert(
      fc.property(graph, fc.constantFrom("df-quad" as const, "quadratic-energy" as const), (nodes, semantics) => {
        const { strengths, cycle } = argumentStrengths(nodes, semantics);
        expect(cycle).toBeUndefined();
        for (const value of strengths.values()) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
        }
        const more = [...nodes, node("extra", 0.7, { supports: ["n0"] })];
        expect(strength(more, "n0", semantics)).toBeGreaterThanOrEqual((strengths.get("n0") ?? 0) - 1e-12);
      }),
    );
  });
});
