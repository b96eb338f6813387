import { createStream, PARAMETERS } from "../core/random/index.ts";
import { expectCount, expectFinite, expectNames, invalid, placeOf } from "./check.ts";
import type { Model, Quantiles } from "./types.ts";

/** A parameter that varies. */
export interface UncertainInput {
  readonly name: string;
  /** Its place in the vector. */
  readonly place: number;
  readonly address: number;
  readonly distribution: Quantiles;
}

interface SubjectOptions {
  readonly seed: number;
  /** The parameters that vary; all uncertain ones unless given. */
  readonly inputs?: readonly string[] | undefined;
}

/** A model checked and made ready: its central vector, what varies, draws of it, evaluations with their check. */
export class Subject {
  readonly model: Model;
  readonly seed: number;
  readonly parameters: readonly string[];
  readonly outputs: readonly string[];
  readonly inputs: readonly UncertainInput[];
  readonly central: Float64Array;
  readonly deterministic: boolean;
  readonly #chance: { seed: number; first: number; count: number };
  readonly #out: Float64Array;
  #each = new Float64Array(0);

  constructor(model: Model, { seed, inputs }: SubjectOptions) {
    this.model = model;
    this.seed = seed;
    this.parameters = model.parameters.map(({ name }) => name);
    this.outputs = model.outputs.map(({ name }) => name);
    expectCount("number of parameters", this.parameters.length, 1);
    expectCount("number of outputs", this.outputs.length, 1);
    expectNames("parameter", this.parameters);
    expectNames("output", this.outputs);
    this.central = Float64Array.from(model.parameters, ({ name, value, distribution }) => {
      const central = value ?? distribution?.quantile(0.5) ?? Number.NaN;
      expectFinite(`value of ${name}`, central);
      return central;
    });
    this.inputs = inputs === undefined ? allInputs(model) : inputs.map((name) => this.#input(name));
    if (inputs !== undefined) expectNames("input", inputs);
    expectAddresses(this.inputs);
    this.deterministic = model.deterministic ?? false;
    this.#chance = { seed, first: 0, count: 1 };
    this.#out = new Float64Array(this.outputs.length);
  }

  #input(name: string): UncertainInput {
    const place = placeOf("parameter", name, this.parameters);
    const input = inputAt(this.model, place);
    if (input === undefined) throw invalid("input", name, "a parameter with a distribution");
    return input;
  }

  /** A function that writes draw n of a matrix of draws (Saltelli's A is 0, B is 1) to the places of what varies. */
  draws(): (matrix: number, n: number, out: Float64Array) => void {
    const stream = createStream(this.seed, PARAMETERS);
    const { inputs } = this;
    return (matrix, n, out) => {
      for (let j = 0; j < inputs.length; j++) {
        const { place, address, distribution } = inputs[j]!;
        // Counter (parameter, matrix, draw low, draw high), word 0: as the reference engine draws.
        const value = distribution.quantile(stream.uniform(4 * address, matrix, n));
        if (!Number.isFinite(value)) throw invalid(`draw of ${inputs[j]!.name}`, value, "a finite number");
        out[place] = value;
      }
    };
  }

  /** Evaluates the mean outputs of some replications and writes them to `table` from `at` on. */
  evaluate(parameters: Float64Array, first: number, count: number, table: Float64Array, at: number): void {
    const out = this.#out;
    this.#chance.first = first;
    this.#chance.count = count;
    out.fill(Number.NaN);
    this.model.evaluate(parameters, this.#chance, out);
    for (let w = 0; w < out.length; w++) {
      this.#expectOutput(w, out[w]!);
      table[at + w] = out[w]!;
    }
  }

  /** Evaluates replications one by one: output w of replication i stands at i * outputs + w. Valid until called again. */
  each(parameters: Float64Array, first: number, count: number, table: Float64Array, at: number): void {
    const { model } = this;
    const width = this.outputs.length;
    if (model.evaluateEach === undefined) {
      for (let i = 0; i < count; i++) this.evaluate(parameters, first + i, 1, table, at + i * width);
      return;
    }
    if (this.#each.length !== count * width) this.#each = new Float64Array(count * width);
    const out = this.#each;
    this.#chance.first = first;
    this.#chance.count = count;
    out.fill(Number.NaN);
    model.evaluateEach(parameters, this.#chance, out);
    for (let i = 0; i < out.length; i++) {
      this.#expectOutput(i % width, out[i]!);
      table[at + i] = out[i]!;
    }
  }

  #expectOutput(w: number, value: number): void {
    if (!Number.isFinite(value)) throw invalid(`output ${this.outputs[w]}`, value, "a finite number");
  }
}

function allInputs(model: Model): UncertainInput[] {
  return model.parameters.flatMap((_, place) => inputAt(model, place) ?? []);
}

/** The parameter at a place if it varies. */
function inputAt(model: Model, place: number): UncertainInput | undefined {
  const { name = "", distribution, address = place } = model.parameters[place] ?? {};
  if (distribution === undefined || isConstant(distribution)) return undefined;
  return { name, place, address, distribution };
}

function isConstant(distribution: Quantiles): boolean {
  return "kind" in distribution && distribution.kind === "constant";
}

function expectAddresses(inputs: readonly UncertainInput[]): void {
  const seen = new Set<number>();
  for (const { name, address } of inputs) {
    expectCount(`address of ${name}`, address, 0);
    if (address >= 4294967296 || seen.has(address)) {
      throw invalid(`address of ${name}`, address, "a whole number below 2^32, another for each parameter");
    }
    seen.add(address);
  }
}
