import { expectCount } from "./check.ts";
import type { Subject } from "./subject.ts";
import type { Background } from "./types.ts";

/** Values put in places of the vector, whatever stood there. */
export interface Settings {
  readonly places: readonly number[];
  readonly values: readonly number[];
}

export const UNTOUCHED: Settings = { places: [], values: [] };

/** How many trajectories, in how many batches: the rows of a plan, which pair what is compared. */
export interface Batches {
  readonly batches: number;
  readonly batchSize: number;
}

/** The batches of a function: a single evaluation where neither chance nor draws of parameters play a part. */
export function batchesOf(subject: Subject, background: Background, { batches, batchSize }: Batches): Batches {
  expectCount("batches", batches, 1);
  expectCount("batchSize", batchSize, 1);
  expectCount("trajectories", batches * batchSize, 2);
  return subject.deterministic && background === "central" ? { batches: 1, batchSize: 1 } : { batches, batchSize };
}

/**
 * Trajectories of a function with some parameters set and the others in the background: the same trajectory, and the same
 * draw of the background, whatever is set (common random numbers).
 */
export class Ensemble {
  readonly subject: Subject;
  readonly #background: Background;
  readonly #draw: ReturnType<Subject["draws"]>;
  readonly #vector: Float64Array;
  readonly #one: Float64Array;

  constructor(subject: Subject, background: Background) {
    this.subject = subject;
    this.#background = background;
    this.#draw = subject.draws();
    this.#vector = subject.central.slice();
    this.#one = new Float64Array(subject.outputs.length);
  }

  /** Writes the mean of each output over some trajectories to `table` from `at` on. */
  mean(settings: Settings, first: number, count: number, table: Float64Array, at: number): void {
    const { subject } = this;
    if (this.#background === "central") {
      subject.evaluate(this.#place(settings), first, count, table, at);
      return;
    }
    const one = this.#one;
    table.fill(0, at, at + one.length);
    for (let i = first; i < first + count; i++) {
      subject.evaluate(this.#place(settings, i), i, 1, one, 0);
      for (let w = 0; w < one.length; w++) table[at + w]! += one[w]!;
    }
    for (let w = 0; w < one.length; w++) table[at + w]! /= count;
  }

  /** Writes output w of trajectory first + i to table[i * outputs + w]. */
  each(settings: Settings, first: number, count: number, table: Float64Array): void {
    const { subject } = this;
    if (this.#background === "central") {
      subject.each(this.#place(settings), first, count, table, 0);
      return;
    }
    for (let i = 0; i < count; i++) {
      subject.evaluate(this.#place(settings, first + i), first + i, 1, table, i * subject.outputs.length);
    }
  }

  /** The vector with the settings in it, over the central values or a draw. */
  #place({ places, values }: Settings, draw = -1): Float64Array {
    const vector = this.#vector;
    vector.set(this.subject.central);
    if (draw >= 0) this.#draw(0, draw, vector);
    for (let i = 0; i < places.length; i++) vector[places[i]!] = values[i]!;
    return vector;
  }
}
