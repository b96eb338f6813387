import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compileModel, createKernel, Layout, type Model, resultsFor } from "../../src/dynamics/index.ts";
import type { Report } from "../measure.ts";

const TRAJECTORIES = 10_000;
const WARM_UP = 3;
const REPETITIONS = 15;
const SEED = 1;
/** The reference engine in C and its first case lie beside the project, or where PARLEY_SHARED says. */
const REFERENCE = join(process.env["PARLEY_SHARED"] ?? "../shared", "reference/dynamics-c");
const FILE = join(REFERENCE, "ru-ua-2024-11-28.par");
/** As in the reference engine's own Makefile. */
const FLAGS = "-O3 -ffp-contract=off -fno-math-errno -std=c11 -D_POSIX_C_SOURCE=200809L".split(" ");

/** What is raced: each runs the same trajectories and gives the seconds of processor time that it took. */
interface Runner {
  readonly name: string;
  readonly run: () => number;
  readonly note: string;
}

/** The first case, or where it is not at hand the default parameters. */
function model(): Model {
  const layout = new Layout();
  const vector = layout.vector();
  if (!existsSync(FILE)) return compileModel(layout, vector);
  for (const line of readFileSync(FILE, "utf8").split("\n")) {
    const [name = "", value] = (line.split("#")[0] ?? "").trim().split(/\s+/);
    if (value !== undefined) vector[layout.index(name)] = Number(value);
  }
  return compileModel(layout, vector);
}

function ours(kind: "typescript" | "webassembly", name: string, note: string): Runner {
  const compiled = model();
  const kernel = createKernel(kind);
  const results = resultsFor(TRAJECTORIES);
  const run = () => {
    const begun = process.cpuUsage();
    kernel.run(compiled, SEED, 0, TRAJECTORIES, results);
    const { user, system } = process.cpuUsage(begun);
    return (user + system) / 1e6;
  };
  return { name, run, note };
}

/** The reference engine, built for this run; undefined where its source or a compiler is missing. */
function reference(folder: string): Runner | undefined {
  if (!existsSync(join(REFERENCE, "dyn.c"))) return undefined;
  for (const name of ["dyn.c", "dyn.h", "params.def"]) copyFileSync(join(REFERENCE, name), join(folder, name));
  try {
    const [version = ""] = execFileSync("cc", ["--version"], { encoding: "utf8" }).split("\n");
    execFileSync("cc", [...FLAGS, "-o", "dyn", "dyn.c", "-lm"], { cwd: folder });
    const run = () => {
      const out = execFileSync(join(folder, "dyn"), ["bench", FILE, String(TRAJECTORIES), String(SEED)]);
      return (JSON.parse(out.toString()) as { seconds: number }).seconds;
    };
    return { name: "reference engine in C", run, note: version };
  } catch {
    return undefined;
  }
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[(values.length - 1) / 2] ?? Number.NaN;

/** Kernels in turn, so that what else the machine does touches all alike; processor time, not the clock. */
export default async function (report: Report): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "parley-bench-"));
  try {
    const c = reference(folder);
    if (c === undefined)
      report({ name: `skipped: the reference engine in C (${REFERENCE}, or cc, is not here)`, ms: 0 });
    const runners = [
      ...(c === undefined ? [] : [c]),
      ours("typescript", "kernel in TypeScript", "aim: at least half of C's pace"),
      ours("webassembly", "kernel in WebAssembly", "aim: C's pace or better, under 600 ms"),
    ];
    const times = runners.map((): number[] => []);
    for (let i = 0; i < WARM_UP + REPETITIONS; i++) {
      for (const [r, { run }] of runners.entries()) {
        const seconds = run();
        if (i >= WARM_UP) times[r]?.push(seconds);
      }
    }
    const first = median(times[0] ?? []);
    for (const [r, { name, note }] of runners.entries()) {
      const seconds = median(times[r] ?? []);
      const pace = `${Math.round(TRAJECTORIES / seconds)} trajectories/s`;
      const against = c === undefined || r === 0 ? "" : ` · ${(first / seconds).toFixed(2)} of C's pace`;
      report({
        name: `${TRAJECTORIES} trajectories: ${name}`,
        ms: 1000 * seconds,
        note: `${pace}${against} · ${note}`,
      });
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}
