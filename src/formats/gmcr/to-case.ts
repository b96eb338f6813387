import {
  and,
  codeOf,
  compileModel,
  type DecisionMaker,
  type Formula,
  formulaText,
  type Model,
  not,
  type OptionForm,
  or,
  type Preferences,
  takes,
} from "../../stability/index.ts";
import { caseText, type MadeCase } from "../case-text.ts";
import { namer, shownName } from "../naming.ts";
import type { ReadConflict } from "./reader.ts";

export interface GmcrCaseOptions {
  /** Name of the file that the conflict was read from. */
  readonly file: string;
  readonly title?: string | undefined;
  readonly asOf?: string | undefined;
}

/**
 * A whole case with the section `graph` from a conflict of GMCR+: the same states, moves and preferences.
 *
 * Its parties are the decision makers. It passes `parley check` as it stands; what nobody can know from the file (who says
 * so, which state is the status quo) is left to be filled in, and said in its first lines.
 *
 * @throws ParleyError where the conflict does not compile
 */
export function gmcrToCase(
  { conflict, coalitions }: Pick<ReadConflict, "coalitions"> & { readonly conflict: OptionForm },
  { file, title, asOf }: GmcrCaseOptions,
): MadeCase {
  const model = compileModel(conflict);
  const lost: string[] = [];
  const partyId = namer("party");
  const parties = conflict.decisionMakers.map(({ name }, i) => ({
    id: partyId(name),
    name: shownName(name, `${i + 1}`),
  }));
  const names: string[] = [];
  const options = Object.fromEntries(
    conflict.decisionMakers.map((maker, i) => {
      const id = parties[i]?.id ?? "";
      const entries = coursesOf(maker);
      names.push(...Object.keys(entries).map((option) => `${id}.${option}`));
      return [id, entries];
    }),
  );
  const say = (formula: Formula): string => formulaText(spelled(formula), (option) => names[option] ?? "");
  const byParty = <T>(of: (maker: DecisionMaker, i: number) => T | undefined): Record<string, T> | undefined => {
    const found = conflict.decisionMakers.flatMap((maker, i): [string, T][] => {
      const value = of(maker, i);
      return value === undefined ? [] : [[parties[i]?.id ?? "", value]];
    });
    return found.length === 0 ? undefined : Object.fromEntries(found);
  };
  if (coalitions !== undefined)
    lost.push("Who acts together: a case has no coalitions; parley stability looks at all.");
  const infeasible = (conflict.infeasible ?? []).map(say);
  const content = defined({
    parley: 1,
    title: shownName(title ?? conflict.name ?? "", "A conflict"),
    asOf,
    sources: {
      "conflict-file": { title: shownName(`${file}, a file of GMCR+`, "a file of GMCR+"), kind: "other" },
    },
    parties: Object.fromEntries(parties.map(({ id, name }) => [id, { name }])),
    graph: defined({
      source: "conflict-file",
      options,
      infeasible: infeasible.length === 0 ? undefined : infeasible,
      misperceives: byParty(({ misperceives = [] }) => (misperceives.length === 0 ? undefined : misperceives.map(say))),
      preferences: byParty(({ preferences }, i) => wantsOf(preferences, model, i, say)),
    }),
  });
  const comment = [
    `Made from ${file.replaceAll(/\s+/g, " ")}. To fill in: names for the situations that matter (situations:), which of them`,
    "stood on the day of the case (statusQuo:), and for every preference a reason or a source.",
  ].join("\n");
  return { text: caseText(content, comment), lost };
}

/** A formula in which what holds always or never is said of an option: the notation has no word for either. */
function spelled(formula: Formula): Formula {
  switch (formula.kind) {
    case "option":
      return formula;
    case "not":
      return not(spelled(formula.of));
    case "and":
    case "or": {
      if (formula.of.length > 0) return { ...formula, of: formula.of.map(spelled) };
      const either = [takes(0), not(takes(0))];
      return formula.kind === "and" ? or(...either) : and(...either);
    }
    case "if":
      return { kind: "if", consequence: spelled(formula.consequence), condition: spelled(formula.condition) };
    case "iff":
      return { kind: "iff", of: [spelled(formula.of[0]), spelled(formula.of[1])] };
  }
}

/** What a decision maker can do, by identifiers of its own. */
function coursesOf({ options }: DecisionMaker): Record<string, unknown> {
  const idOf = namer("option");
  return Object.fromEntries(
    options.map(({ name, direction = "both" }, o) => {
      const shown = shownName(name, `Option ${o + 1}`);
      return [idOf(name), direction === "both" ? shown : { name: shown, direction }];
    }),
  );
}

/** Preferences as a case writes them; undefined where every state is worth the same. */
function wantsOf(preferences: Preferences, model: Model, maker: number, say: (formula: Formula) => string): unknown {
  if (preferences.kind === "statements") {
    const statements = preferences.statements.map(({ formula, degree = 1, unknown = false }) =>
      degree === 1 && !unknown
        ? say(formula)
        : defined({ says: say(formula), degree: degree === 1 ? undefined : degree, unknown: unknown || undefined }),
    );
    return statements.length === 0 ? undefined : statements;
  }
  // A file has statements or rankings; whatever else a conflict holds is ranked by the engine.
  const groups = new Map<number, string[]>();
  for (const [state, rank] of (model.preferences[maker]?.ranks ?? new Int32Array(0)).entries()) {
    const group = groups.get(rank) ?? [];
    group.push(codeOf(model, state));
    groups.set(rank, group);
  }
  const best = [...groups.keys()].sort((a, b) => b - a);
  if (best.length < 2) return undefined;
  return {
    ranking: best.map((rank) => {
      const group = groups.get(rank) ?? [];
      return group.length === 1 ? group[0] : group;
    }),
  };
}

function defined(entry: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined));
}
