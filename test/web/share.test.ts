import fc from "fast-check";
import { strToU8, unzipSync, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { differs, MANIFEST } from "../../src/formats/bundle/manifest.ts";
import { isSafePath } from "../../src/formats/bundle/paths.ts";
import { unzip } from "../../src/formats/bundle/zip.ts";
import { linkOf, needed, readLink } from "../../src/web/cases/link.ts";
import { archiveOf } from "../../src/web/share/archive.ts";

const PACKED = {
  main: "case.yaml",
  files: { "case.yaml": "parley: 1\ntitle: Ü\n", "data/a.csv": "x\n1\n", "README.md": "# R\n" },
};
const all = () => true;
const refusal = (bytes: Uint8Array) => {
  const made = unzip(bytes, all);
  return "refused" in made ? made.refused : undefined;
};

/** Overwrites a field of the first entry of the central directory. */
function patched(bytes: Uint8Array, offset: number, value: number, size: 2 | 4): Uint8Array {
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  let at = copy.length - 22;
  while (view.getUint32(at, true) !== 0x06054b50) at -= 1;
  const entry = view.getUint32(at + 16, true);
  if (size === 2) view.setUint16(entry + offset, value, true);
  else view.setUint32(entry + offset, value, true);
  return copy;
}

/** Overwrites the size of the first file in the directory and in its own header. */
function patchedTwice(bytes: Uint8Array, size: number): Uint8Array {
  const copy = patched(bytes, 24, size, 4);
  new DataView(copy.buffer).setUint32(22, size, true);
  return copy;
}

describe("a case as an archive", () => {
  it("holds its files and a manifest with their hashes, the same bytes each time", () => {
    const bytes = archiveOf(PACKED, "Ü", "0.1.0");
    expect(archiveOf(PACKED, "Ü", "0.1.0")).toEqual(bytes);
    const made = unzip(bytes, all);
    if ("refused" in made) throw new Error(made.refused);
    const texts = Object.fromEntries([...made.files].map(([path, data]) => [path, new TextDecoder().decode(data)]));
    const { [MANIFEST]: manifest = "", ...files } = texts;
    expect(files).toEqual(PACKED.files);
    const read = JSON.parse(manifest);
    expect(read).toMatchObject({ format: "parley-bundle-1", parley: "0.1.0", title: "Ü", main: "case.yaml" });
    expect(differs(read, files)).toBeUndefined();
    expect(differs(read, { ...files, "case.yaml": "parley: 1\n" })).toBe("case.yaml");
    expect(differs(read, { ...files, "more.yaml": "x: 1\n" })).toBe("more.yaml");
    expect(differs(read, { "case.yaml": PACKED.files["case.yaml"] })).toBeDefined();
    expect(differs(null, files)).toBe(MANIFEST);
    // Another program's reader finds the same.
    expect(Object.keys(unzipSync(bytes)).sort()).toEqual([...Object.keys(PACKED.files), MANIFEST].sort());
  });
});

describe("an archive from a stranger", () => {
  const text = strToU8("parley: 1\n".repeat(50));
  const sound = zipSync({ "case.yaml": text });

  it("is refused where a path leads out, however it is written", () => {
    for (const path of [
      "../x.yaml",
      "a/../../x.yaml",
      "/etc/x.yaml",
      "C:/x.yaml",
      "a\\..\\x.yaml",
      "a//b.yaml",
      "./x.yaml",
      "a\nb.yaml",
    ]) {
      expect(isSafePath(path), path).toBe(false);
      expect(refusal(zipSync({ [path]: text })), path).toBe("zip-path");
    }
    expect(refusal(zipSync({ "a/b..c/ü.yaml": text }))).toBeUndefined();
  });

  it("is refused where it holds a link", () => {
    expect(refusal(zipSync({ "case.yaml": [strToU8("/etc/passwd"), { os: 3, attrs: 0o120777 << 16 }] }))).toBe(
      "zip-link",
    );
  });

  it("is refused where it unpacks to too much, by what it declares and by what it gives", () => {
    const zeros = new Uint8Array(2_000_000);
    const bomb = zipSync({ "a.csv": zeros });
    expect(refusal(bomb)).toBe("zip-entry");
    const noise = new Uint8Array(15_000_000).fill(7);
    const many = Object.fromEntries(
      [1, 2, 3, 4, 5].map((k) => [`${k}.csv`, [noise, { level: 0 }] as [Uint8Array, { level: 0 }]]),
    );
    expect(refusal(zipSync(many))).toBe("zip-huge");
    expect(refusal(zipSync({ "a.csv": [new Uint8Array(20_000_001), { level: 0 }] }))).toBe("zip-entry");
    // It says less than it gives: the rest is not unpacked. Where it says so in one place only, it contradicts itself.
    expect(refusal(patchedTwice(bomb, 1000))).toBe("zip-entry");
    expect(refusal(patched(bomb, 24, 1000, 4))).toBe("zip-broken");
    expect(refusal(patchedTwice(sound, text.length + 1))).toBe("zip-broken");
    expect(
      refusal(zipSync(Object.fromEntries(Array.from({ length: 2001 }, (_, k) => [`${k}.csv`, strToU8("")])))),
    ).toBe("zip-many");
  });

  it("is refused where it is broken, changed, encrypted or packed otherwise", () => {
    expect(refusal(strToU8("no archive at all, but long enough to be one"))).toBe("zip-broken");
    expect(refusal(new Uint8Array())).toBe("zip-broken");
    expect(refusal(sound.subarray(0, sound.length - 5))).toBe("zip-broken");
    expect(refusal(patched(sound, 16, 1, 4))).toBe("zip-broken");
    expect(refusal(patched(sound, 8, 1, 2))).toBe("zip-kind");
    expect(refusal(patched(sound, 10, 12, 2))).toBe("zip-kind");
    expect(refusal(patched(sound, 42, 9999, 4))).toBe("zip-broken");
  });

  it("never does anything but answer, whatever bytes are turned", () => {
    fc.assert(
      fc.property(fc.nat(sound.length - 1), fc.nat(255), (at, value) => {
        const copy = sound.slice();
        copy[at] = value;
        const made = unzip(copy, all);
        if ("files" in made)
          for (const [path, data] of made.files) expect([isSafePath(path), data.length]).toEqual([true, text.length]);
      }),
      { numRuns: 300 },
    );
  });
});

describe("a case in a link", () => {
  const file = fc.tuple(
    fc.stringMatching(/^[a-z]{1,8}$/),
    fc.constantFrom("yaml", "csv", "md"),
    fc.string({ unit: "binary" }),
  );

  it("comes back as it was, without what is for people alone", () => {
    fc.assert(
      fc.property(fc.array(file, { maxLength: 4 }), fc.string({ maxLength: 30 }), (extra, name) => {
        const well = name.toWellFormed();
        const files = {
          "case.yaml": "parley: 1\n",
          ...Object.fromEntries(extra.map(([stem, kind, text]) => [`${stem}.${kind}`, text.toWellFormed()])),
        };
        const text = linkOf({ name: well, packed: { main: "case.yaml", files } });
        expect(text).toMatch(/^[\w-]+$/);
        expect(readLink(text)).toEqual({ name: well, packed: { main: "case.yaml", files: needed(files) } });
      }),
    );
  });

  it("is none where the text was cut, changed or made by someone else", () => {
    const text = linkOf({ name: "x", packed: PACKED });
    expect(readLink(text.slice(0, -8))).toBeUndefined();
    fc.assert(fc.property(fc.string(), (any) => readLink(any) === undefined));
    expect(readLink(linkOf({ name: "x", packed: { main: "../a.yaml", files: { "../a.yaml": "x" } } }))).toBeUndefined();
    expect(readLink(linkOf({ name: "x", packed: { main: "b.yaml", files: { "a.yaml": "x" } } }))).toBeUndefined();
    // A bomb: it stops before it is unpacked.
    expect(
      readLink(linkOf({ name: "x", packed: { main: "a.yaml", files: { "a.yaml": "0".repeat(5_000_000) } } })),
    ).toBeUndefined();
  });
});
