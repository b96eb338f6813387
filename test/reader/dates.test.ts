import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dateInWords, formatDay, parseDate } from "../../src/core/dates/index.ts";
import { aheadIn } from "../../src/reader/ahead.ts";
import { datesOf } from "../../src/reader/dates.ts";
import { tokensOf } from "../../src/reader/tokens.ts";

function found(text: string, document: string | undefined, english = true): string[] {
  const tokens = tokensOf(text);
  const day = document === undefined ? undefined : parseDate(document);
  return datesOf(text, tokens, { document: day, ahead: aheadIn(tokens), english }).dates.map(
    ({ relation = "", date, until }) => `${relation} ${date}${until === undefined ? "" : `..${until}`}`.trim(),
  );
}

describe("datesOf", () => {
  // 12 February 2025 is a Wednesday.
  it.each([
    ["Talks began on 21 November 2024.", ["2024-11-21"]],
    ["On November 21, 2024, troops moved.", ["2024-11-21"]],
    ["Since September, advances have sped up.", ["since 2024-09"]],
    ["In January the front moved.", ["2025-01"]],
    ["In March, elections will be held.", ["2025-03"]],
    ["On 27 January it fell.", ["2025-01-27"]],
    ["They met on 17 and 18 April 2024.", ["2024-04-17", "2024-04-18"]],
    ["Between March and June 2021 it was quiet.", ["2021-03", "2021-06"]],
    ["From November 2022 to March it held.", ["from 2022-11", "until 2023-03"]],
    ["Last week they met; next month they will meet again.", ["2025-02-03..2025-02-09", "2025-03"]],
    ["Two weeks ago it began.", ["2025-01-29"]],
    ["Three months ago it began.", ["2024-11"]],
    ["It began on Monday and will end on Friday.", ["2025-02-10", "2025-02-14"]],
    ["Yesterday they left.", ["2025-02-11"]],
    ["In the second half of 2024 and early 2025.", ["2024-07..2024-12", "2025-01..2025-04"]],
    ["By the end of 2025 and in the third quarter of 2024.", ["by 2025-12", "2024-07..2024-09"]],
    ["The summer of 2023 was hot.", ["2023-06..2023-08"]],
    ["Since the 1990s and from 2014-2022.", ["since 1990..1999", "from 2014", "from 2022"]],
    ["On 2024-11-21 and 21.11.2024 and 21/11/2024.", ["2024-11-21", "2024-11-21", "2024-11-21"]],
    ["It may march in May.", ["2025-05"]],
    ["It may last and they march on; he is second.", []],
    ["Resolution 2231 cost $2022 and 2000 soldiers.", []],
    ["In February 2022 and on 30 February 2022.", ["2022-02", "2022-02"]],
  ])("%s", (text, expected) => expect(found(text, "2025-02-12")).toEqual(expected));

  it("keeps what hangs on an unknown date of publication open", () => {
    expect(found("In August it began, last week it ended, in May 2023 it paused.", undefined)).toEqual([
      "null",
      "null",
      "2023-05",
    ]);
  });

  it("resolves against a month where the day of publication is not known", () => {
    expect(found("On November 21 and in August and since last month.", "2024-11")).toEqual([
      "2024-11-21",
      "2024-08",
      "since 2024-10",
    ]);
    expect(found("In December it fell.", "2024-11")).toEqual(["2023-12"]);
  });

  it("reads months of other languages where the text is not English", () => {
    expect(found("Am 3. Oktober 2023 und im März 2022", undefined, false)).toContain("2022-03");
    expect(found("le 5 février 2024", undefined, false)).toEqual(["2024-02-05"]);
    expect(found("5 февраля 2024", undefined, false)).toEqual(["2024-02-05"]);
    expect(found("5 février 2024", undefined, true)).toEqual(["2024"]);
  });

  it("finds any day again that is written in words or as ISO 8601", () => {
    fc.assert(
      fc.property(fc.integer({ min: -25_000, max: 40_000 }), (day) => {
        const iso = formatDay(day);
        const date = parseDate(iso);
        if (date === undefined) throw new Error(iso);
        expect(found(`It began on ${dateInWords(date)}.`, "2025-02-12")).toEqual([iso]);
        expect(found(`It began on ${iso}.`, undefined)).toEqual([iso]);
      }),
    );
  });
});
