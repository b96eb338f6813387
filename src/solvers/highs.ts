import highsModule from "highs";
import type { LinearProgram, ProgramAnswer, SolveProgram } from "../terms/index.ts";

/** The package's types describe its CommonJS build, where the loader is a property; as a module it is the default export. */
const loadHighs = highsModule as unknown as typeof highsModule.default;

export interface HighsOptions {
  /** Nodes of the search tree after which a program is given up; no limit unless given. */
  readonly mostNodes?: number | undefined;
  /** Where the WebAssembly file lies, for browsers; beside the module unless given. */
  readonly locateFile?: ((file: string) => string) | undefined;
}

/**
 * Loads HiGHS (Huangfu & Hall 2018) as a solver of mixed-integer programs.
 *
 * Programs are passed in CPLEX's LP format, numbers with all their digits. One thread and a fixed seed: the same program gives
 * the same answer.
 */
export async function loadSolver({ mostNodes, locateFile }: HighsOptions = {}): Promise<SolveProgram> {
  const highs = await loadHighs(locateFile === undefined ? {} : { locateFile });
  return (program, gap) => {
    const answer = highs.solve(textOf(program), {
      output_flag: false,
      mip_rel_gap: 0,
      mip_abs_gap: gap,
      mip_feasibility_tolerance: 1e-7,
      random_seed: 0,
      threads: 1,
      ...(mostNodes === undefined ? {} : { mip_max_nodes: mostNodes }),
    });
    return answerOf(program, answer.Status, answer.ObjectiveValue, answer.Columns);
  };
}

function answerOf(
  program: LinearProgram,
  status: string,
  objective: number,
  columns: Readonly<Record<string, object>>,
): ProgramAnswer {
  const values = Float64Array.from(program.upper, (_, j) => primalOf(columns[`x${j}`]));
  const none = { values, objective: Number.NEGATIVE_INFINITY };
  if (status === "Infeasible") return { status: "infeasible", ...none, bound: Number.NEGATIVE_INFINITY };
  if (status === "Optimal") return { status: "optimal", values, objective, bound: objective };
  const isSolution = values.every(Number.isFinite) && values.some((value) => value > 0);
  const bound = Number.POSITIVE_INFINITY;
  return isSolution ? { status: "limit", values, objective, bound } : { status: "unknown", ...none, bound };
}

function primalOf(column: object | undefined): number {
  return column !== undefined && "Primal" in column ? Number(column.Primal) : Number.NaN;
}

/** A program in CPLEX's LP format. */
export function textOf({ objective, upper, integer, rows }: LinearProgram): string {
  const sum = (terms: readonly (readonly [number, number])[]) => {
    // A column may stand in a row several times; the format wants it once.
    const joined = new Map<number, number>();
    for (const [column, coefficient] of terms) joined.set(column, (joined.get(column) ?? 0) + coefficient);
    const text = [...joined]
      .filter(([, coefficient]) => coefficient !== 0)
      .map(([column, coefficient]) => `${coefficient < 0 ? "-" : "+"} ${Math.abs(coefficient)} x${column}`);
    return text.length === 0 ? "0 x0" : wrapped(text);
  };
  const lines = ["Maximize", ` obj: ${sum(objective)}`, "Subject To"];
  for (const [r, { terms, low, high }] of rows.entries()) {
    const text = sum(terms);
    if (low === high) lines.push(` r${r}: ${text} = ${low}`);
    else {
      if (high < Number.POSITIVE_INFINITY) lines.push(` r${r}: ${text} <= ${high}`);
      if (low > Number.NEGATIVE_INFINITY) lines.push(` l${r}: ${text} >= ${low}`);
    }
  }
  lines.push("Bounds", ...upper.map((bound, j) => ` 0 <= x${j} <= ${bound}`));
  const integers = [...integer.keys()].filter((j) => integer[j]).map((j) => `x${j}`);
  if (integers.length > 0) lines.push("Generals", ` ${wrapped(integers)}`);
  return [...lines, "End", ""].join("\n");
}

/** The format allows lines of 560 characters. */
function wrapped(words: readonly string[]): string {
  const lines: string[] = [];
  for (let i = 0; i < words.length; i += 8) lines.push(words.slice(i, i + 8).join(" "));
  return lines.join("\n  ");
}
