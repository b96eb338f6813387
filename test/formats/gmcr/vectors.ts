import { expect } from "vitest";
import type { Model } from "../../../src/stability/index.ts";
import { codeOf, maskOf } from "../../../src/stability/index.ts";

/** A state of a vector: its number from 1, its decimal value and, in some, its letters. */
export interface VectorState {
  readonly id: number;
  readonly decimal: number;
  readonly yn?: string;
}

/** A conflict written down with what follows from it. Statements are truth patterns, such as `-Y-N`, or several. */
export interface Vector {
  readonly options: readonly { readonly name: string; readonly permittedDirection: string }[];
  readonly infeasiblePatterns: readonly string[];
  readonly decisionMakers: readonly {
    readonly name: string;
    readonly options: readonly number[];
    readonly statements: readonly (string | readonly string[])[];
    readonly ranking: readonly (number | readonly number[])[];
    readonly payoffs: readonly number[];
  }[];
  readonly states: readonly VectorState[];
  readonly UM: Readonly<Record<string, readonly (readonly number[])[]>>;
  readonly UI: Readonly<Record<string, readonly (readonly number[])[]>>;
}

/** A vector as the text of a .gmcr file, with statements or with rankings. */
export function gmcrOf(vector: Vector, by: "statements" | "ranking"): string {
  return JSON.stringify({
    program: "gmcr-py",
    version: "0.3.12",
    options: vector.options.map(({ name, permittedDirection }) => ({ name, permittedDirection })),
    decisionMakers: vector.decisionMakers.map(({ name, options, statements, ranking, payoffs }) => ({
      name,
      options,
      payoffs,
      preferences: by === "ranking" ? [] : statements.map(statementOf),
      ...(by === "ranking" ? { preferenceRanking: ranking } : {}),
    })),
    infeasibles: vector.infeasiblePatterns.map(pairsOf),
    useManualPreferenceRanking: by === "ranking",
  });
}

function statementOf(statement: string | readonly string[]): unknown {
  return typeof statement === "string" ? pairsOf(statement) : { compound: true, members: statement.map(pairsOf) };
}

export function pairsOf(pattern: string): [number, string][] {
  return [...pattern].flatMap((letter, option): [number, string][] => (letter === "-" ? [] : [[option, letter]]));
}

/** What a compiled conflict should be. */
export interface Expected {
  readonly states: readonly VectorState[];
  readonly UM: readonly (readonly (readonly number[])[])[];
  readonly UI: readonly (readonly (readonly number[])[])[];
  readonly payoffs: readonly (readonly number[])[];
}

/** Expects a model to have the states, moves, improvements and order of states that a vector gives. */
export function expectModel(model: Model, { states, UM, UI, payoffs }: Expected): void {
  expect(model.size).toBe(states.length);
  for (const { id, decimal, yn } of states) {
    expect(maskOf(model, id - 1)).toBe(decimal);
    if (yn !== undefined) expect(codeOf(model, id - 1)).toBe(yn);
  }
  const { moves } = snapshot(model);
  const ranks = model.preferences.map((each) => [...each.ranks]);
  const ids = (lists: readonly (readonly number[])[]) => lists.map((list) => list.map((state) => state + 1));
  expect(moves.map(ids)).toEqual(UM);
  const improvements = moves.map((lists, dm) =>
    lists.map((list, s) => list.filter((t) => (ranks[dm]?.[t] ?? 0) > (ranks[dm]?.[s] ?? 0))),
  );
  expect(improvements.map(ids)).toEqual(UI);
  expect(ranks).toEqual(payoffs.map(denseOf));
}

/** Ranks of numbers, 1 for the least, equal for equal ones. */
export function denseOf(values: readonly number[]): number[] {
  const distinct = [...new Set(values)].sort((a, b) => a - b);
  return values.map((value) => distinct.indexOf(value) + 1);
}

/** All that a conflict compiles to, in a form that can be compared. */
export function snapshot(model: Model) {
  const out = new Int32Array(model.size);
  const all = Array.from({ length: model.size }, (_, s) => s);
  return {
    decisionMakers: model.decisionMakers,
    options: model.options,
    states: all.map((s) => maskOf(model, s)),
    moves: model.moves.map((moves) => all.map((s) => [...out.subarray(0, moves.from(s, out))])),
    ranks: model.preferences.map(({ ranks }) => [...ranks]),
  };
}
