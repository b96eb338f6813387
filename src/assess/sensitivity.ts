import type { Case } from "../case/index.ts";
import {
  evaluateRows,
  type LeverResult,
  type Model,
  oneSampleIndices,
  planLevers,
  tornado as runTornado,
  type TornadoBar,
} from "../sensitivity/index.ts";
import { number } from "./format.ts";
import type { DynamicsInputs } from "./inputs/dynamics.ts";
import { type BoundLever, bindLevers } from "./inputs/levers.ts";
import { type Memo, remembered } from "./memo.ts";
import type { Reasons } from "./reasons.ts";
import { shortCitation } from "./reasons.ts";
import type { SensitivityExhibit } from "./schema.ts";
import { type SensitivityOutput, type SensitivityOutputs, sensitivityOutputs } from "./sensitivity-outputs.ts";
import { warModel } from "./war-model.ts";
import { monthsOfWar, type WarView, type WarViews } from "./war-views.ts";

type Exhibit = NonNullable<SensitivityExhibit>;
type LeverRow = Exhibit["levers"][number];

/** Trajectories, in batches: with every lever under the reading looked at, under the others, and for a tornado. */
const OWN = { batchSize: 50, batches: 20 };
const OTHERS = { batchSize: 20, batches: 20 };
const TORNADO = { batchSize: 20, batches: 20 };
const DRAWS = 3000;
/** Bars and drivers that are kept for each output: the widest, the most telling. */
const KEPT = 12;

/**
 * What moves the simulation of a case: every lever under every reading that changes the war, one uncertain parameter at a time,
 * and what share of the variance each of them makes. Null where there is no war of two sides.
 */
export function sensitivityOf(
  views: WarViews | undefined,
  content: Case,
  reasons: Reasons,
  seed: number,
  memo: Memo,
): SensitivityExhibit {
  if (views === undefined) return null;
  const { own, all } = views;
  const outputs = sensitivityOutputs(content, own.inputs.sideNames, monthsOfWar(own.inputs));
  const model = warModel(own.inputs, outputs.model);
  const engine = reasons.table.add({
    id: "engine:sensitivity",
    kind: "engine",
    label: `sensitivity engine over the ensemble, common random numbers, seed ${seed}`,
    because: ["engine:dynamics"],
  });
  const work: Work = { content, outputs, reasons, engine, seed, memo };
  const levers = leverRows(all, own, work);
  const uncertain = own.inputs.uncertain.length;
  const tornado = uncertain === 0 ? [] : tornadoOf(model, own.inputs, work);
  const drivers = uncertain === 0 ? [] : driversOf(model, own.inputs, work);
  return {
    seed,
    leverRuns: OWN.batchSize * OWN.batches,
    readingRuns: OTHERS.batchSize * OTHERS.batches,
    tornadoRuns: TORNADO.batchSize * TORNADO.batches,
    draws: DRAWS,
    parameters: uncertain,
    outputs: outputs.told.map(({ info }) => info),
    levers,
    tornado,
    drivers,
    node: reasons.table.add({
      id: "figure:sensitivity",
      kind: "figure",
      label: `What moves the simulation: ${levers.length} levers, ${uncertain} uncertain parameters`,
      because: [...levers.map(({ node }) => node), ...tornado.map(({ node }) => node), ...drivers.map((d) => d.node)],
    }),
  };
}

/** What every analysis works on. */
interface Work {
  readonly content: Case;
  readonly outputs: SensitivityOutputs;
  readonly reasons: Reasons;
  /** The engine's node. */
  readonly engine: string;
  readonly seed: number;
  readonly memo: Memo;
}

/** What levers do under one reading. */
interface Pulled {
  readonly view: WarView;
  readonly levers: readonly BoundLever[];
  readonly effects: ReadonlyMap<string, readonly Change[]>;
}

/** A paired difference of an output, with what it is without and with. */
interface Change {
  readonly base: number;
  readonly result: number;
  readonly difference: number;
  readonly se: number;
}

function leverRows(all: readonly WarView[], own: WarView, work: Work): LeverRow[] {
  const { content, outputs, reasons, engine } = work;
  const pulled = all.map((view) => pull(view, work, view === own ? OWN : OTHERS));
  const mine = pulled.find(({ view }) => view === own);
  return (mine?.levers ?? []).flatMap((lever): LeverRow[] => {
    const under = pulled.flatMap(({ view, effects }) => {
      const found = effects.get(lever.id);
      return found === undefined ? [] : [{ view, found }];
    });
    const shown = mine?.effects.get(lever.id);
    if (shown === undefined) return [];
    const { id, name, kind, because } = lever;
    return [
      {
        id,
        name,
        kind,
        doneBy: [...lever.doneBy],
        consentOf: [...lever.consentOf],
        because: because ?? null,
        citations: lever.source.map((ref) => shortCitation(content, ref)),
        line: content.line(["levers", id]),
        changes: lever.changes.map(({ way: _, ...change }) => change),
        effects: outputs.told.map(({ info }, w) => ({
          output: info.id,
          ...(shown[w] as Change),
          range: span(under.filter(({ view }) => view.kind !== "stress").map(({ found }) => found[w])) ?? NOTHING,
          stress: span(under.filter(({ view }) => view.kind === "stress").map(({ found }) => found[w])) ?? null,
          readings: under.map(({ view, found }) => ({
            reading: view.reading ?? null,
            difference: found[w]?.difference ?? 0,
            se: found[w]?.se ?? 0,
          })),
        })),
        node: reasons.table.add({
          id: `figure:lever/${id}`,
          kind: "figure",
          label: `“${name}”: what it changes in the simulation, everything else equal`,
          ...reasons.at(`levers.${id}`),
          ...(because === undefined ? {} : { note: because }),
          because: [
            engine,
            reasons.definition("lever"),
            ...parametersOf(lever, content, reasons),
            ...reasons.sources(lever.source),
          ],
        }),
      },
    ];
  });
}

const NOTHING = { low: 0, high: 0 };

/** What a lever sets, as parameters of its own, each resting on the case's parameter where the case has it. */
function parametersOf({ id, changes, because }: BoundLever, content: Case, reasons: Reasons): string[] {
  return changes.map(({ path, label, unit, from, to, way }) => {
    const own = `parameter:${path}`;
    return reasons.table.add({
      id: `parameter:levers.${id}.${way}.${path}`,
      kind: "parameter",
      label: `${label}: ${number(from)} → ${number(to)} by the lever “${content.levers[id]?.name ?? id}”`,
      value: to,
      unit,
      casePath: `levers.${id}.${way}.${path}`,
      line: content.line(["levers", id, way, path]),
      ...(because === undefined ? {} : { note: because }),
      because: reasons.table.get(own) === undefined ? [] : [own],
    });
  });
}

function span(changes: readonly (Change | undefined)[]): { low: number; high: number } | undefined {
  const values = changes.flatMap((change) => (change === undefined ? [] : [change.difference]));
  return values.length === 0 ? undefined : { low: Math.min(...values), high: Math.max(...values) };
}

function pull(
  view: WarView,
  { content, outputs, seed, memo }: Work,
  batches: { readonly batchSize: number; readonly batches: number },
): Pulled {
  const { levers } = bindLevers(content, view.inputs);
  const pulled = levers.filter(({ set }) => Object.keys(set).length > 0);
  if (pulled.length === 0) return { view, levers, effects: new Map() };
  const key = keyOf(["levers", seed, batches.batches, batches.batchSize], view.inputs, pulled, outputs);
  const effects = remembered(memo, key, () => {
    const model = warModel({ ...view.inputs, uncertain: [] }, outputs.model);
    const plan = planLevers(
      model,
      pulled.map(({ id, set }) => ({ name: id, set })),
      { seed, ...batches },
    );
    const table = evaluateRows(plan, 0, plan.rows);
    const result = plan.merge(table);
    return pulled.map(({ id }, l): [string, Change[]] => [
      id,
      outputs.told.map((output) => changeOf(output, result, l, table, plan.width)),
    ]);
  });
  return { view, levers, effects: new Map(effects) };
}

/** The change of an output: of a mean as the engine has it, of a ratio of two means by the jackknife over batches. */
function changeOf(
  { places }: SensitivityOutput,
  { levers }: LeverResult,
  l: number,
  table: Float64Array,
  width: number,
): Change {
  const [top, bottom] = places;
  const effects = levers[l]?.effects ?? [];
  const effect = effects[top];
  if (bottom === undefined) {
    return {
      base: effect?.base.estimate ?? 0,
      result: effect?.result.estimate ?? 0,
      difference: effect?.difference.estimate ?? 0,
      se: effect?.difference.se ?? 0,
    };
  }
  // A row: mean and squares of each output without a lever, then five numbers for each lever and output.
  const outputs = effects.length;
  const rows = table.length / width;
  const cell = (w: number, lever: number) => (lever < 0 ? 2 * w : 2 * outputs + 5 * (lever * outputs + w));
  const total = (w: number, lever: number, without = -1) => {
    let sum = 0;
    for (let row = 0; row < rows; row++) if (row !== without) sum += table[row * width + cell(w, lever)] ?? 0;
    return sum;
  };
  const ratio = (lever: number, without = -1) => {
    const below = total(bottom, lever, without);
    return below > 0 ? total(top, lever, without) / below : 0;
  };
  const [base, result] = [ratio(-1), ratio(l)];
  const left = Array.from({ length: rows }, (_, row) => ratio(l, row) - ratio(-1, row));
  const mean = left.reduce((sum, value) => sum + value / rows, 0);
  const squares = left.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { base, result, difference: result - base, se: Math.sqrt((squares * (rows - 1)) / rows) };
}

function tornadoOf(model: Model, inputs: DynamicsInputs, work: Work): Exhibit["tornado"] {
  const { content, outputs, reasons, engine, seed, memo } = work;
  const key = keyOf(["tornado", seed, TORNADO.batches, TORNADO.batchSize], inputs, [], outputs);
  const result = remembered(memo, key, () => runTornado(model, { seed, ...TORNADO }));
  return meansOf(outputs).flatMap(({ info, places: [place] }) => {
    const found = result.outputs[place];
    if (found === undefined) return [];
    const bars = found.bars.slice(0, KEPT).map((each) => barOf(each, inputs, content));
    const node = reasons.table.add({
      id: `figure:tornado/${info.id}`,
      kind: "figure",
      label: `${info.label}: one uncertain parameter at a time between its 5 % and 95 % points`,
      because: [engine, reasons.definition("tornado"), ...bars.map(({ path }) => `parameter:${path}`)],
    });
    return [{ output: info.id, base: found.base.estimate, bars, node }];
  });
}

/** Outputs that are means; a ratio has no bars and no variance of its own. */
const meansOf = ({ told }: SensitivityOutputs) => told.filter(({ places }) => places.length === 1);

function barOf({ name, low, high, swing }: TornadoBar, inputs: DynamicsInputs, content: Case) {
  const { path, label, unit, line } = parameterCalled(name, inputs, content);
  return {
    path,
    label,
    unit,
    low: { value: low.value, result: low.result.estimate },
    high: { value: high.value, result: high.result.estimate },
    swing: swing.estimate,
    se: swing.se,
    line,
  };
}

function parameterCalled(name: string, { parameters }: DynamicsInputs, content: Case) {
  const found = parameters.find((each) => each.name === name);
  const path = found?.path ?? name;
  return { path, label: found?.label ?? name, unit: found?.unit ?? "", line: content.line(path.split(".")) };
}

function driversOf(model: Model, inputs: DynamicsInputs, work: Work): Exhibit["drivers"] {
  const { content, outputs, reasons, engine, seed, memo } = work;
  const key = keyOf(["drivers", seed, DRAWS], inputs, [], outputs);
  const result = remembered(memo, key, () => oneSampleIndices(model, { draws: DRAWS, seed }));
  return meansOf(outputs).flatMap(({ info, places: [place] }) => {
    const found = result.outputs[place];
    if (found === undefined) return [];
    const telling = found.inputs.slice(0, KEPT).map(({ name, first, variance }) => {
      const { path, label, line } = parameterCalled(name, inputs, content);
      return { path, label, first: first.estimate, se: first.se, brier: variance.estimate, line };
    });
    const node = reasons.table.add({
      id: `figure:drivers/${info.id}`,
      kind: "figure",
      label: `${info.label}: what share of the variance is parameters, and which`,
      value: found.parameterShare,
      because: [engine, reasons.definition("drivers"), ...telling.map(({ path }) => `parameter:${path}`)],
    });
    return [
      {
        output: info.id,
        mean: found.mean.estimate,
        se: found.mean.se,
        parameterShare: found.parameterShare,
        spread: Math.sqrt(Math.max(0, found.parameterVariance.estimate)),
        inputs: telling,
        node,
      },
    ];
  });
}

/** What a result of an analysis depends on, besides the version. */
function keyOf(
  what: readonly (string | number)[],
  inputs: DynamicsInputs,
  levers: readonly BoundLever[],
  outputs: SensitivityOutputs,
): readonly unknown[] {
  const drawn = inputs.uncertain.map(({ index }) => [
    index,
    inputs.parameters.find((each) => each.index === index)?.text,
  ]);
  const sets = levers.map(({ id, set }) => [id, set]);
  return [what, inputs.layout.size, [...inputs.vector], drawn, sets, outputs.model];
}
