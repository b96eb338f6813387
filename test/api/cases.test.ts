import { chmodSync, existsSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { filesInFolder } from "../../src/case/folder.ts";
import { checkDossier, readDossier } from "../../src/case/index.ts";
import { FILES, folderOf, MAIN, workbench } from "./support.ts";

const CASES = join(import.meta.dirname, "..", "..", "cases");
const OPEN = { path: CASES, readOnly: true, open: true };

describe("the list of cases", () => {
  it("has the opened folder and the bundled cases, with title, day, path and hash", async () => {
    const folder = folderOf({ "mine/case.yaml": MAIN });
    const { ask } = workbench(FILES, { folders: [OPEN, { path: join(folder, "mine") }] });
    const { status, body } = await ask("GET", "/api/cases");
    expect(status).toBe(200);
    expect(body.cases.map(({ id }: { id: string }) => id)).toContain("ukraine-2024");
    expect(body.cases.at(-1)).toMatchObject({
      id: "mine",
      title: "A case",
      asOf: "2024-11-28",
      path: join(folder, "mine"),
      readOnly: false,
      bundled: false,
    });
    expect(body.cases.at(-1).hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it("tells cases of one name apart, and keeps a broken one under the name of its folder", async () => {
    const folder = folderOf({ "a/one/case.yaml": MAIN, "b/one/case.yaml": "parley: [" });
    const { ask } = workbench(FILES, { folders: [{ path: join(folder, "a") }, { path: join(folder, "b") }] });
    const { body } = await ask("GET", "/api/cases");
    expect(body.cases.map(({ id, title }: { id: string; title: string }) => [id, title])).toEqual([
      ["one", "A case"],
      ["one-2", "one-2"],
    ]);
  });

  it("holds no folder that is a link to somewhere else", async () => {
    const outside = folderOf({ "case.yaml": MAIN });
    const folder = folderOf({ "own/case.yaml": MAIN });
    symlinkSync(outside, join(folder, "linked"));
    const { ask } = workbench(FILES, { folders: [{ path: folder }] });
    expect((await ask("GET", "/api/cases")).body.cases.map(({ id }: { id: string }) => id)).toEqual(["own"]);
  });
});

describe("the record of a case", () => {
  it("comes as its file stands, or says that there is none", async () => {
    const { ask } = workbench({ ...FILES, "record.jsonl": "a line\n" });
    expect((await ask("GET", "/api/cases/mine/record")).body).toEqual({
      ok: true,
      file: expect.stringMatching(/mine.record\.jsonl$/),
      text: "a line\n",
    });
    const none = workbench();
    expect((await none.ask("GET", "/api/cases/mine/record")).body).toMatchObject({ ok: true, text: null });
    expect((await none.ask("GET", "/api/cases/other/record")).status).toBe(404);
    expect((await none.ask("GET", "/api/cases/mine/record", undefined, { "X-Parley-Key": "wrong" })).status).toBe(401);
  });

  it("is not given through a link that leads out of the folder", async () => {
    const outside = folderOf({ "secret.jsonl": "secret\n" });
    const { ask, folder } = workbench();
    symlinkSync(join(outside, "secret.jsonl"), join(folder, "record.jsonl"));
    const { status, body } = await ask("GET", "/api/cases/mine/record");
    expect([status >= 400, JSON.stringify(body)]).toEqual([true, expect.not.stringContaining("secret\\n")]);
  });
});

describe("a case", () => {
  it("comes with the files that belong to it and no others", async () => {
    const { now } = workbench({ ...FILES, "notes.yaml": "secret: 1\n", ".env": "KEY=1\n" });
    const { main, files, problems } = await now();
    expect(main).toBe("case.yaml");
    expect(files.map(({ name }: { name: string }) => name)).toEqual(["case.yaml", "claims.yaml", "data/area.csv"]);
    expect(files[0].text).toBe(MAIN);
    expect(problems).toEqual([]);
  });

  it("names a file that leads out of its folder, and does not give it", async () => {
    const secret = join(folderOf({ "secret.yaml": "claims: {secret: {text: x}}\n" }), "secret.yaml");
    const { folder, now } = workbench({
      ...FILES,
      "case.yaml": `parley: 1\ntitle: T\ninclude: [../secret.yaml, ${secret}, link.yaml]\n`,
    });
    symlinkSync(secret, join(folder, "link.yaml"));
    const { files, problems } = await now();
    expect(files.map(({ name }: { name: string }) => name)).toEqual(["case.yaml"]);
    expect(problems.map(({ code }: { code: string }) => code)).toEqual(Array(3).fill("path-outside-folder"));
  });

  it("keeps its files in view while its main file is broken half-way", async () => {
    const { now, put } = workbench();
    await now();
    put("case.yaml", `${MAIN}claims: {`);
    const { files, problems } = await now();
    expect(files).toHaveLength(3);
    expect(problems.map(({ code }: { code: string }) => code)).toEqual(["yaml-unclosed"]);
  });

  it("that was deleted is unknown, with a hint", async () => {
    const { ask, folder, now } = workbench();
    await now();
    rmSync(folder, { recursive: true });
    const { status, body } = await ask("GET", "/api/cases/mine");
    expect([status, body.problems[0].message]).toEqual([404, "unknown case: mine"]);
    expect((await ask("GET", "/api/cases")).body.cases).toEqual([]);
  });

  it.each(["..", "%2e%2e", "%2e%2e%2f%2e%2e%2fetc", "nothing", "mine%00"])(
    "is not found by the name %s",
    async (name) => {
      const { ask } = workbench();
      expect((await ask("GET", `/api/cases/${name}/files`)).status).toBe(404);
      expect((await ask("GET", `/api/cases/x${name}`)).status).toBe(404);
    },
  );
});

describe("a new case", () => {
  const home = () => folderOf({});

  it.each(["blank", "talks"])("from the template %s passes the check", async (template) => {
    const folder = home();
    const { ask } = workbench(FILES, { home: folder });
    const title = 'A "new" case: #1';
    const { status, body } = await ask("POST", "/api/cases", { template, title, asOf: "2024-11-28" });
    expect([status, body.case]).toMatchObject([201, { id: "a-new-case-1", title, readOnly: false }]);
    const { dossier, problems } = readDossier(filesInFolder(join(folder, "a-new-case-1")));
    expect(problems).toEqual([]);
    const found = dossier === undefined ? [] : checkDossier(dossier);
    expect(found.filter(({ severity }) => severity !== "note").map(({ message }) => message)).toEqual([]);
  });

  it("as a copy of a bundled one has its files byte for byte, but for its title", async () => {
    const folder = home();
    const { ask } = workbench(FILES, { home: folder, folders: [OPEN] });
    const { body } = await ask("POST", "/api/cases", { from: "ukraine-2024", title: "My war", name: "my-war" });
    expect(body.case).toMatchObject({ id: "my-war", title: "My war", readOnly: false, bundled: false });
    const [copy, original] = ["claims.yaml", "case.yaml"].map((name) =>
      readFileSync(join(folder, "my-war", name), "utf8"),
    );
    expect(copy).toBe(readFileSync(join(CASES, "ukraine-2024", "claims.yaml"), "utf8"));
    expect(original).toContain("\ntitle: My war\nasOf: 2024-11-28\n");
    expect((await ask("GET", "/api/cases/my-war")).body.problems).toEqual([]);
  });

  it("of given files is made whole", async () => {
    const folder = home();
    const { ask } = workbench(FILES, { home: folder });
    expect((await ask("POST", "/api/cases", { files: FILES, name: "dropped" })).status).toBe(201);
    expect(readFileSync(join(folder, "dropped", "data", "area.csv"), "utf8")).toBe(FILES["data/area.csv"]);
  });

  it.each([
    ["a name that leads elsewhere", { template: "blank", title: "T", name: "../x" }, 400],
    ["a template that there is not", { template: "other", title: "T" }, 400],
    ["a file that leads out", { files: { "case.yaml": MAIN, "../x.yaml": "a: 1" } }, 403],
    ["an absolute path", { files: { "case.yaml": MAIN, "/tmp/x.yaml": "a: 1" } }, 403],
    ["a hidden file", { files: { "case.yaml": MAIN, ".git/config.txt": "a" } }, 403],
    ["a program", { files: { "case.yaml": MAIN, "run.sh": "a" } }, 403],
    ["no case.yaml", { files: { "x.yaml": "a: 1" } }, 422],
    ["broken YAML", { files: { "case.yaml": "a: [" } }, 422],
    ["a copy of nothing", { from: "nothing" }, 404],
  ])("is refused for %s, and nothing is left of it", async (_why, body, status) => {
    const folder = home();
    const { ask } = workbench(FILES, { home: folder });
    expect((await ask("POST", "/api/cases", body)).status).toBe(status);
    const files = await ask("GET", "/api/cases");
    expect(files.body.cases.map(({ id }: { id: string }) => id)).toEqual(["mine"]);
    expect(existsSync(join(folder, "case.yaml"))).toBe(false);
  });

  it("is refused where its folder is there already, or no folder is open for it", async () => {
    const folder = folderOf({ "taken/notes.txt": "mine" });
    const { ask } = workbench(FILES, { home: folder });
    const taken = await ask("POST", "/api/cases", { template: "blank", title: "T", name: "taken" });
    expect([taken.status, taken.body.problems[0].code]).toEqual([409, "file-there"]);
    const { ask: other } = workbench();
    const homeless = await other("POST", "/api/cases", { template: "blank", title: "T" });
    expect([homeless.status, homeless.body.problems[0].code]).toEqual([403, "no-home"]);
  });
});

describe("a read-only case", () => {
  it("is refused edits, texts and nothing else", async () => {
    const { ask, now, text } = workbench(FILES, {
      folders: [{ path: folderOf({ "case.yaml": MAIN }), readOnly: true }],
    });
    const [{ id, hash, readOnly }] = (await ask("GET", "/api/cases")).body.cases;
    expect(readOnly).toBe(true);
    const edit = await ask("POST", `/api/cases/${id}/edits`, { base: hash, edits: [{ set: "title", value: "B" }] });
    expect([edit.status, edit.body.problems[0].code]).toEqual([403, "case-read-only"]);
    const [file] = (await now(id)).files;
    const saved = await ask("PUT", `/api/cases/${id}/files/case.yaml`, { base: file.hash, text: "a: 1" });
    expect(saved.status).toBe(403);
    expect(text("case.yaml")).toBe(MAIN);
  });

  it("is one whose folder or file nobody may write to", async () => {
    const { ask, folder, now, text } = workbench();
    const { case: mine } = await now();
    chmodSync(join(folder, "claims.yaml"), 0o444);
    const edits = [{ set: "claims.gains.credence", value: 0.1 }];
    const refused = await ask("POST", "/api/cases/mine/edits", { base: mine.hash, edits });
    expect([refused.status, refused.body.problems[0].message]).toEqual([
      403,
      "invalid target: claims.yaml cannot be written (it is read-only)",
    ]);
    expect(text("claims.yaml")).toBe(FILES["claims.yaml"]);
    chmodSync(folder, 0o555);
    expect((await now()).case.readOnly).toBe(true);
    chmodSync(folder, 0o755);
  });
});
