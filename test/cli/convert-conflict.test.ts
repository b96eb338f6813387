import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { folderWith, parley } from "../support/cli.ts";

const DILEMMA = JSON.stringify({
  options: [{ name: "cooperate" }, { name: "cooperate" }],
  decisionMakers: [
    { name: "One", options: [0], preferences: [[[1, "Y"]], [[0, "N"]]] },
    { name: "Two", options: [1], preferences: [[[0, "Y"]], [[1, "N"]]], colour: "red" },
  ],
  coalitions: [[0, 1]],
});

describe("parley convert of a conflict", () => {
  let folder = "";
  beforeAll(() => {
    folder = folderWith({
      "dilemma.gmcr": DILEMMA,
      "one-way.gmcr": DILEMMA.replace('"cooperate"', '"arm","permittedDirection":"fwd"'),
      "broken.gmcr": DILEMMA.replace('[0,"N"]', '[7,"N"]'),
    });
  });
  const at = (name: string) => join(folder, name);

  it("writes it anew, and then no more changes", () => {
    const done = parley(["convert", at("dilemma.gmcr"), at("new.gmcr")]);
    expect(done.code, done.stderr).toBe(0);
    expect(done.stdout).toContain("lost or changed: Entries of decision makers that are not in the format");
    const again = parley(["convert", at("new.gmcr"), at("deeper/again.gmcr"), "--json"]);
    expect(JSON.parse(again.stdout)).toEqual({ format: "gmcr", files: [at("deeper/again.gmcr")], lost: [], notes: [] });
    expect(readFileSync(at("deeper/again.gmcr"), "utf8")).toBe(readFileSync(at("new.gmcr"), "utf8"));
    expect(JSON.parse(readFileSync(at("new.gmcr"), "utf8")).coalitions).toEqual([[0, 1]]);
  });

  it("makes a new case of it, which passes the check, and overwrites none", () => {
    const done = parley(["convert", at("dilemma.gmcr"), at("made"), "--to", "case", "--json"]);
    expect(done.code, done.stderr).toBe(0);
    expect(JSON.parse(done.stdout)).toMatchObject({ format: "case", files: [at("made/case.yaml")] });
    expect(parley(["check", at("made")]).code).toBe(0);
    expect(parley(["stability", at("made"), "--json"]).code).toBe(0);
    const again = parley(["convert", at("dilemma.gmcr"), at("made"), "--to", "case"]);
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining("is there already")]);
    expect(parley(["convert", "ukraine-2024", at("other"), "--to", "case"]).stderr).toContain("is a case already");
  });

  it("writes it as a game, and says what is lost", () => {
    const done = parley(["convert", at("dilemma.gmcr"), at("dilemma.txt"), "--to", "nfg"]);
    expect(done.code, done.stderr).toBe(0);
    expect(readFileSync(at("dilemma.txt"), "utf8")).toMatch(/^NFG 1 R "dilemma" \{ "One" "Two" \}/);
    expect(done.stdout).toContain("lost or changed: Who acts together");
    expect(done.stdout).toContain("in a normal form all choose once");
  });

  it("writes nothing where there is no game, where the file is wrong, or where something is there", () => {
    const oneWay = parley(["convert", at("one-way.gmcr"), at("one-way.nfg")]);
    expect([oneWay.code, oneWay.stderr]).toEqual([2, expect.stringContaining("the option arm can be changed one way")]);
    const broken = parley(["convert", at("broken.gmcr"), at("out.gmcr")]);
    expect([broken.code, broken.stderr]).toEqual([2, expect.stringContaining("broken.gmcr:1:")]);
    const absent = parley(["convert", at("absent.gmcr"), at("out.gmcr")]);
    expect([absent.code, absent.stderr]).toEqual([2, expect.stringContaining("cannot be read")]);
    const folderThere = parley(["convert", at("dilemma.gmcr"), folder, "--to", "nfg"]);
    expect([folderThere.code, folderThere.stderr]).toEqual([2, expect.stringContaining("is a folder")]);
    const unknown = parley(["convert", at("dilemma.gmcr"), at("out.nfx")]);
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining("unknown format of conflicts: nfx")]);
    writeFileSync(at("there.nfg"), "mine");
    const there = parley(["convert", at("dilemma.gmcr"), at("there.nfg")]);
    expect([there.code, there.stderr]).toEqual([2, expect.stringContaining("--force")]);
    expect(readFileSync(at("there.nfg"), "utf8")).toBe("mine");
    expect(parley(["convert", at("dilemma.gmcr"), at("there.nfg"), "--force"]).code).toBe(0);
  });

  it("writes the graph model of a case, which is then the same conflict, and says what it leaves behind", () => {
    const done = parley(["convert", "cuba-1962", at("cuba.gmcr"), "--json"]);
    expect(done.code, done.stderr).toBe(0);
    expect(JSON.parse(done.stdout).notes.join(" ")).toContain("Which state is the status quo.");
    const equilibria = (target: string) => JSON.parse(parley(["stability", target, "--json"]).stdout).equilibria;
    expect(equilibria(at("cuba.gmcr"))).toEqual(equilibria("cuba-1962"));
    const none = parley(["convert", "colombia-2012", at("none.gmcr")]);
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining("the graph model does not apply")]);
  });

  it("has help within 80 columns", () => {
    const { stdout } = parley(["convert", "--help"], { env: { COLUMNS: "80" } });
    expect(stdout).toContain("parley convert cuba.gmcr cuba.nfg");
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  it("asks for a format where the name of a file does not say it", () => {
    const done = parley(["convert", "ukraine-2024", at("domain")]);
    expect([done.code, done.stderr]).toEqual([2, expect.stringContaining("missing format")]);
  });
});
