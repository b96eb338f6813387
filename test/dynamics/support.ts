import { readFileSync } from "node:fs";
import { compileModel, Layout, type Model, runTrajectory, State } from "../../src/dynamics/index.ts";
import { shared } from "../support/shared.ts";

export const layout = new Layout();

/** Central values of a parameter file of the reference engine. */
export function parameterFile(path: string): Float64Array {
  const vector = layout.vector();
  for (const line of readFileSync(path, "utf8").split("\n")) {
    const [name = "", value] = (line.split("#")[0] ?? "").trim().split(/\s+/);
    if (value !== undefined) vector[layout.index(name)] = Number(value);
  }
  return vector;
}

export const firstCase = (): Float64Array => parameterFile(shared("reference/dynamics-c/ru-ua-2024-11-28.par"));

export type Values = Readonly<Record<string, number>>;

/** Everything random or moving switched off: what verify.py calls OFF. */
export const OFF: Values = Object.fromEntries(
  "hT hX hZ nuA nuB JAA JAB JBA JBB nuM sw awA awB gw lcA lcB sth qth lsg eta oA oB root"
    .split(" ")
    .map((name) => [name, 0]),
);

export function modelOf(values: Values): Model {
  return compileModel(layout, layout.vector({ ...OFF, ...values }));
}

/** The last states of trajectories 0 to n - 1. */
export function endings<T>(model: Model, n: number, seed: number, of: (state: State) => T): T[] {
  const state = new State(model);
  return Array.from({ length: n }, (_, trajectory) => {
    runTrajectory(model, state, seed, trajectory);
    return of(state);
  });
}

/** The states of a trajectory, step by step. */
export function path<T>(model: Model, trajectory: number, seed: number, of: (state: State) => T): T[] {
  const states: T[] = [];
  runTrajectory(model, new State(model), seed, trajectory, (state) => states.push(of(state)));
  return states;
}

export function csv(path: string): Record<string, string>[] {
  const [head = "", ...rows] = readFileSync(path, "utf8").trim().split("\n");
  const names = head.split(",");
  return rows.map((row) => Object.fromEntries(row.split(",").map((cell, i) => [names[i] ?? "", cell])));
}
