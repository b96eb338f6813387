import { ParleyError, type Place, type Problem, problem } from "../../core/problems/index.ts";
import type { SourceFile } from "../negotiation/index.ts";
import { type Json, JsonFault, readJson } from "./json.ts";

/** A value in a JSON file that knows what it is called and where it stands. Wrong shapes throw a problem at its place. */
export class GmcrNode {
  readonly #json: Json;
  readonly #file: SourceFile;
  readonly #path: string;

  constructor(json: Json, file: SourceFile, path: string) {
    this.#json = json;
    this.#file = file;
    this.#path = path;
  }

  get place(): Place {
    return placeOf(this.#file, this.#json.offset);
  }

  get isMap(): boolean {
    return this.#json.value instanceof Map;
  }

  get isList(): boolean {
    return Array.isArray(this.#json.value);
  }

  get isNumber(): boolean {
    return typeof this.#json.value === "number";
  }

  keys(): string[] {
    const { value } = this.#json;
    return value instanceof Map ? [...value.keys()] : [];
  }

  /** The entry of a key; undefined where it is missing or null. */
  find(key: string): GmcrNode | undefined {
    const { value } = this.#json;
    const found = value instanceof Map ? (value.get(key) as Json | undefined) : undefined;
    if (found === undefined || found.value === null) return undefined;
    return new GmcrNode(found, this.#file, key);
  }

  /** The entry of a key; throws where it is missing. */
  get(key: string): GmcrNode {
    const found = this.find(key);
    if (found !== undefined) return found;
    if (!this.isMap) throw this.wrong("entries in braces");
    throw ParleyError.of("missing-key", { key, where: this.#path }, this.place);
  }

  items(): GmcrNode[] {
    const { value } = this.#json;
    if (!Array.isArray(value)) throw this.wrong("a list");
    return (value as readonly Json[]).map((item, i) => new GmcrNode(item, this.#file, `${this.#path}[${i}]`));
  }

  text(): string {
    const { value } = this.#json;
    if (typeof value === "string") return value;
    throw this.wrong("a text in quotes");
  }

  number(): number {
    const { value } = this.#json;
    if (typeof value === "number") return value;
    throw this.wrong("a number");
  }

  truth(): boolean {
    const { value } = this.#json;
    if (typeof value === "boolean") return value;
    throw this.wrong("true or false");
  }

  /** A whole number from 0 up to, not including, a count. */
  index(thing: string, count: number): number {
    const value = this.number();
    if (Number.isInteger(value) && value >= 0 && value < count) return value;
    const expected = count === 0 ? "none, as there are none" : `0..${count - 1}`;
    throw this.invalid(thing, value, expected);
  }

  invalid(thing: string, value: string | number, expected: string, near?: string): ParleyError {
    return ParleyError.of("invalid-value", { thing, value, expected, near }, this.place);
  }

  wrong(expected: string): ParleyError {
    return ParleyError.of("wrong-type", { thing: this.#path, got: this.#shown(), expected }, this.place);
  }

  #shown(): string {
    const { value } = this.#json;
    if (value instanceof Map) return "entries in braces";
    return Array.isArray(value) ? "a list" : String(value);
  }
}

function placeOf({ name, text }: SourceFile, offset: number): Place {
  let line = 1;
  let start = 0;
  for (let i = text.indexOf("\n"); i >= 0 && i < offset; i = text.indexOf("\n", start)) {
    line++;
    start = i + 1;
  }
  return { file: name, line, column: offset - start + 1 };
}

/** Reads a JSON file; undefined with a problem where it is none. */
export function readNode(file: SourceFile): { readonly root?: GmcrNode; readonly problems: Problem[] } {
  try {
    return { root: new GmcrNode(readJson(file.text), file, "the file"), problems: [] };
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    return { problems: [problem("json-syntax", { detail: error.message }, placeOf(file, error.offset))] };
  }
}
