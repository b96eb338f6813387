import { describe, expect, it } from "vitest";
import type { TermsDesk } from "../../src/web/engine/terms-desk.ts";
import { openDesk } from "../../src/web/engine/terms-desk.ts";

/** Two villages over a well and a field; worths can be worked by hand. */
const CASE = `parley: 1
title: A well and a field
asOf: 2024-11-28
parties:
  north: {name: North}
  south: {name: South}
issues:
  well:
    name: The well
    options: {north: {name: To the north}, shared: {name: Shared}, south: {name: To the south}}
  field:
    name: The field
    options: {north: {name: Ploughed by the north}, south: {name: Ploughed by the south}}
exclusions:
  - {well: south, field: south, because: The north would have neither water nor bread.}
positions:
  north:
    accepts: required
    reservation: 0.4
    because: test
    issues:
      well: {weight: 0.7, values: {north: 1, shared: 0.6, south: 0}, redLines: [south], because: test}
      field: {weight: 0.3, values: {north: 1, south: 0}, because: test}
  south:
    accepts: required
    reservation: 0.5
    because: test
    issues:
      well: {weight: 0.4, values: {north: 0, shared: 0.5, south: 1}, because: test}
      field: {weight: 0.6, values: {north: 0, south: 1}, because: test}
`;
const LOOK = { reading: undefined, asOf: undefined, sets: [], seed: 1 };

function desk(text = CASE, sets: readonly string[] = []): TermsDesk {
  const opened = openDesk({ main: "case.yaml", files: { "case.yaml": text } }, { ...LOOK, sets });
  if (opened.desk === undefined) throw new Error(opened.why);
  return opened.desk;
}

const SEARCH = { lock: {}, redLines: true, from: {}, sums: false };

describe("the desk for packages", () => {
  it("tells what each party makes of a whole package, and takes it apart", () => {
    const { open, feasible, acceptable, parties } = desk().evaluate({
      pick: { well: "shared", field: "south" },
      redLines: true,
    });
    expect([open, feasible, acceptable]).toEqual([[], true, true]);
    expect(parties.map(({ party, accepts }) => [party, accepts])).toEqual([
      ["north", "yes"],
      ["south", "yes"],
    ]);
    // North: 0.7 x 0.6 = 0.42; south: 0.4 x 0.5 + 0.6 = 0.8.
    expect(parties.map(({ best }) => best)).toEqual([expect.closeTo(0.42, 12), expect.closeTo(0.8, 12)]);
    expect(parties.map(({ over }) => over)).toEqual([expect.closeTo(0.02, 12), expect.closeTo(0.3, 12)]);
    for (const { parts, over } of parties) {
      expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBeCloseTo(over ?? Number.NaN, 12);
    }
  });

  it("tells of a red line whether or not it counts, and of exclusions with their reason", () => {
    const pick = { well: "south", field: "north" };
    const [strict, lax] = [true, false].map((redLines) => desk().evaluate({ pick, redLines }).parties[0]);
    expect([strict?.accepts, strict?.redLines]).toEqual(["no", { well: "south" }]);
    expect([lax?.accepts, lax?.redLines]).toEqual(["no", { well: "south" }]);
    expect(lax?.shortfall).toBeCloseTo(0.1, 12);
    expect(lax?.missing).toEqual({ well: expect.closeTo(0.1, 12) });
    const none = desk().evaluate({ pick: { well: "south", field: "south" }, redLines: true });
    expect([none.feasible, none.acceptable]).toEqual([false, false]);
    expect(none.excluded.map(({ because }) => because)).toEqual(["The north would have neither water nor bread."]);
  });

  it("fills in what is left open", () => {
    const { open, acceptable, outcome, parties } = desk().evaluate({ pick: {}, redLines: true });
    // Over no agreement the two have 0.3 and 0.1 there; every other package leaves one of them less than 0.1.
    expect([open, acceptable, outcome]).toEqual([["well", "field"], true, { well: "north", field: "south" }]);
    expect(parties.map(({ accepts }) => accepts)).toEqual(["depends", "depends"]);
  });

  it("finds the best packages with what is kept, and leaves sums of worths out unless asked", () => {
    const from = { well: "north", field: "north" };
    const { exists, size, packages, found, blocks } = desk().search({ ...SEARCH, from });
    // Of six packages red lines leave four; the north has 0.7 and the south 0.6 where the well is the north's alone.
    expect([exists, size, packages, blocks]).toEqual([true, "2", "4", null]);
    expect(found.map(({ by, outcome, changed }) => [by, outcome, changed])).toEqual([
      ["nearest", { well: "north", field: "south" }, ["field"]],
      ["egalitarian", { well: "north", field: "south" }, ["field"]],
      ["nash", { well: "north", field: "south" }, ["field"]],
    ]);
    const asked = desk().search({ ...SEARCH, lock: { well: "shared" }, sums: true });
    expect(asked.found.map(({ by, outcome }) => [by, outcome["well"]])).toEqual([
      ["egalitarian", "shared"],
      ["nash", "shared"],
      ["utilitarian", "shared"],
    ]);
  });

  it("says who stands in the way, on what, and what would open it", () => {
    const { exists, found, size, blocks } = desk().search({ ...SEARCH, lock: { field: "north" } });
    expect([exists, found, size]).toEqual([false, [], "0"]);
    // The most that the south can have with the field gone is 0.2, or 0.4 across a red line: below 0.5.
    expect(blocks?.parties).toEqual(["south"]);
    expect(blocks?.opens).toEqual([{ kind: "lock", issue: "field" }]);
    const south = blocks?.closest?.parties.find(({ party }) => party === "south");
    // Its best package of all shares the well too, as both wells and fields cannot be had: only the field is missing.
    expect([south?.accepts, Object.keys(south?.missing ?? {})]).toEqual(["no", ["field"]]);
    const crossed = desk().search({ ...SEARCH, lock: { well: "south" } });
    expect(crossed.blocks?.redLines).toEqual([{ party: "north", issue: "well", options: ["south"] }]);
    expect(crossed.blocks?.closest).toBeNull();
  });

  it("tells what would turn a verdict", () => {
    const [north] = desk().flips({ outcome: { well: "shared", field: "south" } });
    expect(north?.party).toBe("north");
    // 0.7 x v = 0.4 where v = 4/7.
    expect(north?.flips.find(({ option }) => option === "shared")?.flipsAt).toBeCloseTo(4 / 7, 9);
  });

  it("follows what the view sets, and another reading", () => {
    const { parties } = desk(CASE, ["positions.south.reservation=0.9"]).evaluate({
      pick: { well: "shared", field: "south" },
      redLines: true,
    });
    expect(parties.map(({ accepts }) => accepts)).toEqual(["yes", "no"]);
    const readings = `readings:\n  poor:\n    kind: counter\n    name: The south is poor\n    because: test\n    set: {positions.south.reservation: 0.9}\n`;
    const two = desk(CASE + readings);
    expect(two.under({ reading: undefined, pick: {} }).exists).toBe(true);
    expect(two.under({ reading: "poor", pick: { field: "south" } })).toMatchObject({
      exists: false,
      evaluation: { acceptable: false },
      found: [],
    });
  });

  it("says why there is none: no issues, one party, a case that cannot be read", () => {
    const open = (text: string) => openDesk({ main: "case.yaml", files: { "case.yaml": text } }, LOOK);
    const head = CASE.slice(0, CASE.indexOf("issues:"));
    expect(open(head)).toEqual({ why: "the case has no section “issues”" });
    expect(open(CASE.slice(0, CASE.indexOf("  south:\n    accepts"))).desk).toBeUndefined();
    expect(open("parley: [").desk).toBeUndefined();
  });
});
