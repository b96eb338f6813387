import type { Content, Edit, Raw } from "../../case/index.ts";
import { applyEdits, applySets, caseJsonSchema, conflictsOf, filesInMemory, readContent } from "../../case/index.ts";
import type { Problem } from "../../core/problems/index.ts";
import type { Applied, Draft, EditorCalls, Opened, PlacedProblem } from "./editor-protocol.ts";
import { problemsOf } from "./problems.ts";
import type { PackedFiles } from "./protocol.ts";

/** What holds a case while it is edited. It runs in a worker, so that typing never waits for it. */
export type Editor = { readonly [C in keyof EditorCalls]: (given: EditorCalls[C]["given"]) => EditorCalls[C]["back"] };

export function makeEditor(): Editor {
  let held: PackedFiles = { main: "case.yaml", files: {} };
  const contentOf = ({ main, files }: PackedFiles) => readContent(filesInMemory(files, main));

  const open = (packed: PackedFiles): Opened => {
    held = packed;
    const { content, problems } = contentOf(packed);
    return content === undefined ? { ok: false, problems } : { ok: true, content: content.raw };
  };

  const made = (edits: readonly Edit[]) => {
    const edited = applyEdits(filesInMemory(held.files, held.main), edits);
    if (!edited.ok) return edited;
    return { ...edited, packed: { main: held.main, files: { ...held.files, ...Object.fromEntries(edited.files) } } };
  };

  const apply = (edits: readonly Edit[]): Applied => {
    const edited = made(edits);
    if (!edited.ok) return edited;
    const { content } = contentOf(edited.packed);
    if (content === undefined) return { ok: false, problems: [] };
    held = edited.packed;
    return { ok: true, packed: held, content: content.raw, inverse: edited.inverse };
  };

  let known: ReadonlySet<string> = new Set();
  let knownOf: PackedFiles | undefined;
  const tryOut = (edits: readonly Edit[]): readonly PlacedProblem[] => {
    const edited = made(edits);
    if (!edited.ok) return edited.problems.map((each) => ({ ...each, path: undefined }));
    if (knownOf !== held) {
      known = new Set(problemsOf(held).problems.map(wordsOf));
      knownOf = held;
    }
    return placed(edited.packed, problemsOf(edited.packed).problems).filter((each) => !known.has(wordsOf(each)));
  };

  const check = (draft: Draft | undefined): readonly PlacedProblem[] => {
    const packed = draft === undefined ? held : { main: held.main, files: { ...held.files, [draft.file]: draft.text } };
    return placed(packed, problemsOf(packed).problems);
  };

  const placed = (packed: PackedFiles, problems: readonly Problem[]): readonly PlacedProblem[] => {
    if (problems.length === 0) return [];
    const { content } = contentOf(packed);
    const places = content === undefined ? [] : placesOf(content);
    return problems.map((each) => ({ ...each, path: nearestPath(places, each.file, each.line) }));
  };

  return {
    open,
    apply,
    tryOut,
    check,
    schema: () => caseJsonSchema(),
    conflicts: ({ packed, edits }) => conflictsOf(filesInMemory(packed.files, packed.main), edits),
    pathAt({ file, line }) {
      const { content } = contentOf(held);
      return content === undefined ? undefined : nearestPath(placesOf(content), file, line);
    },
    readSets(sets) {
      const { content } = contentOf(held);
      return content === undefined ? [] : applySets(content, sets).changes.map(({ path, value }) => ({ path, value }));
    },
    placeOf(path) {
      const { content } = contentOf(held);
      if (content === undefined) return undefined;
      const { file, line } = content.places.place(path.split("."), "key");
      return `${content.inside.get(file) ?? file}:${line}`;
    },
  };
}

/** A problem without its place: an edit above it moves its line. */
const wordsOf = ({ code, message, severity }: Problem): string => `${severity} ${code} ${message}`;

interface PathPlace {
  readonly path: string;
  readonly file: string;
  readonly line: number;
}

/** Where each part of a case stands, in the order of the case. */
function placesOf({ raw, places }: Content): readonly PathPlace[] {
  const found: PathPlace[] = [];
  const walk = (value: Raw, path: readonly string[]): void => {
    if (path.length > 0) {
      const { file, line } = places.place(path, "key");
      found.push({ path: path.join("."), file, line });
    }
    if (typeof value !== "object" || value === null) return;
    for (const [key, each] of Object.entries(value)) walk(each as Raw, [...path, key]);
  };
  walk(raw, []);
  return found;
}

/** The part that begins last at or before a line: the deepest of those that stand on it. */
function nearestPath(places: readonly PathPlace[], file: string, line: number): string | undefined {
  let best: PathPlace | undefined;
  for (const each of places) {
    if (each.file !== file || each.line > line) continue;
    if (best === undefined || each.line > best.line) best = each;
  }
  return best?.path;
}
