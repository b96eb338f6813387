import type { Raw, RawMap } from "../parse/yaml.ts";
import { isMapping } from "../schema/walk.ts";
import { same } from "./data.ts";
import { type CasePath, casePath } from "./edits.ts";

/** What one state of a case has differently from another at one place. */
export interface Difference {
  readonly path: CasePath;
  readonly steps: readonly string[];
  readonly kind: "added" | "removed" | "changed";
  /** Undefined where it was added. */
  readonly before: Raw | undefined;
  /** Undefined where it was removed. */
  readonly after: Raw | undefined;
}

/**
 * What has changed from one state of a case to another, in the order in which the newer one has it; what was removed
 * comes at the end of its mapping.
 *
 * An entry that came or went is one difference, whatever is in it; one that stayed is looked into. So is a list whose
 * length stayed; any other list changes as a whole, for its items have no names. The order of keys does not count.
 */
export function differencesOf(before: RawMap, after: RawMap): Difference[] {
  const found: Difference[] = [];
  // A stack of its own: how deep a case nests is its author's choice.
  const open: {
    readonly steps: readonly string[];
    readonly before: Raw | undefined;
    readonly after: Raw | undefined;
  }[] = [{ steps: [], before, after }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { steps, before: from, after: to } = next;
    const keys = keysOf(from, to);
    if (keys !== undefined) {
      const inside = keys.map((key) => ({ steps: [...steps, key], before: at(from, key), after: at(to, key) }));
      open.push(...inside.reverse());
    } else if (!same(from, to)) {
      const kind = from === undefined ? "added" : to === undefined ? "removed" : "changed";
      found.push({ path: casePath(steps), steps, kind, before: from, after: to });
    }
  }
  return found;
}

/** The keys of two values that are looked into; undefined where they are told as a whole. */
function keysOf(from: Raw | undefined, to: Raw | undefined): readonly string[] | undefined {
  if (isMapping(from) && isMapping(to)) return [...new Set([...Object.keys(to), ...Object.keys(from)])];
  if (Array.isArray(from) && Array.isArray(to) && from.length === to.length) return to.map((_, i) => String(i));
  return undefined;
}

function at(value: Raw | undefined, key: string): Raw | undefined {
  if (Array.isArray(value)) return (value as readonly Raw[])[Number(key)];
  return isMapping(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The newer of two states with some of its differences taken back; the other parts are the very same values. */
export function takenBack(after: RawMap, differences: readonly Difference[]): RawMap {
  return differences.reduce((raw, { steps, before }) => withValue(raw, steps, before) as RawMap, after);
}

/** A copy with one place changed; a value of undefined takes its key away. */
function withValue(raw: Raw | undefined, [step, ...rest]: readonly string[], value: Raw | undefined): Raw | undefined {
  if (step === undefined) return value;
  if (Array.isArray(raw)) {
    const list = raw as readonly Raw[];
    return list.with(Number(step), withValue(list[Number(step)], rest, value) ?? null);
  }
  const copy: Record<string, Raw> = Object.assign(Object.create(null), isMapping(raw) ? raw : {});
  const changed = withValue(copy[step], rest, value);
  if (changed === undefined) delete copy[step];
  else copy[step] = changed;
  return copy;
}
