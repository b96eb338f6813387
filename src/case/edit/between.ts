import { valueAt } from "../check/shape.ts";
import type { Raw, RawMap } from "../parse/yaml.ts";
import { isMapping } from "../schema/walk.ts";
import { same } from "./data.ts";
import type { AddEdit, Edit } from "./edits.ts";
import { casePath, pathOf } from "./edits.ts";

/** How deep the order of keys is layout alone: sections of a case, and the entries of a section. */
const UNORDERED = 2;

/** A file of a case that new entries go into. */
export interface Into {
  readonly file: string;
  /** Whether an entry of a section stands in it. */
  holds(path: readonly string[]): boolean;
}

/**
 * The edits that lead from one content of a case to another, each with the value that stood there before.
 *
 * Every field is one edit. A list is one field, but for an item that stands in it once: where the length stays, that
 * item is one edit. Keys whose order says something (all but sections and their entries) are set as a whole where that
 * changes. Applied to `before` in their order they give the data of `after`; comments and layout are no part of it.
 *
 * @param into - the file of the case that new entries go into.
 *
 * @example
 * editsBetween({ title: "A case" }, { title: "The case" }); // [{ set: "title", value: "The case", expected: "A case" }]
 */
export function editsBetween(before: RawMap, after: RawMap, into?: Into): readonly Edit[] {
  const edits: Edit[] = [];
  mappingEdits([], before, after, into, edits);
  return edits;
}

function valueEdits(path: readonly string[], from: Raw, to: Raw, into: Into | undefined, edits: Edit[]): void {
  if (same(from, to, true)) return;
  if (isMapping(from) && isMapping(to) && (path.length < UNORDERED || isInOrder(from, to))) {
    mappingEdits(path, from, to, into, edits);
  } else if (Array.isArray(from) && Array.isArray(to) && isByItem(from, to)) {
    for (const [index, item] of (from as readonly Raw[]).entries()) {
      const value = (to as readonly Raw[])[index] ?? null;
      if (!same(item, value, true)) edits.push({ set: casePath([...path, String(index)]), value, expected: item });
    }
  } else edits.push({ set: casePath(path), value: to, expected: from });
}

function mappingEdits(path: readonly string[], from: RawMap, to: RawMap, into: Into | undefined, edits: Edit[]): void {
  const keys = Object.keys(to);
  for (const [index, key] of keys.entries()) {
    const value = to[key] ?? null;
    if (Object.hasOwn(from, key)) {
      valueEdits([...path, key], from[key] ?? null, value, into, edits);
      continue;
    }
    edits.push({
      add: casePath(path),
      key,
      value,
      ...neighbour(path, keys, index, into),
      ...(into === undefined ? {} : { file: into.file }),
    });
  }
  for (const key of Object.keys(from)) {
    if (!Object.hasOwn(to, key)) edits.push({ remove: casePath([...path, key]), expected: from[key] ?? null });
  }
}

/** What a new entry stands beside, in the file that it goes into. */
function neighbour(path: readonly string[], keys: readonly string[], index: number, into: Into | undefined) {
  // The case's sections have an order of their own.
  if (path.length === 0) return {};
  const isNear = (key: string): boolean => path.length > 1 || into === undefined || into.holds([...path, key]);
  const after = keys.slice(0, index).findLast(isNear);
  if (after !== undefined) return { after };
  const before = keys.slice(index + 1).find(isNear);
  return before === undefined ? {} : { before };
}

/** Whether the keys that both have stand in the same order, and new ones behind or between them. */
function isInOrder(from: RawMap, to: RawMap): boolean {
  const kept = Object.keys(from).filter((key) => Object.hasOwn(to, key));
  return (
    kept.length > 0 &&
    Object.keys(to)
      .filter((key) => Object.hasOwn(from, key))
      .every((key, index) => key === kept[index])
  );
}

/** Whether a list keeps its length, and each item that changes stands in it once: then its position says which it is. */
function isByItem(from: readonly Raw[], to: readonly Raw[]): boolean {
  if (from.length !== to.length) return false;
  return from.every(
    (item, index) => same(item, to[index], true) || from.filter((other) => same(item, other)).length < 2,
  );
}

/**
 * Edits without those that a newer content holds already: somebody else made the same change.
 *
 * A section that somebody else added meanwhile gets the entries of the added one. What both gave differently remains as
 * an edit that expects nothing there, and so is a conflict (see conflictsOf); as does one of what stood in an entry that
 * is gone.
 *
 * @param raw - the newer content.
 */
export function editsLeft(raw: RawMap, edits: readonly Edit[]): readonly Edit[] {
  return edits.flatMap((edit): readonly Edit[] => {
    const path = pathOf(edit);
    const now = valueAt(raw, path);
    if ("remove" in edit) return now === undefined ? [] : [edit];
    if ("rename" in edit) return [edit];
    if ("add" in edit) return now === undefined ? [edit] : addedTwice(path, now, edit);
    if (now !== undefined) return same(now, edit.value, true) ? [] : [edit];
    // A set would make the mappings on its way anew.
    return [{ add: casePath(path.slice(0, -1)), key: path.at(-1) ?? "", value: edit.value, expected: edit.expected }];
  });
}

function addedTwice(path: readonly string[], now: Raw, { value, file }: AddEdit): readonly Edit[] {
  if (same(now, value, true)) return [];
  if (path.length > 1 || !isMapping(now) || !isMapping(value)) return [{ set: casePath(path), value, expected: null }];
  return Object.entries(value).flatMap(([key, item]): readonly Edit[] => {
    const edit: AddEdit = { add: casePath(path), key, value: item, ...(file === undefined ? {} : { file }) };
    const there = now[key];
    return there === undefined ? [edit] : addedTwice([...path, key], there, edit);
  });
}
