import { parse } from "yaml";
import type { CaseFiles, Dossier, Raw, RawMap } from "../case/index.ts";
import { checkDossier, readDossier } from "../case/index.ts";
import { ParleyError, problem } from "../core/problems/index.ts";
import type { KnownParty } from "../reader/index.ts";
import { appendEntries } from "./append.ts";
import type { Drafts, Entry } from "./drafts.ts";
import { digestNote } from "./drafts.ts";

/** What a case holds that a new text must fit. */
export interface CaseNames {
  readonly parties: readonly KnownParty[];
  readonly sources: ReadonlySet<string>;
  readonly claims: ReadonlySet<string>;
}

/** The parties, sources and claims of a case by name. */
export function namesOf({ raw }: Dossier): CaseNames {
  const parties = Object.entries(mapping(raw["parties"])).map(([id, party]): KnownParty => {
    const { name, aliases } = mapping(party);
    const others = Array.isArray(aliases) ? aliases.filter((alias): alias is string => typeof alias === "string") : [];
    return { id, name: typeof name === "string" ? name : id, aliases: others };
  });
  const keys = (section: string) => new Set(Object.keys(mapping(raw[section])));
  return { parties, sources: keys("sources"), claims: keys("claims") };
}

/** The source of a case that was read from the same text, or has the same title and author; undefined where none is. */
export function sourceOf(
  { raw }: Dossier,
  digest: string,
  title: string | undefined,
  by: string | undefined,
): { readonly id: string; readonly same: boolean } | undefined {
  const sources = Object.entries(mapping(raw["sources"])).map(
    ([id, source]) => ({ id, ...mapping(source) }) as Record<string, Raw> & { id: string },
  );
  const same = sources.find(({ note }) => typeof note === "string" && note.includes(digestNote(digest)));
  if (same !== undefined) return { id: same.id, same: true };
  if (title === undefined) return undefined;
  const alike = sources.find(
    (source) => source["title"] === title && (by === undefined || source["by"] === undefined || source["by"] === by),
  );
  return alike === undefined ? undefined : { id: alike.id, same: false };
}

function mapping(value: Raw | undefined): RawMap {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as RawMap) : {};
}

/** Entries that a section of a case is to get, by their names. */
export type Addition = readonly [section: string, entries: Readonly<Record<string, Entry>>];

/**
 * The files of a case with a source and drafts added, by path; only those that change.
 *
 * @throws ParleyError where a section cannot be added to, or the case would get an error by it.
 */
export function addToCase(
  files: CaseFiles,
  before: Dossier,
  drafts: Drafts,
  newSource: boolean,
): ReadonlyMap<string, string> {
  const source: Addition[] = newSource ? [["sources", { [drafts.source]: drafts.sourceEntry }]] : [];
  return addEntries(files, before, [...source, ["claims", drafts.claims]]);
}

/**
 * The files of a case with entries added to its sections, by path; only those that change.
 *
 * New entries go to the end of the file that holds the section's entries. What comes out is read again and compared:
 * all that was there must be there unchanged, all that is new must stand as meant, and no new error may come of it.
 *
 * @param beside files that the entries name, by their paths in the case folder; they are among those that come back
 * @throws ParleyError where a section cannot be added to, or the case would get an error by it.
 */
export function addEntries(
  files: CaseFiles,
  before: Dossier,
  additions: readonly Addition[],
  beside: ReadonlyMap<string, string> = new Map(),
): ReadonlyMap<string, string> {
  const changed = new Map(beside);
  for (const [section, entries] of additions) {
    if (Object.keys(entries).length === 0) continue;
    const { path, inside } = homeOf(files, section);
    const text = changed.get(path) ?? textOf(files, path);
    changed.set(path, appendEntries(text, inside, entries, files.label(path)));
  }
  verify(files, before, changed, additions);
  return changed;
}

/** Which file holds a section's entries, and under which name; undefined where the whole file is the section. */
function homeOf(files: CaseFiles, section: string): { readonly path: string; readonly inside: string | undefined } {
  const main = rootOf(files, files.main);
  const own = main[section];
  const { include, ...entries } = mapping(own);
  const included = namesIn(include);
  if (included.length > 0 && Object.keys(entries).length === 0)
    return { path: included.at(-1) ?? files.main, inside: undefined };
  if (Object.hasOwn(main, section) && (own !== null || included.length > 0))
    return { path: files.main, inside: section };
  for (const path of namesIn(main["include"]))
    if (Object.hasOwn(rootOf(files, path), section)) return { path, inside: section };
  return { path: files.main, inside: section };
}

function namesIn(value: Raw | undefined): string[] {
  if (typeof value === "string") return [plainPath(value)];
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === "string").map(plainPath) : [];
}

/** A path without `./`; the case was read, so that it is known to be safe. */
function plainPath(path: string): string {
  return path
    .split("/")
    .filter((part) => part !== "." && part !== "")
    .join("/");
}

function textOf(files: CaseFiles, path: string): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(files.read(path));
}

/** The keys of one file of the case, without what it includes. */
function rootOf(files: CaseFiles, path: string): RawMap {
  const value: unknown = parse(new TextDecoder().decode(files.read(path)), {
    version: "1.2",
    uniqueKeys: false,
    maxAliasCount: 1000,
    logLevel: "silent",
  });
  return mapping(value as Raw);
}

function verify(
  files: CaseFiles,
  before: Dossier,
  changed: ReadonlyMap<string, string>,
  additions: readonly (readonly [string, Readonly<Record<string, Entry>>])[],
): void {
  const encoder = new TextEncoder();
  const patched: CaseFiles = {
    main: files.main,
    label: (path) => files.label(path),
    read: (path) => {
      const text = changed.get(path);
      return text === undefined ? files.read(path) : encoder.encode(text);
    },
  };
  const { dossier: after, problems } = readDossier(patched);
  const broken = problems.filter(({ severity }) => severity === "error");
  if (after === undefined || broken.length > 0)
    throw new ParleyError(broken.length > 0 ? broken : [problem("append-failed", undefined)]);
  const expected: Record<string, Raw> = { ...before.raw };
  for (const [section, entries] of additions) {
    if (Object.keys(entries).length === 0) continue;
    expected[section] = { ...mapping(before.raw[section]), ...(entries as RawMap) };
  }
  if (!same(after.raw, expected)) throw ParleyError.of("append-failed", undefined);
  // What was wrong before is the case's own; what is new is ours and stops the writing.
  const known = new Set(checkDossier(before).map(({ code, message }) => `${code} ${message}`));
  const fresh = checkDossier(after).filter(
    ({ code, message, severity }) => severity === "error" && !known.has(`${code} ${message}`),
  );
  if (fresh.length > 0) throw new ParleyError(fresh);
}

/** Whether two values are the same; the order of keys does not count. */
function same(a: Raw | undefined, b: Raw | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((each, index) => same(each as Raw, b[index] as Raw))
    );
  }
  const [left, right] = [a as RawMap, b as RawMap];
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && same(left[key], right[key]))
  );
}
