import type { CompiledDomain, Factor } from "./compile.ts";

/** A linear expression: a constant and terms [column, coefficient]. */
export interface Expression {
  constant: number;
  readonly terms: [column: number, coefficient: number][];
}

/** A row of a program: low <= sum of terms <= high. */
export interface Row {
  readonly terms: readonly (readonly [column: number, coefficient: number])[];
  readonly low: number;
  readonly high: number;
}

/** A mixed-integer linear program: make the objective greatest. Columns lie between 0 and `upper`. */
export interface LinearProgram {
  readonly objective: readonly (readonly [column: number, coefficient: number])[];
  readonly upper: readonly number[];
  readonly integer: readonly boolean[];
  readonly rows: readonly Row[];
}

export interface ProgramAnswer {
  /** `limit`: a solution, but another may be better; `unknown`: neither a solution nor proof that there is none. */
  readonly status: "optimal" | "infeasible" | "limit" | "unknown";
  readonly values: ArrayLike<number>;
  readonly objective: number;
  /** No solution has an objective above this. */
  readonly bound: number;
}

/** A solver of mixed-integer programs, which the caller brings: the engine knows none. */
export type SolveProgram = (program: LinearProgram, gap: number) => ProgramAnswer;

/**
 * The packages of a domain as the solutions of a mixed-integer program.
 *
 * A binary column for each class of options of an issue that no value and no pattern tells apart; a column for each pattern
 * of options, which is 1 where all its issues lie within; a column for each cell of a table. Utilities are expressions in
 * them; where one has a cap, it is a column that exceeds neither.
 */
export class PackageProgram {
  readonly upper: number[] = [];
  readonly integer: boolean[] = [];
  readonly rows: Row[] = [];
  /** Utility of each party, capped: only to be made great or bounded below. */
  readonly utilities: Expression[];
  /** The same before caps. */
  readonly uncapped: Expression[];
  /** For each issue, the column of each option, -1 where it is not allowed; and one option for each column. */
  readonly #columnOf: number[][];
  readonly #optionOf = new Map<number, number>();
  readonly #patterns = new Map<string, number>();

  readonly compiled: CompiledDomain;

  constructor(compiled: CompiledDomain, allowed: readonly Uint8Array[]) {
    this.compiled = compiled;
    const { parties: n, bias, cap } = compiled;
    this.#columnOf = [...compiled.sizes.keys()].map((issue) => this.#addIssue(issue, allowed[issue]!));
    this.uncapped = Array.from({ length: n }, (_, i) => ({ constant: bias[i]!, terms: [] }));
    for (const [issue, columns] of this.#columnOf.entries()) {
      for (const column of new Set(columns)) {
        if (column < 0) continue;
        const option = this.#optionOf.get(column)!;
        for (let i = 0; i < n; i++) {
          const value = compiled.values[issue]![option * n + i]!;
          if (value !== 0) this.uncapped[i]!.terms.push([column, value]);
        }
      }
    }
    for (const factor of compiled.factors) this.#addFactor(factor);
    this.utilities = this.uncapped.map((utility, i) =>
      cap[i]! < Number.POSITIVE_INFINITY ? this.#capped(utility, cap[i]!) : utility,
    );
  }

  /** The package of a solution. */
  packageOf(values: ArrayLike<number>): Int32Array {
    return Int32Array.from(this.#columnOf, (columns) => {
      let chosen = -1;
      for (const column of columns)
        if (column >= 0 && (chosen < 0 || values[column]! > values[chosen]!)) chosen = column;
      return this.#optionOf.get(chosen)!;
    });
  }

  #column(upper: number, integer: boolean): number {
    this.upper.push(upper);
    this.integer.push(integer);
    return this.upper.length - 1;
  }

  #addIssue(issue: number, allowed: Uint8Array): number[] {
    const { parties: n, values, factors } = this.compiled;
    const classes = new Map<string, number>();
    const columns = Array.from(allowed, (isAllowed, option) => {
      if (isAllowed === 0) return -1;
      const worth = values[issue]!.subarray(option * n, (option + 1) * n).join();
      const seen = factors.map((factor) => {
        const j = factor.scope.indexOf(issue);
        return j < 0 ? "" : factor.kind === "table" ? option : factor.within[j]![option];
      });
      const key = `${worth};${seen.join()}`;
      let column = classes.get(key);
      if (column === undefined) {
        column = this.#column(1, true);
        classes.set(key, column);
        this.#optionOf.set(column, option);
      }
      return column;
    });
    this.rows.push({ terms: [...classes.values()].map((column) => [column, 1] as const), low: 1, high: 1 });
    return columns;
  }

  /** The columns of an issue's options that a pattern holds. */
  #within(issue: number, flags: Uint8Array): number[] {
    return [...new Set(this.#columnOf[issue]!.filter((column, option) => column >= 0 && flags[option] === 1))];
  }

  #addFactor(factor: Factor): void {
    if (factor.kind === "table") {
      this.#addTable(factor);
      return;
    }
    const sets = factor.scope.map((issue, j) => this.#within(issue, factor.within[j]!));
    const all = sets.flat().map((column) => [column, 1] as const);
    if (factor.kind === "exclusion") {
      this.rows.push({ terms: all, low: Number.NEGATIVE_INFINITY, high: sets.length - 1 });
      return;
    }
    const key = sets.map((set) => set.join()).join(";");
    let column = this.#patterns.get(key);
    if (column === undefined) {
      column = this.#column(1, false);
      this.#patterns.set(key, column);
      for (const set of sets) {
        this.rows.push({
          terms: [[column, 1], ...set.map((x) => [x, -1] as const)],
          low: Number.NEGATIVE_INFINITY,
          high: 0,
        });
      }
      const terms = [[column, -1] as const, ...all];
      this.rows.push({ terms, low: Number.NEGATIVE_INFINITY, high: sets.length - 1 });
    }
    this.uncapped[factor.party]!.terms.push([column, factor.amount]);
  }

  #addTable({ party, scope, strides, values }: Factor & { kind: "table" }): void {
    const { sizes } = this.compiled;
    const sums = new Map<number, [number, number][]>();
    for (let cell = 0; cell < values.length; cell++) {
      const columns = scope.map((issue, j) => this.#columnOf[issue]![Math.floor(cell / strides[j]!) % sizes[issue]!]!);
      if (columns.includes(-1)) continue;
      const column = this.#column(1, false);
      for (const x of columns) sums.set(x, [...(sums.get(x) ?? []), [column, 1]]);
      if (values[cell] !== 0) this.uncapped[party]!.terms.push([column, values[cell]!]);
    }
    for (const [x, terms] of sums) this.rows.push({ terms: [...terms, [x, -1]], low: 0, high: 0 });
  }

  /** A column from 0 up stands for utility above its least conceivable value, since columns are not negative. */
  #capped({ constant, terms }: Expression, cap: number): Expression {
    const least = terms.reduce((sum, [column, value]) => sum + Math.min(0, value) * this.upper[column]!, constant);
    const column = this.#column(Math.max(0, cap - least), false);
    this.rows.push({
      terms: [[column, 1], ...terms.map(([x, value]) => [x, -value] as const)],
      low: Number.NEGATIVE_INFINITY,
      high: constant - least,
    });
    return { constant: least, terms: [[column, 1]] };
  }
}
