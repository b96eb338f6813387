import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Settled, settled } from "../requests.ts";
import { type Team, team } from "../support.ts";

/**
 * Texts that are meant to keep the server busy or to make it do what they say.
 *
 * Nothing is timed: without bounds each of these takes minutes, all memory or the stack, and the test with it.
 */
let server: Team;
let here: Settled;
beforeAll(async () => {
  server = await team();
  here = await settled(server, "ann");
});
afterAll(() => server.store.close());

const HEAD = "parley: 1\ntitle: Bomb\n";
const laughs = (levels: number, wide: number): string => {
  const lines = [`notes0: &a0 [${Array(wide).fill('"ha"').join(",")}]`];
  for (let i = 1; i <= levels; i += 1) {
    lines.push(
      `notes${i}: &a${i} [${Array(wide)
        .fill(`*a${i - 1}`)
        .join(",")}]`,
    );
  }
  return `${HEAD}${lines.join("\n")}\n`;
};

const BOMBS: readonly (readonly [name: string, text: string])[] = [
  ["a billion laughs by aliases", laughs(9, 10)],
  ["aliases of 2 ** 40 leaves", laughs(40, 2)],
  ["one anchor named 50 000 times", `${HEAD}a: &a [1]\nb: [${Array(50_000).fill("*a").join(",")}]\n`],
  [
    "merge keys by aliases",
    `${HEAD}a: &a {x: 1}\n${Array.from({ length: 300 }, (_, i) => `b${i}: {<<: *a}`).join("\n")}\n`,
  ],
  ["an alias of itself", `${HEAD}a: &a [*a]\n`],
  ["lists that nest 50 000 deep", `${HEAD}a: ${"[".repeat(50_000)}${"]".repeat(50_000)}\n`],
  [
    "maps that nest 2 000 deep by indentation",
    `${HEAD}${Array.from({ length: 2000 }, (_, i) => `${" ".repeat(i)}a:`).join("\n")}\n`,
  ],
  ["sequences in one line that never end", `${HEAD}a: ${"- ".repeat(50_000)}\n`],
  ["questions for keys", `${HEAD}${"? ".repeat(20_000)}\n`],
  ["a key of a million letters", `${HEAD}${"k".repeat(1_000_000)}: 1\n`],
  ["a text of five million letters", `${HEAD}summary: ${"x".repeat(5_000_000)}\n`],
  ["thirty thousand keys", `${HEAD}${Array.from({ length: 30_000 }, (_, i) => `k${i}: 1`).join("\n")}\n`],
  ["a number of a million digits", `${HEAD}asOf: ${"9".repeat(1_000_000)}\n`],
  ["spaces that a regular expression would try over and over", `${HEAD}summary: "${" ".repeat(200_000)}x\n`],
  ["colons and dashes", `${HEAD}${":-".repeat(200_000)}\n`],
  [
    "tags that run code elsewhere",
    `${HEAD}a: !!js/function "function(){ process.exit(1) }"\nb: !!python/object/apply:os.system [ls]\n`,
  ],
  ["names that JavaScript knows", `${HEAD}__proto__: {polluted: true}\nconstructor: {prototype: {polluted: true}}\n`],
  ["a file of this machine", `${HEAD}include: /etc/passwd\nsources: !include /etc/passwd\n`],
  [
    "a number that is drawn by a formula",
    `${HEAD}parties: {a: {name: A}}\nissues: {i: {name: I, weight: "${"normal(".repeat(20_000)}"}}\n`,
  ],
];

describe("a text that is meant to do harm", () => {
  it.each(BOMBS)("%s is refused or kept as a text, in a new case and in a save", async (_, text) => {
    const made = await server.ask("ann", "POST", `/api/workspaces/${here.workspace}/cases`, {
      files: { "case.yaml": text },
    });
    expect(made.status).toBeLessThan(500);
    const { body: now } = await server.ask("ann", "GET", `/api/cases/${here.caseId}`);
    const main = now.files.find(({ name }: { name: string }) => name === "case.yaml");
    const path = `/api/cases/${here.caseId}/files/case.yaml`;
    const saved = await server.ask("ann", "PUT", path, { base: main.hash, text });
    expect(saved.status).toBeLessThan(500);
    const drafted = await server.ask("ann", "PUT", path, {
      base: saved.body.file?.hash ?? main.hash,
      text,
      draft: true,
    });
    expect(drafted.status).toBeLessThan(500);
    // Whatever was kept can be looked at, edited and put back. Assessing it has limits of its own (compute.test.ts).
    const { status, body: after } = await server.ask("ann", "GET", `/api/cases/${here.caseId}`);
    expect(status).toBe(200);
    expect(JSON.stringify(after)).not.toContain("root:");
    const edits = [{ set: "title", value: "After" }];
    const edited = await server.ask("ann", "POST", `/api/cases/${here.caseId}/edits`, { base: after.case.hash, edits });
    expect(edited.status).toBeLessThan(500);
    const back = await server.ask("ann", "POST", `/api/cases/${here.caseId}/versions/1/restore`, {});
    expect(back.status).toBe(200);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    expect(server.errors).toEqual([]);
  });

  it("of NUL is refused: the store cannot hold it", async () => {
    const { body: now } = await server.ask("ann", "GET", `/api/cases/${here.caseId}`);
    const path = `/api/cases/${here.caseId}/files/case.yaml`;
    const text = `${HEAD}summary: "a\u0000b"\n`;
    const main = now.files.find(({ name }: { name: string }) => name === "case.yaml");
    for (const draft of [true, false]) {
      const saved = await server.ask("ann", "PUT", path, { base: main.hash, text, draft });
      expect([draft, saved.status >= 400 && saved.status < 500]).toEqual([draft, true]);
    }
    const name = { name: "a\u0000b" };
    expect((await server.ask("ann", "POST", "/api/workspaces", name)).status).toBe(400);
    expect((await server.ask("ann", "PATCH", "/api/me", name)).status).toBe(400);
    expect(server.errors).toEqual([]);
  });

  it("in the names of files leads out of no case", async () => {
    for (const name of [
      "../up.yaml",
      "/etc/cron.d/x",
      "a/../../b.yaml",
      "C:\\x.yaml",
      "a\u0000.yaml",
      "con",
      ".git/config",
    ]) {
      const files = { "case.yaml": HEAD, [name]: "a: 1\n" };
      const made = await server.ask("ann", "POST", `/api/workspaces/${here.workspace}/cases`, { files });
      const told =
        made.status === 201 ? (await server.ask("ann", "GET", `/api/cases/${made.body.case.id}`)).body.files : [];
      const names = told.map((file: { name: string }) => file.name);
      expect([name, made.status < 500, names.includes(name)]).toEqual([name, true, false]);
    }
  });
});
