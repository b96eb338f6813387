import type { Problem } from "./problem.ts";

/** The word that a problem's hint takes a mistyped one for: `did you mean ukraine?` gives `ukraine`. */
export function suggestionOf({ hint }: Problem): string | undefined {
  return /^did you mean (\S+)\?$/.exec(hint)?.[1];
}
