import type { Distribution, LogitNormal, Lognormal } from "../core/distributions/index.ts";
import { quantilesInPlace } from "../core/distributions/index.ts";
import { log, logit } from "../core/math/index.ts";
import type { Stream } from "../core/random/index.ts";
import { unitOfWord } from "../core/random/index.ts";
import { normalQuantile } from "../core/special/index.ts";

/**
 * Draws of a question's inputs, each a pure function of seed, input and draw.
 *
 * An input's name is hashed to the `step` of the random address, so that its draws stay the same when other inputs
 * come and go: two readings, or a case before and after an edit, are compared on common random numbers. Draw i takes
 * word i mod 4 of block (block 0, step, index floor(i / 4)).
 */
export class InputDraws {
  readonly #stream: Stream;
  readonly #words = new Uint32Array(4);
  readonly #steps = new Map<number, string>();

  constructor(stream: Stream) {
    this.#stream = stream;
  }

  /** Draws of an input; `out` has one place a draw. */
  values(name: string, distribution: Distribution, out: Float64Array): void {
    this.#units(name, out);
    quantilesInPlace(distribution, out);
  }

  /** Natural logarithms of the draws of a positive input. */
  logs(name: string, distribution: Distribution, out: Float64Array): void {
    if (distribution.kind === "lognormal") this.#normals(name, distribution, out);
    else {
      this.values(name, distribution, out);
      for (let i = 0; i < out.length; i++) out[i] = log(out[i]!);
    }
  }

  /** Log odds of the draws of a probability. */
  logits(name: string, distribution: Distribution, out: Float64Array): void {
    if (distribution.kind === "logitNormal") this.#normals(name, distribution, out);
    else {
      this.values(name, distribution, out);
      for (let i = 0; i < out.length; i++) out[i] = logit(out[i]!);
    }
  }

  #normals(name: string, { mu, sigma }: Lognormal | LogitNormal, out: Float64Array): void {
    this.#units(name, out);
    for (let i = 0; i < out.length; i++) out[i] = mu + sigma * normalQuantile(out[i]!);
  }

  /** The draws of an input as numbers between 0 and 1. */
  #units(name: string, out: Float64Array): void {
    const step = this.#stepOf(name);
    const words = this.#words;
    for (let i = 0; i < out.length; i += 4) {
      this.#stream.block(0, step, i / 4, words);
      const end = Math.min(4, out.length - i);
      for (let k = 0; k < end; k++) out[i + k] = unitOfWord(words[k]!);
    }
  }

  /** The step of an input: a 32-bit hash of its name (FNV-1a); the next free one where two names meet. */
  #stepOf(name: string): number {
    let hash = 0x811c9dc5;
    for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
    let step = hash >>> 0;
    for (;;) {
      const holder = this.#steps.get(step);
      if (holder === undefined || holder === name) break;
      step = (step + 1) >>> 0;
    }
    this.#steps.set(step, name);
    return step;
  }
}
