import { readFileSync } from "node:fs";
import { beforeAll, expect, it } from "vitest";
import { warModel } from "../../src/assess/index.ts";
import { runRange, Summary, tallyLayoutOf } from "../../src/dynamics/index.ts";
import { type Estimate, type LeverEffect, pullLevers } from "../../src/sensitivity/index.ts";
import { describeWith } from "../support/shared.ts";
import { firstCase, layout } from "./support.ts";

/** Trajectories without and with each lever, as many as the printed table has; with a seed of its own. */
const RUNS = 4000;
const SEED = 20241128;

/** A printed difference: `-0.108 (0.005) ok`, where `ok` says that theory expects the sign. */
interface Printed {
  readonly difference: number;
  readonly se: number;
  readonly expected: boolean;
}

/** A row of the table: a lever, what it sets, and what it does to each output of the head. */
interface Row {
  readonly lever: string;
  readonly set: Readonly<Record<string, number>>;
  readonly cells: Readonly<Record<string, Printed>>;
}

const cellsOf = (line: string): string[] =>
  line
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());

function tableOf(text: string): { outputs: string[]; base: Record<string, number>; rows: Row[] } {
  const section = text.slice(text.indexOf("**Sign checks**"));
  const lines = section.slice(0, section.indexOf("\n\n", section.indexOf("|"))).split("\n");
  const [head = "", , level = "", ...levers] = lines.filter((line) => line.startsWith("|"));
  const [, ...outputs] = cellsOf(head);
  const [, ...base] = cellsOf(level).map(Number);
  const rows = levers.map((line): Row => {
    const [first = "", ...cells] = cellsOf(line);
    const [, lever = "", set = ""] = /^(.*?) `(.*)`$/.exec(first) ?? [];
    return {
      lever,
      set: Object.fromEntries(
        set.split(" ").map((pair) => [pair.split("=")[0] ?? "", Number(pair.split("=")[1])] as const),
      ),
      cells: Object.fromEntries(
        cells.map((cell, i): [string, Printed] => {
          const [, difference, se, ok] = /^([+-][\d.]+) \(([\d.]+)\)( ok)?$/.exec(cell) ?? [];
          return [outputs[i] ?? "", { difference: Number(difference), se: Number(se), expected: ok !== undefined }];
        }),
      ),
    };
  });
  return { outputs, base: Object.fromEntries(outputs.map((name, i) => [name, base[i] ?? Number.NaN])), rows };
}

/** Four standard errors: among some 180 figures one in a hundred tables would have one by chance. */
const ERRORS = 4;
/** Half of the last figure printed, of an estimate and of its error. */
const LAST = 0.0005;
/** A difference of this many standard errors has a sign. */
const SIGNIFICANT = 1.96;

describeWith("reference/dynamics.md", "levers on the first case", (path) => {
  const { outputs, base, rows } = tableOf(readFileSync(path, "utf8"));
  const start = firstCase();
  const model = warModel({ layout, vector: start }, [
    { name: "talks12", kind: "by", passage: "talks", month: 12 },
    { name: "stop24", kind: "by", passage: "stop", month: 24 },
    { name: "settlement60", kind: "by", passage: "settlement", month: 60 },
    { name: "victory A", kind: "end", as: ["victoryA"] },
    { name: "exit", kind: "end", as: ["escalatedOut"] },
  ]);
  const levers = rows.map(({ lever, set }) => ({ name: lever, set }));
  let pulled: ReturnType<typeof pullLevers>["levers"] = [];
  let untouched: Estimate = { estimate: Number.NaN, se: Number.NaN };
  let relapses: Estimate[] = [];
  beforeAll(() => {
    pulled = pullLevers(model, levers, { seed: SEED, batchSize: RUNS / 4, batches: 4 }).levers;
    untouched = relapse({});
    relapses = rows.map(({ set }) => relapse(set));
  });

  // The first stop's relapse is Kaplan and Meier's, which no mean over trajectories gives; its runs count as independent.
  const relapse = (set: Readonly<Record<string, number>>): Estimate => {
    const vector = Float64Array.from(start);
    for (const [name, value] of Object.entries(set)) vector[layout.index(name)] = value;
    const { p, se } = new Summary(
      tallyLayoutOf({ layout, vector }),
      runRange({ layout, vector }, SEED, 0, RUNS),
    ).relapseWithin(12);
    return { estimate: p, se };
  };
  /** Our difference for a cell. */
  function difference(row: number, output: string): Estimate {
    if (output !== "relapse12") {
      const effect = effectOf(row, output);
      return effect?.difference ?? { estimate: Number.NaN, se: Number.NaN };
    }
    const { estimate, se } = relapses[row] ?? untouched;
    return { estimate: estimate - untouched.estimate, se: Math.hypot(se, untouched.se) };
  }
  const effectOf = (row: number, output: string): LeverEffect | undefined =>
    pulled[row]?.effects.find((effect) => effect.output === output);

  it("are 28, with 40 signs that theory expects", () => {
    expect(outputs).toEqual(["talks12", "stop24", "settlement60", "relapse12", "victory A", "exit"]);
    expect(rows).toHaveLength(28);
    const expected = rows.flatMap(({ cells }) => Object.values(cells).filter((cell) => cell.expected));
    expect(expected).toHaveLength(40);
  });

  it("move what theory expects the way it expects, and by more than chance", () => {
    const wrong = rows.flatMap(({ lever, cells }, row) =>
      Object.entries(cells).flatMap(([output, cell]) => {
        const { estimate, se } = difference(row, output);
        const right = Math.sign(estimate) === Math.sign(cell.difference) && Math.abs(estimate) > SIGNIFICANT * se;
        return cell.expected && !right ? [`${lever}: ${output} ${estimate} (${se})`] : [];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it("start from the levels that the reference engine printed", () => {
    for (const output of outputs) {
      const level = output === "relapse12" ? untouched : effectOf(0, output)?.base;
      const { estimate, se } = level ?? { estimate: Number.NaN, se: Number.NaN };
      const off = Math.max(0, Math.abs(estimate - (base[output] ?? Number.NaN)) - LAST);
      expect(off / (Math.SQRT2 * se), output).toBeLessThan(ERRORS);
    }
  });

  it("make the differences that the reference engine printed", () => {
    const off = rows.flatMap(({ lever, cells }, row) =>
      Object.entries(cells).flatMap(([output, cell]) => {
        const { estimate, se } = difference(row, output);
        const apart = Math.max(0, Math.abs(estimate - cell.difference) - LAST);
        return apart <= ERRORS * Math.hypot(se, cell.se + LAST) ? [] : [`${lever}: ${output} ${estimate} (${se})`];
      }),
    );
    expect(off).toEqual([]);
  });

  /** Section 3: medians over the levers, to two figures; how far a median of 28 moves from seed to seed. */
  const REDUCTIONS = { talks12: 16, stop24: 3.5, settlement60: 2.3, "victory A": 9 };
  const FROM_SEED_TO_SEED = 0.2;

  it.each(Object.entries(REDUCTIONS))(
    "pair trajectories: the variance of differences in %s falls %d-fold",
    (output, stated) => {
      const factors = rows
        .map((_, row) => effectOf(row, output)?.varianceReduction ?? Number.POSITIVE_INFINITY)
        .toSorted((a, b) => a - b);
      const median = ((factors[13] ?? 0) + (factors[14] ?? 0)) / 2;
      expect(Math.abs(median / stated - 1)).toBeLessThan(FROM_SEED_TO_SEED);
      // Pairing helps every lever, not only the typical one.
      expect(factors[0]).toBeGreaterThan(1);
    },
  );
});
