import {
  Document,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  Scalar,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import type { Raw } from "../parse/yaml.ts";

/** Widest line that a new entry is written into. */
const WIDTH = 120;
/** Longest text that stays in its line; a longer one is folded below its key, as in the bundled cases. */
const LONG_TEXT = 100;

export type Style = "flow" | "block";

export interface Layout {
  /** The column of the entry's key or hyphen. */
  readonly column: number;
  /** By how much what stands inside is indented. */
  readonly step: number;
  /** In braces and in one line, or in lines of its own; as its size suggests unless given. */
  readonly style?: Style | undefined;
}

/** An entry of a mapping as lines: the first without indentation, the others with that of the column; no line end. */
export function blockEntry(key: string, value: Raw, layout: Layout): string {
  return lines(document(key, value), layout);
}

/** An entry of a list as lines, with its hyphen. */
export function blockItem(value: Raw, layout: Layout): string {
  return lines(new Document([value], OPTIONS), layout);
}

/** `key: value` as it stands between braces. */
export function flowEntry(key: string, value: Raw): string {
  return flow(document(key, value)).slice(1, -1);
}

/** A value as it stands between brackets. */
export function flowItem(value: Raw): string {
  return flow(new Document([value], OPTIONS)).slice(1, -1);
}

/** What stands behind a key's colon, the blank included. */
export function behindColon(value: Raw, layout: Layout, inFlow: boolean): string {
  return inFlow ? flowEntry("k", value).slice(2) : blockEntry("k", value, layout).slice(2);
}

/** A key as it is written. */
export function keyText(key: string, inFlow: boolean): string {
  const text = inFlow ? flowEntry(key, 0) : blockEntry(key, 0, { column: 0, step: 2 });
  return text.slice(0, text.lastIndexOf(":"));
}

/** A text between quotes stays in its line, with its line breaks as \\n. */
const QUOTES = { doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER, flowCollectionPadding: false } as const;
const OPTIONS = { version: "1.2", aliasDuplicateObjects: false } as const;

function document(key: string, value: Raw): Document {
  const made = new Document({}, OPTIONS);
  const name = new Scalar(key);
  // A plain << would merge another mapping into this one.
  if (key === "<<") name.type = Scalar.QUOTE_DOUBLE;
  (made.contents as unknown as YAMLMap).items.push(made.createPair(name, value) as Pair<Node, Node>);
  return made;
}

function flow(made: Document): string {
  const contents = made.contents as unknown as YAMLMap;
  contents.flow = true;
  quoteBreaks(contents);
  return made.toString({ ...QUOTES, lineWidth: 0 }).trim();
}

function lines(made: Document, { column, step, style }: Layout): string {
  const contents = made.contents as unknown as YAMLMap | YAMLSeq;
  contents.flow = false;
  const [first] = contents.items;
  const value = (isMap(contents) ? (first as Pair<Node, Node | null>).value : first) as Node | null;
  const oneLine = layOut(value, column, style);
  const text = made.toString({
    indent: Math.max(1, Math.min(step, 8)),
    lineWidth: oneLine ? 0 : Math.max(40, WIDTH - column),
    ...QUOTES,
  });
  const margin = " ".repeat(column);
  return text
    .replace(/\n+$/, "")
    .split("\n")
    .map((line, index) => (index === 0 || line === "" ? line : margin + line))
    .join("\n");
}

/** Chooses braces or lines for a value and what is inside it, and folds long texts; whether all of it is in one line. */
function layOut(node: Node | null, column: number, style?: Style): boolean {
  if (isScalar(node)) return layOutScalar(node);
  if (!isMap(node) && !isSeq(node)) return true;
  node.flow = node.items.length === 0 || style === "flow" || (style === undefined && isSmall(node, column));
  if (node.flow) {
    quoteBreaks(node);
    return true;
  }
  for (const item of node.items as (Pair<Node, Node | null> | Node)[]) {
    layOut("key" in item ? (item as Pair<Node, Node | null>).value : (item as Node), column + 2);
  }
  return false;
}

/** Between braces a text of several lines is quoted: the library would spread it over lines. */
function quoteBreaks(node: Node): void {
  visit(node, {
    Scalar(_, scalar) {
      if (typeof scalar.value === "string" && /[\n\r]/.test(scalar.value)) scalar.type = Scalar.QUOTE_DOUBLE;
    },
  });
}

function layOutScalar(scalar: Scalar): boolean {
  const { value } = scalar;
  if (typeof value !== "string") return true;
  if (value.includes("\n")) scalar.type = Scalar.BLOCK_LITERAL;
  else if (value.length > LONG_TEXT && value.includes(" ")) scalar.type = Scalar.BLOCK_FOLDED;
  else return true;
  return false;
}

/** Whether a collection reads well in one line: short, and at most a list of words inside. */
function isSmall(node: YAMLMap | YAMLSeq, column: number): boolean {
  const values = isMap(node) ? (node.items as Pair<Node, Node | null>[]).map(({ value }) => value) : node.items;
  const plain = (values as (Node | null)[]).every(
    (value) =>
      (isScalar(value) && !String(value.value).includes("\n")) ||
      (isSeq(value) && value.items.every(isScalar)) ||
      value === null,
  );
  return plain && JSON.stringify(node.toJSON()).length + column < WIDTH - 20;
}
