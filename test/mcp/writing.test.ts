import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FolderShelf } from "../../src/mcp/folder-shelf.ts";
import { pathIn, undoLast, writeVersion } from "../../src/mcp/versions.ts";
import { type Assistant, assistant } from "../support/assistant.ts";
import { folderWith, parley, root, SMALL_CASE } from "../support/cli.ts";

const TEXT = "Ukraine lost 40 tanks in May 2024.\n\nRussia said that it would not negotiate before 2025.";

/** The texts in a folder by their paths, Parley's own versions left out. */
function textsIn(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    names
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !path.includes("/.parley/"))
      .sort()
      .map((path) => [path.slice(folder.length + 1), readFileSync(path, "utf8")]),
  );
}

describe("writing for an assistant", () => {
  let the: Assistant;
  let folder: string;
  let own: string;
  let outside: string;
  beforeAll(async () => {
    const above = realpathSync(folderWith({}));
    folder = join(above, "drafts");
    own = join(folder, "small");
    outside = join(above, "outside");
    for (const path of [own, outside, join(folder, "bent")]) mkdirSync(path, { recursive: true });
    writeFileSync(join(own, "case.yaml"), SMALL_CASE);
    writeFileSync(join(outside, "case.yaml"), SMALL_CASE);
    // A case whose claims stand in a file that is a link to another in the same folder.
    writeFileSync(
      join(folder, "bent", "case.yaml"),
      `${SMALL_CASE.split("claims:")[0]}claims: {include: claims.yaml}\n`,
    );
    writeFileSync(join(folder, "bent", "real.yaml"), "one: {text: One thing., source: report}\n");
    symlinkSync(join(folder, "bent", "real.yaml"), join(folder, "bent", "claims.yaml"));
    symlinkSync(outside, join(folder, "way-out"));
    the = await assistant([outside, "--write", folder]);
  });
  afterAll(() => the.close());

  it("adds drafts as a version with the former text beside it, and takes them back", async () => {
    const before = textsIn(own);
    const { data, isError } = await the.ask("add_drafts", {
      case: "drafts/small",
      text: TEXT,
      title: "A note",
      date: "2024-06",
    });
    expect([isError, data?.claims.length, data?.written.version]).toEqual([false, 2, 1]);
    const now = readFileSync(join(own, "case.yaml"), "utf8");
    expect(now.startsWith(SMALL_CASE.slice(0, 60))).toBe(true);
    expect(now.match(/status: draft/g)).toHaveLength(2);
    expect(readFileSync(join(own, ".parley", "versions", "0001", "before", "case.yaml"), "utf8")).toBe(SMALL_CASE);
    expect(parley(["check", own]).code).toBe(0);
    const twice = await the.ask("add_drafts", { case: "drafts/small", text: TEXT, title: "A note", date: "2024-06" });
    expect([twice.isError, twice.problems[0]?.code]).toEqual([true, "source-there"]);
    const undone = await the.ask("undo_write", { case: "drafts/small" });
    expect(undone.data.undone.version).toBe(1);
    expect(textsIn(own)).toEqual(before);
    // What was taken back is kept, too.
    expect(readFileSync(join(own, ".parley", "versions", "0002", "before", "case.yaml"), "utf8")).toBe(now);
    const again = await the.ask("undo_write", { case: "drafts/small" });
    expect([again.isError, again.problems[0]?.code]).toEqual([true, "version-none"]);
  });

  it("takes nothing back that somebody else has changed since", async () => {
    await the.ask("add_drafts", { case: "drafts/small", text: TEXT, title: "A note" });
    const changed = `${readFileSync(join(own, "case.yaml"), "utf8")}# by hand\n`;
    writeFileSync(join(own, "case.yaml"), changed);
    const { isError, problems } = await the.ask("undo_write", { case: "drafts/small" });
    expect([isError, problems[0]?.code]).toEqual([true, "version-stale"]);
    expect(readFileSync(join(own, "case.yaml"), "utf8")).toBe(changed);
  });

  it.each([
    ["a template", { template: "war", title: "A war" }],
    ["a text of a case", { yaml: SMALL_CASE }],
    ["an article", { text: TEXT, title: "A note", date: "2024-06-01" }],
    ["a bundled case", { copy: "colombia-2012" }],
  ])("makes a case from %s, which passes the check, and takes it away again", async (what, from) => {
    const name = what.replaceAll(" ", "-");
    const made = await the.ask("new_case", { name, from });
    expect(made).toMatchObject({ isError: false, data: { case: `drafts/${name}`, path: join(folder, name) } });
    expect((await the.ask("check_case", { case: `drafts/${name}` })).data.ok).toBe(true);
    const taken = await the.ask("new_case", { name, from: { template: "blank", title: "Another" } });
    expect([taken.isError, taken.problems[0]?.code]).toEqual([true, "file-there"]);
    await the.ask("undo_write", { case: `drafts/${name}` });
    expect(textsIn(join(folder, name))).toEqual({});
    expect((await the.ask("check_case", { case: `drafts/${name}` })).isError).toBe(true);
    expect((await the.ask("new_case", { name, from })).data.written.version).toBe(3);
  });

  it("copies a case whole, its data too", async () => {
    await the.ask("new_case", { name: "copied", from: { copy: "ukraine-2024" } });
    const copied = textsIn(join(folder, "copied"));
    const all = textsIn(join(root, "cases", "ukraine-2024"));
    for (const [name, text] of Object.entries(copied)) expect(text).toBe(all[name]);
    const hash = async (id: string) => (await the.ask("weigh_evidence", { case: id })).data.questions[0].posterior;
    expect(await hash("drafts/copied")).toEqual(await hash("ukraine-2024"));
  });

  it.each([
    ["a case that is only shown", { case: "outside", text: TEXT }, "write-elsewhere"],
    ["a bundled case", { case: "ukraine-2024", text: TEXT }, "write-elsewhere"],
    ["a way out", { case: "drafts/way-out", text: TEXT }, "unknown-reference"],
    ["a path", { case: "drafts/../outside", text: TEXT }, "unknown-reference"],
    ["a file that is a link", { case: "drafts/bent", text: TEXT }, "write-through-link"],
  ])("writes nothing into %s", async (_, input, code) => {
    const before = [textsIn(outside), textsIn(join(folder, "bent"))];
    const { isError, problems } = await the.ask("add_drafts", input);
    expect([isError, problems[0]?.code]).toEqual([true, code]);
    expect([textsIn(outside), textsIn(join(folder, "bent"))]).toEqual(before);
    expect(existsSync(join(outside, ".parley"))).toBe(false);
  });

  it("names the templates where a case is to be made from none of them", async () => {
    const { isError, problems } = await the.ask("new_case", { name: "x", from: { template: "wars", title: "X" } });
    expect([isError, problems[0]?.message]).toEqual([
      true,
      expect.stringMatching(/from\.template: .*"talks".*"war"|from\.template: .*"war".*"talks"/),
    ]);
  });

  it.each(["../up", "/tmp/x", "a/b", ".hidden", "..", "Big", ""])("makes no case named %j", async (name) => {
    const { isError } = await the.ask("new_case", { name, from: { template: "blank", title: "X" } });
    expect(isError).toBe(true);
    expect(readdirSync(join(folder, "..")).sort()).toEqual(["drafts", "outside"]);
  });

  it("makes no case through a link, nor of a text with errors", async () => {
    const linked = await the.ask("new_case", { name: "way-out", from: { template: "blank", title: "X" } });
    expect([linked.isError, linked.problems[0]?.code]).toEqual([true, "write-through-link"]);
    const yaml = SMALL_CASE.replace("prior: 0.5", "prior: 1.5");
    const broken = await the.ask("new_case", { name: "broken", from: { yaml } });
    expect([broken.isError, existsSync(join(folder, "broken"))]).toEqual([true, false]);
    expect(broken.text).toMatch(/case\.yaml:12:\d+/);
  });
});

describe("versions", () => {
  const name = fc.constantFrom("case.yaml", "claims.yaml", "data/a.csv");
  const write = fc.dictionary(name, fc.option(fc.string({ unit: "binary" }).map((text) => text.toWellFormed())), {
    minKeys: 1,
  });

  it("bring back every former state, one after the other, and lose none", () => {
    fc.assert(
      fc.property(fc.array(write, { minLength: 1, maxLength: 6 }), (writes) => {
        const rootFolder = realpathSync(folderWith({}));
        const folder = join(rootFolder, "case");
        mkdirSync(folder);
        const states = [textsIn(folder)];
        for (const texts of writes) {
          writeVersion({ root: rootFolder, folder, did: "test", texts: new Map(Object.entries(texts)) });
          states.push(textsIn(folder));
        }
        for (const state of states.slice(0, -1).toReversed()) {
          undoLast(rootFolder, folder, "case");
          expect(textsIn(folder)).toEqual(state);
        }
        expect(() => undoLast(rootFolder, folder, "case")).toThrow("nothing to undo");
        expect(readdirSync(join(folder, ".parley", "versions"))).toHaveLength(2 * writes.length);
      }),
      { numRuns: 30 },
    );
  });

  it("leave out a write that was put back by hand, or never came about", () => {
    const rootFolder = realpathSync(folderWith({}));
    const folder = join(rootFolder, "case");
    mkdirSync(folder);
    const write = (text: string) =>
      writeVersion({ root: rootFolder, folder, did: text, texts: new Map([["case.yaml", text]]) });
    write("one");
    write("two");
    writeFileSync(join(folder, "case.yaml"), "one");
    expect(undoLast(rootFolder, folder, "case").undone.did).toBe("one");
    expect(textsIn(folder)).toEqual({});
  });

  it("stay in their folder", () => {
    const rootFolder = realpathSync(folderWith({}));
    for (const bad of [
      "../x",
      "/x",
      "a/../../x",
      "a\\b",
      ".parley/versions/0001",
      "a/.git/config",
      "",
      "a//b",
      "./a",
    ]) {
      expect(() => pathIn(rootFolder, join(rootFolder, "case"), bad), bad).toThrow("leads out");
    }
    expect(pathIn(rootFolder, join(rootFolder, "case"), "data/a.csv")).toBe(join(rootFolder, "case", "data", "a.csv"));
  });
});

describe("a shelf", () => {
  it("calls no two cases the same, and each the same in every thread", async () => {
    const above = realpathSync(folderWith({}));
    for (const path of ["a/cases/x", "b/cases/x", "ukraine-2024"]) {
      mkdirSync(join(above, path), { recursive: true });
      writeFileSync(join(above, path, "case.yaml"), SMALL_CASE);
    }
    const folders = ["a/cases", "b/cases", "ukraine-2024"].map((path) => join(above, path));
    const make = () => new FolderShelf({ bundled: join(root, "cases"), folders, write: [join(above, "b")] }).list();
    const made = await make();
    const ids = made.map(({ id }) => id);
    expect(ids.slice(0, 3)).toEqual(["cases/x", "ukraine-2024-2", "b/cases/x"]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(await make()).toEqual(made);
    expect(made.filter(({ writable }) => writable).map(({ id }) => id)).toEqual(["b/cases/x"]);
  });
});
