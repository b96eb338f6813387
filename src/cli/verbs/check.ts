import type { Command } from "commander";
import { bindDynamics, bindGraph, checkHistory } from "../../assess/index.ts";
import { checkDossier, listUngrounded, readDossier, viewCase } from "../../case/index.ts";
import { NOWHERE, type Problem } from "../../core/problems/index.ts";
import { helpWithExamples } from "../help.ts";
import { EXIT, Exit, failWith, listed, type Output, problemsText } from "../output.ts";
import { filesOf } from "../target.ts";
import { type ViewOptions, viewsOf, withViewOptions } from "../view-options.ts";

interface CheckOptions extends ViewOptions {
  readonly provenance?: boolean;
}

/** `parley check CASE`: every problem of a case in one pass. */
export function addCheck(program: Command, outputOf: (command: Command) => Output): void {
  const command = withViewOptions(
    program
      .command("check")
      .argument("<case>", "a case folder, a case.yaml, a .parley.zip, a bundled case, or - for standard input")
      .description("check a case: every problem in one pass, each with its line and a way to mend it")
      .option("--provenance", "also list judgements with neither a source nor a reason"),
  ).action((target: string, options: CheckOptions) => check(target, options, outputOf(command)));
  helpWithExamples(command, [
    "parley check ukraine-2024",
    "parley check my-case/ --provenance",
    "parley check case.yaml --json",
  ]);
}

function check(target: string, options: CheckOptions, output: Output): void {
  const { dossier, problems: reading } = readDossier(filesOf(target));
  // A target that cannot be read at all is bad input, not a case with problems.
  const problems: Problem[] = [...reading];
  if (dossier !== undefined) {
    problems.push(...checkDossier(dossier));
    for (const view of viewsOf(dossier, options)) {
      const { case: content, problems: seen } = viewCase(dossier, view);
      // What has no place in the case is a slip of the command line, such as a reading that the case does not have.
      const slips = seen.filter(({ file }) => file === NOWHERE.file);
      if (slips.length > 0) failWith(output, slips);
      problems.push(...seen);
      if (content !== undefined)
        problems.push(...bindDynamics(content).problems, ...bindGraph(content).problems, ...checkHistory(content));
    }
    if (options.provenance) problems.push(...listUngrounded(dossier));
  }
  const unique = deduplicate(problems);
  const errors = unique.filter(({ severity }) => severity === "error").length;
  const ok = errors === 0;
  output.printJson({ ok, problems: listed(unique) });
  if (unique.length > 0) output.print(problemsText(unique, output.terminal));
  output.print(summary(unique, output));
  if (!ok) throw new Exit(EXIT.found);
}

function deduplicate(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems.filter((each) => {
    const key = JSON.stringify(each);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function summary(problems: readonly Problem[], { terminal: { style } }: Output): string {
  const of = (severity: Problem["severity"]) => problems.filter((each) => each.severity === severity).length;
  const [errors, warnings, notes] = [of("error"), of("warning"), of("note")];
  const counts = [count(errors, "error"), count(warnings, "warning"), count(notes, "note")].filter((t) => t !== "");
  if (errors > 0) return `\n${style.bad(counts.join(", "))}`;
  return counts.length === 0 ? style.good("no problems") : `\n${style.good("no errors")} (${counts.join(", ")})`;
}

function count(n: number, noun: string): string {
  return n === 0 ? "" : `${n} ${noun}${n === 1 ? "" : "s"}`;
}
