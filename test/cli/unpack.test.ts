import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { filesInFolder } from "../../src/case/folder.ts";
import { ownFiles } from "../../src/cli/bundle/case-files.ts";
import { writeFolder } from "../../src/cli/bundle/unpack-folder.ts";
import { bundle, MANIFEST, openBundle } from "../../src/formats/bundle/index.ts";
import { folderWith, parley, root, SMALL_CASE } from "../support/cli.ts";
import { filesBelow, place } from "../support/packed.ts";
import { rawZip } from "../support/raw-zip.ts";

describe("parley unpack", () => {
  const good = bundle({ "case.yaml": SMALL_CASE }, { main: "case.yaml", title: "A", parley: "0.0.1" });

  it("writes nothing of what it refuses", () => {
    const out = place();
    const link = rawZip([{ name: "case.yaml" }, { name: "l", content: "/etc/passwd", mode: 0o120777 }]);
    const up = rawZip([{ name: "../../evil.yaml" }]);
    const turned = Buffer.from(good);
    turned[60] = (turned[60] ?? 0) ^ 1;
    const manifest = JSON.stringify({ format: "parley-bundle-9" });
    const later = rawZip([{ name: "case.yaml" }, { name: MANIFEST, content: manifest }]);
    for (const [bytes, why] of [
      [link, "holds a link"],
      [up, "leads out of its folder"],
      [turned, "invalid bundle"],
      [later, "a later version of Parley"],
      [new Uint8Array(), "no zip archive"],
      [good.subarray(0, 100), "no zip archive"],
      [Buffer.from("age-encryption.org/v1\n-> X25519 a\nb\n--- c\n"), "--identity"],
    ] as const) {
      const file = join(out, "x.parley.zip");
      writeFileSync(file, bytes);
      const { code, stdout, stderr } = parley(["unpack", file, join(out, "case")]);
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr).toContain(why);
      expect(readdirSync(out)).toEqual(["x.parley.zip"]);
    }
  });

  it("writes into no folder that holds something, no file and no link", () => {
    const file = join(folderWith({ "x.parley.zip": good }), "x.parley.zip");
    const out = place();
    mkdirSync(join(out, "empty"));
    mkdirSync(join(out, "full"));
    writeFileSync(join(out, "full", "mine.txt"), "mine");
    symlinkSync(join(out, "empty"), join(out, "link"));
    for (const [name, what] of [
      ["full", "not empty"],
      ["full/mine.txt", "is a file"],
      ["link", "is a link"],
    ] as const) {
      const { code, stderr } = parley(["unpack", file, join(out, name)]);
      expect([code, stderr.includes(what)]).toEqual([2, true]);
    }
    expect(readdirSync(join(out, "full"))).toEqual(["mine.txt"]);
    expect(parley(["unpack", file, join(out, "empty")]).code).toBe(0);
    expect(readdirSync(join(out, "empty"))).toEqual(["case.yaml"]);
    expect(readdirSync(out).toSorted()).toEqual(["empty", "full", "link"]);
  });

  it("leaves nothing behind where writing fails in the middle", () => {
    const out = place();
    const files = new Map([
      ["a.yaml", new Uint8Array(3)],
      ["a.yaml/b", new Uint8Array(3)],
    ]);
    expect(() => writeFolder(join(out, "case"), files, false)).toThrow("cannot be written");
    expect(readdirSync(out)).toEqual([]);
  });

  it("tells a case whose hash is another one", () => {
    const about = { main: "case.yaml", title: "A", case: "0".repeat(64) };
    const out = place();
    const file = join(out, "x.parley.zip");
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
    writeFileSync(file, bundle({ "case.yaml": SMALL_CASE }, { ...about, parley: version }));
    expect(parley(["unpack", file, join(out, "a")])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("another hash"),
    });
    writeFileSync(file, bundle({ "case.yaml": SMALL_CASE }, { ...about, parley: "9.9.9" }));
    const { code, stdout } = parley(["unpack", file, join(out, "b")]);
    expect(code).toBe(0);
    expect(stdout).toContain("another hash");
    // Its title is its own, not what a manifest says.
    expect(stdout).toMatch(/^case 000000000000 {2}A small case$/m);
  });

  const name = fc.stringMatching(/^[a-z0-9]{1,8}$/).filter((each) => !/^(con|prn|aux|nul|com.|lpt.)$/.test(each));
  it("gives back any case folder byte for byte", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(name, { maxLength: 4 }),
        fc.string({ unit: "grapheme", maxLength: 60 }),
        fc.boolean(),
        (names, readme, deep) => {
          const folder = folderWith({ "README.md": readme });
          const paths = names.map((each) => (deep ? `d/${each}.csv` : `${each}.csv`));
          if (deep) mkdirSync(join(folder, "d"));
          const rows = paths.map((path, k) => {
            writeFileSync(join(folder, path), `date,value\n2024,${k}\n# ${readme.replaceAll(/[\0\r\n"]/g, "")}\n`);
            return `  s${k}: {name: S, unit: persons, file: ${path}}\n`;
          });
          writeFileSync(
            join(folder, "case.yaml"),
            `parley: 1\ntitle: T\n${rows.length > 0 ? `indicators:\n${rows.join("")}` : ""}`,
          );
          const own = ownFiles(filesInFolder(folder), false);
          const bytes = bundle(own.files, { main: own.main, title: "T", parley: "0.0.1" });
          const target = join(place(), "case");
          writeFolder(target, openBundle(bytes, "x").files, false);
          expect(filesBelow(target)).toEqual(filesBelow(folder));
        },
      ),
      { numRuns: 40 },
    );
  });
});
