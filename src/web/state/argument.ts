import type { ArgumentExhibit, QuestionAssessment } from "../../assess/index.ts";
import { decibans } from "../../assess/index.ts";
import type { ArgumentEdge, ArgumentMap, ArgumentNode } from "../../report/charts/argument-map.ts";

/** Claims beyond which a map is cut: more boxes than these nobody reads. */
export const MOST_DRAWN = 40;
/** Steps from the claim that is chosen which a cut map still shows. */
const REACH = 2;

/** Name of the question's box in a map; a claim cannot have it. */
export const QUESTION = "?";

/** The argument on a question as a map: whole where it is small, else around the claim that is chosen, else its strongest claims. */
export function mapOf(
  argument: ArgumentExhibit,
  question: QuestionAssessment,
  chosen: string | undefined,
): { readonly map: ArgumentMap; readonly all: number } {
  const weights = new Map(question.claims.map((row) => [row.id, row]));
  const near = neighboursOf(argument);
  const relevant = argument.claims.filter(
    ({ id }) => weights.has(id) || (near.get(id)?.size ?? 0) > 0 || id === chosen,
  );
  const shown = cut(
    relevant.map(({ id }) => id),
    near,
    chosen,
    (id) => Math.abs(weights.get(id)?.leanDb ?? 0),
  );
  const nodes = relevant
    .filter(({ id }) => shown.has(id))
    .map(
      ({ id, name, counts, group }): ArgumentNode => ({
        id,
        name,
        counts,
        group,
        weight: weights.has(id) ? decibans(weights.get(id)?.leanDb ?? 0) : "",
        leans: weights.get(id)?.leans ?? "neither",
      }),
    );
  const edges = nodes.flatMap(({ id, leans }): ArgumentEdge[] => {
    const claim = argument.claims.find((each) => each.id === id);
    const to = (others: readonly string[], kind: ArgumentEdge["kind"]) =>
      others.filter((other) => shown.has(other)).map((other) => ({ from: id, to: other, kind }));
    const bears: ArgumentEdge[] =
      leans === "driver" || leans === "obstacle"
        ? [{ from: id, to: QUESTION, kind: leans === "driver" ? "supports" : "attacks" }]
        : [];
    return [...to(claim?.supports ?? [], "supports"), ...to(claim?.attacks ?? [], "attacks"), ...bears];
  });
  const asked: ArgumentNode = {
    id: QUESTION,
    name: question.text,
    weight: "",
    leans: "question",
    counts: true,
    group: null,
  };
  return { map: { nodes: [...nodes, asked], edges, groups: argument.groups }, all: relevant.length };
}

/** Who supports or attacks whom, either way. */
function neighboursOf({ claims }: ArgumentExhibit): Map<string, Set<string>> {
  const near = new Map<string, Set<string>>();
  const join = (a: string, b: string) => near.set(a, (near.get(a) ?? new Set()).add(b));
  for (const { id, supports, attacks } of claims) {
    for (const other of [...supports, ...attacks]) {
      join(id, other);
      join(other, id);
    }
  }
  return near;
}

function cut(
  ids: readonly string[],
  near: ReadonlyMap<string, ReadonlySet<string>>,
  chosen: string | undefined,
  size: (id: string) => number,
): Set<string> {
  if (ids.length <= MOST_DRAWN) return new Set(ids);
  if (chosen === undefined || !ids.includes(chosen)) {
    return new Set(ids.toSorted((a, b) => size(b) - size(a)).slice(0, MOST_DRAWN));
  }
  const shown = new Set([chosen]);
  let edge = [chosen];
  for (let step = 0; step < REACH; step++) {
    const next = edge.flatMap((id) => [...(near.get(id) ?? [])]).filter((id) => !shown.has(id));
    edge = [...new Set(next)].toSorted((a, b) => size(b) - size(a)).slice(0, MOST_DRAWN - shown.size);
    for (const id of edge) shown.add(id);
  }
  return shown;
}

/** What is selected on the page: `question`, `claim` or `question/claim`. */
export function selectionOf(
  selected: string | undefined,
  questions: readonly { readonly id: string }[],
): { readonly question: string | undefined; readonly claim: string | undefined } {
  const [first, second] = (selected ?? "").split("/");
  if (questions.some(({ id }) => id === first)) return { question: first, claim: second === "" ? undefined : second };
  return { question: undefined, claim: first === "" ? undefined : first };
}
