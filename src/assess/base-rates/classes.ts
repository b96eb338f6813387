import type { BUILT_IN_CLASSES, Case } from "../../case/index.ts";
import { formatDay, parseDate } from "../../core/dates/index.ts";
import { keptFor } from "../../core/kept/index.ts";
import { DAYS_PER_MONTH_OF_LISTS, type ListName, MEMBER_LISTS, type Member } from "./members.ts";

/** A reference class as it stands: who is in it, who is left out and why. */
export interface ReferenceClass {
  readonly id: string;
  readonly name: string;
  readonly list: ListName;
  readonly what: string;
  readonly citation: string;
  readonly members: readonly Member[];
  /** Members of the list that the filter leaves out, as counts by reason; those left out by name are listed. */
  readonly leftOut: readonly { readonly why: string; readonly count: number; readonly names: readonly string[] }[];
  /** Names that the filter leaves out. */
  readonly excluded: readonly string[];
  /** Months that every member lasted, because the filter asks for it: nobody is watched before. */
  readonly entry: number;
  /** Endings that count as the event; all of them where undefined. */
  readonly ends: readonly string[] | undefined;
  readonly parent: string | undefined;
  /** Where the case defines it; undefined for those that are built in. */
  readonly casePath: string | undefined;
  readonly because: string | undefined;
}

type Filter = NonNullable<NonNullable<NonNullable<Case["history"]>["classes"]>[string]>;

const from1946 = parseDate("1946");

const BUILT_IN: Readonly<Record<(typeof BUILT_IN_CLASSES)[number], Filter>> = {
  "interstate-wars": { name: "Interstate wars, 1823–2003", from: "interstate-wars" },
  "interstate-wars-since-1946": {
    name: "Interstate wars, 1946–2003",
    from: "interstate-wars",
    ...(from1946 === undefined ? {} : { since: from1946 }),
    parent: "interstate-wars",
  },
  "interstate-episodes": {
    name: "Fighting between states, 1946–2020",
    from: "interstate-episodes",
    parent: "all-episodes",
  },
  "civil-episodes": { name: "Fighting within states, 1946–2020", from: "civil-episodes", parent: "all-episodes" },
  "all-episodes": { name: "All episodes of fighting, 1946–2020", from: "all-episodes" },
};

/** The classes that a case can name: its own first, then those that are built in. */
export function classNames(content: Case): readonly string[] {
  return [...new Set([...Object.keys(content.history?.classes ?? {}), ...Object.keys(BUILT_IN)])];
}

/** A class by its name: the case's own, or a built-in one; undefined where there is none. */
export function classOf(content: Case, id: string): ReferenceClass | undefined {
  const filter = content.history?.classes?.[id] ?? (BUILT_IN as Readonly<Record<string, Filter>>)[id];
  if (filter === undefined) return undefined;
  const reference = filtered(filter, id);
  return content.asOf === undefined ? reference : knownBy(reference, content.asOf.last);
}

/** The last day of the lists of episodes. */
export const CLOSED = parseDate("2020-12-31")?.last ?? 0;

/** Whether a class holds what was known only after a day, and cannot be cut to it: its list has no days. */
export function knowsMore({ members, list }: ReferenceClass, day: number): boolean {
  return day < CLOSED && list !== "interstate-wars" && members.some(({ start }) => start === undefined);
}

/** A class as it stood on a day: what began later is not in it, what was going on then had not ended. */
const knownBy = keptFor((reference: ReferenceClass, day: number): ReferenceClass => {
  const later: string[] = [];
  let changed = false;
  const members = reference.members.flatMap((member): Member[] => {
    const start = member.start === undefined ? undefined : parseDate(member.start)?.first;
    if (start === undefined) return [member];
    if (start > day) {
      later.push(member.name ?? member.id);
      return [];
    }
    const watched = (day - start + 1) / DAYS_PER_MONTH_OF_LISTS;
    if (member.months <= watched) return [member];
    changed = true;
    return [{ ...member, months: watched, ended: false, ending: "" }];
  });
  if (later.length === 0 && !changed) return reference;
  const why = `began after ${formatDay(day)}, the day of the case`;
  const gone = later.length === 0 ? [] : [{ why, count: later.length, names: [] }];
  return {
    ...reference,
    members: members.filter(({ months }) => months > reference.entry),
    leftOut: [...reference.leftOut, ...gone],
  };
});

/** A moment before, in months. */
const MOMENT = 1e-6;

/** The members of a filter; of the same filter they are chosen once. */
const filtered = keptFor((filter: Filter, id): ReferenceClass => {
  const { name, from, since, until, deaths, lasting, exclude = [], ends, parent, because } = filter;
  const list = MEMBER_LISTS[from];
  const startOf = ({ start }: Member) => (start === undefined ? undefined : parseDate(start)?.first);
  const reasons: readonly (readonly [why: string, out: (member: Member) => boolean])[] = [
    ["left out by name", ({ name: known }) => known !== undefined && exclude.includes(known)],
    ...(since === undefined
      ? []
      : [
          [`began before ${since.text}`, (member: Member) => !((startOf(member) ?? -Infinity) >= since.first)] as const,
        ]),
    ...(until === undefined
      ? []
      : [[`began after ${until.text}`, (member: Member) => !((startOf(member) ?? Infinity) <= until.last)] as const]),
    ...(deaths === undefined
      ? []
      : [
          [
            `fewer than ${deaths} deaths, or not known`,
            (member: Member) => !((member.deaths ?? -1) >= deaths),
          ] as const,
        ]),
    ...(lasting === undefined
      ? []
      : [[`shorter than ${lasting} months`, (member: Member) => member.months < lasting] as const]),
  ];
  const out = reasons.map(([why]) => ({ why, members: [] as Member[] }));
  const members = list.members.filter((member) => {
    const first = reasons.findIndex(([, leaves]) => leaves(member));
    out[first]?.members.push(member);
    return first < 0;
  });
  return {
    id,
    name,
    list: from,
    what: list.what,
    citation: list.citation,
    members,
    leftOut: out.flatMap(({ why, members: gone }, k) =>
      gone.length === 0
        ? []
        : [{ why, count: gone.length, names: k === 0 ? gone.flatMap((each) => each.name ?? []) : [] }],
    ),
    excluded: exclude,
    // Whoever lasted just so long was at risk at that moment.
    entry: Math.max(0, (lasting ?? 0) - MOMENT),
    ends,
    parent,
    casePath: (BUILT_IN as Readonly<Record<string, Filter>>)[id] === filter ? undefined : `history.classes.${id}`,
    because,
  };
});

/** What is wrong with a class: what its list cannot be filtered by, names that it does not have. */
export function faultsOf(
  filter: Filter,
): { readonly key: "since" | "until" | "deaths" | "exclude"; readonly value: string }[] {
  const list = MEMBER_LISTS[filter.from];
  const faults: { key: "since" | "until" | "deaths" | "exclude"; value: string }[] = [];
  for (const key of ["since", "until"] as const) {
    if (filter[key] !== undefined && !list.named) faults.push({ key, value: filter[key].text });
  }
  if (filter.deaths !== undefined && list.members.every(({ deaths }) => deaths === undefined)) {
    faults.push({ key: "deaths", value: String(filter.deaths) });
  }
  for (const name of filter.exclude ?? []) {
    if (!list.members.some((member) => member.name === name)) faults.push({ key: "exclude", value: name });
  }
  return faults;
}
