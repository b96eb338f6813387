import type { Path, Raw } from "../parse/yaml.ts";
import { caseSchema } from "../schema/case.ts";
import type { ReferenceKind } from "../schema/fields.ts";
import { isMapping, type Visit, walk } from "../schema/walk.ts";
import type { Edit } from "./edits.ts";

/** A place of the case that names an entry: by a value, or by a key. */
export interface Reference {
  readonly path: readonly string[];
  readonly part: "key" | "value";
  /** What stands there, and would stand there under another name of the entry. */
  readonly value: string;
  readonly renamed: (to: string) => string;
}

/** Kinds of entries that are found by their key below these paths. */
const DEFINED: readonly (readonly [kind: ReferenceKind, path: readonly string[]])[] = [
  ["source", ["sources"]],
  ["party", ["parties"]],
  ["issue", ["issues"]],
  ["option", ["issues", "*", "options"]],
  ["proposal", ["proposals"]],
  ["norm", ["norms"]],
  ["claim", ["claims"]],
  ["group", ["groups"]],
  ["question", ["questions"]],
  ["hypothesis", ["questions", "*", "hypotheses"]],
  ["event", ["events"]],
  ["agreement", ["agreements"]],
  ["series", ["indicators"]],
  ["reading", ["readings"]],
  ["lever", ["levers"]],
  ["reference class", ["history", "classes"]],
  ["situation", ["graph", "situations"]],
  ["course", ["graph", "options", "*"]],
];

interface Target {
  readonly path: readonly string[];
  readonly kind: ReferenceKind | undefined;
  readonly key: string;
}

/** Where in a case an entry is referred to: by its name, in a path, in a statement about options. */
export function referencesTo(raw: Raw, path: readonly string[]): readonly Reference[] {
  const key = path.at(-1);
  if (key === undefined) return [];
  const kind = DEFINED.find(
    ([, at]) => at.length === path.length - 1 && at.every((step, index) => step === "*" || step === path[index]),
  )?.[0];
  const target: Target = { path, kind, key };
  const found: Reference[] = [];
  walk(caseSchema, raw, (visit) => found.push(...inVisit(raw, target, visit)));
  // What a reading sets stands under keys that the schema leaves open.
  const readings = standsAt(raw, ["readings"]);
  for (const [id, reading] of Object.entries(isMapping(readings) ? readings : {})) {
    const changes = isMapping(reading) ? reading["set"] : undefined;
    for (const [each, value] of Object.entries(isMapping(changes) ? changes : {})) {
      found.push(...dotted(raw, target, each, ["readings", id, "set", each], "key", value));
    }
  }
  if (kind === "option") found.push(...inInteractions(raw, target));
  return found.filter((each) => each.path.join("\n") !== path.join("\n"));
}

/** The edits that give an entry another key, and what refers to it the new one. */
export function renameEdits(raw: Raw, path: readonly string[], to: string): readonly Edit[] {
  const references = referencesTo(raw, path);
  const values = references.filter(({ part }) => part === "value");
  const keys = references.filter(({ part }) => part === "key").toSorted((a, b) => b.path.length - a.path.length);
  return [
    ...values.map((each): Edit => ({ set: each.path, value: each.renamed(to), expected: each.value })),
    // The deepest first, so that the paths of the others still hold.
    ...keys.map((each): Edit => ({ rename: each.path, to: each.renamed(to), ...expecting(raw, each.path) })),
    { rename: path, to, ...expecting(raw, path) },
  ];
}

const expecting = (raw: Raw, path: readonly string[]): { readonly expected?: Raw } => {
  const expected = standsAt(raw, path);
  return expected === undefined ? {} : { expected };
};

function standsAt(raw: Raw, path: readonly string[]): Raw | undefined {
  let value: Raw | undefined = raw;
  for (const step of path) {
    if (Array.isArray(value)) value = (value as readonly Raw[])[Number(step)];
    else value = isMapping(value) ? value[step] : undefined;
  }
  return value;
}

function inVisit(raw: Raw, target: Target, { value, path, notes, frames }: Visit): readonly Reference[] {
  const steps = path.map(String);
  if (notes.keyRef !== undefined && isMapping(value)) {
    const { keyRef } = notes;
    return Object.keys(value).flatMap((key) => named(raw, target, keyRef, key, [...steps, key], "key", frames, path));
  }
  if (notes.ref !== undefined && typeof value === "string") {
    return named(raw, target, notes.ref, value, steps, "value", frames, path);
  }
  return [];
}

function named(
  raw: Raw,
  target: Target,
  kind: ReferenceKind,
  value: string,
  path: readonly string[],
  part: Reference["part"],
  frames: Visit["frames"],
  at: Path,
): readonly Reference[] {
  const { key } = target;
  if (kind === "path") return dotted(raw, target, value, path, part);
  if (kind === "formula" || kind === "graph option") return inStatement(raw, target, value, path, part);
  if (!names(kind, target.kind)) return [];
  if (target.kind === "source") {
    const [name = "", ...place] = value.split(/(?=#)/);
    const rest = place.join("");
    return name === key ? [{ path, part, value, renamed: (to) => `${to}${rest}` }] : [];
  }
  if (value !== key) return [];
  const above = (of: ReferenceKind) => frames.findLast((frame) => frame.kind === of)?.key;
  if (kind === "option" && above("issue") !== target.path[1]) return [];
  if (kind === "hypothesis") {
    const question = above("question") ?? (at[0] === "questions" ? String(at[1]) : undefined);
    if (question !== target.path[1]) return [];
  }
  return [{ path, part, value, renamed: (to) => to }];
}

/** Whether what a field names may be an entry of a kind. */
function names(field: ReferenceKind, kind: ReferenceKind | undefined): boolean {
  if (field === "party or source") return kind === "party" || kind === "source";
  if (field === "decision maker") return kind === "party";
  if (field === "situation or state") return kind === "situation";
  return field === kind;
}

/**
 * Names in a dotted path: the entry itself or what is below it, and keys on the way that name it, `positions.russia`. What the
 * path gives a value to, as a reading does, is looked through as if it stood there.
 */
function dotted(
  raw: Raw,
  target: Target,
  value: string,
  path: readonly string[],
  part: Reference["part"],
  given: Raw = null,
): readonly Reference[] {
  const steps = value.split(".");
  const changed = new Set<number>();
  const inside: Reference[] = [];
  if (target.path.every((step, index) => steps[index] === step)) changed.add(target.path.length - 1);
  walk(caseSchema, nested(raw, steps, given), (visit) => {
    for (const each of inVisit(raw, target, visit)) {
      if (each.path.length <= steps.length && each.part === "key") changed.add(each.path.length - 1);
      else inside.push({ ...each, path: [...path, ...each.path.slice(steps.length)] });
    }
  });
  if (changed.size === 0) return inside;
  const renamed = (to: string) => steps.map((step, index) => (changed.has(index) ? to : step)).join(".");
  return [...inside, { path, part, value, renamed }];
}

/** A case with nothing but a value at a path. */
function nested(raw: Raw, steps: readonly string[], given: Raw): Raw {
  const [step, ...rest] = steps;
  if (step === undefined) return given;
  const here = standsAt(raw, [step]) ?? null;
  const below = nested(here, rest, given);
  if (!Array.isArray(raw)) return { [step]: below };
  const list: Raw[] = [];
  list[Number(step)] = below;
  return list;
}

/** Options in a statement: `russia.attack`, or `attack` where only one decision maker has it. */
function inStatement(
  raw: Raw,
  { kind, key, path: target }: Target,
  value: string,
  path: readonly string[],
  part: Reference["part"],
): readonly Reference[] {
  if (kind !== "party" && kind !== "course") return [];
  const owner = target[2] ?? "";
  const replaced = (to: string): string =>
    value.replace(/[a-z0-9][a-z0-9-]*(?:\.[a-z0-9][a-z0-9-]*)?/gi, (token) => {
      const [first = "", second] = token.split(".");
      if (kind === "party") return second !== undefined && first === key ? `${to}.${second}` : token;
      if (second !== undefined) return first === owner && second === key ? `${owner}.${to}` : token;
      return first === key && ownersOf(raw, key).join() === owner ? to : token;
    });
  // A name that no case has shows whether anything would change.
  return replaced(`${key}-0`) === value ? [] : [{ path, part, value, renamed: replaced }];
}

function ownersOf(raw: Raw, course: string): readonly string[] {
  const options = standsAt(raw, ["graph", "options"]);
  if (!isMapping(options)) return [];
  return Object.entries(options).flatMap(([owner, own]) =>
    isMapping(own) && Object.hasOwn(own, course) ? [owner] : [],
  );
}

/** The values of combinations have one level of options for each issue that they are over. */
function inInteractions(raw: Raw, { path, key }: Target): readonly Reference[] {
  const all = standsAt(raw, ["interactions"]);
  if (!Array.isArray(all)) return [];
  return (all as readonly Raw[]).flatMap((each, index) => {
    const over = isMapping(each) ? each["over"] : undefined;
    const level = Array.isArray(over) ? (over as readonly Raw[]).indexOf(path[1] ?? "") : -1;
    const found: Reference[] = [];
    const down = (value: Raw | undefined, at: readonly string[], depth: number): void => {
      if (!isMapping(value)) return;
      for (const [option, below] of Object.entries(value)) {
        if (depth < level) down(below, [...at, option], depth + 1);
        else if (option === key) found.push({ path: [...at, option], part: "key", value: key, renamed: (to) => to });
      }
    };
    if (level >= 0 && isMapping(each)) down(each["values"], ["interactions", String(index), "values"], 0);
    return found;
  });
}
