import { describe, expect, test } from "vitest";
import { readParameterFile } from "../../src/formats/par.ts";

const FILE = "war.par";
const faultsOf = (text: string, ...changes: string[]) =>
  readParameterFile(text, FILE, changes).problems.map(
    ({ file, line, column, message }) => `${file}:${line}:${column}  ${message}`,
  );

describe("a parameter file", () => {
  test("that the engine can take has no problems, and its values", () => {
    const { parameters, problems } = readParameterFile("horizon 1000 # months\nxlo -9\nxhi 9\nhT 1000\n", FILE, [
      "dt=0.01",
    ]);
    expect(problems).toEqual([]);
    expect(["horizon", "xlo", "dt"].map((name) => parameters?.vector[parameters.layout.index(name)])).toEqual([
      1000, -9, 0.01,
    ]);
  });

  test.each([
    ["a negative cost", "hT 0.02\n cA -0.1\n", `${FILE}:2:2  invalid cA: -0.1 (expected at least 0)`],
    ["a horizon of 0", "horizon 0\n", `${FILE}:1:1  invalid horizon: 0 (expected 1..1200 months)`],
    ["a horizon of 10 000", "horizon 10000\n", `${FILE}:1:1  invalid horizon: 10000 (expected 1..1200 months)`],
    ["no volatility", "sx 0\n", `${FILE}:1:1  invalid sx: 0 (expected above 0)`],
    ["an impossible draw", "cA 0.1 -0.1 0.3 tri\n", `${FILE}:1:1  invalid cA: -0.1 (expected at least 0)`],
    ["a kind of event that is none", "e0k 7\n", `${FILE}:1:1  invalid e0k: 7 (expected a whole number, 0..6)`],
    [
      "a drawn horizon",
      "horizon 60 50 70 uni\n",
      `${FILE}:1:1  invalid horizon: 60 50 70 uni (expected a plain number)`,
    ],
    [
      "a collapse line above the front",
      "x0 0.4\nxlo 0.5\n",
      `${FILE}:2:1  invalid collapse line xlo: 0.5 (expected below the share held, 0.4)`,
    ],
    [
      "a front beyond a collapse line",
      "\nx0 0.9\n",
      `${FILE}:2:1  invalid collapse line xhi: 0.85 (expected above the share held, 0.9)`,
    ],
    [
      "answers that run away",
      "bh 0.5\nJAB 0.5\nJBA 0.5\n",
      `${FILE}:2:1  invalid branching ratio of escalation: 1.1 (expected below 1: each step bringing about less than one)`,
    ],
  ])("with %s is refused at its line", (_, text, message) => {
    expect(faultsOf(text)).toEqual([message]);
  });

  test("is refused at the change that spoils it", () => {
    expect(faultsOf("x0 0.45\nxhi 0.65\n", "x0=0.7")).toEqual([
      "--set x0=0.7:1:1  invalid collapse line xhi: 0.65 (expected above the share held, 0.7)",
    ]);
    expect(faultsOf("", "horizon=0")).toEqual(["--set horizon=0:1:1  invalid horizon: 0 (expected 1..1200 months)"]);
    expect(faultsOf("", "dt=2", "horizon=1")).toEqual([
      "--set horizon=1:1:1  invalid horizon: 1 (expected at least one step, 2)",
    ]);
  });
});
