import { existsSync } from "node:fs";
import { basename } from "node:path";
import { bindGraph, type GraphInputs, uncertaintyOf } from "../../assess/index.ts";
import { type Case, type View, viewCase } from "../../case/index.ts";
import { nearest, ParleyError, type Problem } from "../../core/problems/index.ts";
import { codeOf, compileModel, type Model, type OptionForm, stateOf, type Uncertainty } from "../../stability/index.ts";
import { isConflictFile, openConflictFile } from "../conflict-file.ts";
import { isBundled, openDossier } from "../target.ts";

/** A combination of options that has a name; one that leaves options open stands for several states. */
export interface NamedSituation {
  readonly id: string;
  readonly name: string;
  /** Positions of its feasible states, ascending. */
  readonly states: readonly number[];
}

/** What the graph model is asked about. */
export interface StabilitySubject {
  readonly title: string;
  readonly conflict: OptionForm;
  readonly model: Model;
  /** What people read for each decision maker and each option, by position. */
  readonly names: { readonly decisionMakers: readonly string[]; readonly options: readonly string[] };
  readonly situations: readonly NamedSituation[];
  readonly statusQuo: number | undefined;
  readonly uncertain: readonly (Uncertainty | undefined)[];
  /** Conflicts as single decision makers see them, by position; none where all see it as it is. */
  readonly views: readonly (Model | undefined)[];
  /** Sets of decision makers who act together, where the target names them. */
  readonly coalitions: readonly (readonly number[])[] | undefined;
  readonly notes: readonly string[];
  readonly content: Case | undefined;
  readonly problems: readonly Problem[];
}

/**
 * Opens what a target means: a case with a section `graph`, or a file of GMCR+.
 *
 * @throws ParleyError where it cannot be read, has errors, or has no graph model
 */
export function openStability(target: string, view: View): StabilitySubject {
  return target !== "-" && !isBundled(target) && isConflictFile(target) ? fromFile(target) : fromCase(target, view);
}

function fromFile(target: string): StabilitySubject {
  if (!existsSync(target)) throw ParleyError.of("file-not-found", { path: target });
  const { conflict, problems, notes, coalitions } = openConflictFile(target);
  const model = compileModel(conflict);
  return {
    title: conflict.name ?? basename(target, ".gmcr"),
    conflict,
    model,
    names: { decisionMakers: model.decisionMakers, options: model.options.map(({ name }) => name) },
    situations: [],
    statusQuo: undefined,
    uncertain: [],
    views: [],
    coalitions,
    notes,
    content: undefined,
    problems,
  };
}

function fromCase(target: string, view: View): StabilitySubject {
  const { case: content, problems } = viewCase(openDossier(target), view);
  if (content === undefined) throw new ParleyError(problems);
  const { inputs, doesNotApply, problems: found } = bindGraph(content);
  if (found.length > 0) throw new ParleyError(found);
  if (inputs === undefined) {
    throw ParleyError.of("usage", {
      detail: `the graph model does not apply: ${doesNotApply}`,
      hint: "parley schema describes the section graph; ukraine-2024 shows it",
    });
  }
  const { conflict, model, situations, statusQuo } = inputs;
  const { of: uncertain, stated } = uncertaintyOf(inputs);
  return {
    title: content.title,
    conflict,
    model,
    names: { decisionMakers: model.decisionMakers, options: inputs.options.map(({ name }) => name) },
    situations,
    statusQuo: statusQuo?.state,
    uncertain: stated ? uncertain : [],
    views: viewsOf(inputs),
    coalitions: undefined,
    notes: inputs.assumed,
    content,
    problems,
  };
}

function viewsOf({ views, decisionMakers }: GraphInputs): (Model | undefined)[] {
  if (views.length === 0) return [];
  return decisionMakers.map((_, dm) => {
    const seen = views.find(({ decisionMaker }) => decisionMaker === dm);
    return seen === undefined ? undefined : compileModel(seen.conflict);
  });
}

/** The situation that is exactly this state. */
export function situationOf({ situations }: StabilitySubject, state: number): NamedSituation | undefined {
  return situations.find(({ states }) => states.length === 1 && states[0] === state);
}

/** What people read for a state: its number, and its situation's name where it has one. */
export function stateName(subject: StabilitySubject, state: number): string {
  const situation = situationOf(subject, state);
  return situation === undefined ? `state ${state + 1}` : `${state + 1} “${situation.name}”`;
}

/**
 * The state that a word on the command line means: its number, its options as Y and N, or the name of a situation.
 *
 * @throws ParleyError unknown-reference, situation-ambiguous
 */
export function stateFrom(subject: StabilitySubject, word: string): number {
  const { model, situations } = subject;
  if (/^\d+$/.test(word)) {
    const id = Number(word);
    if (id >= 1 && id <= model.size) return id - 1;
    throw ParleyError.of("unknown-reference", { kind: "state", value: word, known: `states are 1 to ${model.size}` });
  }
  if (/^[YN]+$/i.test(word) && word.length === model.options.length) {
    const decimal = [...word.toUpperCase()].reduceRight((sum, mark) => sum * 2 + (mark === "Y" ? 1 : 0), 0);
    const state = stateOf(model.states, decimal);
    if (state !== undefined) return state;
    throw ParleyError.of("situation-infeasible", { situation: word });
  }
  const situation = situations.find(({ id, name }) => id === word || name === word);
  if (situation === undefined) {
    const ids = situations.map(({ id }) => id);
    const near = nearest(word, ids);
    const known = `give a number from 1 to ${model.size}, or Y and N for ${model.options.length} options`;
    throw ParleyError.of("unknown-reference", { kind: "state", value: word, near, known });
  }
  const [state] = situation.states;
  if (state === undefined) throw ParleyError.of("situation-infeasible", { situation: situation.id });
  if (situation.states.length > 1) {
    throw ParleyError.of("situation-ambiguous", { situation: situation.id, count: situation.states.length });
  }
  return state;
}

/** The position of a decision maker by its id, its name or its number from 1. @throws ParleyError unknown-reference */
export function decisionMakerFrom({ model, names }: StabilitySubject, word: string): number {
  const candidates = model.decisionMakers.map((id, i) => [id, names.decisionMakers[i] ?? id]);
  const found = candidates.findIndex((of) => of.some((each) => each.toLowerCase() === word.toLowerCase()));
  if (found >= 0) return found;
  if (/^\d+$/.test(word) && Number(word) >= 1 && Number(word) <= candidates.length) return Number(word) - 1;
  const known = model.decisionMakers;
  throw ParleyError.of("unknown-reference", {
    kind: "decision maker",
    value: word,
    near: nearest(word, candidates.flat()),
    known: known.join(", "),
  });
}

/** A state in words: what each decision maker does in it. */
export function stateWords({ model, names }: StabilitySubject, state: number): string {
  const code = codeOf(model, state);
  const does = model.decisionMakers.flatMap((_, dm) => {
    const taken = model.options.flatMap(({ owner }, o) =>
      owner === dm && code[o] === "Y" ? [names.options[o] ?? ""] : [],
    );
    return taken.length === 0 ? [] : [`${names.decisionMakers[dm]}: ${taken.join(", ")}`];
  });
  return does.length === 0 ? "nobody takes up any option" : does.join("; ");
}
