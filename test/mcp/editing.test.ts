import { cpSync, existsSync, mkdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Desk, FolderShelf } from "../../src/mcp/index.ts";
import { answerCall } from "../../src/mcp/service.ts";
import { type Assistant, assistant } from "../support/assistant.ts";
import { folderWith, parley, root, SMALL_CASE } from "../support/cli.ts";

/** A case on two files, with a comment, a reading whose keys hold dots, and references to its claim and its source. */
const TWO_FILES = {
  "case.yaml": `${SMALL_CASE.split("claims:")[0]}# What follows is argued elsewhere.
claims: {include: claims.yaml}
readings:
  gloomy:
    kind: held
    name: Gloomy
    set: {claims.losses.credence: 0.5}
`,
  "claims.yaml": `losses: {text: Losses are heavy., source: report#1, credence: 1, bears: {talks: 4}, encoded: {by: test, because: a round number}} # so they say
`,
};

function caseIn(folder: string, texts: Readonly<Record<string, string>>): string {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text);
  return folder;
}

describe("edit_case", () => {
  let the: Assistant;
  let above: string;
  let own: string;
  const text = (name = "case.yaml") => readFileSync(join(own, name), "utf8");
  const edit = (...edits: object[]) => the.ask("edit_case", { case: "drafts/two", edits });
  beforeAll(async () => {
    above = realpathSync(folderWith({}));
    own = caseIn(join(above, "drafts", "two"), TWO_FILES);
    caseIn(join(above, "drafts", "broken"), {
      "case.yaml": SMALL_CASE.replace("prior: 0.5", "prior: 1.5").replace("published: 2024-11", "published: never"),
    });
    caseIn(join(above, "outside"), { "case.yaml": SMALL_CASE });
    caseIn(join(above, "drafts", "bent"), {
      "case.yaml": TWO_FILES["case.yaml"],
      "real.yaml": TWO_FILES["claims.yaml"],
    });
    symlinkSync("real.yaml", join(above, "drafts", "bent", "claims.yaml"));
    the = await assistant([join(above, "outside"), "--write", join(above, "drafts"), "--write", join(above, "more")]);
  });
  afterAll(() => the.close());

  it("sets a value in its own file, leaves all else to the byte, and is taken back", async () => {
    const { data, isError } = await edit({
      set: "claims.losses.text",
      value: "Losses are very heavy.",
      expected: "Losses are heavy.",
    });
    expect([isError, data?.written]).toMatchObject([false, { version: 1, did: "edit_case: set claims.losses.text" }]);
    expect(data.changes).toEqual([
      {
        did: "set",
        path: "claims.losses.text",
        line: "claims.yaml:1",
        before: "Losses are heavy.",
        after: "Losses are very heavy.",
      },
    ]);
    expect(data.judged).toEqual([]);
    expect(text("claims.yaml")).toBe(TWO_FILES["claims.yaml"].replace("are heavy", "are very heavy"));
    expect(text()).toBe(TWO_FILES["case.yaml"]);
    await the.ask("undo_write", { case: "drafts/two" });
    expect(text("claims.yaml")).toBe(TWO_FILES["claims.yaml"]);
  });

  it("adds, removes and sets in one version, tells judgements apart, and moves the answers by it", async () => {
    const before = (await the.ask("weigh_evidence", { case: "drafts/two" })).data.questions[0].posterior.yes.median;
    const claim = {
      text: "Both sides are tired.",
      source: "report#2",
      credence: 0.8,
      bears: { talks: 2 },
      encoded: { by: "test", because: "said so" },
    };
    const {
      data,
      isError,
      text: told,
    } = await edit(
      { add: "claims", key: "tired", value: claim, after: "losses" },
      { set: "questions.talks.prior", value: 0.4 },
      { remove: "readings.gloomy.set.claims.losses.credence", expected: 0.5 },
      { set: "readings.gloomy.set", value: { "claims.tired.credence": 0.2 } },
    );
    expect([isError, told]).toEqual([false, expect.stringContaining("4 changes")]);
    expect(data.judged).toEqual([
      "claims.tired.credence",
      "claims.tired.bears",
      "questions.talks.prior",
      "readings.gloomy.set.claims.losses.credence",
      "readings.gloomy.set.claims.tired.credence",
    ]);
    expect(data.changes[1]).toMatchObject({ before: 0.5, after: 0.4, line: "case.yaml:12" });
    expect(text()).toContain("# What follows is argued elsewhere.");
    expect(text("claims.yaml")).toContain("# so they say");
    expect(parley(["check", own]).code).toBe(0);
    const now = (await the.ask("weigh_evidence", { case: "drafts/two" })).data.questions[0].posterior.yes.median;
    // Even odds, four to one: 4/5.
    expect(before).toBeCloseTo(0.8, 10);
    expect(now).not.toBe(before);
    await the.ask("undo_write", { case: "drafts/two" });
    expect([text(), text("claims.yaml")]).toEqual([TWO_FILES["case.yaml"], TWO_FILES["claims.yaml"]]);
  });

  it("renames an entry with what refers to it, or without and then refuses what breaks", async () => {
    const { data } = await edit({ rename: "claims.losses", to: "toll" });
    expect(data.changes.map(({ did, path, to }: Record<string, string>) => [did, path, to])).toContainEqual([
      "rename",
      "claims.losses",
      "toll",
    ]);
    expect(text()).toContain("claims.toll.credence: 0.5");
    expect(parley(["check", own]).code).toBe(0);
    await the.ask("undo_write", { case: "drafts/two" });
    const alone = await edit({ rename: "sources.report", to: "account", references: false });
    expect([alone.isError, alone.text]).toEqual([
      true,
      expect.stringMatching(/claims\.yaml:1:\d+ {2}unknown source: report/),
    ]);
    expect(text()).toBe(TWO_FILES["case.yaml"]);
  });

  it.each([
    ["a value out of its range", { set: "questions.talks.prior", value: 1.5 }, "invalid"],
    ["a key that no claim has", { set: "claims.losses.credibilty", value: 1 }, "did you mean credibility"],
    ["an entry that others refer to", { remove: "sources.report" }, "unknown source: report"],
    ["what is not there", { remove: "claims.loses" }, "did you mean losses?"],
    ["what is there", { add: "claims", key: "losses", value: { text: "x" } }, "losses"],
    ["another value than was seen", { set: "title", value: "X", expected: "Y" }, "title"],
    ["an inclusion of another file", { set: "claims.include", value: "../../outside/case.yaml" }, "include"],
    ["a value that no case holds", { set: "title", value: Number.NaN }, "missing title"],
    [
      "a nest that is too deep",
      { set: "title", value: JSON.parse(`${"[".repeat(200)}${"]".repeat(200)}`) },
      "no value that a case can hold",
    ],
    ["an edit of two kinds", { set: "title", remove: "title", value: "x" }, "expected {set, value}"],
    ["no edit", {}, "expected {set, value}"],
    ["a name of programs", { set: "__proto__.polluted", value: 1 }, "__proto__"],
  ])("refuses %s, and writes nothing", async (_, wrong, message) => {
    // A right edit beside it is not made either.
    const {
      isError,
      text: told,
      problems,
    } = await edit({ set: "questions.talks.because", value: "nothing known" }, wrong);
    expect([isError, told]).toEqual([true, expect.stringContaining(message)]);
    expect(problems.length).toBeGreaterThan(0);
    expect([text(), text("claims.yaml")]).toEqual([TWO_FILES["case.yaml"], TWO_FILES["claims.yaml"]]);
  });

  it("makes no version of what is there already", async () => {
    const { isError, text: told } = await edit({ set: "title", value: "A small case" });
    expect([isError, told]).toEqual([true, expect.stringContaining("holds all that already")]);
  });

  it("mends a broken case one error at a time, and makes it no worse", async () => {
    const id = "drafts/broken";
    const one = await the.ask("edit_case", { case: id, edits: [{ set: "questions.talks.prior", value: 0.5 }] });
    expect([one.isError, one.data?.errors]).toEqual([false, 1]);
    const worse = await the.ask("edit_case", { case: id, edits: [{ set: "questions.talks.prior", value: 7 }] });
    expect(worse.isError).toBe(true);
    const two = await the.ask("edit_case", {
      case: id,
      edits: [{ set: "sources.report.published", value: "2024-11" }],
    });
    expect([two.isError, two.data?.errors]).toEqual([false, 0]);
    expect((await the.ask("check_case", { case: id })).data.ok).toBe(true);
  });

  it.each([
    ["a case that is only shown", "outside", "write-elsewhere"],
    ["a bundled case", "ukraine-2024", "write-elsewhere"],
    ["a way out", "drafts/../outside", "unknown-reference"],
  ])("edits nothing in %s", async (_, id, code) => {
    const { isError, problems } = await the.ask("edit_case", { case: id, edits: [{ set: "title", value: "Mine" }] });
    expect([isError, problems[0]?.code]).toEqual([true, code]);
    expect(readFileSync(join(above, "outside", "case.yaml"), "utf8")).toBe(SMALL_CASE);
  });

  it("writes through no link inside the folder either", async () => {
    const edits = [{ set: "claims.losses.text", value: "Mine" }];
    const { isError, problems } = await the.ask("edit_case", { case: "drafts/bent", edits });
    expect([isError, problems[0]?.code]).toEqual([true, "write-through-link"]);
    expect(readFileSync(join(above, "drafts", "bent", "real.yaml"), "utf8")).toBe(TWO_FILES["claims.yaml"]);
  });

  it("writes into each of several folders, and asks which where a new case could go into both", async () => {
    const { data } = await the.ask("list_cases", { limit: 3 });
    expect(data.writeFolders.map(({ name }: { name: string }) => name)).toEqual(["drafts", "more"]);
    expect(data.writeInto).toBe(join(above, "drafts"));
    const from = { template: "blank", title: "X" };
    const open = await the.ask("new_case", { name: "x", from });
    expect([open.isError, open.text]).toEqual([true, expect.stringContaining("drafts, more")]);
    const near = await the.ask("new_case", { name: "x", from, into: "mroe" });
    expect([near.isError, near.text]).toEqual([true, expect.stringContaining("did you mean more?")]);
    const made = await the.ask("new_case", { name: "x", from, into: "more" });
    expect([made.data.case, made.data.path]).toEqual(["more/x", join(above, "more", "x")]);
    const set = await the.ask("edit_case", {
      case: "more/x",
      edits: [{ set: "title", value: "Y" }],
      why: "a better name",
    });
    expect(set.data.written.did).toBe("edit_case: set title (a better name)");
    expect(existsSync(join(above, "drafts", "x"))).toBe(false);
    for (const _ of [1, 2]) expect((await the.ask("undo_write", { case: "more/x" })).isError).toBe(false);
    expect(existsSync(join(above, "more", "x", "case.yaml"))).toBe(false);
  });

  it("edits the bundled case, copied, as the workbench would, and its answers follow", async () => {
    const folder = realpathSync(folderWith({}));
    cpSync(join(root, "cases", "ukraine-2024"), join(folder, "copy"), { recursive: true });
    const desk = new Desk({ shelf: new FolderShelf({ bundled: join(root, "cases"), folders: [], write: [folder] }) });
    const [id] = (await desk.shelf.list()).map((each) => each.id);
    const { data } = await answerCall(desk, "edit_case", {
      case: id,
      edits: [{ rename: "claims.heavy-losses", to: "toll" }],
    });
    expect((data as { changes: unknown[] }).changes.length).toBeGreaterThan(1);
    expect(parley(["check", join(folder, "copy")]).code).toBe(0);
  });
});

describe("a shelf of folders", () => {
  const setUp = async () => {
    const folder = realpathSync(folderWith({}));
    caseIn(join(folder, "two"), TWO_FILES);
    const shelf = new FolderShelf({ bundled: join(root, "cases"), folders: [], write: [folder, `${folder}/`] });
    const [shelved] = await shelf.list();
    if (shelved === undefined) throw new Error("no case");
    return { folder, shelf, shelved };
  };

  it("refuses a change made from what is no longer there, in any file that was read", async () => {
    const { folder, shelf, shelved } = await setUp();
    const base = await shelf.filesOf(shelved);
    base.read("case.yaml");
    base.read("claims.yaml");
    writeFileSync(join(folder, "two", "claims.yaml"), "# somebody else was here\n", { flag: "a" });
    const change = { did: "test", texts: new Map([["case.yaml", "title: mine"]]) };
    await expect(shelf.write(shelved, change, base)).rejects.toThrow("claims.yaml was changed by somebody else");
    expect(readFileSync(join(folder, "two", "case.yaml"), "utf8")).toBe(TWO_FILES["case.yaml"]);
    expect(existsSync(join(folder, "two", ".parley"))).toBe(false);
  });

  it("takes of two changes from the same state the first", async () => {
    const { shelf, shelved } = await setUp();
    const desk = new Desk({ shelf });
    const both = await Promise.allSettled(
      ["A", "B"].map((value) =>
        answerCall(desk, "edit_case", { case: shelved.id, edits: [{ set: "title", value, expected: "A small case" }] }),
      ),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("counts a folder once, however it is written, and writes to nothing else", async () => {
    const { shelf, shelved } = await setUp();
    expect(shelf.places).toHaveLength(1);
    const bundled = await shelf.get("cuba-1962");
    const base = await shelf.filesOf(bundled);
    const texts = new Map([["case.yaml", "x"]]);
    await expect(shelf.write(bundled, { did: "test", texts }, base)).rejects.toThrow("none to write into");
    await expect(shelf.write({ ...bundled, writable: true }, { did: "test", texts }, base)).rejects.toThrow("none to");
    const elsewhere = { name: "nowhere", path: "/tmp" };
    await expect(shelf.create(elsewhere, "x", { did: "test", texts })).rejects.toThrow("none to write into");
    const way = new Map([["../out.yaml", "x"]]);
    await expect(shelf.write(shelved, { did: "test", texts: way }, base)).rejects.toThrow("leads out");
  });
});
