import { isMap, isSeq } from "yaml";
import type { Raw } from "../parse/yaml.ts";
import type { Style } from "./lay-out.ts";
import { behindColon, blockEntry, blockItem, flowEntry, flowItem, keyText } from "./lay-out.ts";
import type { Collection, Item, Tree } from "./tree.ts";
import { inside } from "./tree.ts";

/** A piece of a text that is replaced by another. */
export interface Splice {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** The text with a piece replaced; new lines end as the text's own do. */
export function spliced(text: string, { from, to, text: piece }: Splice): string {
  return text.slice(0, from) + piece + text.slice(to);
}

/** A piece with the line ends of the text that it goes into. */
function ended(piece: string, text: string): string {
  return /\r\n/.test(text) ? piece.replaceAll(/\r?\n/g, "\r\n") : piece;
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}

/** The beginning of the next line; the end of the text where there is none. */
function nextLine(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  return end < 0 ? text.length : end + 1;
}

const columnOf = (text: string, offset: number): number => offset - lineStart(text, offset);

/** By how much a file indents; two where it shows nothing. */
function stepOf(tree: Tree): number {
  for (const item of tree.root.items) {
    const below = inside(item, tree.text);
    const first = below?.items[0];
    if (below === undefined || below.flow || first === undefined) continue;
    const step = columnOf(tree.text, first.start) - columnOf(tree.text, item.start);
    if (step > 0) return step;
  }
  return 2;
}

/** Ways to give an entry another value, the best first; which of them hold is known when they are read again. */
export function* settings(tree: Tree, within: Collection, item: Item, value: Raw): Generator<Splice> {
  const { text } = tree;
  const { slot, end, node, marked } = item;
  const isNested = value !== null && typeof value === "object";
  const former = inside(item, text);
  const start = node?.range?.[0] ?? slot;
  const put = (from: number, written: string): Splice => ({ from, to: end, text: ended(written, text) });
  const colon = marked ? "" : ":";
  const bare = within.flow && within.list;
  // A scalar for a scalar: its bytes alone change.
  const lead = former === undefined && end > slot ? text.slice(slot, start) : undefined;
  const written = (style?: Style): string => {
    if (bare) return flowItem(value);
    const column = within.flow ? 0 : columnOf(text, item.start);
    return colon + behindColon(value, { column, step: stepOf(tree), style }, within.flow);
  };
  if (isNested) {
    const style = former === undefined ? undefined : former.flow ? "flow" : "block";
    const note = former !== undefined && !former.flow && text.slice(slot, start).includes("#");
    if (note) {
      // A comment between the key and its first entry stays.
      yield put(former.items[0]?.start ?? start, inPlace(text, former, value, stepOf(tree)));
    } else {
      yield put(slot, written(style));
      yield put(slot, written());
    }
  } else {
    const plain = written().trimStart();
    if (lead !== undefined && /^[ \t]*(?:[&!]\S+[ \t]+)*$/.test(lead))
      yield put(slot, (lead || (bare ? "" : " ")) + plain);
    else if (former !== undefined && !former.flow && text.slice(slot, start).includes("#")) yield put(start, plain);
    else yield put(slot, bare || colon !== "" ? written() : ` ${plain}`);
  }
  yield put(slot, `${bare ? "" : `${colon} `}${JSON.stringify(value)}`);
}

/** A collection's entries written anew where its first one stood. */
function inPlace(text: string, former: Collection, value: Raw, step: number): string {
  const first = former.items[0];
  const column = first === undefined ? 0 : columnOf(text, first.start);
  const margin = `\n${" ".repeat(column)}`;
  if (Array.isArray(value)) return value.map((item: Raw) => blockItem(item, { column, step })).join(margin) || "[]";
  return (
    Object.entries(value as Record<string, Raw>)
      .map(([key, item]) => blockEntry(key, item, { column, step }))
      .join(margin) || "{}"
  );
}

/** Ways to add an entry to a collection that has some, after the one at a position (from 0; -1 for the first place). */
export function* additions(tree: Tree, into: Collection, after: number, key: string, value: Raw): Generator<Splice> {
  const { text } = tree;
  const { items, flow, list } = into;
  const before = items[after];
  const next = items[after + 1];
  if (flow) {
    for (const entry of [list ? flowItem(value) : flowEntry(key, value), flowJson(list, key, value)]) {
      const last = items.at(-1);
      const row = last === undefined ? undefined : text.slice(lineStart(text, last.start), last.start);
      // Entries in lines of their own inside the braces stay so.
      const apart = items.length > 1 && row !== undefined && row.trim() === "" ? `,\n${row}` : ", ";
      if (before !== undefined) yield { from: before.end, to: before.end, text: ended(apart + entry, text) };
      else if (next !== undefined) yield { from: next.start, to: next.start, text: `${entry}, ` };
      else yield { from: into.open, to: into.open, text: entry };
    }
    return;
  }
  const beside = before ?? next;
  if (beside === undefined) return;
  const column = columnOf(text, beside.start);
  const layout = { column, step: stepOf(tree), style: styleOf(into, value, text) };
  const first = text.slice(lineStart(text, beside.start), beside.start).trim() === "";
  for (const entry of [
    list ? blockItem(value, layout) : blockEntry(key, value, layout),
    list ? `- ${JSON.stringify(value)}` : `${JSON.stringify(key)}: ${JSON.stringify(value)}`,
  ]) {
    const margin = " ".repeat(column);
    if (before === undefined) {
      const from = first ? lineStart(text, beside.start) : beside.start;
      yield { from, to: from, text: ended(first ? `${margin}${entry}\n` : `${entry}\n${margin}`, text) };
      continue;
    }
    const gap = isSpaced(items, next === undefined ? items.length - 1 : after, text) ? "\n" : "";
    const own = nextLine(text, before.end);
    const from = next === undefined ? pastComments(text, own, column) : own;
    const joint = from > 0 && text.charAt(from - 1) !== "\n";
    yield { from, to: from, text: ended(joint ? `\n${gap}${margin}${entry}` : `${gap}${margin}${entry}\n`, text) };
  }
}

function flowJson(list: boolean, key: string, value: Raw): string {
  return list ? JSON.stringify(value) : `${JSON.stringify(key)}: ${JSON.stringify(value)}`;
}

/** Whether the entry at a position stands apart from its neighbour by a blank line. */
function isSpaced(items: readonly Item[], at: number, text: string): boolean {
  const [former, latter] = at > 0 ? [items[at - 1], items[at]] : [items[at], items[at + 1]];
  if (former === undefined || latter === undefined) return false;
  return /\n[ \t]*\r?\n/.test(text.slice(former.end, latter.start));
}

/** In braces or in lines, as most neighbours of the same kind are written; undefined where there are none. */
function styleOf({ items }: Collection, value: Raw, text: string): Style | undefined {
  if (value === null || typeof value !== "object") return undefined;
  const alike = items.filter(({ node }) => (Array.isArray(value) ? isSeq(node) : isMap(node)));
  const flows = alike.filter((item) => inside(item, text)?.flow === true).length;
  if (alike.length === 0 || flows * 2 === alike.length) return undefined;
  return flows * 2 > alike.length ? "flow" : "block";
}

/** Past the comments that follow at a column or deeper, with the blank lines between them. */
function pastComments(text: string, from: number, column: number): number {
  let end = from;
  for (let at = from; at < text.length; ) {
    const stop = nextLine(text, at);
    const line = text.slice(at, stop);
    const words = line.trimStart();
    if (words !== "") {
      if (!words.startsWith("#") || line.length - words.length < column) break;
      end = stop;
    }
    at = stop;
  }
  return end;
}

/** Ways to take an entry out of a collection that has others. */
export function* removals({ text }: Tree, from: Collection, at: number): Generator<Splice> {
  const item = from.items[at];
  if (item === undefined) return;
  const { start, end } = item;
  const next = from.items[at + 1];
  const former = from.items[at - 1];
  const isBare = (a: number, b: number) => !text.slice(a, b).includes("#");
  const cut = (a: number, b: number): Splice => ({ from: a, to: b, text: "" });
  if (from.flow) {
    if (next !== undefined) {
      if (isBare(end, next.start)) yield cut(start, next.start);
      yield cut(start, end + (/^\s*,?[ \t]*/.exec(text.slice(end))?.[0].length ?? 0));
    } else if (former !== undefined && isBare(former.end, start)) {
      yield cut(former.end, end);
    }
    yield cut(start, end);
    return;
  }
  const begin = lineStart(text, start);
  if (text.slice(begin, start).trim() !== "") {
    // The first of a list's entry stands behind its hyphen.
    if (next !== undefined && isBare(end, next.start)) yield cut(start, next.start);
    yield cut(start, end);
    return;
  }
  const stop = nextLine(text, end);
  // The last line of a text without a line end takes that of the line before with it.
  const open = stop === text.length && text.charAt(stop - 1) !== "\n";
  if (open && begin > 0) yield cut(text.charAt(begin - 2) === "\r" ? begin - 2 : begin - 1, stop);
  yield cut(begin, stop);
}

/** The splice that gives an entry another key. */
export function renaming({ keyRange }: Item, flow: boolean, to: string): Splice | undefined {
  if (keyRange === undefined) return undefined;
  return { from: keyRange[0], to: keyRange[1], text: keyText(to, flow) };
}
