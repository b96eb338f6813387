import type { z } from "zod";
import { keptFor } from "../../core/kept/index.ts";
import type { Place, Problem } from "../../core/problems/index.ts";
import { nearest, problem } from "../../core/problems/index.ts";
import type { Places } from "../parse/dossier.ts";
import type { Path, Raw, RawMap } from "../parse/yaml.ts";
import { describe } from "../parse/yaml.ts";
import type { CaseContent } from "../schema/case.ts";
import { caseSchema, FUTURE_SECTIONS, sections } from "../schema/case.ts";
import type { FieldFault } from "../schema/fields.ts";
import { expectedAt, followSchema, isMapping, partsOf } from "../schema/walk.ts";

type Issue = z.core.$ZodIssue;

/** What the shape of a case came to: its content as far as it could be read, and what is wrong. */
export interface Shaped {
  /** The content without the entries that are wrong; whole where there are no problems. */
  readonly content: CaseContent;
  readonly problems: readonly Problem[];
}

/** Checks a raw case against the schema and reads its dates, values and citations. */
export function readShape(raw: RawMap, places: Places): Shaped {
  const problems: Problem[] = [];
  const whole = withoutFuture(withoutNothing(raw), places, problems);
  const sound = parsedByParts(whole);
  if (sound !== undefined) return { content: sound, problems };
  let rest = whole;
  for (;;) {
    const parsed = caseSchema.safeParse(rest);
    if (parsed.success) return { content: parsed.data, problems };
    for (const issue of parsed.error.issues) {
      const path = issue.path as Path;
      // What was taken out because of an issue of its own is not missing.
      const isTakenOut = valueAt(rest, path) === undefined && valueAt(whole, path) !== undefined;
      if (!isTakenOut) problems.push(...wordIssue(issue, [], rest, places));
    }
    const pruned = prune(rest, parsed.error.issues);
    if (pruned === undefined) return { content: caseSchema.parse({ parley: 1, title: "-" }), problems };
    rest = pruned;
  }
}

/**
 * The content of a case without faults, read part by part; parts that were read before are not again. Undefined where anything
 * is wrong: what is wrong is said of the case as a whole.
 */
function parsedByParts(whole: RawMap): CaseContent | undefined {
  const parsed = parsedPart(whole, caseSchema);
  return parsed.success ? (parsed.data as CaseContent) : undefined;
}

type Parsed = { readonly success: true; readonly data: unknown } | { readonly success: false };

const parsedPart = keptFor((value: object, schema: z.core.$ZodType): Parsed => {
  const parts = isMapping(value as Raw) ? partsOf(schema, Object.keys(value)) : undefined;
  if (parts === undefined) return (schema as z.ZodType).safeParse(value);
  const content: Record<string, unknown> = {};
  for (const [key, of] of parts) {
    const part = (value as RawMap)[key];
    const parsed = typeof part === "object" && part !== null ? parsedPart(part, of) : (of as z.ZodType).safeParse(part);
    if (!parsed.success) return { success: false };
    if (part !== undefined) content[key] = parsed.data;
  }
  return { success: true, data: content };
});

/** Keys without a value count as absent; an entry of a section without a value is an empty entry. */
function withoutNothing(raw: RawMap): RawMap {
  const out: Record<string, Raw> = Object.create(null);
  for (const [name, value] of Object.entries(raw)) {
    if (value === null) continue;
    out[name] = typeof value === "object" ? strippedSection(value as RawMap, name) : value;
  }
  return out;
}

const strippedSection = keptFor((value: RawMap, name): Raw => {
  if (!Object.hasOwn(sections, name) || !isMapping(value)) return strip(value);
  const entries = Object.entries(value).map(([key, entry]) => [key, strip(entry ?? {})]);
  return Object.assign(Object.create(null), Object.fromEntries(entries)) as RawMap;
});

/** The same value where there is nothing to leave out; a part that was looked at before is not again. */
function strip(value: Raw): Raw {
  return typeof value === "object" && value !== null ? strippedPart(value as RawMap, "") : value;
}

const strippedPart = keptFor((value: RawMap): Raw => {
  if (Array.isArray(value)) {
    const items = value.map((item: Raw) => (item === null ? null : strip(item)));
    return items.every((item, index) => item === (value as readonly Raw[])[index]) ? value : items;
  }
  const out: Record<string, Raw> = Object.create(null);
  let same = true;
  for (const [key, item] of Object.entries(value)) {
    if (item !== null) out[key] = strip(item);
    same &&= out[key] === item;
  }
  return same ? value : out;
});

function withoutFuture(raw: RawMap, places: Places, problems: Problem[]): RawMap {
  const future = Object.keys(raw).filter((key) => FUTURE_SECTIONS.has(key));
  if (future.length === 0) return raw;
  for (const key of future) problems.push(problem("section-not-known-yet", { key }, places.place([key], "key")));
  return Object.assign(
    Object.create(null),
    Object.fromEntries(Object.entries(raw).filter(([key]) => !FUTURE_SECTIONS.has(key))),
  );
}

/** The raw case without the entries that have issues, so that the rest can still be checked. */
function prune(raw: RawMap, issues: readonly Issue[]): RawMap | undefined {
  const bad = Map.groupBy(
    issues.filter(({ path }) => path.length > 0),
    ({ path }) => String(path[0]),
  );
  const unknown = new Set(
    issues.flatMap((issue) => (issue.code === "unrecognized_keys" && issue.path.length === 0 ? issue.keys : [])),
  );
  const out: Record<string, Raw> = Object.create(null);
  for (const [name, value] of Object.entries(raw)) {
    const here = bad.get(name) ?? [];
    if (unknown.has(name)) continue;
    if (here.length === 0) out[name] = value;
    else if (isMapping(value) && here.every(({ path }) => path.length > 1 && Object.hasOwn(value, String(path[1])))) {
      // A key that is missing cannot be taken out: then the whole section goes.
      const gone = new Set(here.map(({ path }) => String(path[1])));
      const entries = Object.entries(value).filter(([key]) => !gone.has(key));
      out[name] = Object.assign(Object.create(null), Object.fromEntries(entries));
    }
  }
  // The two keys that every case must have are made up once they were missed.
  out["parley"] = 1;
  if (typeof out["title"] !== "string") out["title"] = "-";
  return Object.keys(out).length === 0 ? undefined : out;
}

/** A library's issue as problems in our words, at their places. */
function wordIssue(issue: Issue, prefix: Path, raw: RawMap, places: Places): Problem[] {
  const path: Path = [...prefix, ...(issue.path as (string | number)[])];
  const value = valueAt(raw, path);
  const thing = nameOf(path);
  const place = places.place(path);
  const expected = expectedAt(caseSchema, path);
  switch (issue.code) {
    case "custom":
      return [wordFault(issue, path, thing, places)];
    case "unrecognized_keys":
      return issue.keys.map((key) => wordUnknownKey(key, path, places));
    case "invalid_union":
      return wordUnion(issue, path, raw, places);
    default:
      break;
  }
  if (path.length === 1 && path[0] === "parley") {
    if (value === undefined) return [missing(path, places, "1, the version of the format")];
    return [problem("invalid-version", { value: describe(value) }, place)];
  }
  if (value === undefined) return [missing(path, places, expected)];
  if (issue.code === "invalid_type") {
    const quote = typeof value !== "object" && issue.expected === "string" ? ` in quotes` : "";
    const words = (expected ?? kindInWords(issue.expected)) + quote;
    return [problem("wrong-type", { thing, got: describe(value), expected: words }, place)];
  }
  if (issue.code === "invalid_value") {
    const values = issue.values.map(String);
    const near = typeof value === "string" ? nearest(value, values) : undefined;
    return [problem("invalid-value", { thing, value: describe(value), expected: values.join(" | "), near }, place)];
  }
  const words = expected ?? sizeInWords(issue);
  return [problem("invalid-value", { thing, value: describe(value), expected: words }, place)];
}

function wordFault(issue: Issue & { code: "custom" }, path: Path, thing: string, places: Places): Problem {
  const fault = issue.params?.["fault"] as FieldFault;
  const place = fault.offset === 0 ? places.place(path) : places.placeInside(path, fault.offset);
  return problem(fault.code, fault.facts(thing) as never, place);
}

function wordUnknownKey(name: string, path: Path, places: Places): Problem {
  const place = places.place([...path, name], "key");
  const follow = followSchema(caseSchema, [...path.map(String), name]);
  const near = follow.found ? undefined : nearest(name, follow.keys);
  if (path.length === 0) return problem("unknown-section", { key: name, near }, place);
  return problem("unknown-key", { key: name, where: path.join("."), near }, place);
}

/** Where a value fits no branch, the branch of its kind says what is wrong; else the field says what it expects. */
function wordUnion(issue: Issue & { code: "invalid_union" }, path: Path, raw: RawMap, places: Places): Problem[] {
  const value = valueAt(raw, path);
  if (value === undefined) return [missing(path, places, expectedAt(caseSchema, path))];
  const branches = issue.errors.filter((branch) => !branch.some((inner) => isOtherKind(inner)));
  const [branch] = branches.toSorted((a, b) => depthOf(b) - depthOf(a));
  if (branch !== undefined) {
    return branch.flatMap((inner) => wordIssue(inner, path, raw, places));
  }
  const expected = expectedAt(caseSchema, path) ?? "another value";
  const near = typeof value === "string" ? nearest(value, expected.split(" | ")) : undefined;
  const facts = { thing: nameOf(path), value: describe(value), expected, near };
  return [problem("invalid-value", facts, places.place(path))];
}

/** Whether a branch of a union fails at its root because the value is of another kind. */
function isOtherKind(issue: Issue): boolean {
  return issue.path.length === 0 && (issue.code === "invalid_type" || issue.code === "invalid_value");
}

/** How far into the value a branch got before it failed. */
function depthOf(branch: readonly Issue[]): number {
  return Math.min(...branch.map((issue) => (issue.code === "unrecognized_keys" ? 0 : issue.path.length)));
}

function missing(path: Path, places: Places, expected: string | undefined): Problem {
  const parent = path.slice(0, -1);
  const place: Place = parent.length === 0 ? places.place([]) : places.place(parent, "key");
  const where = parent.length === 0 ? "the case" : parent.join(".");
  return problem("missing-key", { key: String(path.at(-1)), where, expected }, place);
}

/** The name of what stands at a path, for a message: its last key, or the list it stands in. */
export function nameOf(path: Path): string {
  const named = path.findLast((step) => typeof step === "string");
  return named === undefined ? "case" : String(named);
}

export function valueAt(raw: Raw, path: Path): Raw | undefined {
  let value: Raw | undefined = raw;
  for (const step of path) {
    if (Array.isArray(value)) value = (value as readonly Raw[])[Number(step)];
    else if (isMapping(value)) value = value[String(step)];
    else return undefined;
  }
  return value;
}

function kindInWords(kind: string): string {
  const words: Readonly<Record<string, string>> = {
    object: "a mapping",
    record: "a mapping",
    array: "a list",
    string: "text",
    int: "a whole number",
    boolean: "true or false",
  };
  return words[kind] ?? `a ${kind}`;
}

function sizeInWords(issue: Issue): string {
  if (issue.code === "too_small") return `at least ${issue.minimum}`;
  if (issue.code === "too_big") return `at most ${issue.maximum}`;
  return "another value";
}
