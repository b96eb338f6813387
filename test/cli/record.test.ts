import { spawn } from "node:child_process";
import { appendFileSync, chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { scoreSchema } from "../../src/assess/index.ts";
import { folderWith, mainFile, parley, SMALL_CASE } from "../support/cli.ts";

/** The small case with two more questions: one of three answers, one that closed early. */
const CASE = SMALL_CASE.replace(
  "claims:",
  `  line:
    text: Where will the front stand at the end of 2025?
    hypotheses: {back: it moved back, still: it stands, on: it moved on}
    ordered: true
    stays: still
    by: 2025-12-31
    prior: {back: 0.2, still: 0.5, on: 0.3}
    because: a guess
  early:
    text: Will they talk by the end of 2024?
    by: 2024-12-31
    prior: 0.1
    because: there is little time
claims:`,
);
const NOW = "2025-02-01T12:00:00Z";
const at = (now: string) => ({ env: { PARLEY_NOW: now } });
const caseFolder = () => folderWith({ "case.yaml": CASE });
const linesOf = (folder: string, name = "record.jsonl") =>
  readFileSync(join(folder, name), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown> & { question: { id: string } });
const forecast = (folder: string, words: readonly string[] = [], now = NOW) =>
  parley(["forecast", folder, ...words], at(now));
/** A text on one line: where it is broken depends on how long the path is. */
const flat = (text: string) => text.replaceAll(/\s+/g, " ");
const mine = ["--by", "Ada", "--question", "talks", "--says", "yes=0.3"];

describe("parley forecast", () => {
  it("freezes the models' answers to every open question, and tells which closed", () => {
    const folder = caseFolder();
    const { code, stdout, stderr } = forecast(folder);
    expect(code).toBe(0);
    expect(stdout).toMatch(/model:evidence {2}yes 80 % {2}no 20 %/);
    expect(stdout).toMatch(/2 lines written to\s[^:]*record\.jsonl/);
    expect(stderr).toMatch(/closed question: early closed on 2024-12-31/);
    const [talks, line] = linesOf(folder);
    expect(talks).toMatchObject({
      format: "parley-record-1",
      kind: "forecast",
      on: "2025-02-01",
      by: "model:evidence",
      question: { id: "talks", hypotheses: ["yes", "no"], stays: "no", closes: "2025-12-31" },
      says: { yes: 0.8, no: 0.2 },
      reading: null,
      seed: 1,
      written: "2025-02-01T12:00:00.000Z",
      follows: [],
    });
    expect(line).toMatchObject({ question: { id: "line", ordered: true, stays: "still" }, follows: [talks?.["hash"]] });
    expect(talks?.["case"]).toBe(
      (JSON.parse(parley(["assess", folder, "--json"]).stdout) as { case: { hash: string } }).case.hash,
    );
  });

  it("adds to what is there, and never the same twice", () => {
    const folder = caseFolder();
    forecast(folder);
    const before = readFileSync(join(folder, "record.jsonl"), "utf8");
    expect(flat(forecast(folder).stdout)).toMatch(/0 lines written to .*; 2 stood there already/);
    expect(flat(forecast(folder, [], "2025-02-02T12:00:00Z").stdout)).toMatch(/2 lines written/);
    expect(readFileSync(join(folder, "record.jsonl"), "utf8").startsWith(before)).toBe(true);
    expect(linesOf(folder)).toHaveLength(4);
  });

  it("takes a person's own forecast: rest to the last hypothesis, percents, a reason", () => {
    const folder = caseFolder();
    expect(forecast(folder, [...mine, "--because", "they are tired"]).code).toBe(0);
    const three = ["--by", "Ada", "--question", "line", "--says", "back=20%,on=30 %"];
    expect(forecast(folder, three).code).toBe(0);
    expect(linesOf(folder)).toMatchObject([
      { by: "Ada", says: { yes: 0.3, no: 0.7 }, because: "they are tired", seed: null },
      { by: "Ada", says: { back: 0.2, on: 0.3, still: 0.5 } },
    ]);
  });

  it("keeps each reading's forecasts as those of a forecaster of its own", () => {
    const folder = folderWith({
      "case.yaml": `${CASE}readings:\n  calm: {name: Calm, kind: held, by: me, because: why not, set: {claims.losses.credence: 0.1}}\n`,
    });
    forecast(folder, ["--reading", "calm"]);
    expect(linesOf(folder)[0]).toMatchObject({ by: "model:evidence@calm", reading: "calm" });
  });

  it("dates back on demand, says so, and then lets only what was known speak", () => {
    const folder = folderWith({
      "case.yaml": CASE.replace("published: 2024-11,", "published: 2024-11-20,"),
    });
    const { stderr, stdout } = forecast(folder, ["--on", "2024-11-10", "--json"]);
    expect(stderr).toBe("");
    const told = JSON.parse(stdout) as {
      datedBack: boolean;
      forecasts: { says: object }[];
      problems: { code: string }[];
    };
    expect(told.datedBack).toBe(true);
    expect(told.problems.map(({ code }) => code)).toContain("record-backdated");
    // The claim's source was not yet published: what is left is the prior.
    expect(told.forecasts[0]?.says).toEqual({ yes: 0.5, no: 0.5 });
  });

  it("shows and writes nothing with --dry-run", () => {
    const folder = caseFolder();
    const { code, stdout } = forecast(folder, ["--dry-run"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/Nothing written: 2 lines would go to/);
    expect(existsSync(join(folder, "record.jsonl"))).toBe(false);
  });

  it("keeps the record of a single file beside it", () => {
    const folder = folderWith({ "river.yaml": CASE });
    expect(forecast(join(folder, "river.yaml"), mine).code).toBe(0);
    expect(linesOf(folder, "river.record.jsonl")).toHaveLength(1);
    const whole = caseFolder();
    forecast(join(whole, "case.yaml"), mine);
    expect(linesOf(whole)).toHaveLength(1);
  });

  it("keeps none in Parley's own folder, but one that is named", () => {
    for (const target of ["colombia-2012", "cases/colombia-2012"]) {
      const { code, stderr } = forecast(target, ["--on", "2013-01-01"]);
      expect(code).toBe(2);
      expect(stderr).toMatch(
        /ships with Parley[\s\S]*copy the case and give the copy, or name a file with --record FILE/,
      );
    }
    expect(existsSync("cases/colombia-2012/record.jsonl")).toBe(false);
    const file = join(folderWith({}), "mine.jsonl");
    expect(forecast("colombia-2012", ["--on", "2013-01-01", "--record", file]).code).toBe(0);
    expect(readFileSync(file, "utf8").trim().split("\n")).toHaveLength(2);
  });

  it.each([
    [["--by", "Ada", "--question", "talks", "--says", "yes=0.3,no=0.8"], /add up to 1.1 \(expected 1\)/],
    [["--by", "Ada", "--question", "talks", "--says", "yes=1.3"], /invalid probability: 1.3/],
    [["--by", "Ada", "--question", "line", "--says", "back=0.3"], /gives none to .*still/],
    [["--by", "Ada", "--question", "talks", "--says", "yse=0.3"], /unknown hypothesis: yse[\s\S]*did you mean yes\?/],
    [["--by", "Ada", "--question", "talks", "--says", "often"], /invalid --says: often/],
    [["--by", "Ada", "--question", "talks", "--says", "yes=0.3,yes=0.4"], /each hypothesis once/],
    [["--by", "Ada", "--question", "talk", "--says", "yes=0.3"], /unknown question: talk\n *did you mean talks\?/],
    [["--by", "Ada", "--says", "yes=0.3"], /missing --question[\s\S]*talks \| line/],
    [["--by", "Ada"], /missing --says/],
    [["--says", "yes=0.3"], /missing --by/],
    [["--by", "model:me", "--question", "talks", "--says", "yes=0.3"], /invalid --by: model:me/],
    [["--on", "2025-02-02"], /invalid --on: 2025-02-02 \(expected .* not after today/],
    [["--on", "2025-02"], /invalid --on: 2025-02/],
    [["--reading", "nobody"], /unknown reading: nobody/],
    [["--question", "early"], /closed question: early[\s\S]*missing questions: none that was asked for is open/],
  ])("%j ends with code 2, says why and writes nothing", (words, message) => {
    const folder = caseFolder();
    const { code, stdout, stderr } = forecast(folder, words);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(message);
    expect(existsSync(join(folder, "record.jsonl"))).toBe(false);
  });

  it("does not add to a record that is broken, and says where", () => {
    const folder = caseFolder();
    forecast(folder, mine);
    forecast(folder, mine, "2025-02-02T12:00:00Z");
    const file = join(folder, "record.jsonl");
    const whole = readFileSync(file, "utf8");
    for (const [text, message] of [
      [whole.replace("0.3", "0.9"), /record\.jsonl:1:1 {2}invalid/],
      [whole.replace(/.*\n/, ""), /record\.jsonl:1:1 {2}invalid history/],
      [`${whole}{"format":`, /record\.jsonl:3:1 {2}invalid entry: the line ends in the middle/],
      [`${whole}${whole.split("\n")[0]?.replace("parley-record-1", "parley-record-7")}\n`, /:3:1 {2}unknown format/],
    ] as const) {
      writeFileSync(file, text);
      const { code, stderr } = forecast(folder, mine, "2025-02-03T12:00:00Z");
      expect(code).toBe(2);
      expect(stderr).toMatch(message);
      expect(readFileSync(file, "utf8")).toBe(text);
    }
  });

  it("mends a last line without its end", () => {
    const folder = caseFolder();
    forecast(folder, mine);
    const file = join(folder, "record.jsonl");
    writeFileSync(file, readFileSync(file, "utf8").trimEnd());
    expect(forecast(folder, mine, "2025-02-02T12:00:00Z").code).toBe(0);
    expect(linesOf(folder)).toHaveLength(2);
  });

  it("writes through no link, and to nothing that is read-only", () => {
    const folder = caseFolder();
    const elsewhere = join(folderWith({ "elsewhere.txt": "" }), "elsewhere.txt");
    symlinkSync(elsewhere, join(folder, "record.jsonl"));
    expect(forecast(folder, mine).stderr).toMatch(/path/);
    expect(readFileSync(elsewhere, "utf8")).toBe("");
    const shut = caseFolder();
    chmodSync(shut, 0o555);
    const { code, stderr } = forecast(shut, mine);
    chmodSync(shut, 0o755);
    expect(code).toBe(2);
    expect(stderr).toMatch(/cannot\s+be\s+written\s+\((it\s+is\s+read-only|permission\s+denied)\)/);
    const blocked = caseFolder();
    mkdirSync(join(blocked, "record.jsonl"));
    expect(forecast(blocked, mine).stderr).toMatch(/it\s+is\s+no\s+file/);
    expect(parley(["forecast", "-"], { input: CASE }).stderr).toMatch(/no folder that a record could stand in/);
  });

  it("loses no line where several write at once", async () => {
    const folder = caseFolder();
    const names = ["a", "b", "c", "d", "e"];
    const codes = await Promise.all(
      names.map(
        (name) =>
          new Promise((done) => {
            const words = ["forecast", folder, "--by", name, "--question", "talks", "--says", "yes=0.3"];
            const child = spawn(process.execPath, [mainFile, ...words], { env: { ...process.env, PARLEY_NOW: NOW } });
            child.on("close", done);
          }),
      ),
    );
    expect(codes).toEqual([0, 0, 0, 0, 0]);
    expect(
      linesOf(folder)
        .map(({ by }) => by)
        .sort(),
    ).toEqual(names);
    // Whoever wrote beside another is joined by the next.
    expect(forecast(folder, mine, "2025-02-02T12:00:00Z").code).toBe(0);
    expect(forecast(folder, mine, "2025-02-03T12:00:00Z").stderr).toBe("");
  });

  it("leaves the case as it was: its check, its hash and its answers do not know of the record", () => {
    const folder = caseFolder();
    const before = parley(["assess", folder, "--json"]).stdout;
    forecast(folder);
    appendFileSync(join(folder, "record.jsonl"), "nonsense\n");
    expect(parley(["assess", folder, "--json"]).stdout).toBe(before);
    expect(parley(["check", folder]).code).toBe(0);
  });
});

const resolve = (folder: string, words: readonly string[], now = NOW) => parley(["resolve", folder, ...words], at(now));
const settled = ["talks", "yes", "--source", "Reuters, 2025-01-20", "--on", "2025-01-20"];

describe("parley resolve", () => {
  it("adds how a question came out, by whom and when, and counts what comes too late", () => {
    const folder = caseFolder();
    forecast(folder, mine, "2025-01-10T12:00:00Z");
    forecast(folder, mine);
    const { code, stdout } = resolve(folder, [...settled, "--because", "both confirmed it"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/talks: yes \(2025-01-20\)\. 2 forecasts of it are in the record, 1 of them dated\s+after/);
    expect(linesOf(folder).at(-1)).toMatchObject({
      kind: "resolution",
      outcome: "yes",
      on: "2025-01-20",
      source: "Reuters, 2025-01-20",
      because: "both confirmed it",
    });
    expect(forecast(folder, mine).stderr).toMatch(/closed question: talks was resolved on 2025-01-20/);
  });

  it("resolves once, and anew with --again; the former line stays", () => {
    const folder = caseFolder();
    resolve(folder, settled);
    const other = ["talks", "no", "--source", "AFP", "--on", "2025-01-21"];
    const { code, stderr } = resolve(folder, other);
    expect(code).toBe(2);
    expect(stderr).toMatch(/talks is resolved as yes already[\s\S]*--again/);
    expect(resolve(folder, [...other, "--again"]).code).toBe(0);
    expect(linesOf(folder).map(({ outcome }) => outcome)).toEqual(["yes", "no"]);
  });

  it("annuls with a reason", () => {
    const folder = caseFolder();
    const { code, stdout } = resolve(folder, ["line", "--annul", "--because", "no maps", "--source", "me", "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, outcome: null, annulled: true, because: "no maps" });
  });

  it("does not contradict the case's own resolutions", () => {
    const folder = folderWith({
      "case.yaml": `${CASE}resolutions:\n  talks: {outcome: no, date: 2025-01-20, source: report}\n`,
    });
    expect(resolve(folder, settled).stderr).toMatch(/is resolved as no already/);
    expect(resolve(folder, [...settled, "--again"]).stderr).toMatch(
      /case\.yaml:\d+:\d+ {2}invalid resolution: talks is yes in the record and no in the case/,
    );
    expect(existsSync(join(folder, "record.jsonl"))).toBe(false);
  });

  it.each([
    [["talk", "yes", "--source", "x"], /unknown question: talk\n *did you mean talks\?/],
    [["talks", "yess", "--source", "x"], /unknown hypothesis: yess[\s\S]*did you mean yes\?/],
    [["talks", "yes"], /missing --source/],
    [["talks", "--source", "x"], /missing outcome/],
    [["talks", "yes", "--annul", "--because", "y", "--source", "x"], /invalid outcome: yes beside --annul/],
    [["talks", "--annul", "--source", "x"], /missing --because/],
    [["talks", "yes", "--source", "x", "--on", "2025-03-01"], /invalid --on: 2025-03-01/],
  ])("%j ends with code 2, says why and writes nothing", (words, message) => {
    const folder = caseFolder();
    const { code, stderr } = resolve(folder, words);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(existsSync(join(folder, "record.jsonl"))).toBe(false);
  });
});

const score = (words: readonly string[]) => parley(["score", ...words], at("2026-01-15T12:00:00Z"));

describe("parley score", () => {
  /** A case with three forecasters, one question settled. */
  const settledCase = () => {
    const folder = caseFolder();
    forecast(folder, [], "2024-12-01T12:00:00Z");
    forecast(folder, mine, "2024-12-01T12:00:00Z");
    resolve(folder, settled);
    return folder;
  };
  const folder = settledCase();

  it("scores what was said against what came, and says that few questions show nothing", () => {
    const { code, stdout, stderr } = score([folder]);
    expect(code).toBe(0);
    expect(stderr).toBe("");
    expect(stdout).toMatch(/Of 3 questions 1 resolved, 2 open\./);
    expect(stdout).toMatch(/nothing can be\s+concluded about anybody's skill/);
    expect(stdout).toMatch(/ talks +yes +2025-01-20 +Reuters, 2025-01-20/);
    expect(stdout).toMatch(/model:evidence +1 +0\.040/);
    expect(stdout).toMatch(/Ada +1 +0\.490/);
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  it("prints one JSON document, as its schema has it", () => {
    const { code, stdout } = score([folder, "--json"]);
    expect(code).toBe(0);
    const found = scoreSchema.parse(JSON.parse(stdout));
    expect(found.sets.map(({ kind }) => kind)).toEqual(["made"]);
    expect(found.cases[0]?.record).toMatchObject({ forecasts: 4, resolutions: 1 });
    expect(JSON.parse(parley(["schema", "score"]).stdout)).toMatchObject({ title: "Parley score, format 1" });
  });

  it("ends with 1 where an assertion does not hold, for the forecasters that are named", () => {
    expect(score([folder, "--assert", "brier<0.25"]).code).toBe(1);
    expect(score([folder, "--by", "model:evidence", "--assert", "brier<0.25"]).code).toBe(0);
    const { code, stdout } = score([folder, "--by", "Ada", "--assert", "brier<0.25", "--assert", "log<2", "--json"]);
    expect(code).toBe(1);
    expect((JSON.parse(stdout) as { assertions: unknown }).assertions).toMatchObject([
      { text: "brier<0.25", by: "Ada", holds: false },
      { text: "log<2", by: "Ada", holds: true },
    ]);
  });

  it("scores dated-back forecasts apart, and calls them no skill", () => {
    const dated = caseFolder();
    forecast(dated, ["--on", "2024-12-01"], "2025-01-10T12:00:00Z");
    resolve(dated, settled);
    const { stdout } = score([dated]);
    expect(stdout).toMatch(/Forecasts dated back: no skill/);
    expect(stdout).not.toMatch(/Forecasts made/);
  });

  it("scores a bundled case by what it would have said, as hindsight", () => {
    const { code, stdout } = score(["colombia-2012"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/written when the outcomes were known:\s+it cannot show skill/);
    expect(stdout).toMatch(/Answers given in hindsight: no skill/);
  });

  it("scores every case below a folder together, and tells those that cannot be read", () => {
    const all = folderWith({});
    for (const name of ["a", "b", "broken", "new"]) mkdirSync(join(all, name));
    for (const name of ["a", "b"]) {
      for (const file of ["case.yaml", "record.jsonl"]) {
        writeFileSync(join(all, name, file), readFileSync(join(folder, file)));
      }
    }
    writeFileSync(join(all, "new", "case.yaml"), CASE);
    expect(score(["--all", all]).code).toBe(0);
    writeFileSync(join(all, "broken", "case.yaml"), CASE);
    writeFileSync(join(all, "broken", "record.jsonl"), "nonsense\n");
    const { code, stdout } = score(["--all", all, "--json"]);
    expect(code).toBe(1);
    const found = scoreSchema.parse(JSON.parse(stdout));
    expect(found.cases.map(({ id }) => id)).toEqual(["a", "b"]);
    expect(found.clusteredBy).toBe("case");
    expect(found.sets[0]?.forecasters[0]).toMatchObject({ by: "model:evidence", questions: 2, brier: { clusters: 2 } });
    expect(found.problems).toMatchObject([{ code: "record-line", line: 1 }]);
  });

  it.each([
    [[caseFolder()], /missing resolutions: no question that was forecast is resolved yet/],
    [[], /missing case: which one\?/],
    [["/nowhere"], /missing file/],
    [["--all", "/nowhere"], /missing file/],
    [["--all", folderWith({})], /missing resolutions/],
    [[folder, "--by", "Adda"], /unknown forecaster: Adda\n *did you mean Ada\?/],
    [[folder, "--assert", "breir<1"], /invalid --assert: breir<1/],
    [[folder, "--record", "/nowhere/x.jsonl"], /missing file/],
  ])("%j ends with code 2 and says why", (words, message) => {
    const { code, stderr } = score(words);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });

  it("refuses a broken record, and one that contradicts the case", () => {
    const broken = caseFolder();
    writeFileSync(
      join(broken, "record.jsonl"),
      readFileSync(join(folder, "record.jsonl"), "utf8").replace("0.3", "0.8"),
    );
    expect(score([broken]).stderr).toMatch(/record\.jsonl:\d:1 {2}invalid/);
    expect(score([broken]).code).toBe(2);
    const two = folderWith({
      "case.yaml": `${CASE}resolutions:\n  talks: {outcome: no, date: 2025-01-20, source: report}\n`,
    });
    writeFileSync(join(two, "record.jsonl"), readFileSync(join(folder, "record.jsonl")));
    const { code, stderr } = score([two]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/case\.yaml:\d+:\d+ {2}invalid resolution: talks is yes in the record and no in the case/);
  });
});
