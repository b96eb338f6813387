import type { Problem } from "../../core/problems/index.ts";
import type { Domain } from "../../terms/index.ts";

/** A file as text: its name says its kind and, in some formats, whose it is. */
export interface SourceFile {
  readonly name: string;
  readonly text: string;
}

/** What was read: a domain unless there is an error among the problems. */
export interface ReadDomain {
  readonly domain?: Domain;
  readonly problems: readonly Problem[];
  /** What the format says that the domain cannot hold, or holds otherwise: a sentence each. */
  readonly notes: readonly string[];
}

/** What was written, and what the format could not carry: a sentence each. */
export interface WrittenDomain {
  readonly files: readonly SourceFile[];
  readonly lost: readonly string[];
}

/** Files in alphabetical order of their names, by code unit, as the formats load them. */
export function alphabetical(files: readonly SourceFile[]): SourceFile[] {
  return files.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** The name of a file without folders and ending. */
export function stem(name: string): string {
  return (name.split(/[\\/]/).at(-1) ?? name).replace(/\.[^.]*$/, "");
}

/** A file name made of any text. */
export function fileName(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}_-]+/gu, "_").replace(/^[_.]+/, "") || "party";
}
