import { createHash } from "node:crypto";
import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { ParleyError } from "../../src/core/problems/index.ts";
import { bundle, MANIFEST, openBundle } from "../../src/formats/bundle/index.ts";
import { doubled, isPortablePath } from "../../src/formats/bundle/paths.ts";
import { unzip } from "../../src/formats/bundle/zip.ts";
import { type RawEnd, type RawEntry, rawZip } from "../support/raw-zip.ts";

const ABOUT = { main: "case.yaml", title: "Ü", parley: "0.1.0" };
const FILES = { "case.yaml": "parley: 1\ntitle: Ü\n", "data/a.csv": "date,value\n2024,1\n", "README.md": "# R\n" };

const sha = (content: string | Uint8Array): string => createHash("sha256").update(content).digest("hex");

/** The reason for which bytes are refused as a bundle; undefined where they are opened. */
function refusal(bytes: Uint8Array): string | undefined {
  try {
    openBundle(bytes, "x.parley.zip");
    return undefined;
  } catch (error) {
    if (!(error instanceof ParleyError)) throw error;
    return error.problems.map(({ message }) => message).join();
  }
}

const zipRefusal = (entries: readonly RawEntry[], end?: RawEnd): string | undefined => {
  const made = unzip(rawZip(entries, end), () => true);
  return "refused" in made ? made.refused : undefined;
};

const wide = Buffer.from([1, 0, 8, 0, 1, 0, 0, 0, 0, 0, 0, 0]);

describe("a bundle", () => {
  it("has the same bytes each time, whatever the order of its files and the place on Earth", () => {
    const bytes = bundle(FILES, ABOUT);
    const turned = Object.fromEntries(Object.entries(FILES).toReversed());
    const { TZ } = process.env;
    try {
      process.env["TZ"] = "Pacific/Kiritimati";
      expect(bundle(turned, ABOUT)).toEqual(bytes);
    } finally {
      if (TZ === undefined) delete process.env["TZ"];
      else process.env["TZ"] = TZ;
    }
    // The bytes themselves: a change here means that the same case is packed to other bytes than before.
    expect(sha(bytes)).toBe("f763687e900ffa892547577802139b822271c3cabe97ea89eed02c1bd92ea314");
  });

  it("says of each file its size and its SHA-256, and of itself who made it", () => {
    const bytes = bundle(FILES, {
      ...ABOUT,
      case: "a".repeat(64),
      redacted: { rules: ["names"], dropped: { names: 2 } },
    });
    const files = unzipSync(bytes);
    expect(Object.keys(files)).toEqual([...Object.keys(FILES), MANIFEST].sort());
    const manifest = JSON.parse(new TextDecoder().decode(files[MANIFEST]));
    expect(manifest).toEqual({
      format: "parley-bundle-1",
      parley: "0.1.0",
      title: "Ü",
      main: "case.yaml",
      case: "a".repeat(64),
      redacted: { rules: ["names"], dropped: { names: 2 } },
      files: Object.entries(FILES)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([path, text]) => ({ path, bytes: Buffer.byteLength(text), sha256: sha(text) })),
    });
    expect(openBundle(bytes, "x").manifest).toEqual(manifest);
  });

  const part = fc.stringMatching(/^[a-z0-9ü_-]{1,12}$/).filter((name) => !/^(con|prn|aux|nul|com.|lpt.)$/.test(name));
  const path = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => `${parts.join("/")}.csv`);
  it("gives back any files byte for byte", () => {
    fc.assert(
      fc.property(fc.dictionary(path, fc.uint8Array({ maxLength: 300 }), { maxKeys: 12 }), (more) => {
        const files = { ...more, "case.yaml": new Uint8Array([0xef, 0xbb, 0xbf, 0x61]) };
        fc.pre(doubled(Object.keys(files)) === undefined);
        const opened = openBundle(bundle(files, ABOUT), "x");
        expect([...opened.files].map(([name, bytes]) => [name, [...bytes]]).sort()).toEqual(
          Object.entries(files)
            .map(([name, bytes]) => [name, [...bytes]])
            .sort(),
        );
      }),
      { numRuns: 100 },
    );
  });

  it("takes a file that shrinks as a bomb would, and gives it back", () => {
    const zeros = "0\n".repeat(1_000_000);
    const bytes = bundle({ ...FILES, "data/zeros.csv": zeros }, ABOUT);
    expect(new TextDecoder().decode(openBundle(bytes, "x").files.get("data/zeros.csv"))).toBe(zeros);
  });

  it("packs no file that could not be unpacked everywhere", () => {
    const message = (files: Readonly<Record<string, string | Uint8Array>>) => {
      expect(() => bundle({ ...FILES, ...files }, ABOUT)).toThrow(ParleyError);
      try {
        bundle({ ...FILES, ...files }, ABOUT);
      } catch (error) {
        return (error as ParleyError).message;
      }
      return "";
    };
    expect(message({ "data/Con.csv": "" })).toContain("not every system");
    expect(message({ "data/A.csv": "" })).toContain("another file");
    expect(message({ "data/a.csv/b.csv": "" })).toContain("another file");
    expect(message({ "Parley-Manifest.json": "" })).toContain("manifest");
    expect(message({ "big.csv": new Uint8Array(20_000_001) })).toContain("20 MB");
    const large = new Uint8Array(19_000_000);
    expect(message({ "1.csv": large, "2.csv": large, "3.csv": large, "4.csv": large })).toContain("60 MB");
    const many = Object.fromEntries(Array.from({ length: 2000 }, (_, k) => [`${k}.csv`, ""]));
    expect(message(many)).toContain("1999 files");
  });
});

describe("names of files", () => {
  it("are refused where a system takes them for a device, drops a mark of them, hides them or shows them otherwise", () => {
    for (const name of [
      "CON",
      "con.yaml",
      "a/Nul.csv",
      "aux.tar.gz",
      "com1.csv",
      "LPT9",
      "lpt¹.csv",
      "CONIN$",
      "con .yaml",
      "a.",
      "a ",
      "a./b",
      " a",
      "a:b",
      "a<b",
      "a|b",
      "a?b",
      "a*b",
      'a"b',
      ".git/config",
      "a/.hidden",
      "~/x",
      "a\u202eb.csv",
      "a\u200eb",
      "a\ud800b",
      "x".repeat(201),
      "../a",
      "/a",
      "C:/a",
      "a\\b",
      "a\0b",
      "",
      "a//b",
    ]) {
      expect(isPortablePath(name), JSON.stringify(name)).toBe(false);
    }
    for (const name of [
      "case.yaml",
      "data/a-b_c (2).csv",
      "ü/中.csv",
      "console.yaml",
      "com10.csv",
      "a..b/c",
      "auxiliary",
    ]) {
      expect(isPortablePath(name), name).toBe(true);
    }
  });

  it("are one where only capitals, composed accents or a folder part them", () => {
    expect(doubled(["a", "b", "c/a", "d/a"])).toBeUndefined();
    expect(doubled(["a/", "a/b", "a/c"])).toBeUndefined();
    expect(doubled(["a", "A"])).toBe("A");
    expect(doubled(["d/a", "D/b"])).toBe("D/b");
    expect(doubled(["é.csv", "é.csv"])).toBe("é.csv");
    expect(doubled(["straße", "STRASSE"])).toBe("STRASSE");
    expect(doubled(["a", "a/b"])).toBe("a/b");
    expect(doubled(["a/b", "A"])).toBe("A");
    expect(doubled(["a", "a/"])).toBe("a/");
    expect(doubled(["a/", "a/"])).toBe("a/");
  });
});

describe("an archive that was made by hand", () => {
  const good: RawEntry = { name: "case.yaml" };

  it("is read where it tells no lies, by a writer that is not ours", () => {
    expect(
      zipRefusal([good, { name: "data/", content: "", method: 0 }, { name: "data/a.csv", method: 0 }]),
    ).toBeUndefined();
    expect(
      zipRefusal([
        { ...good, mode: 0o100644 },
        { name: "d/", content: "", method: 0, mode: 0o040755 },
      ]),
    ).toBeUndefined();
    expect(zipRefusal([good], { comment: Buffer.from("a remark") })).toBeUndefined();
    expect(zipRefusal([{ ...good, flags: 8 }])).toBeUndefined();
    expect(zipRefusal([])).toBeUndefined();
  });

  it("is refused where a path leads elsewhere", () => {
    for (const name of [
      "../x",
      "a/../../x",
      "/etc/passwd",
      "C:x",
      "c:/x",
      "a\\b",
      "\\\\host\\x",
      "a\0.csv",
      "a//b",
      "./a",
      "__proto__/a",
    ]) {
      expect(zipRefusal([good, { name }]), JSON.stringify(name)).toBe("zip-path");
    }
    expect(zipRefusal([{ name: Buffer.from([0xff, 0xfe, 0x41]) }])).toBe("zip-broken");
  });

  it("is refused where it holds a link, a device, a pipe or a socket", () => {
    expect(zipRefusal([good, { name: "l", content: "/etc/passwd", mode: 0o120777 }])).toBe("zip-link");
    for (const mode of [0o020666, 0o060666, 0o010666, 0o140666]) {
      expect(zipRefusal([good, { name: "l", mode }]), mode.toString(8)).toBe("zip-kind");
    }
  });

  it("is refused where two names are one", () => {
    expect(zipRefusal([good, good])).toBe("zip-double");
    expect(zipRefusal([good, { name: "Case.YAML" }])).toBe("zip-double");
    expect(zipRefusal([good, { name: "case.yaml/x" }])).toBe("zip-double");
  });

  it("is refused where it is a bomb: by its ratio, by what it declares, by sharing bytes, by its count", () => {
    const zeros = new Uint8Array(10_000_000);
    expect(zipRefusal([{ name: "a.csv", content: zeros }])).toBe("zip-entry");
    // Declared small: no more than that is unpacked.
    expect(zipRefusal([{ name: "a.csv", content: zeros, said: { size: 50_000 } }])).toBe("zip-entry");
    expect(zipRefusal([{ name: "a.csv", content: "abc", said: { size: 20_000_001 } }])).toBe("zip-entry");
    const noise = Buffer.alloc(16_000_000, 7);
    expect(zipRefusal([1, 2, 3, 4].map((k) => ({ name: `${k}.csv`, content: noise, method: 0 })))).toBe("zip-huge");
    // One packed text for many names (Fifield 2019).
    const first: RawEntry = { name: "a.csv", content: "x".repeat(90_000) };
    expect(zipRefusal([first, { ...first, said: { at: 0 } }])).toBe("zip-broken");
    expect(zipRefusal([first, { ...first, name: "b.csv", said: { at: 0 } }])).toBe("zip-broken");
    expect(zipRefusal(Array.from({ length: 2001 }, (_, k) => ({ name: `${k}.csv` })))).toBe("zip-many");
  });

  it("is refused where its parts contradict each other", () => {
    expect(zipRefusal([{ ...good, here: { name: "other.yml" } }])).toBe("zip-broken");
    expect(zipRefusal([{ ...good, here: { name: "case.yamx" } }])).toBe("zip-broken");
    expect(zipRefusal([{ ...good, here: { size: 4 } }])).toBe("zip-broken");
    expect(zipRefusal([{ ...good, here: { method: 0 } }])).toBe("zip-broken");
    expect(zipRefusal([{ ...good, said: { size: 4 } }])).toBe("zip-entry");
    expect(zipRefusal([{ ...good, said: { size: 6 } }])).toBe("zip-broken");
    expect(zipRefusal([{ ...good, said: { crc: 1 } }])).toBe("zip-broken");
    expect(zipRefusal([{ ...good, said: { packed: 90 } }])).toBe("zip-broken");
    expect(zipRefusal([{ ...good, packed: new Uint8Array([255, 255]) }])).toBe("zip-broken");
    expect(zipRefusal([{ ...good, method: 0, said: { size: 3 } }])).toBe("zip-broken");
    expect(zipRefusal([{ name: "d/", content: "hidden" }])).toBe("zip-broken");
    expect(zipRefusal([good], { countHere: 2 })).toBe("zip-broken");
    expect(zipRefusal([good], { count: 2 })).toBe("zip-broken");
    expect(zipRefusal([good], { count: 0 })).toBe("zip-broken");
    expect(zipRefusal([good], { size: 3 })).toBe("zip-broken");
    expect(zipRefusal([good], { at: 3 })).toBe("zip-broken");
    expect(zipRefusal([good], { before: new Uint8Array(7) })).toBe("zip-broken");
    const second = rawZip([{ name: "evil.yaml" }]);
    expect(zipRefusal([good], { comment: second })).toBe("zip-broken");
    expect(refusal(Buffer.concat([rawZip([good]), new Uint8Array(3)]))).toContain("broken");
  });

  it("is refused where it is encrypted, in parts, of 64 bits, or packed by another method", () => {
    for (const flags of [1, 0x20, 0x40, 0x2000]) expect(zipRefusal([{ ...good, flags }]), `${flags}`).toBe("zip-kind");
    for (const method of [9, 12, 14, 93, 95, 98, 99]) {
      expect(zipRefusal([{ ...good, method, packed: deflateRawSync("x: 1\n") }]), `${method}`).toBe("zip-kind");
    }
    expect(zipRefusal([good], { disk: 1 })).toBe("zip-kind");
    expect(zipRefusal([good], { count: 0xffff })).toBe("zip-kind");
    expect(zipRefusal([good], { at: 0xffffffff })).toBe("zip-kind");
    expect(zipRefusal([{ ...good, said: { at: 0xffffffff } }])).toBe("zip-kind");
    expect(zipRefusal([{ ...good, said: { packed: 0xffffffff } }])).toBe("zip-kind");
    expect(zipRefusal([{ ...good, said: { size: 0xffffffff } }])).toBe("zip-kind");
    expect(zipRefusal([{ ...good, extra: wide }])).toBe("zip-kind");
    expect(zipRefusal([{ ...good, here: { extra: wide } }])).toBe("zip-kind");
    const locator = Buffer.alloc(20);
    locator.writeUInt32LE(0x07064b50, 0);
    expect(zipRefusal([good], { before: locator })).toBe("zip-kind");
  });
});

describe("what a manifest says", () => {
  const listed = Object.entries(FILES).map(([path, text]) => ({
    path,
    bytes: Buffer.byteLength(text),
    sha256: sha(text),
  }));
  const said = { format: "parley-bundle-1", ...ABOUT, files: listed };
  const made = (manifest: unknown, files: Readonly<Record<string, string>> = FILES): Uint8Array =>
    rawZip([
      ...Object.entries(files).map(([name, content]) => ({ name, content })),
      { name: MANIFEST, content: typeof manifest === "string" ? manifest : JSON.stringify(manifest) },
    ]);

  it("must hold for every file, and for no other", () => {
    expect(refusal(made(said))).toBeUndefined();
    expect(refusal(made(said, { ...FILES, "README.md": "# S\n" }))).toContain("README.md");
    expect(refusal(made(said, { ...FILES, "README.md": "# longer\n" }))).toContain("README.md");
    expect(refusal(made(said, { ...FILES, "more.txt": "" }))).toContain("more.txt");
    expect(refusal(made(said, { ...FILES, "run.sh": "" }))).toContain("run.sh");
    expect(
      refusal(made({ ...said, files: [...listed, { path: "record.jsonl", bytes: 0, sha256: sha("") }] })),
    ).toContain("record.jsonl");
  });

  it("is refused where there is none, it cannot be read, or a later version wrote it", () => {
    expect(refusal(rawZip([{ name: "case.yaml" }]))).toContain("has no parley-manifest.json");
    expect(refusal(made({ ...said, format: "parley-bundle-2" }))).toContain("later version");
    for (const broken of [
      "{",
      "null",
      "[]",
      "3",
      "{}",
      { ...said, format: "zip" },
      { ...said, title: 3 },
      { ...said, main: "other.yaml" },
      { ...said, case: "abc" },
      { ...said, redacted: 1 },
      { ...said, redacted: { rules: [1], dropped: {} } },
      { ...said, redacted: { rules: [], dropped: { a: "b" } } },
      { ...said, files: {} },
      { ...said, files: [...listed, listed[0]] },
      { ...said, files: [...listed, null] },
      { ...said, files: [...listed, { path: "../x", bytes: 0, sha256: sha("") }] },
      { ...said, files: [...listed, { path: "x", bytes: 0.5, sha256: sha("") }] },
      { ...said, files: [...listed, { path: "x", bytes: 0, sha256: "A".repeat(64) }] },
    ]) {
      expect(refusal(made(broken)), JSON.stringify(broken)).toContain("its manifest cannot be used");
    }
  });

  it("is refused with names that not every system can have", () => {
    const name = "nul.csv";
    const files = { ...FILES, [name]: "" };
    expect(refusal(made({ ...said, files: [...listed, { path: name, bytes: 0, sha256: sha("") }] }, files))).toContain(
      "not every system",
    );
  });

  it("never lets changed bytes through, whichever are turned", () => {
    const bytes = bundle(FILES, ABOUT);
    const whole = [...openBundle(bytes, "x").files].map(([path, content]) => [path, sha(content)]);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, turn) => {
        const copy = bytes.slice();
        copy[at] = (copy[at] ?? 0) ^ turn;
        try {
          const opened = openBundle(copy, "x");
          expect([...opened.files].map(([path, content]) => [path, sha(content)])).toEqual(whole);
        } catch (error) {
          expect(error).toBeInstanceOf(ParleyError);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("is missed wherever the archive is cut short", () => {
    const bytes = bundle(FILES, ABOUT);
    for (let length = 0; length < bytes.length; length += 1) expect(refusal(bytes.subarray(0, length))).toBeDefined();
  });
});
