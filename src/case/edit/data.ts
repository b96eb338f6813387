import type { Raw } from "../parse/yaml.ts";
import { isMapping } from "../schema/walk.ts";
import type { Edit } from "./edits.ts";
import { pathOf, stepsOf } from "./edits.ts";

/**
 * What an edit makes of plain values; undefined where it cannot be made: an entry to be removed that is not there, an
 * added one that is, a step into a text.
 */
export function editData(raw: Raw, edit: Edit): Raw | undefined {
  if ("add" in edit) {
    const { key, value } = edit;
    return within(raw, stepsOf(edit.add), (there) => {
      if (there === undefined || there === null) return typeof key === "number" ? [value] : mapping([[key, value]]);
      if (Array.isArray(there)) {
        const list = there as readonly Raw[];
        const at = position(key, list.length + 1);
        return at === undefined ? undefined : [...list.slice(0, at), value, ...list.slice(at)];
      }
      if (!isMapping(there) || Object.hasOwn(there, key)) return undefined;
      return mapping([...Object.entries(there), [String(key), value]]);
    });
  }
  const path = pathOf(edit);
  const last = path.at(-1);
  if (last === undefined) return undefined;
  return within(raw, path.slice(0, -1), (there) => {
    if (Array.isArray(there)) {
      const list = there as readonly Raw[];
      const at = position(last, list.length);
      if (at === undefined || "rename" in edit) return undefined;
      return "set" in edit ? list.with(at, edit.value) : list.toSpliced(at, 1);
    }
    if ("set" in edit) {
      if (there === undefined || there === null) return mapping([[last, edit.value]]);
      if (!isMapping(there)) return undefined;
      return mapping([...Object.entries(there), [last, edit.value]]);
    }
    if (!isMapping(there) || !Object.hasOwn(there, last)) return undefined;
    if ("remove" in edit) return mapping(Object.entries(there).filter(([key]) => key !== last));
    if (Object.hasOwn(there, edit.to)) return undefined;
    return mapping(Object.entries(there).map(([key, value]) => [key === last ? edit.to : key, value]));
  });
}

/** A copy with what stands at a path changed; mappings on the way are made where they are missing. */
function within(
  raw: Raw | undefined,
  path: readonly string[],
  change: (there: Raw | undefined) => Raw | undefined,
): Raw | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return change(raw);
  if (Array.isArray(raw)) {
    const list = raw as readonly Raw[];
    const at = position(step, list.length);
    const changed = at === undefined ? undefined : within(list[at], rest, change);
    return at === undefined || changed === undefined ? undefined : list.with(at, changed);
  }
  if (raw !== undefined && raw !== null && !isMapping(raw)) return undefined;
  const changed = within(isMapping(raw) && Object.hasOwn(raw, step) ? raw[step] : undefined, rest, change);
  return changed === undefined ? undefined : mapping([...Object.entries(raw ?? {}), [step, changed]]);
}

function position(key: string | number, length: number): number | undefined {
  const at = /^\d+$/.test(String(key)) ? Number(key) : Number.NaN;
  return at < length ? at : undefined;
}

/** A mapping without a prototype; a later entry of a key takes the place of an earlier one. */
function mapping(entries: readonly (readonly [string, Raw])[]): Raw {
  const map: Record<string, Raw> = Object.create(null);
  for (const [key, value] of entries) map[key] = value;
  return map;
}

/** Whether two values are the same; the order of keys counts where asked for. */
export function same(a: Raw | undefined, b: Raw | undefined, ordered = false): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item: Raw, index) => same(item, (b as readonly Raw[])[index], ordered));
  }
  if (isMapping(a) && isMapping(b)) {
    const keys = Object.keys(a);
    const others = Object.keys(b);
    if (keys.length !== others.length) return false;
    return keys.every(
      (key, index) => Object.hasOwn(b, key) && (!ordered || others[index] === key) && same(a[key], b[key], ordered),
    );
  }
  return Object.is(a, b) || (a === 0 && b === 0);
}
