import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readQuantity } from "../../src/case/index.ts";
import { datesOf } from "../../src/reader/dates.ts";
import { quantitiesOf } from "../../src/reader/quantities.ts";
import { tokensOf } from "../../src/reader/tokens.ts";

function quantities(text: string) {
  const tokens = tokensOf(text);
  return quantitiesOf({ text, tokens, dated: datesOf(text, tokens).dated });
}
const found = (text: string): string[] =>
  quantities(text).map(({ comparator = "", value, unit }) => `${comparator} ${value} ${unit}`.trim());

describe("quantitiesOf", () => {
  it.each([
    ["over USD 235 billion in aid", ["over 235000000000 USD"]],
    ["$2.1bn, US$5m and €900 million", ["2100000000 USD", "5000000 USD", "900000000 EUR"]],
    ["20 billion US dollars or 1.5 trillion roubles", ["20000000000 USD", "1500000000000 RUB"]],
    ["150,000 Sudanese pounds", ["150000 SDG"]],
    ["more than 50% of the people", ["more than 50 %"]],
    ["two thirds of them, half of us, six in ten of you", ["66.67 %", "50 %", "60 %"]],
    ["cut by a quarter; a third agreement; the first half", ["25 %"]],
    ["two Minsk agreements", ["2 agreements"]],
    ["four Bahraini soldiers and 1,200 Ukrainians", ["4 soldiers", "1200 Ukrainians"]],
    [
      "at least 1,000 days, eleven days, a 30-day truce, for a year",
      ["at least 1000 days", "11 days", "30 days", "1 years"],
    ],
    ["4,500 square kilometres, 12 km2, 30 km", ["4500 km2", "12 km2", "30 km"]],
    ["between 300 and 400 fighters", ["from 300 fighters", "to 400 fighters"]],
    ["3 to 5 million people", ["from 3000000 people", "to 5000000 people"]],
    ["killed at least 15,500, it said", ["at least 15500 people"]],
    ["the number of monitors rose from 10 to at least 50", ["from 10 monitors", "at least 50 monitors"]],
    ["14 of the state's 17 townships", ["14 townships", "17 townships"]],
    ["one and a half million refugees, twenty-five years", ["1500000 refugees", "25 years"]],
    ["tens of thousands of people", ["at least 10000 people"]],
    ["1 000 000 people", ["1000000 people"]],
    ["Resolution 2231, Article 5, the F-16, the 47th brigade, G7, No. 3", []],
    ["the two sides and both countries", []],
    ["on 5 May 2024 and in 2022", []],
  ])("%s", (text, expected) => expect(found(text)).toEqual(expected));

  it("says the time that a rate refers to", () => {
    expect(quantities("an estimated $200 million a day")).toEqual([
      {
        text: "an estimated $200 million a day",
        value: 200_000_000,
        unit: "USD",
        comparator: "an estimated",
        per: "day",
        notation: "200 million USD per day",
      },
    ]);
  });

  it("gives each amount as a case can write it", () => {
    const amounts = fc.record({
      value: fc.integer({ min: 2, max: 99_999_999 }),
      unit: fc.constantFrom("km", "days", "soldiers", "USD", "billion euros", "percent", "square kilometres"),
    });
    fc.assert(
      fc.property(amounts, ({ value, unit }) => {
        const [quantity] = quantities(`It came to ${value.toLocaleString("en")} ${unit} in all.`);
        expect(quantity).toBeDefined();
        const read = readQuantity(quantity?.notation ?? "");
        if ("detail" in read) throw new Error(read.detail);
        expect(read.value * (read.unit?.scale ?? 1)).toBeCloseTo(
          (quantity?.value ?? 0) * (quantity?.unit === "%" ? 0.01 : 1),
          3,
        );
      }),
    );
  });
});
