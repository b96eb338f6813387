import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Assistant, assistant, converse } from "../support/assistant.ts";
import { folderWith, parley, root, SMALL_CASE } from "../support/cli.ts";

/** Small, Broken and linked cases in one folder. */
function folderOfCases(): string {
  const folder = folderWith({});
  for (const [name, text] of [
    ["small", SMALL_CASE],
    ["broken", SMALL_CASE.replace("prior: 0.5", "prior: 1.5")],
    ["torn", "parley: 1\ntitle: [torn\n"],
  ] as const) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, "case.yaml"), text);
  }
  mkdirSync(join(folder, "deep", "er"), { recursive: true });
  writeFileSync(join(folder, "deep", "er", "case.yaml"), SMALL_CASE);
  const elsewhere = folderWith({ "case.yaml": SMALL_CASE });
  symlinkSync(elsewhere, join(folder, "linked"));
  mkdirSync(join(folder, ".hidden"));
  writeFileSync(join(folder, ".hidden", "case.yaml"), SMALL_CASE);
  return folder;
}

/** Largest answer that a tool gives where no more is asked for, in characters. */
const LARGEST = 100_000;

describe("parley mcp", () => {
  let the: Assistant;
  let name: string;
  beforeAll(async () => {
    const folder = folderOfCases();
    name = folder.split("/").at(-1) ?? "";
    the = await assistant([folder]);
  });
  afterAll(() => the.close());

  it("says who it is, and how its figures are to be quoted", () => {
    expect(the.client.getServerVersion()).toMatchObject({ name: "parley" });
    expect(the.client.getInstructions()).toContain("not predictions");
    expect(the.notes()).toContain("nothing is written");
  });

  it("lists its tools with schemas of what goes in and comes out", () => {
    expect(the.tools.map((tool) => tool.name)).toEqual([
      "list_cases",
      "read_case",
      "check_case",
      "assess_case",
      "weigh_evidence",
      "explain_figure",
      "evaluate_package",
      "search_packages",
      "pull_levers",
      "draft_claims",
      "add_drafts",
      "edit_case",
      "new_case",
      "undo_write",
    ]);
    for (const { inputSchema, outputSchema, description, annotations } of the.tools) {
      expect(inputSchema.additionalProperties).toBe(false);
      expect(outputSchema?.type).toBe("object");
      expect(description?.length).toBeGreaterThan(80);
      expect(annotations?.openWorldHint).toBe(false);
    }
    const writing = the.tools.filter(({ annotations }) => annotations?.readOnlyHint !== true).map((tool) => tool.name);
    expect(writing).toEqual(["add_drafts", "edit_case", "new_case", "undo_write"]);
  });

  it("lists bundled cases and those of the folder, neither hidden nor linked ones", async () => {
    const { data, text } = await the.ask("list_cases");
    const ids = data.cases.map(({ id }: { id: string }) => id);
    expect(ids).toEqual([
      ...["broken", "deep/er", "small", "torn"].map((each) => `${name}/${each}`),
      "colombia-2012",
      "cuba-1962",
      "elmira-1991",
      "prisoners-dilemma",
      "ukraine-2024",
    ]);
    expect(data.writeInto).toBeNull();
    expect(data.cases[2]).toMatchObject({ title: "A small case", asOf: "2024-11-28", writable: false, bundled: false });
    expect(text).toContain("Nothing may be written");
    const page = await the.ask("list_cases", { offset: 8, limit: 5 });
    expect(page.data).toMatchObject({ total: 9, next: null, cases: [{ id: "ukraine-2024" }] });
  });

  it("reads a case by sections, entries and files, a part at a time", async () => {
    const whole = (await the.ask("read_case", { case: "ukraine-2024" })).data;
    expect(whole.sections.find(({ section }: { section: string }) => section === "claims")).toMatchObject({
      entries: 25,
    });
    expect(whole.files).toContain("levers.yaml");
    expect(whole.readings).toContain("ripeness");
    const claim = (await the.ask("read_case", { case: "ukraine-2024", path: "claims.heavy-losses" })).data.entry;
    expect(claim.value.source).toBeDefined();
    expect(claim.line).toMatch(/^claims\.yaml:\d+$/);
    expect(claim.sources.map(({ id }: { id: string }) => id)).toContain("ding-2024");
    const sources = (await the.ask("read_case", { case: "ukraine-2024", path: "sources", limit: 10 })).data.entry;
    expect(sources).toMatchObject({ total: 131, next: 10 });
    expect(sources.value).toBeUndefined();
    expect(sources.keys).toHaveLength(10);
    const file = (await the.ask("read_case", { case: "ukraine-2024", file: "levers.yaml", offset: 2, limit: 3 })).data
      .text;
    expect(file).toMatchObject({ line: 3, next: 5 });
    expect(file.text.split("\n")).toEqual(["levers:", "  mediation-more:", "    name: More mediation"]);
  });

  it("finds an entry whose own name holds dots", async () => {
    const path = "levers.mediation-more.add.war.mediation.level";
    const { data, isError } = await the.ask("read_case", { case: "ukraine-2024", path });
    expect([isError, data?.entry?.value]).toEqual([false, 0.5]);
  });

  it("checks a case, broken ones too, as parley check does", async () => {
    const fine = (await the.ask("check_case", { case: `${name}/small` })).data;
    expect(fine).toMatchObject({ ok: true, errors: 0 });
    const { isError, data, text } = await the.ask("check_case", { case: `${name}/broken` });
    expect(isError).toBe(false);
    expect(data.ok).toBe(false);
    expect(data.problems[0]).toMatchObject({ severity: "error", line: 12 });
    expect(text).toMatch(/case\.yaml:12:\d+ {2}invalid/);
    const { path } = (await the.ask("list_cases")).data.cases[0];
    expect(data.problems).toEqual(JSON.parse(parley(["check", path, "--json"]).stdout).problems);
    expect((await the.ask("check_case", { case: `${name}/torn` })).data.ok).toBe(false);
  });

  it("checks a text that is not saved yet", async () => {
    expect((await the.ask("check_case", { yaml: SMALL_CASE })).data.ok).toBe(true);
    const { data } = await the.ask("check_case", { yaml: SMALL_CASE.replace("title:", "titel:") });
    expect(data.problems.map(({ code }: { code: string }) => code)).toContain("unknown-section");
    const both = await the.ask("check_case", { yaml: SMALL_CASE, case: `${name}/small` });
    expect(both).toMatchObject({ isError: true, text: expect.stringContaining("either case or yaml") });
  });

  it("drafts claims from a text, and writes nothing", async () => {
    const text = "Ukraine lost 40 tanks in May 2024.\n\nRussia said that it would not negotiate before 2025.";
    const { data } = await the.ask("draft_claims", { text, date: "2024-06-01", case: "ukraine-2024" });
    expect(data.candidates).toHaveLength(2);
    expect(data.candidates[1]).toMatchObject({ paragraph: 2, kind: "position", parties: ["russia"] });
    expect(data.document.published).toBe("2024-06-01");
    expect((await the.ask("draft_claims", { text, date: "yesterday" })).text).toContain("invalid date: yesterday");
  });

  it("gives the schema and the texts of cases as resources", async () => {
    const { resources } = await the.client.listResources();
    expect(resources).toHaveLength(10);
    const read = async (uri: string) => {
      const [content] = (await the.client.readResource({ uri })).contents;
      return content !== undefined && "text" in content ? content.text : "";
    };
    expect(await read("parley://schema/case")).toBe(parley(["schema"]).stdout.trimEnd());
    expect(await read(`parley://case/${encodeURIComponent(`${name}/small`)}`)).toBe(SMALL_CASE);
    expect(await read("parley://case/ukraine-2024/levers.yaml")).toContain("mediation-more:");
    for (const uri of [
      "parley://case/nothing",
      "parley://case/ukraine-2024/..%2F..%2Fpackage.json",
      "file:///etc/passwd",
    ]) {
      await expect(the.client.readResource({ uri }), uri).rejects.toThrow("unknown");
    }
  });

  it.each([
    ["assess_case", { case: "ukrane-2024" }, "unknown case: ukrane-2024 — did you mean ukraine-2024?"],
    ["read_case", { case: "../../etc" }, "unknown case: ../../etc"],
    ["read_case", { case: "/etc" }, "unknown case: /etc"],
    ["read_case", { case: "ukraine-2024", file: "../colombia-2012/case.yaml" }, "leads out of the case folder"],
    ["read_case", { case: "ukraine-2024", file: "lever.yaml" }, "did you mean levers.yaml?"],
    ["read_case", { case: "ukraine-2024", path: "claims.heavy-loses" }, "did you mean claims.heavy-losses?"],
    ["assess_case", { case: "ukraine-2024", reading: "ripenes" }, "did you mean ripeness?"],
    ["assess_case", { case: "ukraine-2024", seed: -1 }, "invalid request: seed"],
    ["assess_case", { case: "ukraine-2024", redaing: "ripeness" }, "unknown key: redaing in the input of assess_case"],
    ["assess_case", { case: "ukraine-2024", set: ["war.front.strenght=0.5"] }, "unknown path"],
    ["assess_case", {}, "invalid request: case"],
    ["weigh_evidence", { case: "ukraine-2024", question: "talk-2025" }, "did you mean talks-2025?"],
    ["evaluate_package", { case: "ukraine-2024", package: {} }, "expected one issue with an option at least"],
    ["evaluate_package", { case: "ukraine-2024", package: { teritory: "line-de-facto" } }, "unknown issue: teritory"],
    [
      "evaluate_package",
      { case: "ukraine-2024", package: { territory: "line-defacto" } },
      "did you mean line-de-facto?",
    ],
    ["evaluate_package", { case: "cuba-1962", package: { territory: "x" } }, "does not apply"],
    ["search_packages", { case: "ukraine-2024", best: "rusia" }, "did you mean russia?"],
    ["pull_levers", { case: "cuba-1962" }, "no war of two sides"],
    ["draft_claims", { text: "?!" }, "no words"],
    ["add_drafts", { case: "ukraine-2024", text: "They talked." }, "given none to write into"],
    ["new_case", { name: "x", from: { template: "blank", title: "X" } }, "given none to write into"],
    ["edit_case", { case: "ukraine-2024", edits: [{ set: "title", value: "x" }] }, "given none to write into"],
    ["undo_write", { case: "ukraine-2024" }, "given none to write into"],
  ])("%s refuses %j with what is wrong", async (tool, input, message) => {
    const { isError, text, data, problems } = await the.ask(tool, input as Record<string, unknown>);
    expect([isError, data]).toEqual([true, undefined]);
    expect(text).toContain(message);
    expect(problems.length).toBeGreaterThan(0);
  });

  it("tells the problems of a broken case with their lines, and does not answer from it", async () => {
    for (const tool of ["assess_case", "weigh_evidence", "search_packages"]) {
      const { isError, text } = await the.ask(tool, { case: `${name}/broken` });
      expect([tool, isError]).toEqual([tool, true]);
      expect(text).toMatch(/case\.yaml:12:\d+/);
    }
  });

  it("knows no other tool, and names the near one", async () => {
    await expect(the.ask("asses_case", {})).rejects.toThrow("unknown tool: asses_case (did you mean assess_case?)");
  });

  it("keeps answers to a size that can be read, and pages of long ones follow each other", async () => {
    const small = `${name}/small`;
    for (const [tool, input] of [
      ["list_cases", {}],
      ["read_case", { case: "ukraine-2024", path: "claims" }],
      ["weigh_evidence", { case: "ukraine-2024", question: "talks-2025" }],
      ["weigh_evidence", { case: "ukraine-2024" }],
      ["assess_case", { case: small }],
    ] as const) {
      const { data, text } = await the.ask(tool, input);
      expect(JSON.stringify(data).length, tool).toBeLessThan(LARGEST);
      expect(text.length, tool).toBeLessThan(LARGEST / 4);
    }
    const pages: string[] = [];
    let offset: number | null = 0;
    while (offset !== null) {
      const { data } = await the.ask("weigh_evidence", {
        case: "ukraine-2024",
        question: "talks-2025",
        offset,
        limit: 7,
      });
      pages.push(...data.claims.map(({ id }: { id: string }) => id));
      offset = data.next;
    }
    expect(pages).toHaveLength(new Set(pages).size);
    const whole = await the.ask("weigh_evidence", { case: "ukraine-2024", question: "talks-2025", limit: 60 });
    expect(pages).toEqual(whole.data.claims.map(({ id }: { id: string }) => id));
  });

  it("stops long work when it is told to, says how far it is, and goes on with what comes next", async () => {
    const stop = new AbortController();
    const heard: string[] = [];
    const progress = (message: string) => {
      heard.push(message);
      stop.abort();
    };
    // A seed that nobody has asked for, so that nothing of it is kept.
    const seed = 1 + Math.floor(Number(process.hrtime.bigint() % 1_000_000_007n));
    const asked = the.ask("assess_case", { case: "ukraine-2024", seed }, { signal: stop.signal, progress });
    const behind = the.ask("check_case", { case: `${name}/small` });
    await expect(asked).rejects.toThrow(/abort/i);
    expect(heard.length).toBeGreaterThan(0);
    expect((await behind).data.ok).toBe(true);
  });
});

/** The files that are loaded with a file at once, found by its own import lines; what is loaded later is left out. */
function loadedWith(file: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const imports = readFileSync(file, "utf8").matchAll(/^(?:import|export)\s(?!type\b)[^;]*?from "([^"]+)";/gm);
  for (const [, from = ""] of imports) {
    if (from.startsWith(".")) loadedWith(resolve(dirname(file), from), seen);
    else seen.add(from);
  }
  return seen;
}

describe("the tools of parley mcp", () => {
  it("are loaded by this verb alone, so that no other starts slower", () => {
    // The command itself loads no engine: each verb brings its own.
    const main = [...loadedWith(join(root, "src", "cli", "main.ts"))];
    expect(main).toContain("commander");
    expect(main.filter((name) => /\/(assess|case|dynamics|terms|stability|server)\//.test(name))).toEqual([]);
    const verbs = join(root, "src", "cli", "verbs");
    const loaded = readdirSync(verbs).flatMap((name) => [...loadedWith(join(verbs, name))]);
    expect(new Set(loaded).size).toBeGreaterThan(200);
    expect(loaded.filter((name) => /modelcontextprotocol|src\/mcp\//.test(name))).toEqual([]);
    expect([...loadedWith(join(root, "src", "mcp", "transport.ts"))].join()).toContain("@modelcontextprotocol/sdk");
  });

  it("stand in the documentation, each by its name", async () => {
    const the = await assistant();
    await the.close();
    const document = readFileSync(join(root, "docs", "assistants.md"), "utf8");
    const told = [...document.matchAll(/^\| `(\w+)`/gm)].map(([, tool]) => tool);
    expect(told).toEqual(the.tools.map((tool) => tool.name));
  });

  it("leave out a call that is cancelled before its turn", async () => {
    const the = await assistant();
    const stop = new AbortController();
    const first = the.ask("check_case", { case: "ukraine-2024" });
    const second = the.ask("check_case", { case: "colombia-2012" }, { signal: stop.signal });
    const third = the.ask("check_case", { case: "elmira-1991" });
    stop.abort();
    await expect(second).rejects.toThrow(/abort/i);
    expect([(await first).data.ok, (await third).data.ok]).toEqual([true, true]);
    await the.close();
  });
});

const HELLO = {
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "by hand", version: "1" } },
};
const READY = { jsonrpc: "2.0", method: "notifications/initialized" };

describe("parley mcp on standard input and output", () => {
  it("writes nothing but the protocol, whatever comes in, and ends with its input", async () => {
    const call = {
      jsonrpc: "2.0",
      id: 2,
      method: "tools/call",
      params: { name: "check_case", arguments: { yaml: "{" } },
    };
    const lines = [HELLO, READY, "this is no JSON", '{"jsonrpc":"2.0"}', call];
    const { code, stdout, stderr } = await converse(lines, { answers: 2 });
    const told = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { jsonrpc: string; id: number });
    expect(told.map(({ jsonrpc, id }) => [jsonrpc, id])).toEqual([
      ["2.0", 1],
      ["2.0", 2],
    ]);
    expect(stderr).toContain("serves");
    expect(code).toBe(0);
  });

  it("ends at once where its input is closed, within long work too", async () => {
    expect(await converse([], { answers: 0 })).toMatchObject({ code: 0, stdout: "" });
    const seed = 1 + Math.floor(Number(process.hrtime.bigint() % 1_000_000_007n));
    const params = { name: "assess_case", arguments: { case: "ukraine-2024", seed } };
    const call = { jsonrpc: "2.0", id: 2, method: "tools/call", params };
    const { code, stdout } = await converse([HELLO, READY, call], { answers: 1 });
    expect([code, stdout.trimEnd().split("\n").length]).toEqual([0, 1]);
  });

  it("says what is wrong with its words before it serves", () => {
    const missing = parley(["mcp", "no-such-folder"]);
    expect([missing.code, missing.stdout]).toEqual([2, ""]);
    expect(missing.stderr).toContain("missing file: no-such-folder");
    const file = join(folderWith({ "notes.txt": "x" }), "notes.txt");
    expect(parley(["mcp", "--write", file])).toMatchObject({ code: 2, stdout: "" });
  });
});
