import type { Command } from "commander";
import { ParleyError } from "../../core/problems/index.ts";
import { loadConfig, redactedSummary, type ServerConfig, settingsHelp } from "../../server/config/index.ts";
import { builtWorkbench } from "../../server/site/files.ts";
import { helpWithExamples } from "../help.ts";
import type { Output } from "../output.ts";
import { withTeamStore } from "./team-store.ts";

interface ServeOptions {
  readonly check?: boolean;
  readonly reset?: string;
}

/** `parley serve`: the team server, until it is stopped. */
export function addServe(program: Command, outputOf: (command: Command) => Output): void {
  const command = program
    .command("serve")
    .description("serve cases to a team: accounts, versions, comments, shares, runs (docs/serve.md)")
    .option("--check", "print the settings without their secrets, try the store, and start nothing")
    .option("--reset <email>", "print a link by which somebody sets a new password; start nothing")
    .action((options: ServeOptions) => serve(options, outputOf(command)));
  helpWithExamples(command, ["parley serve", "PARLEY_ORIGIN=https://parley.example.org parley serve --check"]);
  command.addHelpText("after", () => `\n${settingsHelp()}`);
}

async function serve({ check, reset }: ServeOptions, output: Output): Promise<void> {
  if (check === true && reset !== undefined) {
    throw ParleyError.of("usage", { detail: "--check and --reset do not go together", hint: "give one of them" });
  }
  if (reset !== undefined) return printReset(loadConfig(process.env, false), reset, output);
  const config = loadConfig();
  if (check === true) return checkStore(config, output);
  const [{ serveTeam }, { openSimulationDesk }] = await Promise.all([
    import("../../server/serve.ts"),
    import("../cluster/desk.ts"),
  ]);
  const web = builtWorkbench();
  if (web === undefined)
    output.note("The workbench is not built here (npm run build:web builds it); this is the API alone.");
  const { address, store, setupCode } = await serveTeam(config, { web, openDesk: openSimulationDesk });
  output.printJson({ ok: true, address, store, workbench: web !== undefined, setupCode: setupCode ?? null });
  output.print(`The team server is at\n  ${output.terminal.style.bold(address)}`);
  if (setupCode !== undefined) {
    output.print(`Nobody has an account yet. Make the first one there with the code\n  ${setupCode}`);
  }
  output.print("Ctrl-C stops it.");
}

/** Makes a reset link for an account, over the store or by the server that uses it. */
async function printReset(config: ServerConfig, email: string, output: Output): Promise<void> {
  const [{ makeResetAtMachine, RESET_HOURS }, { resetFromServer }, { publicAddress }] = await Promise.all([
    import("../../server/accounts/resets.ts"),
    import("../../server/backup/socket.ts"),
    import("../../server/serve.ts"),
  ]);
  const token = await withTeamStore(
    config,
    (db) => makeResetAtMachine(db, email, new Date()),
    (folder) => resetFromServer(folder, email),
  );
  const link = `${publicAddress(config, config.port)}/#/reset/${token}`;
  output.printJson({ ok: true, email, link, hours: RESET_HOURS });
  output.print(`Whoever opens this sets a new password for ${email}, once, within ${RESET_HOURS} hours:\n  ${link}`);
}

/** Says what is set and whether the store can be opened; it is brought up to date by that. */
async function checkStore(config: ServerConfig, output: Output): Promise<void> {
  const [{ openStore }, { placeOf }] = await Promise.all([
    import("../../server/db/open.ts"),
    import("../../server/serve.ts"),
  ]);
  const store = await openStore(placeOf(config));
  const { kind, migrated } = store;
  await store.close();
  output.printJson({ ok: true, store: kind, migrated, settings: config.given });
  output.print(redactedSummary(config));
  output.print(
    `The store can be used (${kind === "embedded" ? `embedded, in ${config.store}` : "PostgreSQL server"}).`,
  );
}
