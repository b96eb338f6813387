import type { Edit } from "../case/index.ts";
import { applyEdits, conflictsOf, filesInMemory, overlaid, readContent, safePath } from "../case/index.ts";
import { templateText } from "../case/templates.ts";
import type { Problem } from "../core/problems/index.ts";
import { ParleyError, problem } from "../core/problems/index.ts";
import type { CaseRequest } from "./requests.ts";
import type { CaseText, Snapshot, Snapshots } from "./snapshot.ts";
import { filesOf, isYaml } from "./snapshot.ts";
import type { CaseStore, StoredCase } from "./store.ts";

/** What came of a change: the case after it, or why there was none with the case as it is now. */
export type Outcome =
  | { readonly ok: true; readonly now: Snapshot; readonly inverse: readonly Edit[]; readonly merged: boolean }
  | { readonly ok: false; readonly problems: readonly Problem[]; readonly now?: Snapshot };

/** How often edits are made anew on a case that changes under them. */
const TRIES = 3;

/**
 * Makes edits that were meant for one state of a case on the state that it is in.
 *
 * Where somebody else changed the case meanwhile, they are made if what they touch is still what their editor saw;
 * else nothing is written.
 */
export function makeEdits(
  store: CaseStore,
  snapshots: Snapshots,
  stored: StoredCase,
  base: string,
  edits: readonly Edit[],
): Outcome {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const before = snapshots.of(stored);
    const files = filesOf(before, stored);
    const merged = before.hash !== base;
    const conflicts = merged ? conflictsOf(files, edits) : [];
    if (conflicts.length > 0) return { ok: false, problems: conflicts, now: before };
    const edited = applyEdits(files, edits);
    if (!edited.ok) {
      // On another state than was meant the reason is that state; its files come with it.
      return { ok: false, problems: edited.problems, ...(merged ? { now: before } : {}) };
    }
    const texts = new Map(before.files.map(({ name, text }) => [name, text]));
    const faults = edited.files.size > 0 ? written(store, stored.id, edited.files, texts) : [];
    if (faults[0]?.code === "edit-stale") continue;
    if (faults.length > 0) return { ok: false, problems: faults, now: snapshots.of(stored) };
    return { ok: true, now: snapshots.of(stored), inverse: edited.inverse, merged };
  }
  return { ok: false, problems: [problem("edit-stale", undefined)], now: snapshots.of(stored) };
}

/**
 * Saves the whole text of a YAML file of a case, where it is still the one that was edited.
 *
 * A text that is no YAML is saved as a draft alone.
 */
export function saveText(
  store: CaseStore,
  snapshots: Snapshots,
  stored: StoredCase,
  name: string,
  { base, text, draft }: { base: string | null; text: string; draft?: boolean | undefined },
): Outcome {
  const before = snapshots.of(stored);
  const file = before.files.find((each) => each.name === name);
  const isNamed = file !== undefined || belongs(before, stored, name);
  if (!isYaml(name) || !isNamed) return { ok: false, problems: [problem("file-not-in-case", { name })] };
  if (file === undefined && base !== null) {
    return { ok: false, problems: [problem("file-gone", { name })], now: before };
  }
  if (file !== undefined && file.hash !== base) {
    return { ok: false, problems: [problem("edit-stale", undefined)], now: before };
  }
  const faults = faultsOf(text, stored.files.label(name));
  if (draft !== true && faults.length > 0) return { ok: false, problems: faults };
  const refused = written(store, stored.id, new Map([[name, text]]), new Map([[name, file?.text]]));
  if (refused.length > 0) return { ok: false, problems: refused, now: snapshots.of(stored) };
  return { ok: true, now: snapshots.of(stored), inverse: [], merged: false };
}

/** Writes texts; the problems where that was refused. */
function written(store: CaseStore, ...given: Parameters<CaseStore["write"]>): readonly Problem[] {
  try {
    store.write(...given);
    return [];
  } catch (error) {
    if (error instanceof ParleyError) return error.problems;
    throw error;
  }
}

/** Whether the case names a file that is not there: its main file, or one that it includes. */
function belongs(before: Snapshot, stored: StoredCase, name: string): boolean {
  if (name === stored.files.main) return true;
  const { content } = readContent(filesOf(before, stored));
  return [...(content?.inside.values() ?? [])].includes(name);
}

/** What keeps a text from being read as YAML with keys. */
function faultsOf(text: string, label: string): readonly Problem[] {
  const { problems } = readContent(filesInMemory({ [label]: text }, label));
  // What it includes is looked for elsewhere.
  const others = new Set(["include-missing", "path-outside-folder", "include-twice"]);
  return problems.filter(({ severity, code }) => severity === "error" && !others.has(code));
}

/** Makes a new case: from a template, as a copy of one that is there, or of given files. */
export function makeCase(store: CaseStore, snapshots: Snapshots, request: CaseRequest): StoredCase {
  const source = "from" in request ? store.get(request.from) : undefined;
  const texts = textsOfRequest(request, source && { main: source.files.main, files: snapshots.of(source).files });
  const taken = new Set(store.list().map(({ id }) => id));
  return store.create(nameFor(request, texts, taken), texts);
}

/**
 * What a new case is called: as was asked, else by its title, under the first such name that is free.
 *
 * @throws ParleyError where the texts are no case.
 */
export function nameFor(request: CaseRequest, texts: ReadonlyMap<string, string>, taken: ReadonlySet<string>): string {
  const { content, problems } = readContent(filesInMemory(Object.fromEntries(texts)));
  const errors = problems.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new ParleyError(errors);
  const title = content?.raw["title"];
  return request.name ?? unused(slug(typeof title === "string" ? title : "case"), taken);
}

/**
 * The texts of a new case, its main file as `case.yaml`.
 *
 * @param source - the case that the request names with `from`; undefined where there is none.
 * @throws ParleyError where a file's name leaves the case, there is no main file, or the source is not there.
 */
export function textsOfRequest(
  request: CaseRequest,
  source: { readonly main: string; readonly files: readonly CaseText[] } | undefined,
): ReadonlyMap<string, string> {
  if ("template" in request) {
    return new Map([["case.yaml", templateText(request.template, request.title, request.asOf)]]);
  }
  if ("files" in request) {
    const texts = new Map(Object.entries(request.files));
    for (const name of texts.keys()) {
      const isPlain = safePath(name) === name && !/(^|\/)\./.test(name) && /\.(ya?ml|csv|md|txt)$/i.test(name);
      if (!isPlain) throw ParleyError.of("path-outside-folder", { path: name });
    }
    if (!texts.has("case.yaml")) throw ParleyError.of("case-file-missing", { path: "files" });
    return texts;
  }
  if (source === undefined) throw ParleyError.of("case-unknown", { id: request.from });
  const { main } = source;
  const texts = new Map(source.files.map(({ name, text }) => [name === main ? "case.yaml" : name, text]));
  if (request.title === undefined) return texts;
  const files = overlaid(filesInMemory(Object.fromEntries(texts)), texts);
  const edited = applyEdits(files, [{ set: "title", value: request.title }]);
  if (!edited.ok) throw new ParleyError(edited.problems);
  return new Map([...texts, ...edited.files]);
}

function slug(title: string): string {
  const plain = title
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, 60)
    .replaceAll(/^-+|-+$/g, "");
  return plain === "" ? "case" : plain;
}

function unused(name: string, taken: ReadonlySet<string>): string {
  for (let count = 1; ; count += 1) {
    const tried = count === 1 ? name : `${name}-${count}`;
    if (!taken.has(tried)) return tried;
  }
}
