import { createKernel } from "../../src/dynamics/wasm/kernel.ts";
import { COLUMNS, MONTH_KINDS, monthsOf, type Results, resultsFor } from "../../src/dynamics/wasm/results.ts";
import { jumps, randomModel } from "./random-models.ts";

const MODELS = 20;
const TRAJECTORIES = 300;

/** All bits of some results as 32-bit words, each mixed into what came before (Fowler, Noll & Vo). */
export function mix(before: number, results: Results): number {
  let hash = before;
  const arrays = [...COLUMNS.map((name) => results.columns[name]), results.months ?? []];
  for (const array of arrays) {
    for (const word of new Uint32Array(Float64Array.from(array).buffer)) hash = Math.imul(hash ^ word, 0x01000193);
  }
  return hash >>> 0;
}

/** A digest of what some random models come to, and the kind of kernel that ran them. For Node and for a browser. */
export function digest(kind?: "typescript" | "webassembly"): string {
  const kernel = createKernel(kind);
  const next = jumps(7);
  let hash = 0x811c9dc5;
  let months = 0;
  for (let i = 0; i < MODELS; i++) {
    const model = randomModel(next);
    const results = resultsFor(TRAJECTORIES, monthsOf(model));
    kernel.run(model, 42, i, TRAJECTORIES, results);
    hash = mix(hash, results);
    months += (results.months?.length ?? 0) / MONTH_KINDS;
  }
  return `${kernel.kind} ${MODELS} models ${months} months ${hash.toString(16)}`;
}
