import type { Bound, HyperRectangle, Issue, Utility } from "../../terms/index.ts";
import type { FileNode } from "./nodes.ts";

/**
 * Reads NegMAS's HyperRectangleUtilityFunction: the bias, and for each of `outcome_ranges` that holds its weight times its
 * utility. A range names issues, by place from 0 or by name, each with an option, with the ends [low, high] of numbers, or
 * with a list of options; what has no range always pays. Bounds are inclusive.
 */
export function readRectangles(node: FileNode, issues: readonly Issue[]): Utility {
  const ranges = node.get("outcome_ranges").items();
  const utilities = (node.find("utilities") ?? node.get("mappings")).items();
  const weights = node.find("weights");
  const factors = weights === undefined || weights.isEmpty ? undefined : weights.items();
  for (const list of [utilities, factors]) {
    if (list !== undefined && list.length !== ranges.length)
      throw node.wrong(`${ranges.length} utilities and weights, as of outcome_ranges`, `${list.length}`);
  }
  const rectangles = ranges.flatMap((range, r): HyperRectangle[] => {
    const utility = (factors?.[r]?.number() ?? 1) * (utilities[r]?.number() ?? 0);
    return boxesOf(range, issues).map((bounds) => ({ utility, kind: "includes", bounds }));
  });
  return { bias: node.find("bias")?.number() ?? 0, rectangles };
}

/** The boxes that a range is made of: a list of options that are no neighbours makes several, of which one holds at most. */
function boxesOf(range: FileNode, issues: readonly Issue[]): Bound[][] {
  if (range.isEmpty) return [[]];
  let boxes: Bound[][] = [[]];
  for (const [key, value] of range.entries()) {
    const issue = issues.find(({ name }) => name === key.text()) ?? issues[Number(key.text())];
    if (issue === undefined) throw key.wrong("the place or the name of an issue", key.text());
    if (value.isEmpty) continue;
    const runs = runsOf(value, issue);
    boxes = boxes.flatMap((box) => runs.map(([low, high]) => [...box, { issue: issue.name, low, high }]));
  }
  return boxes;
}

/** Pieces of an issue's numbers without a gap. */
function runsOf(value: FileNode, issue: Issue): [number, number][] {
  const number = (place: number) => issue.numbers?.[place] ?? place;
  if (value.isList && issue.numbers !== undefined) {
    const ends = value.items();
    const [low, high] = ends.map((end) => end.number());
    if (ends.length === 2 && low !== undefined && high !== undefined) return [[low, high]];
  }
  const chosen = new Set(
    (value.isList ? value.items() : [value]).map((item) => {
      const text = item.text();
      const place = issue.options.findIndex((option, o) => option === text || issue.numbers?.[o] === Number(text));
      if (place < 0) throw item.wrong(`an option of ${issue.name}`, text);
      return place;
    }),
  );
  const runs: [number, number][] = [];
  let isOpen = false;
  const order = [...issue.options.keys()].toSorted((a, b) => number(a) - number(b));
  for (const place of order) {
    const run = runs.at(-1);
    if (!chosen.has(place)) isOpen = false;
    else if (isOpen && run !== undefined) run[1] = number(place);
    else {
      runs.push([number(place), number(place)]);
      isOpen = true;
    }
  }
  return runs;
}
