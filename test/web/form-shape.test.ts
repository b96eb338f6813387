import { describe, expect, it } from "vitest";
import { caseField, locate, stepsIn } from "../../src/web/ui/form/locate.ts";
import { type Field, wayOf } from "../../src/web/ui/form/shape.ts";

const at = (path: string) => locate({}, path.split("."))?.field;
const typeOf = (path: string) => {
  const shape = at(path)?.shape;
  return shape?.type === "leaf" ? shape.as : shape?.type;
};

describe("the form of a case", () => {
  it("has a field for every section, with what the schema says of it", () => {
    const { shape } = caseField();
    if (shape.type !== "group") throw new Error("no group");
    expect(shape.members.length).toBeGreaterThan(25);
    expect(shape.members.filter(({ says }) => says === undefined).map(({ key }) => key)).toEqual([]);
    expect(shape.members.find(({ key }) => key === "title")?.optional).toBe(false);
  });

  it.each([
    ["title", "text"],
    ["about", "long text"],
    ["asOf", "date"],
    ["sources.s.url", "url"],
    ["sources.s.kind", "choice"],
    ["claims.c.credence", "amount"],
    ["claims.c.credibility", "number"],
    ["claims.c.group", "reference"],
    ["claims.c.bears", "map"],
    ["claims.c.test", "list"],
    ["parties.p.roles", "list"],
    ["parties.p.aid", "group"],
    ["parties.p.factions.f.ratifies", "yes-no"],
    ["positions.p.issues.i.values.o", "ways"],
    ["positions.p.issues.i.redLines", "list"],
    ["events.e.rung", "quantity"],
    ["indicators.x.unit", "unit"],
    ["war.front.share", "ways"],
    ["graph.preferences.p", "ways"],
    ["graph.infeasible.0.when", "formula"],
    ["exclusions.0", "group"],
    ["readings.r.set.x", "anything"],
    ["resolutions.q", "ways"],
  ])("offers for %s: %s", (path, type) => {
    expect(typeOf(path)).toBe(type);
  });

  it("knows what names refer to, and above which names they stand", () => {
    const option = locate({}, ["positions", "p", "issues", "i", "redLines", "0"]);
    expect(option?.field.shape).toEqual({ type: "reference", to: "option" });
    expect(option?.frames).toEqual({ party: "p", issue: "i" });
    expect(locate({}, ["claims", "c"])).toMatchObject({ named: "claim", defined: true });
    expect(locate({}, ["positions", "p"])).toMatchObject({ named: "party", defined: false });
  });

  it("takes words and values of one field together, with the range that holds", () => {
    expect(at("claims.c.credence")?.shape).toMatchObject({ words: ["argued"], range: { low: 0, high: 1 } });
    expect(at("claims.c.source")?.shape).toMatchObject({ type: "list", single: true });
  });

  it("tells the ways of writing one thing apart", () => {
    const way = (path: string, value: Parameters<typeof wayOf>[1]): string | undefined => {
      const shape = at(path)?.shape;
      if (shape?.type !== "ways") return shape?.type;
      return shape.ways[wayOf(shape.ways, value)]?.shape.type;
    };
    expect(way("war.front.share", 0.5)).toBe("leaf");
    expect(way("war.front.share", { value: 0.5, because: "so" })).toBe("group");
    expect(way("positions.p.reservation", { of: "x" })).toBe("group");
    expect(way("questions.q.hypotheses", ["a", "b"])).toBe("list");
    expect(way("questions.q.hypotheses", { a: "A", b: "B" })).toBe("map");
    expect(way("graph.situations.s", { name: "N", state: {} })).toBe("group");
    expect(way("graph.situations.s", { "russia.attack": "yes" })).toBe("map");
    const tests = at("claims.c.test")?.shape;
    const of: Field | undefined = tests?.type === "list" ? tests.of() : undefined;
    const ways = of?.shape.type === "ways" ? of.shape.ways : [];
    expect(ways).toHaveLength(4);
    expect(wayOf(ways, { is: "stalled", series: "s", window: "1 year" })).toBe(3);
  });

  it("reads a path whose keys hold dots", () => {
    const content = { readings: { r: { set: { "claims.c.credence": 0.4 } } } };
    expect(stepsIn(content, "readings.r.set.claims.c.credence")).toEqual(["readings", "r", "set", "claims.c.credence"]);
    expect(stepsIn(content, "readings.new.name")).toEqual(["readings", "new", "name"]);
  });
});
