import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import type { Place, Problem } from "../../core/problems/index.ts";
import { ParleyError, problem } from "../../core/problems/index.ts";
import type { SourceFile } from "./files.ts";

/** A value in a YAML or JSON file that knows where it stands. Wrong shapes throw a problem at their place. */
export class FileNode {
  readonly #node: Node | null;
  readonly #place: (node: Node | null) => Place;
  readonly #path: string;

  constructor(node: Node | null, place: (node: Node | null) => Place, path: string) {
    this.#node = node;
    this.#place = place;
    this.#path = path;
  }

  get place(): Place {
    return this.#place(this.#node);
  }

  get isMap(): boolean {
    return isMap(this.#node);
  }

  get isList(): boolean {
    return isSeq(this.#node);
  }

  /** Whether nothing is written, or null. */
  get isEmpty(): boolean {
    return this.#node === null || (isScalar(this.#node) && this.#node.value === null);
  }

  /** The entry of a key, or undefined. */
  find(key: string): FileNode | undefined {
    if (!isMap(this.#node)) return undefined;
    const node = this.#node.get(key, true) as Node | undefined;
    return node === undefined ? undefined : new FileNode(node, this.#place, `${this.#path}.${key}`);
  }

  /** The entry of a key; throws where it is missing. */
  get(key: string): FileNode {
    const found = this.find(key);
    if (found !== undefined) return found;
    throw this.wrong(`${key} in it`, "nothing");
  }

  items(): FileNode[] {
    if (!isSeq(this.#node)) throw this.wrong("a list", this.#shown());
    return this.#node.items.map((item, i) => new FileNode(item as Node, this.#place, `${this.#path}[${i}]`));
  }

  /** Keys as texts, with their values. */
  entries(): [key: FileNode, value: FileNode][] {
    if (!isMap(this.#node)) throw this.wrong("a mapping", this.#shown());
    return this.#node.items.map(({ key, value }) => {
      const name = new FileNode(key as Node, this.#place, this.#path);
      return [name, new FileNode((value as Node | null) ?? null, this.#place, `${this.#path}.${name.text()}`)];
    });
  }

  /** A scalar as it is written: numbers and booleans too may be names of options. */
  text(): string {
    if (!isScalar(this.#node)) throw this.wrong("a text", this.#shown());
    const { value, source } = this.#node;
    return typeof value === "string" ? value : (source ?? String(value));
  }

  number(): number {
    const value = isScalar(this.#node) ? this.#node.value : undefined;
    if (typeof value === "number" || typeof value === "bigint") return Number(value);
    throw this.wrong("a number", this.#shown());
  }

  wrong(expected: string, got: string): ParleyError {
    return ParleyError.of("wrong-type", { thing: this.#path, got, expected }, this.place);
  }

  #shown(): string {
    if (isScalar(this.#node)) return String(this.#node.value);
    return isMap(this.#node) ? "a mapping" : isSeq(this.#node) ? "a list" : "nothing";
  }
}

/** Reads YAML or JSON; undefined with problems where it is neither. */
export function readNodes({ name, text }: SourceFile): { readonly root?: FileNode; readonly problems: Problem[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false });
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file: name, line, column: col };
  };
  const problems = document.errors.map((error) =>
    problem("invalid-value", { thing: "file", value: error.code, expected: "YAML or JSON" }, at(error.pos[0])),
  );
  if (problems.length > 0) return { problems };
  return { root: new FileNode(document.contents, (node) => at(node?.range?.[0] ?? 0), "file"), problems };
}
