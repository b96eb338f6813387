import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { filesInFolder } from "../../src/case/folder.ts";
import { readDossier } from "../../src/case/index.ts";
import { bundle, MANIFEST, openBundle } from "../../src/formats/bundle/index.ts";
import { readArchive } from "../../src/web/cases/case-files.ts";
import { archiveOf } from "../../src/web/share/archive.ts";
import { folderWith, parley, root, SMALL_CASE } from "../support/cli.ts";
import { filesBelow, place } from "../support/packed.ts";

const WITH_DATA = `\ufeff${SMALL_CASE}indicators:
  guns: {name: Guns, unit: persons, file: data/guns.csv, source: report#2}
include: more.yaml
`;
const RECORD = '{"kind":"forecast"}\n';

/** A case of several files, with things beside it that are none of its. */
function caseFolder(): string {
  const folder = folderWith({
    "case.yaml": WITH_DATA,
    "more.yaml": "# a remark\r\nparties:\r\n  one: {name: One}\r\n",
    "README.md": "# Read me\n",
    "record.jsonl": RECORD,
    "private.yaml": "none: of the case's\n",
    ".env": "SECRET=1\n",
  });
  mkdirSync(join(folder, "data"));
  writeFileSync(join(folder, "data", "guns.csv"), "date,value\n2024-01,1\n");
  return folder;
}
const OWN = ["README.md", "case.yaml", "data/guns.csv", "more.yaml"];

describe("parley pack and unpack", () => {
  it("pack the case's own files alone, the same bytes each time, and give them back byte for byte", () => {
    const [folder, out] = [caseFolder(), place()];
    const [file, again] = [join(out, "a.parley.zip"), join(out, "b.parley.zip")];
    const packed = parley(["pack", folder, file, "--json"]);
    expect([packed.code, packed.stderr]).toEqual([0, ""]);
    const told = JSON.parse(packed.stdout);
    const { dossier } = readDossier(filesInFolder(folder));
    expect(told).toMatchObject({ encrypted: false, case: { title: "A small case", hash: dossier?.hash }, files: OWN });
    expect(told.bytes).toBe(statSync(file).size);
    expect(parley(["pack", folder, again]).stdout).toContain("not encrypted");
    expect(readFileSync(again)).toEqual(readFileSync(file));
    const manifest = JSON.parse(new TextDecoder().decode(unzipSync(readFileSync(file))[MANIFEST]));
    expect(manifest.case).toBe(dossier?.hash);

    const target = join(out, "new", "case");
    const unpacked = parley(["unpack", file, target, "--json"]);
    expect([unpacked.code, unpacked.stderr]).toEqual([0, ""]);
    expect(JSON.parse(unpacked.stdout)).toMatchObject({
      encrypted: false,
      case: { main: "case.yaml" },
      redacted: null,
    });
    expect(filesBelow(target)).toEqual(filesBelow(folder).filter(([path]) => OWN.includes(path)));
    expect(readdirSync(dirname(target))).toEqual(["case"]);
  });

  it("take the record only where they are asked to", () => {
    const [folder, out] = [caseFolder(), place()];
    const file = join(out, "a.parley.zip");
    expect(parley(["pack", folder, file, "--with-record"]).code).toBe(0);
    expect(new TextDecoder().decode(openBundle(readFileSync(file), file).files.get("record.jsonl"))).toBe(RECORD);
    const bare = parley(["pack", "colombia-2012", join(out, "b.parley.zip"), "--with-record"]);
    expect([bare.code, existsSync(join(out, "b.parley.zip"))]).toEqual([2, false]);
    expect(bare.stderr).toContain("missing record");
  });

  it("pack a single YAML file under its own name, and other verbs read what is packed", () => {
    const folder = folderWith({ "mine.yaml": SMALL_CASE, "other.yaml": "x: 1\n" });
    const file = join(folder, "mine.parley.zip");
    expect(parley(["pack", join(folder, "mine.yaml"), file]).code).toBe(0);
    const { manifest } = openBundle(readFileSync(file), file);
    expect([manifest.main, manifest.files.map(({ path }) => path)]).toEqual(["mine.yaml", ["mine.yaml"]]);
    expect(parley(["check", file]).stdout).toContain("no ");
    const whole = parley(["evidence", join(folder, "mine.yaml"), "--json"]);
    expect(parley(["evidence", file, "--json"]).stdout).toBe(whole.stdout);
    const forecast = parley(["forecast", file]);
    expect([forecast.code, forecast.stderr]).toEqual([2, expect.stringContaining("no folder that a record")]);
  });

  it("refuse names that say something else, what is there, and a case with errors", () => {
    const [folder, out] = [caseFolder(), place()];
    const said = (words: readonly string[], input = "") => {
      const { code, stdout, stderr } = parley(["pack", ...words], { input });
      expect([code, stdout]).toEqual([2, ""]);
      return stderr;
    };
    const file = join(out, "a.parley.zip");
    expect(said([folder, join(out, "a.yaml")])).toContain("one such as case.parley.zip");
    expect(said([folder, file, "--to", "age1x"])).toContain("one such as case.parley.zip.age");
    expect(said([folder, `${file}.age`])).toContain("one such as case.parley.zip");
    expect(said([folder, `${file}.age`, "--to", "age1x"])).toContain("invalid recipient: age1x");
    expect(said([folder, `${file}.age`, "--encrypt"])).toContain("no terminal to ask");
    expect(said([folder, `${file}.age`, "--passphrase-file", "-"])).toContain("it is empty");
    expect(said([folder, `${file}.age`, "--passphrase-file", "-"], "a\nb\n")).toContain("more than one line");
    expect(said([folder, `${file}.age`, "--passphrase-file", join(out, "none")])).toContain("it does not exist");
    expect(said([folder, `${file}.age`, "--passphrase-file", "-", "--to", "age1x"])).toContain("beside");
    expect(said(["-", file], SMALL_CASE)).toContain("standard input");
    writeFileSync(join(folder, "more.yaml"), "parties: [\n");
    expect(said([folder, file])).toMatch(/more\.yaml:1/);
    expect(readdirSync(out)).toEqual([]);
    writeFileSync(file, "mine");
    expect(said([root, file])).toBeTruthy();
    expect(said(["colombia-2012", file])).toContain("there already");
    expect(readFileSync(file, "utf8")).toBe("mine");
    expect(parley(["pack", "colombia-2012", file, "--force"]).code).toBe(0);
    expect(readFileSync(file).subarray(0, 2).toString()).toBe("PK");
  });

  it("take no file from outside the folder, through a link either", () => {
    const out = place();
    const elsewhere = folderWith({ "README.md": "secret" });
    const linked = folderWith({ "case.yaml": SMALL_CASE });
    symlinkSync(join(elsewhere, "README.md"), join(linked, "README.md"));
    const { code, stderr } = parley(["pack", linked, join(out, "a.parley.zip")]);
    expect([code, readdirSync(out)]).toEqual([2, []]);
    expect(stderr).toContain("leads out of the case folder");
  });
});

describe("parley pack --encrypt", () => {
  it("is opened with an identity file, and by no other", async () => {
    const [folder, out] = [caseFolder(), place()];
    const [mine, other] = [await generateX25519Identity(), await generateX25519Identity()];
    writeFileSync(join(out, "mine.txt"), `# created: today\n${mine}\n`);
    writeFileSync(join(out, "other.txt"), `${other}\n`);
    const file = join(out, "a.parley.zip.age");
    const packed = parley(["pack", folder, file, "--to", await identityToRecipient(mine), "--json"]);
    expect([packed.code, JSON.parse(packed.stdout).encrypted]).toEqual([0, "recipients"]);
    expect(readFileSync(file).includes("case.yaml")).toBe(false);

    const target = join(out, "case");
    const fails = (words: readonly string[]) => {
      const { code, stdout, stderr } = parley(["unpack", file, target, ...words]);
      expect([code, stdout, existsSync(target)]).toEqual([2, "", false]);
      return stderr;
    };
    expect(fails([])).toContain("--identity");
    expect(fails(["--identity", join(out, "other.txt")])).toContain("other keys");
    expect(fails(["--identity", join(out, "none.txt")])).toContain("does not exist");
    expect(fails(["--identity", file])).toContain("encrypted itself");
    expect(parley(["check", file])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("parley unpack decrypts"),
    });

    const opened = parley([
      "unpack",
      file,
      target,
      "--identity",
      join(out, "other.txt"),
      "--identity",
      join(out, "mine.txt"),
    ]);
    expect([opened.code, opened.stderr]).toEqual([0, ""]);
    expect(filesBelow(target)).toEqual(filesBelow(folder).filter(([path]) => OWN.includes(path)));
    // What was encrypted is for its reader alone.
    if (process.platform !== "win32") expect(statSync(target).mode & 0o777).toBe(0o700);
  });

  it("is opened with a passphrase that no argument holds", () => {
    const out = place();
    const file = join(out, "a.parley.zip.age");
    expect(parley(["pack", "colombia-2012", file, "--passphrase-file", "-"], { input: "correct horse\n" }).code).toBe(
      0,
    );
    writeFileSync(join(out, "p.txt"), "correct horse");
    const wrong = parley(["unpack", file, join(out, "b"), "--passphrase-file", "-"], { input: "battery" });
    expect([wrong.code, existsSync(join(out, "b"))]).toEqual([2, false]);
    expect(wrong.stderr).toContain("passphrase is not right");
    expect(parley(["unpack", file, join(out, "c"), "--passphrase-file", join(out, "p.txt")]).code).toBe(0);
    expect(existsSync(join(out, "c", "case.yaml"))).toBe(true);
  });
});

describe("the workbench and the command", () => {
  it("open what the other one packs", async () => {
    const [folder, out] = [caseFolder(), place()];
    const file = join(out, "mine.parley.zip");
    expect(parley(["pack", folder, file, "--with-record"]).code).toBe(0);
    const dropped = await readArchive(new File([readFileSync(file)], "mine.parley.zip"));
    if (!("packed" in dropped)) throw new Error("refused" in dropped ? dropped.refused : "locked");
    expect([dropped.name, dropped.packed.main]).toEqual(["mine", "case.yaml"]);
    expect(Object.keys(dropped.packed.files).toSorted()).toEqual(OWN);
    expect(dropped.packed.files["more.yaml"]).toBe(readFileSync(join(folder, "more.yaml"), "utf8"));

    writeFileSync(file, archiveOf(dropped.packed, "T", "0.1.0"));
    expect(parley(["unpack", file, join(out, "case")]).code).toBe(0);
    expect(filesBelow(join(out, "case")).map(([path]) => path)).toEqual(OWN);
  });

  it("take for the case's main file what the manifest names", async () => {
    const files = { "b.yaml": "parley: 1\ntitle: B\ninclude: a.yaml\n", "a.yaml": "parties: {one: {name: One}}\n" };
    const bytes = bundle(files, { main: "b.yaml", title: "B", parley: "0.1.0" });
    const dropped = await readArchive(new File([bytes], "b.parley.zip"));
    expect(dropped).toMatchObject({ packed: { main: "b.yaml" } });
  });
});
