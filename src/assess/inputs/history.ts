import type { Case } from "../../case/index.ts";
import { nearest, type Problem, problem } from "../../core/problems/index.ts";
import { faultsOf } from "../base-rates/classes.ts";
import { MEMBER_LISTS } from "../base-rates/members.ts";

/** What is wrong with the reference classes of a case: filters that their lists have nothing for, names that they do not have. */
export function checkHistory(content: Case): Problem[] {
  return Object.entries(content.history?.classes ?? {}).flatMap(([id, filter]) =>
    faultsOf(filter).map(({ key, value }) => {
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
  );
}
