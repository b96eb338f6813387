import type { Case } from "../../case/index.ts";
import { nearest, type Problem, problem } from "../../core/problems/index.ts";
import { classOf, faultsOf } from "../base-rates/classes.ts";
import { MEMBER_LISTS } from "../base-rates/members.ts";
import { isPartOf } from "../base-rates/shrunk.ts";

/**
 * What is wrong with the reference classes of a case: filters that their lists have nothing for, names that they do not
 * have.
 */
export function checkHistory(content: Case): Problem[] {
  const talks = Object.entries(content.questions).flatMap(([id, { event, referenceClass }]) => {
    if (event !== "talks" || referenceClass === undefined) return [];
    const expected = "none: no list says when states began to talk; give a prior range with its reason";
    const place = content.place(["questions", id, "referenceClass"]);
    return [problem("invalid-value", { thing: "referenceClass", value: referenceClass, expected }, place)];
  });
  return [...talks, ...classFaults(content)];
}

function classFaults(content: Case): Problem[] {
  return Object.entries(content.history?.classes ?? {}).flatMap(([id, filter]) => [
    ...parentFaults(content, id),
    ...faultsOf(filter).map(({ key, value }) => {
      const path = ["history", "classes", id, key];
      const { what, members } = MEMBER_LISTS[filter.from];
      if (key === "exclude") {
        const names = members.flatMap(({ name }) => name ?? []);
        const near = nearest(value, names);
        const known = names.length === 0 ? `the ${what} have no names here` : undefined;
        return problem("unknown-reference", { kind: "member", value, near, known }, content.place(path));
      }
      const expected = `nothing: the ${what} are not told by ${key === "deaths" ? "deaths" : "their first day"} here`;
      return problem("invalid-value", { thing: key, value, expected }, content.place(path));
    }),
  ]);
}

/**
 * A parent holds all members of its class and others: else there is nobody to draw it to. One that is unknown is found
 * elsewhere.
 */
function parentFaults(content: Case, id: string): Problem[] {
  const own = classOf(content, id);
  const parent = own?.parent === undefined ? undefined : classOf(content, own.parent);
  if (own === undefined || parent === undefined || isPartOf(own, parent)) return [];
  const expected = `a class that holds every member of “${own.name}”, and is not that itself`;
  const place = content.place(["history", "classes", id, "parent"]);
  return [problem("invalid-value", { thing: "parent", value: parent.id, expected }, place)];
}
