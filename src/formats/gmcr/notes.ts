import type { GmcrNode } from "./node.ts";

/** Keys of the format; what is not read of them is a copy, or follows from the rest. */
const KEYS = new Set([
  "program",
  "version",
  "options",
  "decisionMakers",
  "infeasibles",
  "useManualPreferenceRanking",
  "useManualPreferenceVectors",
  "coalitions",
  "coalitionsFull",
  "nodes",
]);
const OPTION_KEYS = new Set(["name", "permittedDirection"]);
const PARTY_KEYS = new Set([
  "name",
  "options",
  "preferences",
  "payoffs",
  "misperceptions",
  "preferenceRanking",
  "preferenceVector",
]);

/** Says which entries are not the format's. */
export function notesOnKeys(root: GmcrNode, notes: string[]): void {
  const within = (key: string) => root.find(key)?.items() ?? [];
  const groups: [where: string, nodes: readonly GmcrNode[], known: ReadonlySet<string>][] = [
    ["", [root], KEYS],
    [" of options", within("options"), OPTION_KEYS],
    [" of decision makers", within("decisionMakers"), PARTY_KEYS],
  ];
  for (const [where, nodes, known] of groups) {
    const unknown = new Set(nodes.flatMap((node) => node.keys().filter((key) => !known.has(key))));
    if (unknown.size === 0) continue;
    notes.push(`Entries${where} that are not in the format are left out: ${[...unknown].join(", ")}.`);
  }
}

/** Whether numbers, one for each state, order them otherwise than ranks do; not where they are no such numbers. */
export function payoffsDiffer(payoffs: GmcrNode, ranks: Int32Array): boolean {
  const items = payoffs.isList ? payoffs.items() : [];
  if (items.length !== ranks.length || !items.every(({ isNumber }) => isNumber)) return false;
  const values = items.map((item) => item.number());
  const order = [...values.keys()].sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  return order.some((state, k) => {
    const last = order[k - 1];
    if (last === undefined) return false;
    const [more, above] = [(values[state] ?? 0) > (values[last] ?? 0), (ranks[state] ?? 0) - (ranks[last] ?? 0)];
    return more ? above <= 0 : above !== 0;
  });
}
