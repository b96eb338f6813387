import { describe, expect, it } from "vitest";
import { comparable, convert, isUnlisted, nearestUnit, parseUnit, type Unit } from "../../../src/core/units/index.ts";

const unit = (text: string): Unit => {
  const parsed = parseUnit(text);
  if (parsed === undefined) throw new Error(`no unit: ${text}`);
  return parsed;
};

describe("units", () => {
  it("of money keep their currency and their multiple", () => {
    expect(unit("billion USD")).toEqual({ text: "billion USD", dimension: "money USD", scale: 1e9 });
    expect(comparable(unit("billion USD"), unit("million USD"))).toBe(true);
    expect(comparable(unit("USD"), unit("EUR"))).toBe(false);
    expect(convert(2.5, unit("billion USD"), unit("million USD"))).toBe(2500);
  });

  it("of two counted things are not comparable, singular and plural of one are", () => {
    expect(comparable(unit("persons"), unit("casualties"))).toBe(false);
    expect(comparable(unit("donor countries"), unit("donor country"))).toBe(true);
  });

  it("of one dimension convert, others do not", () => {
    expect(convert(1, unit("km2"), unit("ha"))).toBe(100);
    expect(convert(50, unit("%"), unit("share"))).toBe(0.5);
    expect(convert(12, unit("months"), unit("years"))).toBeCloseTo(1, 12);
    expect(convert(1, unit("km2"), unit("km"))).toBeUndefined();
  });

  it("over units have a dimension of their own", () => {
    expect(unit("km2 per month").dimension).toBe("area / duration");
    expect(convert(1, unit("km2 per day"), unit("km2/week"))).toBeCloseTo(7, 12);
  });

  it.each(["", "5 km", "-", "%%", "a/b/c"])("do not read %j", (text) => {
    expect(parseUnit(text)).toBeUndefined();
  });

  it("that are a slip of the pen have a near miss", () => {
    expect(isUnlisted(unit("kmm2"))).toBe(true);
    expect(nearestUnit("kmm2")).toBe("km2");
    expect(nearestUnit("tanks")).toBeUndefined();
  });
});
