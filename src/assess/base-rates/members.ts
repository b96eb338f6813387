import { INTERSTATE_EPISODES } from "./facts/interstate-episodes.ts";
import { INTERSTATE_WARS } from "./facts/interstate-wars.ts";
import { OTHER_EPISODES } from "./facts/other-episodes.ts";

/** Mean length of a month in the lists of durations, in days. */
export const DAYS_PER_MONTH_OF_LISTS = 30.4375;

/** A war or an episode of fighting of a list. */
export interface Member {
  readonly id: string;
  /** Undefined in lists that hold counts alone. */
  readonly name: string | undefined;
  /** First day, ISO 8601; undefined where the list does not say. */
  readonly start: string | undefined;
  /** Months of fighting, or until it was last seen going on. */
  readonly months: number;
  readonly ended: boolean;
  /** How it ended, in the words of `CLASS_ENDINGS`; empty where it had not. */
  readonly ending: string;
  /** Between states, within one, within one with foreign troops, over a colony. */
  readonly kind: string;
  /** Battle deaths; undefined where they are not known of all who took part. */
  readonly deaths: number | undefined;
}

/** A list that reference classes take their members from. */
export interface MemberList {
  readonly what: string;
  readonly citation: string;
  readonly members: readonly Member[];
  /** Whether its members have names and first days. */
  readonly named: boolean;
}

const COW =
  "Sarkees & Wayman (2010), Resort to War: 1816-2007; Correlates of War Inter-State War Data 4.0 (wars that ended by 2003)";
const UCDP =
  "Kreutz (2010), How and when armed conflicts end, Journal of Peace Research 47(2); UCDP Conflict Termination Dataset 3-2021 (CC BY 4.0)";

const wars: readonly Member[] = INTERSTATE_WARS.map(([name, start, , days, ending, deaths]) => ({
  id: `${name} ${start}`,
  name,
  start,
  months: days / DAYS_PER_MONTH_OF_LISTS,
  ended: true,
  ending,
  kind: "interstate",
  deaths: deaths ?? undefined,
}));

const interstateEpisodes: readonly Member[] = INTERSTATE_EPISODES.map(([name, start, days, ending]) => ({
  id: `${name} ${start}`,
  name,
  start,
  months: days / DAYS_PER_MONTH_OF_LISTS,
  ended: ending !== "",
  ending,
  kind: "interstate",
  deaths: undefined,
}));

const otherEpisodes: readonly Member[] = OTHER_EPISODES.flatMap(([kind, ending, counts]) =>
  counts.flatMap(([months, count]) =>
    Array.from({ length: count }, (_, k) => ({
      id: `${kind} ${ending} ${months} ${k}`,
      name: undefined,
      start: undefined,
      months,
      ended: ending !== "",
      ending,
      kind,
      deaths: undefined,
    })),
  ),
);

/** The lists that come with Parley, by the word that a class takes them by. */
export const MEMBER_LISTS = {
  "interstate-wars": { what: "interstate wars, 1823–2003", citation: COW, members: wars, named: true },
  "interstate-episodes": {
    what: "episodes of fighting between states, 1946–2020",
    citation: UCDP,
    members: interstateEpisodes,
    named: true,
  },
  "civil-episodes": {
    what: "episodes of fighting within states, 1946–2020",
    citation: UCDP,
    members: otherEpisodes.filter(({ kind }) => kind === "civil" || kind === "internationalised"),
    named: false,
  },
  "all-episodes": {
    what: "episodes of fighting between and within states and over colonies, 1946–2020",
    citation: UCDP,
    members: [...interstateEpisodes, ...otherEpisodes],
    named: false,
  },
} as const satisfies Readonly<Record<string, MemberList>>;

export type ListName = keyof typeof MEMBER_LISTS;
