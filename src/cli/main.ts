#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { ParleyError } from "../core/problems/index.ts";
import { VERSION } from "../version.ts";
import { helpWithExamples } from "./help.ts";
import { EXIT, Exit, failWith, Output, problemsOf } from "./output.ts";

type AddVerb = (program: Command, outputOf: () => Output) => void;

/** The verbs as help lists them. Each brings engines with it: what is not asked for is not loaded. */
const VERBS: Readonly<Record<string, () => Promise<AddVerb>>> = {
  assess: async () => (await import("./verbs/assess.ts")).addAssess,
  backup: async () => (await import("./verbs/backup.ts")).addBackup,
  check: async () => (await import("./verbs/check.ts")).addCheck,
  cluster: async () => (await import("./verbs/cluster.ts")).addCluster,
  compare: async () => (await import("./verbs/compare.ts")).addCompare,
  convert: async () => (await import("./verbs/convert.ts")).addConvert,
  data: async () => (await import("./verbs/data.ts")).addDataVerb,
  evidence: async () => (await import("./verbs/evidence.ts")).addEvidence,
  forecast: async () => (await import("./verbs/forecast.ts")).addForecast,
  mcp: async () => (await import("./verbs/mcp.ts")).addMcp,
  open: async () => (await import("./verbs/open.ts")).addOpen,
  pack: async () => (await import("./verbs/pack.ts")).addPack,
  read: async () => (await import("./verbs/read.ts")).addRead,
  resolve: async () => (await import("./verbs/resolve.ts")).addResolve,
  restore: async () => (await import("./verbs/restore.ts")).addRestore,
  schema: async () => (await import("./verbs/schema.ts")).addSchema,
  score: async () => (await import("./verbs/score.ts")).addScore,
  serve: async () => (await import("./verbs/serve.ts")).addServe,
  shard: async () => (await import("./verbs/shard.ts")).addShard,
  simulate: async () => (await import("./verbs/simulate.ts")).addSimulate,
  stability: async () => (await import("./verbs/stability.ts")).addStability,
  terms: async () => (await import("./verbs/terms.ts")).addTerms,
  unpack: async () => (await import("./verbs/unpack.ts")).addUnpack,
  worker: async () => (await import("./verbs/worker.ts")).addWorker,
};

/** The verb that is asked for; all of them for help, and for the near miss of a wrong one. */
async function verbsFor([asked = "", ...rest]: readonly string[]): Promise<readonly AddVerb[]> {
  if (rest.length === 0 && /^(-v|--version)$/.test(asked)) return [];
  const one = Object.hasOwn(VERBS, asked) ? VERBS[asked] : undefined;
  return Promise.all((one === undefined ? Object.values(VERBS) : [one]).map((load) => load()));
}

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
  for (const add of await verbsFor(words)) add(program, outputOf);
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
