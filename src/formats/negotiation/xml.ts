import { parseXml, XmlElement, XmlError } from "@rgrove/parse-xml";
import { ParleyError, type Place, type Problem, problem } from "../../core/problems/index.ts";
import type { SourceFile } from "./files.ts";

/** An element of an XML file that knows where it stands. */
export class Element {
  readonly #element: XmlElement;
  readonly #placeOf: (offset: number) => Place;

  constructor(element: XmlElement, placeOf: (offset: number) => Place) {
    this.#element = element;
    this.#placeOf = placeOf;
  }

  get name(): string {
    return this.#element.name;
  }

  get place(): Place {
    return this.#placeOf(this.#element.start);
  }

  /** Child elements, of some names only where these are given. */
  children(...names: readonly string[]): Element[] {
    return this.#element.children
      .filter((child): child is XmlElement => child instanceof XmlElement)
      .filter(({ name }) => names.length === 0 || names.includes(name))
      .map((child) => new Element(child, this.#placeOf));
  }

  child(...names: readonly string[]): Element | undefined {
    return this.children(...names)[0];
  }

  /** The first of some attributes that is there. */
  attribute(...names: readonly string[]): string | undefined {
    for (const name of names) {
      if (Object.hasOwn(this.#element.attributes, name)) return this.#element.attributes[name];
    }
    return undefined;
  }

  /** An attribute that must be there. */
  text(...names: readonly string[]): string {
    const found = this.attribute(...names);
    if (found !== undefined) return found;
    throw this.wrong(names[0] ?? "attribute", "missing", "a value");
  }

  /** An attribute that must be a number, or what stands for it where it is missing. */
  number(name: string | readonly string[], otherwise?: number): number {
    const names = typeof name === "string" ? [name] : name;
    const text = this.attribute(...names);
    if (text === undefined && otherwise !== undefined) return otherwise;
    const value = text === undefined || text.trim() === "" ? Number.NaN : Number(text);
    if (Number.isFinite(value)) return value;
    throw this.wrong(names[0] ?? "attribute", text ?? "missing", "a number");
  }

  wrong(thing: string, value: string, expected: string): ParleyError {
    return ParleyError.of("invalid-value", { thing: `${thing} of <${this.name}>`, value, expected }, this.place);
  }
}

/** Reads XML; undefined with a problem where it is not well formed. */
export function readXml({ name, text }: SourceFile): { readonly root?: Element; readonly problems: Problem[] } {
  const starts = [0];
  for (let i = text.indexOf("\n"); i >= 0; i = text.indexOf("\n", i + 1)) starts.push(i + 1);
  const placeOf = (offset: number): Place => {
    let line = starts.findLastIndex((start) => start <= offset);
    if (line < 0) line = 0;
    return { file: name, line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
  };
  // Some of GENIUS's files begin with empty lines, which XML allows only without a declaration.
  const lead = text.length - text.trimStart().length;
  try {
    const { root } = parseXml(text.slice(lead), { includeOffsets: true });
    if (root !== null) return { root: new Element(root, (offset) => placeOf(offset + lead)), problems: [] };
    return {
      problems: [problem("invalid-value", { thing: "XML", value: "no element", expected: "a root" }, placeOf(0))],
    };
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    const [value = "not well formed"] = error.message.split("\n");
    const place = placeOf(error.pos + lead);
    return { problems: [problem("invalid-value", { thing: "XML", value, expected: "well-formed XML" }, place)] };
  }
}

/** Text made safe inside an attribute. */
export function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("\n", "&#10;")
    .replaceAll("\t", "&#9;");
}
