import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addMonths,
  civil,
  dateInWords,
  dayNumber,
  daysInMonth,
  formatDay,
  isAfter,
  parseDate,
} from "../../../src/core/dates/index.ts";

const MS_PER_DAY = 86_400_000;

describe("dates", () => {
  it("count days as the platform does, from year 0 to 9999", () => {
    fc.assert(
      fc.property(fc.integer({ min: -719528, max: 2932896 }), (day) => {
        const { year, month, day: ofMonth } = civil(day);
        const date = new Date(day * MS_PER_DAY);
        expect([year, month, ofMonth]).toEqual([date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()]);
        expect(dayNumber(year, month, ofMonth)).toBe(day);
      }),
    );
  });

  it("are read back as they were written", () => {
    fc.assert(
      fc.property(fc.integer({ min: -719528, max: 2932896 }), (day) => {
        const text = formatDay(day);
        expect(parseDate(text)).toEqual({ text, precision: "day", first: day, last: day });
      }),
    );
  });

  it("to the month or the year span all of it", () => {
    expect(parseDate("2024-02")).toEqual({
      text: "2024-02",
      precision: "month",
      first: dayNumber(2024, 2, 1),
      last: dayNumber(2024, 2, 29),
    });
    expect(parseDate("2023")?.last).toBe(dayNumber(2023, 12, 31));
  });

  it.each(["2024-13", "2023-02-29", "2024-11-31", "24-11-28", "2024-1-2", "2024-11-28T00:00Z", "", "28.11.2024"])(
    "do not read %j",
    (text) => {
      expect(parseDate(text)).toBeUndefined();
    },
  );

  it("know the leap years of the Gregorian calendar", () => {
    expect([1900, 2000, 2023, 2024].map((year) => daysInMonth(year, 2))).toEqual([28, 29, 28, 29]);
  });

  it("add calendar months and clip the day to the month's end", () => {
    const later = (text: string, months: number) => formatDay(addMonths(parseDate(text)?.first ?? 0, months));
    expect(later("2024-01-31", 1)).toBe("2024-02-29");
    expect(later("2024-11-28", 60)).toBe("2029-11-28");
    expect(later("2024-03-31", -1)).toBe("2024-02-29");
    expect(later("2024-01-15", -13)).toBe("2022-12-15");
  });

  it("to the month are not after a day that the month holds", () => {
    const asOf = dayNumber(2024, 11, 28);
    const isLater = (text: string) => isAfter(parseDate(text) as NonNullable<ReturnType<typeof parseDate>>, asOf);
    expect(["2024-11", "2024-12", "2024-11-29", "2024"].map(isLater)).toEqual([false, true, true, false]);
  });

  it("are told in words as precisely as they were written", () => {
    const words = ["2024-11-28", "2024-11", "2024"].map((text) => {
      const date = parseDate(text);
      return date === undefined ? "" : dateInWords(date);
    });
    expect(words).toEqual(["28 November 2024", "November 2024", "2024"]);
  });
});
