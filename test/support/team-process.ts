import { type ChildProcess, spawn } from "node:child_process";
import { mainFile, root } from "./cli.ts";

/** A team server as a process of its own, started as people start it. */
export interface TeamProcess {
  readonly child: ChildProcess;
  readonly address: string;
  /** What makes the first account; null where somebody has one. */
  readonly setupCode: string | null;
  /** What it logged. */
  log(): string;
  /** Ends it as a crash would, and waits until it is gone. */
  kill(): Promise<void>;
  /** Asks it to end and gives its exit code. */
  stop(): Promise<number | null>;
}

/** Starts `parley serve` on a free port of loopback with settings beside those, and waits until it answers. */
export async function startTeam(settings: NodeJS.ProcessEnv): Promise<TeamProcess> {
  const child = spawn(process.execPath, [mainFile, "serve", "--json"], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, PARLEY_HOST: "127.0.0.1", PARLEY_PORT: "0", ...settings },
  });
  let said = "";
  let logged = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    logged += text;
  });
  const gone = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
  const started = await new Promise<{ address: string; setupCode: string | null }>((resolve, reject) => {
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      if (said.trimEnd().endsWith("}")) resolve(JSON.parse(said));
    });
    void gone.then((code) => reject(new Error(`parley serve ended with ${code}: ${said}${logged}`)));
  });
  return {
    child,
    ...started,
    log: () => logged,
    async kill() {
      child.kill("SIGKILL");
      await gone;
    },
    async stop() {
      child.kill("SIGTERM");
      return gone;
    },
  };
}

/** Somebody who asks a team server, with the cookie that it gave. */
export class Caller {
  readonly address: string;
  cookie: string;

  constructor(address: string, cookie = "") {
    this.address = address;
    this.cookie = cookie;
  }

  /** The answer; a cookie that it sets is kept. */
  async ask(method: string, path: string, body?: unknown) {
    const response = await fetch(`${this.address}${path}`, {
      method,
      headers: {
        ...(this.cookie === "" ? {} : { cookie: this.cookie }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const [set] = response.headers.getSetCookie();
    if (set !== undefined) this.cookie = set.split(";")[0] ?? "";
    const text = await response.text();
    const isJson = text !== "" && response.headers.get("content-type")?.includes("json") === true;
    // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape.
    const parsed: any = isJson ? JSON.parse(text) : undefined;
    return { status: response.status, headers: response.headers, text, body: parsed };
  }
}

export const FIRST = {
  name: "Ann",
  email: "ann@example.org",
  password: "seven lamps over the quiet harbour",
  workspace: "Desk",
} as const;

/** Makes the first account of a server; gives who made it and the workspace. */
export async function firstCaller({ address, setupCode }: TeamProcess): Promise<{ ann: Caller; workspace: string }> {
  const ann = new Caller(address);
  const made = await ann.ask("POST", "/api/setup", { code: setupCode, ...FIRST });
  if (made.status !== 201) throw new Error(`no first account: ${made.text}`);
  const { body } = await ann.ask("GET", "/api/workspaces");
  return { ann, workspace: body.workspaces[0].id };
}
