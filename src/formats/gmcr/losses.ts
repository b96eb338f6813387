import type { Formula, Pattern, Preferences, Statement } from "../../stability/index.ts";
import { patternsOf } from "../../stability/index.ts";

/** Preferences as the format can hold them. */
export interface PreferenceLosses {
  /** The combinations of each statement; undefined where only a ranking can say what is preferred. */
  readonly patterns: readonly (readonly Pattern[])[] | undefined;
  /** What is lost: the end of a sentence each. */
  readonly lost: readonly string[];
}

/** What of a decision maker's preferences a .gmcr file can hold, and what not. */
export function preferenceLosses(preferences: Preferences): PreferenceLosses {
  switch (preferences.kind) {
    case "statements":
      return ofStatements(preferences.statements);
    case "weights":
      return { patterns: undefined, lost: ["the weights of its options; the ranking that they give is written."] };
    case "payoffs":
      return { patterns: undefined, lost: ["its payoffs as numbers; the ranking that they give is written."] };
    case "ranking":
      return { patterns: undefined, lost: [] };
    case "relation":
      return { patterns: undefined, lost: relationLosses(preferences.relation) };
  }
}

function relationLosses(relation: readonly (readonly string[])[]): string[] {
  const lost = ["its comparisons state by state; they become a ranking, by how many states each is preferred to."];
  const any = (test: (cell: string) => boolean) => relation.some((row) => row.some(test));
  if (any((cell) => cell === "U")) lost.push("that some of its preferences are not known.");
  if (any((cell) => cell.length > 1)) lost.push("by how much it prefers a state.");
  return lost;
}

function ofStatements(statements: readonly Statement[]): PreferenceLosses {
  const lost: string[] = [];
  const count = (test: (statement: Statement) => boolean) => statements.filter(test).length;
  const unknown = count((each) => each.unknown === true);
  const known = statements.filter((each) => each.unknown !== true);
  if (unknown > 0) {
    lost.push(`${unknown} of its statements, of which it is not known how it stands to them; they are left out.`);
  }
  if (count(({ degree = 1 }) => degree !== 1) > 0) lost.push("by how much it prefers a state.");
  const patterns = known.map(({ formula }) => patternsOf(formula));
  const written = patterns.filter((each) => each !== undefined);
  if (written.length < patterns.length) {
    lost.push(
      "its statements, of which one comes apart into too many combinations; the ranking that they give is written.",
    );
    return { patterns: undefined, lost };
  }
  const reworded = known.filter(({ formula }) => !isPlain(formula)).length;
  if (reworded > 0) lost.push(`the wording of ${reworded} of its statements, which become combinations of options.`);
  const parting = written.filter((each) => each.length > 0 && each.every(({ size }) => size > 0));
  if (parting.length < written.length) {
    lost.push(
      `${written.length - parting.length} of its statements, which hold always or never and so part no states.`,
    );
  }
  return { patterns: parting, lost };
}

/** Whether a formula is a combination of options taken or not, or several by `or`: what the format has. */
export function isPlain(formula: Formula): boolean {
  return formula.kind === "or" ? formula.of.every(isCombination) : isCombination(formula);
}

function isCombination(formula: Formula): boolean {
  return formula.kind === "and" ? formula.of.every(isLiteral) : isLiteral(formula);
}

const isLiteral = (formula: Formula): boolean =>
  formula.kind === "option" || (formula.kind === "not" && formula.of.kind === "option");
