import type { Amount, Case, SourceRef } from "../../case/index.ts";
import { DAYS_PER_MONTH } from "../../core/dates/index.ts";
import { EVENT_KINDS } from "../../dynamics/index.ts";

/** A value of the case that may be wrapped with its source and reason. */
export interface Grounds {
  readonly because?: string | undefined;
  readonly source?: readonly SourceRef[] | undefined;
}

/** An effect of a scheduled event, in the engine's terms. */
export interface EventSlot {
  readonly path: string;
  readonly name: string;
  readonly month: number;
  readonly kind: number;
  readonly target: number;
  readonly probability: Amount | undefined;
  readonly size: Amount | undefined;
  readonly sizePath: string;
  readonly grounds: Grounds;
}

/** Effects of events that lie ahead of the day of the case, in the order of the file. */
export function slotsOf(content: Case, sides: readonly [string, string], backers: readonly string[]): EventSlot[] {
  const { asOf } = content;
  if (asOf === undefined) return [];
  return Object.entries(content.events).flatMap(([id, event]) => {
    const month = (Math.floor((event.date.first + event.date.last) / 2) - asOf.last) / DAYS_PER_MONTH;
    if (month <= 0) return [];
    return (event.effects ?? []).flatMap((effect, n) => {
      const path = `events.${id}.effects.${n}`;
      const name = event.name ?? event.text;
      const make = (kind: number, target: number, size: Amount | undefined, field: string): EventSlot[] =>
        target < 0
          ? []
          : [
              {
                path,
                name,
                month,
                kind,
                target,
                probability: effect.probability,
                size,
                sizePath: `${path}.${field}`,
                grounds: effect,
              },
            ];
      const backer = (party: string | undefined) => (party === undefined ? -1 : backers.indexOf(party));
      return [
        ...make(EVENT_KINDS.cut, backer(effect.cut), undefined, "cut"),
        ...make(EVENT_KINDS.restore, backer(effect.restore), undefined, "restore"),
        ...(effect.mediation === undefined ? [] : make(EVENT_KINDS.mediation, 0, effect.mediation, "mediation")),
        ...make(
          EVENT_KINDS.leader,
          effect.leader === undefined ? -1 : sides.indexOf(effect.leader),
          undefined,
          "leader",
        ),
        ...make(EVENT_KINDS.cutRate, backer(effect.cutRate), effect.times, "times"),
        ...make(EVENT_KINDS.wantsTalks, backer(effect.wantsTalks), effect.to, "to"),
      ];
    });
  });
}

/** Agreements between the sides that failed. */
export function brokenBetween(content: Case, sides: readonly [string, string]): number {
  return Object.values(content.agreements).filter(
    ({ status, parties }) => status === "failed" && sides.every((side) => parties?.includes(side) === true),
  ).length;
}
