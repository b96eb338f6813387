import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { analyseStability, compileModel, inverse, not, type OptionForm, takes } from "../../src/stability/index.ts";
import { milliseconds, type Report } from "../measure.ts";
import { randomConflict } from "./random-conflicts.ts";

/** What the program GMCR+ 0.4.1 took for the same models, whole process, on one core of a shared machine with Python 3.11. */
const GMCR_PLUS: Readonly<Record<number, string>> = {
  9: "GMCR+ 2.9 s, 48 MB",
  10: "GMCR+ 8.3 s, 76 MB",
  11: "GMCR+ 36 s, 182 MB",
  12: "GMCR+ 195 s, 585 MB",
  13: "GMCR+ not finished after 300 s",
};

/** Repetitions of models that take a second and more. */
const FEW = 5;

function medianOf(task: () => void): number {
  const times = Array.from({ length: FEW }, () => {
    const begun = performance.now();
    task();
    return performance.now() - begun;
  });
  return times.toSorted((a, b) => a - b)[(FEW - 1) / 2] as number;
}

/**
 * Thirty options in groups of which exactly one is taken, in each of the last three one of the first three: 3^8 = 6 561 of 2^30
 * combinations are feasible.
 */
function sparseConflict(): OptionForm {
  const options = 30;
  const groups = [3, 3, 3, 3, 3, 4, 5, 6];
  const infeasible = [];
  let first = 0;
  for (const [g, length] of groups.entries()) {
    const members = Array.from({ length }, (_, k) => takes(first + k));
    for (const [i, one] of members.entries()) {
      for (const other of members.slice(i + 1)) infeasible.push({ kind: "and" as const, of: [one, other] });
    }
    infeasible.push({ kind: "and" as const, of: members.map(not) });
    if (g > 4) for (const member of members.slice(3)) infeasible.push({ kind: "and" as const, of: [member] });
    first += length;
  }
  return {
    form: "options",
    infeasible,
    decisionMakers: [0, 1, 2].map((d) => ({
      name: `DM${d}`,
      options: Array.from({ length: options / 3 }, (_, o) => ({ name: `option ${d}.${o}` })),
      preferences: {
        kind: "weights",
        weights: Array.from({ length: options }, (_, o) => ((o * 7919 + d * 104_729) % 1009) - 504),
      },
    })),
  };
}

/** Time and greatest memory of a process of its own that makes and analyses one model. */
function ownProcess(options: number): { readonly ms: number; readonly megabytes: number } {
  const script = fileURLToPath(new URL("./one-model.ts", import.meta.url));
  const { stdout } = spawnSync(process.execPath, [script, String(options)], { encoding: "utf8" });
  return JSON.parse(stdout) as { ms: number; megabytes: number };
}

export default async function (report: Report): Promise<void> {
  for (const options of [9, 10, 11, 12, 13]) {
    const model = compileModel(randomConflict(options, 1));
    report({
      name: `five concepts, 3 decision makers, 2^${options} states`,
      ms: milliseconds(() => analyseStability(model)),
      note: GMCR_PLUS[options] ?? "",
    });
  }
  for (const options of [16, 18, 20]) {
    const conflict = randomConflict(options, 1);
    const own = ownProcess(options);
    report({
      name: `model made and five concepts, 2^${options} states`,
      ms: medianOf(() => analyseStability(compileModel(conflict))),
      note: `a process of its own: ${own.ms.toFixed(0)} ms, ${own.megabytes.toFixed(0)} MB at most`,
    });
  }
  const sparse = sparseConflict();
  const { size } = compileModel(sparse);
  report({
    name: `30 options, ${size} feasible states: model made and five concepts`,
    ms: milliseconds(() => analyseStability(compileModel(sparse))),
  });
  const model = compileModel(randomConflict(12, 1));
  report({
    name: "nearest rankings that make a state of 2^12 stable (SEQ)",
    ms: milliseconds(() => inverse(model, 0, "seq")),
  });
}
