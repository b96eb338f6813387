import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readSource } from "../../src/formats/texts/text.ts";
import { type Candidate, readText } from "../../src/reader/index.ts";

const FOLDER = "test/reader/unseen";
const TEXTS = ["news.txt", "communique.md", "brief.html", "oped.txt"];

/** What a person listed from the text, who did not know the rules. */
interface Listed {
  readonly expected: readonly { readonly snippet: string; readonly kind: string; readonly also?: readonly string[] }[];
  readonly optional?: readonly string[];
  readonly dates: readonly { readonly text: string; readonly iso: string; readonly in_noise?: boolean }[];
  readonly quantities: readonly {
    readonly text: string;
    readonly value: number;
    readonly unit: string;
    readonly in_noise?: boolean;
  }[];
}

/** Marks that differ between a text and its list: quotes, dashes, spaces, emphasis. */
const plain = (text: string): string =>
  text
    .replaceAll(/[“”]/g, '"')
    .replaceAll(/[‘’]/g, "'")
    .replaceAll(/[–—]/g, "-")
    .replaceAll("*", "")
    .replaceAll(/\s+/g, " ")
    .trim()
    .toLowerCase();

async function readUnseen(name: string) {
  const source = await readSource(readFileSync(join(FOLDER, name)), name);
  const { candidates } = readText(source);
  const listed = JSON.parse(readFileSync(join(FOLDER, name.replace(/\.\w+$/, ".expect.json")), "utf8")) as Listed;
  const at = (snippet: string) =>
    candidates.find(({ sentenceText: text }) => plain(text).includes(plain(snippet).replace(/\.$/, "")));
  const matched = listed.expected.map((each) => ({ ...each, candidate: at(each.snippet) }));
  const wanted = new Set<Candidate | undefined>([
    ...matched.map(({ candidate }) => candidate),
    ...(listed.optional ?? []).map(at),
  ]);
  return { candidates, listed, matched, noise: candidates.filter((each) => !wanted.has(each)) };
}

describe.each(TEXTS)("the unseen text %s", (name) => {
  it("gives up at least four of five facts, causes, positions, proposals and forecasts", async () => {
    const { matched } = await readUnseen(name);
    const missed = matched.filter(({ candidate }) => candidate === undefined).map(({ snippet }) => snippet);
    expect(missed.length / matched.length, missed.join("; ")).toBeLessThanOrEqual(0.2);
  });

  it("has the kind that a person gave it, in at least seven of ten", async () => {
    const { matched } = await readUnseen(name);
    const agree = matched.filter(
      ({ kind, also = [], candidate }) => candidate !== undefined && [kind, ...also].includes(candidate.kind),
    );
    expect(agree.length / matched.length).toBeGreaterThanOrEqual(0.7);
  });

  it("brings no more than one candidate of noise in three", async () => {
    const { candidates, noise } = await readUnseen(name);
    expect(noise.length / candidates.length).toBeLessThanOrEqual(1 / 3);
  });

  it("gives up every date", async () => {
    const { candidates, listed } = await readUnseen(name);
    const dates = candidates.flatMap((each) => each.dates.flatMap(({ date }) => date ?? []));
    const missed = listed.dates.filter(
      ({ iso, in_noise: noise }) =>
        noise !== true && !dates.some((date) => date.startsWith(iso) || iso.startsWith(date)),
    );
    expect(missed).toEqual([]);
  });

  it("gives up every quantity, with a unit", async () => {
    const { candidates, listed } = await readUnseen(name);
    const quantities = candidates.flatMap((each) => each.quantities);
    const missed = listed.quantities.filter(
      ({ value, in_noise: noise }) =>
        noise !== true &&
        !quantities.some((found) => Math.abs(found.value - value) <= 0.001 * Math.abs(value) && found.unit !== ""),
    );
    expect(missed).toEqual([]);
  });
});
