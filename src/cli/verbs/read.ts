import type { Command } from "commander";
import { helpWithExamples } from "../help.ts";
import type { Output } from "../output.ts";
import type { ReadVerbOptions } from "../reading.ts";

/** `parley read TEXT`: drafts claims from an article, for a person to judge. */
export function addRead(program: Command, outputOf: (command: Command) => Output): void {
  const command = program
    .command("read")
    .argument("<text>", "plain text, Markdown, HTML or PDF, or - for standard input")
    .description("draft claims from an article: a new case on standard output, or added to one with --into")
    .option("--into <case>", "add the source and the drafts to a case; makes one where there is none")
    .option("--date <date>", "when the text was published (default: what the text says)")
    .option("--title <title>", "title of the source (default: what the text says, else the file's name)")
    .option("--by <name>", "author of the source (default: what the text says)")
    .option("--keep-text", "keep the sentences in the drafts (default: where they stand, and what was found)")
    .option("--again", "draft once more from a text that the case holds already")
    .option("--hindsight <reason>", "why a text from after the case's asOf is used all the same")
    .action(async (target: string, options: ReadVerbOptions) => {
      // The reader's word lists take a while to set up; other verbs do not wait for them.
      const { read } = await import("../reading.ts");
      await read(target, options, outputOf(command));
    });
  helpWithExamples(command, [
    "parley read article.txt > my-case/case.yaml",
    "parley read report.pdf --into my-case/ --date 2024-11",
    "parley read page.html --json",
  ]);
}
