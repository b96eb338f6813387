import {
  compileModel,
  type DecisionMaker,
  type Direction,
  type Formula,
  type Model,
  type OptionForm,
  type Pattern,
  patternsOf,
} from "../../stability/index.ts";
import { layout } from "./layout.ts";
import { isPlain, type PreferenceLosses, preferenceLosses } from "./losses.ts";
import { patternText } from "./statements.ts";

/** What was written, and what the format could not carry: a sentence each. */
export interface WrittenConflict {
  readonly text: string;
  readonly losses: readonly string[];
}

export interface WriteGmcrOptions {
  /** Decision makers that act together, by position; each is on its own unless given. */
  readonly coalitions?: readonly (readonly number[])[] | undefined;
}

const DIRECTIONS: Readonly<Record<Direction, string>> = { both: "both", forward: "fwd", back: "back" };

/**
 * Writes a conflict as a file of GMCR+.
 *
 * Statements become combinations of options one of which holds. The format has statements for all or rankings for all: where
 * a decision maker has preferences of another kind, the states are ranked for everyone, and statements stand beside. What was
 * written reads back with the same states and ranks, and, but for moves that were removed or added, the same moves.
 *
 * @throws ParleyError where the conflict does not compile
 *
 * @example
 * const { text, losses } = writeGmcr(conflict);
 */
export function writeGmcr(conflict: OptionForm, { coalitions }: WriteGmcrOptions = {}): WrittenConflict {
  const model = compileModel(conflict);
  const losses: string[] = [];
  const written = conflict.decisionMakers.map(({ preferences }) => preferenceLosses(preferences));
  const isRanked = written.some(({ patterns }) => patterns === undefined);
  const infeasible = patternsIn(conflict.infeasible ?? [], "states that cannot be", losses);
  const makers = conflict.decisionMakers.map((each, i) => makerOf(each, i, model, written, isRanked, losses));
  const body = {
    program: "parley",
    options: conflict.decisionMakers.flatMap(({ options }) =>
      options.map(({ name, direction = "both" }) => ({ name, permittedDirection: DIRECTIONS[direction] })),
    ),
    decisionMakers: makers,
    infeasibles: infeasible.map(pairsOf),
    useManualPreferenceRanking: isRanked,
    ...(coalitions === undefined
      ? {}
      : { coalitions: coalitions.map((group) => (group.length === 1 ? group[0] : group)) }),
  };
  return { text: `${layout(body)}\n`, losses };
}

function makerOf(
  maker: DecisionMaker,
  position: number,
  model: Model,
  written: readonly PreferenceLosses[],
  isRanked: boolean,
  losses: string[],
): object {
  const { name, removed = [], added = [], misperceives = [] } = maker;
  const { patterns, lost } = written[position] ?? { patterns: undefined, lost: [] };
  losses.push(...lost.map((sentence) => `${name}: ${sentence}`));
  if (isRanked && patterns !== undefined && patterns.length > 0) {
    losses.push(
      `${name}: that its statements count; the file ranks states for all, so the ranking that they give counts.`,
    );
  }
  if (removed.length > 0) losses.push(`${name}: moves that it cannot make (${counted(removed.length, "rule")}).`);
  if (added.length > 0) losses.push(`${name}: moves beyond its options (${counted(added.length, "rule")}).`);
  const unseen = patternsIn(misperceives, `${name}: states that it does not see`, losses);
  return {
    name,
    options: model.options.flatMap(({ owner }, option) => (owner === position ? [option] : [])),
    preferences: statementsOf(patterns ?? [], model.options.length),
    ...(isRanked ? { preferenceRanking: rankingOf(model.preferences[position]?.ranks ?? new Int32Array(0)) } : {}),
    ...(unseen.length > 0 ? { misperceptions: unseen.map(pairsOf) } : {}),
  };
}

/** The combinations of several formulas, each once. */
function patternsIn(formulas: readonly Formula[], thing: string, losses: string[]): Pattern[] {
  const found = new Map<string, Pattern>();
  for (const formula of formulas) {
    const patterns = patternsOf(formula);
    if (patterns === undefined)
      losses.push(`${thing}: one rule of them, which comes apart into too many combinations.`);
    for (const pattern of patterns ?? []) found.set(JSON.stringify(pairsOf(pattern)), pattern);
  }
  if (!formulas.every(isPlain))
    losses.push(`${thing}: the rules, which become the combinations of options they exclude.`);
  return [...found.values()];
}

/** Statements as the format has them; one that is there already would be dropped on reading. */
function statementsOf(statements: readonly (readonly Pattern[])[], count: number): object[] {
  const seen = new Set<string>();
  return statements.flatMap((patterns) => {
    const key = patterns
      .map((pattern) => patternText(pattern, count))
      .sort()
      .join(" ");
    if (seen.has(key)) return [];
    seen.add(key);
    const members = patterns.map(pairsOf);
    const statement = members.length === 1 ? members[0] : { compound: true, members };
    return statement === undefined ? [] : [statement];
  });
}

function pairsOf(pattern: Pattern): [option: number, letter: "Y" | "N"][] {
  return [...pattern].sort(([a], [b]) => a - b).map(([option, taken]) => [option, taken ? "Y" : "N"]);
}

/** States by number from 1, best first; those of one rank in a list. */
function rankingOf(ranks: Int32Array): (number | number[])[] {
  const groups: number[][] = [];
  for (const [state, rank] of ranks.entries()) {
    const group = groups[rank - 1] ?? [];
    group.push(state + 1);
    groups[rank - 1] = group;
  }
  return groups.reverse().map((group) => (group.length === 1 ? (group[0] ?? 0) : group));
}

const counted = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? "" : "s"}`;
