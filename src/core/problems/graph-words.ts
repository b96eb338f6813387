import type { Severity } from "./problem.ts";

/** A problem's sentence and hint, made by words.ts. */
type Say<W> = (message: string, hint?: string, severity?: Severity) => W;

/** The words of problems with graph models: states, moves and preferences of decision makers. */
export function graphWords<W>(
  say: Say<W>,
  cut: (value: string | number) => string,
  didYouMean: (near?: string) => string | undefined,
) {
  return {
    "no-feasible-state": () =>
      say(
        "invalid model: no state is feasible, every combination of options is excluded",
        "remove or narrow one of the infeasible patterns",
      ),
    "too-many-options": ({ count, limit }: { count: number; limit: number }) =>
      say(
        `invalid model: ${count} options (expected at most ${limit})`,
        "merge options that are always taken together",
      ),
    "too-many-states": ({ limit }: { limit: number }) =>
      say(
        `invalid model: more than ${limit} feasible states`,
        "add infeasible patterns, or merge options, until the states can be told apart by a reader",
      ),
    "too-many-for": ({ what, count, limit }: { what: string; count: number; limit: number }) =>
      say(`invalid model: ${count} states are too many for ${what} (expected at most ${limit})`),
    "deciders-for": ({ what, count, expected }: { what: string; count: number; expected: string }) =>
      say(`invalid model: ${count} decision makers for ${what} (expected ${expected})`),
    "options-needed": ({ what }: { what: string }) =>
      say(
        `invalid model: ${what} need a model whose moves all come from options`,
        "where moves are given one by one, added or removed, it is open what several of them come to at once",
      ),
    "order-needed": ({ party, what }: { party: string; what: string }) =>
      say(
        `invalid preferences: those of ${cut(party)} are unknown in part or no order, and ${what} need one`,
        "rank the states, or say what is wanted by statements that are all known",
      ),
    "coalition-shape": ({ value, detail }: { value: string; detail: string }) =>
      say(`invalid coalition: ${cut(value)} (${detail})`, "a coalition names one or more decision makers, each once"),
    "view-mismatch": ({ party, detail }: { party: string; detail: string }) =>
      say(
        `invalid view: that of ${cut(party)} ${detail}`,
        "a view has the form of the model, and names decision makers, options and states as the model does",
      ),
    "formula-entangled": ({ value }: { value: string }) =>
      say(`invalid statement: ${cut(value)} comes apart into too many patterns`, "write it as several shorter ones"),
    "formula-syntax": ({ thing, value, detail, near }: FormulaFacts) =>
      say(
        `invalid ${thing}: ${cut(value)} (${detail})`,
        didYouMean(near) ?? "a statement joins options by not, and, or, if and iff: not us.arm if russia.withdraw",
      ),
    "ranking-misses": ({ party, state }: { party: string; state: string }) =>
      say(
        `missing state: the ranking of ${cut(party)} leaves out ${cut(state)}`,
        "a ranking names each feasible state once; states in brackets tie",
      ),
    "ranking-twice": ({ party, state }: { party: string; state: string }) =>
      say(`invalid ranking: ${cut(party)} ranks ${cut(state)} twice`, "a ranking names each feasible state once"),
    "ranking-unknown": ({ party, state, count }: { party: string; state: string; count: number }) =>
      say(
        `unknown state: ${cut(state)} in the ranking of ${cut(party)} (expected 1..${count})`,
        "states are numbered in ascending order of their decimal values, infeasible ones left out",
      ),
    "owned-twice": ({ option, owners }: { option: string; owners: string }) =>
      say(`invalid owner: the option ${cut(option)} belongs to ${cut(owners)}`, "each option has one owner"),
    "unowned-option": ({ option }: { option: string }) =>
      say(`missing owner: the option ${cut(option)} belongs to no decision maker`, "give it to one of them"),
    "too-few-deciders": ({ count }: { count: number }) =>
      say(`invalid model: ${count} decision makers (expected at least 1)`, "name who can do what"),
    "preference-shape": ({ party, detail }: { party: string; detail: string }) =>
      say(`invalid preferences: those of ${cut(party)} ${detail}`),
    "option-ambiguous": ({ option, owners }: { option: string; owners: readonly string[] }) =>
      say(
        `invalid option: ${cut(option)} belongs to ${cut(owners.join(" and "))}`,
        `write ${owners.map((owner) => `${owner}.${option}`).join(" or ")}`,
      ),
    "too-few-options": ({ thing, least }: { thing: string; least: number }) =>
      say(`missing options: an entry of ${thing} names fewer than ${least}`, "name more, or remove the entry"),
    "chances-sum": ({ party, sum }: { party: string; sum: number }) =>
      say(
        `invalid probabilities: those of ${cut(party)}'s alternatives add up to ${Math.round(sum * 1e6) / 1e6} (expected at most 1)`,
        "what is left of 1 stays with its preferences",
      ),
    "swap-without-order": ({ party }: { party: string }) =>
      say(
        `invalid swap: the preferences of ${cut(party)} are no list of statements`,
        "give alternatives with probabilities",
      ),
    "json-syntax": ({ detail }: { detail: string }) =>
      say(`invalid JSON: ${detail}`, "save the file anew from the program that wrote it"),
    "gmcr-shape": ({ detail }: { detail: string }) =>
      say(
        `invalid file: not a conflict in the format of GMCR+ (${detail})`,
        "a .gmcr file is one JSON object with options and decisionMakers",
      ),
    "no-normal-form": ({ detail }: { detail: string }) =>
      say(
        `invalid model: it has no normal form, ${detail}`,
        "a game in normal form has the same free choices for everyone in every state",
      ),
    "situation-ambiguous": ({ situation, count }: { situation: string; count: number }) =>
      say(
        `invalid situation: ${cut(situation)} stands for ${count} feasible states (expected one)`,
        "say yes or no to more of the options",
      ),
    "situation-infeasible": ({ situation }: { situation: string }) =>
      say(
        `invalid situation: ${cut(situation)} is not feasible`,
        "change what it says of an option, or remove the infeasible pattern that excludes it",
      ),
  };
}

export interface FormulaFacts {
  readonly thing: string;
  readonly value: string;
  readonly detail: string;
  readonly near?: string | undefined;
}
