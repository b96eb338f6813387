import { durationQuantile, kaplanMeier, survivalAt, survivalOf } from "../../baserates/index.ts";
import { keptFor } from "../../core/kept/index.ts";
import type { Reasons } from "../reasons.ts";
import type { ReferenceClass } from "./classes.ts";
import type { Member } from "./members.ts";
import { fitsOf, LEVEL, spellsOf, TABLE_MONTHS } from "./rates.ts";
import type { BaseRatesExhibit } from "./schema.ts";

type ClassExhibit = NonNullable<BaseRatesExhibit>["classes"][number];

/** The curve, its table and its fits: of the same members they are worked out once. */
const described = keptFor((members: readonly Member[], entry: number) => {
  const curve = kaplanMeier(spellsOf(members, entry), { level: LEVEL });
  const { fits, failures } = fitsOf(members, entry);
  return {
    median: durationQuantile(curve, 0.5).estimate ?? null,
    curve: [
      { months: 0, survival: 1, low: 1, high: 1 },
      ...curve.steps.flatMap(({ time, ended, survival, low, high }) =>
        ended === 0 ? [] : [{ months: time, survival, low, high }],
      ),
    ],
    table: TABLE_MONTHS.map((months) => {
      const { survival, low, high, atRisk } = survivalAt(curve, months);
      return { months, atRisk: months <= entry ? members.length : atRisk, survival, low, high };
    }),
    fits: fits.map((fit) => ({
      family: fit.family,
      parameters: fit.parameters.map(({ name, estimate, se }) => ({ name, estimate, se })),
      aic: fit.aic,
      // A class of what lasted some months says nothing of those before.
      curve: TABLE_MONTHS.map((months) => (months <= entry ? 1 : survivalOf(fit, months) / survivalOf(fit, entry))),
    })),
    unfitted: failures.map(({ family, error }) => ({ family, reason: error.message })),
  };
});

/** A reference class for people: who is in it, who is not, how long it lasted, how it ended. */
export function classExhibit(reference: ReferenceClass, reasons: Reasons): ClassExhibit {
  const { id, name, what, citation, members, entry, leftOut, casePath, because } = reference;
  const label = `${name}: ${members.length} of the ${what}`;
  const list = reasons.table.add({ id: `source:list/${reference.list}`, kind: "source", label: what, citation });
  const grounds = [list, reasons.definition("reference-class")];
  const node =
    casePath === undefined
      ? reasons.table.add({ id: `definition:class/${id}`, kind: "definition", label, because: grounds })
      : reasons.table.add({
          id: `parameter:${casePath}`,
          kind: "parameter",
          label,
          ...reasons.at(casePath),
          ...(because === undefined ? {} : { note: because }),
          because: grounds,
        });
  return {
    id,
    name,
    what,
    citation,
    members: members.length,
    ended: members.filter(({ ended }) => ended).length,
    named: members
      .flatMap((each) =>
        each.name === undefined || each.start === undefined
          ? []
          : [{ name: each.name, start: each.start, months: each.months, ending: each.ending }],
      )
      .toSorted((a, b) => b.months - a.months),
    leftOut: leftOut.map(({ why, count, names }) => ({ why, count, names: [...names] })),
    kinds: countsOf(members, ({ kind }) => kind).map(([kind, count]) => ({ kind, count })),
    endings: countsOf(members, ({ ending }) => ending).map(([ending, count]) => ({ ending, count })),
    ...described(members, entry),
    node,
  };
}

/** How many there are of each word, the most frequent first. */
export function countsOf<T>(all: readonly T[], word: (each: T) => string): (readonly [word: string, count: number])[] {
  const counts = new Map<string, number>();
  for (const each of all) counts.set(word(each), (counts.get(word(each)) ?? 0) + 1);
  return [...counts].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}
