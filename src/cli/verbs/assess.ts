import { writeFileSync } from "node:fs";
import type { Command } from "commander";
import { assess, type Memo, type Score } from "../../assess/index.ts";
import { reasonOf } from "../../case/folder.ts";
import type { Dossier } from "../../case/index.ts";
import { ParleyError } from "../../core/problems/index.ts";
import type { SectionId } from "../../report/index.ts";
import { helpWithExamples } from "../help.ts";
import { cacheFolder, memoInFolder } from "../memo-folder.ts";
import { failWith, type Output, problemsText } from "../output.ts";
import { renderAssessment } from "../render/assessment.ts";
import { openDossier } from "../target.ts";
import { seedOf, type ViewOptions, viewsOf, withSeed, withViewOptions } from "../view-options.ts";

import { scoreForReport } from "./score.ts";

interface AssessVerbOptions extends ViewOptions {
  readonly html?: string;
  readonly sections?: string;
  readonly room?: boolean;
  readonly short?: boolean;
  readonly cache?: boolean;
}

/** `parley assess CASE`: the five answers. */
export function addAssess(program: Command, outputOf: (command: Command) => Output): void {
  const command = withSeed(
    withViewOptions(
      program
        .command("assess")
        .argument("<case>", "a case folder, a case.yaml, a .parley.zip, a bundled case, or - for standard input")
        .description("answer the five questions: why, when, what, would it hold, what would change the answer")
        .option("--html <file>", "write the report: one self-contained file")
        .option("--sections <list>", "of the report these alone, parted by commas; brief: the answers and their limits")
        .option("--room", "redact the report for the room: no sources, no names, no inferred positions")
        .option("--short", "the headlines alone")
        .option("--no-cache", "neither read nor keep results that take long"),
      { runsAll: true },
    ),
  ).action((target: string, options: AssessVerbOptions) => run(target, options, outputOf(command)));
  helpWithExamples(command, [
    "parley assess ukraine-2024",
    "parley assess my-case/ --html report.html",
    "parley assess my-case/ --html room.html --room --sections brief,when,what",
    "parley assess case.yaml --reading all --json",
  ]);
}

async function run(target: string, options: AssessVerbOptions, output: Output): Promise<void> {
  const dossier = openDossier(target);
  const seed = seedOf(options);
  const memo = options.cache === false ? undefined : memoInFolder(cacheFolder("assess"));
  const assessments = viewsOf(dossier, options).map((view) => {
    const { assessment, problems } = assess(dossier, view, { seed, memo });
    return assessment ?? failWith(output, problems);
  });
  const [main] = assessments;
  if (main === undefined) return;
  if (options.html === undefined && (options.sections !== undefined || options.room === true)) {
    const option = options.room === true ? "--room" : "--sections";
    throw ParleyError.of("invalid-option", {
      option,
      value: options.sections ?? "",
      expected: "--html FILE beside it",
    });
  }
  if (options.html !== undefined) {
    // Charts take a third of a second to load; whoever asks for no report does not wait for them.
    const report = await import("../../report/index.ts");
    const sections = sectionsOf(options.sections, report);
    const asked = options.room !== true && (sections ?? report.SECTION_IDS).includes("record");
    const score = asked ? scoreOrNote(target, dossier, seed, memo, output) : undefined;
    try {
      writeFileSync(options.html, await report.renderReport(main, { sections, room: options.room === true, score }));
    } catch (error) {
      throw ParleyError.of("write-failed", { path: options.html, reason: reasonOf(error) });
    }
    output.note(`wrote ${options.html}`);
  }
  output.printJson(options.reading === "all" ? { readings: assessments } : main);
  for (const each of assessments)
    output.print(renderAssessment(each, output.terminal, { short: options.short === true }));
}

/** What the record says; a broken one is told and left out, for it changes no answer. */
function scoreOrNote(
  target: string,
  dossier: Dossier,
  seed: number,
  memo: Memo | undefined,
  output: Output,
): Score | undefined {
  try {
    return scoreForReport(target, dossier, seed, memo);
  } catch (error) {
    if (!(error instanceof ParleyError)) throw error;
    output.note(`${problemsText(error.problems, output.terminal)}\nthe report is without the record`);
    return undefined;
  }
}

/** The sections that are named. @throws ParleyError where one is none. */
function sectionsOf(
  list: string | undefined,
  { SECTION_IDS, BRIEF_SECTIONS }: typeof import("../../report/index.ts"),
): readonly SectionId[] | undefined {
  if (list === undefined) return undefined;
  const named = list.split(",").map((each) => each.trim());
  if (named.length === 1 && named[0] === "brief") return BRIEF_SECTIONS;
  return named.map((name) => {
    const known = SECTION_IDS.find((id) => id === name);
    if (known !== undefined) return known;
    throw ParleyError.of("invalid-option", { option: "--sections", value: name, expected: SECTION_IDS.join(", ") });
  });
}
