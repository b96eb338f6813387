import { mkdirSync, statSync } from "node:fs";
import type { Command } from "commander";
import { reasonOf } from "../../case/folder.ts";
import { ParleyError } from "../../core/problems/index.ts";
import type { Bench, FolderShelf } from "../../mcp/index.ts";
import { VERSION } from "../../version.ts";
import { helpWithExamples } from "../help.ts";
import { onInterrupt } from "../interrupt.ts";
import type { Output } from "../output.ts";
import { bundledFolder } from "../target.ts";

interface McpOptions {
  readonly write?: readonly string[];
  readonly http?: string | true;
  readonly tokenFile?: string;
  readonly httpName?: readonly string[];
}

/** `parley mcp [FOLDER...]`: the tools for assistants, by the Model Context Protocol. */
export function addMcp(program: Command, outputOf: (command: Command) => Output): void {
  const command = program
    .command("mcp")
    .argument("[folder...]", "case folders or folders of cases to show beside the bundled cases")
    .description("serve cases to an assistant: the Model Context Protocol on standard input and output, or over HTTP")
    .option("--write <folder>", "folder to write new cases, drafts and edits into; may be given again", collect)
    .option("--http [host:port]", "serve over HTTP, to this machine unless a host is given (default: 127.0.0.1:7360)")
    .option(
      "--token-file <file>",
      "file with the token that clients over HTTP bear (default: PARLEY_MCP_TOKEN, or new)",
    )
    .option(
      "--http-name <host>",
      "another name that clients reach it by, as behind a proxy; may be given again",
      collect,
    )
    .action((folders: string[], options: McpOptions) => serve(folders, options, outputOf(command)));
  helpWithExamples(command, ["parley mcp my-cases/ --write drafts/", "parley mcp my-cases/ --http --token-file token"]);
}

function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

async function serve(folders: readonly string[], options: McpOptions, output: Output): Promise<void> {
  const { write = [], http } = options;
  if (http === undefined && (options.tokenFile !== undefined || options.httpName !== undefined)) {
    const option = options.tokenFile === undefined ? "--http-name" : "--token-file";
    throw ParleyError.of("usage", { detail: `invalid usage: ${option} is for serving over HTTP`, hint: "add --http" });
  }
  for (const path of write) makeFolder(path);
  // The protocol's library is loaded here, so that no other verb waits for it.
  const [{ FolderShelf: Folders }, { threadBench }] = await Promise.all([
    import("../../mcp/index.ts"),
    import("../assistants/bench.ts"),
  ]);
  const given = { bundled: bundledFolder(), folders, write };
  const shelf = new Folders(given);
  const note = (text: string) => output.note(text);
  const stopped = new AbortController();
  const stopListening = onInterrupt(() => stopped.abort(), ["SIGINT", "SIGTERM", "SIGHUP"]);
  const count = (await shelf.list()).length;
  const where =
    write.length === 0 ? "nothing is written" : `new cases, drafts and edits go into ${write.join(" and ")} alone`;
  const serving: Serving = { shelf, note, stopped: stopped.signal, bench: () => threadBench(given, note) };
  const told = `Parley ${VERSION} serves ${count} cases to an assistant`;
  try {
    if (http === undefined) await overStdio(serving, `${told}; ${where}. It ends with its input.`);
    else await overHttp(serving, options, (url) => `${told} at ${url}; ${where}. Ctrl-C ends it.`);
  } finally {
    stopListening();
  }
}

interface Serving {
  readonly shelf: FolderShelf;
  readonly note: (text: string) => void;
  readonly stopped: AbortSignal;
  bench(): Bench;
}

async function overStdio({ shelf, note, stopped, bench }: Serving, told: string): Promise<void> {
  const [{ Desk }, { serveStdio }] = await Promise.all([
    import("../../mcp/index.ts"),
    import("../../mcp/transport.ts"),
  ]);
  note(told);
  await serveStdio({ desk: new Desk({ shelf }), bench: bench(), version: VERSION, note }, stopped);
}

async function overHttp(
  { shelf, note, stopped, bench: newBench }: Serving,
  { http, tokenFile, httpName = [] }: McpOptions,
  told: (url: string) => string,
): Promise<void> {
  const [{ Desk }, { mcpOverHttp }, { sameToken }, { addressOf, listenHttp, namesOf, USUAL_ADDRESS }, { tokenFor }] =
    await Promise.all([
      import("../../mcp/index.ts"),
      import("../../mcp/http/over-http.ts"),
      import("../../mcp/http/guard.ts"),
      import("../assistants/http.ts"),
      import("../assistants/token.ts"),
    ]);
  const address = addressOf(typeof http === "string" ? http : USUAL_ADDRESS);
  const { token, made } = tokenFor({ file: tokenFile, loopback: address.loopback }, note);
  const bench = newBench();
  const bearer = { who: "owner", desk: new Desk({ shelf }), bench };
  let names = { hosts: [] as readonly string[], origins: [] as readonly string[] };
  const mcp = mcpOverHttp({
    serviceFor: (_, given) => (sameToken(given, token) ? bearer : undefined),
    names: () => names,
    version: VERSION,
    note,
  });
  try {
    const listening = await listenHttp(address, () => mcp);
    names = namesOf(address, listening.port, httpName);
    note(told(listening.url));
    if (made) note(`Clients send Authorization: Bearer ${token} (made for this run, and told this once).`);
    if (!address.loopback)
      note("It speaks plain HTTP: whoever is on the way can read the token. Put TLS in front of it.");
    if (!stopped.aborted) await new Promise((done) => stopped.addEventListener("abort", done, { once: true }));
    await mcp.close();
    await listening.close();
  } finally {
    await mcp.close();
    await bench.close();
  }
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
