import { PARAMETERS } from "../../../dynamics/index.ts";
import { FIELD_WORDS, type FieldWords } from "../../words/fields.ts";
import { formWords as words } from "../../words/form.ts";
import type { Field } from "./shape.ts";

/** The words for a field: those of the longest end of its path that has some. */
export function wordsOf(pattern: readonly string[]): FieldWords | undefined {
  for (let from = 0; from < pattern.length; from += 1) {
    const found = FIELD_WORDS[pattern.slice(from).join(".")];
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The label of a field; a key that has no words is taken apart into its own. */
export function labelOf(pattern: readonly string[]): string {
  const last = pattern.at(-1) ?? "";
  if (last === "*") return "";
  return wordsOf(pattern)?.label ?? sentence(last);
}

const sentence = (key: string): string => {
  const apart = key.replaceAll(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
  return apart.charAt(0).toUpperCase() + apart.slice(1);
};

export interface HelpLine {
  readonly term: string | undefined;
  readonly text: string;
}

/** What a field means: in plain words, as the schema says it, and what the simulation knows of its parameter. */
export function helpOf(pattern: readonly string[], { says, expected }: Field): readonly HelpLine[] {
  const own = pattern.at(-1) === "*" ? FIELD_WORDS[pattern.join(".")] : wordsOf(pattern);
  const parameter = parameterAt(pattern);
  const lines: HelpLine[] = [];
  const add = (text: string | undefined, term?: string) => {
    if (text !== undefined && text !== "") lines.push({ term, text });
  };
  add(own?.help);
  if (parameter !== undefined) {
    add(capital(parameter.meaning.replaceAll(/\b[AB]'s\b/g, "the side's").replaceAll(/\b[AB]\b(?=:)/g, "the side")));
    add(parameter.unit === "-" ? undefined : parameter.unit, words.unit);
    add(String(parameter.default), words.usual);
    add(`${parameter.low} … ${parameter.high}`, words.plausible);
    add(parameter.elicit, words.elicit);
  }
  if (says !== own?.help) add(says);
  add(expected === undefined ? undefined : words.expected(expected));
  add(own?.example, words.example);
  return lines;
}

/** The parameter of the simulation that a path of the section `war` gives. */
function parameterAt(pattern: readonly string[]) {
  if (pattern[0] !== "war") return undefined;
  const path = (pattern.at(-1) === "value" ? pattern.slice(0, -1) : pattern).join(".");
  return (
    PARAMETERS.find((each) => each.path === path) ??
    PARAMETERS.find((each) => each.path.replace(/\.\{[ab]\}$/, "") === path.replace(/\.\*$/, ""))
  );
}

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
