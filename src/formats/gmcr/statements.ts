import { type Formula, not, ofPattern, or, type Pattern, takes } from "../../stability/index.ts";
import type { GmcrNode } from "./node.ts";

/** A statement as a .gmcr file holds it: one combination of options, or several of which one holds. */
export interface FileStatement {
  readonly patterns: readonly Pattern[];
  /** Whether it is written as several, be it of one. */
  readonly isCompound: boolean;
}

/** How a file's options are numbered: their count, and the position of each after options are grouped by owner. */
export interface Numbering {
  readonly count: number;
  position(option: number): number;
}

/** Reads a combination of options: a list of pairs such as `[2, "Y"]`. @throws ParleyError */
export function readPattern(node: GmcrNode, numbering: Numbering): Pattern {
  const pattern = new Map<number, boolean>();
  for (const item of node.items()) {
    const [option, letter] = item.items();
    if (option === undefined || letter === undefined || item.items().length !== 2) {
      throw item.invalid("condition", `a list of ${item.items().length}`, 'an option\'s number and a letter: [0, "Y"]');
    }
    const file = option.index("option", numbering.count);
    const yes = letter.text();
    if (yes !== "Y" && yes !== "N") throw letter.invalid("condition", yes, "Y or N");
    const position = numbering.position(file);
    if (pattern.has(position) && pattern.get(position) !== (yes === "Y")) {
      throw item.invalid("condition", `option ${file} both Y and N`, "each option once");
    }
    pattern.set(position, yes === "Y");
  }
  return pattern;
}

/** Reads a statement: a combination, or `{"compound": true, "members": [...]}` of several. @throws ParleyError */
export function readStatement(node: GmcrNode, numbering: Numbering): FileStatement {
  if (!node.isMap) return { patterns: [readPattern(node, numbering)], isCompound: false };
  const members = node.get("members").items();
  return { patterns: members.map((member) => readPattern(member, numbering)), isCompound: true };
}

/** The formula of a statement. */
export function formulaOf({ patterns }: FileStatement): Formula {
  const formulas = patterns.map((pattern) => {
    const [only] = pattern;
    if (pattern.size !== 1 || only === undefined) return ofPattern(pattern);
    const [option, taken] = only;
    return taken ? takes(option) : not(takes(option));
  });
  return formulas.length === 1 && formulas[0] !== undefined ? formulas[0] : or(...formulas);
}

/** A combination as text, one of Y, N and - for each option: what GMCR+ tells statements apart by. */
export function patternText(pattern: Pattern, count: number): string {
  return Array.from({ length: count }, (_, option) => {
    const taken = pattern.get(option);
    return taken === undefined ? "-" : taken ? "Y" : "N";
  }).join("");
}

/** What statements are told apart by: equal for two of which GMCR+ keeps the first. */
export function statementKey({ patterns, isCompound }: FileStatement, count: number): string {
  const texts = patterns.map((pattern) => patternText(pattern, count)).sort();
  return isCompound ? `{${texts.join(" ")}}` : texts.join(" ");
}
