import { writeFileSync } from "node:fs";
import type { Command } from "commander";
import { assess } from "../../assess/index.ts";
import { reasonOf } from "../../case/folder.ts";
import { ParleyError } from "../../core/problems/index.ts";
import { helpWithExamples } from "../help.ts";
import { cacheFolder, memoInFolder } from "../memo-folder.ts";
import { failWith, type Output } from "../output.ts";
import { renderAssessment } from "../render/assessment.ts";
import { openDossier } from "../target.ts";
import { seedOf, type ViewOptions, viewsOf, withSeed, withViewOptions } from "../view-options.ts";

interface AssessVerbOptions extends ViewOptions {
  readonly html?: string;
  readonly short?: boolean;
  readonly cache?: boolean;
}

/** `parley assess CASE`: the five answers. */
export function addAssess(program: Command, outputOf: (command: Command) => Output): void {
  const command = withSeed(
    withViewOptions(
      program
        .command("assess")
        .argument("<case>", "a case folder, a case.yaml, a bundled case, or - for standard input")
        .description("answer the five questions: why, when, what, would it hold, what would change the answer")
        .option("--html <file>", "write the report: one self-contained file")
        .option("--short", "the headlines alone")
        .option("--no-cache", "neither read nor keep results that take long"),
      { runsAll: true },
    ),
  ).action((target: string, options: AssessVerbOptions) => run(target, options, outputOf(command)));
  helpWithExamples(command, [
    "parley assess ukraine-2024",
    "parley assess my-case/ --html report.html",
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
  if (options.html !== undefined) {
    // Charts take a third of a second to load; whoever asks for no report does not wait for them.
    const { renderReport } = await import("../../report/index.ts");
    try {
      writeFileSync(options.html, await renderReport(main));
    } catch (error) {
      throw ParleyError.of("write-failed", { path: options.html, reason: reasonOf(error) });
    }
    output.note(`wrote ${options.html}`);
  }
  output.printJson(options.reading === "all" ? { readings: assessments } : main);
  for (const each of assessments)
    output.print(renderAssessment(each, output.terminal, { short: options.short === true }));
}
