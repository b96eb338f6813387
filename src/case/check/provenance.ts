import type { Problem } from "../../core/problems/index.ts";
import { problem } from "../../core/problems/index.ts";
import { isAmount } from "../notation/amount.ts";
import type { Places } from "../parse/dossier.ts";
import type { Path } from "../parse/yaml.ts";
import type { CaseContent } from "../schema/case.ts";
import { entriesOf } from "./sense.ts";

/** What a judgement says of where it comes from. */
interface Grounds {
  readonly source?: readonly unknown[] | undefined;
  readonly because?: string | undefined;
}

const grounded = (...levels: readonly (Grounds | undefined)[]): boolean =>
  levels.some((level) => (level?.source?.length ?? 0) > 0 || level?.because !== undefined);

/**
 * Lists the judgements of a case that carry neither a source nor a reason.
 *
 * A judgement inherits the grounds of what it stands in: a value those of its issue and of the party's position.
 */
export function ungrounded(content: CaseContent, places: Places): Problem[] {
  const problems: Problem[] = [];
  const report = (path: Path, thing: string): void => {
    problems.push(problem("no-provenance", { thing }, places.place(path, "key")));
  };
  const entries: [string, [string, Grounds][]][] = [
    ["claims", entriesOf(content.claims)],
    ["events", entriesOf(content.events)],
    ["agreements", entriesOf(content.agreements)],
    ["indicators", entriesOf(content.indicators)],
    ["proposals", entriesOf(content.proposals)],
    ["norms", entriesOf(content.norms)],
    ["levers", entriesOf(content.levers)],
    ["resolutions", entriesOf(content.resolutions as Record<string, Grounds> | undefined)],
  ];
  for (const [section, items] of entries) {
    for (const [id, entry] of items) if (!grounded(entry)) report([section, id], `${section}.${id}`);
  }
  for (const [id, claim] of entriesOf(content.claims)) {
    const weighed = Object.keys(claim.bears ?? {}).length > 0;
    if (weighed && claim.encoded === undefined && claim.because === undefined) {
      report(["claims", id, "bears"], `the strength of claims.${id}`);
    }
  }
  for (const [id, question] of entriesOf(content.questions)) {
    if (question.prior === undefined || question.prior === "base-rate" || grounded(question)) continue;
    report(["questions", id, "prior"], `the prior of questions.${id}`);
  }
  for (const [id, group] of entriesOf(content.groups)) {
    if (group.correlation !== undefined && !grounded(group)) {
      report(["groups", id, "correlation"], `the correlation of groups.${id}`);
    }
  }
  for (const [id, party] of entriesOf(content.parties)) listParty(id, party, report);
  for (const [id, position] of entriesOf(content.positions)) {
    for (const [issue, stance] of entriesOf(position.issues)) {
      if (grounded(position, stance)) continue;
      const path = ["positions", id, "issues", issue];
      if (stance.weight !== undefined) report([...path, "weight"], `the weight of ${issue} to ${id}`);
      for (const [option, value] of entriesOf(stance.values)) {
        if (isAmount(value) || !grounded(value)) {
          report([...path, "values", option], `the value of ${issue}.${option} to ${id}`);
        }
      }
    }
  }
  listGraph(content.graph, report);
  for (const [id, reading] of entriesOf(content.readings)) {
    if (reading.by === undefined) report(["readings", id], `readings.${id} (no by:)`);
    for (const path of Object.keys(reading.set)) {
      if (grounded(reading) || reading.reasons?.[path] !== undefined) continue;
      report(["readings", id, "set", path], `the change of ${path} in readings.${id}`);
    }
  }
  return problems;
}

type Graph = CaseContent["graph"];

/** A graph model: what parties can do, what cannot be, and what they prefer, statement by statement. */
function listGraph(graph: Graph, report: (path: Path, thing: string) => void): void {
  if (graph === undefined || grounded(graph)) return;
  for (const [party, own] of entriesOf(graph.options)) {
    for (const [id, option] of entriesOf(own)) {
      if (!grounded(option)) report(["graph", "options", party, id], `the option ${party}.${id}`);
    }
  }
  for (const key of ["infeasible", "exclusive", "atLeastOne", "irreversible", "additional"] as const) {
    for (const [index, entry] of (graph[key] ?? []).entries()) {
      if (!grounded(entry)) report(["graph", key, index], `graph.${key}.${index + 1}`);
    }
  }
  const listPreferences = (path: Path, whose: string, preferences: GraphPreferences): void => {
    if (grounded(preferences)) return;
    if (!("statements" in preferences)) {
      report(path, `the preferences of ${whose}`);
      return;
    }
    for (const [index, statement] of preferences.statements.entries()) {
      if (!grounded(statement)) report(path, `statement ${index + 1} of ${whose}`);
    }
  };
  for (const [party, preferences] of entriesOf(graph.preferences)) {
    listPreferences(["graph", "preferences", party], party, preferences);
  }
  for (const [party, uncertainty] of entriesOf(graph.uncertain)) {
    const path = ["graph", "uncertain", party];
    if (!Array.isArray(uncertainty)) {
      if (!grounded(uncertainty)) report(path, `the uncertainty of ${party}`);
      continue;
    }
    for (const [index, each] of uncertainty.entries()) {
      if (!grounded(each)) report([...path, index], `alternative ${index + 1} of ${party}`);
    }
  }
  for (const [party, view] of entriesOf(graph.views)) {
    if (!grounded(view)) report(["graph", "views", party], `the view of ${party}`);
  }
}

type GraphPreferences = NonNullable<NonNullable<Graph>["preferences"]>[string];
type Party = NonNullable<CaseContent["parties"]>[string];

function listParty(id: string, party: Party, report: (path: Path, thing: string) => void): void {
  for (const [index, role] of (party.roles ?? []).entries()) {
    if (grounded(party, role) || (role.says?.length ?? 0) > 0) continue;
    report(["parties", id, "roles", index], `the role of ${id} as ${role.role}`);
  }
  if (party.aid !== undefined && !grounded(party, party.aid)) report(["parties", id, "aid"], `the aid of ${id}`);
  for (const [index, aim] of (party.aims ?? []).entries()) {
    if (!grounded(aim)) report(["parties", id, "aims", index], `an aim of ${id}`);
  }
  for (const [name, faction] of entriesOf(party.factions)) {
    if (!grounded(faction)) report(["parties", id, "factions", name], `the faction ${name} of ${id}`);
  }
}
