import type { Command } from "commander";

/** Puts examples first in a command's help. */
export function helpWithExamples(command: Command, examples: readonly string[]): void {
  command.addHelpText("before", `Examples:\n${examples.map((line) => `  ${line}\n`).join("")}`);
}
