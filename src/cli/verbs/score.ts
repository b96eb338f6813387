import { basename, relative, resolve } from "node:path";
import type { Command } from "commander";
import {
  asserted,
  type CaseToScore,
  caseToScore,
  forecastersOf,
  type Memo,
  type RecordFile,
  type Score,
  scoreCases,
} from "../../assess/index.ts";
import type { Dossier } from "../../case/index.ts";
import { nearest, ParleyError, type Problem } from "../../core/problems/index.ts";
import { casesBelow } from "../case-folders.ts";
import { helpWithExamples } from "../help.ts";
import { cacheFolder, memoInFolder } from "../memo-folder.ts";
import { EXIT, Exit, failWith, type Output, problemsText } from "../output.ts";
import { openRecord, recordOf } from "../record-file.ts";
import { renderScore } from "../render/score.ts";
import { openDossier } from "../target.ts";
import { seedOf, withSeed } from "../view-options.ts";

interface ScoreVerbOptions {
  readonly all?: boolean;
  readonly record?: string;
  readonly by?: readonly string[];
  readonly assert?: readonly string[];
  readonly seed?: string;
}

/** `parley score CASE`: what was said against what came. */
export function addScore(program: Command, outputOf: (command: Command) => Output): void {
  const command = withSeed(
    program
      .command("score")
      .argument("[case]", "a case folder, a case.yaml, a bundled case; with --all a folder (default: .)")
      .description("score forecasts against outcomes: Brier, log, skill, calibration, each with its uncertainty")
      .option("--all", "every case below a folder, together")
      .option("--record <file>", "the record (default: record.jsonl in the case's folder)")
      .option("--by <name>", "a forecaster; may be given again (default: all)", collect, [])
      .option("--assert <text>", "exit with 1 unless it holds: brier<0.25; may be given again", collect, []),
  ).action((target: string | undefined, options: ScoreVerbOptions) => score(target, options, outputOf(command)));
  helpWithExamples(command, [
    "parley score my-case/",
    'parley score my-case/ --by model:evidence --assert "brier<0.25"',
    "parley score --all cases/ --json",
  ]);
}

const collect = (value: string, before: readonly string[]): string[] => [...before, value];

function score(target: string | undefined, options: ScoreVerbOptions, output: Output): void {
  const seed = seedOf(options);
  const { by = [], assert = [] } = options;
  const { cases, broken } = opened(target, options, seed);
  const found = scoreCases(cases, { seed, by: by.length === 0 ? undefined : by });
  checkNames(by, by.length === 0 ? found : scoreCases(cases, { seed }));
  const wrong = found.problems.filter(({ severity }) => severity === "error");
  if (wrong.length > 0 && options.all !== true) failWith(output, wrong as Problem[]);
  const isNothing = cases.every(({ record, hindsight }) => record === undefined && hindsight === undefined);
  if (isNothing && options.all !== true) throw ParleyError.of("nothing-resolved", undefined);
  const assertions = assert.flatMap((text) => asserted(found, text));
  const whole: Score = { ...found, assertions, problems: [...broken, ...found.problems] };
  output.printJson(whole);
  output.print(renderScore(whole, output.terminal));
  if (!output.json && whole.problems.length > 0) {
    output.note(problemsText(whole.problems as Problem[], output.terminal));
  }
  const isWrong = broken.length > 0 || wrong.length > 0;
  if (isWrong || assertions.some(({ holds }) => !holds)) throw new Exit(EXIT.found);
}

/** @throws ParleyError where a forecaster is named that no record has. */
function checkNames(by: readonly string[], all: Score): void {
  const known = forecastersOf(all);
  for (const name of by) {
    if (known.includes(name)) continue;
    const told = known.length === 0 ? "nobody has forecast" : `the forecasters: ${known.join(", ")}`;
    throw ParleyError.of("unknown-reference", {
      kind: "forecaster",
      value: name,
      near: nearest(name, known),
      known: told,
    });
  }
}

/** The cases that are meant, with their records; with `--all` those that cannot be read are problems. */
function opened(
  target: string | undefined,
  { all, record }: ScoreVerbOptions,
  seed: number,
): { cases: CaseToScore[]; broken: Score["problems"] } {
  if (all !== true) {
    if (target === undefined) {
      throw ParleyError.of("usage", { detail: "missing case: which one?", hint: "parley score CASE, or --all FOLDER" });
    }
    return { cases: [caseAt(target, target === "-" ? "case" : nameOf(target), record, seed)], broken: [] };
  }
  if (record !== undefined) {
    const detail = "invalid --record: with --all each case has its own";
    throw ParleyError.of("usage", { detail, hint: "parley score CASE --record FILE" });
  }
  const folder = target ?? ".";
  const broken: Score["problems"] = [];
  const cases = casesBelow(folder).flatMap((path): CaseToScore[] => {
    try {
      const name = relative(resolve(folder), resolve(path)).replaceAll("\\", "/");
      return [caseAt(path, name === "" ? nameOf(path) : name, undefined, seed)];
    } catch (error) {
      if (!(error instanceof ParleyError)) throw error;
      broken.push(...error.problems.map((each) => ({ ...each })));
      return [];
    }
  });
  const scored = cases.filter((each) => each.record !== undefined || each.hindsight !== undefined);
  if (scored.length === 0 && broken.length === 0) {
    throw ParleyError.of("nothing-resolved", undefined);
  }
  return { cases: scored, broken };
}

const nameOf = (target: string): string => basename(resolve(target)).replace(/\.ya?ml$/i, "");

/** @throws ParleyError where the case or its record cannot be read. */
function caseAt(target: string, id: string, named: string | undefined, seed: number): CaseToScore {
  const memo = memoInFolder(cacheFolder("assess"));
  const { given, problems } = caseToScore(id, openDossier(target), recordFor(target, named), { seed, memo });
  if (given === undefined) throw new ParleyError(problems);
  return given;
}

/**
 * What the record of a case says, for its report; undefined where it has neither forecasts nor outcomes.
 *
 * @throws ParleyError where the record is broken
 */
export function scoreForReport(target: string, dossier: Dossier, seed: number, memo?: Memo): Score | undefined {
  const { given } = caseToScore(nameOf(target), dossier, recordBeside(target), { seed, memo });
  if (given === undefined || (given.record === undefined && given.hindsight === undefined)) return undefined;
  return scoreCases([given], { seed });
}

/** The record beside a case; none where the case has no folder of its own, such as a packed one. */
function recordBeside(target: string): RecordFile | undefined {
  try {
    return recordFor(target, undefined);
  } catch (error) {
    if (error instanceof ParleyError && error.problems.every(({ code }) => code === "record-no-place"))
      return undefined;
    throw error;
  }
}

function recordFor(target: string, named: string | undefined): RecordFile | undefined {
  if (target === "-" && named === undefined) return undefined;
  const { record, problems, there } = openRecord(recordOf(target, named));
  if (problems.some(({ severity }) => severity === "error")) throw new ParleyError(problems);
  if (!there && named !== undefined) throw ParleyError.of("file-not-found", { path: named });
  return there ? record : undefined;
}
