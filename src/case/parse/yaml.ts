import type { Alias, CST, Document, Node, Pair, Scalar, YAMLMap, YAMLSeq } from "yaml";
import { Composer, isAlias, isMap, isScalar, isSeq, Lexer, LineCounter, Parser } from "yaml";
import type { Place, Problem } from "../../core/problems/index.ts";
import { problem, yamlWords } from "../../core/problems/index.ts";

/** A plain value as it stands in a case file: what JSON can hold. Mappings have no prototype. */
export type Raw = string | number | boolean | null | readonly Raw[] | RawMap;
export interface RawMap {
  readonly [key: string]: Raw;
}

/** A step into a mapping (a key) or a list (a position from 0). */
export type Path = readonly (string | number)[];

/** One parsed YAML file: its value, and where each part of it stands. */
export interface YamlFile {
  readonly file: string;
  readonly value: Raw;
  /** Where a path stands: its value, or with `key` the key that leads to it; the nearest parent where it is absent. */
  place(path: Path, part?: "key" | "value"): Place;
  /** The place of a character (from 0) of the text at a path, where the text stands in one line. */
  placeInside(path: Path, offset: number): Place;
}

/** Deepest nesting of lists and mappings; a case needs about ten. */
const MAX_DEPTH = 100;
/** Values that aliases may repeat: enough for any case, far too little for a "billion laughs" file. */
const MAX_ALIASED = 100_000;
/** Words and marks in one file; a case of 10 000 claims has about 400 000. */
const MAX_LEXEMES = 1_500_000;
/** Errors after which reading stops. */
const MAX_ERRORS = 100;
/** Keys that would reach an object's machinery in careless code that reads the file later. */
const RESERVED = new Set(["__proto__", "constructor", "prototype"]);
const DISTRIBUTION_HEAD = /^([a-z][a-zA-Z-]*)\([^()]*$/;

/**
 * Parses YAML 1.2 with positions. Problems come back as data; the value is undefined where there is none to use.
 *
 * Safe on a stranger's text: nesting, aliases and errors are bounded, mappings have no prototype, tags do nothing.
 */
export function parseYaml(text: string, file: string): { file?: YamlFile; problems: Problem[] } {
  const lines = new LineCounter();
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(Math.max(0, Math.min(offset, text.length)));
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const tokens: CST.Token[] = [];
  const brackets: number[] = [];
  let unclosedQuote: number | undefined;
  let lexemes = 0;
  const parser = new Parser(lines.addNewLine);
  lines.addNewLine(0);
  for (const lexeme of new Lexer().lex(text)) {
    const start = parser.offset;
    lexemes += 1;
    if (lexemes > MAX_LEXEMES) return { problems: [problem("too-many-values", undefined, at(start))] };
    if (lexeme === "[" || lexeme === "{") brackets.push(start);
    else if (lexeme === "]" || lexeme === "}") brackets.pop();
    else if (isUnclosedQuote(lexeme)) unclosedQuote ??= start;
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (parser.stack.length > MAX_DEPTH) {
      return { problems: [problem("too-deep", { limit: MAX_DEPTH }, at(start))] };
    }
  }
  for (const token of parser.end()) tokens.push(token);

  // The library reports what was left open at the end of the file; a person looks for where it was opened.
  const open = unclosedQuote ?? brackets.at(-1);
  if (open !== undefined) return { problems: [problem("yaml-unclosed", { mark: text.charAt(open) }, at(open))] };

  const problems: Problem[] = [];
  const document = compose(tokens, text.length);
  const reported = new Set<number>();
  for (const { code, pos } of document.errors) {
    // One slip often yields several errors in a row; the first of a line says it.
    const place = at(pos[0]);
    if (reported.has(place.line)) continue;
    reported.add(place.line);
    problems.push(syntaxProblem(code, place, text.slice(pos[0], pos[0] + 80)));
  }
  if (document.extra !== undefined) problems.push(problem("several-documents", undefined, at(document.extra)));
  if (problems.length > 0) return { problems };
  const contents = document.contents;
  if (contents === null || (isScalar(contents) && contents.value === null)) {
    return { problems: [problem("file-empty", undefined, { file, line: 1, column: 1 })] };
  }
  const reader = new Reader(at, problems);
  const value = reader.read(contents);
  return {
    file: {
      file,
      value,
      place: (path, part = "value") => reader.place(contents, path, part),
      placeInside: (path, offset) => reader.placeInside(contents, path, offset),
    },
    problems,
  };
}

interface Composed {
  readonly contents: Node | null;
  readonly errors: readonly { readonly code: string; readonly pos: readonly [number, number] }[];
  /** Where a second document begins, if there is one. */
  readonly extra: number | undefined;
}

/** Builds the document, and stops after a hundred errors: a file of garbage yields one error a character. */
function compose(tokens: readonly CST.Token[], length: number): Composed {
  const composer = new Composer({ uniqueKeys: false, strict: true, logLevel: "silent", version: "1.2" });
  const errors: { code: string; pos: [number, number] }[] = [];
  const stop = new Error("enough");
  // The composer keeps its errors to itself until a document ends; this listens as they come.
  const listen = composer as unknown as {
    onError: (source: number | { offset: number; source?: string } | [number, number], code: string) => void;
  };
  listen.onError = (source, code) => {
    const from = typeof source === "number" ? source : Array.isArray(source) ? source[0] : source.offset;
    errors.push({ code, pos: [from, from + 1] });
    if (errors.length >= MAX_ERRORS) throw stop;
  };
  const documents: Document[] = [];
  try {
    for (const document of composer.compose(tokens, true, length)) {
      documents.push(document as unknown as Document);
      if (documents.length > 1) break;
    }
  } catch (error) {
    if (error !== stop && !(error instanceof RangeError)) throw error;
    if (error instanceof RangeError) errors.push({ code: "RESOURCE_EXHAUSTION", pos: [0, 1] });
  }
  return {
    contents: (documents[0]?.contents as Node | null | undefined) ?? null,
    errors,
    extra: documents[1]?.range?.[0],
  };
}

function isUnclosedQuote(lexeme: string): boolean {
  const mark = lexeme.charAt(0);
  if (mark === "'") return lexeme.length < 2 || !/'$/.test(lexeme);
  return mark === '"' && (lexeme.length < 2 || !/(^|[^\\])(\\\\)*"$/.test(lexeme));
}

function syntaxProblem(code: string, place: Place, text: string): Problem {
  if (code === "TAB_AS_INDENT") return problem("yaml-tab", undefined, place);
  if (code === "TAG_RESOLVE_FAILED") return problem("unknown-tag", { tag: /^\S*/.exec(text)?.[0] ?? "" }, place);
  return problem("yaml-syntax", yamlWords(code), place);
}

/** Turns nodes into plain values in document order, and finds the place of a path again. */
class Reader {
  readonly #at: (offset: number) => Place;
  readonly #problems: Problem[];
  readonly #anchors = new Map<string, Node>();
  readonly #values = new Map<Node, { readonly value: Raw; readonly size: number }>();
  readonly #targets = new Map<Alias, Node>();
  readonly #open = new Set<Node>();
  readonly #names = new WeakMap<Node, ReadonlyMap<string, Pair<Node, Node | null>>>();
  #aliased = 0;

  constructor(at: (offset: number) => Place, problems: Problem[]) {
    this.#at = at;
    this.#problems = problems;
  }

  read(node: Node | null): Raw {
    return this.#read(node).value;
  }

  #read(node: Node | null): { readonly value: Raw; readonly size: number } {
    if (node === null) return { value: null, size: 1 };
    if (isAlias(node)) return this.#readAlias(node);
    if (node.anchor !== undefined && node.anchor !== "") this.#anchors.set(node.anchor, node);
    if (node.tag !== undefined && isForeign(node.tag)) {
      this.#problems.push(problem("unknown-tag", { tag: node.tag }, this.#placeOf(node)));
    }
    this.#open.add(node);
    const read = isMap(node)
      ? this.#readMap(node)
      : isSeq(node)
        ? this.#readList(node)
        : { value: scalar(node as Scalar), size: 1 };
    this.#open.delete(node);
    this.#values.set(node, read);
    return read;
  }

  #readAlias(alias: Alias): { readonly value: Raw; readonly size: number } {
    const place = this.#placeOf(alias);
    const target = this.#anchors.get(alias.source);
    if (target === undefined) {
      this.#problems.push(problem("unknown-alias", { name: alias.source }, place));
      return { value: null, size: 1 };
    }
    if (this.#open.has(target)) {
      this.#problems.push(problem("alias-cycle", { name: alias.source }, place));
      return { value: null, size: 1 };
    }
    this.#targets.set(alias, target);
    const read = this.#values.get(target) ?? { value: null, size: 1 };
    const before = this.#aliased;
    this.#aliased += read.size;
    if (this.#aliased > MAX_ALIASED) {
      if (before <= MAX_ALIASED) this.#problems.push(problem("too-many-aliases", undefined, place));
      return { value: null, size: 1 };
    }
    return read;
  }

  #readList(list: YAMLSeq): { readonly value: Raw; readonly size: number } {
    const value: Raw[] = [];
    let size = 1;
    for (const item of list.items as Node[]) {
      if (list.flow === true) this.#warnOfSplitCall(item);
      const read = this.#read(item);
      size += read.size;
      value.push(read.value);
    }
    return { value, size };
  }

  #readMap(map: YAMLMap): { readonly value: Raw; readonly size: number } {
    const value: Record<string, Raw> = Object.create(null);
    const first = new Map<string, Place>();
    let size = 1;
    let splitCall = false;
    for (const pair of map.items as Pair<Node, Node | null>[]) {
      const key = this.#readKey(pair.key);
      if (key === undefined) continue;
      // The rest of a call that YAML split at its commas: { share: beta(2, 5) } holds the key "5)".
      if (splitCall && pair.value === null && key.endsWith(")")) continue;
      const split = map.flow === true && this.#warnOfSplitCall(pair.value);
      splitCall = split || (splitCall && pair.value === null);
      if (key === "<<" && isMergeKey(pair.key)) {
        size += this.#merge(pair.value, value, first);
        continue;
      }
      const place = this.#placeOf(pair.key);
      const before = first.get(key);
      if (before !== undefined) {
        this.#problems.push(problem("duplicate-key", { key, line: before.line }, place));
        continue;
      }
      first.set(key, place);
      if (RESERVED.has(key)) {
        this.#problems.push(problem("reserved-key", { key }, place));
        continue;
      }
      const read = this.#read(pair.value);
      size += read.size;
      value[key] = split ? null : read.value;
    }
    return { value, size };
  }

  /** `<<: *anchor`: the keys of another mapping, where this one has none of its own. */
  #merge(node: Node | null, into: Record<string, Raw>, own: ReadonlyMap<string, Place>): number {
    const read = this.#read(node);
    for (const source of Array.isArray(read.value) ? (read.value as readonly Raw[]) : [read.value]) {
      if (source === null || typeof source !== "object" || Array.isArray(source)) {
        this.#problems.push(problem("not-a-mapping", { thing: "<<", got: describe(source) }, this.#placeOf(node)));
        continue;
      }
      for (const [key, value] of Object.entries(source)) {
        if (!own.has(key) && !(key in into)) into[key] = value;
      }
    }
    return read.size;
  }

  #readKey(key: Node | null): string | undefined {
    const node = isAlias(key) ? this.#anchors.get(key.source) : key;
    if (node !== null && node !== undefined && isScalar(node)) {
      if (node.anchor !== undefined && node.anchor !== "") this.#anchors.set(node.anchor, node);
      this.#values.set(node, { value: scalar(node), size: 1 });
      return typeof node.value === "string" ? node.value : (node.source ?? String(node.value));
    }
    this.#problems.push(problem("key-not-text", undefined, this.#placeOf(key)));
    return undefined;
  }

  #warnOfSplitCall(node: Node | null): boolean {
    if (!isScalar(node) || node.type !== "PLAIN" || typeof node.value !== "string") return false;
    const name = DISTRIBUTION_HEAD.exec(node.value)?.[1];
    if (name === undefined) return false;
    this.#problems.push(problem("unquoted-distribution", { name }, this.#placeOf(node)));
    return true;
  }

  place(root: Node | null, path: Path, part: "key" | "value"): Place {
    const { key, value } = this.#find(root, path);
    if (part === "key" && key !== null) return this.#placeOf(key);
    return this.#placeOf(value ?? key ?? root);
  }

  placeInside(root: Node | null, path: Path, offset: number): Place {
    const { key, value } = this.#find(root, path);
    const start = this.#placeOf(value ?? key ?? root);
    if (!isScalar(value) || typeof value.value !== "string" || value.value.includes("\n")) return start;
    const quoted = value.type === "QUOTE_SINGLE" || value.type === "QUOTE_DOUBLE";
    if (value.type !== "PLAIN" && !quoted) return start;
    return { ...start, column: start.column + offset + (quoted ? 1 : 0) };
  }

  /** The key and value at a path, or of its nearest parent that is there. */
  #find(root: Node | null, path: Path): { key: Node | null; value: Node | null } {
    let value = root;
    let key: Node | null = null;
    for (const step of path) {
      const found = this.#step(this.#resolve(value), step);
      if (found === undefined) break;
      key = found.key;
      value = found.value;
    }
    return { key, value };
  }

  #step(node: Node | null, step: string | number): { key: Node | null; value: Node | null } | undefined {
    if (isSeq(node)) {
      const item = (node.items as Node[])[Number(step)];
      return item === undefined ? undefined : { key: item, value: item };
    }
    if (!isMap(node)) return undefined;
    const pairs = node.items as Pair<Node, Node | null>[];
    const named = this.#named(node, pairs).get(String(step));
    if (named !== undefined) return { key: named.key, value: named.value };
    for (const { key, value } of pairs) {
      if (!isMergeKey(key)) continue;
      const merged = this.#resolve(value);
      for (const source of isSeq(merged) ? (merged.items as Node[]) : [merged]) {
        const found = this.#step(this.#resolve(source), step);
        if (found !== undefined) return found;
      }
    }
    return undefined;
  }

  /** The entries of a mapping by the names of their keys; of two with one name, the first. */
  #named(node: Node, pairs: readonly Pair<Node, Node | null>[]): ReadonlyMap<string, Pair<Node, Node | null>> {
    const known = this.#names.get(node);
    if (known !== undefined) return known;
    const names = new Map<string, Pair<Node, Node | null>>();
    for (const pair of pairs) {
      const key = this.#resolve(pair.key);
      if (!isScalar(key)) continue;
      const name = typeof key.value === "string" ? key.value : key.source;
      if (name !== undefined && !names.has(name)) names.set(name, pair);
    }
    this.#names.set(node, names);
    return names;
  }

  #resolve(node: Node | null): Node | null {
    return isAlias(node) ? (this.#targets.get(node) ?? this.#anchors.get(node.source) ?? null) : node;
  }

  #placeOf(node: Node | null): Place {
    return this.#at(node?.range?.[0] ?? 0);
  }
}

function scalar(node: Scalar): Raw {
  const { value } = node;
  if (value === null || value === undefined) return null;
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return value;
  return String(value);
}

function isMergeKey(key: Node | null): boolean {
  return isScalar(key) && key.type === "PLAIN" && (key.value === "<<" || typeof key.value === "symbol");
}

function isForeign(tag: string): boolean {
  return !/^tag:yaml\.org,2002:(str|int|float|bool|null|map|seq)$/.test(tag);
}

/** A raw value in a few words, for messages. */
export function describe(value: Raw | undefined): string {
  if (value === undefined) return "nothing";
  if (value === null) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a mapping";
  return String(value);
}
