import { spawn } from "node:child_process";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
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
  const client = new Client({ name: "test", version: "1" });
  await client.connect(transport);
  const { tools } = await client.listTools();
  return {
    client,
    tools,
    notes: () => notes,
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
