import type { YAMLSeq } from "yaml";
import { type CST, isAlias, isMap, isScalar, isSeq, type Node, type Pair, parseDocument, type YAMLMap } from "yaml";
import type { Problem } from "../../core/problems/index.ts";
import { parseYamlOnce } from "../parse/memo.ts";
import type { Raw } from "../parse/yaml.ts";
import { isMapping } from "../schema/walk.ts";

/** A file of a case as text, as a value, and as nodes that know where they stand in the text. */
export interface Tree {
  readonly path: string;
  /** What the file is called in messages. */
  readonly label: string;
  /** The text without a byte order mark. */
  readonly text: string;
  readonly mark: boolean;
  readonly value: Raw;
  readonly root: Collection;
}

/** A mapping or a list, in lines of its own (block) or in braces or brackets (flow). */
export interface Collection {
  readonly list: boolean;
  readonly flow: boolean;
  readonly items: readonly Item[];
  /** Where the text of its first entry may begin: behind the brace, the key's colon, or at the file's beginning. */
  readonly open: number;
}

/** An entry of a mapping or a list. */
export interface Item {
  readonly key: string;
  readonly keyRange: readonly [number, number] | undefined;
  readonly node: Node | null;
  /** Where its key begins, or the hyphen of a list's entry. */
  readonly start: number;
  /** Behind the key's colon, or the hyphen: what follows up to `end` is its value. */
  readonly slot: number;
  /** Whether there is a colon or a hyphen at all. */
  readonly marked: boolean;
  /** The end of its value, without the line's comment and without blank lines. */
  readonly end: number;
}

/** Reads a file for editing; undefined with its problems where it cannot be read without error. */
export function treeOf(path: string, label: string, given: string): { tree?: Tree; problems: readonly Problem[] } {
  const mark = given.startsWith("\ufeff");
  const text = mark ? given.slice(1) : given;
  const { file, problems } = parseYamlOnce(text, label);
  if (file === undefined || !isMapping(file.value) || problems.some(({ severity }) => severity === "error")) {
    return { problems };
  }
  const { value } = file;
  let nodes: Collection | undefined;
  const tree: Tree = {
    path,
    label,
    text,
    mark,
    value,
    // Most files of a case are never looked at as nodes.
    get root() {
      nodes ??= rootOf(text);
      return nodes;
    },
  };
  return { tree, problems };
}

/** The outermost mapping of a text that is known to be one. */
function rootOf(text: string): Collection {
  const { contents } = parseDocument(text, {
    version: "1.2",
    strict: true,
    uniqueKeys: false,
    logLevel: "silent",
    keepSourceTokens: true,
  });
  if (!isMap(contents)) return { list: false, flow: false, items: [], open: 0 };
  const open = contents.flow === true ? startOf(contents) + 1 : 0;
  return collection(contents, open, text);
}

/** The collection that an entry's value is; undefined where it is a scalar, an alias or nothing. */
export function inside(item: Item, text: string): Collection | undefined {
  const { node } = item;
  if (!isMap(node) && !isSeq(node)) return undefined;
  return collection(node, node.flow === true ? startOf(node) + 1 : item.slot, text);
}

/** The entry at a path, and the collection that it stands in; with an undefined entry where only that is there. */
export function find(
  tree: Tree,
  path: readonly string[],
): { readonly within: Collection; readonly item: Item | undefined } | undefined {
  let within = tree.root;
  for (const [depth, step] of path.entries()) {
    const item = within.items.find(({ key }) => key === step);
    if (depth === path.length - 1) return { within, item };
    const next = item === undefined ? undefined : inside(item, tree.text);
    if (next === undefined) return undefined;
    within = next;
  }
  return undefined;
}

function collection(node: YAMLMap | YAMLSeq, open: number, text: string): Collection {
  const flow = node.flow === true;
  if (isMap(node)) {
    return {
      list: false,
      flow,
      open,
      items: (node.items as Pair<Node, Node | null>[]).map((pair) => entry(pair, text)),
    };
  }
  const hyphens = (
    ((node.srcToken as CST.BlockSequence | undefined)?.items ?? []) as readonly { start: CST.SourceToken[] }[]
  )
    .flatMap(({ start }) => start)
    .filter(({ type }) => type === "seq-item-ind");
  const items = (node.items as (Node | null)[]).map((item, index): Item => {
    const hyphen = flow ? undefined : hyphens[index]?.offset;
    const start = hyphen ?? startOf(item);
    const slot = hyphen === undefined ? start : hyphen + 1;
    return {
      key: String(index),
      keyRange: undefined,
      node: item,
      start,
      slot,
      marked: true,
      end: endOf(item, slot, text),
    };
  });
  return { list: true, flow, open, items };
}

function entry({ key, value, srcToken }: Pair<Node, Node | null>, text: string): Item {
  const start = startOf(key);
  const keyEnd = key?.range?.[1] ?? start;
  const colon = (srcToken as { sep?: CST.SourceToken[] } | undefined)?.sep?.find(
    ({ type }) => type === "map-value-ind",
  )?.offset;
  const slot = colon === undefined ? keyEnd : colon + 1;
  return {
    key: nameOf(key),
    keyRange: [start, keyEnd],
    node: value,
    start,
    slot,
    marked: colon !== undefined,
    end: endOf(value, slot, text),
  };
}

/** A key's text as the case's reader takes it; an alias or a collection has none that can be named. */
function nameOf(key: Node | null): string {
  if (!isScalar(key)) return "\0";
  if (key.type === "PLAIN" && (key.value === "<<" || typeof key.value === "symbol")) return "\0";
  return typeof key.value === "string" ? key.value : (key.source ?? String(key.value));
}

function startOf(node: Node | null): number {
  return node?.range?.[0] ?? 0;
}

function endOf(node: Node | null, slot: number, text: string): number {
  if (node === null || node.range === undefined || node.range === null) return slot;
  const [start, end] = node.range;
  if (isAlias(node)) return end;
  if (isScalar(node)) {
    // Nothing behind the colon: the library puts it where the next entry begins.
    if (node.value === null && (node.source ?? "") === "") return slot;
    if (node.type !== "BLOCK_FOLDED" && node.type !== "BLOCK_LITERAL") return end;
    return start + text.slice(start, end).replace(/(\r?\n[ \t]*)+$/, "").length;
  }
  if (!isMap(node) && !isSeq(node)) return end;
  if (node.flow === true) return end;
  return collection(node, start, text).items.at(-1)?.end ?? end;
}
