import { createSobol, createStream, DYNAMICS, philox4x32, purpose } from "../../src/core/random/index.ts";
import { perSecond, type Report } from "../measure.ts";

const BLOCKS = 100_000;
const NUMBERS = 100_000;
const POINTS = 4096;
const DIMENSIONS = 40;

export default async function (report: Report): Promise<void> {
  const words = new Uint32Array(4);
  const blocks = perSecond(() => {
    for (let i = 0; i < BLOCKS; i++) philox4x32(0, 1, i, 0, 42, 0, words);
  }, BLOCKS);
  report({ name: "core/random Philox words", perSecond: 4 * blocks, note: "all four words of each block used" });

  const stream = createStream(42, DYNAMICS);
  const numbers = new Float64Array(NUMBERS);
  report({
    name: "core/random uniforms, bulk",
    perSecond: perSecond(() => stream.uniforms(0, 1, 0, numbers), NUMBERS),
    note: "one block a number: the index is part of the counter",
  });
  let sum = 0;
  const single = perSecond(() => {
    for (let i = 0; i < NUMBERS; i++) sum += stream.uniform(0, 1, i);
  }, NUMBERS);
  report({ name: "core/random uniform, one by one", perSecond: single, note: sum > 0 ? "" : "no numbers" });

  const points = new Float64Array(POINTS * DIMENSIONS);
  const plain = createSobol(DIMENSIONS);
  report({
    name: "core/random Sobol coordinates",
    perSecond: perSecond(() => plain.points(0, points), POINTS * DIMENSIONS),
  });
  const scrambled = createSobol(DIMENSIONS, { scramble: createStream(1, purpose("SOBO")) });
  report({
    name: "core/random Sobol coordinates, scrambled",
    perSecond: perSecond(() => scrambled.points(0, points), POINTS * DIMENSIONS),
  });
}
