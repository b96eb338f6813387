import type { Path, Raw, RawMap } from "../case/index.ts";

/**
 * The path that keys joined by dots mean in a case, where a key may hold dots itself, and what stands there; undefined
 * where nothing does. The longest key that is there is taken first.
 */
export function pathInCase(raw: Raw, written: string): { readonly path: Path; readonly value: Raw } | undefined {
  const parts = written.split(".");
  const walk = (at: Raw, from: number): Path | undefined => {
    if (from === parts.length) return [];
    if (typeof at !== "object" || at === null) return undefined;
    for (let to = parts.length; to > from; to -= 1) {
      const key = parts.slice(from, to).join(".");
      if (!Object.hasOwn(at, key)) continue;
      const rest = walk((at as RawMap)[key] as Raw, to);
      if (rest !== undefined) return [Array.isArray(at) ? Number(key) : key, ...rest];
    }
    return undefined;
  };
  const path = walk(raw, 0);
  return path === undefined ? undefined : { path, value: valueAt(raw, path) ?? null };
}

/** What stands at a path of a case; undefined where nothing does. */
export function valueAt(raw: Raw, path: readonly (string | number)[]): Raw | undefined {
  let value: Raw | undefined = raw;
  for (const step of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as RawMap)[step];
  }
  return value;
}
