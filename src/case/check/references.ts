import { keptFor, madeOnce } from "../../core/kept/index.ts";
import type { Problem, ProblemArguments, ProblemCode } from "../../core/problems/index.ts";
import { nearest, problem } from "../../core/problems/index.ts";
import type { Places } from "../parse/dossier.ts";
import type { Path, Raw, RawMap } from "../parse/yaml.ts";
import { caseSchema, FUTURE_SECTIONS } from "../schema/case.ts";
import type { ReferenceKind } from "../schema/fields.ts";
import { IDENTIFIER } from "../schema/fields.ts";
import { BUILT_IN_CLASSES } from "../schema/history.ts";
import type { Frame, SchemaPath, Visit } from "../schema/walk.ts";
import { followSchema, isMapping, partsOf, walk } from "../schema/walk.ts";
import { GraphOptions, STATE_CODE } from "./graph.ts";
import { valueAt } from "./shape.ts";

/** Where the entries of a kind are defined. */
export const SECTION_OF: Partial<Record<ReferenceKind, readonly string[]>> = {
  source: ["sources"],
  party: ["parties"],
  issue: ["issues"],
  proposal: ["proposals"],
  norm: ["norms"],
  claim: ["claims"],
  group: ["groups"],
  question: ["questions"],
  event: ["events"],
  agreement: ["agreements"],
  series: ["indicators"],
  reading: ["readings"],
  lever: ["levers"],
  "reference class": ["history", "classes"],
  "decision maker": ["graph", "options"],
  situation: ["graph", "situations"],
};

/**
 * Checks that every name in a case refers to an entry that exists; a near miss is suggested.
 *
 * A section that was sound is sound again as long as neither it nor what can be named has changed; its paths are looked at
 * each time, as they may lead anywhere.
 */
export function checkReferences(raw: RawMap, places: Places): Problem[] {
  const checker = new ReferenceChecker(raw, places);
  const nameable = nameableIn(raw);
  for (const [section, value] of Object.entries(raw)) {
    if (typeof value !== "object" || value === null) continue;
    const { names, paths } = naming(value, section);
    const sound = soundUnder(value, section);
    const before = checker.problems.length;
    if (sound.names !== nameable) for (const visit of names) checker.visit(visit);
    if (checker.problems.length === before) sound.names = nameable;
    for (const visit of paths) checker.visit(visit);
  }
  return checker.problems;
}

/** The names under which a section was last found sound. */
const soundUnder = keptFor((_: object): { names: string | undefined } => ({ names: undefined }));

/** Everything that can be named in a case, as a text: of the same names, the same text. */
function nameableIn(raw: RawMap): string {
  const sections = [...new Set(Object.values(SECTION_OF).map(([section]) => section ?? ""))];
  return sections
    .map((section) => {
      const value = raw[section];
      return typeof value === "object" && value !== null ? `${section} ${nameableOf(value, section)}` : "";
    })
    .join("\n");
}

const nameableOf = keptFor((value: object, section): string => {
  if (section === "graph") {
    const { options, situations } = value as RawMap;
    return JSON.stringify([options ?? null, isMapping(situations) ? Object.keys(situations) : []]);
  }
  if (section === "history") {
    const { classes } = value as RawMap;
    return JSON.stringify(isMapping(classes) ? Object.keys(classes) : []);
  }
  const below = (entry: Raw): unknown => {
    if (!isMapping(entry)) return null;
    if (section === "sources") return entry["paragraphs"] ?? null;
    if (section === "issues") return isMapping(entry["options"]) ? Object.keys(entry["options"]) : null;
    const { hypotheses } = entry;
    return section === "questions" ? (isMapping(hypotheses) ? Object.keys(hypotheses) : (hypotheses ?? null)) : null;
  };
  return JSON.stringify(Object.entries(value as RawMap).map(([name, entry]) => [name, below(entry)]));
});

/** Where a part of the case names something, and where it names a path. */
interface Naming {
  readonly names: readonly Visit[];
  readonly paths: readonly Visit[];
}

/** Of a section, entry by entry where it has entries: those that were walked before are not again. */
const naming = keptFor((value: object, section): Naming => {
  if (!Object.hasOwn(caseSchema.shape, section)) return { names: [], paths: [] };
  const schema = caseSchema.shape[section as keyof typeof caseSchema.shape];
  const keys = Object.keys(value);
  if (Array.isArray(value) || partsOf(schema, keys) === undefined) return walked(value as Raw, section);
  const parts = keys.map((key) => {
    const part = (value as RawMap)[key] as Raw;
    const isPart = typeof part === "object" && part !== null;
    return isPart ? entryNaming(part as object, `${section}.${key}`) : walked({ [key]: part }, section);
  });
  return { names: parts.flatMap(({ names }) => names), paths: parts.flatMap(({ paths }) => paths) };
});

const entryNaming = keptFor((entry: object, path): Naming => {
  const dot = path.indexOf(".");
  return walked({ [path.slice(dot + 1)]: entry as Raw }, path.slice(0, dot));
});

function walked(value: Raw, section: string): Naming {
  const found: { readonly names: Visit[]; readonly paths: Visit[] } = { names: [], paths: [] };
  const keep = (visit: Visit) => {
    const { defines, keyRef, ref } = visit.notes;
    if (keyRef === "path" || ref === "path") found.paths.push(visit);
    else if (defines !== undefined || keyRef !== undefined || ref !== undefined) found.names.push(visit);
  };
  walk(caseSchema.shape[section as keyof typeof caseSchema.shape], value, keep, [section]);
  return found;
}

/** A name met in the case: what it should name, where it stands, and the named keys above it. */
interface Met {
  readonly kind: ReferenceKind;
  readonly value: string;
  readonly path: Path;
  readonly part: "key" | "value";
  readonly frames: readonly Frame[];
}

class ReferenceChecker {
  readonly problems: Problem[] = [];
  readonly #raw: RawMap;
  readonly #places: Places;
  readonly #names: Names;

  constructor(raw: RawMap, places: Places) {
    this.#raw = raw;
    this.#places = places;
    this.#names = new Names(raw);
  }

  visit({ value, path, notes, frames }: Visit): void {
    if (notes.defines !== undefined && isMapping(value)) {
      for (const key of Object.keys(value)) {
        if (IDENTIFIER.test(key)) continue;
        this.problems.push(problem("invalid-identifier", { value: key }, this.#places.place([...path, key], "key")));
      }
    }
    if (notes.keyRef !== undefined && isMapping(value)) {
      // An exclusion may say why beside the issues that it names.
      const fixed = path[0] === "exclusions" ? ["because", "source"] : [];
      for (const key of Object.keys(value)) {
        if (!fixed.includes(key)) {
          this.#check({ kind: notes.keyRef, value: key, path: [...path, key], part: "key", frames });
        }
      }
    }
    if (notes.ref !== undefined && typeof value === "string") {
      this.#check({ kind: notes.ref, value, path, part: "value", frames });
    }
  }

  #check(met: Met): void {
    const { kind } = met;
    if (kind === "source") this.#checkSource(met);
    else if (kind === "party or source") this.#checkSpeaker(met);
    else if (kind === "option") this.#checkOption(met);
    else if (kind === "hypothesis") this.#checkHypothesis(met);
    else if (kind === "path") this.#checkPath(met);
    else if (kind === "formula") this.#checkFormula(met);
    else if (kind === "graph option") this.#checkGraphOption(met);
    else if (kind === "situation or state") this.#checkState(met);
    else if (kind === "group" && !isMapping(this.#raw["groups"])) this.#say("undeclared-group", met, met);
    else {
      const known = this.#names.of(kind);
      if (!known.has(met.value)) this.#unknown(met, met.value, known);
    }
  }

  #checkSource(met: Met): void {
    const name = beforeHash(met.value);
    const known = this.#names.of("source");
    if (!known.has(name)) {
      this.#unknown(met, name, known);
      return;
    }
    const count = valueAt(this.#raw, ["sources", name, "paragraphs"]);
    const paragraph = /#(\d+)$/.exec(met.value)?.[1];
    if (typeof count !== "number" || paragraph === undefined || Number(paragraph) <= count) return;
    const facts = { source: name, paragraph: Number(paragraph), count };
    this.problems.push(problem("paragraph-beyond", facts, this.#places.placeInside(met.path, met.value.indexOf("#"))));
  }

  #checkSpeaker(met: Met): void {
    const parties = this.#names.of("party");
    const sources = this.#names.of("source");
    if (parties.has(met.value) || sources.has(beforeHash(met.value))) return;
    this.#unknown(met, met.value, [...parties, ...sources]);
  }

  #checkOption(met: Met): void {
    const issue = keyOf(met.frames, "issue");
    const known = issue === undefined ? undefined : this.#names.options(issue);
    if (issue === undefined || known === undefined || known.has(met.value)) return;
    const near = nearest(met.value, known);
    this.#say("unknown-option", met, { value: met.value, issue, near, known: [...known].join(", ") });
  }

  #checkHypothesis(met: Met): void {
    const question = keyOf(met.frames, "question") ?? (met.path[0] === "questions" ? String(met.path[1]) : undefined);
    const known = question === undefined ? undefined : this.#names.hypotheses(question);
    if (question === undefined || known === undefined || known.has(met.value)) return;
    this.#say("unknown-hypothesis", met, { value: met.value, question, near: nearest(met.value, known) });
  }

  #checkPath(met: Met): void {
    const found = checkCasePath(this.#raw, met.value, met.path[0] === "levers");
    if (found !== undefined) this.#say(found.code, met, found.facts);
  }

  #checkFormula(met: Met): void {
    const options = this.#names.graphOptions;
    const found = options.faultOf(met.value);
    if (found === undefined) return;
    const { offset, detail, unknown } = found;
    const near = unknown === undefined ? undefined : options.near(unknown);
    const facts = { thing: "statement", value: met.value, detail, near };
    this.problems.push(problem("formula-syntax", facts, this.#places.placeInside(met.path, offset)));
  }

  #checkGraphOption(met: Met): void {
    const options = this.#names.graphOptions;
    const found = options.resolve(met.value);
    if (found === "ambiguous") {
      this.#say("option-ambiguous", met, { option: met.value, owners: options.ownersOf(met.value) });
    } else if (found === "unknown") {
      const near = options.near(met.value);
      this.#say("unknown-reference", met, { kind: "option", value: met.value, near });
    }
  }

  #checkState(met: Met): void {
    if (STATE_CODE.test(met.value)) return;
    const known = this.#names.of("situation");
    if (!known.has(met.value)) this.#unknown({ ...met, kind: "situation" }, met.value, known);
  }

  #unknown(met: Met, value: string, known: Iterable<string>): void {
    const names = [...known];
    const none = names.length === 0 ? "the case has none" : undefined;
    this.#say("unknown-reference", met, { kind: met.kind, value, near: nearest(value, names), known: none });
  }

  #say<C extends ProblemCode>(code: C, met: Met, facts: ProblemArguments<C>): void {
    this.problems.push(problem(code, facts, this.#places.place(met.path, met.part)));
  }
}

/** Paths that are kept; a case of 1 000 claims has some hundred. */
const followCase = madeOnce<SchemaPath>(10_000);

/** A fault of a dotted path: the code of the problem and its facts. */
export interface PathFault {
  readonly code: "unknown-path" | "unset-path" | "path-not-yet";
  readonly facts: { readonly path: string; readonly near?: string | undefined };
}

/**
 * Why a dotted path does not name something in a case; undefined where it does.
 *
 * @param mayAdd whether its last step may name an entry that is not there yet: a change may add one, a mention not.
 */
export function checkCasePath(raw: RawMap, written: string, mayAdd: boolean): PathFault | undefined {
  const path = written.split(".");
  if (FUTURE_SECTIONS.has(path[0] ?? "")) return { code: "path-not-yet", facts: { path: written } };
  const follow = followCase(written, () => followSchema(caseSchema, path));
  if (!follow.found) {
    const near = nearest(path[follow.at] ?? "", follow.keys);
    const suggestion = near === undefined ? undefined : path.with(follow.at, near).join(".");
    return { code: "unknown-path", facts: { path: written, near: suggestion } };
  }
  // A list has no keys, also where its schema could be written as a mapping with keys.
  for (let at = 1; at < path.length; at++) {
    if (!Array.isArray(valueAt(raw, path.slice(0, at))) || /^\d+$/.test(path[at] ?? "")) continue;
    return { code: "unset-path", facts: { path: path.slice(0, at + 1).join(".") } };
  }
  // Names of entries must exist; keys of the schema may be unset.
  for (const at of follow.open) {
    const above = valueAt(raw, path.slice(0, at));
    const here = valueAt(raw, path.slice(0, at + 1));
    if (here !== undefined || (mayAdd && at === path.length - 1)) continue;
    const known = isMapping(above) ? Object.keys(above) : [];
    const near = nearest(path[at] ?? "", known);
    const suggestion = near === undefined ? undefined : path.with(at, near).join(".");
    return { code: "unset-path", facts: { path: path.slice(0, at + 1).join("."), near: suggestion } };
  }
  return undefined;
}

class Names {
  readonly #raw: RawMap;
  readonly #of = new Map<ReferenceKind, ReadonlySet<string>>();
  #graphOptions: GraphOptions | undefined;

  constructor(raw: RawMap) {
    this.#raw = raw;
  }

  of(kind: ReferenceKind): ReadonlySet<string> {
    const own = () => keysOf(valueAt(this.#raw, SECTION_OF[kind] ?? [""]));
    const known = this.#of.get(kind) ?? (kind === "reference class" ? new Set([...BUILT_IN_CLASSES, ...own()]) : own());
    this.#of.set(kind, known);
    return known;
  }

  get graphOptions(): GraphOptions {
    this.#graphOptions ??= GraphOptions.ofRaw(this.#raw);
    return this.#graphOptions;
  }

  options(issue: string): ReadonlySet<string> | undefined {
    const options = valueAt(this.#raw, ["issues", issue, "options"]);
    return isMapping(options) ? keysOf(options) : undefined;
  }

  hypotheses(question: string): ReadonlySet<string> | undefined {
    const entry = valueAt(this.#raw, ["questions", question]);
    if (!isMapping(entry)) return undefined;
    const hypotheses = entry["hypotheses"];
    if (hypotheses === undefined) return new Set(["yes", "no"]);
    if (Array.isArray(hypotheses)) return new Set(hypotheses.map(String));
    return keysOf(hypotheses);
  }
}

function keysOf(value: Raw | undefined): ReadonlySet<string> {
  return new Set(isMapping(value) ? Object.keys(value) : []);
}

function keyOf(frames: readonly Frame[], kind: ReferenceKind): string | undefined {
  return frames.findLast((frame) => frame.kind === kind)?.key;
}

function beforeHash(value: string): string {
  const hash = value.indexOf("#");
  return hash < 0 ? value : value.slice(0, hash);
}
