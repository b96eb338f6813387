import { ParleyError } from "../../core/problems/index.ts";
import { type FlipResult, flipPoints } from "../../sensitivity/index.ts";
import type { Analysis, AnalysisResults } from "./analysis.ts";
import { leversOf, meansOf, modelOf, namesOf, outputsOf, parameterWords } from "./analysis.ts";
import { type AnalysisRun, type RunRequest, runAnalysis } from "./run.ts";

/** Which analyses were asked for beside the ensemble. */
export interface AskedAnalyses {
  readonly levers: readonly string[];
  readonly tornado: boolean;
  readonly drivers: boolean;
  readonly flips: readonly string[];
  /** Trajectories of levers, draws of drivers. */
  readonly runs: number;
  readonly draws: number;
  readonly background: "central" | "prior";
}

/** What they found, ready to be told. */
export interface Analyses {
  readonly levers?: ReturnType<typeof toldLevers>;
  readonly tornado?: ReturnType<typeof toldTornado>;
  readonly drivers?: ReturnType<typeof toldDrivers>;
  readonly flips?: readonly ToldFlip[];
  readonly complete: boolean;
}

/** Trajectories at each end of a tornado: fewer than those of an ensemble, for there are many ends. */
const TORNADO_SHARE = 10;
const LEAST = 200;
const REPS = 24;

/** Runs the analyses that were asked for, one after the other. */
export async function runAnalyses(request: RunRequest, asked: AskedAnalyses): Promise<Analyses> {
  const { background, runs } = asked;
  const found: { -readonly [K in keyof Analyses]: Analyses[K] } = { complete: true };
  const analyse = async <K extends Analysis["kind"]>(
    analysis: Extract<Analysis, { readonly kind: K }>,
  ): Promise<AnalysisResults[K] | undefined> => {
    if (!found.complete) return undefined;
    const run: AnalysisRun<K> = await runAnalysis<K>(request, analysis);
    found.complete &&= run.complete;
    return run.result;
  };
  if (asked.levers.length > 0) {
    const result = await analyse<"levers">({ kind: "levers", levers: asked.levers, runs, background });
    if (result !== undefined) found.levers = toldLevers(request, asked.levers, result);
  }
  if (asked.tornado) {
    expectUncertain(request, "--tornado");
    const ends = Math.max(LEAST, Math.ceil(runs / TORNADO_SHARE));
    const result = await analyse<"tornado">({ kind: "tornado", runs: ends, background });
    if (result !== undefined) found.tornado = toldTornado(request, result);
  }
  if (asked.drivers) {
    expectUncertain(request, "--drivers");
    const result = await analyse<"drivers">({ kind: "drivers", draws: asked.draws, reps: REPS });
    if (result !== undefined) found.drivers = toldDrivers(request, result);
  }
  if (found.complete && asked.flips.length > 0) found.flips = asked.flips.map((text) => flip(request, text, asked));
  return found;
}

function expectUncertain({ subject }: RunRequest, option: string): void {
  if (subject.uncertain.length > 0) return;
  throw ParleyError.of("usage", {
    detail: `${option} moves uncertain parameters, and the case has none`,
    hint: "write a range in the case, such as war.talks.onset: 0.01 to 0.03",
  });
}

function toldLevers({ subject }: RunRequest, written: readonly string[], result: AnalysisResults["levers"]) {
  const outputs = outputsOf(subject);
  const asked = leversOf(subject, written);
  return {
    method: result.method,
    trajectories: result.trajectories,
    background: result.background,
    levers: result.levers.map(({ name, effects }) => ({
      id: name,
      name: asked.find((lever) => lever.name === name)?.label ?? name,
      set: Object.entries(asked.find((lever) => lever.name === name)?.set ?? {}).map(([parameter, value]) => ({
        parameter,
        path: parameterWords(subject, parameter).path,
        value,
      })),
      effects: meansOf(outputs).flatMap(({ info, places: [place] }) => {
        const effect = effects[place];
        if (effect === undefined) return [];
        const { base, result: changed, difference, discordance, varianceReduction = null } = effect;
        return [{ ...info, base, result: changed, difference, discordance, varianceReduction }];
      }),
    })),
  };
}

function toldTornado({ subject }: RunRequest, result: AnalysisResults["tornado"]) {
  return {
    method: result.method,
    trajectories: result.trajectories,
    quantiles: result.quantiles,
    outputs: meansOf(outputsOf(subject)).flatMap(({ info, places: [place] }) => {
      const found = result.outputs[place];
      if (found === undefined) return [];
      const bars = found.bars.map((bar) => ({ ...bar, ...parameterWords(subject, bar.name) }));
      return [{ ...info, base: found.base, bars }];
    }),
  };
}

function toldDrivers({ subject }: RunRequest, result: AnalysisResults["drivers"]) {
  return {
    method: result.method,
    draws: result.draws,
    reps: result.reps,
    trajectories: result.replications,
    outputs: meansOf(outputsOf(subject)).flatMap(({ info, places: [place] }) => {
      const found = result.outputs[place];
      if (found === undefined) return [];
      const inputs = found.inputs
        .map((input) => ({ ...input, ...parameterWords(subject, input.name) }))
        .sort((a, b) => b.total.estimate - a.total.estimate);
      return [{ ...info, ...found, name: info.id, inputs }];
    }),
  };
}

/** Where a parameter carries a chance across a threshold. */
export type ToldFlip = FlipResult & { readonly path: string; readonly label: string; readonly outputLabel: string };

/** Trajectories at each value that a search for a flip point looks at. */
const FLIP_BATCH = 100;

function flip({ subject, seed }: RunRequest, text: string, { runs, background }: AskedAnalyses): ToldFlip {
  const [path = "", at = "0.5"] = text.split("@");
  const threshold = Number(at);
  if (at.trim() === "" || !(threshold > 0 && threshold < 1)) {
    const expected = "path, or path@chance with a chance between 0 and 1";
    throw ParleyError.of("invalid-option", { option: "--flip", value: text, expected });
  }
  const outputs = outputsOf(subject);
  const [lead] = meansOf(outputs);
  const [parameter = ""] = namesOf(subject, path);
  const uncertain = subject.uncertain.some(({ index }) => subject.input.layout.names[index] === parameter);
  const info = subject.input.layout.info(subject.input.layout.index(parameter));
  const result = flipPoints(modelOf(subject, outputs), {
    parameter,
    output: outputs.model[lead?.places[0] ?? 0]?.name ?? "",
    threshold,
    seed,
    background,
    batchSize: FLIP_BATCH,
    batches: Math.max(5, Math.ceil(runs / TORNADO_SHARE / FLIP_BATCH)),
    ...(uncertain ? {} : { low: info.low, high: info.high }),
  });
  return { ...result, ...parameterWords(subject, parameter), outputLabel: lead?.info.label ?? "" };
}
