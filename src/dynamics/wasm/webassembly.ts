import { EXP_TABLE, LOG_TABLE } from "../../core/math/tables.ts";
import type { Model } from "../model.ts";
import { KERNEL } from "./binary.ts";
import { writeModel } from "./flatten.ts";
import type { Kernel } from "./kernel.ts";
import { COLUMNS, MONTH_KINDS, type Results } from "./results.ts";

/** What is used of WebAssembly here; its own types come with those of a whole browser. */
interface Engine {
  readonly validate: (bytes: Uint8Array) => boolean;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
}

/** What src/dynamics/wasm/assembly/index.ts exports. */
interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer; readonly grow: (pages: number) => number };
  readonly expTable: () => number;
  readonly logTable: () => number;
  readonly modelFields: () => number;
  readonly modelLists: () => number;
  readonly columnsAt: () => number;
  readonly countsAt: () => number;
  readonly reserve: (
    packages: number,
    backers: number,
    events: number,
    columns: number,
    rows: number,
    months: number,
  ) => number;
  readonly ready: () => void;
  readonly run: (seed: number, first: number, rows: number) => void;
}

/** Trajectories run in one call; their columns fit in a processor's nearer memory. */
const ROWS = 256;
const PAGE = 65536;

let compiled: object | undefined;

/**
 * The kernel in WebAssembly: the same doubles as the TypeScript kernel's, bit for bit, in less than half the time.
 *
 * Undefined where WebAssembly with 128-bit vectors is missing.
 */
export function webAssemblyKernel(): Kernel | undefined {
  const { WebAssembly: engine } = globalThis as { readonly WebAssembly?: Engine };
  if (engine === undefined) return undefined;
  if (compiled === undefined) {
    const bytes = Uint8Array.from(atob(KERNEL), (letter) => letter.charCodeAt(0));
    if (!engine.validate(bytes)) return undefined;
    compiled = new engine.Module(bytes);
  }
  return kernelOf(new engine.Instance(compiled).exports as Exports);
}

function kernelOf(wasm: Exports): Kernel {
  const { memory } = wasm;
  new Float64Array(memory.buffer, wasm.expTable(), EXP_TABLE.length).set(EXP_TABLE);
  new Float64Array(memory.buffer, wasm.logTable(), LOG_TABLE.length).set(LOG_TABLE);
  let loaded: Model | undefined;
  let months = 0;

  /** Puts a model into memory, with room behind it; a model that is there already stays. */
  function load(model: Model, monthRows: number): void {
    if (model === loaded && monthRows === months) return;
    const { packages, backers, events } = model;
    const bytes = wasm.reserve(packages, backers, events.length, COLUMNS.length, ROWS, monthRows);
    const missing = bytes - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
    writeModel(
      model,
      new Float64Array(memory.buffer, wasm.modelFields()),
      new Float64Array(memory.buffer, wasm.modelLists()),
    );
    wasm.ready();
    loaded = model;
    months = monthRows;
  }

  function run(model: Model, seed: number, first: number, count: number, results: Results, at = 0): void {
    const { columns, months: counts } = results;
    load(model, counts === undefined ? 0 : counts.length / MONTH_KINDS);
    const rows = new Float64Array(memory.buffer, wasm.columnsAt(), COLUMNS.length * ROWS);
    const counted = new Uint32Array(memory.buffer, wasm.countsAt(), months * MONTH_KINDS).fill(0);
    for (let done = 0; done < count; done += ROWS) {
      const some = Math.min(ROWS, count - done);
      wasm.run(seed, first + done, some);
      for (const [c, name] of COLUMNS.entries()) {
        const column = columns[name];
        for (let row = 0; row < some; row++) column[at + done + row] = rows[c * ROWS + row]!;
      }
    }
    if (counts !== undefined) for (let i = 0; i < counted.length; i++) counts[i]! += counted[i]!;
  }

  return Object.freeze({ kind: "webassembly" as const, run });
}
