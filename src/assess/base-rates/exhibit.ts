import type { Case, Dossier, View } from "../../case/index.ts";
import { lookAt } from "../looks.ts";
import { readingInfo } from "../readings.ts";
import type { Reasons } from "../reasons.ts";
import type { QuestionAssessment, SimulationExhibit } from "../schema.ts";
import { besideEachOther } from "./beside.ts";
import { classExhibit } from "./class-exhibit.ts";
import { CLOSED, classNames, classOf, knowsMore } from "./classes.ts";
import { ageOf, monthsTo, rateOfQuestion } from "./question-rate.ts";
import { stillGoing } from "./rates.ts";
import { recurrenceExhibit } from "./recurrence.ts";
import type { BaseRatesExhibit } from "./schema.ts";
import { acrossClasses, ratesByMonth, withoutEach } from "./sensitivity.ts";
import { shrunkRate } from "./shrunk.ts";

type Exhibit = NonNullable<BaseRatesExhibit>;
type Compared = Exhibit["questions"][number];

/** What the exhibit is made from. */
interface Given {
  readonly dossier: Dossier;
  readonly view: View;
  readonly content: Case;
  readonly questions: readonly QuestionAssessment[];
  readonly simulation: SimulationExhibit;
  readonly reasons: Reasons;
}

/**
 * What history says, before anyone argues about this war: the reference classes that the case uses, the chance of each
 * question's event by them, how often what ended was fought again. Null where no question names a class.
 */
export function baseRatesOf({
  dossier,
  view,
  content,
  questions: answered,
  simulation,
  reasons,
}: Given): BaseRatesExhibit {
  const asked = Object.entries(content.questions).filter(([, { referenceClass }]) => referenceClass !== undefined);
  const own = Object.keys(content.history?.classes ?? {});
  if (asked.length === 0 && own.length === 0 && content.history?.start === undefined) return null;
  const age = ageOf(content);
  const start = content.history?.start;
  const horizon = monthsTo(content, content.horizon);
  const startNode =
    start === undefined
      ? undefined
      : reasons.parameter("history.start", "the day on which the war began", start.text, {
          note: content.history?.because,
          because: reasons.sources(content.history?.source),
        });
  const named = new Set([...own, ...asked.map(([, { referenceClass = "" }]) => referenceClass)]);
  // Who is in a parent that a class is drawn to stands there too.
  const used = new Set([...named, ...[...named].flatMap((id) => classOf(content, id)?.parent ?? [])]);
  const classes = classNames(content).flatMap((id) => {
    const reference = used.has(id) ? classOf(content, id) : undefined;
    return reference === undefined || reference.members.length === 0 ? [] : [classExhibit(reference, reasons)];
  });
  const day = content.asOf?.last;
  const notes = [...used].flatMap((id) => {
    const reference = classOf(content, id);
    if (reference === undefined || day === undefined || !knowsMore(reference, day)) return [];
    return [
      `“${reference.name}” holds what was known by the end of 2020: its list has no days, and cannot be cut to that of the case.`,
    ];
  });
  const recurrence = recurrenceExhibit(reasons);
  if (day !== undefined && day < CLOSED) {
    notes.push(
      "What was fought again is told by a list that holds what was known by the end of 2020, and cannot be cut to the day of the case.",
    );
  }
  const questions = asked.flatMap(([id, question]): Compared[] => {
    const found = rateOfQuestion(content, id);
    if (typeof found === "string") {
      notes.push(`“${question.text}” has no base rate: ${found}.`);
      return [];
    }
    const { reference, within, rates } = found;
    const left = stillGoing(reference, found.age);
    const drawn = shrunkRate(content, reference, found.age, within);
    if (typeof drawn === "string") notes.push(`“${reference.name}” is not drawn to its parent: ${drawn}.`);
    const shrunk = typeof drawn === "string" ? null : drawn;
    const [lead] = rates;
    const node = reasons.table.add({
      id: `figure:${id}/base-rate`,
      kind: "figure",
      label: `${question.text} Of ${reference.members.length} members of “${reference.name}”, ${left.length} lasted longer than ${found.age.toFixed(0)} months`,
      value: lead?.p ?? 0,
      unit: "probability",
      because: [
        ...classes.flatMap((each) => (each.id === reference.id || each.id === shrunk?.parent ? [each.node] : [])),
        ...(startNode === undefined ? [] : [startNode]),
        "engine:base-rates",
        reasons.definition("base-rate"),
        ...(shrunk === null ? [] : [reasons.definition("shrinkage")]),
      ],
    });
    return [
      {
        question: id,
        text: question.text,
        class: reference.id,
        age: found.age,
        within,
        atRisk: left.length,
        lasting: left.flatMap(({ name, start: began }) =>
          name === undefined ? [] : [`${name} ${began?.slice(0, 4) ?? ""}`.trim()],
        ),
        rates: [...rates],
        shrunk,
        event: question.event === undefined || question.event === "none" ? null : question.event,
        byMonth: ratesByMonth(reference, found.age, horizon ?? within),
        without: withoutEach(reference, found.age, within),
        across: acrossClasses(content, reference, found.age, within),
        prior: question.prior === "base-rate",
        readings: underReadings(dossier, view, content, id),
        node,
      },
    ];
  });
  return {
    start: start?.text ?? null,
    age: age ?? null,
    classes,
    questions,
    recurrence,
    beside: besideEachOther(content, questions, answered, simulation),
    notes,
  };
}

/** The leading rate under each reading that counts the war's age, or the class, otherwise. */
function underReadings(dossier: Dossier, view: View, content: Case, id: string): Compared["readings"] {
  const ids = [undefined, ...Object.keys(content.readings)].filter(
    (each) => content.readings[each ?? ""]?.kind !== "stress",
  );
  return ids.flatMap((reading) => {
    const looked = reading === content.reading ? content : lookAt(dossier, { ...view, reading }).case;
    const found = looked === undefined ? "no such view" : rateOfQuestion(looked, id);
    if (typeof found === "string") return [];
    const { name } = readingInfo(dossier, content, reading);
    return [{ reading: reading ?? null, name, age: found.age, p: found.rates[0]?.p ?? 0 }];
  });
}
