import type { Raw } from "../parse/yaml.ts";
import { isMapping } from "../schema/walk.ts";
import { same } from "./data.ts";
import type { Edit } from "./edits.ts";

/**
 * The edits that turn one mapping or list into another, so that comments of what stays the same survive; undefined
 * where too little stays, or where keys change their order, and the whole is better written anew.
 */
export function inParts(path: readonly string[], from: Raw, to: Raw): readonly Edit[] | undefined {
  if (Array.isArray(from) && Array.isArray(to)) return listParts(path, from as readonly Raw[], to as readonly Raw[]);
  if (!isMapping(from) || !isMapping(to)) return undefined;
  const former = Object.keys(from);
  const latter = Object.keys(to);
  const kept = former.filter((key) => Object.hasOwn(to, key));
  const inOrder = latter.filter((key) => Object.hasOwn(from, key)).every((key, index) => key === kept[index]);
  if (kept.length === 0 || !inOrder) return undefined;
  const edits: Edit[] = [];
  for (const key of kept) {
    if (!same(from[key], to[key], true)) edits.push({ set: [...path, key], value: to[key] ?? null });
  }
  for (const [index, key] of latter.entries()) {
    if (Object.hasOwn(from, key)) continue;
    const after = latter[index - 1];
    const beside = after === undefined ? { before: former[0] } : { after };
    edits.push({ add: path, key, value: to[key] ?? null, ...beside });
  }
  for (const key of former) if (!Object.hasOwn(to, key)) edits.push({ remove: [...path, key] });
  return edits;
}

/** What is alike at the beginning and at the end stays; between them entries change one by one. */
function listParts(path: readonly string[], from: readonly Raw[], to: readonly Raw[]): readonly Edit[] | undefined {
  if (from.length === 0 || to.length === 0) return undefined;
  const shorter = Math.min(from.length, to.length);
  let head = 0;
  while (head < shorter && same(from[head], to[head], true)) head += 1;
  let tail = 0;
  while (tail < shorter - head && same(from.at(-1 - tail), to.at(-1 - tail), true)) tail += 1;
  const edits: Edit[] = [];
  const [left, right] = [from.length - head - tail, to.length - head - tail];
  for (let index = 0; index < Math.min(left, right); index += 1) {
    edits.push({ set: [...path, String(head + index)], value: to[head + index] ?? null });
  }
  for (let index = left; index < right; index += 1) {
    edits.push({ add: path, key: head + index, value: to[head + index] ?? null });
  }
  for (let index = left - 1; index >= right; index -= 1) edits.push({ remove: [...path, String(head + index)] });
  return edits;
}
