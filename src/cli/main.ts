#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { ParleyError } from "../core/problems/index.ts";
import { VERSION } from "../version.ts";
import { helpWithExamples } from "./help.ts";
import { EXIT, Exit, failWith, Output, problemsOf } from "./output.ts";
import { addAssess } from "./verbs/assess.ts";
import { addBackup } from "./verbs/backup.ts";
import { addCheck } from "./verbs/check.ts";
import { addCluster } from "./verbs/cluster.ts";
import { addCompare } from "./verbs/compare.ts";
import { addConvert } from "./verbs/convert.ts";
import { addDataVerb } from "./verbs/data.ts";
import { addEvidence } from "./verbs/evidence.ts";
import { addForecast } from "./verbs/forecast.ts";
import { addMcp } from "./verbs/mcp.ts";
import { addOpen } from "./verbs/open.ts";
import { addPack } from "./verbs/pack.ts";
import { addRead } from "./verbs/read.ts";
import { addResolve } from "./verbs/resolve.ts";
import { addRestore } from "./verbs/restore.ts";
import { addSchema } from "./verbs/schema.ts";
import { addScore } from "./verbs/score.ts";
import { addServe } from "./verbs/serve.ts";
import { addShard } from "./verbs/shard.ts";
import { addSimulate } from "./verbs/simulate.ts";
import { addStability } from "./verbs/stability.ts";
import { addTerms } from "./verbs/terms.ts";
import { addUnpack } from "./verbs/unpack.ts";
import { addWorker } from "./verbs/worker.ts";

/** A verb with its arguments, as the list of verbs has it. */
function subcommandTerm(command: Command): string {
  const words = command.registeredArguments.map((argument) => {
    const name = `${argument.name()}${argument.variadic ? "..." : ""}`;
    return argument.required ? `<${name}>` : `[${name}]`;
  });
  return [command.name(), ...words].join(" ");
}

/** Runs the command line; gives the exit code. */
export async function main(words: readonly string[]): Promise<number> {
  const json = words.includes("--json");
  const output = new Output(json);
  const outputOf = () => output;
  const program = new Command("parley")
    .description("Will they talk, about what, and would it hold? An open workbench for the end of wars.")
    .version(VERSION, "-v, --version", "print the version")
    .helpOption("-h, --help", "print help")
    .configureHelp({ helpWidth: 80, sortSubcommands: false, subcommandTerm })
    .configureOutput({
      writeErr: () => {},
      writeOut: (text) => process.stdout.write(text),
      getOutHelpWidth: () => 80,
    })
    .exitOverride()
    .showSuggestionAfterError(true);
  addAssess(program, outputOf);
  addBackup(program, outputOf);
  addCheck(program, outputOf);
  addCluster(program, outputOf);
  addCompare(program, outputOf);
  addConvert(program, outputOf);
  addDataVerb(program, outputOf);
  addEvidence(program, outputOf);
  addForecast(program, outputOf);
  addMcp(program, outputOf);
  addOpen(program, outputOf);
  addPack(program, outputOf);
  addRead(program, outputOf);
  addResolve(program, outputOf);
  addRestore(program, outputOf);
  addSchema(program);
  addScore(program, outputOf);
  addServe(program, outputOf);
  addShard(program, outputOf);
  addSimulate(program, outputOf);
  addStability(program, outputOf);
  addTerms(program, outputOf);
  addUnpack(program, outputOf);
  addWorker(program, outputOf);
  for (const command of program.commands.flatMap((each) => [each, ...each.commands])) {
    // What mcp prints is a protocol of its own.
    const printsAnswer = command.commands.length === 0 && command.name() !== "mcp";
    if (printsAnswer && !command.options.some(({ long }) => long === "--json")) {
      command.option("--json", "print one JSON document and nothing else");
    }
    command.exitOverride().configureOutput({ writeErr: () => {} });
  }
  helpWithExamples(program, ["parley assess ukraine-2024", "parley check my-case/", "parley open"]);
  try {
    if (words.length === 0) {
      program.outputHelp();
      return EXIT.done;
    }
    // A verb of verbs that is asked for alone shows them.
    const alone = words.length === 1 ? program.commands.find((each) => each.name() === words[0]) : undefined;
    if (alone !== undefined && alone.commands.length > 0) {
      alone.outputHelp();
      return EXIT.done;
    }
    await program.parseAsync(["node", "parley", ...words]);
    return EXIT.done;
  } catch (error) {
    return exitCodeOf(error, output);
  }
}

function exitCodeOf(error: unknown, output: Output): number {
  if (error instanceof Exit) return error.code;
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return EXIT.done;
    const [detail = "", hint] = error.message.replace(/^error: /, "").split("\n");
    const advice = hint?.replace(/^\(|\)$/g, "").toLowerCase() ?? "parley --help lists the verbs and options";
    return exitCodeOf(ParleyError.of("usage", { detail: `invalid usage: ${detail}`, hint: advice }), output);
  }
  const { problems, code } = problemsOf(error);
  try {
    failWith(output, problems);
  } catch {
    // failWith has written what there is to say.
  }
  if (code === EXIT.internal && process.env["PARLEY_DEBUG"] !== undefined)
    process.stderr.write(`${String((error as Error).stack)}\n`);
  return code;
}

// A reader that closes early (head, less) is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(EXIT.done);
});

process.exitCode = await main(process.argv.slice(2));
