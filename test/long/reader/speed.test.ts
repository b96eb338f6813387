import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readPlain } from "../../../src/formats/texts/plain.ts";
import { readText } from "../../../src/reader/index.ts";
import { TEXTS } from "../../reader/support.ts";

/** Seconds for 5 MB of prose and for a megabyte of anything: some six times what a slow machine takes. */
const MOST_PROSE = 40;
const MOST_ODD = 15;

function secondsFor(text: string): number {
  const start = performance.now();
  readText(readPlain(text));
  return (performance.now() - start) / 1000;
}

const times = (text: string, size: number): string => text.repeat(Math.ceil(size / text.length));

describe("the time of reading grows with the text and no faster", () => {
  it("for 5 MB of prose", () => {
    expect(secondsFor(times(readFileSync(join(TEXTS, "sudan.txt"), "utf8"), 5e6))).toBeLessThan(MOST_PROSE);
  });

  it.each([
    ["one sentence", "The army moved 30 km towards the river in May and killed over 40 people because "],
    ["digits", "1"],
    ["groups of digits", "1 000 "],
    ["stops between letters", "a."],
    ["capitals", "The Great Army "],
    ["quotes", '"a '],
    ["hyphens", "a-"],
    ["brackets", "(AB) "],
    ["months", "May and "],
    ["shares", "two in "],
    ["vague sizes", "hundreds of "],
    ["words cut at line ends", "a-\n"],
    ["spaces", " "],
    ["numbers of", "the number of the "],
    ["said", "said "],
  ])("for a megabyte of %s", (_, part) => {
    expect(secondsFor(`${times(part, 1e6)} x.`)).toBeLessThan(MOST_ODD);
  });

  it("for many different names", () => {
    const names = Array.from({ length: 30_000 }, (_, index) => `Name${index} Other${index} met Foo${index}.`).join(" ");
    expect(secondsFor(names)).toBeLessThan(MOST_ODD);
  });
});
