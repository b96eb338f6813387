import { describe, expect, it } from "vitest";
import { assessed, bundled, written } from "../support/cases.ts";

const CASE = `parley: 1
title: T
sources: {s: {title: S, by: An Author, published: 2024-01}}
parties:
  north: {name: North, factions: {army: {name: The army, ratifies: true, aims: [{text: Keep the hills, basis: stated, source: s}]}}}
  south: {name: South}
issues:
  hills: {name: Hills, ordered: true, options: {all: All, half: Half, none: None}}
  trade: {name: Trade, options: {open: Open, shut: Shut}}
norms:
  charter: {name: The charter, text: No taking by force., parties: [north], touches: {hills: [all, half]}}
proposals:
  plan: {name: A plan, by: South, package: {hills: [all, half]}, source: "s#3"}
  mixed: {name: A mixed plan, package: {hills: [half, none], trade: open}}
positions:
  north:
    accepts: required
    reservation: {of: plan}
    issues:
      hills:
        weight: 1
        values: {all: 1, half: {value: 0.3 to 0.6, basis: inferred, by: Parley, because: a guess}, none: 0}
        redLines: [none]
        basis: stated
        source: "s#2"
  south: {accepts: ratifies, reservation: from-war}
process: {host: {text: Nobody yet., source: s}, channels: [By radio, By letter]}
`;

describe("the negotiation exhibit", () => {
  const { negotiation, nodes } = assessed(written(CASE));
  const [north, south] = negotiation.positions;
  const stance = north?.stances[0];

  it("holds what each option is worth to a party, as written, and whether it is stated or inferred", () => {
    expect(stance?.values.map(({ option, text, basis, by }) => [option, text, basis, by])).toEqual([
      ["all", "1", "stated", null],
      ["half", "0.3 to 0.6", "inferred", "Parley"],
      ["none", "0", "stated", null],
    ]);
    expect(stance?.values[1]?.central).toBeGreaterThan(0.4);
    expect(stance?.redLines).toEqual(["none"]);
  });

  it("gives a stance its reason: where it stands and the source it cites", () => {
    const node = nodes[stance?.node ?? ""];
    expect(node).toMatchObject({
      kind: "parameter",
      casePath: "positions.north.issues.hills",
      because: ["source:s#2"],
    });
  });

  it("says in words what a party gets without agreement", () => {
    expect([north?.reservation, south?.reservation]).toEqual(["the worth of “A plan”", "the value of fighting on"]);
    expect([north?.accepts, south?.accepts]).toEqual(["required", "ratifies"]);
  });

  it("marks options that stand against a norm, and a package only where no choice of it avoids that", () => {
    expect(negotiation.issues[0]?.options.map(({ norms }) => norms)).toEqual([["charter"], ["charter"], []]);
    expect(negotiation.proposals.map(({ id, norms }) => [id, norms])).toEqual([
      ["plan", ["charter"]],
      ["mixed", []],
    ]);
  });

  it("holds factions with their aims, and the process part by part", () => {
    expect(negotiation.factions).toMatchObject([
      { party: "North", name: "The army", ratifies: true, aims: [{ basis: "stated", citations: ["An Author 2024"] }] },
    ]);
    expect(negotiation.process.map(({ what, text }) => [what, text])).toEqual([
      ["channels", "By radio"],
      ["channels", "By letter"],
      ["host", "Nobody yet."],
    ]);
  });

  it("is empty where the case has nothing of the kind", () => {
    const { negotiation: empty } = assessed(written("parley: 1\ntitle: T\n"));
    expect(Object.values(empty).flat()).toEqual([]);
  });

  it("takes the values of the reading that is looked at", () => {
    const of = (reading?: string) =>
      assessed(bundled("ukraine-2024"), { reading }, 1, true)
        .negotiation.positions.find(({ party }) => party === "russia")
        ?.stances.find(({ issue }) => issue === "territory")?.redLines;
    expect(of()).not.toContain("line-de-facto");
    expect(of("no-bargaining-range")).toContain("line-de-facto");
  });
});
