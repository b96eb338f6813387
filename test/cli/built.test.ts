import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { describe, expect, it } from "vitest";
import { converse } from "../support/assistant.ts";
import { root } from "../support/cli.ts";

/** The set-up of `npm test` builds; a single test file may be run without. */
const built = existsSync(join(root, "dist", "cli", "main.js"));

describe.skipIf(!built)("the built command", () => {
  // Somewhere else, so that nothing is found by luck.
  const cwd = mkdtempSync(join(tmpdir(), "parley-built-"));
  const run = (...words: string[]) =>
    spawnSync(process.execPath, [join(root, "bin", "parley.mjs"), ...words], { cwd, encoding: "utf8" });

  it("finds the bundled cases", () => {
    const { status, stdout, stderr } = run("check", "colombia-2012");
    expect(stderr).toBe("");
    expect([status, stdout.trim()]).toEqual([0, "no problems"]);
  });

  it("finds its workers, and they give what one thread gives", () => {
    const digest = (workers: string) => {
      const { stdout } = run(
        "simulate",
        "ukraine-2024",
        "--runs",
        "2000",
        "--no-cache",
        "--json",
        "--workers",
        workers,
      );
      return (JSON.parse(stdout) as { digest: string }).digest;
    };
    expect(digest("2")).toBe(digest("1"));
  }, 30_000);

  it("serves an assistant, and finds the thread for what takes long", async () => {
    const clientInfo = { name: "built", version: "1" };
    const hello = { protocolVersion: "2025-06-18", capabilities: {}, clientInfo };
    const call = { name: "check_case", arguments: { case: "colombia-2012" } };
    const lines = [
      { jsonrpc: "2.0", id: 1, method: "initialize", params: hello },
      { jsonrpc: "2.0", method: "notifications/initialized" },
      { jsonrpc: "2.0", id: 2, method: "tools/call", params: call },
    ];
    const { code, stdout } = await converse(lines, { answers: 2, file: join(root, "bin", "parley.mjs") });
    expect([code, stdout]).toEqual([0, expect.stringContaining("No problems.")]);
  });

  it("reads a text", () => {
    const { status, stdout } = spawnSync(
      process.execPath,
      [join(root, "bin", "parley.mjs"), "read", "-", "--date", "2024-05-04"],
      {
        cwd,
        encoding: "utf8",
        input: "Talks opened in Geneva on 3 May 2024. The army said that it would fight on.\n",
      },
    );
    expect(status).toBe(0);
    expect(stdout).toContain("status: draft");
  });

  // Where the machine's own Node is too old, the command runs on the pinned one, in a process of its own.
  const other = (process.env["PATH"] ?? "")
    .split(delimiter)
    .map((folder) => join(folder, "node"))
    .find((file) => !file.includes("node_modules") && existsSync(file));
  const isOld =
    other !== undefined &&
    spawnSync(other, ["-p", "parseInt(process.versions.node) < 22"], { encoding: "utf8" }).stdout.trim() === "true";
  it.skipIf(!isOld)(
    "keeps what is done when it is stopped, on any Node",
    async () => {
      const cache = mkdtempSync(join(tmpdir(), "parley-built-"));
      const words = ["simulate", "ukraine-2024", "--runs", "400000", "--workers", "1"];
      const child = spawn(other ?? "node", [join(root, "bin", "parley.mjs"), ...words], {
        cwd,
        env: { ...process.env, PARLEY_CACHE: cache },
      });
      let said = "";
      child.stderr.on("data", (text) => {
        said += text;
      });
      const code = await new Promise<number | null>((resolve) => {
        const wait = setInterval(() => {
          if (!existsSync(join(cache, "runs"))) return;
          clearInterval(wait);
          child.kill("SIGINT");
        }, 20);
        child.on("close", resolve);
      });
      expect([code, said]).toEqual([3, expect.stringContaining("the same command goes on from there")]);
    },
    60_000,
  );
});
