import { valueAt } from "../check/shape.ts";
import type { Raw } from "../parse/yaml.ts";
import { caseSchema } from "../schema/case.ts";
import { editData, same } from "./data.ts";
import type { AddEdit, Edit, RemoveEdit, RenameEdit, SetEdit } from "./edits.ts";
import { casePath, pathOf, stepsOf } from "./edits.ts";
import type { Texts } from "./homes.ts";
import { collectionAt } from "./homes.ts";
import { inParts } from "./parts.ts";
import type { Splice } from "./splice.ts";
import { additions, removals, renaming, settings, spliced } from "./splice.ts";
import type { Collection, Item, Tree } from "./tree.ts";
import { find, treeOf } from "./tree.ts";

/** A case between two edits: its texts, and what they hold together. */
export interface State {
  readonly texts: Texts;
  readonly raw: Raw;
}

export interface Done {
  readonly texts: Texts;
  readonly inverse: readonly Edit[];
}

type Steps = readonly string[];

/** Makes one edit in the text; undefined where no way of writing it holds exactly what is meant. */
export function perform(state: State, edit: Edit): Done | undefined {
  if ("set" in edit) return set(state, edit);
  if ("add" in edit) return add(state, edit);
  return "remove" in edit ? remove(state, edit) : rename(state, edit);
}

/** The first of several ways to write a change after which the file holds what is meant, with the tree it gives. */
function firstThatHolds(
  tree: Tree,
  ways: Iterable<Splice>,
  meant: Edit,
): { readonly tree: Tree; readonly splice: Splice } | undefined {
  const wanted = editData(tree.value, meant);
  if (wanted === undefined) return undefined;
  for (const splice of ways) {
    const read = treeOf(tree.path, tree.label, (tree.mark ? "\ufeff" : "") + spliced(tree.text, splice));
    if (read.tree === undefined || !same(read.tree.value, wanted)) continue;
    // Options stand in a natural order: that of a new value's keys is part of it.
    if ("set" in meant && !same(valueAt(read.tree.value, pathOf(meant)), meant.value, true)) continue;
    return { tree: read.tree, splice };
  }
  return undefined;
}

function set(state: State, { set: to, value, written }: SetEdit): Done | undefined {
  const { texts, raw } = state;
  const path = stepsOf(to);
  const former = valueAt(raw, path);
  const located = texts.locate(path);
  const found = located === undefined ? undefined : find(located.tree, located.local);
  if (located !== undefined && found?.item === undefined) return addMissing(state, path, value, undefined);
  if (located !== undefined && found?.item !== undefined && written !== undefined) {
    const { slot, end } = found.item;
    const done = replace(state, located.tree, located.local, found.item, value, path, [
      { from: slot, to: end, text: written },
    ]);
    if (done !== undefined) return done;
  }
  const parts = former === undefined ? undefined : inParts(path, former, value);
  const bit = parts === undefined ? undefined : performAll(state, parts);
  if (bit !== undefined && same(valueAt(bit.raw, path), value)) return bit.done;
  if (located === undefined || found?.item === undefined) return undefined;
  const ways = settings(located.tree, found.within, found.item, value);
  return replace(state, located.tree, located.local, found.item, value, path, ways);
}

function performAll(state: State, edits: readonly Edit[]): { readonly done: Done; readonly raw: Raw } | undefined {
  let { texts, raw } = state;
  const inverse: Edit[] = [];
  for (const edit of edits) {
    const done = perform({ texts, raw }, edit);
    const next = done === undefined ? undefined : editData(raw, edit);
    if (done === undefined || next === undefined) return undefined;
    texts = done.texts;
    raw = next;
    inverse.unshift(...done.inverse);
  }
  return { done: { texts, inverse }, raw };
}

/** Writes an entry's value anew; its inverse holds the bytes that stood there. */
function replace(
  { texts, raw }: State,
  tree: Tree,
  local: Steps,
  item: Item,
  value: Raw,
  path: Steps,
  ways: Iterable<Splice>,
): Done | undefined {
  const held = firstThatHolds(tree, ways, { set: local, value });
  if (held === undefined) return undefined;
  const former = valueAt(tree.value, local) ?? null;
  const written = item.marked ? tree.text.slice(item.slot, item.end) : undefined;
  const back: Edit =
    local.length > 0 && same(valueAt(raw, path), former)
      ? { set: casePath(path), value: former, ...(written === undefined ? {} : { written }) }
      : { set: casePath(path), value: valueAt(raw, path) ?? null };
  return { texts: texts.with(held.tree), inverse: [back] };
}

function add(state: State, edit: AddEdit): Done | undefined {
  return addMissing(state, pathOf(edit), edit.value, edit);
}

/** Adds what is not there: to the deepest mapping or list on its way that is, or in the place of one that is empty. */
function addMissing(state: State, path: Steps, value: Raw, edit: AddEdit | undefined): Done | undefined {
  const { texts } = state;
  const [section = "", ...rest] = path;
  const home = rest.length === 1 ? texts.homeFor(section, edit?.after ?? edit?.before, edit?.file) : undefined;
  const tree = home === undefined ? texts.locate(path)?.tree : texts.get(home.file);
  const local = home === undefined ? texts.locate(path)?.local : [...home.prefix, ...rest];
  const at = path.length === 1 ? texts.holder(edit?.file) : tree;
  const steps = path.length === 1 ? path : local;
  if (at === undefined || steps === undefined) return undefined;
  for (let depth = steps.length - 1; depth >= 0; depth -= 1) {
    const { collection, item } = collectionAt(at, steps.slice(0, depth));
    const deepest = depth === steps.length - 1;
    const meant: Edit =
      deepest && edit !== undefined ? { add: steps.slice(0, depth), key: edit.key, value } : { set: steps, value };
    if (collection !== undefined && (collection.items.length > 0 || depth === 0)) {
      const given = deepest ? edit : undefined;
      return insert(state, { tree: at, into: collection, steps, depth, path, value, meant, given });
    }
    if (item === undefined) continue;
    // Nothing there, empty braces, or an alias: the whole is written in its place.
    const above = path.slice(0, path.length - (steps.length - depth));
    const whole = valueAt(editData(at.value, meant) ?? null, steps.slice(0, depth));
    const found = find(at, steps.slice(0, depth));
    if (whole === undefined || found === undefined) return undefined;
    const ways = settings(at, found.within, item, whole);
    return replace(state, at, steps.slice(0, depth), item, whole, above, ways);
  }
  return undefined;
}

interface Insertion {
  readonly tree: Tree;
  readonly into: Collection;
  readonly steps: Steps;
  /** How many of the steps lead to the collection. */
  readonly depth: number;
  readonly path: Steps;
  readonly value: Raw;
  readonly meant: Edit;
  readonly given: AddEdit | undefined;
}

function insert({ texts }: State, insertion: Insertion): Done | undefined {
  const { tree, into, steps, depth, path, value, meant, given } = insertion;
  const key = steps[depth] ?? "";
  let nested: Raw = value;
  for (const step of steps.slice(depth + 1).toReversed()) nested = { [step]: nested };
  const after = positionOf(into, key, given, depth === 0 && steps.length === path.length);
  const anchor = into.items[after]?.end ?? into.open;
  const verbatim = given?.written;
  const ways = function* (): Generator<Splice> {
    const from = anchor + (verbatim?.offset ?? 0);
    if (verbatim !== undefined && depth === 0 && into.items.length === 0) {
      // A whole file's entries went, and its braces stand for nothing.
      yield { from: into.open - 1, to: tree.text.indexOf("}", into.open) + 1, text: verbatim.text };
    } else if (verbatim !== undefined && from <= tree.text.length) {
      yield { from, to: from, text: verbatim.text };
    }
    yield* additions(tree, into, after, key, nested);
  };
  const held = firstThatHolds(tree, ways(), meant);
  if (held === undefined) return undefined;
  const { from, text } = held.splice;
  const added = path.slice(0, path.length - (steps.length - depth) + 1);
  const back: Edit = { remove: casePath(added), written: { text, offset: from - anchor } };
  return { texts: texts.with(held.tree), inverse: [back] };
}

/** The position of the entry that a new one goes after; -1 for the first place. */
function positionOf({ items, list }: Collection, key: string, given: AddEdit | undefined, isTop: boolean): number {
  if (list) return Math.min(Number(key), items.length) - 1;
  const named = (name: string | undefined) => items.findIndex((item) => item.key === name);
  const after = given?.after === undefined ? -1 : named(given.after);
  if (after >= 0) return after;
  const before = given?.before === undefined ? -1 : named(given.before);
  if (before >= 0) return before - 1;
  if (!isTop) return items.length - 1;
  // A section of the case goes where a person would write it.
  const order = Object.keys(caseSchema.shape);
  const rank = (name: string) => (name === "include" ? order.indexOf("settings") : order.indexOf(name));
  const own = rank(key);
  if (own < 0) return items.length - 1;
  return items.findLastIndex((item) => rank(item.key) >= 0 && rank(item.key) < own);
}

function remove({ texts, raw }: State, { remove: from, written }: RemoveEdit): Done | undefined {
  const path = stepsOf(from);
  const located = texts.locate(path);
  if (located === undefined) return undefined;
  const { tree, local } = located;
  const found = find(tree, local);
  if (found?.item === undefined) return undefined;
  const { within, item } = found;
  const at = within.items.indexOf(item);
  if (within.items.length === 1) return empty({ texts, raw }, tree, local, path, within);
  const former = within.items[at - 1];
  const next = within.items[at + 1];
  const anchor = former?.end ?? within.open;
  const ways = function* (): Generator<Splice> {
    const start = anchor + (written?.offset ?? 0);
    const stands = written !== undefined && tree.text.startsWith(written.text, start);
    if (stands) yield { from: start, to: start + written.text.length, text: "" };
    yield* removals(tree, within, at);
  };
  const held = firstThatHolds(tree, ways(), { remove: local });
  if (held === undefined) return undefined;
  const { splice } = held;
  const last = path.at(-1) ?? "";
  const back: Edit = {
    add: casePath(path.slice(0, -1)),
    key: within.list ? Number(last) : last,
    value: valueAt(raw, path) ?? null,
    ...(former === undefined || within.list ? {} : { after: former.key }),
    ...(next === undefined || within.list ? {} : { before: next.key }),
    written: { text: tree.text.slice(splice.from, splice.to), offset: splice.from - anchor },
  };
  return { texts: texts.with(held.tree), inverse: [back] };
}

/** Takes the only entry away: braces or brackets with nothing in them are left. */
function empty(state: State, tree: Tree, local: Steps, path: Steps, within: Collection): Done | undefined {
  const above = local.slice(0, -1);
  const nothing: Raw = within.list ? [] : {};
  const back: AddEdit = {
    add: casePath(path.slice(0, -1)),
    key: within.list ? 0 : (path.at(-1) ?? ""),
    value: valueAt(state.raw, path) ?? null,
    file: tree.path,
  };
  const parent = above.length === 0 ? undefined : find(tree, above);
  const [first] = within.items;
  if (first === undefined) return undefined;
  if (parent?.item === undefined) {
    const from = within.flow ? within.open - 1 : first.start;
    const to = within.flow ? tree.text.indexOf("}", first.end) + 1 : first.end;
    const held = firstThatHolds(tree, [{ from, to, text: "{}" }], { remove: local });
    if (held === undefined) return undefined;
    const written = { text: tree.text.slice(from, to), offset: 0 };
    return { texts: state.texts.with(held.tree), inverse: [{ ...back, written }] };
  }
  const ways = settings(tree, parent.within, parent.item, nothing);
  const done = replace(state, tree, above, parent.item, nothing, path.slice(0, -1), ways);
  const [restored] = done?.inverse ?? [];
  // A section that stands in several files is not given back as a whole.
  const isWhole = restored !== undefined && "set" in restored && restored.written !== undefined;
  return done === undefined || isWhole ? done : { texts: done.texts, inverse: [back] };
}

function rename({ texts }: State, { rename: from, to }: RenameEdit): Done | undefined {
  const path = stepsOf(from);
  const located = texts.locate(path);
  const found = located === undefined ? undefined : find(located.tree, located.local);
  if (located === undefined || found?.item === undefined) return undefined;
  const splice = renaming(found.item, found.within.flow, to);
  if (splice === undefined) return undefined;
  const held = firstThatHolds(located.tree, [splice], { rename: located.local, to });
  if (held === undefined) return undefined;
  const back: Edit = { rename: casePath([...path.slice(0, -1), to]), to: path.at(-1) ?? "" };
  return { texts: texts.with(held.tree), inverse: [back] };
}
