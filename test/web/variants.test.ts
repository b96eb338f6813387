import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Assessment, ComparedSimulation } from "../../src/assess/index.ts";
import { intervalWords, isClear, measuredOf, metricOf } from "../../src/web/pages/compare-metric.ts";
import { nameOfVariant } from "../../src/web/pages/compare-names.ts";
import { addressOf, formatVariant, parseVariant, setValue, variantOf, withSet } from "../../src/web/state/variants.ts";

describe("a variant in the address", () => {
  it("reads back whatever it writes", () => {
    const text = fc.string({ minLength: 1, maxLength: 20 });
    const variant = fc.record({ reading: fc.option(text, { nil: undefined }), sets: fc.array(text) });
    fc.assert(
      fc.property(variant, (each) => {
        const written = formatVariant(each);
        expect(written).not.toBe("");
        expect(parseVariant(written)).toEqual(each);
      }),
    );
  });

  it("is the case as coded where it names no reading", () => {
    expect(formatVariant({ reading: undefined, sets: [] })).toBe(";");
    expect(parseVariant(";war.mediation.level=0.8")).toEqual({
      reading: undefined,
      sets: ["war.mediation.level=0.8"],
    });
  });

  it("takes claims that are left out along, and gives them back", () => {
    const view = { reading: "source", off: ["losses"], sets: ["war.relapse.hazard=0.1"] };
    expect(variantOf(view).sets).toEqual(["claims.losses.status=rejected", "war.relapse.hazard=0.1"]);
    expect(addressOf(variantOf(view))).toEqual(view);
  });
});

describe("what an address sets", () => {
  it("sets each path once, and takes it back", () => {
    const once = withSet(["a.b=1", "c=2"], "a.b", 0.25);
    expect(once).toEqual(["c=2", "a.b=0.25"]);
    expect(setValue(once, "a.b")).toBe(0.25);
    expect(withSet(once, "a.b", undefined)).toEqual(["c=2"]);
    expect(setValue([], "a.b")).toBeUndefined();
    expect(setValue(["a.b=1 to 2"], "a.b")).toBeUndefined();
  });
});

describe("the name of a variant", () => {
  const assessment = {
    readings: [{ id: "source", name: "The source's own" }],
    sensitivity: { levers: [{ id: "more", name: "More mediation" }] },
  } as unknown as Assessment;
  const controls = { parameters: [], levers: [{ id: "more", sets: [{ path: "war.mediation.level", value: 0.8 }] }] };

  it("says levers and claims by their names, and the rest as it is set", () => {
    const sets = ["war.mediation.level=0.8", "claims.losses.status=rejected", "war.relapse.hazard=0.1"];
    const claims = [{ id: "losses", name: "Heavy losses" }];
    expect(nameOfVariant({ reading: "source", sets }, assessment, controls, claims)).toBe(
      "The source's own, with “More mediation”, the claim “Heavy losses” left out, war.relapse.hazard=0.1",
    );
  });

  it("says a lever's path where the value is another", () => {
    const name = nameOfVariant({ reading: undefined, sets: ["war.mediation.level=0.7"] }, assessment, controls, []);
    expect(name).toBe("as coded, with war.mediation.level=0.7");
  });
});

describe("what views are compared by", () => {
  it("is an end of the fighting within two years unless the address says otherwise", () => {
    expect(metricOf(undefined, undefined, 60, ["durable"])).toEqual({ event: "stop", month: 24 });
    expect(metricOf("talks", 99, 60, ["durable"])).toEqual({ event: "talks", month: 60 });
    expect(metricOf("durable", 12, 60, ["durable"])).toEqual({ output: "durable" });
    expect(metricOf("nonsense", 0, 60, ["durable"])).toEqual({ event: "stop", month: 1 });
  });

  it("is found among what was compared", () => {
    const compared = { outputs: [{ id: "also" }, { id: "durable" }] } as unknown as ComparedSimulation;
    expect(measuredOf(compared, { event: "stop", month: 3 })?.index).toBe(0);
    expect(measuredOf(compared, { output: "durable" })?.index).toBe(1);
    expect(measuredOf(compared, { output: "loss-a" })).toBeUndefined();
  });

  it("tells an interval, and whether it holds nothing at all", () => {
    expect(intervalWords({ unit: "probability" }, 0.1, 0.01)).toBe("+8.0 to +12\u00a0points");
    expect(intervalWords({ unit: "initial force" }, -0.2, 0)).toBe("−0.20");
    expect(isClear({ value: 0.019, se: 0.01 })).toBe(false);
    expect(isClear({ value: -0.02, se: 0.01 })).toBe(true);
  });
});
