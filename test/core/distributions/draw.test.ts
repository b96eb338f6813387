import { describe, expect, test } from "vitest";
import { draw, drawInto, normal, quantilesInPlace } from "../../../src/core/distributions/index.ts";
import { createStream, DYNAMICS, PARAMETERS } from "../../../src/core/random/index.ts";
import { EVERY } from "./all.ts";

const COUNT = 64;

describe.each(EVERY)("draws of %s", (_, d) => {
  test("in bulk are the single ones, to the bit", () => {
    const stream = createStream(99, PARAMETERS);
    for (const [slot, step, first] of [
      [0, 0, 0],
      [7, 3, 1000],
      [2, 1, 2 ** 32 - 30],
    ] as const) {
      const out = new Float64Array(COUNT);
      drawInto(d, stream, slot, step, first, out);
      for (let i = 0; i < COUNT; i++) expect(out[i]).toBe(draw(d, stream, slot, step, first + i));
    }
  });

  test("are its quantiles at the stream's numbers", () => {
    const stream = createStream(5, DYNAMICS);
    const numbers = new Float64Array(COUNT);
    stream.uniforms(1, 2, 3, numbers);
    const expected = [...numbers].map((u) => d.quantile(u));
    quantilesInPlace(d, numbers);
    expect([...numbers]).toEqual(expected);
  });
});

test("a draw is a function of its address alone", () => {
  const d = normal(0, 1);
  const whole = new Float64Array(100);
  drawInto(d, createStream(1, PARAMETERS), 4, 2, 0, whole);
  for (const [first, count] of [
    [0, 10],
    [10, 1],
    [11, 60],
    [71, 29],
  ] as const) {
    const part = new Float64Array(count);
    drawInto(d, createStream(1, PARAMETERS), 4, 2, first, part);
    expect([...part]).toEqual([...whole.subarray(first, first + count)]);
  }
  expect(draw(d, createStream(2, PARAMETERS), 4, 2, 0)).not.toBe(whole[0]);
  expect(draw(d, createStream(1, DYNAMICS), 4, 2, 0)).not.toBe(whole[0]);
  expect(draw(d, createStream(1, PARAMETERS), 5, 2, 0)).not.toBe(whole[0]);
  expect(draw(d, createStream(1, PARAMETERS), 4, 3, 0)).not.toBe(whole[0]);
});

test("the same chance gives a higher value in a distribution that lies higher", () => {
  const stream = createStream(8, PARAMETERS);
  for (let i = 0; i < COUNT; i++) {
    expect(draw(normal(1, 2), stream, 0, 0, i)).toBe(1 + 2 * draw(normal(0, 1), stream, 0, 0, i));
    expect(draw(normal(0.5, 1), stream, 0, 0, i)).toBeGreaterThan(draw(normal(0, 1), stream, 0, 0, i));
  }
});
