import { type Problem, problem } from "../../core/problems/index.ts";
import type { ConflictOption } from "../../stability/index.ts";
import { attempt } from "../attempt.ts";
import type { GmcrNode } from "./node.ts";

/** A decision maker of a file, with the numbers of its options as the file counts them. */
export interface Owner {
  readonly name: string;
  readonly options: readonly number[];
  readonly node: GmcrNode;
}

/** Reads who there is and who owns what; each option must have one owner. */
export function readOwners(
  list: GmcrNode,
  options: readonly ConflictOption[],
  optionNodes: readonly GmcrNode[],
  problems: Problem[],
): Owner[] {
  const nodes = list.items();
  if (nodes.length === 0) problems.push(problem("too-few-deciders", { count: 0 }, list.place));
  const ownerOf = new Map<number, string>();
  const before = problems.length;
  const called = (option: number) => `${option} (${options[option]?.name ?? ""})`;
  const owners = nodes.flatMap((node) => {
    const name = attempt(problems, () => node.get("name").text());
    const owned = attempt(problems, () => node.get("options").items()) ?? [];
    const mine: number[] = [];
    for (const item of owned) {
      const option = attempt(problems, () => item.index(`option of ${name ?? "a decision maker"}`, options.length));
      if (option === undefined) continue;
      const other = ownerOf.get(option);
      if (other === undefined) {
        ownerOf.set(option, name ?? "");
        mine.push(option);
        continue;
      }
      const facts = { option: called(option), owners: `${other} and ${name ?? ""}` };
      problems.push(problem("owned-twice", facts, item.place));
    }
    return name === undefined ? [] : [{ name, options: mine, node }];
  });
  // Where decision makers could not be read, what they own is not known.
  if (problems.length > before) return owners;
  for (const [option, node] of optionNodes.entries()) {
    if (ownerOf.has(option) || nodes.length === 0) continue;
    problems.push(problem("unowned-option", { option: called(option) }, node.place));
  }
  return owners;
}
