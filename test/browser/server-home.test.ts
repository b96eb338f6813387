import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { folderStore } from "../../src/api/folders.ts";
import { serveWorkbench } from "../../src/cli/serve/workbench.ts";
import { apiClient } from "../../src/web/cases/api-client.ts";
import type { Held } from "../../src/web/cases/home.ts";
import { createOnServer, findServer, heldOf, type News, serverHome } from "../../src/web/cases/server.ts";
import { withoutKey } from "../../src/web/state/key.ts";
import { withoutSecret } from "../../src/web/state/secrets.ts";
import { folderWith, SMALL_CASE } from "../support/cli.ts";

const KEY = "a-key-for-tests";
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function opened(key: string | undefined = KEY) {
  const folder = folderWith({ "case.yaml": SMALL_CASE });
  const store = folderStore({ folders: [{ path: folder }], home: join(folder, "new"), watch: { quiet: 10, poll: 50 } });
  const start = (port = 0) => serveWorkbench({ store, key: KEY, web: folder, port });
  let served = await start();
  closing.push(() => served.close());
  const client = apiClient(served.address, () => key);
  const [summary] = ((await client.list()) as { cases: readonly { id: string }[] }).cases;
  const whole = await client.open(summary?.id ?? "");
  if (!whole.ok) throw new Error("not opened");
  const news: News[] = [];
  const home = serverHome(client, whole.case, heldOf(whole), (each) => news.push(each));
  const { address } = served;
  return {
    client,
    home,
    news,
    address,
    held: heldOf(whole),
    id: whole.case.id,
    file: join(folder, "case.yaml"),
    end: () => served.close(),
    again: async () => {
      served = await start(Number(new URL(address).port));
    },
  };
}

const bears = (value: number, expected?: number) => ({
  set: "claims.losses.bears.talks",
  value,
  ...(expected === undefined ? {} : { expected }),
});
const retitled = (value: string) => ({ set: "title", value, expected: "A small case" });

describe("the address with the key", () => {
  it.each([
    ["#key=K&case=my-case", { key: "K", hash: "#/my-case" }],
    ["#key=K", { key: "K", hash: "#/" }],
    [
      "#key=K-_1&case=a&reading=source&set=a.b%3D2&set=c%3D3",
      { key: "K-_1", hash: "#/a?reading=source&set=a.b%3D2&set=c%3D3" },
    ],
    ["#/my-case?key=K", undefined],
    ["#key=", undefined],
    ["", undefined],
  ])("%s", (hash, found) => expect(withoutKey(hash)).toEqual(found));
});

describe("the address with a team's secret", () => {
  it("loses a secret before anything else sees it, and takes no page for one", () => {
    const secret = "s3cret_s3cret-s3cret_s3cret";
    expect(withoutSecret(`#/shared/${secret}?reading=a`)).toEqual({
      kind: "shared",
      secret,
      hash: "#/shared?reading=a",
    });
    expect(withoutSecret(`#/invitation/${secret}`)).toEqual({ kind: "invitation", secret, hash: "#/invitation" });
    for (const hash of ["#/shared/evidence", "#/shared", `#/other/${secret}`, ""])
      expect(withoutSecret(hash)).toBeUndefined();
  });
});

describe("a case behind the server", () => {
  it("takes edits, brings those of others together with them, and says where both changed one thing", async () => {
    const { home, held, file } = await opened();
    expect(home).toMatchObject({ kind: "server", readOnly: false });
    const mine = await home.edit(held, [bears(9, 4)]);
    if (!mine.ok) throw new Error("refused");
    expect(readFileSync(file, "utf8")).toBe(mine.held.packed.files["case.yaml"]);
    expect([mine.merged, mine.inverse]).toEqual([false, [expect.objectContaining({ value: 4 })]]);
    const theirs = await home.edit(held, [retitled("Theirs")]);
    expect(theirs).toMatchObject({ ok: true, merged: true });
    expect(theirs.held?.packed.files["case.yaml"]).toContain("bears: {talks: 9}");
    const late = await home.edit(held, [bears(2, 4)]);
    expect(late).toMatchObject({ ok: false, problems: [{ code: "edit-conflict" }], held: theirs.held });
    const draft = await home.saveText(mine.held, "case.yaml", SMALL_CASE);
    expect(draft).toMatchObject({ ok: false, problems: [{ code: "edit-stale" }], held: theirs.held });
    const text = await home.saveText(theirs.held as Held, "case.yaml", SMALL_CASE);
    expect(text).toMatchObject({ ok: true, held });
    const broken = await home.saveText(held, "case.yaml", "a: [");
    expect(broken.ok ? [] : broken.problems.map(({ code }) => code)).toEqual(["yaml-unclosed"]);
  });

  it("tells of others' changes alone, of files that go, and of a server that ends and comes back", async () => {
    const { home, held, file, news, end, again } = await opened();
    const seen: Held[] = [];
    const lines: string[] = [];
    closing.push(
      home.watch(
        (now) => seen.push(now),
        (state) => lines.push(state),
      ),
    );
    const saved = await home.edit(held, [bears(9, 4)]);
    writeFileSync(file, SMALL_CASE.replace("A small case", "By an editor"));
    await expect.poll(() => seen.length).toBe(1);
    expect(seen[0]?.packed.files["case.yaml"]).toContain("By an editor");
    expect(seen[0]?.hash).not.toBe(saved.held?.hash);
    rmSync(file);
    await expect.poll(() => news.at(-1)).toMatchObject({ kind: "gone", problems: [{ code: "case-unknown" }, {}] });
    writeFileSync(file, SMALL_CASE.replace("A small case", "By an editor"));
    await expect.poll(() => news.at(-1)).toEqual({ kind: "there" });
    expect(seen).toHaveLength(1);
    await end();
    await expect.poll(() => lines).toEqual(["lost"]);
    expect(await home.edit(seen[0] as Held, [bears(3)])).toEqual({ ok: false, problems: [], lost: true });
    writeFileSync(file, SMALL_CASE);
    await again();
    await expect.poll(() => lines, { timeout: 10_000 }).toEqual(["lost", "back"]);
    await expect.poll(() => seen.at(-1)?.hash, { timeout: 10_000 }).toBe(held.hash);
  });

  it("is made new under the first name that is free", async () => {
    const { client, held } = await opened();
    const names = [];
    for (let count = 0; count < 2; count += 1) {
      const made = await createOnServer(client, "mine", { main: "x.yaml", files: { "x.yaml": SMALL_CASE } });
      names.push(made.ok ? made.case.id : made.problems);
    }
    expect(names).toEqual(["mine", "mine-2"]);
    expect(held.packed.main).toBe("case.yaml");
  });
});

describe("looking for a server", () => {
  it("finds it, knows a wrong key, and none where something else answers", async () => {
    const { address } = await opened();
    expect(await findServer(apiClient(address, () => KEY))).toMatchObject({ ok: true });
    expect(await findServer(apiClient(address, () => "wrong"))).toMatchObject({ ok: false, locked: true });
    expect(await findServer(apiClient(address, () => undefined))).toEqual({ ok: true, cases: [] });
    // The file that stands there where the same page is handed out by any server, and a page in its place.
    for (const body of ['{"ok":false,"problems":[]}', "<!doctype html>", "{}", "null"]) {
      const before = globalThis.fetch;
      globalThis.fetch = async () => new Response(body);
      expect(await findServer(apiClient(address, () => KEY))).toBeUndefined();
      globalThis.fetch = before;
    }
    expect(await findServer(apiClient("http://127.0.0.1:1/", () => KEY))).toBeUndefined();
  });
});
