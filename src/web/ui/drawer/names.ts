import type { Raw } from "../../../case/index.ts";

/** Names that a case gives, which its text may use at a place. */
export interface Offered {
  readonly id: string;
  /** What people read for it. */
  readonly name: string;
}

const mapping = (value: Raw | undefined): Readonly<Record<string, Raw>> =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, Raw>>) : {};

function entries(value: Raw | undefined): Offered[] {
  return Object.entries(mapping(value)).map(([id, each]) => {
    const { name, title, text } = mapping(each);
    const said = [name, title, text, each].find((word) => typeof word === "string");
    return { id, name: typeof said === "string" ? said : "" };
  });
}

/** Sections whose names a key's value may be, wherever it stands. */
const BY_KEY: Readonly<Record<string, string>> = {
  about: "parties",
  interested: "parties",
  parties: "parties",
  party: "parties",
  of: "parties",
  to: "parties",
  supports: "claims",
  attacks: "claims",
  group: "groups",
  series: "indicators",
  over: "issues",
  source: "sources",
};

/** Sections whose names are keys below a path; `*` stands for any one key. */
const AS_KEYS: readonly (readonly [path: string, section: string])[] = [
  ["positions", "parties"],
  ["positions.*.issues", "issues"],
  ["proposals.*.package", "issues"],
  ["norms.*.touches", "issues"],
  ["claims.*.bears", "questions"],
  ["claims.*.argues", "questions"],
  ["claims.*.ratings", "questions"],
  ["resolutions", "questions"],
  ["graph.options", "parties"],
  ["graph.preferences", "parties"],
  ["graph.uncertain", "parties"],
  ["graph.views", "parties"],
];

const fits = (pattern: string, path: readonly string[]): boolean => {
  const parts = pattern.split(".");
  return parts.length === path.length && parts.every((part, index) => part === "*" || part === path[index]);
};

/** Names that may stand as keys below a path. */
export function keysOffered(content: Raw | undefined, path: readonly string[]): readonly Offered[] {
  const root = mapping(content);
  const [section, , , issue] = path;
  if (section === "positions" && path.at(-1) === "values" && issue !== undefined) return optionsOf(root, issue);
  const found = AS_KEYS.find(([pattern]) => fits(pattern, path));
  return found === undefined ? [] : entries(root[found[1]]);
}

/** Names that may stand as the value of a key, or as an entry of its list. */
export function valuesOffered(content: Raw | undefined, path: readonly string[]): readonly Offered[] {
  const root = mapping(content);
  const keys = path.filter((key) => key !== "-");
  const key = keys.at(-1) ?? "";
  if (keys[0] === "proposals" && keys[2] === "package") return optionsOf(root, key);
  if (keys[0] === "exclusions") return optionsOf(root, key);
  if (key === "redLines") return optionsOf(root, keys.at(-2) ?? "");
  if (keys[0] === "graph" && key === "statusQuo") return entries(mapping(root["graph"])["situations"]);
  const section = BY_KEY[key];
  return section === undefined ? [] : entries(root[section]);
}

const optionsOf = (root: Readonly<Record<string, Raw>>, issue: string): readonly Offered[] =>
  entries(mapping(mapping(root["issues"])[issue])["options"]);
