import type { Case } from "../case/index.ts";
import type { EventEffect } from "./event-effects.ts";
import { capital, humanize, number } from "./format.ts";
import type { EvidenceInputs } from "./inputs/evidence.ts";
import type { Reasons } from "./reasons.ts";
import type { Likelihood, QuestionAssessment, SensitivityExhibit } from "./schema.ts";
import { verdictSentence } from "./verdict-words.ts";
import type { WatchItem, WatchList } from "./watch-schema.ts";

/** Points of percent that make a thing worth watching. */
const BOUND = 0.05;
/** Standard errors that a simulated difference must have for it to be one. */
const SURE = 2;

type Move = WatchItem["moves"][number];

export interface Watched {
  readonly content: Case;
  readonly inputs: EvidenceInputs;
  readonly questions: readonly QuestionAssessment[];
  readonly likelihood: readonly Likelihood[];
  readonly sensitivity: SensitivityExhibit;
  readonly events: readonly EventEffect[];
  readonly reasons: Reasons;
}

/**
 * What to watch: events ahead, data and claims that an answer hangs on, single sources, parameters and what could happen,
 * each where it moves a leading figure by more than five points of percent. Dated ones come first, then the widest.
 */
export function watchListOf(watched: Watched): WatchList {
  const { content } = watched;
  const doubts = doubtsOf(watched);
  const ahead = eventsAhead(content).map((id) => eventItem(watched, id, doubts));
  const items = [...doubts.values(), ...sourcesOf(watched), ...parametersOf(watched), ...happeningsOf(watched)];
  const widest = ({ moves }: WatchItem) => Math.max(...moves.map(({ from, to }) => Math.abs(to - from)));
  return {
    bound: BOUND,
    items: [
      ...ahead.filter(({ moves }) => moves.length > 0),
      ...items.toSorted((a, b) => widest(b) - widest(a) || (a.id < b.id ? -1 : 1)),
    ],
    quiet: ahead.filter(({ moves }) => moves.length === 0).map(({ name, date }) => ({ name, date: date ?? "" })),
  };
}

/** Events from the day of the case on, in the order of their dates. */
function eventsAhead({ events, asOf }: Case): string[] {
  return Object.entries(events)
    .filter(([, { kind, date }]) => (asOf === undefined ? kind === "scheduled" : date.last > asOf.last))
    .toSorted(([, a], [, b]) => a.date.first - b.date.first)
    .map(([id]) => id);
}

function eventItem(
  { content, events, reasons }: Watched,
  id: string,
  doubts: ReadonlyMap<string, WatchItem>,
): WatchItem {
  const event = content.events[id];
  const simulated = events
    .filter((each) => each.event === id)
    .flatMap(({ label, base, without, full }): Move[] => {
      const far = Math.abs(without.result - base) >= Math.abs(full.result - base) ? without : full;
      const given = far === without ? "if none of its effects came" : "if all of its effects came";
      return [{ answer: label, engine: "simulation", given, from: base, to: far.result, se: far.se }];
    });
  const borne = (event?.changes ?? []).flatMap((path) => doubts.get(path)?.moves ?? []);
  const moves = wide([...simulated, ...borne]);
  return {
    id: `events.${id}`,
    kind: "event",
    name: event?.name ?? capital(humanize(id)),
    date: event?.date.text ?? null,
    says: event?.text ?? "",
    moves,
    path: `events.${id}`,
    line: content.line(["events", id]),
    node: moves.length === 0 ? null : eventNode(reasons, id, event, moves),
  };
}

/** The reason of an event's figures: its effects, their chances, and the claims that it bears on. */
function eventNode(
  reasons: Reasons,
  id: string,
  event: Case["events"][string] | undefined,
  moves: readonly Move[],
): string {
  const chances = (event?.effects ?? []).map((_, n) => `parameter:events.${id}.effects.${n}.probability`);
  const claims = (event?.changes ?? []).filter((path) => path.startsWith("claims.")).map((path) => path.slice(7));
  return reasons.table.add({
    id: `figure:watch/events.${id}`,
    kind: "figure",
    label: `What “${event?.name ?? humanize(id)}” would move`,
    ...reasons.at(`events.${id}`),
    because: [
      ...(moves.some(({ engine }) => engine === "simulation") ? ["engine:sensitivity"] : []),
      ...chances.filter((each) => reasons.table.get(each) !== undefined),
      ...claims.map((claim) => reasons.claim(claim)),
      ...reasons.sources(event?.source),
    ],
  });
}

/** Claims whose loss moves a figure, by their path; those that data are set against are watched in the data. */
function doubtsOf({ content, inputs, questions, likelihood }: Watched): Map<string, WatchItem> {
  const items = new Map<string, WatchItem>();
  for (const question of questions) {
    const answer = likelihood.find((each) => each.question === question.id);
    const [hypothesis] = question.hypotheses;
    const from = question.posterior?.[hypothesis?.id ?? ""]?.central;
    if (answer === undefined || hypothesis === undefined || from === undefined) continue;
    for (const { id, name, leaveOneOut, node } of question.claims) {
      const to = leaveOneOut?.[hypothesis.id];
      if (to === undefined || Math.abs(to - from) <= BOUND) continue;
      const path = `claims.${id}`;
      const move: Move = { answer: answer.text, engine: "evidence", given: "without it", from, to, se: null };
      const seen = items.get(path);
      items.set(path, seen === undefined ? doubt(content, inputs, id, name, node, move) : widened(seen, move));
    }
  }
  return items;
}

const widened = (item: WatchItem, move: Move): WatchItem => ({ ...item, moves: wide([...item.moves, move]) });

function doubt(content: Case, inputs: EvidenceInputs, id: string, name: string, node: string, move: Move): WatchItem {
  const tests = inputs.tests.get(id)?.tests ?? [];
  const series = [...new Set(tests.map(({ test }) => content.indicators[test.series]?.name ?? test.series))];
  const sentences = tests.map((each) =>
    capital(verdictSentence(each, content.indicators[each.test.series]?.unit.text ?? "")),
  );
  return {
    id: `claims.${id}`,
    kind: tests.length > 0 ? "data" : "claim",
    name: tests.length > 0 ? `${series.join(", ")}: “${name}”` : `“${name}”`,
    date: null,
    says:
      tests.length > 0 ? `${sentences.join(" ")} Should that turn, the claim falls.` : (content.claims[id]?.text ?? ""),
    moves: [move],
    path: `claims.${id}`,
    line: content.line(["claims", id]),
    node,
  };
}

/** Sources on which claims rest alone, where what rests on them moves a figure. */
function sourcesOf({ content, questions, likelihood }: Watched): WatchItem[] {
  const items = new Map<string, WatchItem>();
  for (const question of questions) {
    const answer = likelihood.find((each) => each.question === question.id);
    const [hypothesis] = question.hypotheses;
    const from = question.posterior?.[hypothesis?.id ?? ""]?.central;
    if (answer === undefined || hypothesis === undefined || from === undefined) continue;
    for (const { id, name, alone, leaveOneOut } of question.sources) {
      const to = leaveOneOut?.[hypothesis.id];
      // One claim that rests on it is watched as that claim.
      if (alone.length < 2 || to === undefined || Math.abs(to - from) <= BOUND) continue;
      const move: Move = {
        answer: answer.text,
        engine: "evidence",
        given: "without what rests on it alone",
        from,
        to,
        se: null,
      };
      const seen = items.get(id);
      items.set(
        id,
        seen === undefined
          ? {
              id: `sources.${id}`,
              kind: "source",
              name,
              date: null,
              says: `${alone.length} claims rest on it alone. Look for a second source, or for what it took back.`,
              moves: [move],
              path: `sources.${id}`,
              line: content.line(["sources", id]),
              node: `source:${id}`,
            }
          : widened(seen, move),
      );
    }
  }
  return [...items.values()];
}

/** A unit after its number, as it is read: `1/month` is “a month”. */
const inUnit = (unit: string): string => (unit === "-" ? "" : ` ${unit.replace(/^1\//, "a ")}`);

/** Uncertain parameters of the simulation between their 5 % and 95 % points. */
function parametersOf({ sensitivity }: Watched): WatchItem[] {
  if (sensitivity === null) return [];
  const items = new Map<string, WatchItem>();
  for (const { output, base, bars, node } of sensitivity.tornado) {
    const info = sensitivity.outputs.find(({ id, question }) => id === output && question !== null);
    if (info?.unit !== "probability") continue;
    for (const { path, label, unit, low, high, se, line } of bars) {
      const far = Math.abs(low.result - base) >= Math.abs(high.result - base) ? low : high;
      const given = `at ${number(far.value)}${inUnit(unit)}`;
      const [move] = wide([{ answer: info.label, engine: "simulation", given, from: base, to: far.result, se }]);
      if (move === undefined) continue;
      const ends = [low.value, high.value].map((value) => number(value)).join(" to ");
      const says = `Coded as uncertain from ${ends}${inUnit(unit)} (5 % and 95 % points).`;
      const seen = items.get(path);
      items.set(
        path,
        seen === undefined
          ? { id: path, kind: "parameter", name: capital(label), date: null, says, moves: [move], path, line, node }
          : widened(seen, move),
      );
    }
  }
  return [...items.values()];
}

/** What could happen that nobody decides alone: losses, leaders, arms. What parties could do is for them to choose, and no sign to watch. */
function happeningsOf({ sensitivity }: Watched): WatchItem[] {
  return (sensitivity?.levers ?? [])
    .filter(({ kind }) => kind === "sensitivity")
    .flatMap(({ id, name, because, effects, line, node }): WatchItem[] => {
      const moves = wide(
        effects.flatMap(({ output, base, result, se }): Move[] => {
          const info = sensitivity?.outputs.find((each) => each.id === output && each.question !== null);
          return info?.unit !== "probability"
            ? []
            : [{ answer: info.label, engine: "simulation", given: "if it came so", from: base, to: result, se }];
        }),
      );
      if (moves.length === 0) return [];
      return [
        {
          id: `levers.${id}`,
          kind: "happening",
          name,
          date: null,
          says: because ?? "",
          moves,
          path: `levers.${id}`,
          line,
          node,
        },
      ];
    });
}

/** Moves beyond the bound and beyond their own error, the widest first; of one answer the widest alone. */
function wide(moves: readonly Move[]): Move[] {
  const size = ({ from, to }: Move) => Math.abs(to - from);
  const sorted = moves
    .filter((move) => size(move) > BOUND && (move.se === null || size(move) > SURE * move.se))
    .toSorted((a, b) => size(b) - size(a));
  return sorted.filter(
    ({ answer, engine }, k) => sorted.findIndex((each) => each.answer === answer && each.engine === engine) === k,
  );
}
