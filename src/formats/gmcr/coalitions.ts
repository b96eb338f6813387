import type { GmcrNode } from "./node.ts";

/**
 * Reads who acts together: positions of decision makers, single or in lists.
 *
 * Undefined where everyone is alone, and, with a note, where the coalitions do not part the decision makers: GMCR+ then
 * takes each alone.
 */
export function readCoalitions(node: GmcrNode, count: number, notes: string[]): number[][] | undefined {
  const groups: number[][] = [];
  const seen = new Set<number>();
  let isPartition = node.isList;
  for (const item of node.isList ? node.items() : []) {
    const members = item.isList ? item.items() : [item];
    const group = members.map((member) => (member.isNumber ? member.number() : Number.NaN));
    groups.push(group);
    for (const member of group) {
      if (!Number.isInteger(member) || member < 0 || member >= count || seen.has(member)) isPartition = false;
      seen.add(member);
    }
  }
  if (!isPartition || seen.size !== count) {
    notes.push("Its coalitions do not name each decision maker once; each is taken to be on its own, as in GMCR+.");
    return undefined;
  }
  return groups.every(({ length }) => length < 2) ? undefined : groups.filter(({ length }) => length > 0);
}
