import { formulaText, robustness, type Statement, statementEffects, type Uncertainty } from "../stability/index.ts";
import { type GraphNames, optionWords } from "./graph-names.ts";
import type { GraphInputs } from "./inputs/graph.ts";
import { graphKey } from "./keys.ts";
import { percent } from "./likelihood.ts";
import { type Memo, remembered } from "./memo.ts";
import type { StabilityExhibit } from "./schema.ts";

type Exhibit = NonNullable<StabilityExhibit>;
type Robust = Exhibit["situations"][number]["robust"];

/** How likely neighbouring statements stand the other way round, where the case says nothing. */
const SWAPS = 0.2;
const CONCEPT = "seq";
const DRAWS = 2000;

/** What the case says is uncertain, as the engine takes it; each other list of statements may be out of order here and there. */
export function uncertaintyOf(inputs: GraphInputs): {
  readonly of: (Uncertainty | undefined)[];
  readonly stated: boolean;
} {
  const { conflict, uncertain } = inputs;
  const stated = uncertain.length > 0;
  const of = conflict.decisionMakers.map(({ preferences }, dm): Uncertainty | undefined => {
    const said = uncertain.find(({ decisionMaker }) => decisionMaker === dm);
    const statements = preferences.kind === "statements" ? preferences.statements : [];
    if (said?.kind === "alternatives") return { kind: "alternatives", of: said.alternatives };
    if (said?.kind === "swap") return { kind: "swaps", statements, probability: said.probability };
    return stated || statements.length < 2 ? undefined : { kind: "swaps", statements, probability: SWAPS };
  });
  return { of, stated };
}

/** How surely each state is an equilibrium, which statements the equilibria hang on, and in what sense. */
export function robustnessOf(inputs: GraphInputs, names: GraphNames, seed: number, memo: Memo) {
  const { of, stated } = uncertaintyOf(inputs);
  const isAny = of.some((each) => each !== undefined);
  const lists = inputs.conflict.decisionMakers.map(({ preferences }) =>
    preferences.kind === "statements" ? preferences.statements : undefined,
  );
  const result = isAny
    ? remembered(memo, ["stability", graphKey(inputs), seed], () => {
        const { equilibrium, misjudged, exact, looked } = robustness(inputs.model, of, {
          concept: CONCEPT,
          seed,
          draws: DRAWS,
        });
        return { equilibrium, misjudged, exact, looked };
      })
    : undefined;
  return {
    uncertainty:
      result === undefined
        ? "No preferences are stated as statements whose order could be otherwise."
        : `${stated ? "Preferences are as uncertain as the case says" : `Each statement changes places with the next with probability ${percent(SWAPS)}`}; ${result.exact ? `all ${result.looked} combinations` : `${result.looked} draws, seed ${seed}`}.`,
    states: (result?.equilibrium ?? []).map(({ estimate, low, high, exact }, state): Robust => {
      const most = (result?.misjudged ?? [])
        .map((each, dm) => ({ dm, by: each[state]?.estimate ?? 0 }))
        .toSorted((a, b) => b.by - a.by)[0];
      const hangs = most !== undefined && most.by > 0;
      return {
        concept: CONCEPT,
        p: estimate,
        low,
        high,
        exact,
        hangsOn: hangs ? names.dm(most.dm) : null,
        hangsBy: most?.by ?? 0,
      };
    }),
    statements: effectsOf(inputs, names, lists),
  };
}

function effectsOf(
  inputs: GraphInputs,
  names: GraphNames,
  lists: readonly (readonly Statement[] | undefined)[],
): Exhibit["statements"] {
  const named = (states: readonly number[]) => states.map(names.state);
  return statementEffects(inputs.model, lists, CONCEPT)
    .filter(({ lost, gained }) => lost.length + gained.length > 0)
    .map(({ dm, statement, change, lost, gained }) => ({
      party: names.party(dm),
      name: names.dm(dm),
      text: wordsOf(inputs, lists[dm]?.[statement]),
      change,
      lost: named(lost),
      gained: named(gained),
    }));
}

const wordsOf = (inputs: GraphInputs, statement: Statement | undefined): string =>
  statement === undefined ? "" : formulaText(statement.formula, (o) => optionWords(inputs, o));
