import { chmodSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { CaseStore } from "../../src/api/index.ts";
import { CLAIMS, FILES, folderOf, MAIN, workbench } from "./support.ts";

const edits = (base: string, ...all: unknown[]) => ["POST", "/api/cases/mine/edits", { base, edits: all }] as const;

describe("edits over the network's edge", () => {
  it("change the file that holds the entry, keep its mode, and can be taken back", async () => {
    const { ask, folder, now, text } = workbench();
    chmodSync(join(folder, "claims.yaml"), 0o640);
    const { case: mine } = await now();
    const made = await ask(...edits(mine.hash, { set: "claims.losses.credence", value: "0.4 to 0.6", expected: 0.5 }));
    expect(made.status).toBe(200);
    expect(text("claims.yaml")).toBe(CLAIMS.replace("0.5}", "0.4 to 0.6}"));
    expect(made.body.files.map(({ name }: { name: string }) => name)).toEqual(["claims.yaml"]);
    expect(made.body).toMatchObject({ ok: true, merged: false });
    expect(statSync(join(folder, "claims.yaml")).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder).filter((name) => name.startsWith("."))).toEqual([]);
    const back = await ask(...edits(made.body.hash, ...made.body.inverse));
    expect([back.status, back.body.hash]).toEqual([200, mine.hash]);
    expect(text("claims.yaml")).toBe(CLAIMS);
  });

  it("of two tabs at different places are merged", async () => {
    const { ask, now, text } = workbench();
    const { case: mine } = await now();
    await ask(...edits(mine.hash, { set: "claims.losses.credence", value: 0.6, expected: 0.5 }));
    const second = await ask(...edits(mine.hash, { set: "claims.gains.credence", value: 0.2, expected: 0.7 }));
    expect([second.status, second.body.merged, second.body.files.length]).toEqual([200, true, 3]);
    expect(text("claims.yaml")).toBe(CLAIMS.replace("0.5}", "0.6}").replace("0.7", "0.2"));
  });

  it("of two tabs at the same place conflict: the second gets the case as it is, and nothing is written", async () => {
    const { ask, now, text } = workbench();
    const { case: mine } = await now();
    const first = await ask(...edits(mine.hash, { set: "claims.losses.credence", value: 0.6, expected: 0.5 }));
    const second = await ask(
      ...edits(
        mine.hash,
        { set: "title", value: "B", expected: "A case" },
        { set: "claims.losses.credence", value: 0.1, expected: 0.5 },
      ),
    );
    expect([second.status, second.body.hash]).toEqual([409, first.body.hash]);
    expect(second.body.problems).toMatchObject([{ code: "edit-conflict" }]);
    expect(second.body.files.find(({ name }: { name: string }) => name === "claims.yaml").text).toContain("0.6}");
    expect(text("case.yaml")).toBe(MAIN);
  });

  it("on another state conflict where they do not say what they saw", async () => {
    const { ask, now, put } = workbench();
    const { case: mine } = await now();
    put("case.yaml", `${MAIN}# a note\n`);
    expect((await ask(...edits(mine.hash, { set: "title", value: "B" }))).status).toBe(409);
  });

  it("keep what an editor wrote between the reading and the writing", async () => {
    let once = true;
    const interrupted = (store: CaseStore): CaseStore => ({
      ...store,
      write(...given) {
        if (once) writeFileSync(join(folder, "claims.yaml"), `${CLAIMS}  third: {text: By an editor.}\n`);
        once = false;
        store.write(...given);
      },
    });
    const { ask, folder, now, text } = workbench(FILES, { store: interrupted });
    const { case: mine } = await now();
    const made = await ask(...edits(mine.hash, { set: "claims.gains.credence", value: 0.2, expected: 0.7 }));
    expect([made.status, made.body.merged]).toEqual([200, true]);
    expect(text("claims.yaml")).toBe(`${CLAIMS.replace("0.7", "0.2")}  third: {text: By an editor.}\n`);
  });

  it("of a file that was deleted say so, and do not bring it back", async () => {
    const gone = (store: CaseStore): CaseStore => ({
      ...store,
      write(...given) {
        rmSync(join(folder, "claims.yaml"));
        store.write(...given);
      },
    });
    const { ask, folder, now } = workbench(FILES, { store: gone });
    const { case: mine } = await now();
    const made = await ask(...edits(mine.hash, { set: "claims.gains.credence", value: 0.2, expected: 0.7 }));
    expect([made.status, made.body.problems[0].message]).toEqual([
      409,
      "missing file: claims.yaml was deleted or moved meanwhile; nothing was written",
    ]);
    expect(readdirSync(folder)).not.toContain("claims.yaml");
  });

  it("of a link that came to lead out of the folder are refused", async () => {
    const outside = folderOf({ "claims.yaml": CLAIMS });
    const swap = (store: CaseStore): CaseStore => ({
      ...store,
      write(...given) {
        rmSync(join(folder, "claims.yaml"));
        symlinkSync(join(outside, "claims.yaml"), join(folder, "claims.yaml"));
        store.write(...given);
      },
    });
    const { ask, folder, now } = workbench(FILES, { store: swap });
    const { case: mine } = await now();
    const made = await ask(...edits(mine.hash, { set: "claims.gains.credence", value: 0.2, expected: 0.7 }));
    expect([made.status, made.body.problems[0].code]).toEqual([403, "path-outside-folder"]);
  });

  it.each([
    ["no edits", { base: "0".repeat(64), edits: [] }],
    ["an edit of no kind", { base: "0".repeat(64), edits: [{ put: "title", value: 1 }] }],
    ["an edit without a value", { base: "0".repeat(64), edits: [{ set: "title" }] }],
    ["a base that is no hash", { base: "x", edits: [{ set: "title", value: 1 }] }],
    ["a body that is no JSON", "{"],
    [
      "a value that nests too deep",
      `{"base":"${"0".repeat(64)}","edits":[{"set":"title","value":${"[".repeat(5000)}${"]".repeat(5000)}}]}`,
    ],
  ])("are refused for %s", async (_why, body) => {
    const { ask, text } = workbench();
    const { status, body: answer } = await ask("POST", "/api/cases/mine/edits", body);
    expect([status, answer.ok, answer.problems[0].code]).toEqual([400, false, "request-shape"]);
    expect(text("case.yaml")).toBe(MAIN);
  });

  it("of a case whose YAML is broken are refused with where it is broken", async () => {
    const { ask, now, put } = workbench();
    put("case.yaml", `${MAIN}claims: {`);
    const { case: mine } = await now();
    const made = await ask(...edits(mine.hash, { set: "title", value: "B" }));
    expect([made.status, made.body.problems[0]]).toMatchObject([422, { code: "yaml-unclosed", line: 9 }]);
  });
});

describe("a file's whole text", () => {
  const put = (base: string | null, text: string, more = {}, name = "claims.yaml") =>
    ["PUT", `/api/cases/mine/files/${name}`, { base, text, ...more }] as const;
  const hashOf = async (now: () => Promise<{ files: { name: string; hash: string }[] }>, name = "claims.yaml") =>
    (await now()).files.find((file) => file.name === name)?.hash ?? null;

  it("is saved as it is, with what is wrong in it by its place", async () => {
    const { ask, now, text } = workbench();
    const saved = await ask(...put(await hashOf(now), `${CLAIMS}  new: {text: New.}\n`));
    expect([saved.status, saved.body.ok, saved.body.problems]).toEqual([200, true, []]);
    expect(saved.body.hash).toBe((await now()).case.hash);
    expect(text("claims.yaml")).toBe(`${CLAIMS}  new: {text: New.}\n`);
  });

  it("that is broken half-way is saved as a draft alone", async () => {
    const { ask, now, text } = workbench();
    const base = await hashOf(now);
    const refused = await ask(...put(base, `${CLAIMS}  new: {text: New.\n`));
    expect([refused.status, refused.body.problems[0]]).toMatchObject([422, { code: "yaml-unclosed", line: 7 }]);
    expect(text("claims.yaml")).toBe(CLAIMS);
    const draft = await ask(...put(base, `${CLAIMS}  new: {text: New.\n`, { draft: true }));
    expect([draft.status, draft.body.problems[0].code]).toEqual([200, "yaml-unclosed"]);
    const mended = await ask(...put(draft.body.file.hash, CLAIMS));
    expect([mended.status, mended.body.problems]).toEqual([200, []]);
  });

  it("that somebody else changed is not overwritten", async () => {
    const { ask, now, put: write, text } = workbench();
    const base = await hashOf(now);
    write("claims.yaml", `${CLAIMS}# by an editor\n`);
    const saved = await ask(...put(base, "claims: {}\n"));
    expect([saved.status, saved.body.problems[0].code]).toEqual([409, "edit-stale"]);
    expect(saved.body.files.find(({ name }: { name: string }) => name === "claims.yaml").text).toContain(
      "by an editor",
    );
    expect(text("claims.yaml")).toContain("by an editor");
  });

  it("that was deleted is told, and can be saved anew from the text at hand", async () => {
    const { ask, folder, now, text } = workbench();
    const base = await hashOf(now);
    rmSync(join(folder, "claims.yaml"));
    const gone = await ask(...put(base, CLAIMS));
    expect([gone.status, gone.body.problems[0].code]).toEqual([409, "file-gone"]);
    expect((await ask(...put(null, CLAIMS))).status).toBe(200);
    expect(text("claims.yaml")).toBe(CLAIMS);
  });

  it("can bring a deleted main file back", async () => {
    const { ask, folder, now, text } = workbench();
    await now();
    rmSync(join(folder, "case.yaml"));
    expect((await ask(...put(null, MAIN, {}, "case.yaml"))).status).toBe(200);
    expect(text("case.yaml")).toBe(MAIN);
  });

  it.each([
    ["other.yaml", 404],
    ["data/area.csv", 404],
    ["..%2fother.yaml", 404],
    ["%2e%2e/%2e%2e/other.yaml", 404],
    ["%2Fetc%2Fpasswd.yaml", 404],
    ["..%5cother.yaml", 404],
  ])("is not written under the name %s", async (name, status) => {
    const { ask, folder } = workbench({ ...FILES, "other.yaml": "a: 1\n" });
    const answers = await Promise.all([null, "0".repeat(64)].map((base) => ask(...put(base, "a: 2\n", {}, name))));
    for (const answer of answers) expect(answer.status).toBe(status);
    expect(readdirSync(join(folder, "..")).sort()).toEqual(["mine"]);
  });

  it("of too many bytes is refused before it is read", async () => {
    const { ask, now } = workbench(FILES, { limits: { text: 1000 } });
    const saved = await ask(...put(await hashOf(now), "#".repeat(2000)));
    expect([saved.status, saved.body.problems[0].code]).toEqual([413, "request-size"]);
  });
});
