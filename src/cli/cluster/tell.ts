import type { RunResult } from "../../runs/index.ts";
import { EXIT, Exit, type Output, problemsText } from "../output.ts";
import { renderAnalyses } from "../render/analyses.ts";
import { renderSimulation } from "../render/simulation.ts";
import type { Analyses } from "../simulation/analyses.ts";
import { writeChances } from "../simulation/chances.ts";
import { contractOf, headOf, summaryOf } from "../simulation/contract.ts";
import type { Subject } from "../simulation/subject.ts";
import { mergeFolder, rangesOf } from "./merge.ts";

/** Tells an ensemble as `parley simulate` does, and what analyses found: the contract, or text; with --csv the chances by month; of none computed neither. */
export function tellEnsemble(
  { subject, seed, prior, csv }: { subject: Subject; seed: number; prior: boolean; csv?: string | undefined },
  result: RunResult,
  output: Output,
  analyses: Analyses = { complete: true },
): void {
  // Of no trajectory nothing is known: not a chance of 0, and no error of 0.
  if (result.done === 0) {
    output.printJson(headOf(subject, seed, prior, result));
    output.print(`${subject.title}\nNo trajectory was computed: there is nothing to tell yet.`);
    return;
  }
  const { complete: _, ...found } = analyses;
  if (csv !== undefined) writeChances(csv, subject, result, output);
  output.printJson({ ...contractOf(subject, seed, prior, result), ...found });
  output.print(renderSimulation(subject, summaryOf(subject, result), result, output.terminal));
  if (Object.keys(found).length > 0) output.print(renderAnalyses(analyses, output.terminal));
}

/** Merges the shards of a folder and tells what they come to. Where some are missing, the exit code is 3. */
export function tellMerged(folder: string, csv: string | undefined, output: Output): void {
  const { open, result, warnings, missing } = mergeFolder(folder);
  const { seed, prior } = open.file;
  if (warnings.length > 0) output.note(problemsText(warnings, output.terminal));
  tellEnsemble({ subject: open.subject, seed, prior, csv }, result, output);
  if (result.complete) return;
  const percent = Math.floor((1000 * result.done) / open.plan.runs) / 10;
  output.note(
    `incomplete: ${result.done} of ${open.plan.runs} trajectories (${percent} %); ` +
      `parley shard ${folder}/plan.json --index N --out ${folder} computes shard N, of ${rangesOf(missing)}`,
  );
  throw new Exit(EXIT.interrupted);
}
