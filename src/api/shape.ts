import type { z } from "zod";
import { type Problem, problem } from "../core/problems/index.ts";

type Issue = z.core.$ZodIssue;

/** Problems that are told of one request. */
const MOST = 20;

/**
 * What of a request has another shape than its schema, as problems with the place of each.
 *
 * Where a value may have one of several forms, the form that it is nearest to is told of; where several are equally
 * near, the first thing that each of them lacks.
 */
export function shapeProblems(issues: readonly Issue[]): Problem[] {
  return issues
    .flatMap((issue) => told(issue, []))
    .slice(0, MOST)
    .map(({ where, detail }) => problem("request-shape", { where: where.join("."), detail }));
}

interface Told {
  readonly where: readonly PropertyKey[];
  readonly detail: string;
}

function told(issue: Issue, above: readonly PropertyKey[]): Told[] {
  const where = [...above, ...issue.path];
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return [{ where, detail: issue.message }];
  const forms = issue.errors.map((errors) => errors.flatMap((each) => told(each, where)));
  const least = Math.min(...forms.map(({ length }) => length));
  const [nearest = [], ...others] = forms.filter(({ length }) => length === least);
  if (others.length === 0) return nearest;
  const lacking = [nearest, ...others].flatMap(([first]) => (first === undefined ? [] : [relative(first, where)]));
  return [{ where, detail: [...new Set(lacking)].join("; or ") }];
}

/** What is told, with its place as seen from another. */
function relative({ where, detail }: Told, from: readonly PropertyKey[]): string {
  const rest = where.slice(from.length).join(".");
  return rest === "" ? detail : `${rest}: ${detail}`;
}
