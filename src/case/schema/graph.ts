import { z } from "zod";
import { UNIT_INTERVAL } from "../notation/amount.ts";
import { amount, byRef, entries, fault, note, provenance, ref, shortText, text, word } from "./fields.ts";

const STATEMENT = 'a statement about options such as "not us.arm if russia.withdraw"';

/** A statement about options. Its words are checked with the references, which know the options. */
const formula = note(z.string().max(5000), { ref: "formula", expected: STATEMENT });

/** An option of a decision maker: `russia.attack`, or `attack` where only one decision maker has it. */
const option = ref("graph option");
const options = z.array(option);

/** Keys of mappings that may be options: what they name is checked with the references. */
const byOption = <S extends z.ZodType>(schema: S, expected: string) =>
  note(z.record(z.string(), schema), { keyRef: "graph option", expected });

const YES = /^(?:yes|y|true)$/i;
const NO = /^(?:no|n|false)$/i;

/** Whether an option is taken; YAML reads some of these words as true and false, others as texts. */
const taken = note(
  z.union([z.boolean(), z.string()]).transform((value, context): boolean => {
    if (typeof value === "boolean") return value;
    if (YES.test(value)) return true;
    if (NO.test(value)) return false;
    return fault(context, "invalid-value", (thing) => ({ thing, value, expected: "yes or no" }));
  }),
  { expected: "yes or no", as: "yes or no" },
);

const courseEntry = z.strictObject({
  name: shortText.describe("What is done where it is taken, in a few words."),
  text: text.optional(),
  direction: word("both", "forward", "back")
    .optional()
    .describe(
      "Which way its owner can change it: freely, only take it up (forward), or only give it up (back); both unless given.",
    ),
  ...provenance,
});

type Course = z.output<typeof courseEntry>;

/** What a decision maker can do or leave: a few words alone, or an entry. */
const course = note(z.union([shortText.transform((name): Course => ({ name })), courseEntry]), {
  expected: "a short text, or {name: ..., direction: both | forward | back, because: ...}",
});

const patternEntry = z.strictObject({ when: formula, ...provenance });
type PatternEntry = z.output<typeof patternEntry>;

/** A statement alone, or with its grounds. */
const pattern = note(z.union([formula.transform((when): PatternEntry => ({ when })), patternEntry]), {
  expected: `${STATEMENT}, or {when: ..., because: ...}`,
});

const severalEntry = z.strictObject({ options, ...provenance });
type Several = z.output<typeof severalEntry>;

/** A list of options alone, or with its grounds. */
const several = note(z.union([options.transform((list): Several => ({ options: list })), severalEntry]), {
  expected: "a list of options, or {options: [...], because: ...}",
});

const moves = note(
  z.strictObject({
    party: ref("decision maker"),
    from: formula.describe("Where the move begins: states in which this holds."),
    to: formula.describe("Where it ends: states in which this holds."),
    ...provenance,
  }),
  { expected: "{party: ..., from: statement, to: statement, because: ...}" },
);

const state = byOption(taken, "yes or no by option, such as {russia.attack: no}");

const situationEntry = z.strictObject({
  name: shortText.optional().describe("A few words for charts; the identifier unless given."),
  text: text.optional(),
  state: state.describe("Yes or no by option; an option left out is open, so that it may be several states."),
  ...provenance,
});
type Situation = z.output<typeof situationEntry>;

const situation = note(z.union([situationEntry, state.transform((each): Situation => ({ state: each }))]), {
  expected: "{name: ..., state: {russia.attack: no, ...}}, or yes or no by option",
});

const statementEntry = z.strictObject({
  says: formula,
  name: shortText.optional().describe("What is wanted, in a few words for readers."),
  degree: note(z.int().min(1).max(9), { expected: "1..9" })
    .optional()
    .describe("How much more a state is preferred for it: 1 mildly, 2 greatly, and so on; 1 unless given."),
  unknown: z.boolean().optional().describe("Whether it is not known how the party stands to it."),
  ...provenance,
});
type StatementEntry = z.output<typeof statementEntry>;

const statement = note(z.union([formula.transform((says): StatementEntry => ({ says })), statementEntry]), {
  expected: `${STATEMENT}, or {says: ..., because: ...}`,
});

const statements = note(z.array(statement), { expected: "a list of statements, the most important first" });

/** A state in a ranking: a situation, the state's Y and N by option, or its number. */
const rankedState = note(z.union([z.int().min(1), ref("situation or state")]), {
  expected: "a situation, a state such as YNNY, or its number",
});

const ranking = note(
  z.array(
    z
      .union([rankedState, z.array(rankedState)])
      .transform((group): readonly (string | number)[] => (Array.isArray(group) ? group : [group])),
  ),
  { expected: "a list of states, best first; states in brackets tie" },
);

const weights = byOption(z.number(), "a number by option, such as {russia.attack: -3}");

const grounds = z.strictObject(provenance);
type Grounds = z.output<typeof grounds>;

/** What a party prefers, in one of three ways. */
export type GraphPreferences = Grounds &
  (
    | { readonly statements: readonly StatementEntry[] }
    | { readonly ranking: readonly (readonly (string | number)[])[] }
    | { readonly weights: Readonly<Record<string, number>> }
  );

const ways = {
  statements: statements.optional().describe("Statements, the most important first."),
  ranking: ranking.optional().describe("Every feasible state once, best first; states in brackets tie."),
  weights: weights.optional().describe("What taking an option adds; an option left out adds nothing."),
};

export interface Ways {
  readonly statements?: readonly StatementEntry[] | undefined;
  readonly ranking?: readonly (readonly (string | number)[])[] | undefined;
  readonly weights?: Readonly<Record<string, number>> | undefined;
}

/** Exactly one of the three ways. */
function oneWay<T extends Ways>(value: T, context: z.core.$RefinementCtx): Omit<T, keyof Ways> & GraphPreferences {
  const { statements, ranking, weights, ...rest } = value;
  if ([statements, ranking, weights].filter((each) => each !== undefined).length === 1) {
    if (statements !== undefined) return { ...rest, statements };
    if (ranking !== undefined) return { ...rest, ranking };
    if (weights !== undefined) return { ...rest, weights };
  }
  const detail = "are not given in one way (expected one of statements, ranking, weights)";
  return fault(context, "preference-shape", (party) => ({ party, detail }));
}

const preferences = note(
  z.union([
    statements.transform((list): GraphPreferences => ({ statements: list })),
    z.strictObject({ ...ways, ...provenance }).transform(oneWay),
  ]),
  { expected: "a list of statements, {statements: [...]}, {ranking: [...]} or {weights: {...}}" },
);

const probability = amount(UNIT_INTERVAL);

const alternative = note(
  z
    .strictObject({
      probability: probability.describe("How likely it is that this is what the party wants."),
      name: shortText.optional(),
      ...ways,
      ...provenance,
    })
    .transform(oneWay),
  { expected: "{probability: ..., statements: [...]}, or with ranking: or weights:" },
);

const uncertainty = note(
  z.union([
    z.array(alternative),
    z.strictObject({
      swap: probability.describe("The chance that two neighbouring statements stand the other way round."),
      ...provenance,
    }),
  ]),
  { expected: "a list of alternatives {probability: ..., statements: [...]}, or {swap: 0.2}" },
);

const view = z.strictObject({
  unawareOf: note(
    z.union([option, options]).transform((value) => (typeof value === "string" ? [value] : value)),
    { expected: "an option, or a list of options" },
  )
    .optional()
    .describe("Options of others that it does not know of."),
  ascribes: byRef("decision maker", preferences)
    .optional()
    .describe("What it believes that others want, where that differs from what they want."),
  ...provenance,
});

/** The conflict as a graph of states: who can do what, what cannot be, and who prefers what. */
export const graph = z.strictObject({
  text: text.optional().describe("What the model is of, and what it leaves out."),
  statusQuo: ref("situation").optional().describe("The situation on the day of the case; it must be a single state."),
  options: byRef("party", entries("course", course)).describe(
    "What each decision maker can do or leave, by party. The decision makers are the parties named here, in this order.",
  ),
  infeasible: z
    .array(pattern)
    .optional()
    .describe("States that cannot be: those in which one of these statements holds."),
  exclusive: z.array(several).optional().describe("Options of which at most one is taken."),
  atLeastOne: z.array(several).optional().describe("Options of which at least one is taken."),
  irreversible: z.array(moves).optional().describe("Moves that a party cannot make though its options would let it."),
  additional: z.array(moves).optional().describe("Moves that a party can make besides those of its options."),
  misperceives: byRef(
    "decision maker",
    note(
      z.union([formula, z.array(formula)]).transform((value) => (typeof value === "string" ? [value] : value)),
      { expected: `${STATEMENT}, or a list of them` },
    ),
  )
    .optional()
    .describe("States that a party does not see: it makes no moves to or from them."),
  situations: entries("situation", situation).optional().describe("States that have a name."),
  preferences: byRef("decision maker", preferences).optional().describe("What each decision maker prefers."),
  uncertain: byRef("decision maker", uncertainty)
    .optional()
    .describe("What else a decision maker may want, with probabilities; what is left of 1 stays with its preferences."),
  views: byRef("decision maker", view)
    .optional()
    .describe("How a decision maker sees the conflict where it sees another one (a hypergame)."),
  ...provenance,
});

export type GraphSection = z.output<typeof graph>;
