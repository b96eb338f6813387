import type { Case } from "../../case/index.ts";
import { drawParameters } from "../../dynamics/index.ts";
import { type AttributedGroup, attributeDifference } from "../../sensitivity/index.ts";
import type { DynamicsInputs } from "../inputs/dynamics.ts";
import {
  type EventByMonth,
  type SensitivityOutput,
  type SensitivityOutputs,
  sensitivityOutputs,
} from "../sensitivity-outputs.ts";
import { warModel } from "../war-model.ts";
import { monthsOfWar } from "../war-views.ts";
import type { ComparedInput, ComparedOutput, ComparedSimulation, InputPart, Measured } from "./types.ts";

/** One side of a comparison. */
export interface ComparedWar {
  readonly content: Case;
  readonly inputs: DynamicsInputs;
}

export interface CompareOptions {
  readonly seed: number;
  readonly runs: number;
  /** Whether uncertain parameters are drawn anew for each trajectory. */
  readonly prior: boolean;
  /** An event by a month that is looked at besides, the first of the outputs. */
  readonly also?: EventByMonth | undefined;
  /** Whether each input's part of the differences is worked out too; it is unless told not to. */
  readonly attribution?: boolean | undefined;
}

/** Trajectories of each batch of an attribution, and the most of them. */
const BATCH = 50;
const MOST_BATCHES = 40;
/** More inputs than these are told by section, so that each part stands above its error. */
const MOST_GROUPS = 24;

/** A war that has been run: every output of every trajectory. */
export interface RunWar extends ComparedWar {
  readonly outputs: SensitivityOutputs;
  readonly table: Float64Array;
}

/** Runs a war for comparisons, so that one that is compared with many is run once. */
export function runWar(war: ComparedWar, options: CompareOptions): RunWar {
  const { content, inputs } = war;
  const outputs = sensitivityOutputs(content, inputs.sideNames, monthsOfWar(inputs), options.also);
  return { ...war, outputs, table: trajectoriesOf(inputs, outputs, options) };
}

/** Two wars on the same chance: what differs in the end, what differs in the beginning, and which of it makes the difference. */
export function compareWars(a: ComparedWar, b: ComparedWar, options: CompareOptions): ComparedSimulation {
  return compareRunWars(runWar(a, options), runWar(b, options), options);
}

/** Two wars that were run with the same options, as `compareWars` compares them. */
export function compareRunWars(a: RunWar, b: RunWar, options: CompareOptions): ComparedSimulation {
  const outputs = [a.outputs, b.outputs] as const;
  const shared = outputs[0].told.flatMap((output) => {
    const other = outputs[1].told.find(({ info }) => info.id === output.info.id);
    return other === undefined ? [] : [[output, other] as const];
  });
  const tables = [a.table, b.table] as const;
  const widths = [outputs[0].model.length, outputs[1].model.length] as const;
  const compared = shared.map(([one, two]): ComparedOutput => {
    const of = (output: SensitivityOutput, side: 0 | 1) =>
      influences(tables[side], widths[side], options.runs, output.places);
    const [from, to] = [of(one, 0), of(two, 1)];
    const difference = Float64Array.from(from.values, (value, i) => (to.values[i] ?? 0) - value);
    return {
      id: one.info.id,
      label: one.info.label,
      unit: one.info.unit,
      a: { value: from.mean, se: errorOf(from.values) },
      b: { value: to.mean, se: errorOf(to.values) },
      difference: { value: to.mean - from.mean, se: errorOf(difference) },
    };
  });
  const inputs = differing(a.inputs, b.inputs);
  return {
    runs: options.runs,
    paired: true,
    outputs: compared,
    inputs,
    attribution:
      inputs.length === 0 || options.attribution === false
        ? null
        : attribute(
            a,
            b,
            inputs,
            outputs[0],
            shared.map(([one]) => one),
            options,
          ),
  };
}

/** Every output of every trajectory, at central values or with parameters drawn. */
function trajectoriesOf(inputs: DynamicsInputs, outputs: SensitivityOutputs, { seed, runs, prior }: CompareOptions) {
  const model = warModel({ ...inputs, uncertain: [] }, outputs.model);
  const table = new Float64Array(runs * outputs.model.length);
  if (!prior || inputs.uncertain.length === 0) {
    model.evaluateEach?.(inputs.vector, { seed, first: 0, count: runs }, table);
    return table;
  }
  const vector = Float64Array.from(inputs.vector);
  const row = new Float64Array(outputs.model.length);
  for (let i = 0; i < runs; i++) {
    drawParameters(inputs.uncertain, seed, i, vector);
    model.evaluateEach?.(vector, { seed, first: i, count: 1 }, row);
    table.set(row, i * row.length);
  }
  return table;
}

/**
 * A mean, or a ratio of two, with what each trajectory adds to it: the mean of `values` is the estimate, and their spread its
 * error (for a ratio by the delta method: Cochran 1977).
 */
function influences(table: Float64Array, width: number, runs: number, places: SensitivityOutput["places"]) {
  const [top, bottom] = places;
  const column = (place: number) => Float64Array.from({ length: runs }, (_, i) => table[i * width + place] ?? 0);
  const over = column(top);
  if (bottom === undefined) return { mean: meanOf(over), values: over };
  const under = column(bottom);
  const below = meanOf(under);
  const ratio = below > 0 ? meanOf(over) / below : 0;
  const values = over.map((value, i) => (below > 0 ? ratio + (value - ratio * (under[i] ?? 0)) / below : 0));
  return { mean: ratio, values };
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return values.length === 0 ? 0 : sum / values.length;
}

function errorOf(values: Float64Array): number {
  const mean = meanOf(values);
  let squares = 0;
  for (const value of values) squares += (value - mean) * (value - mean);
  return values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1) / values.length);
}

/** Parameters of the simulation whose value differs, or that one of the two wars does not have. */
function differing(a: DynamicsInputs, b: DynamicsInputs): ComparedInput[] {
  const byPath = ({ parameters }: DynamicsInputs) =>
    new Map(parameters.map((parameter) => [`${parameter.path}\0${parameter.label}`, parameter] as const));
  const [from, to] = [byPath(a), byPath(b)];
  return [...new Set([...from.keys(), ...to.keys()])].flatMap((key): ComparedInput[] => {
    const [one, two] = [from.get(key), to.get(key)];
    const same = one !== undefined && two !== undefined && one.text === two.text && one.central === two.central;
    const known = one ?? two;
    if (same || known === undefined) return [];
    return [{ path: known.path, label: known.label, a: one?.text ?? null, b: two?.text ?? null }];
  });
}

/** The Shapley value of each input's change at central values; null where the two wars do not have the same parameters. */
function attribute(
  a: ComparedWar,
  b: ComparedWar,
  inputs: readonly ComparedInput[],
  outputs: SensitivityOutputs,
  shared: readonly SensitivityOutput[],
  { seed, runs }: CompareOptions,
): ComparedSimulation["attribution"] {
  const groups = groupsOf(a.inputs, b.inputs);
  if (groups === null || groups.length === 0) return null;
  const model = warModel({ ...a.inputs, uncertain: [] }, outputs.model);
  const batches = Math.min(MOST_BATCHES, Math.max(4, Math.floor(runs / BATCH)));
  const result = attributeDifference(model, groups, { seed, batchSize: BATCH, batches });
  const labels = new Map(inputs.map(({ path, label }) => [path, label] as const));
  return {
    runs: batches * BATCH,
    inputs: groups.map(({ name }, g): InputPart => {
      const parts = shared.map(({ places: [place, ...rest] }): Measured | null => {
        const part = rest.length === 0 ? result.outputs[place]?.parts[g]?.part : undefined;
        return part === undefined ? null : { value: part.estimate, se: part.se };
      });
      return { path: name, label: labels.get(name) ?? `everything in ${name}`, parts };
    }),
  };
}

/** What changes together: a place of the case, or a section where there are many. */
function groupsOf(a: DynamicsInputs, b: DynamicsInputs): AttributedGroup[] | null {
  const names = a.layout.names;
  const built = ({ layout, backers, packages, events }: DynamicsInputs) =>
    JSON.stringify([layout.names, backers, packages.map(({ id }) => id), events.map(({ path }) => path)]);
  if (built(a) !== built(b)) return null;
  const paths = new Map(a.parameters.map(({ name, path }) => [name, path] as const));
  const changed = names.flatMap((name, i) => {
    const [from, to] = [a.vector[i] ?? 0, b.vector[i] ?? 0];
    return from === to ? [] : [{ name, path: paths.get(name) ?? name, to }];
  });
  const whole = new Set(changed.map(({ path }) => path)).size;
  const groupOf = (path: string) => (whole > MOST_GROUPS ? path.split(".").slice(0, 2).join(".") : path);
  const groups = new Map<string, Record<string, number>>();
  for (const { name, path, to } of changed) {
    const group = groupOf(path);
    groups.set(group, { ...groups.get(group), [name]: to });
  }
  return [...groups].map(([name, set]) => ({ name, set }));
}
