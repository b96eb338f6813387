import { count, list } from "../../assess/index.ts";
import { ParleyError } from "../../core/problems/index.ts";
import {
  type Analysis,
  analyseStability,
  COALITION_CONCEPTS,
  coalitionStability,
  equilibriumJumps,
  hypergame,
  limitedMoves,
  mergedStability,
  policyStability,
  simultaneousStability,
} from "../../stability/index.ts";
import { pad, type Terminal, wrap } from "../terminal.ts";
import { distinctNames } from "./contract.ts";
import { type StabilitySubject, stateName } from "./target.ts";

/** More than the basic concepts: fields for the contract, and a text. */
export interface More {
  readonly contract: Readonly<Record<string, unknown>>;
  text(terminal: Terminal): string;
}

const ids = (states: Iterable<number>): number[] => Array.from(states, (state) => state + 1);
const marks = (of: ArrayLike<number>): boolean[] => Array.from(of, (each) => each === 1);

function idsText(states: ArrayLike<number>): string {
  if (states.length === 0) return "none";
  const shown = Array.from(states).slice(0, 40);
  const more = states.length > shown.length ? ` and ${states.length - shown.length} more` : "";
  return `${shown.map((state) => state + 1).join(" ")}${more}`;
}

const whoever = ({ names }: StabilitySubject, members: readonly number[]): string =>
  list(members.map((dm) => names.decisionMakers[dm] ?? ""));

/** Pairs of states that a listing of joint moves names. */
const MOST_LISTED = 12;

/** What coalitions would change together, and which states none of them would leave. */
export function coalitionsOf(subject: StabilitySubject, { concepts }: Analysis): More {
  const { model, coalitions: named } = subject;
  const analysis = coalitionStability(model);
  const held = concepts.seq?.equilibria ?? concepts.nash?.equilibria ?? new Int32Array(0);
  const { jumps, strong } = equilibriumJumps(model, held);
  const merged = named === undefined ? undefined : mergedStability(model, named);
  return {
    contract: {
      coalitions: analysis.coalitions.map(({ members, reach, improvements, stable }) => ({
        members: members.map((dm) => distinctNames(model.decisionMakers)[dm]),
        reach: Array.from({ length: model.size }, (_, s) => ids(reach.from(s))),
        improvements: Array.from({ length: model.size }, (_, s) =>
          ids(improvements.cells.subarray(improvements.start[s], improvements.start[s + 1])),
        ),
        stable: Object.fromEntries(COALITION_CONCEPTS.map((concept) => [concept, marks(stable[concept])])),
      })),
      coalitionEquilibria: Object.fromEntries(
        COALITION_CONCEPTS.map((concept) => [concept, ids(analysis.equilibria[concept])]),
      ),
      equilibriumJumps: jumps.map(({ from, to, members }) => ({
        from: from + 1,
        to: to + 1,
        members: members.map((dm) => model.decisionMakers[dm]),
      })),
      strongEquilibria: ids(strong),
      mergedPlayers:
        merged === undefined
          ? null
          : {
              note: merged.method,
              players: merged.players.map(({ members }) => members.map((dm) => model.decisionMakers[dm])),
              equilibria: Object.fromEntries(
                Object.entries(merged.equilibria).map(([concept, states]) => [concept, ids(states as Int32Array)]),
              ),
            },
    },
    text({ style, width }) {
      const lines = [
        style.bold(wrap(`${subject.title}: what coalitions would change together`, width)),
        style.dim(wrap("A coalition improves by a joint move to a state that every member prefers.", width)),
        "",
        style.bold("Stable for every coalition"),
        ...COALITION_CONCEPTS.map((concept) =>
          wrap(`${pad(concept.toUpperCase(), 6)} ${idsText(analysis.equilibria[concept])}`, width, "  "),
        ),
      ];
      for (const { members, improvements } of analysis.coalitions) {
        if (members.length < 2) continue;
        const from = Array.from({ length: model.size }, (_, s) => s).filter(
          (s) => (improvements.start[s + 1] ?? 0) > (improvements.start[s] ?? 0),
        );
        lines.push("", style.accent(whoever(subject, members)));
        if (from.length === 0) {
          lines.push("  would leave no state together");
          continue;
        }
        for (const s of from.slice(0, MOST_LISTED)) {
          const targets = improvements.cells.subarray(improvements.start[s], improvements.start[s + 1]);
          lines.push(wrap(`${stateName(subject, s)}: to ${idsText(targets)}`, width, "  "));
        }
        if (from.length > MOST_LISTED) lines.push(style.dim(`  and from ${from.length - MOST_LISTED} more states`));
      }
      if (jumps.length > 0) {
        lines.push("", style.bold("Equilibria (SEQ) that a coalition would leave for another"));
        for (const { from, to, members } of jumps.slice(0, MOST_LISTED)) {
          lines.push(
            wrap(`${whoever(subject, members)}: ${stateName(subject, from)} to ${stateName(subject, to)}`, width, "  "),
          );
        }
        if (jumps.length > MOST_LISTED) lines.push(style.dim(`  and ${jumps.length - MOST_LISTED} more`));
      }
      if (merged !== undefined) {
        lines.push("", style.bold("The file's coalitions as merged players, for comparison with GMCR+"));
        for (const [concept, states] of Object.entries(merged.equilibria)) {
          lines.push(wrap(`${pad(concept.toUpperCase(), 6)} ${idsText(states as Int32Array)}`, width, "  "));
        }
      }
      return lines.join("\n");
    },
  };
}

/** Horizons that are told one by one. */
const HORIZON = 5;

/** Other ways of thinking ahead: moves at once, so many moves ahead, as far as it goes, by policies. */
export function foresightOf(subject: StabilitySubject, { concepts }: Analysis): More {
  const { model, situations } = subject;
  const two = model.decisionMakers.length === 2;
  const byName = <T>(of: readonly T[]): Record<string, T> =>
    Object.fromEntries(distinctNames(model.decisionMakers).map((name, dm) => [name, of[dm] as T]));
  const sim = simultaneousStability(model);
  const limited = limitedMoves(model, { horizon: HORIZON, next: two ? "two" : "worst" });
  const asked = new Set([
    ...situations.flatMap(({ states }) => states),
    ...Object.values(concepts).flatMap((each) => [...(each?.equilibria ?? [])]),
  ]);
  const policies = two ? policyStability(model, { states: [...asked].sort((a, b) => a - b) }) : undefined;
  const { nonMyopic, horizons, tieRule } = limited;
  return {
    contract: {
      sim: { stable: byName(sim.stable.map(marks)), equilibria: ids(sim.equilibria), method: sim.method },
      limitedMoves: {
        method: limited.method,
        tieRule,
        horizons: Object.fromEntries(
          horizons.map(({ horizon, stable, equilibria }) => [
            horizon,
            { stability: byName(stable.map(marks)), equilibria: ids(equilibria) },
          ]),
        ),
        nonMyopic:
          nonMyopic === undefined
            ? null
            : {
                from: nonMyopic.from,
                period: nonMyopic.period,
                stability: byName(nonMyopic.stable.map(marks)),
                equilibria: ids(nonMyopic.equilibria),
              },
      },
      policies:
        policies === undefined
          ? null
          : { method: policies.method, looked: ids(policies.options.states), stable: ids(policies.states) },
    },
    text({ style, width }) {
      const row = (label: string, states: ArrayLike<number>) =>
        wrap(`${pad(label, 12)} ${idsText(states)}`, width, "  ");
      const nm = nonMyopic === undefined ? [] : [row("Non-myopic", nonMyopic.equilibria)];
      const period = nonMyopic?.period ?? 1;
      return [
        style.bold(wrap(`${subject.title}: other ways of thinking ahead`, width)),
        "",
        style.bold("Equilibria"),
        row("SIM", sim.equilibria),
        ...horizons.map(({ horizon, equilibria }) => row(`L ${horizon}`, equilibria)),
        ...nm,
        ...(policies === undefined ? [] : [row("Policies", policies.states)]),
        "",
        style.dim(
          wrap(
            `SIM: the others move at once. L h: looking h moves ahead${two ? "" : "; with more than two decision makers each counts on the worst of who may answer, Parley's reading"}; ${tieRule}.`,
            width,
          ),
        ),
        ...(period > 1
          ? [
              style.dim(
                wrap(
                  `What is expected comes round every ${count(period, "horizon")}; non-myopic: in all of them.`,
                  width,
                ),
              ),
            ]
          : []),
        ...(policies === undefined
          ? [style.dim(wrap("Policy equilibria are defined here for two decision makers.", width))]
          : [
              style.dim(
                wrap(
                  `Policies: of ${count(policies.options.states.length, "state")} looked at; play in turns that never ends is no gain.`,
                  width,
                ),
              ),
            ]),
      ].join("\n");
    },
  };
}

/** The conflict as each decision maker sees it. @throws ParleyError where nobody sees it otherwise */
export function viewsOf(subject: StabilitySubject, { concepts }: Analysis): More {
  const { model, views, names } = subject;
  if (views.every((each) => each === undefined)) {
    throw ParleyError.of("usage", {
      detail: "missing views: everybody sees the conflict as it is",
      hint: "in a case, graph.views says what a party does not know of, and what it ascribes to others",
    });
  }
  const concept = concepts.seq === undefined ? "nash" : "seq";
  const result = hypergame(
    model,
    views,
    (of, dm) => analyseStability(of, { concepts: [concept] }).concepts[concept]?.stable[dm] ?? new Uint8Array(of.size),
    { concept },
  );
  return {
    contract: {
      hypergame: {
        concept,
        method: result.method,
        equilibria: ids(result.equilibria),
        objective: ids(result.objective),
        classified: result.classified.map(({ state, class: kind, objective, hiddenFrom, doubtedBy }) => ({
          id: state + 1,
          class: kind,
          objective,
          hiddenFrom: hiddenFrom.map((dm) => model.decisionMakers[dm]),
          doubtedBy: doubtedBy.map((dm) => model.decisionMakers[dm]),
        })),
        missed: result.missed.map(({ state }) => state + 1),
      },
    },
    text({ style, width }) {
      const who = (dms: readonly number[]) => list(dms.map((dm) => names.decisionMakers[dm] ?? ""));
      const lines = [
        style.bold(wrap(`${subject.title}: as each sees it (${concept.toUpperCase()})`, width)),
        "",
        style.bold("Equilibria of the views together"),
      ];
      if (result.classified.length === 0) lines.push("  none");
      for (const { state, class: kind, objective, hiddenFrom, doubtedBy } of result.classified.slice(0, 30)) {
        const parts = [
          kind,
          objective ? "" : "only because somebody sees the conflict otherwise",
          hiddenFrom.length === 0 ? "" : `hidden from ${who(hiddenFrom)}`,
          doubtedBy.length === 0
            ? ""
            : `${who(doubtedBy)} expect${doubtedBy.length === 1 ? "s" : ""} another to leave it`,
        ];
        lines.push(
          wrap(`${stateName(subject, state)}: ${parts.filter((part) => part !== "").join("; ")}`, width, "  "),
        );
      }
      if (result.missed.length > 0) {
        lines.push("", style.bold("Equilibria of the model that the views undo"));
        for (const { state, hiddenFrom, leftBy } of result.missed.slice(0, 30)) {
          const why = [
            hiddenFrom.length === 0 ? "" : `hidden from ${who(hiddenFrom)}`,
            leftBy.length === 0 ? "" : `${who(leftBy)} would leave it`,
          ];
          lines.push(
            wrap(`${stateName(subject, state)}: ${why.filter((part) => part !== "").join("; ")}`, width, "  "),
          );
        }
      }
      return lines.join("\n");
    },
  };
}
