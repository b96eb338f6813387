import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { ParleyError } from "../../src/core/problems/index.ts";
import { holdLock } from "../../src/server/db/lock.ts";
import { folderWith } from "../support/cli.ts";

describe("the lock of a store's folder", () => {
  let folder = "";
  const folders: string[] = [];
  const lock = () => join(folder, "lock");
  const refused = (): string => {
    try {
      holdLock(folder)();
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

  it("names its process, is that user's alone, and leaves nothing behind", () => {
    const release = holdLock(folder);
    expect(readFileSync(lock(), "utf8")).toBe(`${process.pid} ${hostname()}\n`);
    expect(statSync(lock()).mode & 0o077).toBe(0);
    expect(readdirSync(folder)).toEqual(["lock"]);
    release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it("keeps out who comes while its process lives, here or on another machine", () => {
    writeFileSync(lock(), `${process.ppid} ${hostname()}\n`);
    expect(refused()).toContain(`process ${process.ppid}`);
    writeFileSync(lock(), "1234 elsewhere\n");
    expect(refused()).toContain("1234 on elsewhere");
    expect(readdirSync(folder)).toEqual(["lock"]);
  });

  it("is taken over from a process that is gone, and one that ended while it wrote it", () => {
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    for (const left of [`${pid} ${hostname()}\n`, "", `${pid}`]) {
      writeFileSync(lock(), left);
      expect(refused(), left).toBe("");
      expect(readdirSync(folder)).toEqual([]);
    }
  });

  it("is not taken away by who no longer holds it", () => {
    const release = holdLock(folder);
    writeFileSync(lock(), "1234 elsewhere\n");
    release();
    expect(existsSync(lock())).toBe(true);
  });
});
