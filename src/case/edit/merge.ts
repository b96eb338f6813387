import { Lexer } from "yaml";
import type { Problem } from "../../core/problems/index.ts";
import { ParleyError } from "../../core/problems/index.ts";
import type { Content } from "../parse/dossier.ts";
import { readContent } from "../parse/dossier.ts";
import type { CaseFiles } from "../parse/files.ts";
import type { Raw, RawMap } from "../parse/yaml.ts";
import { isMapping } from "../schema/walk.ts";
import { applyEdits, overlaid } from "./apply.ts";
import { editsBetween, editsLeft } from "./between.ts";
import { conflictsOf } from "./conflicts.ts";
import { same } from "./data.ts";
import type { Edit } from "./edits.ts";

/** What came of a merge: texts that changed, or what both changed; neither where it cannot be told by fields. */
export type Merged =
  | {
      readonly kind: "merged";
      readonly files: ReadonlyMap<string, string>;
      readonly inverse: readonly Edit[];
      /** Comments of the text that the newer one does not have. */
      readonly comments: readonly string[];
    }
  | { readonly kind: "conflict"; readonly problems: readonly Problem[] }
  | { readonly kind: "stale" };

/**
 * Brings a text that was written for one state of a case into a newer one, field by field.
 *
 * The edits between the file's former text and the text are made on the newer case where they touch nothing that
 * changed there. Comments and layout are those of the newer case. Nothing is merged (`stale`) where a text cannot be
 * read or edited, where it changes which files the case has, and where it changes nothing but comments and layout.
 *
 * @param base - the case with the file as its editor had it.
 * @param head - the case as it is now.
 * @param name - the file.
 * @param text - what its editor made of it.
 */
export function mergeText(base: CaseFiles, head: CaseFiles, name: string, text: string): Merged {
  const before = faultless(base);
  const after = faultless(overlaid(base, new Map([[name, text]])));
  const now = faultless(head);
  if (before === undefined || after === undefined || now === undefined) return { kind: "stale" };
  if (!same(includesOf(before), includesOf(after))) return { kind: "stale" };
  const label = base.label(name);
  const holds = (path: readonly string[]): boolean => after.places.place(path, "key").file === label;
  const meant = editsBetween(before.raw, after.raw, { file: name, holds });
  if (meant.length === 0) return { kind: "stale" };
  const edits = editsLeft(now.raw, meant);
  const problems = conflictsOf(head, edits);
  if (problems.length > 0) return { kind: "conflict", problems };
  const edited = applyEdits(head, edits);
  if (!edited.ok) return { kind: "stale" };
  const kept = edited.files.get(name) ?? textOf(head, name);
  const comments = beyond(commentsOf(text), [...commentsOf(textOf(base, name)), ...commentsOf(kept)]);
  return { kind: "merged", files: edited.files, inverse: edited.inverse, comments };
}

/** What a case's files hold; undefined where one of them cannot be read without error. */
function faultless(files: CaseFiles): Content | undefined {
  const { content, problems } = readContent(files);
  return problems.some(({ severity }) => severity === "error") ? undefined : content;
}

/** What a case's main file includes, at the top and in each section. */
function includesOf({ main }: Content): Raw {
  const own = main.value as RawMap;
  const sections = Object.entries(own).flatMap(([key, value]): [string, Raw][] => {
    if (key === "include") return [["", value]];
    return isMapping(value) && value["include"] !== undefined ? [[key, value["include"]]] : [];
  });
  return Object.fromEntries(sections);
}

function textOf(files: CaseFiles, name: string): string {
  try {
    return new TextDecoder().decode(files.read(name));
  } catch (error) {
    if (error instanceof ParleyError) return "";
    throw error;
  }
}

/** The lexer's mark before a scalar, whose text may begin like a comment. */
const SCALAR = "\u001f";

function commentsOf(text: string): string[] {
  let former = "";
  const comments: string[] = [];
  for (const token of new Lexer().lex(text)) {
    if (former !== SCALAR && token.startsWith("#")) comments.push(token.trim());
    former = token;
  }
  return comments;
}

/** What a list has more of than another. */
function beyond(list: readonly string[], others: readonly string[]): readonly string[] {
  const known = new Set(others);
  return [...new Set(list)].filter((each) => !known.has(each));
}
