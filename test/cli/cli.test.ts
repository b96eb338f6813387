import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { BROKEN_CASE, folderWith, parley, root, SMALL_CASE } from "../support/cli.ts";

// biome-ignore lint/suspicious/noControlCharactersInRegex: the styles of a terminal begin with ESC.
const STYLE = /\u001b\[/;

describe("parley", () => {
  it("without words prints its help, examples first, within 80 columns", () => {
    const { code, stdout } = parley([]);
    expect(code).toBe(0);
    expect(stdout.trimStart()).toMatch(/^Examples:/);
    for (const verb of [
      "assess",
      "backup",
      "check",
      "evidence",
      "forecast",
      "open",
      "pack",
      "read",
      "resolve",
      "restore",
      "schema",
      "score",
      "serve",
      "simulate",
      "unpack",
    ])
      expect(stdout).toContain(`  ${verb}`);
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  it.each([
    "assess",
    "backup",
    "check",
    "evidence",
    "forecast",
    "mcp",
    "open",
    "pack",
    "read",
    "resolve",
    "restore",
    "schema",
    "score",
    "serve",
    "simulate",
    "unpack",
  ])("%s --help has examples first, within 80 columns", (verb) => {
    const { code, stdout } = parley([verb, "--help"]);
    expect(code).toBe(0);
    expect(stdout.trimStart()).toMatch(/^Examples:\n {2}parley /);
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  it("prints the version of package.json", () => {
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
    expect(parley(["--version"]).stdout.trim()).toBe(version);
  });

  it.each([
    [["asess", "x"], /unknown command 'asess'/, "did you mean assess?"],
    [["assess", "x", "--jsn"], /unknown option '--jsn'/, "did you mean --json?"],
    [["assess"], /missing required argument 'case'/, "parley --help"],
    [["assess", "ukraine-2024", "--seed", "-1"], /invalid --seed: -1/, ""],
    [["assess", "ukraine-2024", "--seed", "1.5"], /invalid --seed: 1.5/, ""],
    [["assess", "ukraine-2024", "--as-of", "soon"], /invalid --as-of: soon/, ""],
    [["assess", "ukraine-2024", "--reading", "nobody"], /unknown reading: nobody/, ""],
    [["assess", "ukrain-2024"], /missing file: ukrain-2024/, "did you mean ukraine-2024?"],
    [["check", "/nowhere/at/all"], /missing file/, ""],
    [["schema", "cases"], /invalid schema: cases/, "did you mean case?"],
  ])("%j ends with code 2 and says why", (words, message, hint) => {
    const { code, stdout, stderr } = parley(words);
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toMatch(message);
    expect(stderr.toLowerCase()).toContain(hint);
  });

  it("writes no styles into a pipe, and ASCII alone", () => {
    const { stdout } = parley(["assess", "colombia-2012"]);
    expect(stdout).not.toMatch(STYLE);
    expect(stdout).toMatch(/^[\n\x20-\x7e]*$/);
  });
});

describe("parley --json", () => {
  it.each([
    ["assess", "colombia-2012"],
    ["assess", "colombia-2012", "--reading", "all"],
    ["check", "colombia-2012"],
    ["evidence", "colombia-2012"],
    ["evidence", "colombia-2012", "--reading", "all", "--question", "agreement-2016"],
    ["schema", "case"],
    ["schema", "assessment"],
  ])("%s %s %s %s prints one JSON document and nothing else", (...words) => {
    const { code, stdout, stderr } = parley([...words.filter((word) => word !== undefined), "--json"]);
    expect(code).toBe(0);
    expect(() => JSON.parse(stdout)).not.toThrow();
    expect(stderr).toBe("");
  });

  it("says what is wrong as {ok: false, problems}", () => {
    const folder = folderWith({ "case.yaml": BROKEN_CASE });
    const { code, stdout } = parley(["assess", folder, "--json"]);
    expect(code).toBe(2);
    const { ok, problems } = JSON.parse(stdout) as {
      ok: boolean;
      problems: { line: number; column: number; code: string }[];
    };
    expect(ok).toBe(false);
    expect(problems.map(({ line, column, code: found }) => `${line}:${column} ${found}`)).toEqual([
      "4:26 invalid-notation",
      "4:31 unknown-key",
    ]);
  });

  it("says what is wrong with the words themselves in the same form", () => {
    const { code, stdout } = parley(["evidence", "colombia-2012", "--question", "agreement-2061", "--json"]);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      problems: [{ code: "unknown-reference", hint: "did you mean agreement-2016?" }],
    });
  });

  it("gives the same bytes for the same case, version and seed", () => {
    const first = parley(["assess", "colombia-2012", "--seed", "7", "--json"]).stdout;
    expect(parley(["assess", "colombia-2012", "--seed", "7", "--json"]).stdout).toBe(first);
    expect(parley(["assess", "colombia-2012", "--seed", "8", "--json"]).stdout).not.toBe(first);
  });
});

describe("parley check", () => {
  it("checks a case as a reading or a --set leaves it, and takes an unknown reading for a slip of the command line", () => {
    const folder = folderWith({
      "case.yaml": `${SMALL_CASE}readings:\n  bold: {title: Bold, by: somebody, because: a test, set: {claims.losses.credence: 1.5}}\n`,
    });
    expect(parley(["check", folder, "--reading", "all"]).stdout).toMatch(/credence/);
    expect(parley(["check", folder, "--set", "claims.losses.credence=2"]).code).toBe(1);
    const unknown = parley(["check", folder, "--reading", "bald"]);
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toMatch(/unknown reading: bald\n *did you mean bold\?/);
  });

  it("ends with 0 for a clean case, 1 for one with problems, 2 for no case", () => {
    expect(parley(["check", folderWith({ "case.yaml": SMALL_CASE })]).code).toBe(0);
    expect(parley(["check", folderWith({ "case.yaml": BROKEN_CASE })]).code).toBe(1);
    expect(parley(["check", folderWith({})]).code).toBe(2);
  });

  it("names file, line, column, and suggests", () => {
    const folder = folderWith({ "case.yaml": BROKEN_CASE });
    const { stdout } = parley(["check", "case.yaml"], { cwd: folder });
    expect(stdout).toContain("case.yaml:4:31  unknown key: credibilty in claims.a");
    expect(stdout).toContain("did you mean credibility?");
  });

  it("lists at most a hundred problems, by position, and says how many more", () => {
    const claims = Array.from({ length: 150 }, (_, i) => `  c${i}: {text: x, credence: 2}`).join("\n");
    const folder = folderWith({ "case.yaml": `parley: 1\ntitle: Many\nclaims:\n${claims}\n` });
    const { problems } = JSON.parse(parley(["check", folder, "--json"]).stdout) as {
      problems: { line: number; code: string }[];
    };
    expect(problems).toHaveLength(101);
    expect(problems.slice(0, 100).map(({ line }) => line)).toEqual(Array.from({ length: 100 }, (_, i) => i + 4));
    expect(problems[100]?.code).toBe("too-many-problems");
  });

  it("reads standard input", () => {
    expect(parley(["check", "-"], { input: SMALL_CASE }).code).toBe(0);
    const { code, stdout } = parley(["check", "-"], { input: "parley: 1\n" });
    expect([code, stdout.includes("standard input:1:1  missing title")]).toEqual([1, true]);
  });

  it("lists judgements without a source or a reason, and does not fail for them", () => {
    const folder = folderWith({
      "case.yaml":
        "parley: 1\ntitle: T\nquestions: {q: {text: Q, prior: 0.4}}\nclaims: {a: {text: x, bears: {q: 2}}}\n",
    });
    expect(parley(["check", folder]).stdout).not.toContain("provenance");
    const { code, stdout } = parley(["check", folder, "--provenance"]);
    expect(code).toBe(0);
    expect(stdout).toContain("missing provenance: claims.a has neither source: nor because:");
    expect(stdout).toContain("missing provenance: the prior of questions.q");
    expect(stdout).toContain("missing provenance: the strength of claims.a");
  });

  it("does not follow a link out of the folder", () => {
    const outside = folderWith({ "secret.csv": "date,value\n2024-01-01,1\n" });
    const folder = folderWith({
      "case.yaml": "parley: 1\ntitle: T\nindicators: {a: {name: A, unit: km2, file: data/a.csv}}\n",
    });
    mkdirSync(join(folder, "data"));
    symlinkSync(join(outside, "secret.csv"), join(folder, "data", "a.csv"));
    const { code, stdout } = parley(["check", folder]);
    expect([code, stdout.includes("leads out of the case folder")]).toEqual([1, true]);
  });

  it("says what is wrong inside a data file, at its line", () => {
    const folder = folderWith({
      "case.yaml": "parley: 1\ntitle: T\nindicators: {a: {name: A, unit: km2, file: a.csv}}\n",
    });
    const of = (csv: string) => {
      writeFileSync(join(folder, "a.csv"), csv);
      return parley(["check", "."], { cwd: folder }).stdout;
    };
    expect(of("day,wert\n2024-01-01,3\n")).toContain("a.csv:1:1  missing column: value");
    expect(of("date,value\n2024-01-01,3\n01.02.2024,4\n")).toContain("a.csv:3:1  invalid date: 01.02.2024");
    expect(of('date,value\n2024-01-01,"3,5"\n')).toContain("a.csv:2:1  invalid number: 3,5");
    expect(of('date,value\n2024-01-01,"3\n')).toMatch(/a\.csv:\d+:1 {2}invalid CSV/);
    expect(of("date,value\n2024-01-01,3\n2024-01-01,4\n")).toContain("a.csv:3:1  invalid series: two observations");
  });

  it("includes files, tells their places, and refuses what stands twice", () => {
    const folder = folderWith({
      "case.yaml":
        "parley: 1\ntitle: T\ninclude: more.yaml\nclaims:\n  include: claims.yaml\n  a: {text: x, supports: b}\n",
      "more.yaml": "parties:\n  p: {name: P, flag: blue}\n",
      "claims.yaml": "a: {text: again}\nb: {text: y, supports: zz}\n",
    });
    const { stdout } = parley(["check", "."], { cwd: folder });
    expect(stdout).toContain("more.yaml:2:16  unknown key: flag in parties.p");
    expect(stdout).toContain("claims.yaml:1:1  invalid key: a stands twice (first in case.yaml line 6)");
    expect(stdout).toContain("claims.yaml:2:24  unknown claim: zz");
  });
});

describe("parley assess", () => {
  it("writes nothing where the case is broken", () => {
    const folder = folderWith({ "case.yaml": BROKEN_CASE });
    const { code } = parley(["assess", "case.yaml", "--html", "out.html"], { cwd: folder });
    expect([code, existsSync(join(folder, "out.html"))]).toEqual([2, false]);
  });

  it("says where it cannot write", () => {
    const folder = folderWith({ "case.yaml": SMALL_CASE });
    const { code, stderr } = parley(["assess", "case.yaml", "--html", "no/such/folder/out.html"], { cwd: folder });
    expect(code).toBe(2);
    expect(stderr).toMatch(/cannot be written \(it does not exist\)/);
  });

  it("changes a value with --set, and refuses paths that are not there", () => {
    const folder = folderWith({ "case.yaml": SMALL_CASE });
    const median = (words: readonly string[]) => {
      const { stdout } = parley(["evidence", folder, "--json", ...words]);
      return (JSON.parse(stdout) as { questions: { posterior: { yes: { median: number } } }[] }).questions[0]?.posterior
        .yes.median;
    };
    expect(median([])).toBeCloseTo(0.8, 12);
    expect(median(["--set", "claims.losses.credence=0.5"])).toBeCloseTo(2 / 3, 12);
    expect(median(["--set", "claims.losses.bears.talks=1"])).toBeCloseTo(0.5, 12);
    const { code, stderr } = parley(["evidence", folder, "--set", "claims.loses.credence=0.5"]);
    expect([code, stderr.includes("did you mean claims.losses.credence?")]).toEqual([2, true]);
    expect(parley(["evidence", folder, "--set", "claims.losses.credence=2"]).stderr).toContain(
      "--set claims.losses.credence=2:1:24  invalid credence",
    );
  });

  it("leaves out what was not known", () => {
    const strict = JSON.parse(parley(["assess", "colombia-2012", "--strict-as-of", "--json"]).stdout) as {
      hindsight: { count: number; leftOut: string[] };
      indicators: { id: string }[];
    };
    expect(strict.hindsight.count).toBe(0);
    expect(strict.hindsight.leftOut).toContain("indicators.battle-deaths");
    expect(strict.indicators.map(({ id }) => id)).toEqual(["polls"]);
    const early = JSON.parse(parley(["assess", "colombia-2012", "--as-of", "2012-08-01", "--json"]).stdout) as {
      hindsight: { leftOut: string[] };
    };
    expect(early.hindsight.leftOut).toEqual(
      expect.arrayContaining(["sources.icg-2012", "claims.no-victory", "events.oslo"]),
    );
  });

  it("prints the golden text", async () => {
    const { expectGolden } = await import("../support/golden.ts");
    expectGolden("assess-colombia.txt", parley(["assess", "colombia-2012"]).stdout);
    expectGolden("evidence-colombia.txt", parley(["evidence", "colombia-2012"]).stdout);
    expectGolden("ach-colombia.txt", parley(["evidence", "colombia-2012", "--ach"]).stdout);
  });
});
