import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readPicked, writePicked } from "../../src/web/state/picked.ts";

const options = (...ids: string[]) => ids.map((id) => ({ id }));
const ISSUES = [
  { id: "town", options: options("north", "south") },
  { id: "port", options: options("open", "shared", "closed") },
  { id: "guard", options: options("none", "some") },
];

describe("the package in the address", () => {
  it("is read in the order of the case, whatever the order of the address", () => {
    const { pick, locks, asides } = readPicked({ pick: "port:shared,town:north", lock: "port" }, ISSUES);
    expect(Object.entries(pick)).toEqual([
      ["town", "north"],
      ["port", "shared"],
    ]);
    expect([locks, asides]).toEqual([["port"], []]);
  });

  it("leaves aside what the case does not know, and tells it", () => {
    const { pick, locks, asides } = readPicked(
      { pick: "town:west,bridge:open,port:shared,port:open,guard", lock: "town,port,bridge" },
      ISSUES,
    );
    expect(pick).toEqual({ port: "shared" });
    expect(locks).toEqual(["port"]);
    expect(asides).toEqual([
      { kind: "option", issue: "town", option: "west", known: ["north", "south"] },
      { kind: "issue", issue: "bridge" },
      { kind: "twice", issue: "port" },
      { kind: "form", text: "guard" },
      { kind: "nothing-to-lock", issue: "town" },
      { kind: "issue", issue: "bridge" },
    ]);
  });

  it("reads back what it writes; a lock without a pick is dropped", () => {
    const choice = fc.record(
      Object.fromEntries(
        ISSUES.map((issue) => [issue.id, fc.constantFrom(undefined, ...issue.options.map(({ id }) => id))]),
      ),
    );
    const locked = fc.subarray(ISSUES.map(({ id }) => id));
    fc.assert(
      fc.property(choice, locked, (pick, locks) => {
        const read = readPicked(writePicked(pick, locks), ISSUES);
        expect(read.pick).toEqual(
          Object.fromEntries(Object.entries(pick).filter(([, option]) => option !== undefined)),
        );
        expect(read.locks).toEqual(locks.filter((issue) => pick[issue] !== undefined));
        expect(read.asides).toEqual([]);
      }),
    );
  });

  it("is nothing where nothing is picked", () => {
    expect(writePicked({ town: undefined }, ["town"])).toEqual({ pick: undefined, lock: undefined });
    expect(readPicked({ pick: undefined, lock: undefined }, ISSUES)).toEqual({ pick: {}, locks: [], asides: [] });
  });
});
