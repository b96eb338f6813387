import { type Raw, SECTION_OF } from "../../../case/index.ts";
import type { ReferenceKind } from "../../../case/schema/fields.ts";
import { isMapping } from "../../../case/schema/walk.ts";
import { type Frames, valueAt } from "./locate.ts";

export interface Name {
  readonly id: string;
  readonly name: string;
}

/** The entries that a reference may name, by the names that people know; undefined where they cannot be listed. */
export function namesFor(content: Raw | undefined, kind: ReferenceKind, frames: Frames): readonly Name[] | undefined {
  switch (kind) {
    case "party or source":
      return [...entriesAt(content, ["parties"]), ...entriesAt(content, ["sources"])];
    case "decision maker":
      return Object.keys(mappingAt(content, ["graph", "options"])).map((id) => ({ id, name: nameOf(content, id) }));
    case "option":
      return frames.issue === undefined ? undefined : entriesAt(content, ["issues", frames.issue, "options"]);
    case "hypothesis":
      return frames.question === undefined ? undefined : hypotheses(content, frames.question);
    case "graph option":
      return graphOptions(content);
    default: {
      const section = SECTION_OF[kind];
      return section === undefined ? undefined : entriesAt(content, section);
    }
  }
}

/** The name of a party. */
export function nameOf(content: Raw | undefined, party: string): string {
  const name = valueAt(content, ["parties", party, "name"]);
  return typeof name === "string" ? name : party;
}

export const mappingAt = (content: Raw | undefined, path: readonly string[]): Readonly<Record<string, Raw>> => {
  const value = valueAt(content, path);
  return isMapping(value) ? value : {};
};

/** What an entry is called: its name or title, else the beginning of its text, else its key. */
export function calledOf(id: string, entry: Raw | undefined): string {
  if (typeof entry === "string") return entry;
  if (!isMapping(entry)) return id;
  for (const key of ["name", "title", "text", "says", "when"]) {
    const value = entry[key];
    if (typeof value === "string" && value !== "") return value.length > 90 ? `${value.slice(0, 88)} …` : value;
  }
  return id;
}

export function entriesAt(content: Raw | undefined, path: readonly string[]): readonly Name[] {
  return Object.entries(mappingAt(content, path)).map(([id, entry]) => ({ id, name: calledOf(id, entry) }));
}

function hypotheses(content: Raw | undefined, question: string): readonly Name[] {
  const written = valueAt(content, ["questions", question, "hypotheses"]);
  if (isMapping(written)) return Object.entries(written).map(([id, text]) => ({ id, name: String(text) }));
  const list = Array.isArray(written) ? (written as readonly Raw[]).map(String) : ["yes", "no"];
  return list.map((id) => ({ id, name: id }));
}

function graphOptions(content: Raw | undefined): readonly Name[] {
  return Object.entries(mappingAt(content, ["graph", "options"])).flatMap(([owner, own]) =>
    Object.entries(isMapping(own) ? own : {}).map(([id, entry]) => ({
      id: `${owner}.${id}`,
      name: `${nameOf(content, owner)}: ${calledOf(id, entry)}`,
    })),
  );
}
