import type { Raw } from "../parse/yaml.ts";

/** Deepest nesting of a value that an edit brings; a case's own text may nest as deep. */
export const DEEPEST = 90;

/** A value of JSON as a case holds it; undefined where it nests too deep or is none. */
export function rawOf(value: unknown, depth = 0): Raw | undefined {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (typeof value !== "object" || depth > DEEPEST) return undefined;
  if (Array.isArray(value)) {
    const items = value.map((item) => rawOf(item, depth + 1));
    return items.every((item) => item !== undefined) ? items : undefined;
  }
  const map: Record<string, Raw> = Object.create(null);
  for (const [key, item] of Object.entries(value)) {
    const raw = rawOf(item, depth + 1);
    if (raw === undefined) return undefined;
    map[key] = raw;
  }
  return map;
}
