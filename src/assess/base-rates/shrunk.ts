import { shrinkShare } from "../../baserates/index.ts";
import type { Case } from "../../case/index.ts";
import { ParleyError } from "../../core/problems/index.ts";
import { classOf, type ReferenceClass } from "./classes.ts";
import type { Member } from "./members.ts";
import { LEVEL } from "./rates.ts";
import type { BaseRatesExhibit } from "./schema.ts";

type Shrunk = NonNullable<NonNullable<BaseRatesExhibit>["questions"][number]["shrunk"]>;

/** Whether every member of a class is one of its parent, and it is not that itself. */
export function isPartOf({ id, members }: ReferenceClass, parent: ReferenceClass): boolean {
  const all = new Set(parent.members);
  return id !== parent.id && members.every((member) => all.has(member));
}

/**
 * The share of a class's members that ended so within some months of an age, drawn to the other members of its parent
 * that lasted as long: what a class of few says alone is mostly chance. Null where the class has no parent; a reason
 * where it cannot be told.
 *
 * Members that were last seen going on before those months were over are left out.
 *
 * @param age and `within` in months
 */
export function shrunkRate(
  content: Case,
  reference: ReferenceClass,
  age: number,
  within: number,
): Shrunk | string | null {
  const parent = reference.parent === undefined ? undefined : classOf(content, reference.parent);
  if (parent === undefined) return null;
  if (!isPartOf(reference, parent)) return `not all of its members are among those of “${parent.name}”`;
  const { ends } = reference;
  const share = (members: readonly Member[]) => {
    const known = members.filter(({ months, ended }) => months > age && (ended || months >= age + within));
    const came = known.filter(
      ({ months, ended, ending }) => ended && months <= age + within && (ends === undefined || ends.includes(ending)),
    );
    return { ended: came.length, members: known.length };
  };
  const own = share(reference.members);
  // Who is left out of the class by name does not come back with its parent.
  const out = new Set(reference.excluded);
  const whole = share(parent.members.filter(({ name }) => name === undefined || !out.has(name)));
  const others = { ended: whole.ended - own.ended, members: whole.members - own.members };
  try {
    const { estimate, low, high, weight } = shrinkShare(own, whole, { level: LEVEL });
    return { parent: parent.id, name: parent.name, p: estimate, low, high, weight, own, others };
  } catch (error) {
    if (!(error instanceof ParleyError)) throw error;
    return `no other member of “${parent.name}” lasted longer than ${age.toFixed(0)} months`;
  }
}
