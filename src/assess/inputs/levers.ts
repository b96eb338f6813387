import type { Case, SourceRef } from "../../case/index.ts";
import { rangeFaultAt } from "../../case/index.ts";
import type { Problem } from "../../core/problems/index.ts";
import { nearest, problem } from "../../core/problems/index.ts";
import type { DynamicsInputs } from "./dynamics.ts";

/** One parameter that a lever changes. */
export interface LeverChange {
  readonly path: string;
  readonly label: string;
  readonly unit: string;
  readonly from: number;
  readonly to: number;
  readonly way: "set" | "times" | "add";
}

/** A lever of the case as the simulation reads it. */
export interface BoundLever {
  readonly id: string;
  readonly name: string;
  readonly kind: "option" | "sensitivity";
  /** Names of parties. */
  readonly doneBy: readonly string[];
  readonly consentOf: readonly string[];
  readonly because: string | undefined;
  readonly source: readonly SourceRef[];
  readonly changes: readonly LeverChange[];
  /** Values by the short names of parameters. */
  readonly set: Readonly<Record<string, number>>;
}

const WAYS = {
  set: (_: number, by: number) => by,
  times: (value: number, by: number) => value * by,
  add: (value: number, by: number) => value + by,
} as const;

/** Binds the levers of a case to the parameters of its war: what each sets, from where to where. */
export function bindLevers(
  content: Case,
  inputs: DynamicsInputs,
): { readonly levers: readonly BoundLever[]; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const nameOf = (party: string) => content.parties[party]?.name ?? party;
  const levers = Object.entries(content.levers).map(([id, lever]): BoundLever => {
    const set: Record<string, number> = {};
    const changes: LeverChange[] = [];
    for (const way of ["set", "times", "add"] as const) {
      for (const [path, by] of Object.entries(lever[way] ?? {})) {
        const at = ["levers", id, way, path];
        const parameters = inputs.parameters.filter((each) => each.path === path);
        if (parameters.length === 0) {
          const paths = [...new Set(inputs.parameters.map((each) => each.path))];
          const facts = { kind: "parameter of the simulation", value: path, near: nearest(path, paths) };
          problems.push(problem("unknown-reference", facts, content.place(at, "key")));
        }
        for (const { name, label, unit, central } of parameters) {
          const to = WAYS[way](set[name] ?? central, by);
          const expected = rangeFaultAt(path.split("."), to);
          if (expected !== undefined) {
            const facts = { thing: `levers.${id}: ${path}`, value: String(to), expected };
            problems.push(problem("invalid-value", facts, content.place(at)));
          }
          set[name] = to;
          const known = changes.findIndex((each) => each.path === path);
          if (known < 0) changes.push({ path, label, unit, from: central, to, way });
          else changes[known] = { ...(changes[known] as LeverChange), to };
        }
      }
    }
    if (Object.keys(set).length === 0 && problems.length === 0) {
      const expected = "set, times or add with a parameter of the simulation";
      const facts = { thing: `levers.${id}`, value: "no change", expected };
      problems.push(problem("invalid-value", facts, content.place(["levers", id], "key")));
    }
    return {
      id,
      name: lever.name,
      kind: lever.kind,
      doneBy: (lever.doneBy ?? []).map(nameOf),
      consentOf: (lever.consentOf ?? []).map(nameOf),
      because: lever.because,
      source: lever.source ?? [],
      changes,
      set,
    };
  });
  return { levers, problems };
}
