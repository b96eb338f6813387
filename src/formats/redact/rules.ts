import type { Path, Raw, RawMap } from "../../case/parse/yaml.ts";
import { caseSchema } from "../../case/schema/case.ts";
import { isMapping, type Visit, walk } from "../../case/schema/walk.ts";

/**
 * What can be taken out of a case.
 *
 * `sources`: who says so, where and in which paragraph; grades, dates and sides of sources stay, for numbers rest on them. `names`:
 * authors, analysts and whoever a judgement is said to be of. `comments`: remarks for readers. `text`: reasons, definitions and
 * whatever else is told in words. `parties`: parties become letters.
 */
export const RULES = ["sources", "names", "comments", "text", "parties"] as const;
export type Rule = (typeof RULES)[number];

/** What is taken out unless a choice is made. */
export const DEFAULT_RULES: readonly Rule[] = ["sources", "names", "comments"];

/** What stands in place of a text that had to stay one. */
export const WITHHELD = "[withheld]";

/** Fields of a source that numbers or its grade rest on, or that say nothing of who it is. */
const KEPT_OF_SOURCE = new Set(["title", "reliability", "interested", "published", "kind", "hindsight"]);

/** Short texts that are no labels of the case's own. */
const NO_LABELS = new Set([
  "by",
  "file",
  "licence",
  "language",
  "translated",
  "terms",
  "rung",
  "publisher",
  "title",
  "affiliation",
]);

/** Something taken out, or put in another's place; `what` is counted. */
interface Change {
  readonly what: string;
  /** What stands there instead; undefined where the field goes. */
  readonly to: Raw | undefined;
}

/** Counts what was taken out, by what it was. */
export type Counts = Map<string, number>;

/** What is done to a case: the rules, the new names of its sources, and what is counted. */
export interface Redaction {
  readonly rules: ReadonlySet<Rule>;
  readonly sources: ReadonlyMap<string, string>;
  readonly counts: Counts;
}

/** A case with fields taken out or withheld by rules and its sources named anew, in what its readings set too. */
export function withoutFields(raw: RawMap, how: Redaction): RawMap {
  const changed = changedBy(raw, how);
  const readings = changed["readings"];
  if (!isMapping(readings ?? null)) return changed;
  const entries = Object.entries(readings as RawMap).map(([id, reading]) => [id, readingWithout(raw, reading, how)]);
  return { ...changed, readings: Object.fromEntries(entries) };
}

/** What a reading sets stands under paths that the schema leaves open: it is looked at as if it stood there. */
function readingWithout(raw: Raw, reading: Raw, how: Redaction): Raw {
  if (!isMapping(reading) || !isMapping(reading["set"] ?? null)) return reading;
  const set: [string, Raw][] = [];
  for (const [path, value] of Object.entries(reading["set"] as RawMap)) {
    const steps = path.split(".");
    const nested = nestedAt(raw, steps, value);
    const to = renamedPath(path, how.sources);
    const kept = value === null ? null : valueAt(changedBy(nested as RawMap, how), to.split("."));
    if (kept !== undefined) set.push([to, kept]);
  }
  const names = new Set(set.map(([path]) => path));
  const reasons = reading["reasons"];
  const told = isMapping(reasons ?? null)
    ? {
        reasons: Object.fromEntries(
          Object.entries(reasons as RawMap)
            .map(([path, text]): [string, Raw] => [renamedPath(path, how.sources), text])
            .filter(([path]) => names.has(path)),
        ),
      }
    : {};
  return { ...reading, set: Object.fromEntries(set), ...told };
}

/** A path of the case in which a source has its new name. */
function renamedPath(path: string, sources: ReadonlyMap<string, string>): string {
  const [section, id = "", ...rest] = path.split(".");
  return section === "sources" && sources.has(id) ? [section, sources.get(id), ...rest].join(".") : path;
}

/** A case with nothing but a value at a path; lists are lists where the case has some. */
function nestedAt(there: Raw | undefined, [step, ...rest]: readonly string[], value: Raw): Raw {
  if (step === undefined) return value;
  const inner = nestedAt(there === undefined ? undefined : valueAt(there, [step]), rest, value);
  if (!Array.isArray(there)) return { [step]: inner };
  return (there as readonly Raw[]).map((_, k) => (k === Number(step) ? inner : null));
}

function valueAt(raw: Raw, steps: Path): Raw | undefined {
  let value: Raw | undefined = raw;
  for (const step of steps) {
    if (Array.isArray(value)) value = (value as readonly Raw[])[Number(step)];
    else value = value !== undefined && isMapping(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  }
  return value;
}

function changedBy(raw: RawMap, { rules, sources, counts }: Redaction): RawMap {
  const plan: Plan = { changes: new Map(), known: new Set(), counts };
  walk(caseSchema, raw, (visit) => {
    const key = keyTo(visit.path);
    plan.known.add(key);
    for (const rule of RULES) {
      const change = rules.has(rule) ? LOOKS[rule](visit, sources) : undefined;
      // A field that goes is gone, whatever another rule would put in its place.
      if (change !== undefined && (change.to === undefined || !plan.changes.has(key))) plan.changes.set(key, change);
    }
  });
  const made = copy(raw, [], plan) as RawMap;
  const section = made["sources"];
  if (sources.size === 0 || section === undefined || !isMapping(section)) return made;
  const named = Object.entries(section).map(([id, entry]) => [sources.get(id) ?? id, entry]);
  return { ...made, sources: Object.fromEntries(named) };
}

interface Plan {
  readonly changes: Map<string, Change>;
  /** What the schema has a place for. Whatever else a case holds is read by nobody, and could say anything. */
  readonly known: Set<string>;
  readonly counts: Counts;
}

const keyTo = (path: Path): string => path.join("\0");
/** What a reading sets is looked at by itself. */
const isSet = (path: Path): boolean => path.length > 3 && path[0] === "readings" && path[2] === "set";

function copy(value: Raw, path: Path, plan: Plan): Raw | undefined {
  const change = plan.changes.get(keyTo(path));
  if (change !== undefined) {
    count(plan, change.what);
    return change.to;
  }
  if (Array.isArray(value)) {
    const items = (value as readonly Raw[]).map((item, k) => copy(item, [...path, k], plan));
    return items.filter((item) => item !== undefined);
  }
  if (!isMapping(value)) return value;
  const made = Object.create(null) as Record<string, Raw>;
  for (const [key, item] of Object.entries(value)) {
    const below = [...path, key];
    if (!plan.known.has(keyTo(below)) && !isSet(below)) {
      count(plan, "fields without a meaning");
      continue;
    }
    const kept = copy(item, below, plan);
    if (kept !== undefined) made[key] = kept;
  }
  return made;
}

const count = ({ counts }: Plan, what: string): void => {
  counts.set(what, (counts.get(what) ?? 0) + 1);
};

type Look = (visit: Visit, sources: ReadonlyMap<string, string>) => Change | undefined;

/** `source-3` as a title. */
const titleOf = (id: string): string => id.replace(/^source-/, "Source ");

const isShort = ({ notes }: Visit): boolean => notes.expected === "text of at most 500 characters";
const keyOf = ({ path }: Visit): string => String(path.findLast((step) => typeof step === "string") ?? "");

const LOOKS: Readonly<Record<Rule, Look>> = {
  sources({ path, value, notes }, sources) {
    const [section, id, field] = path;
    if (section === "sources" && path.length === 3) {
      if (field === "statements") return { what: "statements of sources", to: undefined };
      if (field === "title") return { what: "titles of sources", to: titleOf(sources.get(String(id)) ?? "") };
      if (field === "hindsight") return { what: "a source's hindsight", to: WITHHELD };
      return KEPT_OF_SOURCE.has(String(field)) ? undefined : { what: `a source's ${field}`, to: undefined };
    }
    if (section === "resolutions" && field === "reports") return { what: "reports of an outcome", to: undefined };
    if (typeof value !== "string") return undefined;
    if (notes.ref === "path") {
      const to = renamedPath(value, sources);
      return to === value ? undefined : { what: "mentions of sources", to };
    }
    if (notes.ref !== "source" && notes.ref !== "party or source") return undefined;
    const [name = "", place] = value.split("#");
    const to = sources.get(name);
    if (to === undefined) return undefined;
    return { what: place === undefined ? "mentions of sources" : "paragraphs cited", to };
  },
  names(visit) {
    const { path, value, notes } = visit;
    if (path.length === 1 && path[0] === "authors") return { what: "authors of the case", to: undefined };
    if (path.length === 3 && path[0] === "sources" && path[2] === "affiliation")
      return { what: "affiliations", to: undefined };
    // Who puts a proposal forward acts in the case.
    if (path.at(-1) !== "by" || path[0] === "proposals" || typeof value !== "string") return undefined;
    if (notes.ref !== undefined || !isShort(visit)) return undefined;
    return { what: "names of those who judge or write", to: WITHHELD };
  },
  comments({ path, value }) {
    return path.at(-1) === "note" && typeof value === "string" ? { what: "notes", to: undefined } : undefined;
  },
  text(visit) {
    const { path, value, notes } = visit;
    if (typeof value !== "string") return undefined;
    if (path.length === 1 && path[0] === "title") return { what: "titles", to: WITHHELD };
    // Who is left out of a class of wars decides its numbers; authors are for another rule.
    if (path[0] === "authors" || keyOf(visit) === "exclude") return undefined;
    if (notes.as === "long text") return { what: "texts", to: WITHHELD };
    if (!isShort(visit) || NO_LABELS.has(keyOf(visit))) return undefined;
    if (path[0] === "parties" && path.length <= 4) return undefined;
    const named = path.at(-1) === "name" ? path.at(-2) : path.at(-1);
    return { what: "labels", to: typeof named === "string" ? named : WITHHELD };
  },
  parties(visit) {
    const { path, value } = visit;
    const [section, id, field, name] = path;
    if (section === "proposals" && path.length === 3 && field === "by")
      return { what: "who puts a proposal forward", to: undefined };
    if (section !== "parties" || id === undefined) return undefined;
    if (path.length === 3 && (field === "aliases" || field === "iso"))
      return { what: `a party's ${field}`, to: undefined };
    if (path.length === 3 && field === "kind") return undefined;
    if (path.length === 5 && field === "factions" && path[4] === "name" && typeof value === "string") {
      return { what: "names of factions", to: String(name) };
    }
    return undefined;
  },
};
