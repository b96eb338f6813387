import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readGenius } from "../../../src/formats/negotiation/index.ts";
import { loadSolver } from "../../../src/solvers/highs.ts";
import { analyse, type Domain } from "../../../src/terms/index.ts";
import { describeWith } from "../../support/shared.ts";
import { sameVectors, vectorsOf } from "../../terms/support.ts";

describeWith(
  "vectors/terms/nonlinear/30issues",
  "thirty issues of ten options with sixty rectangles a party",
  (folder) => {
    test("have the vector's frontier, every point proved by a solver", async () => {
      const files = readdirSync(folder)
        .filter((name) => name.endsWith(".xml"))
        .map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));
      const { own } = JSON.parse(readFileSync(join(folder, "expected.json"), "utf8")) as {
        own: { pareto_capped: { u: number[] }[]; nash_rv: number[][] };
      };
      const { domain } = readGenius(files);
      const { frontier, solutions, outcomes } = analyse(domain as Domain, { solve: await loadSolver() });
      expect(outcomes).toBe(10n ** 30n);
      expect([frontier.method, frontier.exact]).toEqual(["program", true]);
      expect(
        sameVectors(
          vectorsOf(frontier.points),
          own.pareto_capped.map(({ u }) => u),
        ),
      ).toBe(true);
      expect(sameVectors(solutions.nash?.tied ?? [], own.nash_rv)).toBe(true);
    }, 600_000);
  },
);
