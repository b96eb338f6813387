import { describe, expect, it } from "vitest";
import type { Expected } from "./support.ts";
import { placeOf, readFixture } from "./support.ts";

/** What the reader must reach on each text: of what is stated, of kinds, and of its candidates that are no claims. */
const LEAST_FOUND = 0.8;
const LEAST_KIND = 0.7;
const MOST_NOISE = 1 / 3;

const kindsOf = ({ kind }: Expected["found"][number]): readonly string[] => (typeof kind === "string" ? [kind] : kind);

describe.each(["sudan.txt", "caucasus.md", "colombia.html", "ethiopia.md", "yemen.txt"])("%s", (name) => {
  it("finds what a person found, and little else", async () => {
    const { reading, expected } = await readFixture(name);
    const byPlace = new Map(reading.candidates.map((each) => [placeOf(each), each]));
    const found = expected.found.filter(({ at }) => byPlace.has(at));
    const kinds = found.filter((each) => kindsOf(each).includes(byPlace.get(each.at)?.kind ?? ""));
    const fair = new Set([...expected.found.map(({ at }) => at), ...expected.optional]);
    const noise = reading.candidates.filter((each) => !fair.has(placeOf(each)));
    expect(found.length / expected.found.length).toBeGreaterThanOrEqual(LEAST_FOUND);
    expect(kinds.length / found.length).toBeGreaterThanOrEqual(LEAST_KIND);
    expect(noise.length / reading.candidates.length).toBeLessThanOrEqual(MOST_NOISE);
  });

  it("finds every date and every quantity with its unit", async () => {
    const { reading, expected } = await readFixture(name);
    const at = (place: string) => reading.candidates.find((each) => placeOf(each) === place);
    const missing = [
      ...expected.dates.filter(
        ({ at: place, date }) =>
          at(place)?.dates.some((each) => each.date?.startsWith(date) || each.until === date) !== true,
      ),
      ...expected.quantities.filter(
        ({ at: place, value, unit, comparator }) =>
          at(place)?.quantities.some(
            (each) =>
              each.value === value &&
              each.unit === unit &&
              (comparator === undefined || each.comparator === comparator),
          ) !== true,
      ),
    ];
    expect(missing).toEqual([]);
    expect(reading.published?.text).toBe(expected.published);
  });

  it("leaves out what is around the text", async () => {
    const { reading, expected } = await readFixture(name);
    const text = reading.candidates.map(({ sentenceText }) => sentenceText).join("\n");
    for (const words of expected.absent ?? []) expect(text).not.toContain(words);
  });
});
