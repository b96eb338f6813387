import { mkdirSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { assess } from "../../src/assess/index.ts";
import { cacheFolder, memoInFolder } from "../../src/cli/memo-folder.ts";
import { written } from "../support/cases.ts";
import { folderWith } from "../support/cli.ts";

const WAR = `parley: 1
title: T
asOf: 2024-11-28
parties:
  north: {name: North, roles: [{role: belligerent}]}
  south: {name: South, roles: [{role: belligerent}]}
war: {front: {strength: -0.2 to 0.4}, clock: {horizon: 24}}
levers: {effort: {name: More effort, kind: option, add: {war.mediation.level: 0.6}, because: x}}
`;

describe("the cache's folder", () => {
  it("is of this very code, so that what older code computed is not taken for its own", () => {
    expect(cacheFolder("assess")).toMatch(/assess[\\/]\d+\.\d+\.\d+-[0-9a-f]{12}$/);
    expect(cacheFolder("assess")).toBe(cacheFolder("assess"));
    expect(cacheFolder("runs")).toContain("runs");
  });
});

describe("a memo in a folder", () => {
  it("keeps what is written, and knows nothing else", () => {
    const folder = join(folderWith({}), "not", "there", "yet");
    const memo = memoInFolder(folder);
    expect(memo.read("a")).toBeUndefined();
    memo.write("a", "[1]");
    expect(memo.read("a")).toBe("[1]");
    expect(memo.read("b")).toBeUndefined();
    expect(memoInFolder(folder).read("a")).toBe("[1]");
    expect(readdirSync(folder).every((name) => /^[0-9a-f]{64}\.json$/.test(name))).toBe(true);
  });

  it("takes a torn file for none, and goes on where it cannot write", () => {
    const folder = folderWith({});
    const memo = memoInFolder(folder);
    memo.write("a", "[1, 2]");
    for (const name of readdirSync(folder)) writeFileSync(join(folder, name), "[1, ");
    expect(memo.read("a")).toBeUndefined();
    const file = join(folderWith({ file: "x" }), "file");
    expect(() => memoInFolder(file).write("a", "[1]")).not.toThrow();
    expect(memoInFolder(file).read("a")).toBeUndefined();
  });

  it("lets the oldest files go", () => {
    const folder = join(folderWith({}), "kept");
    mkdirSync(folder);
    for (let i = 0; i < 300; i++) {
      writeFileSync(join(folder, `${i}.json`), "[]");
      utimesSync(join(folder, `${i}.json`), 1000 + i, 1000 + i);
    }
    memoInFolder(folder).write("new", "[1]");
    expect(readdirSync(folder)).toHaveLength(300);
    expect(readdirSync(folder)).not.toContain("0.json");
    expect(memoInFolder(folder).read("new")).toBe("[1]");
  });

  it("gives an assessment the same bytes, whether results were kept or made", () => {
    const dossier = written(WAR);
    const folder = folderWith({});
    const made = JSON.stringify(assess(dossier, {}, { memo: memoInFolder(folder) }).assessment);
    expect(readdirSync(folder).length).toBeGreaterThan(2);
    expect(JSON.stringify(assess(dossier, {}, { memo: memoInFolder(folder) }).assessment)).toBe(made);
    expect(JSON.stringify(assess(dossier, {}, { memo: memoInFolder(folderWith({})) }).assessment)).toBe(made);
  });
});
