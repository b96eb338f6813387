import { dayNumber } from "../../src/core/dates/index.ts";
import { episodes, interstateWars, peaces } from "./classes.ts";
import { AGES, type Ask, HORIZONS, rollingOrigins, type Settled } from "./origins.ts";
import type { Rule, War } from "./wars.ts";

/** A question put to every member of a class. */
export interface QuestionSet {
  readonly id: string;
  /** As a heading. */
  readonly title: string;
  /** What is asked of each member. */
  readonly asked: string;
  readonly membersOf: (folder: string) => readonly War[];
  readonly ask: Ask;
}

const anyEnding = () => true;
/** Endings that are no victory and no other war: in the words of the two lists. */
const BY_AGREEMENT: readonly string[] = ["compromise", "stalemate", "agreement", "ceasefire"];
const byAgreement = (ending: string) => BY_AGREEMENT.includes(ending);

const from1946 = dayNumber(1946, 1, 1);
const ofWars = { ages: AGES, horizons: HORIZONS } as const;
const STATES = ["decade", "states"] as const;
const HISTORY = ["decade", "again", "territory"] as const;
const PEACE = ["decade", "again", "fought", "ceasefire", "low-activity", "victory-a", "victory-b"] as const;

const CLASSES = [
  { id: "wars", name: "Interstate wars, 1823–2003", membersOf: interstateWars, covariates: STATES },
  {
    id: "wars-1946",
    name: "Interstate wars, 1946–2003",
    membersOf: (folder: string) => interstateWars(folder).filter(({ begun }) => begun >= from1946),
    covariates: STATES,
  },
  {
    id: "episodes",
    name: "Fighting between states, 1946–2020",
    membersOf: (folder: string) => episodes(folder, "interstate"),
    covariates: HISTORY,
  },
  {
    id: "civil",
    name: "Fighting within states, 1946–2020",
    membersOf: (folder: string) => episodes(folder, "civil"),
    covariates: HISTORY,
  },
] as const;

const ends = CLASSES.map(
  ({ id, name, membersOf, covariates }): QuestionSet => ({
    id: `${id}-ends`,
    title: `${name}: does it end`,
    asked: "does it end, in whatever way",
    membersOf,
    ask: { ...ofWars, isEvent: anyEnding, covariates },
  }),
);

const settles = CLASSES.map(
  ({ id, name, membersOf, covariates }): QuestionSet => ({
    id: `${id}-settles`,
    title: `${name}: does it end by agreement or ceasefire`,
    asked: id.startsWith("wars")
      ? "does it end by compromise or stalemate, while victories and wars that become others compete"
      : "does it end by agreement or ceasefire, while victories, low activity and actors that cease compete",
    membersOf,
    ask: { ...ofWars, isEvent: byAgreement, covariates },
  }),
);

const again = (["interstate", "all"] as const).map(
  (kind): QuestionSet => ({
    id: `again-${kind}`,
    title: `${kind === "interstate" ? "After fighting between states" : "After all fighting"}, 1946–2020: is it fought again`,
    asked: "do the same two fight again within five years of the last day",
    membersOf: (folder) => peaces(folder, kind),
    ask: { isEvent: anyEnding, ages: [0], horizons: [60], covariates: PEACE },
  }),
);

/** All questions, in the order of the page. */
export const SETS: readonly QuestionSet[] = [...ends, ...settles, ...again];
export const RULES: readonly Rule[] = ["others", "past"];

/** A set under a rule: what was asked and what each model said. */
export interface Asked {
  readonly set: QuestionSet;
  readonly rule: Rule;
  readonly members: number;
  readonly settled: readonly Settled[];
}

/** Asks a set under a rule. @throws DataFault */
export function askSet(folder: string, set: QuestionSet, rule: Rule, each?: (share: number) => void): Asked {
  const members = set.membersOf(folder);
  return { set, rule, members: members.length, settled: rollingOrigins(members, set.ask, rule, each) };
}
