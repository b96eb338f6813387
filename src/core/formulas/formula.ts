/** A logical statement about options: true or false in each state. Options are named by their position, from 0. */
export type Formula =
  | { readonly kind: "option"; readonly option: number }
  | { readonly kind: "not"; readonly of: Formula }
  | { readonly kind: "and" | "or"; readonly of: readonly Formula[] }
  /** `consequence` if `condition`: true where the condition is false. */
  | { readonly kind: "if"; readonly consequence: Formula; readonly condition: Formula }
  | { readonly kind: "iff"; readonly of: readonly [Formula, Formula] };

/** A conjunction of options taken (true) or not taken (false): the pattern of a set of states. */
export type Pattern = ReadonlyMap<number, boolean>;

/** The formula that an option is taken. */
export const takes = (option: number): Formula => ({ kind: "option", option });
export const not = (of: Formula): Formula => ({ kind: "not", of });
export const and = (...of: readonly Formula[]): Formula => ({ kind: "and", of });
export const or = (...of: readonly Formula[]): Formula => ({ kind: "or", of });

/** The formula of a pattern; that of an empty one holds everywhere. */
export function ofPattern(pattern: Iterable<readonly [option: number, taken: boolean]>): Formula {
  return and(...Array.from(pattern, ([option, taken]) => (taken ? takes(option) : not(takes(option)))));
}

/** Options that may not be taken together: as many formulas as there are pairs. */
export function mutuallyExclusive(of: readonly Formula[]): Formula[] {
  return of.flatMap((first, i) => of.slice(i + 1).map((second) => and(first, second)));
}

/** The formula that forbids states in which none of these holds. */
export const noneOf = (of: readonly Formula[]): Formula => and(...of.map(not));

/** Whether a formula holds, by what is known of each option: 1 taken, 0 not taken. */
export function holds(formula: Formula, taken: (option: number) => boolean): boolean {
  switch (formula.kind) {
    case "option":
      return taken(formula.option);
    case "not":
      return !holds(formula.of, taken);
    case "and":
      return formula.of.every((part) => holds(part, taken));
    case "or":
      return formula.of.some((part) => holds(part, taken));
    case "if":
      return !holds(formula.condition, taken) || holds(formula.consequence, taken);
    case "iff":
      return holds(formula.of[0], taken) === holds(formula.of[1], taken);
  }
}

/** Positions of the options that a formula speaks of, ascending. */
export function optionsOf(formula: Formula): number[] {
  const found = new Set<number>();
  const walk = (part: Formula): void => {
    switch (part.kind) {
      case "option":
        found.add(part.option);
        return;
      case "not":
        walk(part.of);
        return;
      case "if":
        walk(part.condition);
        walk(part.consequence);
        return;
      default:
        for (const each of part.of) walk(each);
    }
  };
  walk(formula);
  return [...found].sort((a, b) => a - b);
}

/** Most patterns that a formula is taken apart into. */
export const MOST_PATTERNS = 20_000;

/**
 * The patterns one of which holds wherever the formula does (its disjunctive normal form), none within another.
 *
 * Undefined where there are more than {@link MOST_PATTERNS}.
 */
export function patternsOf(formula: Formula): Pattern[] | undefined {
  return normal(formula, true);
}

function normal(formula: Formula, positive: boolean): Pattern[] | undefined {
  switch (formula.kind) {
    case "option":
      return [new Map([[formula.option, positive]])];
    case "not":
      return normal(formula.of, !positive);
    case "and":
    case "or":
      return (formula.kind === "and") === positive
        ? product(formula.of.map((part) => normal(part, positive)))
        : union(formula.of.map((part) => normal(part, positive)));
    case "if": {
      const { consequence, condition } = formula;
      return positive
        ? union([normal(condition, false), normal(consequence, true)])
        : product([normal(condition, true), normal(consequence, false)]);
    }
    case "iff": {
      const [a, b] = formula.of;
      return union([
        product([normal(a, true), normal(b, positive)]),
        product([normal(a, false), normal(b, !positive)]),
      ]);
    }
  }
}

function union(parts: readonly (Pattern[] | undefined)[]): Pattern[] | undefined {
  const all: Pattern[] = [];
  for (const part of parts) {
    if (part === undefined) return undefined;
    all.push(...part);
    if (all.length > MOST_PATTERNS) return undefined;
  }
  return absorb(all);
}

function product(parts: readonly (Pattern[] | undefined)[]): Pattern[] | undefined {
  let all: Pattern[] = [new Map()];
  for (const part of parts) {
    if (part === undefined) return undefined;
    const next: Pattern[] = [];
    for (const left of all) {
      for (const right of part) {
        const joined = join(left, right);
        if (joined !== undefined) next.push(joined);
        if (next.length > MOST_PATTERNS) return undefined;
      }
    }
    all = absorb(next);
  }
  return all;
}

/** Both patterns at once; undefined where they exclude each other. */
function join(left: Pattern, right: Pattern): Pattern | undefined {
  const joined = new Map(left);
  for (const [option, taken] of right) {
    const known = joined.get(option);
    if (known !== undefined && known !== taken) return undefined;
    joined.set(option, taken);
  }
  return joined;
}

/** Patterns above which absorption, which compares pair by pair, costs more than it saves. */
const MOST_ABSORBED = 500;

/** Drops patterns that another one contains. */
function absorb(patterns: Pattern[]): Pattern[] {
  if (patterns.length > MOST_ABSORBED) return patterns;
  const kept: Pattern[] = [];
  for (const pattern of patterns.toSorted((a, b) => a.size - b.size)) {
    const within = kept.some((other) => [...other].every(([option, taken]) => pattern.get(option) === taken));
    if (!within) kept.push(pattern);
  }
  return kept;
}

/**
 * A formula in the notation that {@link parseFormula} reads, by the names of its options.
 *
 * @example
 * formulaText(not(takes(0)), (o) => ["russia.attack"][o]!); // "not russia.attack"
 */
export function formulaText(formula: Formula, name: (option: number) => string): string {
  const LEVEL = { iff: 0, if: 1, or: 2, and: 3, not: 4, option: 5 };
  const within = (part: Formula, least: number): string => {
    const text = formulaText(part, name);
    const level = (part.kind === "and" || part.kind === "or") && part.of.length === 1 ? 0 : LEVEL[part.kind];
    return level < least ? `(${text})` : text;
  };
  switch (formula.kind) {
    case "option":
      return name(formula.option);
    case "not":
      return `not ${within(formula.of, LEVEL.not)}`;
    case "and":
    case "or": {
      if (formula.of.length === 0) return formula.kind === "and" ? "any state" : "no state";
      const least = LEVEL[formula.kind] + 1;
      return formula.of.map((part) => within(part, formula.of.length === 1 ? 0 : least)).join(` ${formula.kind} `);
    }
    case "if":
      return `${within(formula.consequence, LEVEL.or)} if ${within(formula.condition, LEVEL.or)}`;
    case "iff":
      return formula.of.map((part) => within(part, LEVEL.if)).join(" iff ");
  }
}
