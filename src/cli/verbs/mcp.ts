import { mkdirSync, statSync } from "node:fs";
import type { Command } from "commander";
import { reasonOf } from "../../case/folder.ts";
import { ParleyError } from "../../core/problems/index.ts";
import { VERSION } from "../../version.ts";
import { helpWithExamples } from "../help.ts";
import { onInterrupt } from "../interrupt.ts";
import type { Output } from "../output.ts";
import { bundledFolder } from "../target.ts";

interface McpOptions {
  readonly write: readonly string[];
}

/** `parley mcp [FOLDER...]`: the tools for assistants, by the Model Context Protocol on standard input and output. */
export function addMcp(program: Command, outputOf: (command: Command) => Output): void {
  const command = program
    .command("mcp")
    .argument("[folder...]", "case folders or folders of cases to show beside the bundled cases")
    .description("serve cases to an assistant: the Model Context Protocol on standard input and output")
    .option("--write <folder>", "folder to write new cases, drafts and edits into; may be given again", collect, [])
    .action((folders: string[], options: McpOptions) => serve(folders, options, outputOf(command)));
  helpWithExamples(command, ["parley mcp my-cases/", "parley mcp my-cases/ --write drafts/"]);
}

async function serve(folders: readonly string[], { write }: McpOptions, output: Output): Promise<void> {
  for (const path of write) makeFolder(path);
  // The protocol's library is loaded here, so that no other verb waits for it.
  const [{ Desk, FolderShelf }, { serveStdio }, { threadBench }] = await Promise.all([
    import("../../mcp/index.ts"),
    import("../../mcp/transport.ts"),
    import("../assistants/bench.ts"),
  ]);
  const options = { bundled: bundledFolder(), folders, write };
  const shelf = new FolderShelf(options);
  const note = (text: string) => output.note(text);
  const stopped = new AbortController();
  const stopListening = onInterrupt(() => stopped.abort(), ["SIGINT", "SIGTERM", "SIGHUP"]);
  const count = (await shelf.list()).length;
  const where =
    write.length === 0 ? "nothing is written" : `new cases, drafts and edits go into ${write.join(" and ")} alone`;
  note(`Parley ${VERSION} serves ${count} cases to an assistant; ${where}. It ends with its input.`);
  await serveStdio(
    { desk: new Desk({ shelf }), bench: threadBench(options, note), version: VERSION, note },
    stopped.signal,
  );
  stopListening();
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

/** Makes the folder to write into where it is not there yet. @throws ParleyError where it is no folder */
function makeFolder(path: string): void {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat?.isDirectory() === true) return;
  if (stat !== undefined) {
    throw ParleyError.of("invalid-option", { option: "--write", value: path, expected: "a folder" });
  }
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw ParleyError.of("write-failed", { path, reason: reasonOf(error) });
  }
}
