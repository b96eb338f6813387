import type { Problem, ProblemArguments, ProblemCode } from "../../core/problems/index.ts";
import { problem } from "../../core/problems/index.ts";
import type { Places } from "../parse/dossier.ts";
import type { Observation } from "../parse/series.ts";
import type { Path } from "../parse/yaml.ts";
import type { CaseContent } from "../schema/case.ts";

/** What the checks of a case's sense work on, and where they write. */
export class Findings {
  readonly problems: Problem[] = [];
  readonly content: CaseContent;
  readonly series: ReadonlyMap<string, readonly Observation[]>;
  readonly #places: Places;

  constructor(content: CaseContent, series: ReadonlyMap<string, readonly Observation[]>, places: Places) {
    this.content = content;
    this.series = series;
    this.#places = places;
  }

  /** Reports a problem at a path of the case. */
  add<C extends ProblemCode>(code: C, path: Path, facts: ProblemArguments<C>, part: "key" | "value" = "value"): void {
    this.problems.push(problem(code, facts, this.#places.place(path, part)));
  }

  /** Reports a problem at a place of a data file. */
  addAt<C extends ProblemCode>(code: C, observation: Observation, facts: ProblemArguments<C>): void {
    this.problems.push(problem(code, facts, observation.place));
  }
}

/** The entries of a section, or none. */
export function entriesOf<T>(section: Readonly<Record<string, T>> | undefined): [string, T][] {
  return Object.entries(section ?? {});
}
