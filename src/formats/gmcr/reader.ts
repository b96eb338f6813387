import { nearest, ParleyError, type Problem, problem } from "../../core/problems/index.ts";
import {
  type ConflictOption,
  codeOf,
  compileModel,
  type DecisionMaker,
  type Direction,
  type Formula,
  type Model,
  type OptionForm,
  type Preferences,
} from "../../stability/index.ts";
import { attempt } from "../attempt.ts";
import { type SourceFile, stem } from "../negotiation/files.ts";
import { readCoalitions } from "./coalitions.ts";
import { type GmcrNode, readNode } from "./node.ts";
import { notesOnKeys, payoffsDiffer } from "./notes.ts";
import { type Owner, readOwners } from "./owners.ts";
import { readRanking } from "./ranking.ts";
import { type FileStatement, formulaOf, type Numbering, readStatement, statementKey } from "./statements.ts";

/** What was read: a conflict unless there is an error among the problems; it compiles. */
export interface ReadConflict {
  readonly conflict?: OptionForm;
  readonly problems: readonly Problem[];
  /** What the file says that the conflict cannot hold, or holds otherwise: a sentence each. */
  readonly notes: readonly string[];
  /** Decision makers that act together, by position; undefined where each is on its own. */
  readonly coalitions?: readonly (readonly number[])[] | undefined;
  /** The version of the program that wrote the file, where it says so. */
  readonly version?: string | undefined;
}

const DIRECTIONS: Readonly<Record<string, Direction>> = { both: "both", fwd: "forward", back: "back" };

/**
 * Reads a conflict of GMCR+ (a .gmcr file).
 *
 * As there, options are grouped by decision maker first, and rankings number the states of that order from 1; statements that
 * stand twice count once; coalitions that are no partition are none. An option with two owners, which GMCR+ lets pass, is a
 * problem here. Payoffs are not read: they follow from the preferences.
 */
export function readGmcr(file: SourceFile): ReadConflict {
  const { root, problems } = readNode(file);
  const notes: string[] = [];
  if (root === undefined) return { problems, notes };
  const missing = ["options", "decisionMakers"].find((key) => root.find(key)?.isList !== true);
  if (missing !== undefined) {
    const detail = root.isMap ? `no list of ${missing}` : "not an object";
    return { problems: [...problems, problem("gmcr-shape", { detail }, root.place)], notes };
  }
  notesOnKeys(root, notes);
  const conflict = readConflict(root, stem(file.name), problems, notes);
  if (conflict === undefined || problems.length > 0) return { problems, notes };
  const listed = root.find("coalitions");
  return {
    conflict,
    problems,
    notes,
    coalitions: listed && readCoalitions(listed, conflict.decisionMakers.length, notes),
    version: attempt([], () => root.find("version")?.text()),
  };
}

function readConflict(root: GmcrNode, name: string, problems: Problem[], notes: string[]): OptionForm | undefined {
  const optionNodes = root.get("options").items();
  const options = optionNodes.map((node) => attempt(problems, () => readOption(node)) ?? { name: "" });
  const owners = readOwners(root.get("decisionMakers"), options, optionNodes, problems);
  const order = owners.flatMap(({ options: owned }) => owned);
  if (order.some((option, k) => option !== k) && problems.length === 0) {
    notes.push(
      "Its options were not grouped by decision maker; they are now, and states are numbered in the new order.",
    );
  }
  const positions = new Map(order.map((option, k) => [option, k]));
  const numbering: Numbering = { count: options.length, position: (option) => positions.get(option) ?? option };
  const useRanking = attempt(problems, () => usesRanking(root)) ?? false;

  const parties = owners.map(
    (owner): Party => ({
      owner,
      statements: statementsOf(owner, numbering, problems, notes),
      misperceives: formulasIn(owner.node.find("misperceptions"), numbering, problems),
    }),
  );
  const infeasible = formulasIn(root.find("infeasibles"), numbering, problems);
  if (
    root.find("infeasibles")?.isList &&
    root
      .find("infeasibles")
      ?.items()
      .some(({ isMap }) => isMap)
  ) {
    notes.push(
      "An infeasible pattern has several parts, which GMCR+ itself cannot use; each of them is infeasible here.",
    );
  }
  if (problems.length > 0) return undefined;

  const conflictWith = (preferences: readonly Preferences[]): OptionForm => ({
    form: "options",
    name,
    decisionMakers: parties.map(
      ({ owner, misperceives }, i): DecisionMaker => ({
        name: owner.name,
        options: owner.options.map((option) => options[option] ?? { name: "" }),
        preferences: preferences[i] ?? { kind: "statements", statements: [] },
        ...(misperceives.length > 0 ? { misperceives } : {}),
      }),
    ),
    ...(infeasible.length > 0 ? { infeasible } : {}),
  });
  const model = compiled(conflictWith([]), root, problems);
  if (model === undefined) return undefined;
  const preferences = parties.map((party) =>
    useRanking ? rankingOf(party, model, problems, notes) : statementsIn(party, notes),
  );
  if (problems.length > 0) return undefined;
  const conflict = conflictWith(preferences);
  notesOnPayoffs(conflict, parties, notes);
  return conflict;
}

/** A decision maker while it is read. */
interface Party {
  readonly owner: Owner;
  readonly statements: readonly FileStatement[];
  readonly misperceives: readonly Formula[];
}

function readOption(node: GmcrNode): ConflictOption {
  const name = node.get("name").text();
  const written = node.find("permittedDirection");
  if (written === undefined) return { name };
  const word = written.text();
  const direction = Object.hasOwn(DIRECTIONS, word) ? DIRECTIONS[word] : undefined;
  if (direction === undefined) {
    const known = Object.keys(DIRECTIONS);
    throw written.invalid("direction", word, "both, fwd or back", nearest(word, known));
  }
  return direction === "both" ? { name } : { name, direction };
}

/** Whether rankings count, by the flag of either name; the newer wins. */
function usesRanking(root: GmcrNode): boolean {
  return (root.find("useManualPreferenceRanking") ?? root.find("useManualPreferenceVectors"))?.truth() ?? false;
}

function formulasIn(node: GmcrNode | undefined, numbering: Numbering, problems: Problem[]): Formula[] {
  const items = node && attempt(problems, () => node.items());
  return (items ?? []).flatMap((item) => {
    const statement = attempt(problems, () => readStatement(item, numbering));
    return statement === undefined ? [] : [formulaOf(statement)];
  });
}

function statementsOf(
  { name, node }: Owner,
  numbering: Numbering,
  problems: Problem[],
  notes: string[],
): FileStatement[] {
  const list = node.find("preferences");
  const items = list && attempt(problems, () => list.items());
  const first = new Map<string, number>();
  return (items ?? []).flatMap((item, k) => {
    const statement = attempt(problems, () => readStatement(item, numbering));
    if (statement === undefined) return [];
    const key = statementKey(statement, numbering.count);
    const earlier = first.get(key);
    if (earlier !== undefined) {
      notes.push(`${name}: statement ${k + 1} is the same as statement ${earlier + 1} and left out, as in GMCR+.`);
      return [];
    }
    first.set(key, k);
    return [statement];
  });
}

function statementsIn({ owner, statements }: Party, notes: string[]): Preferences {
  if (rankingNode(owner.node) !== undefined) {
    notes.push(`${owner.name}: its ranking is left out, as the file says that statements count.`);
  }
  return { kind: "statements", statements: statements.map((statement) => ({ formula: formulaOf(statement) })) };
}

const rankingNode = (node: GmcrNode): GmcrNode | undefined =>
  node.find("preferenceRanking") ?? node.find("preferenceVector");

function rankingOf({ owner, statements }: Party, model: Model, problems: Problem[], notes: string[]): Preferences {
  if (statements.length > 0) {
    const them = statements.length === 1 ? "statement is" : `${statements.length} statements are`;
    notes.push(`${owner.name}: its ${them} left out, as the file says that rankings count.`);
  }
  const rankable = { size: model.size, nameOf: (state: number) => `state ${state + 1} (${codeOf(model, state)})` };
  const ranking = attempt(problems, () => {
    const node = rankingNode(owner.node) ?? owner.node.get("preferenceRanking");
    return readRanking(node, owner.name, rankable, problems);
  });
  return { kind: "ranking", ranking: ranking ?? [] };
}

/** The states of a conflict; what keeps it from having any is told at the infeasible patterns, or at the options. */
function compiled(conflict: OptionForm, root: GmcrNode, problems: Problem[]): Model | undefined {
  try {
    return compileModel(conflict);
  } catch (error) {
    if (!(error instanceof ParleyError)) throw error;
    const infeasibles = root.find("infeasibles");
    for (const each of error.problems) {
      const isOfPatterns = each.code === "no-feasible-state" || each.code === "formula-entangled";
      const node = (isOfPatterns ? infeasibles : undefined) ?? root.get("options");
      problems.push(Object.freeze({ ...each, ...node.place }));
    }
    return undefined;
  }
}

function notesOnPayoffs(conflict: OptionForm, parties: readonly Party[], notes: string[]): void {
  if (parties.every(({ owner }) => owner.node.find("payoffs") === undefined)) return;
  const { preferences } = compileModel(conflict);
  for (const [i, { owner }] of parties.entries()) {
    const payoffs = owner.node.find("payoffs");
    const ranks = preferences[i]?.ranks;
    if (payoffs === undefined || ranks === undefined || !payoffsDiffer(payoffs, ranks)) continue;
    notes.push(`${owner.name}: its payoffs order the states otherwise than its preferences do; the preferences count.`);
  }
}
