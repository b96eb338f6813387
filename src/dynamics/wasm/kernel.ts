import type { Model } from "../model.ts";
import type { Results } from "./results.ts";
import { typeScriptKernel } from "./typescript.ts";
import { webAssemblyKernel } from "./webassembly.ts";

/** What runs trajectories. All kinds give the same doubles, bit for bit. */
export interface Kernel {
  readonly kind: "webassembly" | "typescript";
  /**
   * Runs trajectories `first` to `first + count - 1` of a model and writes each to its row of the results, the first to row
   * `at`, 0 unless given. Seeds and trajectories are integers from 0 to 2^53 - 1.
   */
  readonly run: (model: Model, seed: number, first: number, count: number, results: Results, at?: number) => void;
}

/**
 * A kernel: WebAssembly where it runs, else TypeScript.
 *
 * @example
 * const results = resultsFor(1000);
 * createKernel().run(model, 42, 0, 1000, results);
 * results.columns.outcome; // an index of OUTCOMES for each trajectory
 */
export function createKernel(kind?: Kernel["kind"]): Kernel {
  const webAssembly = kind === "typescript" ? undefined : webAssemblyKernel();
  if (webAssembly === undefined && kind === "webassembly")
    throw new RangeError("unknown here: WebAssembly with vectors");
  return webAssembly ?? typeScriptKernel();
}
