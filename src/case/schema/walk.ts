import type { z } from "zod";
import type { Path, Raw, RawMap } from "../parse/yaml.ts";
import type { FieldNotes, ReferenceKind } from "./fields.ts";
import { fieldNotes } from "./fields.ts";

/** A key on the way to a value that names something: the issue in `package: {territory: ...}`. */
export interface Frame {
  readonly kind: ReferenceKind;
  readonly key: string;
}

/** A value met on a walk: its path, what its schema notes, and the named keys above it. */
export interface Visit {
  readonly value: Raw;
  readonly path: Path;
  readonly notes: FieldNotes;
  readonly frames: readonly Frame[];
}

type Schema = z.core.$ZodType;
type Definition = z.core.$ZodTypeDef & {
  readonly innerType?: Schema;
  readonly in?: Schema;
  readonly getter?: () => Schema;
  readonly options?: readonly Schema[];
  readonly shape?: Readonly<Record<string, Schema>>;
  readonly catchall?: Schema;
  readonly keyType?: Schema;
  readonly valueType?: Schema;
  readonly element?: Schema;
  readonly items?: readonly Schema[];
  readonly entries?: Readonly<Record<string, string | number>>;
  readonly values?: readonly unknown[];
  readonly discriminator?: string;
};

const definition = (schema: Schema): Definition => schema._zod.def as Definition;

/** A schema without its wrappers (optional, transforms, lazy), and the notes gathered from all of them. */
export function peel(schema: Schema): { readonly schema: Schema; readonly notes: FieldNotes } {
  let inner = schema;
  let notes: FieldNotes = {};
  for (;;) {
    notes = { ...fieldNotes.get(inner as z.ZodType), ...notes };
    const def = definition(inner);
    const next = def.type === "lazy" ? def.getter?.() : def.type === "pipe" ? def.in : def.innerType;
    if (next === undefined) return { schema: inner, notes };
    inner = next;
  }
}

/** Visits a raw value and everything below it together with its schema; where the two part, the walk stops. */
export function walk(schema: Schema, value: Raw, visit: (visit: Visit) => void, path: Path = []): void {
  step(schema, value, path, [], visit);
}

function step(wrapped: Schema, value: Raw, path: Path, frames: readonly Frame[], visit: (visit: Visit) => void): void {
  if (value === null) return;
  const { schema, notes } = peel(wrapped);
  const def = definition(schema);
  if (def.type === "union") {
    const chosen = choose(def, value);
    if (chosen !== undefined) stepNoted(chosen, notes, value, path, frames, visit);
    return;
  }
  visit({ value, path, notes, frames });
  if (Array.isArray(value)) {
    value.forEach((item: Raw, index) => {
      const element = def.type === "array" ? def.element : def.items?.[index];
      if (element !== undefined) step(element, item, [...path, index], frames, visit);
    });
    return;
  }
  if (!isMapping(value)) return;
  const kind = notes.keyRef ?? notes.defines;
  for (const [key, item] of Object.entries(value)) {
    const child = def.shape !== undefined ? (own(def.shape, key) ?? def.catchall) : def.valueType;
    // The fixed keys of a mapping with free keys beside them (because: in exclusions) name nothing.
    const named = kind !== undefined && (def.shape === undefined || own(def.shape, key) === undefined);
    const below = named ? [...frames, { kind, key }] : frames;
    if (child !== undefined) step(child, item, [...path, key], below, visit);
  }
}

/** Goes into the chosen branch of a union; the union's own notes hold unless the branch has some. */
function stepNoted(
  chosen: Schema,
  notes: FieldNotes,
  value: Raw,
  path: Path,
  frames: readonly Frame[],
  visit: (visit: Visit) => void,
): void {
  step(chosen, value, path, frames, (met) => {
    visit(met.path.length === path.length ? { ...met, notes: { ...notes, ...met.notes } } : met);
  });
}

/** The branch of a union that a value most likely means: the one that accepts it, else the first of its kind. */
export function choose(union: Definition, value: Raw): Schema | undefined {
  const options = union.options ?? [];
  const alike = options.filter((option) => couldBe(option, value));
  if (alike.length <= 1) return alike[0];
  const { discriminator } = union;
  if (discriminator !== undefined && isMapping(value)) {
    const named = alike.find((option) => {
      const field = definition(peel(option).schema).shape?.[discriminator];
      return field !== undefined && couldBe(field, value[discriminator] ?? null);
    });
    if (named !== undefined) return named;
  }
  return alike.find((option) => (option as z.ZodType).safeParse(value).success) ?? alike[0];
}

function couldBe(wrapped: Schema, value: Raw): boolean {
  const def = definition(peel(wrapped).schema);
  switch (def.type) {
    case "string":
      return typeof value === "string";
    case "number":
    case "int":
      return typeof value === "number";
    case "boolean":
      return typeof value === "boolean";
    case "literal":
      return def.values?.includes(value) ?? false;
    case "enum":
      return Object.values(def.entries ?? {}).includes(value as string);
    case "array":
    case "tuple":
      return Array.isArray(value);
    case "object":
    case "record":
      return isMapping(value);
    case "union":
      return (def.options ?? []).some((option) => couldBe(option, value));
    default:
      return true;
  }
}

/**
 * The parts that a mapping can be read by, each with its schema: its entries, or the keys that it may have. Undefined where the
 * mapping must be read as a whole: where its schema says something of it as a whole, or it has keys that are not in the schema.
 */
export function partsOf(schema: Schema, keys: readonly string[]): readonly (readonly [string, Schema])[] | undefined {
  const def = definition(schema);
  if (def.type === "optional" && def.innerType !== undefined) return partsOf(def.innerType, keys);
  if ((def.checks?.length ?? 0) > 0) return undefined;
  const { shape, valueType, keyType, catchall } = def;
  if (def.type === "record" && valueType !== undefined && keyType !== undefined) {
    const key = definition(keyType);
    if (key.type !== "string" || (key.checks?.length ?? 0) > 0 || keys.includes("__proto__")) return undefined;
    return keys.map((name) => [name, valueType]);
  }
  if (def.type !== "object" || shape === undefined || catchall?._zod.def.type !== "never") return undefined;
  return keys.every((name) => Object.hasOwn(shape, name)) ? Object.entries(shape) : undefined;
}

/** What a schema allows below a path: found, or at which step it ends and which keys it knows there. */
export type SchemaPath =
  | { readonly found: true; readonly open: readonly number[] }
  | { readonly found: false; readonly at: number; readonly keys: readonly string[] };

/**
 * Follows a path of keys through a schema.
 *
 * `open` lists the steps (from 0) that name entries of the case (a claim, a party) and not keys of the schema.
 */
export function followSchema(root: Schema, path: readonly string[]): SchemaPath {
  let schemas: readonly Schema[] = [root];
  const open: number[] = [];
  for (const [at, key] of path.entries()) {
    const next: Schema[] = [];
    const keys: string[] = [];
    for (const wrapped of schemas.flatMap(branches)) {
      const def = definition(wrapped);
      if (def.shape !== undefined) keys.push(...Object.keys(def.shape));
      else if (def.valueType !== undefined && !open.includes(at)) open.push(at);
      const child = childOf(def, key);
      if (child !== undefined) next.push(child);
    }
    if (next.length === 0) return { found: false, at, keys };
    schemas = next;
  }
  return { found: true, open };
}

/** Whether a schema takes a value at a path; also where the path is not in the schema at all, which is for others to say. */
export function acceptsAt(root: Schema, path: Path, value: Raw): boolean {
  let wrapped: readonly Schema[] = [root];
  for (const key of path) {
    wrapped = wrapped.flatMap(branches).flatMap((schema) => childOf(definition(schema), String(key)) ?? []);
  }
  return wrapped.length === 0 || wrapped.some((schema) => (schema as z.ZodType).safeParse(value).success);
}

/** What is expected at a path: in the words of its schema's note, or the words that it may be. */
export function expectedAt(root: Schema, path: Path): string | undefined {
  let schemas: readonly Schema[] = branches(root);
  let wrapped: readonly Schema[] = [root];
  for (const key of path) {
    wrapped = schemas.flatMap((schema) => childOf(definition(schema), String(key)) ?? []);
    schemas = wrapped.flatMap(branches);
  }
  for (const schema of wrapped) {
    const { expected } = peel(schema).notes;
    if (expected !== undefined) return expected;
  }
  const words = schemas.flatMap((schema) => wordsOf(definition(schema)));
  return words.length === 0 ? undefined : [...new Set(words)].join(" | ");
}

/** The words that a schema of literals or an enumeration allows. */
function wordsOf(def: Definition): string[] {
  if (def.type === "literal") return (def.values ?? []).map(String);
  return def.type === "enum" ? Object.values(def.entries ?? {}).map(String) : [];
}

function childOf(def: Definition, key: string): Schema | undefined {
  if (def.shape !== undefined) {
    return own(def.shape, key) ?? (def.catchall?._zod.def.type === "never" ? undefined : def.catchall);
  }
  if (def.valueType !== undefined) return def.valueType;
  return /^\d+$/.test(key) ? (def.element ?? def.items?.[Number(key)]) : undefined;
}

function branches(wrapped: Schema): readonly Schema[] {
  const { schema } = peel(wrapped);
  const def = definition(schema);
  return def.type === "union" ? (def.options ?? []).flatMap(branches) : [schema];
}

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

export function isMapping(value: Raw | undefined): value is RawMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
