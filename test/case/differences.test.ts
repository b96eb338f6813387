import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { differencesOf, filesInMemory, type RawMap, readDossier, same, takenBack } from "../../src/case/index.ts";

const rawOf = (text: string): RawMap => {
  const { dossier } = readDossier(filesInMemory({ "case.yaml": `parley: 1\ntitle: T\n${text}` }));
  if (dossier === undefined) throw new Error("no case");
  return dossier.raw;
};
const told = (before: string, after: string) =>
  differencesOf(rawOf(before), rawOf(after)).map(({ path, kind, before: from, after: to }) => [path, kind, from, to]);

/** Cases of any shape: mappings, lists and plain values within one another. */
const value = fc.letrec((tie) => ({
  any: fc.oneof({ depthSize: "small" }, fc.integer(), fc.string(), fc.boolean(), tie("list"), tie("map")),
  list: fc.array(tie("any"), { maxLength: 3 }),
  map: fc.dictionary(fc.constantFrom("a", "b", "c.d", "e"), tie("any"), { maxKeys: 4 }),
})).map as fc.Arbitrary<RawMap>;

describe("differences of two states of a case", () => {
  it("names each value that changed by its place, and an entry that came or went as one", () => {
    const before = "claims: {a: {text: x, credence: 0.5}, b: {text: y}}";
    const after = "claims: {a: {text: x, credence: 0.7}, c: {text: z}}";
    expect(told(before, after)).toEqual([
      ["claims.a.credence", "changed", 0.5, 0.7],
      ["claims.c", "added", undefined, { text: "z" }],
      ["claims.b", "removed", { text: "y" }, undefined],
    ]);
  });

  it("looks into a list whose length stayed, and takes any other as a whole", () => {
    expect(told("authors: [a, b]", "authors: [a, c]")).toEqual([["authors.1", "changed", "b", "c"]]);
    expect(told("authors: [a, b]", "authors: [a]")).toEqual([["authors", "changed", ["a", "b"], ["a"]]]);
  });

  it("keeps the steps of a key that holds a dot, and does not count layout, comments and the order of keys", () => {
    const reading = (at: number) => `readings: {calm: {name: C, because: x, set: {claims.a.credence: ${at}}}}`;
    expect(told(reading(0.1), reading(0.2))).toEqual([
      [["readings", "calm", "set", "claims.a.credence"], "changed", 0.1, 0.2],
    ]);
    expect(told("sources: {b: {}, a: {}}", "# why\nsources:\n  a: {}\n  b: {}")).toEqual([]);
  });

  it("gives the older state back when all are taken back, and leaves the newer one as it was", () => {
    fc.assert(
      fc.property(value, value, (before, after) => {
        const kept = JSON.stringify(after);
        const differences = differencesOf(before, after);
        expect(same(takenBack(after, differences), before)).toBe(true);
        expect(differences.length === 0).toBe(same(before, after));
        expect(JSON.stringify(after)).toBe(kept);
      }),
    );
  });
});
