import { spawn } from "node:child_process";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import type { CallToolResult, ListToolsResult } from "@modelcontextprotocol/sdk/types.js";
import { mainFile, root } from "./cli.ts";

/** What a tool answered, as a test looks at it. */
export interface Told {
  readonly isError: boolean;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: each tool has a schema of its own, which the client has checked.
  readonly data: any;
  readonly problems: readonly { readonly code: string; readonly message: string; readonly hint: string }[];
}

/** An assistant: the SDK's own client over the real command. */
export interface Assistant {
  readonly client: Client;
  readonly tools: ListToolsResult["tools"];
  ask(tool: string, input?: Record<string, unknown>, options?: AskOptions): Promise<Told>;
  /** What the server wrote to standard error. */
  notes(): string;
  close(): Promise<void>;
}

interface AskOptions {
  readonly signal?: AbortSignal;
  readonly progress?: (message: string) => void;
}

const environment = () => Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== undefined));

/** Starts `parley mcp` with some words, and a client on it. */
export async function assistant(words: readonly string[] = [], cwd = root): Promise<Assistant> {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [mainFile, "mcp", ...words],
    cwd,
    env: environment() as Record<string, string>,
    stderr: "pipe",
  });
  let notes = "";
  transport.stderr?.on("data", (text) => {
    notes += text;
  });
  return talk(transport, () => notes);
}

/** A client over HTTP, of the SDK's own transport. */
export function assistantAt(
  url: string,
  token: string | undefined,
  more: { readonly fetch?: typeof fetch; readonly notes?: () => string } = {},
): Promise<Assistant> {
  const headers: Record<string, string> = token === undefined ? {} : { Authorization: `Bearer ${token}` };
  const transport = new StreamableHTTPClientTransport(new URL(url), {
    requestInit: { headers },
    ...(more.fetch === undefined ? {} : { fetch: more.fetch }),
  });
  return talk(transport as Transport, more.notes ?? (() => ""));
}

async function talk(transport: Transport, notes: () => string): Promise<Assistant> {
  const client = new Client({ name: "test", version: "1" });
  await client.connect(transport);
  const { tools } = await client.listTools();
  return {
    client,
    tools,
    notes,
    async ask(tool, input = {}, { signal, progress } = {}) {
      const result = (await client.callTool({ name: tool, arguments: input }, undefined, {
        timeout: 200_000,
        ...(signal === undefined ? {} : { signal }),
        ...(progress === undefined ? {} : { onprogress: ({ message }) => progress(message ?? "") }),
      })) as CallToolResult;
      const [first] = result.content;
      return {
        isError: result.isError === true,
        text: first?.type === "text" ? first.text : "",
        data: result.structuredContent,
        problems: (result._meta?.["parley/problems"] ?? []) as Told["problems"],
      };
    },
    close: () => client.close(),
  };
}

/** Runs `parley mcp` on lines of the protocol, written by hand; its input closes behind them, at once or when asked to. */
export function converse(
  lines: readonly unknown[],
  {
    words = [],
    answers = lines.length,
    file = mainFile,
  }: { readonly words?: readonly string[]; readonly answers?: number; readonly file?: string } = {},
): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
  const child = spawn(process.execPath, [file, "mcp", ...words], { cwd: root, env: process.env });
  let [stdout, stderr] = ["", ""];
  child.stderr.on("data", (text) => {
    stderr += text;
  });
  child.stdout.on("data", (text) => {
    stdout += text;
    if (stdout.split("\n").length > answers) child.stdin.end();
  });
  for (const line of lines) child.stdin.write(`${typeof line === "string" ? line : JSON.stringify(line)}\n`);
  if (answers === 0) child.stdin.end();
  return new Promise((done) => child.on("close", (code) => done({ code, stdout, stderr })));
}

/** `parley mcp --http`, running, and what it says; it is to be stopped. */
export interface HttpServer {
  readonly url: string;
  stderr(): string;
  stdout(): string;
  /** Ends it as a terminal does; gives its exit code. */
  stop(): Promise<number | null>;
}

/** Starts `parley mcp --http` with some words, at a free port of this machine unless they say where. */
export function httpServer(words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<HttpServer> {
  const { PARLEY_MCP_TOKEN: _, ...clean } = process.env;
  const where = words.includes("--http") ? [] : ["--http", "127.0.0.1:0"];
  const child = spawn(process.execPath, [mainFile, "mcp", ...words, ...where], {
    cwd: root,
    env: { ...clean, ...env },
  });
  let [stdout, stderr] = ["", ""];
  const ended = new Promise<number | null>((done) => child.on("close", done));
  child.stdout.on("data", (text) => {
    stdout += text;
  });
  return new Promise((resolve, reject) => {
    child.stderr.on("data", (text) => {
      stderr += text;
      const url = /http:\/\/[^\s;]+\/mcp/.exec(stderr)?.[0];
      // All that it says at its start comes at once.
      if (url === undefined) return;
      resolve({
        url,
        stderr: () => stderr,
        stdout: () => stdout,
        stop: () => {
          child.kill("SIGTERM");
          return ended;
        },
      });
    });
    void ended.then((code) => reject(new Error(`ended with ${code}: ${stderr}`)));
  });
}
