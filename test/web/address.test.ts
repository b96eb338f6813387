import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatAddress, GALLERY, PAGES, parseAddress, viewKey } from "../../src/web/state/address.ts";

describe("the address of the workbench", () => {
  it("is the gallery where it names no case", () => {
    for (const hash of ["", "#", "#/"]) expect(parseAddress(hash)).toEqual(GALLERY);
  });

  it("leaves out what is as usual", () => {
    expect(formatAddress({ ...GALLERY, case: "cuba-1962" })).toBe("#/cuba-1962");
    expect(formatAddress({ ...GALLERY, case: "cuba-1962", page: "stability" })).toBe("#/cuba-1962/stability");
  });

  it("reads back whatever it writes", () => {
    const text = fc.string({ minLength: 1, maxLength: 12 });
    const maybe = fc.option(text, { nil: undefined });
    const address = fc.record({
      case: text.filter((id) => !/^\/|^\?|^#/.test(id) && id.isWellFormed()),
      page: fc.constantFrom(...PAGES),
      making: fc.constant(undefined),
      team: fc.option(fc.constantFrom("versions" as const, "members" as const), { nil: undefined }),
      of: fc.constant(undefined),
      reading: maybe,
      asOf: fc.option(fc.constantFrom("2024-11", "2024-11-28"), { nil: undefined }),
      seed: fc.nat(),
      off: fc.uniqueArray(text.filter((id) => !id.includes(","))),
      sets: fc.uniqueArray(text),
      versus: fc.uniqueArray(text),
      month: fc.option(fc.nat(), { nil: undefined }),
      run: fc.option(fc.nat(), { nil: undefined }),
      selected: maybe,
      because: maybe,
      edit: maybe,
      text: maybe,
      talk: maybe,
      pick: maybe,
      lock: maybe,
      lines: fc.boolean(),
      axes: maybe,
      room: fc.boolean(),
      rest: fc.constantFrom([], [["colour", "blue"]] as [string, string][]),
      faults: fc.constant([]),
    });
    fc.assert(
      fc.property(address, (each) => {
        const read = { ...parseAddress(formatAddress(each), true), faults: [] };
        // A team's page of a case stands in the place of an analyst's.
        expect(read).toEqual({ ...each, ...(each.team === undefined ? {} : { page: "brief" }) });
      }),
    );
  });

  it("names what a new case is made from, outside of any case", () => {
    expect(parseAddress("#/new")).toMatchObject({ case: undefined, making: "template" });
    const read = parseAddress("#/new?from=article&colour=blue");
    expect([read.making, read.faults.length]).toEqual(["article", 1]);
    expect(formatAddress(read)).toBe("#/new?from=article&colour=blue");
    expect(parseAddress("#/new/terms").case).toBe("new");
  });

  it("keeps parameters that it does not know, and tells of them", () => {
    const read = parseAddress("#/cuba-1962?colour=blue&colour=red");
    expect(read.faults).toEqual([
      { kind: "unknown", name: "colour", value: "blue" },
      { kind: "unknown", name: "colour", value: "red" },
    ]);
    expect(formatAddress(read)).toBe("#/cuba-1962?colour=blue&colour=red");
  });

  it("knows a team server's pages there alone: elsewhere their names may be those of cases", () => {
    expect(parseAddress("#/account")).toMatchObject({ case: "account", team: undefined });
    expect(parseAddress("#/account", true)).toMatchObject({ case: undefined, team: "account" });
    expect(parseAddress("#/workspace/w1", true)).toMatchObject({ team: "workspace", of: "w1" });
    expect(formatAddress(parseAddress("#/workspace/w1", true))).toBe("#/workspace/w1");
    expect(parseAddress("#/c1/versions?sel=2", true)).toMatchObject({ case: "c1", team: "versions", selected: "2" });
    expect(parseAddress("#/c1/versions").faults).toMatchObject([{ name: "page", value: "versions" }]);
  });

  it("tells of values that it cannot read, and takes the usual ones", () => {
    const read = parseAddress("#/cuba-1962/nonsense?seed=-1&asof=yesterday");
    expect([read.page, read.seed, read.asOf]).toEqual(["brief", 1, undefined]);
    expect(read.faults.map(({ name }) => name)).toEqual(["page", "asof", "seed"]);
  });

  it("has one key for the same view, in whatever order claims were left out", () => {
    const [a, b] = ["#/x?off=a,b&sel=1", "#/x/terms?off=b,a"].map((hash) => parseAddress(hash));
    expect(viewKey(a ?? GALLERY)).toBe(viewKey(b ?? GALLERY));
    expect(viewKey(parseAddress("#/x?seed=2"))).not.toBe(viewKey(parseAddress("#/x")));
  });
});
