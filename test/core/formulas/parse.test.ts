import { describe, expect, it } from "vitest";
import {
  and,
  type Formula,
  type FormulaFault,
  isFormulaFault,
  not,
  or,
  parseFormula,
  type ResolveOption,
  takes,
} from "../../../src/core/formulas/index.ts";

const LETTERS = ["a", "b", "c", "d", "e"];
const letters: ResolveOption = (name) => (LETTERS.includes(name) ? LETTERS.indexOf(name) : "unknown");
const [A, B, C, D, E] = [takes(0), takes(1), takes(2), takes(3), takes(4)];

/** As users of GMCR+ name options: by number, from 1. */
const numbers: ResolveOption = (name) => (/^[1-9]$/.test(name) ? Number(name) - 1 : "unknown");

const iff = (left: Formula, right: Formula): Formula => ({ kind: "iff", of: [left, right] });
const when = (consequence: Formula, condition: Formula): Formula => ({ kind: "if", consequence, condition });

const read = (text: string, resolve = letters) => parseFormula(text, resolve);

function faultOf(text: string, resolve = letters): FormulaFault {
  const fault = parseFormula(text, resolve);
  if (!isFormulaFault(fault)) throw new Error(`${text} is a formula`);
  return fault;
}

describe("precedence", () => {
  it.each<[string, Formula]>([
    ["not a and b", and(not(A), B)],
    ["a and b or c", or(and(A, B), C)],
    ["a or b and c", or(A, and(B, C))],
    ["a or b if c", when(or(A, B), C)],
    ["a if b or c", when(A, or(B, C))],
    ["a if b iff c", iff(when(A, B), C)],
    ["a iff b if c", iff(A, when(B, C))],
    ["not a and b or c if d iff e", iff(when(or(and(not(A), B), C), D), E)],
    ["e iff d if c or b and not a", iff(E, when(D, or(C, and(B, not(A)))))],
  ])("of not, and, or, if, iff is the tightest first: %s", (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it("gives way to brackets", () => {
    expect(read("not (a and b)")).toEqual(not(and(A, B)));
    expect(read("a and (b or c)")).toEqual(and(A, or(B, C)));
    expect(read("a if (b iff c)")).toEqual(when(A, iff(B, C)));
  });

  it("takes what is equal from the left", () => {
    expect(read("a if b if c")).toEqual(when(when(A, B), C));
    expect(read("a iff b iff c")).toEqual(iff(iff(A, B), C));
  });

  it("gathers chains of and, and of or", () => {
    expect(read("a and b and c")).toEqual(and(A, B, C));
    expect(read("a or b or c")).toEqual(or(A, B, C));
  });
});

describe("notation", () => {
  it("does not mind the case of words, nor spaces", () => {
    expect(read("  NOT a\tAnd\n( b Or c )  ")).toEqual(and(not(A), or(B, C)));
  });

  it("takes names in double quotes, with spaces, marks and words of the notation", () => {
    const QUOTED = ["give up", 'the "zone"', "not", "a\\b"];
    const resolve: ResolveOption = (name) => (QUOTED.includes(name) ? QUOTED.indexOf(name) : "unknown");
    expect(read('"give up" and "the \\"zone\\"" or "not" iff "a\\\\b"', resolve)).toEqual(iff(or(and(A, B), C), D));
  });

  it("takes names with dots, hyphens, underscores and letters of any script", () => {
    const seen: string[] = [];
    const resolve: ResolveOption = (name) => seen.push(name) - 1;
    read("us.arm-more and x_1 or не-воевать", resolve);
    expect(seen).toEqual(["us.arm-more", "x_1", "не-воевать"]);
  });

  it("takes words that begin like those of the notation as names", () => {
    const seen: string[] = [];
    read("order and notice or iffy if ifs", (name) => seen.push(name) - 1);
    expect(seen).toEqual(["order", "notice", "iffy", "ifs"]);
  });
});

describe("as users of GMCR+ type", () => {
  it.each<[string, Formula]>([
    ["1,-3", and(A, not(C))],
    ["1, -3", and(A, not(C))],
    ["-1", not(A)],
    ["2 if 3", when(B, C)],
    ["-1 iff 4", iff(not(A), D)],
    ["1,2 or -3,4", or(and(A, B), and(not(C), D))],
    ["-(1 or 2)", not(or(A, B))],
    ["--1", not(not(A))],
  ])("%s", (text, expected) => {
    expect(read(text, numbers)).toEqual(expected);
  });
});

describe("faults", () => {
  it.each([
    ["", 0, "there is no statement"],
    ["   ", 0, "there is no statement"],
    ["a and", 5, "an option is missing at the end"],
    ["not ", 4, "an option is missing at the end"],
    ["a and or b", 6, "expected an option before or"],
    ["if a", 0, "expected an option before if"],
    ["a b", 2, "expected and, or, if, iff or the end before this"],
    ["a and (b or c", 6, "this ( is never closed"],
    ["(a", 0, "this ( is never closed"],
    ["a or b) and c", 6, "there is no ( for this )"],
    ["()", 1, "expected an option here"],
    ["a & b", 2, "expected and, or, if, iff or the end before this"],
    ['a and "b', 6, "expected an option here"],
    ["a,,b", 2, "expected an option here"],
  ])("of %j stand at character %i: %s", (text, offset, detail) => {
    expect(faultOf(text)).toEqual({ offset, detail, unknown: undefined });
  });

  it("name what is unknown, where it stands", () => {
    expect(faultOf("a and (not zz or b)")).toEqual({ offset: 11, detail: "there is no option zz", unknown: "zz" });
    expect(faultOf('a or "no such"')).toEqual({ offset: 5, detail: "there is no option no such", unknown: "no such" });
    expect(faultOf("1,-7", (name) => (name === "1" ? 0 : "unknown"))).toMatchObject({ offset: 3, unknown: "7" });
  });

  it("say of an ambiguous name how to write it, and do not call it unknown", () => {
    const fault = faultOf("a if arm", (name) => (name === "a" ? 0 : "ambiguous"));
    expect(fault).toEqual({
      offset: 5,
      detail: "several decision makers have an option arm: write owner.option",
      unknown: undefined,
    });
  });

  it("are the first from the left", () => {
    expect(faultOf("x and y")).toMatchObject({ offset: 0, unknown: "x" });
  });

  it("end nesting that is too deep, and 50 levels are not", () => {
    const nested = (levels: number) => `${"(".repeat(levels)}a${")".repeat(levels)}`;
    expect(read(nested(50))).toEqual(A);
    expect(faultOf(nested(51)).detail).toBe("nested more than 50 levels deep");
    expect(faultOf(`${"not ".repeat(100_000)}a`).detail).toBe("nested more than 50 levels deep");
  });
});
