import { describe, expect, it } from "vitest";
import { judgePackage, searchPackages } from "../../src/assess/index.ts";
import { templateText } from "../../src/case/templates.ts";
import { bundled, written } from "../support/cases.ts";

/** Three parties, six packages. */
const negotiation = written(templateText("negotiation", "A negotiation", undefined));
/** The same with one value that is uncertain, and a reading under which one party asks for more. */
const uncertain = written(
  `${templateText("negotiation", "A negotiation", undefined).replace("half: 0.5, all: 0", 'half: "uniform(0, 1)", all: 0')}
readings:
  hard:
    name: A hard line
    kind: held
    by: a test
    because: to see readings told apart
    set: {positions.party-b.reservation: 0.75}
`,
);

/** Worth of every package to the three parties, worked out from the template by hand. */
const FIRST = { "as-it-is": [0, 1, 0.5], half: [0.6, 0.5, 1], all: [1, 0, 0] } as const;
const SECOND = { without: [1, 0, 0], with: [0, 1, 1] } as const;
const WEIGHTS = [
  [0.7, 0.3],
  [0.4, 0.6],
  [0.5, 0.5],
] as const;
const RESERVATIONS = [0.3, 0.3, 0.2] as const;

const ALL = Object.entries(FIRST).flatMap(([first, a]) =>
  Object.entries(SECOND).map(([second, b]) => ({
    outcome: { first, second },
    worth: WEIGHTS.map(([u, v], i) => u * (a[i] ?? 0) + v * (b[i] ?? 0)),
  })),
);
const gains = (worth: readonly number[]) => worth.map((each, i) => each - (RESERVATIONS[i] ?? 0));
const ACCEPTABLE = ALL.filter(({ worth }) => gains(worth).every((gain) => gain >= 0));
const WASTING = (one: (typeof ALL)[number]) =>
  ACCEPTABLE.some(
    ({ worth }) =>
      worth.every((each, i) => each >= (one.worth[i] ?? 0)) && worth.some((each, i) => each > (one.worth[i] ?? 0)),
  );

describe("searchPackages", () => {
  it("finds what nobody refuses and nothing wastes, as counting by hand does", () => {
    const expected = ACCEPTABLE.filter((one) => !WASTING(one)).toSorted(
      (a, b) => Math.min(...gains(b.worth)) - Math.min(...gains(a.worth)),
    );
    expect(expected.length).toBeGreaterThan(0);
    const found = searchPackages(negotiation, {});
    expect(found.packages.map(({ outcome }) => outcome)).toEqual(expected.map(({ outcome }) => outcome));
    for (const [p, { utilities, chance, readings }] of found.packages.entries()) {
      for (const [i, each] of utilities.entries()) expect(each).toBeCloseTo(expected[p]?.worth[i] ?? 0, 12);
      // Without anything uncertain every draw is the same; the error is that of a thousand draws all alike.
      expect(chance.p).toBe(1);
      expect(chance.se).toBeLessThan(0.001);
      expect(readings).toEqual([{ reading: null, acceptable: true }]);
    }
    expect([found.zone.exists, found.zone.size]).toEqual([true, String(ACCEPTABLE.length)]);
  });

  it("holds issues to what is asked, and pages", () => {
    const lock = { second: "without" };
    const held = ACCEPTABLE.filter(({ outcome }) => outcome.second === "without");
    const found = searchPackages(negotiation, {}, { lock });
    expect(found.zone.size).toBe(String(held.length));
    for (const { outcome } of found.packages) expect(outcome["second"]).toBe("without");
    const whole = searchPackages(negotiation, {});
    const pages = Array.from({ length: whole.total }, (_, offset) =>
      searchPackages(negotiation, {}, { offset, limit: 1 }),
    );
    expect(whole.total).toBeGreaterThan(1);
    expect(pages.flatMap(({ packages }) => packages)).toEqual(whole.packages);
  });

  it("tells under which reading there is none, and orders by one party", () => {
    const found = searchPackages(uncertain, {}, { best: "party-b" });
    expect(found.readings.map(({ reading }) => reading)).toEqual([null, "hard"]);
    const worth = found.packages.map(({ utilities }) => utilities[1] ?? 0);
    expect(worth).toEqual(worth.toSorted((a, b) => b - a));
    for (const { utilities, readings } of found.packages) {
      expect(readings[1]?.acceptable).toBe((utilities[1] ?? 0) >= 0.75);
    }
  });

  it("knows no party that does not sit there", () => {
    expect(() => searchPackages(negotiation, {}, { best: "party-d" })).toThrow("unknown party: party-d");
  });
});

describe("judgePackage", () => {
  it("says of every package who refuses it, as counting by hand does", () => {
    for (const { outcome, worth } of ALL) {
      const { verdicts, acceptable, readings } = judgePackage(negotiation, {}, outcome);
      const accepts = gains(worth).map((gain) => (gain >= 0 ? "yes" : "no"));
      expect(verdicts.map((each) => each.accepts)).toEqual(accepts);
      for (const [i, { best, worst }] of verdicts.entries()) {
        expect(best).toBeCloseTo(worth[i] ?? 0, 12);
        expect(worst).toBe(best);
      }
      expect(acceptable).toBe(accepts.every((each) => each === "yes"));
      expect(readings.map((each) => each.acceptable)).toEqual([acceptable]);
    }
  });

  it("draws what is uncertain: a party that accepts where a uniform value is above a limit", () => {
    // 0.4 v + 0.6 * 0 against 0.3: v above 0.75, which a uniform value is a quarter of the time.
    const { chance, verdicts, draws } = judgePackage(uncertain, {}, { first: "half", second: "without" }, { seed: 3 });
    const error = Math.sqrt((0.25 * 0.75) / draws);
    expect(Math.abs((verdicts[1]?.chance ?? 0) - 0.25)).toBeLessThan(4 * error);
    expect(chance?.se).toBeGreaterThan(0);
  });

  it("leaves open what is left out, and tells where positions come from", () => {
    const { open, completion, parties } = judgePackage(negotiation, {}, { first: ["half", "all"] });
    expect(open).toEqual(["first", "second"]);
    expect(completion?.["first"]).not.toBe("as-it-is");
    expect(parties[0]).toMatchObject({ party: "party-a", reservation: 0.3, sources: ["own-judgement"] });
    expect(parties[0]?.line).toMatch(/^case\.yaml:\d+$/);
  });

  it("refuses what the case does not know", () => {
    expect(() => judgePackage(negotiation, {}, { first: "haf" })).toThrow("unknown option: haf");
    expect(() => judgePackage(bundled("cuba-1962"), {}, { first: "half" })).toThrow("does not apply");
    expect(() => judgePackage(negotiation, { reading: "soft" }, { first: "half" })).toThrow("unknown reading: soft");
  });
});
