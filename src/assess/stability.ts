import type { Case, Dossier, View } from "../case/index.ts";
import { madeOnce } from "../core/kept/index.ts";
import { ParleyError } from "../core/problems/index.ts";
import {
  type Analysis,
  analyseStability,
  analyseStatusQuo,
  BASIC_CONCEPTS,
  codeOf,
  explain,
  explanationText,
  formulaText,
  inverse,
  isRelational,
  type RankChange,
} from "../stability/index.ts";
import { GraphNames, optionWords } from "./graph-names.ts";
import type { GraphInputs } from "./inputs/graph.ts";
import { graphKey } from "./keys.ts";
import { graphOf, lookAt } from "./looks.ts";
import type { Memo } from "./memo.ts";
import { readingInfo } from "./readings.ts";
import type { Reasons } from "./reasons.ts";
import type { StabilityExhibit } from "./schema.ts";
import { robustnessOf } from "./stability-robustness.ts";
import { stateGraph } from "./state-graph.ts";

type Exhibit = NonNullable<StabilityExhibit>;
type Situation = Exhibit["situations"][number];

/** The concept that headlines speak of: the others answer only by what pays them. */
export const LEADING = "seq";

/** What each concept is called and asks, the most demanding first. */
export const CONCEPT_WORDS = [
  { id: "nash", label: "Nash", says: "nobody can improve at all" },
  {
    id: "sseq",
    label: "SSEQ",
    says: "every improvement is met by answers that pay those who give them, and there is no way out",
  },
  { id: "seq", label: "SEQ", says: "every improvement is met by answers that pay those who give them" },
  { id: "smr", label: "SMR", says: "every improvement can be met, and there is no way out" },
  { id: "gmr", label: "GMR", says: "every improvement can be met, whatever it costs those who meet it" },
] as const;

/** Concepts for which the way to an equilibrium is told. */
const INVERTED = ["nash", "smr", "seq"] as const;
/** States on the report's picture. */
const MOST_DRAWN = 18;
/** Sentences on a party at a situation. */
const MOST_SENTENCES = 6;

/** The analysis, or why there is none. */
export interface Stabilised {
  readonly exhibit: StabilityExhibit;
  readonly reason: string | undefined;
}

/**
 * The graph model of a case: which situations are stable by which concept under every reading, who would leave them, how they
 * come about, and what would make them stable. Null where the case has no section `graph`.
 */
export function stabilityExhibitOf(
  dossier: Dossier,
  view: View,
  content: Case,
  reasons: Reasons,
  seed: number,
  memo: Memo,
): Stabilised {
  const { inputs, doesNotApply, problems } = graphOf(content);
  if (inputs === undefined) {
    return { exhibit: null, reason: doesNotApply ?? problems.map(({ message }) => message).join("; ") };
  }
  try {
    return { exhibit: exhibitOf(dossier, view, content, inputs, reasons, seed, memo), reason: undefined };
  } catch (error) {
    // A model that cannot be analysed leaves this answer open and no other.
    if (!(error instanceof ParleyError)) throw error;
    return { exhibit: null, reason: error.problems.map(({ message }) => message).join("; ") };
  }
}

function exhibitOf(
  dossier: Dossier,
  view: View,
  content: Case,
  inputs: GraphInputs,
  reasons: Reasons,
  seed: number,
  memo: Memo,
): Exhibit {
  const { model, situations } = inputs;
  const names = new GraphNames(inputs);
  const analysis = analysed(inputs);
  const readings = readingsOf(dossier, view, content, inputs, analysis);
  const statusQuo = inputs.statusQuo?.state;
  const robust = robustnessOf(inputs, names, seed, memo);
  const deciders = inputs.decisionMakers.map((party, dm) => deciderOf(content, inputs, reasons, party, dm));
  const engine = reasons.table.add({
    id: "engine:stability",
    kind: "engine",
    label: `stability engine: ${model.size} feasible states, ${model.decisionMakers.length} decision makers; ${analysis.method}`,
    because: [reasons.definition("graph-model"), ...BASIC_CONCEPTS.map((concept) => reasons.definition(concept))],
  });
  const because = [engine, ...deciders.flatMap(({ preferences }) => preferences.map(({ node }) => node))];
  const told = situations.map((situation, k): Situation => {
    const [state] = situation.states;
    const single = situation.states.length === 1 && state !== undefined ? state : undefined;
    return {
      id: situation.id,
      name: situation.name,
      text: situation.text ?? null,
      states: situation.states.map((each) => each + 1),
      code: single === undefined ? null : codeOf(model, single),
      locked: lockedIn(inputs, situation.state),
      does: single === undefined ? "several states: it leaves options open" : names.does(single),
      readings: readings.map(({ reading, situations: under }) => ({ reading, ...(under[k] as UnderReading) })),
      explanations: single === undefined ? [] : explanationsOf(inputs, names, analysis, single),
      reach: single === undefined || statusQuo === undefined ? null : reachOf(inputs, names, statusQuo, single),
      inverse:
        single === undefined || isRelational(model)
          ? []
          : INVERTED.map((each) => inverseOf(inputs, names, single, each)),
      robust: single === undefined ? null : (robust.states[single] ?? null),
      node: reasons.table.add({
        id: `figure:stability/${situation.id}`,
        kind: "figure",
        label: `“${situation.name}”: by which concepts it is an equilibrium, and who would leave it`,
        ...reasons.at(`graph.situations.${situation.id}`),
        because,
      }),
    };
  });
  return {
    decisionMakers: deciders,
    states: model.size,
    method: analysis.method,
    statusQuo: statusQuo === undefined ? null : { state: statusQuo + 1, name: names.state(statusQuo) },
    concepts: CONCEPT_WORDS.map((concept) => ({
      ...concept,
      equilibria: Array.from(analysis.concepts[concept.id]?.equilibria ?? [], (each) => each + 1),
    })),
    situations: told,
    readings: readings.map(({ situations: _, ...rest }) => rest),
    cycles:
      statusQuo === undefined
        ? []
        : analyseStatusQuo(model, statusQuo, { improvements: true }).cycles.map((cycle) =>
            cycle.map((each) => each + 1),
          ),
    statements: robust.statements,
    uncertainty: robust.uncertainty,
    graph: plainGraph(stateGraph(model, analysis, { statusQuo, situations, most: MOST_DRAWN })),
    assumed: [...inputs.assumed],
    node: reasons.table.add({
      id: "figure:stability",
      kind: "figure",
      label: "which states are equilibria, by concept",
      ...reasons.at("graph"),
      because,
    }),
  };
}

const once = madeOnce<Analysis>(24);

/** The stability of a model; of one that was looked at before it is known. */
export function analysed(inputs: GraphInputs): Analysis {
  return once(graphKey(inputs), () => analyseStability(inputs.model));
}

function plainGraph({ nodes, edges, states, bestOnly }: ReturnType<typeof stateGraph>): Exhibit["graph"] {
  return {
    nodes: nodes.map((node) => ({ ...node, concepts: [...node.concepts] })),
    edges: edges.map((edge) => ({ ...edge })),
    states,
    bestOnly,
  };
}

function deciderOf(
  content: Case,
  inputs: GraphInputs,
  reasons: Reasons,
  party: string,
  dm: number,
): Exhibit["decisionMakers"][number] {
  const { conflict, options, model, paths } = inputs;
  const own = conflict.decisionMakers[dm]?.preferences;
  const name = model.decisionMakers[dm] ?? party;
  const section = content.graph?.preferences?.[party];
  const grounds = section !== undefined && "because" in section ? section : undefined;
  const root = reasons.parameter(
    `graph.preferences.${party}`,
    `what ${name} wants, as a list with the most important first`,
    own?.kind ?? "nothing stated",
    { note: grounds?.because, because: reasons.sources(grounds?.source) },
  );
  const statements = section !== undefined && "statements" in section ? section.statements : [];
  const words = (k: number): string | undefined => {
    const formula = own?.kind === "statements" ? own.statements[k]?.formula : undefined;
    return formula === undefined ? undefined : formulaText(formula, (o) => optionWords(inputs, o));
  };
  return {
    party,
    name,
    options: options.filter((_, o) => model.options[o]?.owner === dm).map((option) => option.name),
    basis: own?.kind ?? "none",
    preferences: statements.map((statement, k) => ({
      text: statement.name ?? words(k) ?? statement.says,
      node: reasons.table.add({
        id: `parameter:graph.preferences.${party}.${k}`,
        kind: "parameter",
        label: `${name}, statement ${k + 1}: ${statement.name ?? words(k) ?? statement.says}`,
        value: statement.says,
        ...reasons.at(
          (paths.get(`decisionMakers.${dm}.preferences.statements.${k}`) ?? ["graph", "preferences", party]).join("."),
        ),
        ...(statement.because === undefined ? {} : { note: statement.because }),
        because: [...reasons.sources(statement.source), root],
      }),
    })),
  };
}

/** Options that a situation says are taken and that their owners can only take up: a state may hold for want of a way back. */
function lockedIn(inputs: GraphInputs, state: ReadonlyMap<number, boolean>): string[] {
  return [...state].flatMap(([o, taken]) =>
    taken && inputs.model.options[o]?.direction === "forward" ? [optionWords(inputs, o)] : [],
  );
}

interface UnderReading {
  readonly states: number;
  readonly equilibria: Record<string, number>;
  readonly leave: Record<string, string[]>;
  readonly ranks: Record<string, [number, number]>;
}

function readingsOf(dossier: Dossier, view: View, content: Case, inputs: GraphInputs, analysis: Analysis) {
  const ids = [undefined, ...Object.keys(content.readings)].filter(
    (id) => content.readings[id ?? ""]?.kind !== "stress",
  );
  return ids.flatMap((reading) => {
    const { name, kind } = readingInfo(dossier, content, reading);
    const own = reading === content.reading;
    const looked = own ? content : lookAt(dossier, { ...view, reading }).case;
    const bound = own ? inputs : looked === undefined ? undefined : graphOf(looked).inputs;
    if (bound === undefined) return [];
    const found = own ? analysis : analysed(bound);
    return [
      {
        reading: reading ?? null,
        name,
        kind,
        equilibria: Object.fromEntries(
          BASIC_CONCEPTS.map((concept) => [concept, found.concepts[concept]?.equilibria.length ?? 0]),
        ),
        situations: bound.situations.map(({ states }) => stabilityUnder(bound, found, states)),
      },
    ];
  });
}

/** How some states stand in an analysis: by which concepts they are equilibria, and who would leave them. */
export function stabilityUnder(
  { decisionMakers, model }: GraphInputs,
  { concepts }: Analysis,
  states: readonly number[],
): UnderReading {
  const stableFor = (concept: (typeof BASIC_CONCEPTS)[number], dm: number, state: number) =>
    concepts[concept]?.stable[dm]?.[state] === 1;
  return {
    states: states.length,
    equilibria: Object.fromEntries(
      BASIC_CONCEPTS.map((concept) => [
        concept,
        states.filter((state) => decisionMakers.every((_, dm) => stableFor(concept, dm, state))).length,
      ]),
    ),
    leave: Object.fromEntries(
      BASIC_CONCEPTS.map((concept) => [
        concept,
        decisionMakers.filter((_, dm) => states.length > 0 && states.every((state) => !stableFor(concept, dm, state))),
      ]),
    ),
    ranks:
      states.length === 0
        ? {}
        : Object.fromEntries(decisionMakers.map((party, dm) => [party, ranksIn(model, dm, states)])),
  };
}

/** How a decision maker ranks some states: the best and the worst of them. */
function ranksIn({ preferences }: GraphInputs["model"], dm: number, states: readonly number[]): [number, number] {
  const own = preferences[dm];
  const ranks = states.map((state) => (own === undefined ? 0 : own.greatest - (own.ranks[state] ?? 0) + 1));
  return [Math.min(...ranks), Math.max(...ranks)];
}

function explanationsOf(
  inputs: GraphInputs,
  names: GraphNames,
  { concepts }: Analysis,
  state: number,
): Situation["explanations"] {
  return inputs.decisionMakers.map((party, dm) => ({
    party,
    name: names.dm(dm),
    stable: Object.fromEntries(
      BASIC_CONCEPTS.map((concept) => [concept, concepts[concept]?.stable[dm]?.[state] === 1]),
    ),
    sentences: explanationText(explain(inputs.model, dm, state, LEADING), names).slice(0, MOST_SENTENCES),
  }));
}

function reachOf({ model }: GraphInputs, names: GraphNames, from: number, to: number): Situation["reach"] {
  if (from === to) return { improvements: 0, moves: 0, path: [] };
  const find = (improvements: boolean) =>
    analyseStatusQuo(model, from, { improvements }).reached.find(({ state }) => state === to);
  const [better, any] = [find(true), find(false)];
  const path = (better ?? any)?.path ?? [];
  return {
    improvements: better?.length ?? null,
    moves: any?.length ?? null,
    path: path.map((step) => `${names.dm(step.dm)} to ${names.state(step.to)}`),
  };
}

function inverseOf(
  inputs: GraphInputs,
  names: GraphNames,
  state: number,
  concept: (typeof INVERTED)[number],
): Situation["inverse"][number] {
  const { equilibrium, together, unsettle } = inverse(inputs.model, state, concept);
  const told = ({ dm, swaps, passes }: RankChange, last: number | undefined) => ({
    party: names.party(dm),
    name: names.dm(dm),
    swaps: swaps ?? null,
    past: last === undefined || passes.length === 0 ? null : names.state(last),
  });
  return {
    concept,
    equilibrium,
    swaps: together.swaps,
    fewest: together.fewest,
    changes: equilibrium ? [] : together.changes.map((change) => told(change, change.passes[0])),
    unsettle: equilibrium
      ? unsettle.flatMap((change) => (change.swaps === undefined ? [] : [told(change, change.passes.at(-1))]))
      : [],
  };
}
