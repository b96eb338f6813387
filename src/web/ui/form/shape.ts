import type { FieldRange, Raw } from "../../../case/index.ts";
import type { FieldNotes, ReferenceKind } from "../../../case/schema/fields.ts";
import { peel } from "../../../case/schema/walk.ts";

/** What a form shows for a part of a case, worked out from the schema that the case is checked by. */

type Schema = Parameters<typeof peel>[0];

/** How the text or number of a leaf is written. */
export type LeafAs =
  | "text"
  | "long text"
  | "amount"
  | "number"
  | "quantity"
  | "duration"
  | "date"
  | "unit"
  | "url"
  | "formula"
  | "anything";

export type Shape =
  | { readonly type: "leaf"; readonly as: LeafAs; readonly range: FieldRange; readonly words: readonly string[] }
  | { readonly type: "choice"; readonly words: readonly (string | number)[] }
  /** Written as true and false, or as the words yes and no. */
  | { readonly type: "yes-no"; readonly asWords: boolean }
  | { readonly type: "reference"; readonly to: ReferenceKind }
  /** `single`: a list of one may stand without its brackets. */
  | { readonly type: "list"; readonly of: () => Field; readonly single: boolean }
  | { readonly type: "tuple"; readonly items: readonly Field[] }
  | { readonly type: "group"; readonly members: readonly Member[]; readonly rest: MapOf | undefined }
  | ({ readonly type: "map" } & MapOf)
  /** One thing that may be written in several ways. */
  | { readonly type: "ways"; readonly ways: readonly Field[] };

export interface MapOf {
  readonly of: () => Field;
  /** What its keys name, or define. */
  readonly names: ReferenceKind | undefined;
  readonly defines: boolean;
}

export interface Field {
  readonly shape: Shape;
  /** What is expected, in the words of the messages. */
  readonly expected: string | undefined;
  /** What it means, as the schema says it. */
  readonly says: string | undefined;
}

export interface Member extends Field {
  readonly key: string;
  readonly optional: boolean;
}

interface Peeled {
  readonly schema: Schema;
  readonly notes: FieldNotes;
  readonly says: string | undefined;
}

const known = new WeakMap<object, Field>();

/** The field for a schema. */
export function fieldOf(schema: Schema): Field {
  const found = known.get(schema);
  if (found !== undefined) return found;
  const { schema: inner, notes, says } = open(schema);
  const made: Field = { shape: shapeOf(inner, notes), expected: notes.expected, says };
  known.set(schema, made);
  return made;
}

function open(schema: Schema): Peeled {
  const { schema: inner, notes } = peel(schema);
  return { schema: inner, notes, says: saidOf(schema) };
}

/** The description of a schema, or of what it wraps. */
function saidOf(schema: Schema): string | undefined {
  for (let each: Schema | undefined = schema; each !== undefined; ) {
    const { description } = each as unknown as { readonly description?: string };
    if (description !== undefined) return description;
    const def = defOf(each);
    each = def.type === "pipe" ? def.in : def.type === "lazy" ? undefined : def.innerType;
  }
  return undefined;
}

interface Def {
  readonly type: string;
  readonly in?: Schema;
  readonly innerType?: Schema;
  readonly options?: readonly Schema[];
  readonly shape?: Readonly<Record<string, Schema>>;
  readonly catchall?: Schema;
  readonly valueType?: Schema;
  readonly element?: Schema;
  readonly items?: readonly Schema[];
  readonly entries?: Readonly<Record<string, string | number>>;
  readonly values?: readonly unknown[];
}

const defOf = (schema: Schema): Def => schema._zod.def as unknown as Def;

const leaf = (as: LeafAs, range: FieldRange = {}, words: readonly string[] = []): Shape => ({
  type: "leaf",
  as,
  range,
  words,
});

function shapeOf(schema: Schema, notes: FieldNotes): Shape {
  const def = defOf(schema);
  const { as } = notes;
  if (notes.ref === "formula") return leaf("formula");
  if (as === "yes or no") return { type: "yes-no", asWords: true };
  if (as !== undefined) return leaf(as, notes.range);
  if (def.type === "union") return unionOf(schema);
  if (notes.ref !== undefined && def.type === "string") return { type: "reference", to: notes.ref };
  switch (def.type) {
    case "string":
      return leaf("text");
    case "number":
    case "int":
      return leaf("number");
    case "boolean":
      return { type: "yes-no", asWords: false };
    case "enum":
      return { type: "choice", words: Object.values(def.entries ?? {}) };
    case "literal":
      return {
        type: "choice",
        words: (def.values ?? []).map((each) => (typeof each === "number" ? each : String(each))),
      };
    case "array": {
      const { element } = def;
      return element === undefined ? leaf("anything") : { type: "list", of: () => fieldOf(element), single: false };
    }
    case "tuple":
      return { type: "tuple", items: (def.items ?? []).map(fieldOf) };
    case "object":
      return groupOf(def, notes);
    case "record": {
      const { valueType } = def;
      if (valueType === undefined) return leaf("anything");
      return { type: "map", ...mapOf(valueType, notes) };
    }
    default:
      return leaf("anything");
  }
}

function mapOf(of: Schema, notes: FieldNotes): MapOf {
  return { of: () => fieldOf(of), names: notes.keyRef ?? notes.defines, defines: notes.defines !== undefined };
}

function groupOf(def: Def, notes: FieldNotes): Shape {
  const members = Object.entries(def.shape ?? {}).map(([key, each]): Member => {
    return { key, optional: each._zod.optin === "optional", ...fieldOf(each) };
  });
  const { catchall } = def;
  const rest = catchall === undefined || defOf(catchall).type === "never" ? undefined : mapOf(catchall, notes);
  return { type: "group", members, rest };
}

/** Options of a union without unions inside. */
function optionsOf(schema: Schema): readonly Field[] {
  const { schema: inner, notes } = open(schema);
  if (notes.as === undefined && defOf(inner).type === "union") return (defOf(inner).options ?? []).flatMap(optionsOf);
  return [fieldOf(schema)];
}

function unionOf(schema: Schema): Shape {
  const options = optionsOf(schema);
  // One, or a list of such: a list whose brackets may be left out.
  const lists = options.filter(({ shape }) => shape.type === "list");
  const others = options.filter(({ shape }) => shape.type !== "list");
  const [list] = lists;
  if (lists.length === 1 && list?.shape.type === "list" && others.length > 0) {
    const of = list.shape.of();
    if (signature(of) === signatureOf(others)) return { ...list.shape, single: true };
  }
  const ways = merged(options);
  const [only] = ways;
  return ways.length === 1 && only !== undefined ? only.shape : { type: "ways", ways };
}

/** Words and plain values are one field: a probability, or `argued`. */
function merged(options: readonly Field[]): readonly Field[] {
  const words = options.flatMap(({ shape }) => (shape.type === "choice" ? shape.words.map(String) : []));
  const plain =
    options.find(({ shape }) => shape.type === "reference") ?? options.find(({ shape }) => shape.type === "leaf");
  if (plain === undefined) return options;
  const rest = options.filter(({ shape }) => !["choice", "leaf", "reference", "yes-no"].includes(shape.type));
  const shape = plain.shape.type === "leaf" ? { ...plain.shape, words } : plain.shape;
  return [{ ...plain, shape }, ...rest];
}

const signatureOf = (options: readonly Field[]): string => {
  const ways = merged(options);
  return ways.map(signature).join(" | ");
};

/** Two fields of the same signature take the same values. */
function signature({ shape }: Field): string {
  switch (shape.type) {
    case "leaf":
      return shape.as;
    case "reference":
      return shape.to;
    case "group":
      return `{${shape.members.map(({ key, shape: { type } }) => `${key} ${type}`).join(",")}}`;
    case "ways":
      return shape.ways.map(signature).join(" | ");
    default:
      return shape.type;
  }
}

/** The way in which a value is written; the first where none fits. */
export function wayOf(ways: readonly Field[], value: Raw | undefined): number {
  const fits = ways.map((way) => fitOf(way, value));
  const best = Math.max(...fits);
  return best <= 0 ? 0 : fits.indexOf(best);
}

function fitOf({ shape }: Field, value: Raw | undefined): number {
  if (value === undefined || value === null) return 0;
  const isList = Array.isArray(value);
  const isMap = typeof value === "object" && !isList;
  switch (shape.type) {
    case "list":
      return isList ? 1 : shape.single && !isMap ? 0.5 : 0;
    case "tuple":
      return isList ? 1 : 0;
    case "map":
      return isMap ? 0.5 : 0;
    case "group":
      return isMap ? groupFit(shape.members, value as Readonly<Record<string, Raw>>, shape.rest !== undefined) : 0;
    case "ways":
      return Math.max(...shape.ways.map((way) => fitOf(way, value)));
    default:
      return isList || isMap ? 0 : 1;
  }
}

/** How well a mapping fits a group: what it has that the group knows, less what is missing or unknown. */
function groupFit(members: readonly Member[], value: Readonly<Record<string, Raw>>, open: boolean): number {
  let fit = 1;
  for (const { key, optional, shape } of members) {
    const given = value[key];
    if (given === undefined) fit -= optional ? 0 : 0.4;
    else if (shape.type === "choice" && shape.words.length === 1) fit += shape.words[0] === given ? 2 : -2;
    else fit += optional ? 0.01 : 0.2;
  }
  const strange = Object.keys(value).filter((key) => !members.some((each) => each.key === key));
  return open ? fit : fit - 0.5 * strange.length;
}
