import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { BROKEN_CASE, folderWith, parley, root, SMALL_CASE } from "../support/cli.ts";
import { pdfOf, scannedPdf } from "../support/pdf.ts";

const SUDAN = join(root, "test/reader/texts/sudan.txt");
const ARTICLE =
  "Talks near\n\nBy Jane Example\n\nPublished 5 May 2024\n\nRussia rejected the plan last week. Ukraine has received over USD 20 billion from more than 40 countries since February 2022.\n";

describe("parley read", () => {
  it("has examples first in its help, within 80 columns", () => {
    const { code, stdout } = parley(["read", "--help"]);
    expect(code).toBe(0);
    expect(stdout.trimStart()).toMatch(/^Examples:\n {2}parley read /);
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  it("starts a case that is without problems, and that assess takes", () => {
    const { code, stdout, stderr } = parley(["read", SUDAN]);
    expect([code, stderr]).toEqual([0, ""]);
    const folder = folderWith({ "case.yaml": stdout });
    expect(parley(["check", folder]).stdout).toBe("no problems\n");
    expect(parley(["check", folder, "--provenance"]).stdout).toBe("no problems\n");
    expect(parley(["assess", folder, "--short"]).code).toBe(0);
    expect(stdout).toContain("status: draft");
    // A question written as the hint says makes the case answer.
    const asked = stdout.replace(
      /# questions:\n((?:# .*\n)+?)# and then/,
      (_, lines: string) => `questions:\n${lines.replaceAll(/^# /gm, "")}# and then`,
    );
    const second = folderWith({ "case.yaml": asked });
    expect(parley(["check", second]).stdout).toBe("no problems\n");
    expect(parley(["assess", second, "--short"]).stdout).toMatch(/Talks by 31 December 2025/);
  });

  it("keeps no sentence of the text unless asked to", () => {
    expect(parley(["read", SUDAN]).stdout).not.toContain("broke out");
    expect(parley(["read", SUDAN, "--keep-text"]).stdout).toContain("broke out");
  });

  it("prints one JSON document with sentences, dates and quantities", () => {
    const { code, stdout, stderr } = parley(["read", "-", "--json"], { input: ARTICLE });
    expect([code, stderr]).toEqual([0, ""]);
    const { ok, document, candidates } = JSON.parse(stdout) as {
      ok: boolean;
      document: object;
      candidates: Record<string, unknown>[];
    };
    expect(ok).toBe(true);
    expect(document).toEqual({
      title: "Talks near",
      by: "Jane Example",
      published: "2024-05-05",
      paragraphs: 3,
      sentences: 4,
      english: true,
    });
    expect(candidates[0]).toMatchObject({
      paragraph: 3,
      sentence: 1,
      sentenceText: "Russia rejected the plan last week.",
      kind: "position",
      actors: ["Russia"],
      direction: "obstacle",
    });
    expect(candidates[0]?.["dates"]).toMatchObject([{ text: "last week", date: "2024-04-22" }]);
    expect(candidates[1]?.["quantities"]).toMatchObject([
      { value: 20_000_000_000, unit: "USD", comparator: "over" },
      { value: 40, unit: "countries", comparator: "more than" },
    ]);
  });

  it("gives the same bytes again, whatever the time zone and the language of the machine", () => {
    const env = { TZ: "Pacific/Kiritimati", LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8" };
    expect(parley(["read", SUDAN, "--json"], { env }).stdout).toBe(
      parley(["read", SUDAN, "--json"], { env: { TZ: "UTC" } }).stdout,
    );
  });

  it("reads PDF, HTML and Markdown by their content on standard input", () => {
    for (const name of ["caucasus.md", "colombia.html"]) {
      const input = readFileSync(join(root, "test/reader/texts", name), "utf8");
      const { stdout } = parley(["read", "-", "--json"], { input });
      expect(JSON.parse(stdout)).toEqual(
        JSON.parse(parley(["read", join(root, "test/reader/texts", name), "--json"]).stdout),
      );
    }
  });

  it("reads a PDF from a file", async () => {
    const folder = folderWith({ "a.pdf": await pdfOf(ARTICLE) });
    const { candidates } = JSON.parse(parley(["read", join(folder, "a.pdf"), "--json"]).stdout) as {
      candidates: { sentenceText: string }[];
    };
    expect(candidates.map(({ sentenceText }) => sentenceText)).toContain("Russia rejected the plan last week.");
  });

  it("says when a text is not English, has no date or nothing to find", () => {
    const german =
      "Die Regierung und die Rebellen haben am 5. Februar 2024 verhandelt, wie ein Sprecher der Armee sagte. Die Gespräche sollen bald weitergehen, aber die Lage ist nach wie vor schwierig und ernst.";
    expect(parley(["read", "-"], { input: german }).stderr).toMatch(/unknown language: the text does not look English/);
    expect(parley(["read", "-"], { input: "Russia attacked last week." }).stderr).toMatch(
      /missing date of publication/,
    );
    expect(parley(["read", "-"], { input: "Good morning to all of you." }).stderr).toMatch(/missing candidates/);
  });

  it("lets no control character through", () => {
    const input = `A \u001b[31mtitle\u0007\n\nRussia \u001b]0;x\u0007attacked\u202e Ukraine in May 2024.\n`;
    for (const words of [[], ["--json"], ["--keep-text"]]) {
      const { stdout, stderr } = parley(["read", "-", ...words], { input });
      // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there.
      expect(stdout + stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]|\\u00[01]/);
    }
  });
});

describe("parley read --into", () => {
  it("adds to a case, changes nothing else, and does not do it twice", () => {
    const folder = folderWith({ "case.yaml": SMALL_CASE, "a.txt": ARTICLE });
    const file = join(folder, "case.yaml");
    chmodSync(file, 0o640);
    const first = parley(["read", join(folder, "a.txt"), "--into", folder]);
    expect(first.stdout).toMatch(/^2 drafts from example-2024: added to .*case\.yaml\n/);
    const after = readFileSync(file, "utf8");
    for (const line of SMALL_CASE.split("\n")) expect(after).toContain(line);
    expect(after).toContain("source: example-2024#3");
    expect(statSync(file).mode & 0o777).toBe(0o640);
    expect(parley(["check", folder]).stdout).toBe("no problems\n");
    const again = parley(["read", join(folder, "a.txt"), "--into", file]);
    expect(again.code).toBe(2);
    expect(again.stderr).toMatch(/example-2024 is this text already\n.*--again/);
    expect(readFileSync(file, "utf8")).toBe(after);
    const { into } = JSON.parse(
      parley(["read", join(folder, "a.txt"), "--into", folder, "--again", "--json"]).stdout,
    ) as { into: { claims: string[] } };
    expect(into.claims).toEqual(["example-2024-3-1-2", "example-2024-3-2-2"]);
    expect(parley(["check", folder]).stdout).toBe("no problems\n");
    expect(readdirSync(folder).sort()).toEqual(["a.txt", "case.yaml"]);
  });

  it("makes a case where there is none, and says so", () => {
    const folder = folderWith({ "a.txt": ARTICLE });
    const { code, stdout } = parley(["read", join(folder, "a.txt"), "--into", join(folder, "new/case")]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/made a new case, .*new\/case\/case\.yaml/);
    expect(parley(["check", join(folder, "new/case")]).stdout).toBe("no problems\n");
  });

  it("names the case's own parties", () => {
    const folder = folderWith({
      "a.txt": ARTICLE,
      "case.yaml": `${SMALL_CASE}parties:\n  ru: {name: Russian Federation, aliases: [Russia]}\n`,
    });
    parley(["read", join(folder, "a.txt"), "--into", folder]);
    expect(readFileSync(join(folder, "case.yaml"), "utf8")).toContain("about: [ru]");
  });

  it.each([
    ["a case that is broken", "parley: 1\ntitle: [\n", /invalid YAML/],
    [
      "claims in braces",
      "parley: 1\ntitle: T\nclaims: {}\n",
      /case\.yaml:3:1 {2}invalid layout: claims is written in braces/,
    ],
    ["sources in braces", "parley: 1\ntitle: T\nsources: {a: {title: A}}\n", /invalid layout: sources/],
    [
      "a case of an earlier day",
      "parley: 1\ntitle: T\nasOf: 2024-01-01\n",
      /published 2024-05-05, after the case's asOf/,
    ],
  ])("refuses %s and writes nothing", (_, text, message) => {
    const folder = folderWith({ "case.yaml": text, "a.txt": ARTICLE });
    const { code, stderr, stdout } = parley(["read", join(folder, "a.txt"), "--into", folder]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(message);
    expect(readFileSync(join(folder, "case.yaml"), "utf8")).toBe(text);
    expect(readdirSync(folder).sort()).toEqual(["a.txt", "case.yaml"]);
  });

  it("keeps what was wrong with a case for its author to mend, and adds all the same", () => {
    const folder = folderWith({
      "case.yaml": BROKEN_CASE.replace("{text: x, credence: 1.4, credibilty: 3}", "\n    text: x\n    credence: 1.4"),
      "a.txt": ARTICLE,
    });
    expect(parley(["read", join(folder, "a.txt"), "--into", folder]).code).toBe(0);
  });

  it("changes no case that ships with Parley", () => {
    const { code, stderr } = parley(["read", "-", "--into", "ukraine-2024"], { input: ARTICLE, cwd: folderWith({}) });
    expect(code).toBe(2);
    expect(stderr).toMatch(/ukraine-2024 is a case that ships with Parley/);
  });
});

describe("parley read, with a text that cannot be read,", () => {
  const folder = folderWith({
    "empty.txt": "",
    "zero.txt": new Uint8Array([65, 0]),
    "latin.txt": new Uint8Array([65, 0xe9, 66]),
    "no.pdf": "words",
    "bad.pdf": "%PDF-1.4 x",
  });
  mkdirSync(join(folder, "folder"));

  it.each([
    ["nowhere.txt", /missing file: .*nowhere\.txt/],
    ["emty.txt", /did you mean .*empty\.txt\?/],
    ["folder", /cannot be read \(it is a folder\)/],
    ["empty.txt", /missing text: there are no words in it/],
    ["zero.txt", /invalid text: it is no text/],
    ["latin.txt", /invalid text: it is not valid UTF-8/],
    ["no.pdf", /invalid text: it is no PDF/],
    ["bad.pdf", /invalid text: the PDF is damaged/],
  ])("%s, says so in one message and ends with 2", (name, message) => {
    const target = join(folder, "new-case");
    const { code, stdout, stderr } = parley(["read", join(folder, name), "--into", target]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(message);
    expect(existsSync(target)).toBe(false);
    const { ok, problems } = JSON.parse(parley(["read", join(folder, name), "--json"]).stdout) as {
      ok: boolean;
      problems: object[];
    };
    expect(ok).toBe(false);
    expect(problems).toHaveLength(1);
  });

  it("locked, scanned or over 20 MB, says so too", async () => {
    writeFileSync(join(folder, "locked.pdf"), await pdfOf("Words.", { password: "secret" }));
    writeFileSync(join(folder, "scan.pdf"), await scannedPdf());
    writeFileSync(join(folder, "huge.txt"), "word ".repeat(4_200_000));
    expect(parley(["read", join(folder, "locked.pdf")]).stderr).toMatch(/locked with a password/);
    expect(parley(["read", join(folder, "scan.pdf")]).stderr).toMatch(/no text \(a scan\?\)/);
    expect(parley(["read", join(folder, "huge.txt")]).stderr).toMatch(/21\.0 MB is too large/);
  });

  it.each([
    [["read", "-", "--date", "soon"], /invalid --date: soon/],
    [["read", "-", "--into", "-"], /invalid --into: -/],
    [["read"], /missing required argument 'text'/],
  ])("%j ends with 2 and says why", (words, message) => {
    const { code, stderr } = parley(words, { input: ARTICLE });
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});
