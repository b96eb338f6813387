import type { Raw, RawMap } from "../../case/parse/yaml.ts";
import { isMapping } from "../../case/schema/walk.ts";
import type { Rule } from "./rules.ts";

/** A text or the name of an entry that still tells of somebody. */
export interface Left {
  /** Where, as a path of the redacted case. */
  readonly path: string;
  /** Whom or what it names, as the original has it. */
  readonly names: readonly string[];
  readonly what: "source" | "person" | "party" | "address";
}

interface Needle {
  readonly name: string;
  readonly what: Left["what"];
  readonly pattern: RegExp;
  /** Whether it is looked for in names of entries alone: in prose "us" is no party. */
  readonly inNames?: boolean;
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, "\\$&");
/** Scripts that put no space between words. */
const UNSPACED = String.raw`\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}`;
const opens = new RegExp(`^[${UNSPACED}]`, "u");
const closes = new RegExp(`[${UNSPACED}]$`, "u");
const before = (text: string): string => (opens.test(text) ? "" : String.raw`(?<![\p{L}\p{N}])`);
const behind = (text: string): string => (closes.test(text) ? "" : String.raw`(?![\p{L}\p{N}])`);
const bounded = (text: string): string => `${before(text)}${escaped(text)}${behind(text)}`;

/** Names so short that small letters mean another word. */
const isShort = (name: string): boolean => name.length < 3;

/** What to look for once the rules were used: names of sources, of people, and of parties where they became letters. */
export function needlesOf(raw: RawMap, rules: ReadonlySet<Rule>): readonly Needle[] {
  const needles = new Map<string, Needle>();
  const add = (name: string, what: Needle["what"], pattern: RegExp, inNames = false) => {
    // Parley is named in every case.
    if (name !== "" && name !== "Parley" && !needles.has(name)) needles.set(name, { name, what, pattern, inNames });
  };
  /** What an entry is called in the file: a short one is a word of its own in prose. */
  const entry = (id: string, what: Needle["what"], pattern: string) =>
    add(id, what, new RegExp(pattern, "iu"), isShort(id));
  const actors = wordsOf(
    entriesOf(raw["parties"]).flatMap(([id, party]) => [id, ...textsIn(party, ["name", "aliases"])]),
  );
  const parties = entriesOf(raw["parties"])
    .flatMap(([id, party]) => [id, ...textsIn(party, ["name", "aliases"])])
    .filter((name) => !isShort(name))
    .map((name) => new RegExp(stem(name), "iu"));
  const whole = (name: string, what: Needle["what"]) =>
    add(name, what, new RegExp(bounded(name), isShort(name) ? "u" : "iu"));
  const person = (name: string) => {
    whole(name, "person");
    for (const word of [...surnamesIn(name), ...ofBody(name, parties)]) {
      if (!actors.has(word)) add(word, "person", new RegExp(bounded(word), "u"));
    }
  };
  if (rules.has("sources")) {
    for (const [id, source] of entriesOf(raw["sources"])) {
      entry(id, "source", bounded(id));
      for (const text of textsIn(source, ["title", "publisher"])) if (!actors.has(text)) whole(text, "source");
      for (const text of textsIn(source, ["by"])) if (!actors.has(text)) person(text);
      for (const url of textsIn(source, ["url"]))
        if (URL.canParse(url)) whole(new URL(url).hostname.replace(/^www\./, ""), "source");
    }
    add("an address", "address", /https?:\/\/|\bwww\.|\S@\S+\.\w/iu);
  }
  if (rules.has("names")) {
    for (const name of peopleIn(raw)) if (!actors.has(name)) person(name);
  }
  if (rules.has("parties")) {
    for (const [id, party] of entriesOf(raw["parties"])) {
      entry(id, "party", stem(id));
      for (const name of textsIn(party, ["name", "aliases"])) {
        add(name, "party", new RegExp(stem(name), isShort(name) ? "u" : "iu"));
      }
    }
  }
  return [...needles.values()];
}

/** A name and what is made of it: Russia finds Russian, Ukraine finds Ukrainian; short ones and abbreviations stand for themselves. */
function stem(name: string): string {
  if (name.length < 4 || name === name.toUpperCase()) return bounded(name);
  return `${before(name)}${escaped(name.length < 5 ? name : name.replace(/[aey]$/i, ""))}`;
}

const entriesOf = (section: Raw | undefined): [string, Raw][] =>
  section !== undefined && isMapping(section) ? Object.entries(section) : [];

function textsIn(entry: Raw, keys: readonly string[]): string[] {
  if (!isMapping(entry)) return [];
  return keys.flatMap((key) => {
    const value = entry[key];
    if (Array.isArray(value)) return (value as readonly Raw[]).filter((each) => typeof each === "string");
    return typeof value === "string" ? [value.trim()] : [];
  });
}

const wordsOf = (names: readonly string[]): ReadonlySet<string> =>
  new Set(names.flatMap((name) => [name, ...name.split(/[\s,;()/-]+/)]));

/** Words of the names of bodies, whose other words are no family names. */
const OF_BODIES =
  /\b(?:The|Academy|Agency|Assembly|Association|Bank|Bureau|Cent(?:er|re)|College|Commission|Committee|Congress|Council|Court|Department|Foundation|General|Government|Group|House|Institut\w*|Internation\w*|Journal|Law|Ministry|Nation\w*|News|Office|Parliament|Peace|Post|President|Press|Research|School|Secretariat|Security|Service|Society|States?|Studies|Times|Treaty|Union|University)\b/u;

/** Family names in the name of a person or of several: parts of two to four words that all begin with a capital letter. */
function surnamesIn(name: string): readonly string[] {
  return name
    .split(/\s*(?:,|;|&|\band\b|\bof\b|\(|\))\s*/u)
    .filter((part) => /^\p{Lu}[\p{L}.’'-]*(?: \p{Lu}[\p{L}.’'-]*){1,3}$/u.test(part) && !OF_BODIES.test(part))
    .flatMap((part) => part.split(" ").filter((word) => word.length >= 2 && !word.endsWith(".")));
}

/** What the name of a body is known by alone, as Levada of the Levada Center; the name of a party's nation is no such word. */
function ofBody(name: string, parties: readonly RegExp[]): readonly string[] {
  const [first = "", second = ""] = name.replace(/^The /u, "").split(" ");
  const isKnownBy = /^\p{Lu}\p{L}{3,}$/u.test(first) && !OF_BODIES.test(first) && OF_BODIES.test(second);
  return isKnownBy && !parties.some((party) => party.test(first)) ? [first] : [];
}

/** Everyone who is named as an author, or as one who judges, anywhere in a case. */
function peopleIn(raw: RawMap): readonly string[] {
  const found = new Set(textsIn(raw, ["authors"]));
  const look = (value: Raw, path: readonly string[]): void => {
    if (typeof value === "string") {
      const isDate = /^\d{4}(-\d\d){0,2}$/.test(value);
      if (path.at(-1) === "by" && path[0] !== "proposals" && !isDate) found.add(value.trim());
    } else if (Array.isArray(value)) for (const item of value as readonly Raw[]) look(item, path);
    else if (isMapping(value)) for (const [key, item] of Object.entries(value)) look(item, [...path, key]);
  };
  look(raw, []);
  return [...found];
}

/** Where a redacted case still has what was looked for, in its texts and in the names of its entries. */
export function leftIn(raw: Raw, needles: readonly Needle[]): readonly Left[] {
  if (needles.length === 0) return [];
  const any = new RegExp(needles.map(({ pattern }) => `(?:${pattern.source})`).join("|"), "iu");
  const left: Left[] = [];
  const test = (text: string, path: readonly (string | number)[]) => {
    if (!any.test(text)) return;
    const isName = /^[\w.#:/-]+$/.test(text);
    const found = needles.filter(({ pattern, inNames }) => (isName || inNames !== true) && pattern.test(text));
    for (const what of new Set(found.map((each) => each.what))) {
      left.push({
        path: path.join("."),
        what,
        names: found.filter((each) => each.what === what).map(({ name }) => name),
      });
    }
  };
  const look = (value: Raw, path: readonly (string | number)[]): void => {
    if (typeof value === "string") test(value, path);
    else if (Array.isArray(value)) {
      for (const [k, item] of (value as readonly Raw[]).entries()) look(item, [...path, k]);
    } else if (isMapping(value)) {
      for (const [key, item] of Object.entries(value)) {
        test(key, [...path, key]);
        look(item, [...path, key]);
      }
    }
  };
  look(raw, []);
  return left;
}
