import {
  cumulativeIncidence,
  incidenceAt,
  kaplanMeier,
  lastingBeyond,
  survivalAt,
  survivalOf,
} from "../../baserates/index.ts";
import type { Case } from "../../case/index.ts";
import { keptFor } from "../../core/kept/index.ts";
import { ParleyError } from "../../core/problems/index.ts";
import { classNames, classOf, type ReferenceClass } from "./classes.ts";
import type { Member } from "./members.ts";
import { fitsOf, markedFor, ratesOf, spellsOf, stillGoing } from "./rates.ts";
import type { BaseRatesExhibit } from "./schema.ts";

type Compared = NonNullable<BaseRatesExhibit>["questions"][number];

/** Most months of a curve; wars of the lists that lasted longer are few. */
const MOST_MONTHS = 240;

/** The leading rate month by month: P(the event within k | lasted t) for k = 1, 2, ... */
export function ratesByMonth({ members, entry, ends }: ReferenceClass, age: number, months: number): number[] {
  const ahead = Array.from({ length: Math.max(0, Math.min(MOST_MONTHS, Math.ceil(months))) }, (_, k) => k + 1);
  if (ends !== undefined) {
    const curve = cumulativeIncidence(markedFor(lastingBeyond(spellsOf(members, entry), age), ends));
    return ahead.map((k) => incidenceAt(curve, age + k).byEnding["event"]?.estimate ?? 0);
  }
  const [fit] = fitsOf(members, entry).fits;
  if (fit !== undefined) {
    const now = survivalOf(fit, age);
    return ahead.map((k) => 1 - survivalOf(fit, age + k) / now);
  }
  const curve = kaplanMeier(lastingBeyond(spellsOf(members, entry), age));
  return ahead.map((k) => 1 - survivalAt(curve, age + k).survival);
}

/** Members at risk beyond which it is not told what each makes of the chance: of many none makes much. */
const FEW = 20;

/** The leading rate without each member that lasted as long, the largest change first: what a class of few rests on. */
export function withoutEach(reference: ReferenceClass, age: number, within: number): Compared["without"] {
  const left = stillGoing(reference, age);
  if (left.length > FEW) return [];
  const all = leadOf(reference, age, within);
  return left
    .flatMap((member) => {
      const { name } = member;
      const p = name === undefined ? undefined : leadOf(without(reference, member), age, within);
      return name === undefined || p === undefined ? [] : [{ name: nameOf(member), p }];
    })
    .toSorted((a, b) => Math.abs(b.p - (all ?? 0)) - Math.abs(a.p - (all ?? 0)) || (a.name < b.name ? -1 : 1));
}

const nameOf = ({ name = "", start }: Member): string => `${name} ${start?.slice(0, 4) ?? ""}`.trim();

/** A class without one member; of the same class it is made once, so that its fits are. */
function without(reference: ReferenceClass, member: Member): ReferenceClass {
  return { ...reference, members: others(reference.members, member.id) };
}

const others = keptFor((members: readonly Member[], id: string): readonly Member[] =>
  members.filter((member) => member.id !== id),
);

/**
 * The same question by every class that the case can name: whom a war is compared with is a judgement. Classes that count other
 * endings as the event answer another question, and are left out.
 */
export function acrossClasses(content: Case, asked: ReferenceClass, age: number, within: number): Compared["across"] {
  return classNames(content).flatMap((id) => {
    const reference = classOf(content, id);
    if (reference === undefined || reference.members.length === 0 || !sameEnds(reference, asked)) return [];
    const p = leadOf(reference, age, within);
    const atRisk = stillGoing(reference, age).length;
    return p === undefined ? [] : [{ class: id, name: reference.name, members: reference.members.length, atRisk, p }];
  });
}

const sameEnds = (one: ReferenceClass, other: ReferenceClass): boolean =>
  [...(one.ends ?? [])].sort().join() === [...(other.ends ?? [])].sort().join();

function leadOf(reference: ReferenceClass, age: number, within: number): number | undefined {
  if (reference.entry > age || stillGoing(reference, age).length === 0) return undefined;
  try {
    return ratesOf(reference, age, within)[0]?.p;
  } catch (error) {
    if (error instanceof ParleyError) return undefined;
    throw error;
  }
}
