import { PARAMETERS, type ParameterInfo } from "./parameters.ts";

/** How many backers, packages and events the reference engine's file format holds; a layout has at least these. */
export const FILE_BACKERS = 4;
export const FILE_PACKAGES = 3;
export const FILE_EVENTS = 4;

/** Fields of a backer, in their order. */
export const BACKER_FIELDS = ["s", "f", "l", "x", "n", "c", "i"] as const;
/** Fields of a package. */
export const PACKAGE_FIELDS = ["a", "b", "g"] as const;
/** Fields of a scheduled event. */
export const EVENT_FIELDS = ["t", "p", "k", "g", "z"] as const;

/** What a scheduled event does. */
export const EVENT_KINDS = {
  none: 0,
  /** Cuts a backer. */
  cut: 1,
  /** Restores a backer. */
  restore: 2,
  /** Adds an impulse to mediation. */
  mediation: 3,
  /** Changes the leader of a side: target 0 is A, 1 is B. */
  leader: 4,
  /** Multiplies a backer's cut rate. */
  cutRate: 5,
  /** Sets how far a backer's government wants talks. */
  wantsTalks: 6,
} as const;

/**
 * Where each parameter stands in a flat vector. With up to 4 backers, 3 packages and 4 events the order is that of the
 * reference engine's file, which is also the order of parameter draws; what goes beyond stands behind it.
 */
export class Layout {
  readonly backers: number;
  readonly packages: number;
  readonly events: number;
  /** Short names in their order. */
  readonly names: readonly string[];
  readonly defaults: Float64Array;
  readonly #index: ReadonlyMap<string, number>;
  readonly #info: readonly ParameterInfo[];
  readonly #places = new Map<string, Int32Array>();

  constructor(counts: { readonly backers?: number; readonly packages?: number; readonly events?: number } = {}) {
    this.backers = Math.max(FILE_BACKERS, counts.backers ?? 0);
    this.packages = Math.max(FILE_PACKAGES, counts.packages ?? 0);
    this.events = Math.max(FILE_EVENTS, counts.events ?? 0);
    const entries: [string, ParameterInfo][] = [];
    const add = (letter: string, index: number, field: string) => {
      const info = PARAMETERS.find(({ name }) => name === `${letter}#${field}`);
      if (info === undefined) throw new RangeError(`unknown parameter: ${letter}#${field}`);
      entries.push([`${letter}${index}${field}`, info]);
    };
    const block = (letter: string, fields: readonly string[], from: number, to: number) => {
      for (let j = from; j < to; j++) for (const field of fields) add(letter, j, field);
    };
    for (const info of PARAMETERS) {
      if (!info.name.includes("#")) entries.push([info.name, info]);
      else if (info.name === "b#s") block("b", BACKER_FIELDS, 0, FILE_BACKERS);
      else if (info.name === "b#t") block("b", ["t"], 0, FILE_BACKERS);
      else if (info.name === "p#a") block("p", PACKAGE_FIELDS, 0, FILE_PACKAGES);
      else if (info.name === "e#t") block("e", EVENT_FIELDS, 0, FILE_EVENTS);
    }
    block("b", [...BACKER_FIELDS, "t"], FILE_BACKERS, this.backers);
    block("p", PACKAGE_FIELDS, FILE_PACKAGES, this.packages);
    block("e", EVENT_FIELDS, FILE_EVENTS, this.events);
    this.names = entries.map(([name]) => name);
    this.#info = entries.map(([, info]) => info);
    this.#index = new Map(entries.map(([name], index) => [name, index]));
    this.defaults = Float64Array.from(this.names, (name, index) => defaultOf(name, this.#info[index]?.default ?? 0));
  }

  get size(): number {
    return this.names.length;
  }

  /** The place of a parameter. @throws RangeError where there is none of that name. */
  index(name: string): number {
    const index = this.#index.get(name);
    if (index === undefined) throw new RangeError(`unknown parameter: ${name}`);
    return index;
  }

  /** The places of a field of all backers ("b"), packages ("p") or events ("e"), in their order. */
  places(letter: "b" | "p" | "e", field: string): Int32Array {
    const name = letter + field;
    let places = this.#places.get(name);
    if (places === undefined) {
      const count = letter === "b" ? this.backers : letter === "p" ? this.packages : this.events;
      places = Int32Array.from({ length: count }, (_, j) => this.index(`${letter}${j}${field}`));
      this.#places.set(name, places);
    }
    return places;
  }

  has(name: string): boolean {
    return this.#index.has(name);
  }

  /** What a parameter is; those of backers, packages and events share one entry. */
  info(index: number): ParameterInfo {
    const info = this.#info[index];
    if (info === undefined) throw new RangeError(`no parameter at ${index}`);
    return info;
  }

  /** The defaults with some values changed, by short name. */
  vector(values: Readonly<Record<string, number>> = {}): Float64Array {
    const vector = Float64Array.from(this.defaults);
    for (const [name, value] of Object.entries(values)) vector[this.index(name)] = value;
    return vector;
  }
}

/** Defaults of the file format that differ from entry to entry: backers 0 and 1 are B's, packages differ. */
const OWN_DEFAULTS: Readonly<Record<string, number>> = {
  b2s: 0,
  b3s: 0,
  p1g: 0.4,
  p2a: -0.2,
  p2b: 0.2,
  p2g: 0.9,
};

function defaultOf(name: string, shared: number): number {
  return OWN_DEFAULTS[name] ?? shared;
}
