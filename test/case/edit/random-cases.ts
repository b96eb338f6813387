import fc from "fast-check";
import type { Raw, RawMap } from "../../../src/case/index.ts";

/** Chooses by turns of a fixed list of numbers, so that a shrunk example stays readable. */
export type Chooser = (limit: number) => number;

export function chooser(seeds: readonly number[]): Chooser {
  let at = 0;
  return (limit) => {
    const seed = seeds.length === 0 ? 0 : (seeds[at % seeds.length] ?? 0) + at;
    at += 1;
    return seed % limit;
  };
}

const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,6}$/);
const text = fc.oneof(
  fc.constantFrom(
    "2 to 4",
    "normal(5, 1)",
    "20 %",
    "yes",
    "true",
    "null",
    "~",
    "",
    " ",
    "a: b",
    "# no comment",
    "a #b",
    "- x",
    "2024-11-28",
    "1.0",
    "0x1F",
    "{a",
    "a, b]",
    "'quoted'",
    '"',
    "two\nlines",
    "ends with a line\n",
    "\n\nlines first",
    "  indented\n text",
    "trailing ",
    "*alias",
    "&anchor",
    "!tag",
    "<<",
    "tab\there",
    "Ünïcödé – ok",
    "%",
    "a\r\nb",
    "---",
    "word ".repeat(40).trim(),
  ),
  fc.string({ maxLength: 20 }),
  word,
);
const scalar: fc.Arbitrary<Raw> = fc.oneof(
  text,
  fc.integer({ min: -1e6, max: 1e6 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
);

/** Any value that a case could hold: texts that YAML would take for something else among them. */
export const value: fc.Arbitrary<Raw> = fc.letrec<{ value: Raw; list: Raw; map: Raw }>((tie) => ({
  value: fc.oneof({ maxDepth: 3, withCrossShrink: true }, scalar, tie("list"), tie("map")),
  list: fc.array(tie("value"), { maxLength: 4 }),
  map: fc.dictionary(word, tie("value"), { maxKeys: 4 }),
})).value;

const entries = fc.dictionary(
  word.filter((name) => name !== "include"),
  value,
  { minKeys: 1, maxKeys: 4 },
);

/** Sections with entries, as a case has them. */
export const content: fc.Arbitrary<RawMap> = fc.record({
  claims: entries,
  events: entries,
  groups: value.filter((each) => each === null || typeof each !== "object" || Array.isArray(each)),
  exclusions: fc.array(value, { minLength: 1, maxLength: 4 }),
});

export interface Layout {
  readonly step: number;
  readonly end: string;
  readonly choose: Chooser;
  readonly comments: string[];
}

/** A value written as people do: in lines or in braces, with comments and blank lines strewn in. */
export function written(map: RawMap, layout: Layout, column = 0): string {
  const { choose, step } = layout;
  let out = "";
  for (const [key, item] of Object.entries(map)) {
    if (choose(5) === 0) out += `${" ".repeat(column)}# ${comment(layout)}\n`;
    if (choose(7) === 0) out += "\n";
    out += `${" ".repeat(column)}${key}:${behind(item, layout, column + step)}`;
  }
  return out;
}

function behind(item: Raw, layout: Layout, column: number): string {
  const { choose } = layout;
  const note = choose(5) === 0 ? ` # ${comment(layout)}` : "";
  if (item !== null && typeof item === "object" && Object.keys(item).length > 0 && choose(3) > 0) {
    if (!Array.isArray(item)) return `${note}\n${written(item as RawMap, layout, column)}`;
    return `${note}\n${item.map((each: Raw) => `${" ".repeat(column)}-${entry(each, layout, column)}`).join("")}`;
  }
  if (item === null && choose(2) === 0) return `${note}\n`;
  return ` ${inline(item, choose)}${note}\n`;
}

function entry(item: Raw, layout: Layout, column: number): string {
  const isMap = item !== null && typeof item === "object" && !Array.isArray(item);
  if (isMap && Object.keys(item).length > 0 && layout.choose(2) === 0) {
    const lines = Object.entries(item as RawMap).map(([key, each]) => `${key}:${behind(each, layout, column + 4)}`);
    return ` ${lines.join(" ".repeat(column + 2))}`;
  }
  return ` ${inline(item, layout.choose)}\n`;
}

function inline(item: Raw, choose: Chooser): string {
  if (Array.isArray(item)) return `[${item.map((each: Raw) => inline(each, choose)).join(", ")}]`;
  if (item !== null && typeof item === "object") {
    const parts = Object.entries(item).map(([key, each]) => `${key}: ${inline(each, choose)}`);
    return choose(2) === 0 ? `{${parts.join(", ")}}` : `{ ${parts.join(", ")} }`;
  }
  if (typeof item === "string" && /^[a-z][a-z-]*( [a-z-]+)*$/.test(item) && !/^(true|null|false)$/.test(item)) {
    return choose(2) === 0 ? item : `'${item}'`;
  }
  return JSON.stringify(item);
}

function comment({ comments }: Layout): string {
  const name = `note-${comments.length}-of-it`;
  comments.push(name);
  return name;
}

/** Every path of a value to what is inside it. */
export function pathsOf(raw: Raw, path: readonly string[] = []): (readonly string[])[] {
  if (raw === null || typeof raw !== "object") return [];
  return Object.entries(raw).flatMap(([key, item]) => [[...path, key], ...pathsOf(item as Raw, [...path, key])]);
}
