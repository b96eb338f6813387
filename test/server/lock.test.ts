import { spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as later } from "node:timers/promises";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { ParleyError } from "../../src/core/problems/index.ts";
import { holdLock } from "../../src/server/db/lock.ts";
import { folderWith, root } from "../support/cli.ts";

describe("the lock of a store's folder", () => {
  let folder = "";
  const folders: string[] = [];
  const lock = () => join(folder, "lock");
  /** A tenth of a second is the time that one of another machine has. */
  const QUICK = { beat: 20, patience: 100 };
  const waits: string[] = [];
  const refused = async (): Promise<string> => {
    try {
      (await holdLock(folder, { ...QUICK, waits: (holder) => waits.push(holder) }))();
      return "";
    } catch (error) {
      if (!(error instanceof ParleyError)) throw error;
      return error.problems[0]?.message ?? "";
    }
  };
  beforeEach(() => {
    folder = folderWith({});
    folders.push(folder);
  });
  afterAll(() => {
    for (const each of folders) rmSync(each, { recursive: true, force: true });
  });

  it("names its process, is that user's alone, and leaves nothing behind", async () => {
    const release = await holdLock(folder);
    expect(readFileSync(lock(), "utf8")).toBe(`${process.pid} ${hostname()}\n`);
    expect(statSync(lock()).mode & 0o077).toBe(0);
    expect(readdirSync(folder)).toEqual(["lock"]);
    release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it("keeps out who comes while its process lives, here or on another machine", async () => {
    writeFileSync(lock(), `${process.ppid} ${hostname()}\n`);
    expect(await refused()).toContain(`process ${process.ppid}`);
    writeFileSync(lock(), "1234 elsewhere\n");
    // Its clock may be days off: what counts is that it goes on.
    let second = Date.UTC(2020, 0, 1) / 1000;
    const signs = setInterval(() => utimesSync(lock(), second, second++), 20);
    try {
      expect(await refused()).toContain("1234 on elsewhere");
    } finally {
      clearInterval(signs);
    }
    expect(waits).toEqual(["1234 on elsewhere"]);
    expect(readdirSync(folder)).toEqual(["lock"]);
  });

  it("is taken over from a process that is gone, and one that ended while it wrote it", async () => {
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    for (const left of [`${pid} ${hostname()}\n`, "", `${pid}`, "1 container\n"]) {
      writeFileSync(lock(), left);
      expect(await refused(), left).toBe("");
      expect(readdirSync(folder)).toEqual([]);
    }
  });

  it("is not taken away by who no longer holds it", async () => {
    const release = await holdLock(folder);
    writeFileSync(lock(), "1234 elsewhere\n");
    release();
    expect(existsSync(lock())).toBe(true);
  });

  it("goes to one of several who find it left on another machine", async () => {
    writeFileSync(lock(), "1 container\n");
    const program = `
      const { holdLock } = await import(${JSON.stringify(join(root, "src/server/db/lock.ts"))});
      const release = await holdLock(${JSON.stringify(folder)}, { beat: 20, patience: 300 });
      process.stdout.write("took it\\n");
      await new Promise((resolve) => process.stdin.resume().once("end", resolve));
      release();`;
    const several = [1, 2, 3].map(() => spawn(process.execPath, ["--input-type=module", "-e", program]));
    const said = await Promise.all(
      several.map(
        (one) =>
          new Promise<string>((resolve) => {
            one.stdout.once("data", (text) => resolve(String(text)));
            let error = "";
            one.stderr.on("data", (text) => (error += String(text)));
            one.once("close", () => resolve(error));
          }),
      ),
    );
    const winner = said.indexOf("took it\n");
    expect(said.filter((text) => text.includes("is in use by another server"))).toHaveLength(2);
    const pid = several[winner]?.pid;
    expect(readFileSync(lock(), "utf8")).toBe(`${pid} ${hostname()}\n`);
    for (const text of said.toSpliced(winner, 1)) expect(text).toContain(`process ${pid}`);
    several[winner]?.stdin.end();
    await expect.poll(() => readdirSync(folder)).toEqual([]);
  });

  it("gives signs of life while it is held, and tells who lost it", async () => {
    let lost = 0;
    const release = await holdLock(folder, { ...QUICK, lost: () => (lost += 1) });
    const first = statSync(lock()).mtimeMs;
    await expect.poll(() => statSync(lock()).mtimeMs).toBeGreaterThan(first);
    expect(lost).toBe(0);
    writeFileSync(lock(), "1234 elsewhere\n");
    await expect.poll(() => lost).toBe(1);
    release();
    await later(60);
    expect(lost).toBe(1);
    expect(readFileSync(lock(), "utf8")).toBe("1234 elsewhere\n");
  });
});
