import type { Case, Path, SourceRef } from "../../case/index.ts";
import type { Problem } from "../../core/problems/index.ts";
import {
  type ArcRule,
  compileModel,
  type DecisionMaker,
  type Formula,
  isTaken,
  type Model,
  mutuallyExclusive,
  noneOf,
  type OptionForm,
  type Preferences,
  takes,
} from "../../stability/index.ts";
import { GraphContext, type Situation, situationsOf } from "./graph-context.ts";
import { INDIFFERENT, PreferenceReader } from "./graph-preferences.ts";

/** An option of the model, with what the case says of it. */
export interface GraphOption {
  /** `party.option`, as statements name it. */
  readonly id: string;
  readonly party: string;
  readonly name: string;
  readonly because: string | undefined;
  readonly source: readonly SourceRef[];
}

/** What else a decision maker may want. */
export type GraphUncertainty =
  | {
      readonly decisionMaker: number;
      readonly kind: "alternatives";
      /** Probabilities add up to 1: what the case leaves stays with the preferences of the model, which then come first. */
      readonly alternatives: readonly { readonly probability: number; readonly preferences: Preferences }[];
    }
  /** Each pair of neighbouring statements may stand the other way round. */
  | { readonly decisionMaker: number; readonly kind: "swap"; readonly probability: number };

/** The conflict as one decision maker sees it. */
export interface GraphView {
  readonly decisionMaker: number;
  /** With the same options, those that it does not know of never taken, and the preferences that it ascribes to others. */
  readonly conflict: OptionForm;
  /** Positions of the options that it does not know of. */
  readonly unawareOf: readonly number[];
  /** Positions of the decision makers whose preferences it sees otherwise. */
  readonly ascribes: readonly number[];
}

/** The case as the graph model reads it. */
export interface GraphInputs {
  readonly conflict: OptionForm;
  /** The conflict compiled: situations and rankings refer to its feasible states. */
  readonly model: Model;
  /** Identifiers of the parties that decide, in the order of the model. */
  readonly decisionMakers: readonly string[];
  readonly options: readonly GraphOption[];
  /** `party.option` by position. */
  readonly optionIds: readonly string[];
  readonly situations: readonly Situation[];
  /** The state on the day of the case, and the situation that names it. */
  readonly statusQuo: { readonly state: number; readonly situation: string } | undefined;
  readonly uncertain: readonly GraphUncertainty[];
  readonly views: readonly GraphView[];
  /** Where a part of the conflict stands in the case: `decisionMakers.0.preferences.statements.2` to its path there. */
  readonly paths: ReadonlyMap<string, Path>;
  /** What the case leaves out and Parley takes for granted, a sentence each. */
  readonly assumed: readonly string[];
}

export interface GraphBinding {
  readonly inputs?: GraphInputs | undefined;
  readonly doesNotApply?: string | undefined;
  readonly problems: readonly Problem[];
}

/** Binds a case to the graph model: its section `graph:` as a conflict in option form. */
export function bindGraph(content: Case): GraphBinding {
  const { graph } = content;
  if (graph === undefined) return { doesNotApply: "the case has no section “graph”", problems: [] };
  if (Object.values(graph.options).every((own) => Object.keys(own).length === 0)) {
    return { doesNotApply: "the section “graph” names no options", problems: [] };
  }
  const context = new GraphContext(content, graph);
  const inputs = bind(context);
  const { problems } = context;
  return problems.length > 0 ? { problems } : { inputs, problems };
}

function bind(context: GraphContext): GraphInputs | undefined {
  const { graph, parties, names, paths, assumed } = context;
  const bare: OptionForm = {
    form: "options",
    name: context.content.title,
    decisionMakers: parties.map((party, i) => decisionMakerOf(context, party, i)),
    infeasible: infeasibleOf(context),
  };
  // The feasible states come first: they need no preferences, and situations and rankings refer to them.
  const states = compiled(context, bare);
  if (states === undefined) return undefined;
  const situations = situationsOf(context, states);
  const statusQuo = statusQuoOf(context, situations);
  const reader = new PreferenceReader(context, states, situations);
  const conflict = {
    ...bare,
    decisionMakers: bare.decisionMakers.map((each, i) => {
      const party = parties[i] ?? "";
      const own = graph.preferences?.[party];
      if (own === undefined) {
        assumed.push(`No preferences are given for ${each.name}: every state is worth the same to it.`);
        return each;
      }
      const at = `decisionMakers.${i}.preferences`;
      return { ...each, preferences: reader.read(party, own, ["graph", "preferences", party], at) };
    }),
  };
  const uncertain = uncertainOf(context, conflict, reader);
  const views = viewsOf(context, conflict, states, reader);
  const model = context.problems.length > 0 ? undefined : compiled(context, conflict);
  if (model === undefined) return undefined;
  const options = optionsOf(context);
  const optionIds = names.ids;
  return {
    conflict,
    model,
    decisionMakers: parties,
    options,
    optionIds,
    situations,
    statusQuo,
    uncertain,
    views,
    paths,
    assumed,
  };
}

function compiled(context: GraphContext, conflict: OptionForm): Model | undefined {
  return context.attempt(
    () => compileModel(conflict),
    ({ code }) => {
      const isPattern = code === "no-feasible-state" || code === "formula-entangled";
      return ["graph", isPattern ? "infeasible" : "options"];
    },
  );
}

/** A decision maker whose preferences are still to come. */
function decisionMakerOf(context: GraphContext, party: string, i: number): DecisionMaker {
  const { graph, paths } = context;
  const rules = (key: "irreversible" | "additional", field: "removed" | "added"): ArcRule[] => {
    const own = [...(graph[key] ?? []).entries()].filter(([, rule]) => rule.party === party);
    return own.map(([index, { from, to }], k) => {
      paths.set(`decisionMakers.${i}.${field}.${k}`, ["graph", key, index]);
      return { from: context.formula(from), to: context.formula(to) };
    });
  };
  return {
    name: context.partyName(party),
    options: Object.entries(graph.options[party] ?? {}).map(([id, { name, direction }], o) => {
      paths.set(`decisionMakers.${i}.options.${o}`, ["graph", "options", party, id]);
      return { name, direction };
    }),
    preferences: INDIFFERENT,
    removed: rules("irreversible", "removed"),
    added: rules("additional", "added"),
    misperceives: (graph.misperceives?.[party] ?? []).map((each) => context.formula(each)),
  };
}

/** Every statement that rules states out, with the path of each. */
function infeasibleOf(context: GraphContext): Formula[] {
  const { graph, paths } = context;
  const all: Formula[] = [];
  const add = (path: Path, formulas: readonly Formula[]) => {
    for (const formula of formulas) {
      paths.set(`infeasible.${all.length}`, path);
      all.push(formula);
    }
  };
  const taken = (options: readonly string[]) =>
    [...new Set(options.map((name) => context.option(name)))].map((option) => takes(option));
  for (const [k, { when }] of (graph.infeasible ?? []).entries())
    add(["graph", "infeasible", k], [context.formula(when)]);
  for (const [k, { options }] of (graph.exclusive ?? []).entries()) {
    add(["graph", "exclusive", k], mutuallyExclusive(taken(options)));
  }
  for (const [k, { options }] of (graph.atLeastOne ?? []).entries()) {
    add(["graph", "atLeastOne", k], [noneOf(taken(options))]);
  }
  return all;
}

function statusQuoOf(context: GraphContext, situations: readonly Situation[]): GraphInputs["statusQuo"] {
  const found = situations.find(({ id }) => id === context.graph.statusQuo);
  if (found === undefined) return undefined;
  const { id, states } = found;
  if (states.length > 1) {
    context.report("situation-ambiguous", ["graph", "statusQuo"], { situation: id, count: states.length });
  }
  const [state] = states;
  return state === undefined || states.length > 1 ? undefined : { state, situation: id };
}

function uncertainOf(context: GraphContext, conflict: OptionForm, reader: PreferenceReader): GraphUncertainty[] {
  return Object.entries(context.graph.uncertain ?? {}).map(([party, uncertainty]) => {
    const decisionMaker = context.parties.indexOf(party);
    const path: Path = ["graph", "uncertain", party];
    context.paths.set(`uncertain.${decisionMaker}`, path);
    if (!Array.isArray(uncertainty)) return { decisionMaker, kind: "swap", probability: uncertainty.swap.central };
    const others = uncertainty.map(({ probability, ...own }, k) => ({
      probability: probability.central,
      preferences: reader.read(party, own, [...path, k]),
    }));
    const sum = others.reduce((total, { probability }) => total + probability, 0);
    // Thirds that people round add up to a little more or less than 1.
    if (sum > LEAST_SUM) {
      const alternatives = others.map((each) => ({ ...each, probability: each.probability / sum }));
      return { decisionMaker, kind: "alternatives", alternatives };
    }
    const preferences = conflict.decisionMakers[decisionMaker]?.preferences ?? INDIFFERENT;
    return { decisionMaker, kind: "alternatives", alternatives: [{ probability: 1 - sum, preferences }, ...others] };
  });
}

const LEAST_SUM = 0.979;

function viewsOf(context: GraphContext, conflict: OptionForm, states: Model, reader: PreferenceReader): GraphView[] {
  return Object.entries(context.graph.views ?? {}).map(([party, view]) => {
    const decisionMaker = context.parties.indexOf(party);
    const path: Path = ["graph", "views", party];
    context.paths.set(`views.${decisionMaker}`, path);
    const unawareOf = (view.unawareOf ?? []).map((name) => context.option(name));
    const ascribed = new Map(
      Object.entries(view.ascribes ?? {}).map(
        ([other, own]) =>
          [context.parties.indexOf(other), reader.read(other, own, [...path, "ascribes", other])] as const,
      ),
    );
    const seen = Array.from({ length: states.size }, (_, s) => s).filter((s) =>
      unawareOf.every((option) => !isTaken(states.states, s, option)),
    );
    const decisionMakers = conflict.decisionMakers.map((each, i) => ({
      ...each,
      preferences: within(ascribed.get(i) ?? each.preferences, seen),
    }));
    const infeasible = [...(conflict.infeasible ?? []), ...unawareOf.map(takes)];
    return {
      decisionMaker,
      conflict: { ...conflict, decisionMakers, infeasible },
      unawareOf,
      ascribes: [...ascribed.keys()],
    };
  });
}

/** Preferences over some of the states: a ranking names states by their positions, which move up. */
function within(preferences: Preferences, seen: readonly number[]): Preferences {
  if (preferences.kind !== "ranking") return preferences;
  const position = new Map(seen.map((state, k) => [state, k]));
  const ranking = preferences.ranking.map((group) => group.flatMap((state) => position.get(state) ?? []));
  return { kind: "ranking", ranking: ranking.filter((group) => group.length > 0) };
}

function optionsOf({ graph }: GraphContext): GraphOption[] {
  return Object.entries(graph.options).flatMap(([party, own]) =>
    Object.entries(own).map(([id, { name, because, source = [] }]) => ({
      id: `${party}.${id}`,
      party,
      name,
      because,
      source,
    })),
  );
}
