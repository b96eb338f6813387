import { describe, expect, it } from "vitest";
import { fromPlain, mixture, normal, toPlain, truncated, uniform } from "../../../src/core/distributions/index.ts";
import { EVERY } from "./all.ts";

const CHANCES = [0, 1e-9, 0.01, 0.05, 0.3, 0.5, 0.77, 0.95, 1 - 1e-9, 1];

describe("a distribution as plain data", () => {
  it.each(EVERY)("comes back from a clone with the same bits: %s", (_, d) => {
    const back = fromPlain(structuredClone(toPlain(d)));
    expect(back.kind).toBe(d.kind);
    expect([back.mean, back.sd, ...back.support]).toEqual([d.mean, d.sd, ...d.support]);
    for (const p of CHANCES) {
      const x = d.quantile(p);
      expect(back.quantile(p)).toBe(x);
      expect(back.upperQuantile(p)).toBe(d.upperQuantile(p));
      expect([back.cdf(x), back.survival(x)]).toEqual([d.cdf(x), d.survival(x)]);
    }
  });

  it("keeps shares of a mixture whose sum is 1 but for rounding, and mixtures within mixtures", () => {
    const tenths = mixture([normal(0, 1), uniform(0, 1), normal(3, 2)], [0.1, 0.2, 0.7]);
    const d = truncated(mixture([tenths, uniform(0, 9)], [1, 2]), -1, 5);
    const back = fromPlain(structuredClone(toPlain(d)));
    for (const p of CHANCES) expect(back.quantile(p)).toBe(d.quantile(p));
  });
});
