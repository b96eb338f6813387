import type { Case, Path } from "../../case/index.ts";
import { GraphOptions } from "../../case/index.ts";
import {
  ParleyError,
  type Problem,
  type ProblemArguments,
  type ProblemCode,
  problem,
} from "../../core/problems/index.ts";
import type { Formula, Model } from "../../stability/index.ts";
import { isFormulaFault, isTaken, parseFormula } from "../../stability/index.ts";
import { capital, humanize } from "../format.ts";

export type GraphSection = NonNullable<Case["graph"]>;

/** A named situation: the feasible states that it stands for. */
export interface Situation {
  readonly id: string;
  readonly name: string;
  readonly text: string | undefined;
  /** What it says of options, by position. */
  readonly state: ReadonlyMap<number, boolean>;
  /** Feasible states, by position from 0, ascending. */
  readonly states: readonly number[];
}

/** A graph section on its way to the engine: its names, and what is found on the way. */
export class GraphContext {
  readonly content: Case;
  readonly graph: GraphSection;
  readonly names: GraphOptions;
  /** Parties that decide, in the order of the model. */
  readonly parties: readonly string[];
  readonly problems: Problem[] = [];
  readonly paths = new Map<string, Path>();
  readonly assumed: string[] = [];

  constructor(content: Case, graph: GraphSection) {
    this.content = content;
    this.graph = graph;
    this.names = new GraphOptions(graph.options);
    this.parties = Object.keys(graph.options);
  }

  partyName(party: string): string {
    return this.content.parties[party]?.name ?? capital(humanize(party));
  }

  /** A statement of the case, which was checked when the case was. */
  formula(says: string): Formula {
    const read = parseFormula(says, (name) => this.names.resolve(name));
    if (!isFormulaFault(read)) return read;
    throw ParleyError.of("formula-syntax", { thing: "statement", value: says, detail: read.detail });
  }

  /** The position of an option of the case, which was checked when the case was. */
  option(name: string): number {
    const found = this.names.resolve(name);
    if (typeof found === "number") return found;
    throw ParleyError.of("unknown-reference", { kind: "option", value: name, near: this.names.near(name) });
  }

  report<C extends ProblemCode>(code: C, path: Path, facts: ProblemArguments<C>, part?: "key" | "value"): void {
    this.problems.push(problem(code, facts, this.content.place(path, part)));
  }

  /** Runs a part of the engine; what it finds wrong stands at a path of the case. */
  attempt<T>(run: () => T, pathOf: (problem: Problem) => Path): T | undefined {
    try {
      return run();
    } catch (error) {
      if (!(error instanceof ParleyError)) throw error;
      for (const each of error.problems) {
        this.problems.push({ ...each, ...this.content.place(pathOf(each), "key") });
      }
      return undefined;
    }
  }
}

/** The situations of a case with the feasible states that each stands for. */
export function situationsOf(context: GraphContext, { states, size }: Pick<Model, "states" | "size">): Situation[] {
  return Object.entries(context.graph.situations ?? {}).map(([id, { name, text, state: says }]) => {
    const state = new Map(Object.entries(says).map(([option, taken]) => [context.option(option), taken] as const));
    const found: number[] = [];
    for (let s = 0; s < size; s++) {
      if ([...state].every(([option, taken]) => isTaken(states, s, option) === taken)) found.push(s);
    }
    if (found.length === 0)
      context.report("situation-infeasible", ["graph", "situations", id], { situation: id }, "key");
    return { id, name: name ?? capital(humanize(id)), text, state, states: found };
  });
}
