import type { Address } from "./address.ts";

/** An issue with its options, as far as an address needs them. */
export interface PickableIssue {
  readonly id: string;
  readonly options: readonly { readonly id: string }[];
}

/** A part of the address that could not be taken, as data. */
export type Aside =
  | { readonly kind: "form"; readonly text: string }
  | { readonly kind: "issue"; readonly issue: string }
  | { readonly kind: "option"; readonly issue: string; readonly option: string; readonly known: readonly string[] }
  | { readonly kind: "twice"; readonly issue: string }
  | { readonly kind: "nothing-to-lock"; readonly issue: string };

export interface Picked {
  /** An option for each issue that is picked; others are open. */
  readonly pick: Readonly<Record<string, string>>;
  readonly locks: readonly string[];
  readonly asides: readonly Aside[];
}

/** The package that an address names, and the issues that it locks; what the case does not know is left aside and told. */
export function readPicked({ pick, lock }: Pick<Address, "pick" | "lock">, issues: readonly PickableIssue[]): Picked {
  const chosen = new Map<string, string>();
  const asides: Aside[] = [];
  for (const text of partsOf(pick)) {
    const [, id = "", option = ""] = /^([^:]+):([^:]+)$/.exec(text) ?? [];
    const issue = issues.find((each) => each.id === id);
    if (id === "") asides.push({ kind: "form", text });
    else if (issue === undefined) asides.push({ kind: "issue", issue: id });
    else if (!issue.options.some((each) => each.id === option)) {
      asides.push({ kind: "option", issue: id, option, known: issue.options.map((each) => each.id) });
    } else if (chosen.has(id)) asides.push({ kind: "twice", issue: id });
    else chosen.set(id, option);
  }
  const locks: string[] = [];
  for (const id of new Set(partsOf(lock))) {
    if (chosen.has(id)) locks.push(id);
    else if (issues.some((issue) => issue.id === id)) asides.push({ kind: "nothing-to-lock", issue: id });
    else asides.push({ kind: "issue", issue: id });
  }
  const ordered = issues.flatMap(({ id }) => (chosen.has(id) ? [[id, chosen.get(id) ?? ""] as const] : []));
  return { pick: Object.fromEntries(ordered), locks, asides };
}

/** A package and its locks as the address writes them; a lock without a pick is dropped. */
export function writePicked(
  pick: Readonly<Record<string, string | undefined>>,
  locks: readonly string[],
): Pick<Address, "pick" | "lock"> {
  const chosen = Object.entries(pick).flatMap(([issue, option]) => (option === undefined ? [] : [[issue, option]]));
  const held = locks.filter((issue) => chosen.some(([each]) => each === issue));
  return {
    pick: chosen.length === 0 ? undefined : chosen.map(([issue, option]) => `${issue}:${option}`).join(","),
    lock: held.length === 0 ? undefined : held.join(","),
  };
}

const partsOf = (text: string | undefined): readonly string[] => (text ?? "").split(",").filter((part) => part !== "");
