import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parseDate } from "../../src/core/dates/index.ts";
import { readSource } from "../../src/formats/texts/text.ts";
import type { Reading } from "../../src/reader/index.ts";
import { readText } from "../../src/reader/index.ts";
import { describeWith } from "../support/shared.ts";
import { placeOf } from "./support.ts";

/** The commentary's statements and the sentences that make them; a row is covered when all its sentences are found. */
const ROWS: Readonly<Record<number, readonly string[]>> = {
  1: ["2.1"],
  2: ["2.2"],
  3: ["2.3"],
  4: ["2.5"],
  5: ["3.1"],
  6: ["4.1", "4.2", "4.3"],
  7: ["5.1", "5.2", "5.3"],
  8: ["6.1", "6.2"],
  9: ["7.2"],
  10: ["7.3", "7.4", "7.5"],
  11: ["8.2", "8.3", "8.4"],
  12: ["9.1", "9.2"],
  13: ["10.1", "10.2", "10.3"],
  14: ["11.1", "11.2"],
  15: ["11.3"],
  16: ["11.4", "11.5"],
  17: ["11.6", "11.7"],
  18: ["12.1", "12.2"],
  19: ["12.3"],
  20: ["12.4"],
};
/** Row 21 is who wrote it, which is the source's and no sentence's; rows that must be covered, of 21. */
const LEAST_ROWS = 17;
const MOST_NOISE = 1 / 3;

describeWith("source/commentary-2024-11.txt", "the commentary of the first case", (path) => {
  const read = async (): Promise<Reading> =>
    readText(await readSource(readFileSync(path), path), { date: parseDate("2024-11") });

  it("covers its statements, with little else, at the paragraphs that the case cites", async () => {
    const reading = await read();
    const found = new Set(reading.candidates.map(placeOf));
    const covered = Object.values(ROWS).filter((places) => places.every((place) => found.has(place)));
    expect(covered.length).toBeGreaterThanOrEqual(LEAST_ROWS);
    const stated = new Set(Object.values(ROWS).flat());
    expect([...found].filter((place) => !stated.has(place)).length / found.size).toBeLessThanOrEqual(MOST_NOISE);
    // The bundled case counts the byline and the notes: ding-2024 has 14 paragraphs.
    expect(reading.paragraphs).toBe(14);
    expect(reading.by).toBe("Ding Xiaoxing");
  });

  it("finds its figures and dates", async () => {
    const { candidates } = await read();
    const quantities = candidates.flatMap((each) =>
      each.quantities.map(({ comparator = "", notation }) =>
        `${placeOf(each)} ${comparator} ${notation}`.replaceAll(/ +/g, " "),
      ),
    );
    expect(quantities).toEqual(
      expect.arrayContaining([
        "2.1 over 1000 days",
        "5.3 more than 50 %",
        "6.2 over 235 billion USD",
        "6.2 more than 40 countries",
        "7.4 more than 100 countries",
        "11.6 2 agreements",
      ]),
    );
    const dates = candidates.flatMap((each) =>
      each.dates.map(({ relation = "", date }) => `${placeOf(each)} ${relation} ${date}`.replaceAll(/ +/g, " ")),
    );
    expect(dates).toEqual(
      expect.arrayContaining(["2.2 2024-08", "2.3 since 2024-09", "6.2 since 2022-02", "8.4 2024-11-21"]),
    );
    // "A third Minsk agreement" is no third of anything.
    expect(quantities.join()).not.toContain("33.33");
  });

  it("suggests the direction that the source gives", async () => {
    const { candidates } = await read();
    const direction = (place: string) => candidates.find((each) => placeOf(each) === place)?.direction;
    for (const place of ["2.1", "4.1", "5.1", "5.3", "7.3", "11.1"]) expect(direction(place), place).toBe("driver");
    for (const place of ["8.2", "10.2", "11.2", "11.3", "11.5", "11.6"])
      expect(direction(place), place).toBe("obstacle");
  });
});
