import {
  bindLevers,
  type SensitivityOutput,
  type SensitivityOutputs,
  sensitivityOutputs,
  usualOutputs,
  warModel,
} from "../../assess/index.ts";
import { nearest, ParleyError } from "../../core/problems/index.ts";
import { tallyLayoutOf } from "../../dynamics/index.ts";
import {
  type Background,
  type LeverResult,
  type Model,
  type Plan,
  planLevers,
  planSobol,
  planTornado,
  type SobolResult,
  type TornadoResult,
} from "../../sensitivity/index.ts";
import type { Subject } from "./subject.ts";

/** An analysis over the ensemble, in words that another thread can read. */
export type Analysis =
  | {
      readonly kind: "levers";
      readonly levers: readonly string[];
      readonly runs: number;
      readonly background: Background;
    }
  | { readonly kind: "tornado"; readonly runs: number; readonly background: Background }
  | { readonly kind: "drivers"; readonly draws: number; readonly reps: number };

/** What each analysis finds. */
export interface AnalysisResults {
  readonly levers: LeverResult;
  readonly tornado: TornadoResult;
  readonly drivers: SobolResult;
}

/** Trajectories in a row of levers and of a tornado: what is compared on the same chance at a time. */
const BATCH = 100;

/** Rows that are one shard: a second or so of work. */
export const ROWS_OF_SHARD = { levers: 4, tornado: 1, drivers: 10 } as const;

/** What analyses of a subject look at. */
export function outputsOf(subject: Subject): SensitivityOutputs {
  const months = tallyLayoutOf(subject.input).months;
  return subject.content === undefined
    ? usualOutputs(subject.sideNames, months)
    : sensitivityOutputs(subject.content, subject.sideNames, months);
}

/** The war of a subject as a function of its parameters, all that are uncertain among them. */
export function modelOf(subject: Subject, outputs: SensitivityOutputs): Model {
  return warModel({ ...subject.input, uncertain: subject.uncertain }, outputs.model);
}

/** A plan for an analysis: every thread makes the same. @throws ParleyError where a lever or a parameter is unknown */
export function planAnalysis<K extends Analysis["kind"]>(
  subject: Subject,
  analysis: Extract<Analysis, { readonly kind: K }>,
  seed: number,
): Plan<AnalysisResults[K]>;
export function planAnalysis(subject: Subject, analysis: Analysis, seed: number): Plan<unknown> {
  const model = modelOf(subject, outputsOf(subject));
  switch (analysis.kind) {
    case "levers": {
      const { background, runs } = analysis;
      const levers = leversOf(subject, analysis.levers).map(({ name, set }) => ({ name, set }));
      return planLevers(model, levers, { seed, background, ...batchesOf(runs) });
    }
    case "tornado":
      return planTornado(model, { seed, background: analysis.background, ...batchesOf(analysis.runs) });
    case "drivers":
      return planSobol(model, { seed, draws: analysis.draws, reps: analysis.reps });
  }
}

function batchesOf(runs: number) {
  const batches = Math.max(1, Math.ceil(runs / BATCH));
  return { batches, batchSize: Math.ceil(runs / batches) };
}

/** A lever that was asked for, with its parameters by short name. */
export interface AskedLever {
  readonly name: string;
  /** What people read. */
  readonly label: string;
  readonly set: Readonly<Record<string, number>>;
}

/**
 * Levers as they are written on a command line: the name of a lever of the case, `all`, or parameters with their values,
 * `war.mediation.level=0.8,war.talks.onset=0.02`.
 *
 * @throws ParleyError where a lever or a parameter is unknown, or a value is no number
 */
export function leversOf(subject: Subject, written: readonly string[]): AskedLever[] {
  const { content, bound } = subject;
  const known = content === undefined || bound === undefined ? [] : bindLevers(content, bound).levers;
  const all = known.map(({ id, name, set }): AskedLever => ({ name: id, label: name, set }));
  const asked = written.flatMap((text): readonly AskedLever[] => {
    if (text === "all" && all.length > 0) return all;
    if (text.includes("=")) return [{ name: text, label: text, set: settingsOf(subject, text) }];
    const lever = all.find(({ name }) => name === text);
    if (lever !== undefined) return [lever];
    const names = all.map(({ name }) => name);
    const form = "a lever of the case, all, or path=value";
    throw ParleyError.of("unknown-reference", {
      kind: "lever",
      value: text,
      near: nearest(text, names),
      known: names.length === 0 ? `the case has none; ${form}` : form,
    });
  });
  const seen = new Set<string>();
  return asked.filter(({ name }) => !seen.has(name) && seen.add(name));
}

function settingsOf(subject: Subject, text: string): Record<string, number> {
  const set: Record<string, number> = {};
  for (const part of text.split(",")) {
    const equals = part.indexOf("=");
    const value = Number(part.slice(equals + 1).trim());
    if (equals < 1 || part.slice(equals + 1).trim() === "" || !Number.isFinite(value)) {
      throw ParleyError.of("invalid-option", { option: "--lever", value: part, expected: "path=number" });
    }
    for (const name of namesOf(subject, part.slice(0, equals).trim())) set[name] = value;
  }
  return set;
}

/** The short names of a parameter that is given by its place in the case or by its short name. */
export function namesOf({ bound, input }: Subject, path: string): string[] {
  const byPath = (bound?.parameters ?? []).filter((each) => each.path === path).map(({ name }) => name);
  if (byPath.length > 0) return byPath;
  if (input.layout.has(path)) return [path];
  const paths = [...new Set((bound?.parameters ?? []).map((each) => each.path)), ...input.layout.names];
  throw ParleyError.of("unknown-reference", {
    kind: "parameter of the simulation",
    value: path,
    near: nearest(path, paths),
    known: undefined,
  });
}

/** A parameter in words: its label and its place in the case. */
export function parameterWords({ bound }: Subject, name: string): { readonly label: string; readonly path: string } {
  const found = bound?.parameters.find((each) => each.name === name);
  return { label: found?.label ?? name, path: found?.path ?? name };
}

/** Outputs that are means of trajectories: those of which bars and indices are told. */
export function meansOf({ told }: SensitivityOutputs): SensitivityOutput[] {
  return told.filter(({ places }) => places.length === 1);
}
