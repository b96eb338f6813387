import type { Case } from "../case/index.ts";
import { dateInWords } from "../core/dates/index.ts";
import type { SensitivityExhibit } from "./schema.ts";
import type { WarOutput } from "./war-model.ts";
import { dayOfMonth, monthsUntil } from "./war-views.ts";

/** Something that an analysis looks at, and where it is found among what the war model gives. */
export interface SensitivityOutput {
  readonly info: NonNullable<SensitivityExhibit>["outputs"][number];
  /** Its place among the model's outputs, or the places of the two whose ratio it is. */
  readonly places: readonly [number] | readonly [top: number, bottom: number];
}

export interface SensitivityOutputs {
  readonly told: readonly SensitivityOutput[];
  readonly model: readonly WarOutput[];
}

const WORDS = {
  talks: "Talks",
  stop: "A stop of the fighting",
  settlement: "A settlement",
  freeze: "A freeze",
  relapse: "A relapse",
} as const;

const SHORT = {
  talks: "Talks",
  stop: "Stop",
  settlement: "Settlement",
  freeze: "Freeze",
  relapse: "Relapse",
} as const;

/** Months within which a first stop may be broken. */
const WITHIN = 12;

/** An event of the simulation and the month by which it is asked for. */
export interface EventByMonth {
  readonly passage: keyof typeof WORDS;
  readonly month: number;
}

/** An event that is asked for by a month. */
interface Asked extends EventByMonth {
  readonly id: string;
  readonly label: string;
  readonly short: string;
  readonly question: string | null;
}

/**
 * What analyses of a case's war look at: the event of each question by its last day, a settlement by the horizon, whether
 * it would hold, who would win by arms, and losses.
 *
 * @param also an event that is looked at besides, the first of them
 */
export function sensitivityOutputs(
  content: Case,
  sides: readonly [string, string],
  months: number,
  also?: EventByMonth,
): SensitivityOutputs {
  const asked = Object.entries(content.questions).flatMap(([id, { event, by }]): Asked[] => {
    const month = monthsUntil(content, by?.last, months);
    if (event === undefined || event === "none" || month === 0 || by === undefined) return [];
    const label = `${WORDS[event]} by ${dateInWords(by)}`;
    return [{ id, label, short: `${SHORT[event]} by ${by.text}`, passage: event, month, question: id }];
  });
  const looked = asked.length > 0 ? asked : usual(months);
  const end = dayOfMonth(content, months) ?? `month ${months}`;
  return outputsOf(also === undefined ? looked : [askedBy(content, also), ...looked], sides, end);
}

/** The name of what is looked at besides. */
export const ALSO = "also";

function askedBy(content: Case, { passage, month }: EventByMonth): Asked {
  const day = dayOfMonth(content, month) ?? `month ${month}`;
  return {
    id: ALSO,
    label: `${WORDS[passage]} by ${day}`,
    short: `${SHORT[passage]} by ${day}`,
    passage,
    month,
    question: null,
  };
}

/** The same for a war without a case: talks and a stop within a year and two. */
export function usualOutputs(sides: readonly [string, string], months: number): SensitivityOutputs {
  return outputsOf(usual(months), sides, `month ${months}`);
}

function usual(months: number): Asked[] {
  return [12, 24].flatMap((month) =>
    (["talks", "stop"] as const).flatMap((passage) =>
      month > months
        ? []
        : [
            {
              id: `${passage}-${month}`,
              label: `${WORDS[passage]} within ${month} months`,
              short: `${SHORT[passage]}, ${month} months`,
              passage,
              month,
              question: null,
            },
          ],
    ),
  );
}

function outputsOf(asked: readonly Asked[], [a, b]: readonly [string, string], end: string): SensitivityOutputs {
  const told: SensitivityOutput[] = [];
  const model: WarOutput[] = [];
  const place = (output: WarOutput): number => model.push(output) - 1;
  const add = (
    id: string,
    label: string,
    short: string,
    places: SensitivityOutput["places"],
    unit: "probability" | "initial force" = "probability",
    question: string | null = null,
  ) => told.push({ info: { id, label, short, unit, question }, places });
  for (const { id, label, short, passage, month, question } of asked) {
    add(id, label, short, [place({ name: id, kind: "by", passage, month })], "probability", question);
  }
  add("settlement", `A settlement by ${end}`, `Settlement by ${end}`, [
    place({ name: "settlement", kind: "by", passage: "settlement" }),
  ]);
  const broken = place({ name: "broken", kind: "relapse", within: WITHIN });
  const stopped = place({ name: "stopped", kind: "by", passage: "stop" });
  add("relapse", `A first stop broken within ${WITHIN} months`, `Stop broken in ${WITHIN} months`, [broken, stopped]);
  const durable = ["settlementDurable", "ceasefireDurable", "freezeDurable"] as const;
  add("durable", "A stop that lasts", "Stop that lasts", [place({ name: "durable", kind: "end", as: durable })]);
  add("victory-a", `${a} wins by arms`, `${a} wins`, [place({ name: "victoryA", kind: "end", as: ["victoryA"] })]);
  add("victory-b", `${b} wins by arms`, `${b} wins`, [place({ name: "victoryB", kind: "end", as: ["victoryB"] })]);
  add(
    "loss-a",
    `Losses of ${a}`,
    `Losses, ${a}`,
    [place({ name: "lossA", kind: "value", of: "lossA" })],
    "initial force",
  );
  add(
    "loss-b",
    `Losses of ${b}`,
    `Losses, ${b}`,
    [place({ name: "lossB", kind: "value", of: "lossB" })],
    "initial force",
  );
  return { told, model };
}
